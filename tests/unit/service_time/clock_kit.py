"""Hours and clocks that the tests of both clocks, for single times and for arrays, begin with."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sm_planner.engine.service_time.service_hours import WEEK, ServiceHours
from sm_planner.engine.service_time.sla_clock import Clock

HOUR = 3600
OFFICE = {weekday: ["09:00-17:00"] for weekday in WEEK[:5]}
NIGHTS = {weekday: ["22:00-06:00"] for weekday in WEEK}
LUNCH = {weekday: ["09:00-12:00", "13:00-17:00"] for weekday in WEEK[:5]}


def at(text: str, zone: str = "UTC") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def clock_of(windows: dict, zone: str = "UTC", year: int = 2025, **rest) -> Clock:
    return ServiceHours(zone, windows, **rest).compile(date(year, 1, 1), date(year, 12, 31))


OFFICE_CLOCK = clock_of(OFFICE)
