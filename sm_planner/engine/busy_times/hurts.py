"""Whom work on a component or service hurts at some time, and why.

A service that stands on it is hurt by a blackout or go-live, in which nothing may be changed, in a peak, and in the
service hours that an agreement promises its customers, less its lulls, the windows that are kept free for its
maintenance, and those in which the agreement lets it stand still.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.maintenance import agreed_windows
from sm_planner.engine.agreements.targets import service_hours_of
from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.agreements.terms import by_service, in_force
from sm_planner.engine.busy_times import spans
from sm_planner.engine.busy_times.spans import MINUTE
from sm_planner.engine.busy_times.standing import standing_on
from sm_planner.engine.busy_times.windows import Window, windows
from sm_planner.engine.model import GRADES, Agreement, Plan, Service
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import BLACKOUT, GO_LIVE, LULL, MAINTENANCE, PEAK
from sm_planner.engine.rhythm.busy import services_in
from sm_planner.engine.service_time.calendars import CalendarError, clock_of, hours_of

if TYPE_CHECKING:
    from sm_planner.engine.busy_times.spans import Spans

CLOSED = (BLACKOUT, GO_LIVE)
"""Kinds of times in which no work may be done."""
RELIEF = (LULL, MAINTENANCE)
"""Kinds of times in which the promised hours hurt nobody."""
USUAL = GRADES.index("Medium") + 1
"""The weight of a service whose importance is not known."""


@dataclass(frozen=True)
class Cause:
    """One thing that is in the way of work, and when."""

    service: Service
    record: BusyTime | Agreement
    spans: Spans

    @property
    def is_closed(self) -> bool:
        return isinstance(self.record, BusyTime) and self.record.kind in CLOSED

    @property
    def is_peak(self) -> bool:
        return isinstance(self.record, BusyTime) and self.record.kind == PEAK

    def customers(self, plan: Plan) -> tuple[str, ...]:
        """The ids of the stakeholders whom it is about: the customer of an agreement, those of a unit, or all of the service."""
        if isinstance(self.record, Agreement):
            return (self.record.customer,) if self.record.customer else ()
        users = (one for one in plan.stakeholders if one.id in self.service.customers)
        unit = folded(self.record.unit)
        return tuple(one.id for one in users if not unit or folded(one.unit) == unit)


@dataclass(frozen=True)
class Burden:
    """What is in the way of work on one service: when nothing may be done, when it has a peak, and when it is promised."""

    service: Service
    causes: tuple[Cause, ...]
    closed: Spans
    peaks: Spans
    promised: Spans

    @property
    def weight(self) -> int:
        """1 to 4, by its importance."""
        known = self.service.importance in GRADES
        return GRADES.index(self.service.importance) + 1 if known else USUAL


def burdens(plan: Plan, collection: str, id: str, first: int, last: int) -> list[Burden]:
    """What is in the way in [first, last) of Unix seconds, for each service that stands on the record."""
    services = standing_on(plan, collection, id)
    entries = _entries_by_service(plan, {one.id for one in services}, first, last)
    promises = plan.derived(_Promises, first, last)
    return [_burden(service, entries[service.id], promises.of(service)) for service in services]


def _burden(
    service: Service, entries: list[tuple[BusyTime, Spans]], promised: list[tuple[Agreement, Spans]]
) -> Burden:
    relief = spans.union([found for entry, found in entries if entry.kind in RELIEF])
    causes = [
        Cause(service, entry, found) for entry, found in entries if entry.kind in CLOSED or entry.kind == PEAK
    ]
    causes += [Cause(service, one, spans.without(found, relief)) for one, found in promised]
    return Burden(
        service,
        tuple(causes),
        spans.union([one.spans for one in causes if one.is_closed]),
        spans.union([one.spans for one in causes if one.is_peak]),
        spans.union([one.spans for one in causes if isinstance(one.record, Agreement)]),
    )


def _entries_by_service(
    plan: Plan, services: set[str], first: int, last: int
) -> dict[str, list[tuple[BusyTime, Spans]]]:
    times = plan.derived(_Times, first, last)
    found: dict[str, list[tuple[BusyTime, Spans]]] = {id: [] for id in services}
    for entry in plan.busy_times:
        touched = services_in(plan, entry) & services
        if touched and entry.kind in (*CLOSED, *RELIEF, PEAK):
            placed = times.of(entry)
            if len(placed):
                for id in touched:
                    found[id].append((entry, placed))
    return found


class _Times:
    """The minutes of entries of the business calendar, each worked out once."""

    def __init__(self, plan: Plan, first: int, last: int) -> None:
        self._plan, self._first, self._last = plan, first, last
        self._spans: dict[str, Spans] = {}

    def of(self, entry: BusyTime) -> Spans:
        if entry.id not in self._spans:
            placed = windows(self._plan, entry, self._first, self._last)
            self._spans[entry.id] = spans.in_minutes(placed)
        return self._spans[entry.id]


class _Promises:
    """The service hours of agreements with customers, each calendar counted once."""

    def __init__(self, plan: Plan, first: int, last: int) -> None:
        self._plan, self._first, self._last = plan, first, last
        self._spans: dict[str, Spans] = {}
        self._by_service = by_service(one for one in promising(plan) if one.kind == "SLA")

    def of(self, service: Service) -> list[tuple[Agreement, Spans]]:
        found = (
            (one, spans.without(self._hours(one, service.id), self.windows(one, service.id)))
            for one in self._by_service.get(service.id, ())
        )
        return [(one, hours) for one, hours in found if len(hours)]

    def agreements(self, service: Service) -> list[Agreement]:
        """Those that promise the service anything in these days."""
        days = _day(self._first), _day(self._last)
        return [
            one
            for one in self._by_service.get(service.id, ())
            if any(in_force(one, max(day, one.start_date or day)) for day in days)
        ]

    def windows(self, agreement: Agreement, service: str) -> Spans:
        """When the service may stand still by agreement."""
        if not agreement.maintenance:
            return spans.none()
        day = timedelta(days=1)
        around = _day(self._first) - 2 * day, _day(self._last) + day
        found = agreed_windows(self._plan, agreement, service, *around)
        return spans.in_minutes(one for one in found if one[0] < self._last and one[1] > self._first)

    def _hours(self, agreement: Agreement, service: str) -> Spans:
        """Its hours on the days on which it holds; none where its calendar cannot be counted."""
        first, last = _day(self._first) - timedelta(days=1), _day(self._last) + timedelta(days=1)
        first, last = max(first, agreement.start_date or first), min(last, ends_on(agreement) or last)
        calendar = self._plan.get("calendars", service_hours_of(agreement, service))
        if calendar is None or first > last or not in_force(agreement, first):
            return spans.none()
        key = f"{calendar.id} {first} {last}"
        if key not in self._spans:
            try:
                clock = clock_of(calendar, hours_of(calendar, self._plan), first, last)
                opened = [Window(*one) for one in zip(clock.opens, clock.closes, strict=True)]
            except CalendarError:
                opened = []
            self._spans[key] = spans.in_minutes(
                one for one in opened if one.start < self._last and one.end > self._first
            )
        return self._spans[key]


def agreed_closures(plan: Plan, collection: str, id: str, first: int, last: int) -> list[Window]:
    """When all SLAs of the services that stand on a record let them stand still, in [first, last) of Unix seconds.

    None where nobody has agreed on such a time, or only some of them.
    """
    promises = plan.derived(_Promises, first, last)
    common = None
    for service in standing_on(plan, collection, id):
        for agreement in promises.agreements(service):
            agreed = promises.windows(agreement, service.id)
            common = agreed if common is None else spans.without(common, spans.without(common, agreed))
    return [
        Window(start * MINUTE, end * MINUTE) for start, end in ([] if common is None else common.tolist())
    ]


def _day(unix: int) -> date:
    return datetime.fromtimestamp(unix, timezone.utc).date()
