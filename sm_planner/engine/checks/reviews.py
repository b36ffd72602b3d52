"""REV: the reviews of the plan, what they decide, and what makes a new version due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import (
    empty,
    label,
    missing_in_rows,
    named,
    no_rows,
    no_sponsor,
)
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, idle, rule
from sm_planner.engine.model import LEVELS, Plan
from sm_planner.engine.model.reviews import Review
from sm_planner.engine.model.states import ACTIVE
from sm_planner.engine.model.vocabulary import REVIEW_TOPICS
from sm_planner.engine.rhythm.decisions import NO_ACTION
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.rhythm.occurrences import (
    PLAN_REVIEW,
    held,
    is_complete,
    last_held,
    members,
    overdue,
    series_name,
    series_of,
    told_late,
)
from sm_planner.engine.rhythm.triggers import DEFERRED, OPEN, version_due, waiting
from sm_planner.engine.texts import Text, listed, say

LEADERS = LEVELS[:2]
"""Levels of those who lead: without them a review decides nothing."""

FEEDBACK = 12
"""For how many months feedback counts as heard, where the period began later."""

SETTLED = 6
"""Months after the start of the period in which nobody can yet say how the services are by the plan."""


@rule(
    "REV-01",
    Severity.ERROR,
    GROWN,
    title=N_("The plan says how often it is reviewed, by whom, and from when on"),
    why=N_("A review that is held when somebody finds the time is not held."),
    fix=N_("Enter a plan review in the rhythm, with months, first date, chair and members."),
    source="Pollock 2019; Mainville 2018; FitSM GR1.3; ISO 9.3",
)
def rhythm_set(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing_in_rows(plan, "review_rhythm", "kind", "months", "first_date", "chair")
    rhythms = Counter(map(series_of, plan.review_rhythm))
    if not any(kind == PLAN_REVIEW for kind, _ in rhythms):
        yield fault(plan, N_("The rhythm has no review of the plan."), field="review_rhythm")
    for rhythm in plan.review_rhythm:
        if rhythms.pop(series_of(rhythm), 0) > 1:
            yield fault(
                plan,
                N_("{0} stands in the rhythm more than once."),
                series_name(rhythm),
                field="review_rhythm",
            )
    for rhythm in plan.review_rhythm:
        if not set(members(plan, rhythm, today)) - {rhythm.chair}:
            yield fault(
                plan,
                N_("{0}: nobody takes part beside the chair."),
                series_name(rhythm),
                field="review_members",
            )


@rule(
    "REV-02",
    Severity.ERROR,
    GROWN,
    title=N_("No review is overdue"),
    why=N_("A plan that nobody looks at drifts away from what is done, and nobody notices."),
    fix=N_("Hold the review that is due, move it with a reason, or say why it is skipped."),
    source="Mainville 2018; Pollock 2019",
)
def reviews_held(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_rows(plan, "review_rhythm")
    for rhythm in plan.review_rhythm:
        late = overdue(plan, rhythm, today)
        if late:
            told = told_late(rhythm, late[0].scheduled, today)
            yield fault(plan, told.template, *told.args, field="reviews", count=len(late))


@rule(
    "REV-03",
    Severity.ERROR,
    COMPLETE,
    title=N_("The last review of the plan looked at all that a review has to look at"),
    why=N_("What is left out of a review is decided by nobody; that there are no data is an answer too."),
    fix=N_("Hold the next review by its agenda, which has all topics."),
    source="ISO 9.3",
)
def inputs_complete(plan: Plan, today: date) -> Iterator[Fault]:
    for review in _last_of_plan(plan):
        seen = {row.topic for row in review.inputs if not empty(row.text)}
        lacking = [Text(topic) for topic in REVIEW_TOPICS if topic not in seen]
        if lacking:
            yield fault(
                review,
                N_("{0} did not look at: {1}."),
                _called(review),
                listed(lacking),
                field="inputs",
                count=len(lacking),
            )
    if not held(plan):
        yield from _none_held(plan, today)


@rule(
    "REV-04",
    Severity.ERROR,
    GROWN,
    title=N_("Each review decides, and each decision has an owner and a date"),
    why=N_("What everybody agreed on is done by nobody, unless somebody has to do it by a day."),
    fix=N_(
        "Enter what was decided, with owner and due date; where nothing is to be done, a decision of that kind."
    ),
    source="Ten steps; ISO 9.3",
)
def decisions_owned(plan: Plan, today: date) -> Iterator[Fault]:
    """The last review of each series is judged: what was held before cannot be changed any more."""
    reviews = last_held(plan)
    for review in reviews:
        if not review.decisions:
            yield fault(review, N_("{0} has no decision."), _called(review), field="decisions")
        for decision in review.decisions:
            for part in ("person", "due"):
                if decision.kind != NO_ACTION and empty(getattr(decision, part)):
                    yield fault(
                        review,
                        N_("{0}: the decision “{1}” lacks {2}."),
                        _called(review),
                        decision.text,
                        label(decision, part),
                        field="decisions",
                    )
    if not reviews:
        yield from _none_held(plan, today, kind="")


@rule(
    "REV-05",
    Severity.ERROR,
    GROWN,
    title=N_("What speaks for a new version is decided: it is drafted, or deferred to a day"),
    why=N_("A plan that does not follow its surroundings is signed, and wrong."),
    fix=N_(
        "Decide the trigger: start a revision, defer it with a reason and a day, or say that nothing is left to do."
    ),
    source="Ten steps; Mainville 2018",
)
def triggers_decided(plan: Plan, today: date) -> Iterator[Fault]:
    for trigger in waiting(plan, today):
        if trigger.status == OPEN:
            yield fault(trigger, N_("“{0}” waits for a decision."), named(trigger), field="status")
        elif trigger.deferred_until is None:
            yield fault(trigger, N_("“{0}” is deferred to no day."), named(trigger), field="deferred_until")
        else:
            yield fault(
                trigger,
                N_("“{0}” was deferred until {1}."),
                named(trigger),
                trigger.deferred_until,
                field="deferred_until",
            )
    for trigger in plan.triggers:
        if trigger.status == DEFERRED and empty(trigger.reason):
            yield fault(trigger, N_("“{0}” is deferred without a reason."), named(trigger), field="reason")
    if plan.state == ACTIVE:
        for trigger in version_due(plan):
            yield fault(
                trigger,
                N_("“{0}” makes a new version due, and none is drafted."),
                named(trigger),
                field="status",
                fix=N_("Start a revision of the plan."),
            )


@rule(
    "REV-06",
    Severity.WARNING,
    COMPLETE,
    title=N_("The sponsor and the leaders were at the last review"),
    why=N_("People do what their leaders look at."),
    fix=N_(
        "Have the sponsor confirm the attendance, and choose days for the next reviews on which leaders can come."
    ),
    source="Mainville 2018; HDI; ISO 5.1",
)
def leaders_attended(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_sponsor(plan)
    for review in _last_of_plan(plan):
        there = {row.person: row for row in review.attendance if row.attended}
        invited = review.people if review.attendance else members(plan, review, review.held_on or today)
        expected = dict.fromkeys((plan.executive_sponsor, *invited))
        for id in expected:
            person = plan.get("people", id)
            if person is None:
                continue
            if id == plan.executive_sponsor:
                if id not in there:
                    yield fault(
                        review,
                        N_("{0}: the sponsor “{1}” was not there."),
                        _called(review),
                        named(person),
                        field="attendance",
                    )
                elif there[id].confirmed is None:
                    yield fault(
                        review,
                        N_("{0}: the sponsor “{1}” has not confirmed the attendance."),
                        _called(review),
                        named(person),
                        field="attendance",
                    )
            elif person.level in LEADERS and id not in there:
                yield fault(
                    review,
                    N_("{0}: “{1}” was not there."),
                    _called(review),
                    named(person),
                    field="attendance",
                )
    if not held(plan):
        yield from _none_held(plan, today)


@rule(
    "REV-07",
    Severity.WARNING,
    GROWN,
    title=N_("Feedback of stakeholders was collected"),
    why=N_("Who does not ask learns of dissatisfaction when customers leave."),
    fix=N_(
        "Enter what stakeholders said as feedback, as a suggestion among the improvements, or as a trigger of the kind "
        "Feedback."
    ),
    source="Ten steps; FitSM PR7.6",
)
def feedback_heard(plan: Plan, today: date) -> Iterator[Fault]:
    since = min(months_after(today, -FEEDBACK), plan.period_start or today)
    if plan.period_start and months_after(plan.period_start, SETTLED) > today:
        return
    days = [
        *(one.noticed_on for one in plan.triggers if one.kind == "Feedback"),
        *(one.reported_on for one in plan.feedback),
    ]
    heard = any(day and since <= day <= today for day in days)
    if not heard and not any(one.kind == "Suggestion" and one.is_open for one in plan.improvements):
        yield fault(plan, N_("No feedback was collected since {0}."), since, field="feedback")


def _called(review: Review) -> Text:
    """How a message names a review: by its series and the day on which it was scheduled."""
    return say(N_("{0} ({1})"), series_name(review), review.scheduled)


def _last_of_plan(plan: Plan) -> tuple[Review, ...]:
    """The last review of the plan that was held, if one was."""
    return held(plan)[:1]


def _none_held(plan: Plan, today: date, kind: str = PLAN_REVIEW) -> Iterator[Fault]:
    """The check cannot be decided where the first review should have been held, which REV-02 says, or has no day.

    Before that there is nothing that could be wrong. kind: of the reviews that are meant; empty for all of them.
    """
    meant = [rhythm for rhythm in plan.review_rhythm if kind in ("", rhythm.kind)]
    awaited = any(map(is_complete, meant)) and not any(overdue(plan, rhythm, today) for rhythm in meant)
    if not awaited:
        yield idle(
            plan,
            N_("No review was held yet."),
            field="reviews",
            fix=N_("Hold the first review when it is due."),
        )


RULES = (
    rhythm_set,
    reviews_held,
    inputs_complete,
    decisions_owned,
    triggers_decided,
    leaders_attended,
    feedback_heard,
)
