"""Until when a waiver, or a decision to live with a gap, is approved, and who decides about a waiver."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date
from typing import Any

from sm_planner.engine.approval import decided as decided_about, decision_rights, decisions, shown
from sm_planner.engine.model import Plan, Waiver
from sm_planner.engine.model.approvals import APPROVE, REJECT
from sm_planner.engine.model.assessments import GapDecision
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.office import WAIVERS
from sm_planner.engine.model.vocabulary import REJECTED
from sm_planner.engine.texts import N_, Text, say

REQUESTED, APPROVED = "Requested", "Approved"
"""States of a waiver, beside rejected."""


def approved_until(plan: Plan, waiver: Waiver | GapDecision) -> date | None:
    """The last day on which a waiver counts; None where nobody approved it as it is.

    For each end that was asked for, the last decision counts: a renewal that is rejected leaves the approval before it.
    In a plan file, which has no approvals, its status is the claim of who wrote the file.
    """
    decided = decisions(plan, waiver)
    if not decided:
        is_claimed = waiver.status == APPROVED and not decided_about(plan, waiver)
        return waiver.expires if is_claimed else None
    last = {one.until: one for one in decided}.values()
    ends = [min(one.until, waiver.expires or one.until) for one in last if one.act == APPROVE and one.until]
    return max(ends, default=None)


def standing(plan: Plan, waiver: Waiver | GapDecision) -> str:
    """The state of a waiver, by what was decided about it; a renewal is asked for anew."""
    decided = [one for one in decisions(plan, waiver) if one.until == waiver.expires]
    if not decided:
        return REQUESTED
    return {APPROVE: APPROVED, REJECT: REJECTED}[decided[-1].act]


def refuse_decision(
    plan: Plan, waiver: Waiver, people: Set[str], read: str, wrote: bool, today: date
) -> Text | None:
    """Why an account may not decide about a waiver; None if that is possible.

    plan: the version in force, or the newest while none is. people: the ids of the people whom the account stands for.
    read: the hash of what was read, by :func:`shown`. wrote: whether the account had a hand in the plan, and so could have named itself.
    """
    may = deciders(plan, today)
    if not people & may and decision_rights.stated(plan, WAIVERS):
        return decision_rights.refusal(plan, WAIVERS, frozenset(people), may, today)
    if not people & may:
        return say(N_("The executive sponsor, or another signer of the plan, decides about waivers."))
    if wrote:
        return say(N_("You had a hand in this plan. Somebody who did not decides about its waivers."))
    if waiver.requester in people:
        return say(N_("You asked for this waiver. Somebody else decides about it."))
    if people & _named(plan, waiver):
        return say(
            N_("This waiver is about you, or about a record that names you. Somebody else decides about it.")
        )
    if read != shown(waiver):
        return say(N_("The waiver has changed since you opened it. Read it again."))
    if not waiver.expires:
        return say(N_("The waiver has no end. Have a day entered on which it expires."))
    return None


def deciders(plan: Plan, today: date) -> frozenset[str]:
    """The people who decide about waivers of a plan: its executive sponsor, and who has the right by the version in force;
    where that states none, whoever else signs it. The sign-off guards their accounts."""
    if decision_rights.stated(plan, WAIVERS):
        return decision_rights.holders(plan, WAIVERS, today) | ({plan.executive_sponsor} - {""})
    return frozenset({plan.executive_sponsor, *(signer.person for signer in plan.signers)} - {""})


def _named(plan: Plan, waiver: Waiver) -> set[str]:
    """The people whom a waiver concerns: the person that it is about, or those whom its record names."""
    found: set[str] = set()
    for collection, by_id in plan.index.items():
        record = by_id.get(waiver.record) if waiver.record else None
        if record is not None:
            found.update({waiver.record} if collection == "people" else _people(record))
    return found


def _people(record: Any) -> Iterator[str]:
    for name, spec in specs(type(record)).items():
        value = getattr(record, name)
        if spec.target == "people":
            yield from value if spec.kind == "links" else (value,)
        elif spec.kind == "rows":
            for row in value:
                yield from _people(row)
