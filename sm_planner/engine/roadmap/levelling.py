"""Dates by capacity: serial generation of a schedule. Numbers alone, nothing of a plan.

Of the tasks that are ready, the one of the least rank is placed on the first days on which its team has the people for it, and
stays there. That is a heuristic: how far the result can be from the best is told by :func:`least_end`. (Kolisch and Hartmann,
"Heuristic Algorithms for the Resource-Constrained Project Scheduling Problem", 1999; TaskJuggler does it with the same rule.)
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from heapq import heapify, heappop, heappush
from math import ceil
from typing import TYPE_CHECKING

from sm_planner.engine.roadmap.network import Span, Task, span_from
from sm_planner.engine.roadmap.working_days import EndOfTimeError, WorkingDays

if TYPE_CHECKING:
    import numpy as np

_CLOSE = 1e-9
_WINDOW, _WIDEST = 64, 4096
"""How many working days are looked at together, at first and at most."""


class Team:
    """How many people of a team are at work on each day, of those whom it has."""

    def __init__(self, people: float, first: int) -> None:
        import numpy as np

        self.people, self._first = people, first
        self._used = np.zeros(0)
        self._last = first - 1

    def take(self, days: np.ndarray, share: float) -> None:
        if not (share and len(days)):
            return
        import numpy as np

        last = int(days[-1])
        if last - self._first >= len(self._used):
            longer = np.zeros(max(1024, 2 * (last - self._first + 1)))
            longer[: len(self._used)] = self._used
            self._used = longer
        self._used[days - self._first] += share
        self._last = max(self._last, last)

    def first_free(self, task: Task, number: int) -> int:
        """The number of the first working day from which on the team has the people for all days of a task."""
        import numpy as np

        free = self.people - task.share + _CLOSE
        width = max(_WINDOW, 2 * task.duration)
        while task.days.day(number) <= self._last:
            busy = np.flatnonzero(self._at_work(task.days.days(number, width)) > free)
            edges = np.concatenate(([-1], busy))
            fitting = np.flatnonzero(np.diff(np.append(edges, width)) > task.duration)
            if len(fitting):
                return number + int(edges[fitting[0]]) + 1
            number += int(edges[-1]) + 1  # a stretch that is free begins here, and is looked at as a whole
            width = max(2 * task.duration, min(2 * width, _WIDEST))
        return number

    def _at_work(self, days: np.ndarray) -> np.ndarray:
        """How many people are at work on each of some days, in order."""
        import numpy as np

        found = np.zeros(len(days))
        known = int(np.searchsorted(days, self._last, "right"))
        found[:known] = self._used[days[:known] - self._first]
        return found


def level(
    tasks: Sequence[Task], order: Sequence[int], people: Sequence[float | None], first: int
) -> list[Span | None]:
    """The days of each task by what it needs and what the teams have. people: of each team, None where that is not known.

    first: no task, not even a fixed one, is worked on before. What is fixed takes its people first, even those who are not
    there. Ranks must differ. None: not in the order, or never.
    """
    teams = [None if count is None else Team(count, first) for count in people]
    spans: list[Span | None] = [None] * len(tasks)
    left = {place: len(tasks[place].needs) for place in order}
    followers: dict[int, list[int]] = {}
    for place in order:
        for needed in tasks[place].needs:
            followers.setdefault(needed, []).append(place)
        task = tasks[place]
        if task.fixed:
            spans[place] = task.fixed
            begin = max(first, task.fixed[0])
            team, count = _team(task, teams), task.days.count(begin, task.fixed[1])
            if team and count:
                team.take(task.days.days(task.days.number(begin), count), task.share)
    ready = [(tasks[place].rank, place) for place in order if not left[place]]
    heapify(ready)
    while ready:
        _, place = heappop(ready)
        if not tasks[place].fixed:
            spans[place] = _placed(tasks, place, spans, teams)
        for follower in followers.get(place, ()):
            left[follower] -= 1
            if not left[follower]:
                heappush(ready, (tasks[follower].rank, follower))
    return spans


def _team(task: Task, teams: Sequence[Team | None]) -> Team | None:
    return None if task.team is None else teams[task.team]


def _placed(
    tasks: Sequence[Task], place: int, spans: Sequence[Span | None], teams: Sequence[Team | None]
) -> Span | None:
    task = tasks[place]
    ends = [spans[needed] for needed in task.needs]
    if None in ends:
        return None
    try:
        number = task.days.number(max([task.ready, *(end + 1 for _, end in ends)]))
        if (team := _team(task, teams)) and task.share:
            if task.share > team.people + _CLOSE:
                return None
            number = team.first_free(task, number)
            team.take(task.days.days(number, task.duration), task.share)
        return span_from(task, number)
    except EndOfTimeError:
        return None


def least_end(
    tasks: Sequence[Task],
    spans: Sequence[Span | None],
    people: Sequence[float | None],
    days: Sequence[WorkingDays],
) -> int | None:
    """A day before which not all can be over, however well it is ordered: the end of the longest way, and of the team with
    the most to do. spans: the earliest. days: of each team. None where nothing has days."""
    placed = [place for place, span in enumerate(spans) if span]
    if not placed:
        return None
    least = max(spans[place][1] for place in placed)
    for team, has in enumerate(people):
        own = [place for place in placed if tasks[place].team == team and tasks[place].share]
        if has and own:
            work = sum(min(tasks[place].share, has) * tasks[place].duration for place in own)
            with suppress(EndOfTimeError):
                first = days[team].number(min(spans[place][0] for place in own))
                least = max(least, days[team].day(first + max(1, ceil(work / has - _CLOSE)) - 1))
    return least
