"""Service level targets: which units fit, how targets compare, and which one holds for a priority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from sm_planner.engine.agreements.families import agreed
from sm_planner.engine.model import (
    PRIORITIES,
    RECOVERY_METRICS,
    SHARE_METRICS,
    TIME_METRICS,
    Agreement,
    AgreementTarget,
    Plan,
)
from sm_planner.engine.model.fields import DECIMALS
from sm_planner.engine.model.values import show
from sm_planner.engine.texts import Text, listed

MINUTES = {"Minutes": 1, "Hours": 60}
"""Unit of time → its minutes."""

UNITS_OF = {
    **dict.fromkeys((*TIME_METRICS, *RECOVERY_METRICS), tuple(MINUTES)),
    **dict.fromkeys(SHARE_METRICS, ("Percent",)),
}
"""Metric → the units that it can be promised in."""


class Promise(Protocol):
    """What targets and customer requirements have in common."""

    metric: str
    priority: str
    value: float | None
    unit: str


def looseness(promise: Promise) -> float | None:
    """A figure that grows as the promise gets easier to keep: minutes, or percent that may be missed.

    None where it has no value in a unit that fits its metric.
    """
    if promise.value is None or promise.unit not in UNITS_OF.get(promise.metric, ()):
        return None
    loose = 100 - promise.value if promise.unit == "Percent" else promise.value * MINUTES[promise.unit]
    return round(loose, DECIMALS)


def is_kept(target: Promise, measured: float) -> bool:
    """Whether what was measured keeps a target, in its unit: shares are promised at least, times at most."""
    return measured >= target.value if UNITS_OF[target.metric] == ("Percent",) else measured <= target.value


def budget(promise: Promise) -> int:
    """A promised time in whole seconds."""
    return round(promise.value * MINUTES[promise.unit] * 60)


def calendar_of(agreement: Agreement, target: AgreementTarget) -> str:
    """The id of the calendar in which the target counts; empty if neither it nor its agreement names one.

    Times are counted while people answer, in the support hours, where the agreement tells them apart.
    """
    if target.metric in TIME_METRICS:
        return target.calendar or agreement.support_hours or agreement.service_hours
    return target.calendar or agreement.service_hours


def by_priority(targets: Iterable[AgreementTarget], metric: str) -> dict[str, tuple[AgreementTarget, ...]]:
    """The targets of a metric that hold for each priority, the highest first: its own, or else those for all.

    Targets that cannot be compared do not count; priorities without a target are left out.
    """
    given: dict[str, list[AgreementTarget]] = {}
    for target in targets:
        if target.metric == metric and looseness(target) is not None:
            given.setdefault(target.priority, []).append(target)
    held = {priority: given.get(priority, given.get("", ())) for priority in PRIORITIES}
    return {priority: tuple(found) for priority, found in held.items() if found}


def name(promise: Promise) -> Text:
    """How a message names a target: "Resolution P1"."""
    return name_of(promise.metric, promise.priority)


def name_of(metric: str, priority: str) -> Text:
    """How a message names the targets of a metric for a priority, or for all where that is empty."""
    return _side_by_side(Text(metric), priority)


def figure(promise: Promise) -> Text:
    """What is promised: "4 Hours"."""
    return _side_by_side(show(promise.value), Text(promise.unit))


@dataclass(frozen=True)
class Level:
    """A target as people read it: what is promised, how much of it, and the title of the hours in which it counts."""

    what: Text
    figure: Text
    hours: str


def levels(plan: Plan, agreement: Agreement) -> Iterator[Level]:
    """The service levels that an agreement promises; a target without a value that fits its metric is none."""
    for target in agreement.targets:
        if looseness(target) is not None:
            hours = plan.title_of("calendars", calendar_of(agreement, target))
            yield Level(name(target), figure(target), hours)


def _side_by_side(*parts: str | Text) -> Text:
    return listed((part for part in parts if str(part)), " ")


def priorities_in_use(plan: Plan) -> list[str]:
    """The priorities that a target, a severity or a customer's requirement names, the highest first."""
    named_somewhere = {requirement.priority for requirement in plan.requirements}
    for agreement in agreed(plan):
        named_somewhere.update(row.priority for row in (*agreement.targets, *agreement.severities))
    return [priority for priority in PRIORITIES if priority in named_somewhere]
