"""The legs of a chain: targets of supporting agreements as steps, and the order in which a ticket passes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sm_planner.engine.finding import Ref
from sm_planner.engine.model import PRIORITIES, Agreement, AgreementTarget
from sm_planner.engine.targets import budget, calendar_of, looseness, name_of
from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True, eq=False)
class Leg:
    """A target of a supporting agreement as a step of a chain: ``seconds`` in a calendar of the plan (its id)."""

    agreement: Agreement
    target: AgreementTarget
    calendar: str
    seconds: int


Branch = tuple[Leg, ...]
"""Legs one after the other."""

Stages = tuple[tuple[Branch, ...], ...]
"""Stages one after the other; in each, branches side by side of which the latest counts."""


@dataclass(frozen=True)
class Legs:
    """What stands beneath a target, and what is missing there: a sentence each, some of them if they are many.

    certain: whether the plan says who is asked. Without tiers of support, it is not said which team of several
    answers first; the legs of all of them then are side by side.
    """

    stages: Stages
    gaps: tuple[Text, ...]
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


def leg_of(agreement: Agreement, metric: str, priority: str) -> Leg | Text:
    """The leg that an agreement gives for a metric and a priority, or why it gives none."""
    targets = holding(agreement, metric, priority)
    promised = name_of(metric, priority)
    if not targets:
        return say(N_("“{0}” promises no {1}."), Ref.to(agreement), promised)
    if len(targets) > 1:
        return say(N_("“{0}” promises {1} more than once."), Ref.to(agreement), promised)
    calendar = calendar_of(agreement, targets[0])
    if not calendar:
        return say(N_("“{0}” does not say in which hours {1} is counted."), Ref.to(agreement), promised)
    return Leg(agreement, targets[0], calendar, budget(targets[0]))
