"""SLAs that do not hold yet, and what is to be done so that they do."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.term import DRAFT, TermState, state_on
from sm_planner.engine.checks.conditions import named
from sm_planner.engine.checks.finding import N_
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.texts import Text, say


def pending(plan: Plan, day: date) -> tuple[Agreement, ...]:
    """The SLAs that are to hold later than on a day: those that are agreed, the first to begin first, and then the drafts."""
    slas = [one for one in promising(plan) if one.kind == "SLA"]
    ahead = [one for one in slas if state_on(one, day) is TermState.SCHEDULED]
    ahead.sort(key=lambda one: one.start_date)
    return (*ahead, *filter(is_draft, slas))


def is_draft(agreement: Agreement) -> bool:
    return agreement.status == DRAFT


def advice(sla: Agreement) -> Text:
    """What is to be done about one of them."""
    if is_draft(sla):
        return say(N_("Set “{0}” to In Force once the customer has agreed."), named(sla))
    return say(
        N_("If “{0}” holds already, correct its start date. If not, agree on what holds until then."),
        named(sla),
    )


def place(sla: Agreement) -> tuple[str, str, str]:
    """Where: collection, id and field."""
    return "agreements", sla.id, "status" if is_draft(sla) else "start_date"
