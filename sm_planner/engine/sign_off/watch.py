"""What is worth telling of a signed plan, day by day."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.checks import check
from sm_planner.engine.checks.sponsor import sponsor_in_office
from sm_planner.engine.model import Plan
from sm_planner.engine.model.states import ACTIVE
from sm_planner.engine.sealing.seal import Verification
from sm_planner.engine.texts import N_, Text, say


def broken(verification: Verification) -> tuple[Text, ...]:
    """What does not hold: seals, what stands beside them, and what is missed."""
    seals = (say(N_("The seal does not hold. {0}"), problem) for problem in verification.seal_problems)
    return (*seals, *verification.beside, *verification.outside)


def found(plan: Plan, verification: Verification, today: date) -> tuple[Text, ...]:
    """What does not hold; and of a plan in force, what drifted and whether its sponsor has left."""
    texts = [*broken(verification)]
    texts += verification.notes
    if plan.state == ACTIVE:
        texts += [say(N_("Changed since signing: {0}"), change.text) for change in verification.drift]
        texts += [finding.text for finding in check(plan, today, (sponsor_in_office,)).failed]
    return tuple(texts)
