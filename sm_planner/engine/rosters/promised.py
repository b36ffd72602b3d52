"""When somebody has to answer for a service: the calendars in which the times of its SLAs are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.targets import CLOCKED, calendar_of, of_service, support_hours_of
from sm_planner.engine.agreements.term import ENDED, ends_on
from sm_planner.engine.agreements.terms import Scope
from sm_planner.engine.model import Agreement, Plan, Service
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.service_time.calendars import hours_of
from sm_planner.engine.service_time.service_hours import ServiceHours

PIPELINE = "Pipeline"


@dataclass(frozen=True)
class Window:
    """A calendar, and the days on which an agreement promises its hours; None is without end."""

    calendar: str
    first: date | None
    last: date | None


def delivered(plan: Plan) -> tuple[Service, ...]:
    """The services that are designed or delivered; those in the pipeline are ideas as yet."""
    return tuple(one for one in services_in_scope(plan) if one.status != PIPELINE)


def for_customers(plan: Plan) -> tuple[Service, ...]:
    """Those that customers use."""
    return tuple(one for one in delivered(plan) if one.customer_facing)


def windows(plan: Plan) -> dict[str, tuple[Window, ...]]:
    """Service → the hours in which people answer for it, by all its SLAs that have not ended."""
    found: dict[str, dict[Window, None]] = {}
    for agreement in promising(plan):
        if agreement.kind == "SLA" and agreement.status != ENDED:
            for service in Scope.of(agreement).services:
                given = dict.fromkeys(_windows(plan, agreement, service))
                found.setdefault(service, {}).update(given)
    return {service: tuple(given) for service, given in found.items()}


def _windows(plan: Plan, agreement: Agreement, service: str) -> Iterator[Window]:
    named = [support_hours_of(agreement, service)]
    timed = (row for row in of_service(agreement.targets, service) if row.metric in CLOCKED)
    named += [calendar_of(agreement, row, service) for row in timed]
    for calendar in dict.fromkeys(named):
        if plan.get("calendars", calendar):
            yield Window(calendar, agreement.start_date, ends_on(agreement))


def hours(plan: Plan, window: Window) -> ServiceHours | None:
    """The hours of a window without holidays, on which no more is promised than else; None where it never holds.

    Raises CalendarError where they cannot be counted.
    """
    usual = plan.derived(_without_holidays)
    calendar = usual.get("calendars", window.calendar)
    whole = hours_of(calendar, usual)
    first = max((day for day in (whole.valid_from, window.first) if day), default=None)
    last = min((day for day in (whole.valid_until, window.last) if day), default=None)
    if first and last and first > last:
        return None
    return hours_of(replace(calendar, valid_from=first, valid_until=last), usual)


def _without_holidays(plan: Plan) -> Plan:
    """The calendars of a plan, and nothing else of it."""
    return Plan(id=plan.id, calendars=tuple(replace(one, holidays=()) for one in plan.calendars))
