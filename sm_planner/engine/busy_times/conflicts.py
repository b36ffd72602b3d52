"""Planned maintenance and go-lives that meet a peak, or a time in which nothing may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sm_planner.engine.busy_times import spans
from sm_planner.engine.busy_times.needs import longest
from sm_planner.engine.busy_times.spans import MINUTE
from sm_planner.engine.busy_times.standing import COMPONENTS, SERVICES, with_dependents
from sm_planner.engine.busy_times.windows import windows, zone_of
from sm_planner.engine.model import Plan, Service
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.model.vocabulary import BLACKOUT, GO_LIVE, MAINTENANCE, PEAK
from sm_planner.engine.rhythm.busy import services_in
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.service_time.local_time import beginning

AHEAD_MONTHS = 12
"""How far ahead is looked."""


@dataclass(frozen=True)
class Conflict:
    """Planned work that meets a busy time.

    start: of the first time that does, in Unix seconds. times: how many do. own: services that the work names or whose
    component it is about. others: those that stand on these.
    """

    work: BusyTime
    busy: BusyTime
    start: int
    times: int
    own: tuple[Service, ...]
    others: tuple[Service, ...]

    @property
    def services(self) -> tuple[Service, ...]:
        return (*self.own, *self.others)


def conflicts(plan: Plan, today: date) -> tuple[Conflict, ...]:
    """What of the work planned in the next twelve months meets what, in the order of the plan."""
    return plan.derived(_conflicts, today)


def _conflicts(plan: Plan, today: date) -> tuple[Conflict, ...]:
    zone = zone_of(plan)
    first, last = (beginning(day, zone) for day in (today, months_after(today, AHEAD_MONTHS)))
    busy = [
        (one, services_in(plan, one), spans.in_minutes(windows(plan, one, first, last)))
        for one in plan.busy_times
        if one.kind in (PEAK, BLACKOUT)
    ]
    found = []
    for work in plan.busy_times:
        if work.kind not in (MAINTENANCE, GO_LIVE):
            continue
        named = services_in(plan, work)
        touched = with_dependents(plan, named)
        planned = at_work(plan, work, first, last)
        for other, about, taken in busy:
            hit = [one for one in touched if one.id in about]
            met = [one for one in planned if spans.meets(taken, *one)] if hit else []
            if met:
                own = tuple(one for one in hit if one.id in named)
                others = tuple(one for one in hit if one.id not in named)
                found.append(Conflict(work, other, int(met[0][0]) * MINUTE, len(met), own, others))
    return tuple(found)


def at_work(plan: Plan, work: BusyTime, first: int, last: int) -> list[tuple[int, int]]:
    """The minutes of each time of planned work.

    Where it only has to begin in its window, what is needed may run on for its whole length after the end.
    """
    late = needed_minutes(plan, work) - 1 if work.starts_in else 0
    found = spans.in_minutes(windows(plan, work, first, last))
    return [(int(begin), int(end) + max(0, late)) for begin, end in found]


def needed_minutes(plan: Plan, work: BusyTime) -> int:
    """How long the maintenance takes that a window is for; 0 where the plan does not say it."""
    return longest(plan.get(COMPONENTS, work.component) or plan.get(SERVICES, work.service))
