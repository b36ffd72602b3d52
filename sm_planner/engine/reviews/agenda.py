"""The agenda of a review: what is known about each of its topics on a day, drawn from the plan.

The topics are the inputs that ISO/IEC 20000-1 wants of a management review, in its order. A topic about which nothing is
known stays on the agenda and says so: that is an answer too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.measurements import results
from sm_planner.engine.agreements.objectives import State, progress
from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.agreements.terms import day_of_plan, in_force
from sm_planner.engine.approval.waivers import approved_until
from sm_planner.engine.checks import check
from sm_planner.engine.checks.conditions import named
from sm_planner.engine.checks.docs import FAMILIES
from sm_planner.engine.checks.finding import Finding, Severity
from sm_planner.engine.communication.feedback import unanswered
from sm_planner.engine.improvements.results import is_overdue
from sm_planner.engine.learning.risks import by_weight, overdue_since, weight_of
from sm_planner.engine.model import GRADES, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.reviews import Review
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.model.values import show
from sm_planner.engine.model.vocabulary import CLOSED, OPPORTUNITY, REVIEW_TOPICS
from sm_planner.engine.money.actuals import compared
from sm_planner.engine.money.course import shown
from sm_planner.engine.part.asking import without_action
from sm_planner.engine.rhythm.decisions import made, open_decisions
from sm_planner.engine.rhythm.occurrences import PLAN_REVIEW, held, series_of
from sm_planner.engine.rhythm.triggers import DEFERRED, version_due, waiting
from sm_planner.engine.texts import N_, Text, listed, say

(
    EARLIER,
    CONTEXT,
    FINDINGS,
    OPPORTUNITIES,
    FEEDBACK,
    POLICIES,
    OBJECTIVES,
    SERVICES,
    PARTIES,
    RESOURCES,
    RISKS,
    CHANGES,
) = REVIEW_TOPICS

TOPICS_OF = {
    PLAN_REVIEW: REVIEW_TOPICS,
    "Service Review": (EARLIER, OPPORTUNITIES, FEEDBACK, SERVICES, CHANGES),
    "Supplier Review": (EARLIER, OPPORTUNITIES, PARTIES, RISKS, CHANGES),
    "Planning Slot": (EARLIER, CONTEXT, OPPORTUNITIES, OBJECTIVES, RESOURCES, CHANGES),
}
"""Kind of a review → its topics."""

HIGHEST = GRADES[2:]
"""The grades of risks that somebody has to talk about."""

NO_DATA = N_("No data")
"""What stands under a topic about which nothing is known."""


@dataclass(frozen=True)
class Point:
    """One thing to talk about. about: the record that it is about, if it is about one."""

    text: Text
    about: Ref | None = None


@dataclass(frozen=True)
class Topic:
    """A topic with what is known about it. sources: the collections from which that comes; figures: it in one line."""

    name: str
    sources: tuple[str, ...]
    points: tuple[Point, ...]
    figures: Text | None = None


@dataclass(frozen=True)
class _Known:
    """What the topics are drawn from. last: the review of the same series that was held before."""

    plan: Plan
    today: date
    review: Review

    @cached_property
    def last(self) -> Review | None:
        before = (one for one in held(self.plan, self.review.kind) if one.id != self.review.id)
        return next((one for one in before if series_of(one) == series_of(self.review)), None)

    def concerns(self, earlier: Review) -> bool:
        """Whether the review looks at what an earlier one decided: a review of the plan looks at all."""
        return self.review.kind == PLAN_REVIEW or series_of(earlier) == series_of(self.review)

    @cached_property
    def since(self) -> date:
        """From when on things are news."""
        return self.last.held_on if self.last else self.plan.period_start or date.min

    @cached_property
    def failed(self) -> tuple[Finding, ...]:
        return check(self.plan, self.today).failed

    def found(self, *codes: str) -> Iterator[Point]:
        """The findings of some rules."""
        return (Point(Text(one.message, one.args), one.record) for one in self.failed if one.code in codes)


Told = Iterator[Point | Text]
"""The points of a topic, and in the end its figures where it has any."""


@dataclass(frozen=True)
class _Drawn:
    sources: tuple[str, ...]
    draw: Callable[[_Known], Told]


_DRAWN: dict[str, _Drawn] = {}


def _topic(name: str, *sources: str) -> Callable[[Callable[[_Known], Told]], Callable[[_Known], Told]]:
    def make(draw: Callable[[_Known], Told]) -> Callable[[_Known], Told]:
        _DRAWN[name] = _Drawn(sources, draw)
        return draw

    return make


def agenda(plan: Plan, review: Review, today: date) -> tuple[Topic, ...]:
    """What a review of that kind looks at, as it is known on a day."""
    known = _Known(plan, today, review)
    return tuple(_drawn(name, known) for name in TOPICS_OF.get(review.kind, REVIEW_TOPICS))


def _drawn(name: str, known: _Known) -> Topic:
    drawn = _DRAWN[name]
    told = tuple(drawn.draw(known))
    points = tuple(one for one in told if isinstance(one, Point))
    figures = next((one for one in told if isinstance(one, Text)), None)
    return Topic(name, drawn.sources, points, figures)


@_topic(EARLIER, "reviews")
def _earlier(known: _Known) -> Told:
    """What was decided and not carried out yet; a review that is not of the plan looks at its own decisions."""
    mine = [one for one in open_decisions(known.plan) if known.concerns(one.review)]
    for one in mine:
        decision = one.decision
        owner = known.plan.title_of("people", decision.person)
        late = decision.due is not None and decision.due < known.today
        message = N_("Overdue: “{0}”, {1}, due {2}") if late else N_("“{0}”, {1}, due {2}")
        yield Point(
            say(
                message,
                decision.text,
                owner or Text(N_("nobody")),
                decision.due or Text(N_("no date")),
            ),
            Ref.to(one.review),
        )
    decided = sum(known.concerns(one.review) for one in made(known.plan))
    if decided:
        yield say(N_("{0} of {1} decisions are open"), len(mine), decided)


@_topic(CONTEXT, "plan", "benchmark_notes")
def _context(known: _Known) -> Told:
    for row in known.plan.context_scan:
        if row.finding and row.scanned and row.scanned >= known.since:
            yield Point(say(N_("{0}: {1}"), Text(row.driver), row.finding))
    for note in known.plan.benchmark_notes:
        if note.noted_on and note.noted_on >= known.since:
            yield Point(
                say(N_("{0}: “{1}”"), Text(note.kind or N_("Benchmark Note")), named(note)), Ref.to(note)
            )
    yield from known.found("PLN-15")


@_topic(FINDINGS, "plan")
def _findings(known: _Known) -> Told:
    families: dict[str, Counter] = {}
    for one in known.failed:
        families.setdefault(one.code.partition("-")[0], Counter())[one.severity] += 1
    for family, counted in families.items():
        yield Point(say(N_("{0}: {1}"), Text(FAMILIES[family]), _severities(counted)))
    before = _figures_of(known.last, FINDINGS)
    if before:
        yield Point(say(N_("At the review before: {0}"), before))
    if known.failed:
        yield _severities(Counter(one.severity for one in known.failed))


def _severities(counted: Counter) -> Text:
    """How many findings of each severity, the gravest first."""
    return listed(say(N_("{0}: {1}"), Text(one.value), counted[one]) for one in Severity if counted[one])


def _figures_of(review: Review | None, topic: str) -> str:
    rows = review.inputs if review else ()
    return next((row.figures for row in rows if row.topic == topic), "")


@_topic(OPPORTUNITIES, "improvements", "lessons", "risks")
def _opportunities(known: _Known) -> Told:
    improvements = known.plan.improvements
    open_ones = [one for one in improvements if one.is_open]
    late = [one for one in open_ones if is_overdue(one, known.today)]
    for one in late:
        yield Point(say(N_("Overdue: “{0}”, due {1}"), named(one), one.due), Ref.to(one))
    for one in open_ones:
        if one.status == "New" and one not in late:
            yield Point(say(N_("Not decided yet: “{0}”"), named(one)), Ref.to(one))
    waiting_lessons = without_action(known.plan)
    for one in waiting_lessons:
        yield Point(say(N_("Learned, and nothing follows yet: “{0}”"), named(one)), Ref.to(one))
    for one in known.plan.lessons:
        if one not in waiting_lessons and one.learned_on and one.learned_on >= known.since:
            yield Point(say(N_("Learned: “{0}”"), named(one)), Ref.to(one))
    yield from (
        _weighed(one) for one in by_weight(known.plan.risks) if one.is_open and one.kind == OPPORTUNITY
    )
    if improvements:
        yield say(
            N_("{0} open, {1} of them overdue; {2} closed"),
            len(open_ones),
            len(late),
            sum(one.status == CLOSED for one in improvements),
        )


@_topic(FEEDBACK, "feedback", "triggers", "improvements", "stakeholders")
def _feedback(known: _Known) -> Told:
    heard = [
        one
        for one in known.plan.triggers
        if one.kind == "Feedback" and one.noticed_on and one.noticed_on >= known.since
    ]
    suggested = [one for one in known.plan.improvements if one.kind == "Suggestion" and one.is_open]
    yield from (_noticed(one) for one in heard)
    yield from (Point(say(N_("Suggested: “{0}”"), named(one)), Ref.to(one)) for one in suggested)
    told = [one for one in known.plan.feedback if one.reported_on and one.reported_on >= known.since]
    open_ones = unanswered(known.plan)
    for one in open_ones:
        yield Point(say(N_("Said, and not answered yet: “{0}”"), named(one)), Ref.to(one))
    yield from (
        Point(say(N_("Said: “{0}”"), named(one)), Ref.to(one)) for one in told if one not in open_ones
    )
    yield from known.found("STK-04")
    if told or open_ones:
        yield say(N_("Feedback: {0}, not answered yet: {1}"), len(told), len(open_ones))
    if heard or suggested:
        yield say(N_("Messages: {0}, open suggestions: {1}"), len(heard), len(suggested))


@_topic(POLICIES, "plan")
def _policies(known: _Known) -> Told:
    for row in known.plan.obligations:
        yield Point(say(N_("{0}: {1}"), row.title, row.how or Text(N_("not said how it is met"))))
    yield from known.found("PLN-09")


@_topic(OBJECTIVES, "objectives", "measurements")
def _objectives(known: _Known) -> Told:
    states: Counter[State] = Counter()
    for one in known.plan.objectives:
        how = progress(one, known.plan.measured(one), known.today)
        states[how.state] += 1
        if how.state in (State.BEHIND, State.OVERDUE) and how.share is not None:
            yield Point(
                say(N_("“{0}”: {1}, {2} % of the way"), named(one), Text(how.state.value), round(how.share)),
                Ref.to(one),
            )
        elif how.state not in (State.REACHED, State.ON_TRACK):
            yield Point(say(N_("“{0}”: {1}"), named(one), Text(how.state.value)), Ref.to(one))
    if states:
        yield say(
            N_("{0} of {1} reached, {2} on track"),
            states[State.REACHED],
            states.total(),
            states[State.ON_TRACK],
        )


@_topic(SERVICES, "agreements", "measurements")
def _services(known: _Known) -> Told:
    yield from _kept(known, ("SLA",))


@_topic(PARTIES, "agreements", "measurements", "suppliers")
def _parties(known: _Known) -> Told:
    yield from known.found("SUP-05", "SUP-07")
    yield from _kept(known, ("OLA", "UC"))


def _kept(known: _Known, kinds: tuple[str, ...]) -> Told:
    """How the agreements of some kinds were kept: what was missed, and how many were measured at all."""
    day = day_of_plan(known.plan, known.today)
    mine = [one for one in promising(known.plan) if one.kind in kinds and in_force(one, day)]
    came_to = [result for one in mine for result in results(known.plan, one, known.today) if result.latest]
    missed = [result for result in came_to if result.is_kept is False]
    for one in missed:
        yield Point(
            say(
                N_("“{0}”: {1} of {2} was missed; it was {3} on {4}."),
                named(one.agreement),
                name(one.target),
                figure(one.target),
                show(one.latest.value),
                one.latest.day,
            ),
            Ref.to(one.agreement),
        )
    measured = {result.agreement.id for result in came_to}
    if mine:
        yield say(
            N_("Agreements in force: {0}, measured: {1}, missed targets: {2}"),
            len(mine),
            len(measured),
            len(missed),
        )


@_topic(RESOURCES, "improvements", "objectives", "teams", "budget_lines")
def _resources(known: _Known) -> Told:
    yield from known.found("OBJ-04", "CHN-12", "IMP-13", "BUD-05", "BUD-07", "BUD-08")
    for team in known.plan.teams:
        if team.people_needed and len(team.members) < team.people_needed:
            yield Point(
                say(N_("“{0}” has {1} of {2} people"), named(team), len(team.members), team.people_needed),
                Ref.to(team),
            )
    for one in compared(known.plan, known.today):
        if one.over is not None and one.over > 0:
            yield Point(
                say(
                    N_("“{0}”: {1} spent, {2} budgeted so far"),
                    named(one.line),
                    shown(one.spent),
                    shown(one.due),
                ),
                Ref.to(one.line),
            )
    days = sum(one.effort_days or 0 for one in known.plan.improvements if one.is_open and one.is_taken_up)
    if days:
        yield say(N_("{0} person-days for open improvements"), round(days))


@_topic(RISKS, "risks", "waivers", "suppliers")
def _risks(known: _Known) -> Told:
    open_ones = [one for one in by_weight(known.plan.risks) if one.is_open and one.kind != OPPORTUNITY]
    for one in open_ones:
        yield _weighed(one)
        if due := overdue_since(one, known.today):
            yield Point(say(N_("Overdue: “{0}”, due {1}"), named(one), due), Ref.to(one))
    for one in known.plan.waivers:
        until = approved_until(known.plan, one)
        if until and until >= known.today:
            yield Point(say(N_("Accepted until {0}: “{1}”"), until, named(one)), Ref.to(one))
    yield from known.found("INT-05")
    for one in known.plan.suppliers:
        if one.risk_decision:
            yield Point(say(N_("{0}: {1}"), named(one), one.risk_decision), Ref.to(one))
    if open_ones:
        weights = [weight_of(one) for one in open_ones]
        yield say(
            N_("Open risks: {0}, high or critical: {1}, without a rating: {2}"),
            len(open_ones),
            sum(one is not None and one.level in HIGHEST for one in weights),
            weights.count(None),
        )


def _weighed(risk: Risk) -> Point:
    """A risk with its level and its answer."""
    weight = weight_of(risk)
    level = Text(weight.level) if weight else Text(N_("not rated"))
    answer = Text(risk.answer) if risk.answer else Text(N_("no answer"))
    return Point(say(N_("{0}: “{1}”, {2}"), level, named(risk), answer), Ref.to(risk))


@_topic(CHANGES, "triggers", "services")
def _changes(known: _Known) -> Told:
    undecided, due = waiting(known.plan, known.today), version_due(known.plan)
    yield from (Point(say(N_("A new version is due: “{0}”"), named(one)), Ref.to(one)) for one in due)
    yield from (_noticed(one) for one in undecided)
    deferred = [one for one in known.plan.triggers if one.status == DEFERRED and one not in undecided]
    for one in deferred:
        yield Point(say(N_("Deferred until {0}: “{1}”"), one.deferred_until, named(one)), Ref.to(one))
    for one in known.plan.services:
        if one.status in ("Pipeline", "Design", "Retiring"):
            yield Point(say(N_("{0}: “{1}”"), Text(one.status), named(one)), Ref.to(one))
    yield from known.found("INT-03")
    if known.plan.triggers:
        yield say(N_("Waiting: {0}, making a version due: {1}"), len(undecided), len(due))


def _noticed(trigger: Any) -> Point:
    return Point(say(N_("{0}: “{1}”"), Text(trigger.kind), named(trigger)), Ref.to(trigger))
