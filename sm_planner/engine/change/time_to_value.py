"""How soon the plan promises value: realistic is a year after its start at the earliest, unless somebody says why sooner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.goals import ValueStatement
from sm_planner.engine.rhythm.months import months_after

MONTHS = 12
"""How many months it takes, as experience says, until the business sees value."""


@dataclass(frozen=True)
class Promised:
    """A value of the plan, and the first day on which it is there."""

    value: ValueStatement
    day: date


def begins(plan: Plan) -> date | None:
    """The first day on which something is done: of the first phase, or of the plan."""
    starts = (plan.period_start, *(phase.start_date for phase in plan.phases))
    return min(filter(None, starts), default=None)


def promised(plan: Plan) -> tuple[Promised, ...]:
    """The values that have a day, the first one first."""
    dated = (
        (one, min(filter(None, (one.due, one.money_from)), default=None)) for one in plan.value_statements
    )
    return tuple(sorted((Promised(one, day) for one, day in dated if day), key=lambda one: one.day))


def too_early(plan: Plan) -> tuple[Promised, ...]:
    """The values promised sooner than a year after the start, with no reason why; the first one first."""
    start = begins(plan)
    if start is None:
        return ()
    realistic = months_after(start, MONTHS)
    return tuple(one for one in promised(plan) if one.day < realistic and not one.value.early_because.strip())
