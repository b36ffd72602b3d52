"""CHN: whether supporting agreements fit the SLAs above them in term, severities, holidays and time zones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from sm_planner.engine.agreements.families import in_effect
from sm_planner.engine.agreements.targets import calendar_of
from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.chain import beneath, chains
from sm_planner.engine.chain.words import moment
from sm_planner.engine.checks.chain.links import nothing_promised, supports
from sm_planner.engine.checks.conditions import named
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import PRIORITIES, Agreement, Plan
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.service_time.local_time import load_zone
from sm_planner.engine.service_time.service_hours import ServiceHours
from sm_planner.engine.texts import Text, listed, say


@rule(
    "CHN-06",
    Severity.ERROR,
    GROWN,
    title=N_("Supporting agreements run as long as the SLA"),
    why=N_("From the day on which a contract ends, nothing supports the promise to the customer."),
    fix=N_(
        "Extend the supporting agreement to the end of the SLA, and agree with its party on a notice "
        "period that is no shorter than that of the SLA."
    ),
    source="ISO 8.3.4.1",
)
def lasting(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    for sla in found.slas:
        for agreement in supports(found, sla).values():
            yield from _ending_early(sla, agreement)
            if agreement.notice_months is not None and agreement.notice_months < (sla.notice_months or 0):
                yield fault(
                    sla,
                    N_(
                        "“{0}” has a longer notice period than “{2}”, which it depends on ({1} and {3}, in months)."
                    ),
                    named(sla),
                    sla.notice_months,
                    named(agreement),
                    agreement.notice_months,
                    field="notice_months",
                    fix=say(
                        N_("Agree on at least {0} months of notice in “{1}”, or on at most {2} in “{3}”."),
                        sla.notice_months,
                        named(agreement),
                        agreement.notice_months,
                        named(sla),
                    ),
                )


def _ending_early(sla: Agreement, agreement: Agreement) -> Iterator[Fault]:
    promised, supported = ends_on(sla), ends_on(agreement)
    if supported is None or (promised and supported >= promised):
        return
    if promised:
        message = N_("“{0}” runs to {1}, but “{2}”, which it depends on, only to {3}.")
    else:
        message = N_("“{0}” has no end, but “{2}”, which it depends on, ends on {3}.")
    advice = (
        N_("Extend “{0}” to {1}, or end “{2}” on {3}.")
        if promised
        else N_("Let “{0}” be renewed by itself, or run without an end; or end “{2}” on {3}.")
    )
    fix = say(advice, named(agreement), promised or "", named(sla), supported)
    yield fault(
        sla, message, named(sla), promised or "", named(agreement), supported, field="end_date", fix=fix
    )


@rule(
    "CHN-07",
    Severity.ERROR,
    GROWN,
    title=N_("Each priority of an SLA has a matching severity in the supporting agreements"),
    why=N_("A ticket whose severity is not agreed is handled with the severity that suits the other party."),
    fix=N_("Add the missing priorities to the severities of the agreement."),
    source="common tool practice",
)
def severities_mapped(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    above: dict[str, tuple[Agreement, set[str]]] = {}
    for sla in found.slas:
        for agreement in supports(found, sla).values():
            used = above.setdefault(agreement.id, (agreement, set()))[1]
            used.update(target.priority for target in sla.targets)
    for agreement, used in above.values():
        mapped = {row.priority for row in agreement.severities}
        lacking = [priority for priority in PRIORITIES if priority in used - mapped]
        if mapped and lacking:
            yield fault(
                agreement,
                N_("“{0}” has no severity for {1}, which SLAs that depend on it use."),
                named(agreement),
                ", ".join(lacking),
                field="severities",
                count=len(lacking),
                fix=say(
                    N_("Among the severities of “{0}”, add one each for {1}."),
                    named(agreement),
                    ", ".join(lacking),
                ),
            )


@rule(
    "CHN-13",
    Severity.WARNING,
    COMPLETE,
    title=N_("Supporting agreements keep the holidays of the SLA"),
    why=N_("On a holiday that only one side keeps, the customer's clock runs and nobody works."),
    fix=N_("Agree on the same holidays, or make sure that somebody is on duty on those days."),
    source="common demand: holidays in SLA clocks",
)
def holidays_alike(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    for (sla_id, promised, held), agreements in _calendar_pairs(plan, today).items():
        sla = in_effect(plan, plan.get("agreements", sla_id))
        try:
            days = _only_closed_by(found.timer.rule(held), found.timer.rule(promised), *found.days(sla))
        except CalendarError as error:
            yield unknown(sla, N_("“{0}”: {1}"), named(sla), error.message, field="service_hours")
            continue
        if days:
            yield fault(
                sla,
                N_("“{0}” counts on days that are holidays in “{1}”, by which “{2}” works: {3}."),
                named(sla),
                named(plan.get("calendars", held)),
                "”, “".join(map(named, agreements.values())),
                Text("{0} + {1}", (listed(days[:3]), str(len(days) - 3))) if len(days) > 3 else listed(days),
                field="service_hours",
                count=len(days),
                fix=say(
                    N_(
                        "Enter these days as holidays in the calendar of “{0}”, or have somebody of “{1}” on duty then: that is "
                        "all that differs, {2} days."
                    ),
                    named(sla),
                    "”, “".join(map(named, agreements.values())),
                    len(days),
                ),
            )


def _calendar_pairs(plan: Plan, today: date) -> dict[tuple[str, str, str], dict[str, Agreement]]:
    """Ids of an SLA, of its calendar and of another in which a row of a leg counts → the agreements of such legs, by id."""
    found: dict[tuple[str, str, str], dict[str, Agreement]] = {}
    for result in chains(plan, today):
        promised = calendar_of(result.agreement, result.target, result.service.id)
        for leg, row in result.counting:
            if promised and promised != row.calendar:
                pair = result.agreement.id, promised, row.calendar
                found.setdefault(pair, {})[leg.agreement.id] = leg.agreement
    return found


def _only_closed_by(held: ServiceHours, promised: ServiceHours, first: date, last: date) -> list[date]:
    """Holidays of the one, whole or in part, on which only the other would count; by their local days."""
    days = {*held.holidays, *(day for day, _ in held.closures)}
    kept = {*promised.holidays, *(day for day, _ in promised.closures)}
    return sorted(
        day
        for day in days - kept
        if first <= day <= last and held.windows[day.weekday()] and promised.windows[day.weekday()]
    )


@rule(
    "CHN-14",
    Severity.WARNING,
    COMPLETE,
    title=N_("Chains across time zones are counted over every change of the clocks"),
    why=N_(
        "Where clocks change on different days, the hours of two parties are apart for some weeks a "
        "year. A chain that holds in summer may not hold then."
    ),
    fix=N_("Extend the validity of the calendars, so that the whole year can be counted."),
    source="common demand: SLAs across time zones",
)
def zones_counted(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    told: set[tuple[str, str]] = set()
    for result in chains(plan, today):
        followed = result.followed
        if followed is None or not followed.cut_short:
            continue
        zone, last = followed.zone, followed.last
        for leg, row in result.counting:
            other = found.timer.rule(row.calendar).timezone
            if (result.agreement.id, other) in told or not _drift(zone, other, last, followed.wanted):
                continue
            told.add((result.agreement.id, other))
            yield fault(
                result.agreement,
                N_(
                    "“{0}” counts in {2} and “{1}” in {3}. Their clocks change after {4}, up to which the chain "
                    "is known."
                ),
                named(result.agreement),
                named(leg.agreement),
                zone,
                other,
                moment(last, zone),
                field="service_hours",
            )


def _drift(zone: str, other: str, first: int, last: int) -> bool:
    """Whether the difference between two zones changes between two instants."""
    zones = load_zone(zone), load_zone(other)

    def difference(unix: int) -> timedelta:
        at = datetime.fromtimestamp(unix, timezone.utc)
        one, two = (at.astimezone(known).utcoffset() for known in zones)
        return one - two

    return len({difference(unix) for unix in (*range(first, last, 86_400), last)}) > 1


RULES = (lasting, severities_mapped, holidays_alike, zones_counted)
