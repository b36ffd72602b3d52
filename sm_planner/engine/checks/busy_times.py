"""CAL: peaks and lulls are known, and planned work keeps out of the way of those whom it would hurt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.families import agreed
from sm_planner.engine.agreements.maintenance import notice_days
from sm_planner.engine.agreements.terms import by_service, day_of_plan, in_force, slas_in_force
from sm_planner.engine.busy_times.conflicts import Conflict, conflicts
from sm_planner.engine.busy_times.cut_overs import cut_overs, met_by
from sm_planner.engine.busy_times.hurts import agreed_closures
from sm_planner.engine.busy_times.lulls import lulls
from sm_planner.engine.busy_times.needs import Need, needs
from sm_planner.engine.busy_times.standing import standing_on
from sm_planner.engine.busy_times.windows import is_countable, local, windows, zone_of
from sm_planner.engine.checks.conditions import first_names, first_of, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, idle, rule
from sm_planner.engine.model import Agreement, Calendar, Plan, Service
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import FLAT, GO_LIVE, MAINTENANCE, PEAK, WEEKDAYS
from sm_planner.engine.rhythm.busy import services_of
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.rhythm.recurrence import days, is_within
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.texts import Text

MOVE = N_("Move it to a slot that the report “Lull Finder” gives, or agree with those whom it hurts.")


@rule(
    "CAL-01",
    Severity.ERROR,
    COMPLETE,
    title=N_("It is known when each service has its peaks and lulls, or that it has none"),
    why=N_("Who does not know when a ward is full plans the outage for that hour."),
    fix=N_(
        "Ask the service owner or the unit of its customers; enter the peaks and lulls in the business calendar, or an entry of "
        "the kind Flat where there are none."
    ),
    source="Mainville 2018",
)
def declared(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    told = [one for one in plan.busy_times if one.kind not in (MAINTENANCE, GO_LIVE) and _holds(one, today)]
    by_unit = {folded(one.unit) for one in told if one.unit}
    by_service = {id for one in told if one.service or one.component for id in services_of(plan, one)}
    for service in plan.services:
        if service.status == "Live" and service.customer_facing and service.id not in by_service:
            units = _units(plan, service)
            if not units or any(folded(unit) not in by_unit for unit in units):
                yield _undeclared(service, [unit for unit in units if folded(unit) not in by_unit])
    for entry in plan.busy_times:
        if not is_countable(entry):
            yield fault(
                entry,
                N_("“{0}”: its hours or its time zone cannot be read."),
                named(entry),
                field="from_time",
                fix=N_("Write hours such as 22:00 and a time zone such as Europe/Berlin."),
            )
    yield from _not_flat(plan, today)


def _holds(entry: BusyTime, today: date) -> bool:
    """Whether it has days within the year before or ahead of a day."""
    return is_within(entry, months_after(today, -12), months_after(today, 12))


def _units(plan: Plan, service: Service) -> list[str]:
    users = (one for one in plan.stakeholders if one.id in service.customers and one.unit)
    return list(dict.fromkeys(one.unit for one in users))


def _undeclared(service: Service, units: list[str]) -> Fault:
    if units:
        return fault(
            service,
            N_("“{0}”: neither its owner nor {1} has said when its peaks and lulls are."),
            named(service),
            first_of(units),
        )
    return fault(service, N_("“{0}”: nobody has said when its peaks and lulls are."), named(service))


def _not_flat(plan: Plan, today: date) -> Iterator[Fault]:
    """What is declared flat and has a peak nevertheless."""
    ahead = months_after(today, 12)
    for flat in plan.busy_times:
        for peak in plan.busy_times:
            about = (peak.service, peak.component, folded(peak.unit))
            if (
                flat.kind == FLAT
                and peak.kind == PEAK
                and any(about)
                and about == (flat.service, flat.component, folded(flat.unit))
                and set(days(flat, today, ahead)).intersection(days(peak, today, ahead))
            ):
                yield fault(
                    flat,
                    N_("“{0}” says that there are no peaks, and “{1}” is one."),
                    named(flat),
                    named(peak),
                    field="kind",
                )


@rule(
    "CAL-02",
    Severity.ERROR,
    COMPLETE,
    title=N_("No maintenance lies in a peak, or where nothing may be changed"),
    why=N_("Maintenance in a peak is an outage for those who need the service most."),
    fix=MOVE,
    source="Mainville 2018; practice of change management",
)
def out_of_peaks(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _no_maintenance(plan)
    for one in conflicts(plan, today):
        if one.work.kind == MAINTENANCE and one.own:
            yield _met(plan, one, one.own)


@rule(
    "CAL-03",
    Severity.WARNING,
    COMPLETE,
    title=N_(
        "The maintenance that components and services need has a window, and fits into a lull of all who stand on them"
    ),
    why=N_("Maintenance that never fits is put off until the component fails in a peak."),
    fix=N_(
        "Enter a window that is long enough, or agree on one, or on a lull, with the customers of those services: the report “Lull "
        "Finder” shows whom each slot hurts. Tell them as early as their agreements say."
    ),
    source="Mainville 2018",
)
def fits(plan: Plan, today: date) -> Iterator[Fault]:
    found = tuple(needs(plan))
    if not found:
        yield idle(
            plan,
            N_("Nothing says how long its maintenance takes."),
            field="components",
            fix=N_(
                "Enter on components and services which maintenance they need, so that their windows can be checked."
            ),
        )
    day = day_of_plan(plan, today)
    slas = by_service(slas_in_force(plan, day)) if found else {}
    for need in found:
        yield from _window_missing(plan, need, day)
        yield from _told_too_late(plan, need, slas)
        yield from _no_lull(plan, need, day)


def _window_missing(plan: Plan, need: Need, today: date) -> Iterator[Fault]:
    first, last = _seconds(plan, today, need.due(today))
    long_enough = (
        one.starts_in or window.end - window.start >= need.minutes * 60
        for one in plan.busy_times
        if one.kind == MAINTENANCE and need.is_for(one)
        for window in windows(plan, one, first, last)
    )
    agreed = (
        window.end - window.start >= need.minutes * 60
        for window in agreed_closures(plan, need.collection, need.record.id, first, last)
    )
    if not any(long_enough) and not any(agreed):
        yield fault(
            need.record,
            N_("“{0}” needs {1} minutes of maintenance, and has no such window from {2} to {3}."),
            named(need.record),
            need.minutes,
            today,
            need.due(today),
            field="maintenance",
        )


def _told_too_late(plan: Plan, need: Need, slas: dict[str, list[Agreement]]) -> Iterator[Fault]:
    """Agreements that promise to tell of it earlier than its customers are told. slas: those in force, by service."""
    told = set()
    for service in standing_on(plan, need.collection, need.record.id):
        for agreement in slas.get(service.id, ()):
            promised = notice_days(agreement, service.id)
            if promised is not None and promised > need.notice and agreement.id not in told:
                told.add(agreement.id)
                yield fault(
                    need.record,
                    N_("“{0}”: its customers are told {1} days before, but “{2}” promises {3} days."),
                    named(need.record),
                    need.notice,
                    named(agreement),
                    promised,
                    field="maintenance",
                )


def _no_lull(plan: Plan, need: Need, today: date) -> Iterator[Fault]:
    due = need.due(today)
    found = lulls(plan, need.collection, need.record.id, need.minutes, need.begins(today), due, 1)
    if not found.slots:
        yield fault(
            need.record,
            N_("“{0}”: there is no slot for {1} minutes of maintenance before {2}. {3}"),
            named(need.record),
            need.minutes,
            due,
            found.reason,
            field="maintenance",
        )
    elif found.slots[0].hurts:
        yield fault(
            need.record,
            N_(
                "“{0}”: each slot for {1} minutes of maintenance before {2} hurts somebody; the best one {3}."
            ),
            named(need.record),
            need.minutes,
            due,
            first_names(list(dict.fromkeys(one.service for one in found.slots[0].hurts))),
            field="maintenance",
        )


@rule(
    "CAL-04",
    Severity.WARNING,
    COMPLETE,
    title=N_("Nothing goes live in a peak, or where nothing may be changed"),
    why=N_("The first days of what is new need the time of those who use it, and in a peak they have none."),
    fix=N_("Move the day to a time in which its users have hands free."),
    source="Mainville 2018",
)
def live_out_of_peaks(plan: Plan, today: date) -> Iterator[Fault]:
    changing = cut_overs(plan, today)
    if not changing and all(one.kind != GO_LIVE for one in plan.busy_times):
        yield idle(
            plan,
            N_("Nothing goes live or changes hands."),
            field="busy_times",
            fix=N_("If something goes live, enter when, so that it can be checked."),
        )
    for one in conflicts(plan, today):
        if one.work.kind == GO_LIVE:
            yield _met(plan, one, one.services)
    for change in changing:
        for busy, hurt in met_by(plan, change):
            yield fault(
                change.record,
                N_("“{0}”: {1} lies in “{2}”: {3} of {4}."),
                named(change.record),
                change.day,
                named(busy),
                Text(busy.kind),
                first_names(hurt),
                field=change.field,
            )


@rule(
    "CAL-05",
    Severity.ERROR,
    COMPLETE,
    title=N_("A maintenance window is safe for all services that stand on what is maintained"),
    why=N_(
        "Whoever agrees on a window for one service stops those that depend on it too, and they were not asked."
    ),
    fix=MOVE,
    source="Mainville 2018; practice of change management",
)
def safe_for_all(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _no_maintenance(plan)
    for one in conflicts(plan, today):
        if one.work.kind == MAINTENANCE and one.others:
            yield _met(plan, one, one.others)


def _no_maintenance(plan: Plan) -> Iterator[Fault]:
    if all(one.kind != MAINTENANCE for one in plan.busy_times):
        yield idle(
            plan,
            N_("The business calendar has no maintenance."),
            field="busy_times",
            fix=N_("If there are windows for maintenance, enter them, so that they can be checked."),
        )


def _met(plan: Plan, one: Conflict, services: tuple[Service, ...]) -> Fault:
    day = local(one.start, zone_of(plan, one.work)).date()
    parts = (named(one.work), day, named(one.busy), Text(one.busy.kind), first_names(services))
    if one.times == 1:
        return fault(one.work, N_("“{0}” meets “{2}” on {1}: {3} of {4}."), *parts, field="from_date")
    return fault(
        one.work,
        N_("“{0}” meets “{2}” {5} times in twelve months, first on {1}: {3} of {4}."),
        *parts,
        one.times,
        field="from_date",
    )


@rule(
    "CAL-06",
    Severity.WARNING,
    COMPLETE,
    title=N_("The calendars of agreements have holidays for all of the plan’s period"),
    why=N_("A clock that knows no holidays counts a day on which nobody works, and the promise is missed."),
    fix=N_("Enter the holidays of each year, or fetch them from a holiday list."),
    source="Helpdesk practice",
)
def has_holidays(plan: Plan, today: date) -> Iterator[Fault]:
    used = {
        id
        for one in agreed(plan)
        if in_force(one, max(today, one.start_date or today))
        for id in (
            one.service_hours,
            one.support_hours,
            *(row.calendar for row in one.targets),
            *(id for row in one.scope for id in (row.service_hours, row.support_hours)),
        )
    }
    calendars = [one for one in plan.calendars if one.id in used and not _is_round_the_clock(one)]
    if plan.period_end is None or not calendars:
        yield idle(
            plan,
            N_("There is no calendar with holidays to check, or the end of the plan’s period is not known."),
            field="period_end",
        )
        return
    first = max(today, plan.period_start or today)
    for calendar in calendars:
        known = {one.day.year for one in calendar.holidays if one.day}
        years = [str(year) for year in range(first.year, plan.period_end.year + 1) if year not in known]
        if years:
            yield fault(
                calendar,
                N_("“{0}” has no holidays in {1}."),
                named(calendar),
                ", ".join(years),
                field="holidays",
            )


def _is_round_the_clock(calendar: Calendar) -> bool:
    whole = {one.weekday for one in calendar.windows if (one.opens, one.closes) == ("00:00", "24:00")}
    return whole.issuperset(WEEKDAYS)


def _seconds(plan: Plan, first: date, last: date) -> tuple[int, int]:
    zone = zone_of(plan)
    return beginning(first, zone), beginning(last, zone)


RULES = (declared, out_of_peaks, fits, live_out_of_peaks, safe_for_all, has_holidays)
