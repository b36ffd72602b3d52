"""What agreements say of somebody: which cases reach him and when, what people turn to him for, what his side has to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sm_planner.engine.agreements import families, sides
from sm_planner.engine.agreements.term import ENDED
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.agreements import AgreementDuty
from sm_planner.engine.part.duties import For, Naming, Part, naming
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
    is_named, kept = naming(part.person, part.charges), set(part.of(For.AGREEMENT))
    found = (
        _agreed(plan, agreement, is_named, kept) for agreement in plan.agreements if agreement.status != ENDED
    )
    return tuple(one for one in found if one.reached or one.asked or one.duties)


def _agreed(plan: Plan, agreement: Agreement, is_named: Callable[[Naming], bool], kept: set[str]) -> Agreed:
    escalations, contacts = (
        filter(is_named, families.own_rows(plan, agreement, table)) for table in ("escalations", "contacts")
    )
    return Agreed(
        agreement,
        tuple(map(sides.after, escalations)),
        tuple(dict.fromkeys(row.purpose for row in contacts)),
        tuple(_duties(plan, agreement, kept)) if agreement.id in kept else (),
    )


def _duties(plan: Plan, agreement: Agreement, kept: set[str]) -> Iterator[AgreementDuty]:
    """The duties of the organisation's side; those that another agreement of his hands down stand there."""
    ours = OUR_SIDE.get(agreement.kind)
    for term in families.terms(plan, agreement).terms:
        if (
            term.field == "duties"
            and (ours is None or term.value.who in ours)
            and (term.origin.id == agreement.id or term.origin.id not in kept)
        ):
            yield term.value
