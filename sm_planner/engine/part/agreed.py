"""What agreements say of somebody: which cases reach him and when, what people turn to him for, what his side has to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sm_planner.engine.agreements import families, sides
from sm_planner.engine.agreements.term import ENDED
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.agreements import AgreementContact, AgreementDuty, AgreementEscalation
from sm_planner.engine.part.duties import For, Part
from sm_planner.engine.texts import Text

OUR_SIDE = {"SLA": (sides.PROVIDER,), "UC": (sides.CUSTOMER, sides.USERS)}
"""Kind of agreement → the sides that are the organisation's own. Of an OLA both are."""


@dataclass(frozen=True)
class Agreed:
    """What one agreement says of a person. reached: when a case reaches him; asked: what people turn to him for; duties: of
    the organisation's side, where he keeps the agreement."""

    agreement: Agreement
    reached: tuple[Text, ...]
    asked: tuple[str, ...]
    duties: tuple[AgreementDuty, ...]


def agreed_of(plan: Plan, part: Part) -> tuple[Agreed, ...]:
    """What the agreements say of a person, in the order of the plan; those that say nothing of him are left out."""
    kept = set(part.of(For.AGREEMENT))
    found = (
        _agreed(plan, part, agreement, kept) for agreement in plan.agreements if agreement.status != ENDED
    )
    return tuple(one for one in found if one.reached or one.asked or one.duties)


def _agreed(plan: Plan, part: Part, agreement: Agreement, kept: set[str]) -> Agreed:
    escalations, contacts = (
        families.own_rows(plan, agreement, "escalations"),
        families.own_rows(plan, agreement, "contacts"),
    )
    return Agreed(
        agreement,
        tuple(sides.after(row) for row in escalations if _names(part, row)),
        tuple(dict.fromkeys(row.purpose for row in contacts if _names(part, row))),
        tuple(_duties(plan, agreement, kept)) if agreement.id in kept else (),
    )


def _names(part: Part, row: AgreementEscalation | AgreementContact) -> bool:
    """Whether a row names the person, a role that he fills, or a team of his."""
    teams = part.of(For.TEAM_LEAD, For.TEAM_MEMBER)
    return row.person == part.person or row.role in part.roles or getattr(row, "team", "") in teams


def _duties(plan: Plan, agreement: Agreement, kept: set[str]) -> Iterator[AgreementDuty]:
    """The duties of the organisation's side; those that another agreement of his hands down stand there."""
    for term in families.terms(plan, agreement).terms:
        ours = OUR_SIDE.get(agreement.kind)
        if (
            term.field == "duties"
            and (ours is None or term.value.who in ours)
            and (term.origin.id == agreement.id or term.origin.id not in kept)
        ):
            yield term.value
