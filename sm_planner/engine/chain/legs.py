"""The legs of a chain: targets of supporting agreements as steps, and the order in which a ticket passes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sm_planner.engine.agreements.targets import budget, calendar_of, looseness, name_of
from sm_planner.engine.chain.gaps import Gap, no_hours, not_promised, promised_twice
from sm_planner.engine.model import PRIORITIES, Agreement, AgreementTarget
from sm_planner.engine.service_time.days import Budget


@dataclass(frozen=True, eq=False)
class Leg:
    """A target of a supporting agreement as a step of a chain: a budget in a calendar of the plan (its id)."""

    agreement: Agreement
    target: AgreementTarget
    calendar: str
    budget: Budget


Branch = tuple[Leg, ...]
"""Legs one after the other."""

Stages = tuple[tuple[Branch, ...], ...]
"""Stages one after the other; in each, branches side by side of which the latest counts."""


@dataclass(frozen=True)
class Legs:
    """What stands beneath a target, and what is missing there: some of it if it is much.

    certain: whether the plan says who is asked. Without tiers of support, it is not said which team of several
    answers first; the legs of all of them then are side by side.
    """

    stages: Stages
    gaps: tuple[Gap, ...]
    certain: bool = True


def each(stages: Iterable[Iterable[Branch]]) -> tuple[Leg, ...]:
    """All legs in the order of their stages, each once."""
    return tuple(dict.fromkeys(leg for stage in stages for branch in stage for leg in branch))


def holding(agreement: Agreement, metric: str, priority: str) -> tuple[AgreementTarget, ...]:
    """The targets of a metric that hold for a priority: its own, else those of a priority with the same
    severity, else those for all. More than one is a fault that AGR-03 finds, or a promise in several hours."""
    given: dict[str, list[AgreementTarget]] = {}
    for target in agreement.targets:
        if target.metric == metric and looseness(target) is not None:
            given.setdefault(target.priority, []).append(target)
    severities = {row.priority: row.severity for row in agreement.severities}
    severity = severities.get(priority)
    alike = [other for other in PRIORITIES if severity and severities.get(other) == severity]
    return tuple(next((given[one] for one in (priority, *alike, "") if one in given), ()))


def leg_of(agreement: Agreement, metric: str, priority: str) -> Leg | Gap:
    """The leg that an agreement gives for a metric and a priority, or why it gives none."""
    targets = holding(agreement, metric, priority)
    promised = name_of(metric, priority)
    if not targets:
        return not_promised(agreement, promised)
    if len(targets) > 1:
        return promised_twice(agreement, promised)
    calendar = calendar_of(agreement, targets[0])
    if not calendar:
        return no_hours(agreement, promised)
    return Leg(agreement, targets[0], calendar, budget(targets[0]))
