"""What somebody must do in a plan, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from sm_planner.engine.agreements.families import agreed, says
from sm_planner.engine.agreements.objectives import State, progress
from sm_planner.engine.agreements.term import ENDED, decide_by
from sm_planner.engine.communication.audience import senders
from sm_planner.engine.communication.confirming import heard_by
from sm_planner.engine.communication.feedback import answer_due, unanswered, who_answers
from sm_planner.engine.communication.runs import next_due
from sm_planner.engine.engagement.relationship import last_engaged
from sm_planner.engine.improvements.results import reports
from sm_planner.engine.learning.transitions import subject
from sm_planner.engine.model import Commitment, Improvement, Objective, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.vocabulary import ACCEPT, CLOSED, REJECTED
from sm_planner.engine.reporting.issues import next_issue
from sm_planner.engine.rhythm.checkpoints import awaits
from sm_planner.engine.rhythm.frequencies import period_after, returns
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import N_
from sm_planner.engine.training.audience import meant
from sm_planner.engine.training.skills import attended, learned


class Todo(str, Enum):
    """What there is to do."""

    IMPROVE = N_("Carry out")
    LOOK_AGAIN = N_("Look whether the benefit has lasted, and report it")
    SHOW = N_("Show what you did for it")
    MEASURE = N_("Measure")
    REVIEW_AGREEMENT = N_("Review the agreement")
    RENEW = N_("Renew it, or give notice")
    EVALUATE = N_("Evaluate the supplier")
    ENGAGE = N_("Speak with them")
    REACH = N_("Reach it")
    RENEW_WAIVER = N_("Renew the waiver, or mend what it covers")
    REVIEW_PLAN = N_("Review the plan")
    LOOK_AT_RISK = N_("Look at the risk again")
    ANSWER_RISK = N_("Carry out the answer to the risk")
    HOLD_CHECK = N_("Hold the sanity check")
    CHAIR = N_("Lead the review")
    ACCEPT = N_("Say whether the phase is accepted")
    ATTEND = N_("Take part in the review")
    COMMUNICATE = N_("Say it to its audience")
    ISSUE = N_("Issue the report")
    ANSWER = N_("Answer the feedback")
    LEARN = N_("Take part in the training")
    CONFIRM = N_("Confirm that you heard it")
    RENEW_TRAINING = N_("Have it renewed before it runs out")


@dataclass(frozen=True)
class Due:
    """Something to do. day: by when; None where it should have been done long ago, or nobody said when."""

    what: Todo
    record: Ref
    day: date | None

    def is_late(self, today: date) -> bool:
        return self.day is None or self.day < today


def dues(plan: Plan, person: str, today: date) -> tuple[Due, ...]:
    """What a person has to do, the most urgent first. Deadlines of what is done do not count."""
    found = (due for source in _SOURCES for due in source(plan, person, today))
    return tuple(sorted(found, key=lambda due: (due.day or date.min, due.record.collection, due.record.id)))


def last_shown(plan: Plan, commitment: Commitment, today: date) -> date | None:
    """The day of the latest evidence of a commitment; days to come show nothing."""
    return max((row.day for row in plan.shown_by(commitment) if row.day <= today), default=None)


def measurement_due(plan: Plan, objective: Objective, today: date) -> date | None:
    """When an objective is measured next: a period after it was last; None where nothing more is to be measured.

    Before the first measurement, the time runs from its baseline, or from the first day of the plan.
    """
    if progress(objective, (), today).state is State.NOT_MEASURABLE:
        return None
    known = [fact.day for fact in plan.measured(objective) if fact.day and fact.day <= today]
    last = max(known, default=objective.baseline_date or plan.period_start)
    if last is None or (known and objective.due and last >= objective.due):
        return None
    frequency = objective.kpi_frequency
    return period_after(last, frequency) if returns(frequency) else None


def _improvements(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for action in plan.improvements:
        if action.improvement_owner == person and action.is_open:
            yield Due(Todo.IMPROVE, Ref.to(action), action.due)
        elif action.improvement_owner == person and benefit_is_to_review(plan, action, today):
            yield Due(Todo.LOOK_AGAIN, Ref.to(action), action.benefit_review)


def benefit_is_to_review(plan: Plan, action: Improvement, today: date) -> bool:
    """Whether somebody is to look after the end whether the benefit lasts, and has not reported on it from that day on."""
    wanted = action.benefit_review
    return bool(
        wanted
        and action.status == CLOSED
        and not any(one.day >= wanted for one in reports(plan, action, today))
    )


def _commitments(plan: Plan, person: str, today: date) -> Iterator[Due]:
    oldest = plan.settings.engagement_days
    for commitment in plan.commitments if oldest else ():
        if commitment.person == person:
            last = last_shown(plan, commitment, today)
            yield Due(Todo.SHOW, Ref.to(commitment), last and last + timedelta(days=oldest))


def _measurements(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for objective in plan.objectives:
        if objective.objective_owner == person and (day := measurement_due(plan, objective, today)):
            yield Due(Todo.MEASURE, Ref.to(objective), day)


def _agreements(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for agreement in agreed(plan):
        if agreement.agreement_owner != person or agreement.status in (ENDED, "Draft"):
            continue
        reviewed = agreement.last_review or agreement.start_date
        if agreement.review_months and reviewed and says(plan, agreement, "review_months", "last_review"):
            yield Due(
                Todo.REVIEW_AGREEMENT, Ref.to(agreement), months_after(reviewed, agreement.review_months)
            )
        day = decide_by(agreement, max(today, agreement.start_date or today))
        if day and says(plan, agreement, "end_date", "notice_given"):
            yield Due(Todo.RENEW, Ref.to(agreement), day)


def _suppliers(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for supplier in plan.suppliers:
        evaluated = supplier.last_evaluation or supplier.start_date
        if supplier.manager == person and supplier.evaluation_months and evaluated:
            yield Due(Todo.EVALUATE, Ref.to(supplier), months_after(evaluated, supplier.evaluation_months))


def _stakeholders(plan: Plan, person: str, today: date) -> Iterator[Due]:
    longest = plan.settings.engagement_days
    for stakeholder in plan.stakeholders if longest else ():
        if stakeholder.contact == person and stakeholder.influence == "High":
            last = last_engaged(plan, stakeholder, today)
            yield Due(Todo.ENGAGE, Ref.to(stakeholder), last and last + timedelta(days=longest))


def _values(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for statement in plan.value_statements:
        if statement.person == person and statement.due:
            yield Due(Todo.REACH, Ref("plan", plan.id, statement.statement), statement.due)


def _waivers(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for waiver in plan.waivers:
        if waiver.requester == person and waiver.expires and waiver.status != REJECTED:
            yield Due(Todo.RENEW_WAIVER, Ref.to(waiver), waiver.expires)


def _plan_review(plan: Plan, person: str, today: date) -> Iterator[Due]:
    if plan.next_review and person in (plan.plan_owner, plan.executive_sponsor):
        yield Due(Todo.REVIEW_PLAN, Ref.to(plan), plan.next_review)


def _reviews(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for review in plan.reviews:
        if not review.is_settled and person in review.people:
            yield Due(Todo.CHAIR if review.chair == person else Todo.ATTEND, Ref.to(review), review.day)


def _risks(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for risk in plan.risks:
        if risk.risk_owner != person or not risk.is_open:
            continue
        if risk.next_look:
            yield Due(Todo.LOOK_AT_RISK, Ref.to(risk), risk.next_look)
        if risk.answer_until and risk.status == "Open":
            is_accepted = risk.answer == ACCEPT  # nothing to carry out: it is decided again
            what = Todo.LOOK_AT_RISK if is_accepted else Todo.ANSWER_RISK
            yield Due(what, Ref.to(risk), risk.answer_until)


def _sanity_checks(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for check in plan.sanity_checks:
        if check.lead == person and not check.held_on:
            yield Due(Todo.HOLD_CHECK, Ref("sanity_checks", check.id, subject(plan, check)), check.day)


def _checkpoints(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for phase in plan.phases:
        if phase.accepted_by == person and awaits(plan, phase, today):
            yield Due(Todo.ACCEPT, Ref.to(phase), phase.checkpoint)


def _communications(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for one in plan.communications:
        day = next_due(plan, one, today)
        if day and person in senders(plan, one, max(day, today)):
            yield Due(Todo.COMMUNICATE, Ref.to(one), day)


def _report_specs(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for spec in plan.report_specs:
        if spec.report_owner == person and (day := next_issue(plan, spec, today)):
            yield Due(Todo.ISSUE, Ref.to(spec), day)


def _feedback(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for one in unanswered(plan):
        if who_answers(plan, one) == person:
            yield Due(Todo.ANSWER, Ref.to(one), answer_due(plan, one))


def _trainings(plan: Plan, person: str, today: date) -> Iterator[Due]:
    """Those that lie ahead: to one that is over nobody can go any more."""
    for training in plan.trainings:
        if (
            training.start_date
            and training.ends >= today
            and person in meant(plan, training, today)
            and not attended(plan, training.id, person, today)
        ):
            yield Due(Todo.LEARN, Ref.to(training), max(training.start_date, today))


def _heard(plan: Plan, person: str, today: date) -> Iterator[Due]:
    for one in heard_by(plan, person, today):
        if not one.confirmation:
            yield Due(Todo.CONFIRM, Ref.to(one.communication), one.due)


def _expiring(plan: Plan, person: str, today: date) -> Iterator[Due]:
    """What was learned and has to be renewed: to have missed a repetition takes nothing away, and renews nothing."""
    for training in plan.trainings:
        until = [fact.valid_until for fact in learned(plan, training, person, today)]
        if until and None not in until:
            yield Due(Todo.RENEW_TRAINING, Ref.to(training), max(until))


_SOURCES = (
    _improvements,
    _commitments,
    _measurements,
    _agreements,
    _suppliers,
    _stakeholders,
    _values,
    _waivers,
    _plan_review,
    _reviews,
    _risks,
    _sanity_checks,
    _checkpoints,
    _communications,
    _report_specs,
    _feedback,
    _trainings,
    _heard,
    _expiring,
)
