"""MOD: how the support model is to change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import lacking, missing
from sm_planner.engine.checks.depths import COMPLETE
from sm_planner.engine.checks.finding import N_, Fault, Severity, rule
from sm_planner.engine.model import Plan


@rule(
    "MOD-09",
    Severity.ERROR,
    COMPLETE,
    title=N_("A plan that transforms shows the future support model"),
    why=N_("Changing much without a picture of the goal leaves half of the old and half of the new."),
    fix=N_("Describe how users will be supported once the plan is carried out."),
    source="Prakash 2016",
)
def future_shown(plan: Plan, today: date) -> Iterator[Fault]:
    if not plan.context_type:
        yield from lacking(plan, "context_type")
    elif plan.context_type == "Transform":
        yield from missing(plan, "future_support")


RULES = (future_shown,)
