"""Which progress sheets were sent, which should have been, and why one cannot be."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from sm_planner.engine.agreements.measurements import Period, periods_due
from sm_planner.engine.canonical_json import hash_of
from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.reporting import ProgressSheet
from sm_planner.engine.reporting.readers import sheet_spec
from sm_planner.engine.texts import N_, Text, say


def senders(plan: Plan, group: Stakeholder) -> frozenset[str]:
    """The ids of those who may send the sheet of a group, beside planners: the plan owner, and who owns the report."""
    spec = sheet_spec(plan, group)
    return frozenset(filter(None, (plan.plan_owner, spec.report_owner if spec else "")))


def may_send(plan: Plan, group: Stakeholder, people: Set[str], plans: bool) -> bool:
    """Whether somebody may send it. people: the ids of those for whom he stands; plans: whether he may plan."""
    return plans or bool(people & senders(plan, group))


def sent(plan: Plan, group: Stakeholder, day: date) -> tuple[ProgressSheet, ...]:
    """What was sent to a group of the month that ends on a day, the last one last."""
    found = (one for one in plan.progress_sheets if (one.stakeholder, one.day) == (group.id, day))
    return tuple(sorted(found, key=lambda one: one.number or 0))


def hash_of_sheet(subject: str, content: str) -> str:
    return hash_of(f"{subject}\n\n{content}")


def refuse(plan: Plan, group: Stakeholder, month: Period, correction: str, today: date) -> Text | None:
    """Why the sheet of a month cannot be sent to a group; None if it can."""
    if month.last >= today:
        return say(N_("The month is not over. Its sheet can be sent from the day after {0}."), month.last)
    before = sent(plan, group, month.last)
    if before and not correction.strip():
        text = N_(
            "The sheet of this month was sent to {0} on {1}. Say what is corrected, if it has to be sent again."
        )
        return say(text, Ref.to(group), before[-1].sent_on)
    return None


def month_due(plan: Plan, today: date) -> Period | None:
    """The last month whose figures have been there long enough for its sheets to be out; None before the plan has run for one."""
    return next(iter(periods_due("Monthly", today, 1, plan.period_start)), None)


def waiting(plan: Plan, month: Period) -> tuple[Stakeholder, ...]:
    """The groups that were sent no sheet of a month, nor of a later one."""
    latest: dict[str, date] = {}
    for one in plan.progress_sheets:
        latest[one.stakeholder] = max(one.day, latest.get(one.stakeholder, date.min))
    return tuple(one for one in plan.stakeholders if latest.get(one.id, date.min) < month.last)
