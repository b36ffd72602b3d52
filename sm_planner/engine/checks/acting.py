"""What comes of a finding: whose it is to mend, the improvement that does so, the waiver by which it is lived with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sm_planner.engine.checks.finding import KNOWN, Ref
from sm_planner.engine.checks.mending import PLAN
from sm_planner.engine.model import COLLECTIONS, Improvement, Person, Plan, Waiver
from sm_planner.engine.model.fields import LINE_LENGTH, specs
from sm_planner.engine.model.values import headline
from sm_planner.engine.texts import N_, Text, say

OWNED_BY = {
    "agreements": "agreement_owner",
    "assessments": "assessor",
    "budget_lines": "line_owner",
    "commitments": "person",
    "communications": "sender",
    "gap_decisions": "requester",
    "improvements": "improvement_owner",
    "lessons": "lesson_owner",
    "objectives": "objective_owner",
    "phases": "accepted_by",
    "report_specs": "report_owner",
    "reviews": "chair",
    "risks": "risk_owner",
    "sanity_checks": "lead",
    "services": "service_owner",
    "suppliers": "manager",
    "teams": "lead",
    "tools": "tool_owner",
    "trainings": "training_owner",
    "waivers": "requester",
    PLAN: "plan_owner",
}
"""Collection → the field that names who answers for a record of it."""

LINKED_BY = {
    "agreements": "agreement",
    "objectives": "objective",
    "services": "service",
    "suppliers": "supplier",
    "teams": "team",
    "tools": "tool",
}
"""Collection → the field by which an improvement names a record of it."""


def record_of(plan: Plan, collection: str, id: str) -> Any | None:
    """The record that a finding is about; the plan itself under ``plan``."""
    if collection == PLAN:
        return plan if id == plan.id else None
    return plan.get(collection, id) if collection in COLLECTIONS else None


def owner_of(plan: Plan, collection: str, id: str) -> Person | None:
    """Who answers for a record: whom it names, or the owner of the one service that it is for, or else the plan owner."""
    record = record_of(plan, collection, id)
    named = getattr(record, OWNED_BY.get(collection, ""), "")
    if not named and record is not None:
        named = _owner_of_service(plan, record)
    return plan.get("people", named or plan.plan_owner)


def _owner_of_service(plan: Plan, record: Any) -> str:
    fields = specs(type(record))
    services = getattr(record, "services", ()) if "services" in fields and record is not plan else ()
    one = getattr(record, "service", "") if "service" in fields else ""
    service = plan.get("services", one or (services[0] if len(services) == 1 else ""))
    return service.service_owner if service else ""


def improvements_of(plan: Plan) -> dict[tuple[str, str], Improvement]:
    """Code of a rule and id of a record → the open improvement that was made of that finding."""
    return {
        (one.source, one.source_record): one
        for one in plan.improvements
        if one.source in KNOWN and one.is_open
    }


def improvement(
    code: str, record: Ref, message: str, fix: str, title: str, owner: str, due: date | None
) -> Improvement:
    """The improvement that mends a finding. title: what is to be done, else what is wrong; owner: the id of a person."""
    link = LINKED_BY.get(record.collection)
    return Improvement(
        id="",
        title=headline(title or message),
        source_kind="Other",
        source=code,
        source_record=record.id,
        description=f"{message}\n{fix}",
        improvement_owner=owner,
        due=due,
        **({link: record.id} if link else {}),
    )


@dataclass(frozen=True)
class Asked:
    """What whoever wants a waiver says: why, who asks, who is to approve it, until when it is to count. People by their ids."""

    reason: str
    requester: str
    approver: str
    expires: date | None

    @property
    def refusal(self) -> Text | None:
        """Why it cannot be asked like that; None if it can."""
        if not self.reason.strip():
            return say(N_("Say why this can be lived with."))
        if not self.requester:
            return say(N_("Say who asks for the waiver."))
        if not self.approver:
            return say(N_("Say who is asked to approve the waiver."))
        if self.approver == self.requester:
            return say(N_("Somebody else than who asks for it has to approve a waiver."))
        if self.expires is None:
            return say(N_("Say until when this can be lived with."))
        return None


def waiver(code: str, record: Ref | None, asked: Asked) -> Waiver:
    """The waiver of a finding, or without a record of all findings of a rule; it counts once it is approved."""
    title = f"{code} – {record}" if record else code
    return Waiver(
        id="",
        title=title if len(title) <= LINE_LENGTH else f"{title[: LINE_LENGTH - 1]}…",
        rule=code,
        record=record.id if record else "",
        reason=asked.reason,
        requester=asked.requester,
        approver=asked.approver,
        expires=asked.expires,
        status="Requested",
    )
