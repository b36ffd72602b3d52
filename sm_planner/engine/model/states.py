"""The states that a plan goes through, the steps between them, and the roles that take part."""

from __future__ import annotations

from dataclasses import dataclass

from sm_planner.engine.texts import N_

DRAFT, IN_REVIEW, TO_SIGN, ACTIVE, SUPERSEDED = "Draft", "In Review", "To Sign", "Active", "Superseded"


MANAGER, PLANNER, SPONSOR = "SM Planner Manager", "SM Planner User", "SM Executive Sponsor"
"""Roles that take part in the sign-off."""


AUDITOR = "SM Auditor"
"""The role of who reads everything, and is told what touches the worth of a signature."""


@dataclass(frozen=True)
class Transition:
    """A step of the sign-off. roles: one of them is needed."""

    action: str
    source: str
    target: str
    roles: tuple[str, ...]


SEND_FOR_REVIEW = Transition(N_("Send for Review"), DRAFT, IN_REVIEW, (MANAGER, PLANNER))


SEND_TO_SPONSOR = Transition(N_("Send to Sponsor"), IN_REVIEW, TO_SIGN, (MANAGER, PLANNER))


RETURN_FROM_REVIEW = Transition(N_("Return"), IN_REVIEW, DRAFT, (MANAGER, PLANNER))


RETURN_FROM_SPONSOR = Transition(N_("Return"), TO_SIGN, DRAFT, (MANAGER, PLANNER, SPONSOR))


SIGN = Transition(N_("Sign"), TO_SIGN, ACTIVE, (SPONSOR,))


TRANSITIONS = (SEND_FOR_REVIEW, SEND_TO_SPONSOR, RETURN_FROM_REVIEW, RETURN_FROM_SPONSOR, SIGN)
"""All steps. An Active plan becomes Superseded when the next version of its lineage is signed."""


DOCSTATUS = {DRAFT: 0, IN_REVIEW: 0, TO_SIGN: 0, ACTIVE: 1, SUPERSEDED: 1}
"""State → Frappe's document status: 0 a draft, 1 submitted."""


def transition(source: str, target: str) -> Transition | None:
    """The step between two states, or None if there is none."""
    return next((step for step in TRANSITIONS if (step.source, step.target) == (source, target)), None)
