"""What of a plan waits for somebody's answer, beside that he confirms his part and signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.approval import funding, gaps, improvements
from sm_planner.engine.model import Improvement, Plan, Workaround
from sm_planner.engine.model.learning import Lesson
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.vocabulary import VERIFY
from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True)
class Question:
    """Something that waits. record: where it is answered."""

    text: Text
    record: Ref


def asked(plan: Plan, person: str, today: date) -> tuple[Question, ...]:
    """What waits for a person: improvements, gaps and the funding request to decide about, for the plan owner suggestions to
    answer, workarounds to answer, and own lessons from which nothing has followed."""
    return (
        *_decisions(plan, person, today),
        *_gaps(plan, person),
        *_funding(plan, person),
        *_suggestions(plan, person),
        *_workarounds(plan, person),
        *_lessons(plan, person),
    )


def _decisions(plan: Plan, person: str, today: date) -> Iterator[Question]:
    for action in improvements.awaiting(plan, person, today):
        text = (
            N_("“{0}” is done. Close it, or have it taken up again.")
            if action.status == VERIFY
            else N_("“{0}” waits for your approval.")
        )
        yield Question(say(text, Ref.to(action)), Ref.to(action))


def _gaps(plan: Plan, person: str) -> Iterator[Question]:
    for one in plan.gap_decisions:
        if gaps.awaits(one) and person in gaps.deciders(plan, one):
            text = N_("“{0}” asks to live with a gap. Decide about it.")
            yield Question(say(text, Ref.to(one)), Ref.to(one))


def _funding(plan: Plan, person: str) -> Iterator[Question]:
    if person == plan.executive_sponsor != plan.plan_owner and funding.awaits(plan):
        yield Question(say(N_("The funding request waits for your decision.")), Ref.to(plan))


def _suggestions(plan: Plan, person: str) -> Iterator[Question]:
    for idea in unanswered(plan) if person == plan.plan_owner else ():
        if idea.suggested_by != person:
            who = plan.title_of("people", idea.suggested_by) if idea.suggested_by else ""
            text = (
                N_("“{0}” was suggested by {1}. Answer it.") if who else N_("“{0}” was suggested. Answer it.")
            )
            yield Question(say(text, Ref.to(idea), who) if who else say(text, Ref.to(idea)), Ref.to(idea))


def _lessons(plan: Plan, person: str) -> Iterator[Question]:
    for lesson in without_action(plan):
        if lesson.lesson_owner == person:
            text = N_("The lesson “{0}” has neither an action nor a reason for none.")
            yield Question(say(text, Ref.to(lesson)), Ref.to(lesson))


def without_action(plan: Plan) -> tuple[Lesson, ...]:
    """The lessons from which nothing has followed, and nobody has said why."""
    return tuple(one for one in plan.lessons if not one.action and not one.no_action.strip())


def _workarounds(plan: Plan, person: str) -> Iterator[Question]:
    for one in worked_around(plan):
        if person in answerers(plan, one) and one.reported_by != person:
            yield Question(say(N_("The workaround “{0}” was reported. Answer it."), Ref.to(one)), Ref.to(one))


def worked_around(plan: Plan) -> tuple[Workaround, ...]:
    """The workarounds that nobody has answered."""
    return tuple(one for one in plan.workarounds if not one.answer.strip())


def answerers(plan: Plan, one: Workaround) -> tuple[str, ...]:
    """The ids of those who own the tool or the service that is worked around; of the plan owner where nobody does."""
    tool, service = plan.get("tools", one.tool), plan.get("services", one.service)
    owners = [tool.tool_owner if tool else "", service.service_owner if service else ""]
    return tuple(dict.fromkeys(filter(None, owners))) or tuple(filter(None, (plan.plan_owner,)))


def unanswered(plan: Plan) -> tuple[Improvement, ...]:
    """The suggestions that nobody has taken up, rejected or answered."""
    return tuple(one for one in plan.improvements if one.is_idea and not one.answer.strip())
