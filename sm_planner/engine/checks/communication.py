"""COM: whether the plan has reached those whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import not_set
from sm_planner.engine.checks.depths import GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Plan
from sm_planner.engine.part.confirmation import shares
from sm_planner.engine.texts import say


@rule(
    "COM-02",
    Severity.ERROR,
    GROWN,
    title=N_("In each unit, enough of those who have a part in the plan have confirmed it"),
    why=N_("A unit that does not know its part works as before, whatever the others have agreed to."),
    fix=N_(
        "Ask them to open “My Part in the Plan”; the report “Confirmed Parts” lists who has not confirmed yet."
    ),
    source="Pollock 2019; Ten steps",
)
def parts_confirmed(plan: Plan, today: date) -> Iterator[Fault]:
    least = plan.settings.least_acknowledged
    if least is None:
        yield not_set(plan, N_("The settings do not say how many people must have confirmed their parts."))
        return
    units = shares(plan, today)
    if not units:
        yield unknown(plan, N_("Nobody has a part in the plan."), field="people")
    for unit in units:
        if not unit.reaches(least):
            yield fault(
                plan,
                N_("{0}: {1} of {2} people have confirmed their part; it should be {3} %."),
                unit.unit or say(N_("People without a unit")),
                unit.confirmed,
                unit.asked,
                least,
                field="people",
                count=len(unit.waiting),
            )


RULES = (parts_confirmed,)
