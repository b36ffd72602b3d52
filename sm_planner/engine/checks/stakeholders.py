"""STK: the stakeholders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import Plan


@rule(
    "STK-01",
    Severity.ERROR,
    title=N_("Internal teams and customers are among the stakeholders"),
    why=N_("Services are made by some and used by others; a plan that forgets one side misses its point."),
    fix=N_("Add at least one stakeholder of the kind Internal Team and one of the kind Customer."),
    source="Ten steps; FitSM GR3.1",
)
def both_sides(plan: Plan, today: date) -> Iterator[Fault]:
    kinds = {stakeholder.kind for stakeholder in plan.stakeholders}
    for kind in ("Internal Team", "Customer"):
        if kind not in kinds:
            yield fault(plan, N_("No stakeholder is of the kind {0}."), kind, field="stakeholders")


RULES = (both_sides,)
