"""What in a plan waits for whom: for its home, where everybody sees what is stuck, and with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.approval import funding, gaps, improvements, waivers
from sm_planner.engine.communication.audience import senders
from sm_planner.engine.communication.confirming import awaited, confirmed_by, hearers
from sm_planner.engine.communication.feedback import unanswered as said, who_answers
from sm_planner.engine.communication.runs import latest_gap
from sm_planner.engine.improvements.results import is_overdue
from sm_planner.engine.learning.risks import is_overdue as is_late
from sm_planner.engine.learning.transitions import called
from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.part.asking import answerers, unanswered, without_action, worked_around
from sm_planner.engine.part.confirmation import shares
from sm_planner.engine.reporting.issues import next_issue
from sm_planner.engine.rhythm import checkpoints
from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True)
class Stuck:
    """Something that waits. whom: the ids of the people for one of whom it waits. record: None where it is many things."""

    text: Text
    whom: tuple[str, ...]
    record: Ref | None = None


def waiting(plan: Plan, today: date) -> tuple[Stuck, ...]:
    """What waits: decisions, answers, what is late, and confirmations. Whoever is to sign is told by the sign-off."""
    return (
        *_decisions(plan, today),
        *_waivers(plan, today),
        *_gaps(plan),
        *_funding(plan),
        *_suggestions(plan),
        *_workarounds(plan),
        *_feedback(plan),
        *_communications(plan, today),
        *_reports(plan, today),
        *_late(plan, today),
        *_learning(plan, today),
        *_confirmations(plan, today),
    )


def _decisions(plan: Plan, today: date) -> Iterator[Stuck]:
    for one in plan.improvements:
        whom = improvements.deciders(plan, one, today)
        if whom and improvements.is_ready(one):
            is_done = one.status == improvements.VERIFY
            text = N_("“{0}” waits to be closed.") if is_done else N_("“{0}” waits for approval.")
            yield _of(text, one, whom)


def _waivers(plan: Plan, today: date) -> Iterator[Stuck]:
    for one in plan.waivers:
        if one.expires and one.status == waivers.REQUESTED:
            whom = waivers.deciders(plan, today) - {one.requester}
            yield _of(N_("The waiver “{0}” waits for a decision."), one, whom)


def _gaps(plan: Plan) -> Iterator[Stuck]:
    for one in plan.gap_decisions:
        if gaps.awaits(one):
            text = N_("“{0}” asks to live with a gap, and waits for a decision.")
            yield _of(text, one, gaps.deciders(plan, one))


def _funding(plan: Plan) -> Iterator[Stuck]:
    if funding.awaits(plan):
        whom = {plan.executive_sponsor} - {"", plan.plan_owner}
        yield Stuck(say(N_("The funding request waits for a decision.")), tuple(whom), Ref.to(plan))


def _suggestions(plan: Plan) -> Iterator[Stuck]:
    for one in unanswered(plan):
        yield _of(N_("The suggestion “{0}” waits for an answer."), one, (plan.plan_owner,))


def _workarounds(plan: Plan) -> Iterator[Stuck]:
    for one in worked_around(plan):
        yield _of(N_("The workaround “{0}” waits for an answer."), one, answerers(plan, one))


def _feedback(plan: Plan) -> Iterator[Stuck]:
    for one in said(plan):
        yield _of(N_("The feedback “{0}” waits for an answer."), one, (who_answers(plan, one),))


def _communications(plan: Plan, today: date) -> Iterator[Stuck]:
    for one in plan.communications:
        gap = latest_gap(plan, one, today)
        if gap and gap.is_open:
            yield _of(N_("“{0}” was to be said to its audience."), one, senders(plan, one, today))
        if run := awaited(plan, one, today):
            missing = {*hearers(plan, one, run)} - {*confirmed_by(plan, one, run, today)}
            if missing:
                yield _of(N_("That “{0}” was heard is to be confirmed."), one, missing)


def _reports(plan: Plan, today: date) -> Iterator[Stuck]:
    for spec in plan.report_specs:
        due = next_issue(plan, spec, today)
        if due and due < today:
            yield _of(N_("The report “{0}” was to be issued."), spec, (spec.report_owner,))


def _late(plan: Plan, today: date) -> Iterator[Stuck]:
    for one in plan.improvements:
        if is_overdue(one, today):
            yield _of(N_("“{0}” is overdue."), one, (one.improvement_owner,))
    for review in plan.reviews:
        if not review.is_settled and review.day and review.day < today:
            yield _of(N_("The review “{0}” is overdue."), review, (review.chair,))
    for phase in plan.phases:
        if checkpoints.state(plan, phase, today) == checkpoints.OPEN:
            text = N_("Nobody has said whether the phase “{0}” is accepted.")
            yield _of(text, phase, (phase.accepted_by,))


def _learning(plan: Plan, today: date) -> Iterator[Stuck]:
    for risk in plan.risks:
        if is_late(risk, today):
            yield _of(N_("The risk “{0}” should have been looked at."), risk, (risk.risk_owner,))
    for lesson in without_action(plan):
        text = N_("The lesson “{0}” has neither an action nor a reason for none.")
        yield _of(text, lesson, (lesson.lesson_owner,))
    for check in plan.sanity_checks:
        if not check.held_on:
            text = say(N_("{0}: not held yet."), called(plan, check))
            yield Stuck(text, tuple(filter(None, (check.lead,))), Ref.to(check))


def _confirmations(plan: Plan, today: date) -> Iterator[Stuck]:
    missing = [one.person for unit in shares(plan, today) for one in unit.waiting]
    if missing:
        text = (
            say(N_("1 person has not confirmed the own part."))
            if len(missing) == 1
            else say(N_("{0} people have not confirmed their parts."), len(missing))
        )
        yield Stuck(text, tuple(missing))


def _of(text: str, record: object, whom: Iterable[str]) -> Stuck:
    ref = Ref.to(record)
    return Stuck(say(text, ref), tuple(sorted(filter(None, whom))), ref)
