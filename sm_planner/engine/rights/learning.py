"""Who writes what of risks and sanity checks.

A risk is entered and looked after by its owner; that somebody else decided on its answer is entered by planners alone. A
sanity check is held by who leads it, or a planner; what the plan says in it, and which lessons came of it, the site alone writes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sm_planner.engine.model.learning import SanityCheck
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.rights.writer import Writer
from sm_planner.engine.texts import N_, Text, say


def refuse_risk(risk: Risk, old: Risk | None, writer: Writer) -> Text | None:
    """Why somebody may not write a risk."""
    if writer.plans:
        return None
    if any(one.risk_owner not in writer.people for one in (risk, old) if one):
        return say(N_("Only the owner of the risk, or a planner, can enter or change this."))
    decided = risk.decided_by and (old is None or risk.decided_by != old.decided_by)
    if decided and risk.decided_by not in writer.people:
        return say(N_("Enter what you decided yourself. What others decided is entered by a planner."))
    if old and old.decided_by and old.decided_by not in writer.people and _answer(risk) != _answer(old):
        return say(N_("Somebody else decided on the answer to this risk. Ask a planner to change it."))
    return None


def _answer(risk: Risk) -> tuple[Any, ...]:
    """What was decided about, with what the decision rests on."""
    return risk.answer, risk.decided_by, risk.answer_until, risk.likelihood, risk.impact


def may_hold(check: SanityCheck, writer: Writer) -> bool:
    """Whether somebody may hold a check, and say what comes of it."""
    return writer.plans or check.lead in writer.people


def refuse_sanity_check(check: SanityCheck, old: SanityCheck | None, writer: Writer) -> Text | None:
    """Why somebody may not write a sanity check by hand."""
    if not all(may_hold(one, writer) for one in (check, old) if one):
        return say(N_("Only who leads the sanity check, or a planner, can enter or change this."))
    stored = old or SanityCheck()
    if check.held_on != stored.held_on or _became(check) != _became(stored):
        return say(
            N_(
                "That a check was held, and which lessons came of it, is kept by the site. Use the buttons of the form."
            )
        )
    if stored.held_on and replace(check, **{name: getattr(stored, name) for name in _FREE}) != stored:
        return say(N_("This check was held, and stays as it is. Add a remark, or hold another one."))
    return None


_FREE = ("remarks", "entered_by")
"""What is still written once a check was held; who entered it is the site's."""


def _became(check: SanityCheck) -> tuple[Any, ...]:
    return tuple((row.question, row.became) for row in check.answers if row.became)


def refuse_deleting_sanity_check(check: SanityCheck, writer: Writer) -> Text | None:
    """Why somebody may not delete a sanity check."""
    if check.held_on:
        return say(N_("A sanity check that was held is not deleted."))
    if may_hold(check, writer):
        return None
    return say(N_("Only who leads the sanity check, or a planner, can enter or change this."))
