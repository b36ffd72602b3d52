"""Maintenance windows that an agreement allows: when a service may stand still, and how early it tells of it.

Days and hours are local, in the zone of the service hours. Edges lie where those of service hours lie, so that a night over
the change of the clocks has the hours that it really has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

from sm_planner.engine.agreements.targets import service_hours_of
from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.agreements import AgreementMaintenance
from sm_planner.engine.model.roadmap import BusyTime, BusyWeekday
from sm_planner.engine.model.vocabulary import DAILY, MONTHLY, WEEKLY
from sm_planner.engine.rhythm.recurrence import days
from sm_planner.engine.service_time.local_time import DAY, EPOCH, first_instant, is_zone, load_zone
from sm_planner.engine.service_time.service_hours import span_between

Span = tuple[int, int]
"""Unix seconds, the end left out."""


def rows_for(agreement: Agreement, service: str = "") -> tuple[AgreementMaintenance, ...]:
    """The windows that are agreed for a service: those for it alone, and those for all of the scope."""
    return tuple(row for row in agreement.maintenance if row.service in ("", service))


def is_countable(row: AgreementMaintenance) -> bool:
    """Whether it is said when the window is: at readable hours, and on which day where it is not every day."""
    if span_between(row.opens, row.closes) is None:
        return False
    return row.repeats == DAILY or (row.repeats in (WEEKLY, MONTHLY) and bool(row.weekday))


def agreed_windows(
    plan: Plan, agreement: Agreement, service: str, first: date, last: date
) -> tuple[Span, ...]:
    """The agreed windows that begin on the local days from the first to the last one, in order; they may overlap.

    Only those on days on which the agreement holds. None where the zone of the service hours is not known: then nobody
    can say when they are. Windows that do not say when they are are left out; AGR-07 finds them.
    """
    calendar = plan.get("calendars", service_hours_of(agreement, service))
    if calendar is None or not is_zone(calendar.timezone):
        return ()
    end = ends_on(agreement)
    first = max(first, agreement.start_date or first)
    last = min(last, end or last)
    found = (
        window
        for row in rows_for(agreement, service)
        if is_countable(row)
        for window in _placed(row, calendar.timezone, first, last)
    )
    return tuple(sorted(found))


def _placed(row: AgreementMaintenance, timezone: str, first: date, last: date) -> Iterator[Span]:
    zone = load_zone(timezone)
    opens, closes = span_between(row.opens, row.closes)
    anchor = max(first - timedelta(days=7), date.min) if first > date.min + timedelta(days=7) else first
    weekdays = (BusyWeekday(weekday=row.weekday, which=row.which if row.repeats == MONTHLY else ""),)
    entry = BusyTime(
        id="",
        from_date=anchor,
        to_date=anchor,
        repeats=row.repeats,
        weekdays=weekdays if row.weekday and row.repeats != DAILY else (),
    )
    for day in days(entry, first, last):
        wall = (day - EPOCH.toordinal()) * DAY
        span = first_instant(wall + opens, zone), first_instant(wall + closes, zone)
        if span[0] < span[1]:
            yield span


def notice_days(agreement: Agreement, service: str) -> int | None:
    """How many days before planned work on a service an agreement promises to tell of it, whole days; None if it does not.

    Where its windows say different things, the most: which of them the work will take is not known.
    """
    usual = agreement.maintenance_notice_hours
    hours = [24 * row.notice_days for row in rows_for(agreement, service) if row.notice_days is not None]
    if usual is not None and len(hours) < max(len(rows_for(agreement, service)), 1):
        hours.append(usual)
    return ceil(max(hours) / 24) if hours else None
