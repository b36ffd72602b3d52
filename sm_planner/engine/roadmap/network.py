"""The network of tasks: earliest and latest dates, and slack. Numbers alone, nothing of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sm_planner.engine.circles import circles
from sm_planner.engine.roadmap.working_days import EndOfTimeError, WorkingDays


@dataclass(frozen=True)
class Task:
    """Something to be done.

    days: on which it is worked; duration: how many of them it takes, 1 or more. ready: the day before which it does not start.
    needs: the places of the tasks that are to be over before. fixed: first and last day where these stand, whatever it needs.
    team: the place of the team that does it, None where none is known. share: people of the team who are at it each day.
    rank: what of two tasks that are ready comes first: the lesser.
    """

    days: WorkingDays
    duration: int
    ready: int
    needs: tuple[int, ...] = ()
    fixed: tuple[int, int] | None = None
    team: int | None = None
    share: float = 0.0
    rank: tuple = ()


Span = tuple[int, int]
"""First and last day."""


def in_order(needs: Sequence[Sequence[int]]) -> list[int]:
    """The tasks, each after all that it needs; those that need themselves, and what needs these, are left out."""
    sound: list[bool] = [False] * len(needs)
    order = []
    for group in circles(needs):
        node = group[0]
        if len(group) == 1 and all(sound[needed] for needed in needs[node]):
            sound[node] = True
            order.append(node)
    return order


def earliest(tasks: Sequence[Task], order: Sequence[int]) -> list[Span | None]:
    """The earliest days of each task, by what it needs and its working days alone. None: not in the order, or never."""
    spans: list[Span | None] = [None] * len(tasks)
    for place in order:
        task = tasks[place]
        if task.fixed:
            spans[place] = task.fixed
            continue
        ends = [spans[needed] for needed in task.needs]
        if None in ends:
            continue
        ready = max([task.ready, *(end + 1 for _, end in ends)])
        try:
            spans[place] = span_from(task, task.days.number(ready))
        except EndOfTimeError:
            continue
    return spans


def span_from(task: Task, number: int) -> Span:
    return task.days.day(number), task.days.day(number + task.duration - 1)


def slacks(tasks: Sequence[Task], order: Sequence[int], spans: Sequence[Span | None]) -> list[int | None]:
    """By how many of its working days each task could end later, and the last of all would not. Less than none: it is too
    late for what is fixed. None where it has no days."""
    end_of_all = max((span[1] for span in spans if span), default=0)
    latest = [end_of_all] * len(tasks)
    found: list[int | None] = [None] * len(tasks)
    for place in reversed(order):
        task, span = tasks[place], spans[place]
        if span is None:
            continue
        last = task.days.number_back(latest[place])
        end = task.days.number_back(span[1])
        found[place] = last - end
        if task.fixed:
            start = task.fixed[0]
        else:
            number = last - task.duration + 1
            start = task.days.day(number) if number >= 0 else span[0] - (end - last)
        for needed in task.needs:
            latest[needed] = min(latest[needed], start - 1)
    return found


def tails(tasks: Sequence[Task], order: Sequence[int]) -> list[int]:
    """The working days from the start of each task to the end of the longest way that begins with it."""
    after = [0] * len(tasks)
    for place in reversed(order):
        after[place] += tasks[place].duration
        for needed in tasks[place].needs:
            after[needed] = max(after[needed], after[place])
    return after
