"""How instants, spans and shares of a chain are written for people."""

from __future__ import annotations

from datetime import datetime
from math import ceil, floor

from sm_planner.engine.agreements.targets import ONE
from sm_planner.engine.model import WEEKDAYS
from sm_planner.engine.service_time.days import Budget, Days
from sm_planner.engine.service_time.local_time import load_zone
from sm_planner.engine.texts import Number, Text, listed


def moment(unix: int, zone: str) -> Text:
    """An instant in the wall time of a zone: "Friday 2027-03-05 16:55", with seconds where there are any."""
    local = datetime.fromtimestamp(unix, load_zone(zone))
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return listed((Text(WEEKDAYS[local.weekday()]), local.date(), clock), " ")


def duration(seconds: int) -> str:
    """A span of time: "62 h", "1 h 30 min", "45 min", "20 s"."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if number]
    return ("−" if seconds < 0 else "") + (" ".join(parts) or "0 s")


def span(budget: Budget) -> Text | str:
    """A budget as it is promised: "1 h 30 min", "3 Business Days", "1 Day"."""
    if not isinstance(budget, Days):
        return duration(budget)
    unit = "Business Days" if budget.business else "Days"
    return ONE[unit] if budget.count == 1 else listed((str(budget.count), Text(unit)), " ")


def percent(share: float) -> Number:
    """A share of 1 in percent, cut off after six decimals: "99.7002"; what is not all never reads as 100."""
    return _percent(floor(share * 1e8 + _ROUNDING))


def percent_up(share: float) -> Number:
    """A share of 1 in percent, rounded up to six decimals: a figure that is enough."""
    return _percent(ceil(share * 1e8 - _ROUNDING))


def part_of(part: int, whole: int) -> Number:
    """A part of a whole in percent with two decimals: "0" only for nothing, "100" only for all."""
    hundredths = max(part * 10_000 // whole, int(part > 0))
    return Number(f"{hundredths / 100:.2f}".rstrip("0").rstrip("."))


_ROUNDING = 1e-4


def _percent(millionths: int) -> Number:
    return Number(f"{millionths / 1e6:.6f}".rstrip("0").rstrip("."))
