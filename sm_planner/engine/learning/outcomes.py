"""What comes of it, in one step: a difference becomes a lesson, a lesson or a risk an improvement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Improvement
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.learning import Lesson, SanityCheck
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.model.values import headline
from sm_planner.engine.model.vocabulary import OTHERWISE
from sm_planner.engine.texts import N_, Text, say


def lesson_refusal(check: SanityCheck, number: int) -> Text | None:
    """Why an answer of a check, the row of that number from 1 on, cannot become a lesson."""
    if not check.held_on:
        return say(N_("This check was not held yet."))
    if not 1 <= number <= len(check.answers):
        return say(N_("This check has no answer {0}."), number)
    row = check.answers[number - 1]
    if row.outcome != OTHERWISE:
        return say(N_("What happened as the plan says is no lesson."))
    if row.became:
        return say(N_("This became {0}."), row.became)
    return None


def lesson(check: SanityCheck, number: int, learned: str, source: str, today: date) -> Lesson:
    """The lesson that a difference becomes. learned: what was learned, whose first line is its title. Its id is given where
    it is kept."""
    row = check.answers[number - 1]
    return Lesson(
        id="",
        title=headline(learned),
        learned_on=today,
        source_kind="Sanity Check",
        source=source[:LINE_LENGTH],
        source_record=check.id,
        service=check.service,
        what_happened=row.happened,
        learned=learned.strip(),
        lesson_owner=check.lead,
    )


def became(check: SanityCheck, number: int, lesson: str) -> SanityCheck:
    """The check in which a difference became a lesson. lesson: its id."""
    rows = list(check.answers)
    rows[number - 1] = replace(rows[number - 1], became=lesson)
    return replace(check, answers=tuple(rows))


def lesson_action_refusal(one: Lesson) -> Text | None:
    """Why a lesson cannot become an improvement."""
    return say(N_("This lesson has an action already.")) if one.action else None


def action_of_lesson(one: Lesson, doing: str, owner: str, due: date | None) -> Improvement:
    """The improvement that a lesson becomes. doing: what is to be done; owner: the id of a person."""
    return replace(_action("Lesson", one, doing, owner, due), service=one.service)


def risk_action_refusal(one: Risk) -> Text | None:
    """Why nothing is done about a risk any more."""
    return None if one.is_open else say(N_("This risk is closed."))


def action_of_risk(one: Risk, doing: str, owner: str, due: date | None) -> Improvement:
    """The improvement that carries out the answer to a risk."""
    service = one.services[0] if len(one.services) == 1 else ""
    return replace(_action("Risk", one, doing, owner, due), service=service, supplier=one.supplier)


def _action(kind: str, one: Lesson | Risk, doing: str, owner: str, due: date | None) -> Improvement:
    """kind: of its source."""
    return Improvement(
        id="",
        title=headline(doing),
        description=doing.strip(),
        source_kind=kind,
        source=(one.title or one.id)[:LINE_LENGTH],
        source_record=one.id,
        improvement_owner=owner,
        due=due,
    )
