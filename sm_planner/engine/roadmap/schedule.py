"""The roadmap of a plan: for each open improvement what was planned, what is possible, and what the teams can do."""

from __future__ import annotations

from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import ceil

from sm_planner.engine.improvements.order import in_circle, waits_for
from sm_planner.engine.improvements.priority import priority
from sm_planner.engine.improvements.results import spent
from sm_planner.engine.model import Plan, Team
from sm_planner.engine.model.improvements import Improvement
from sm_planner.engine.model.vocabulary import UNDER_WAY
from sm_planner.engine.roadmap import levelling, network
from sm_planner.engine.roadmap.network import Span, Task
from sm_planner.engine.roadmap.teams import Calendars, people_of, team_of
from sm_planner.engine.roadmap.working_days import EndOfTimeError, WorkingDays

AT_ONCE, UNDER_WAY_ALREADY, PREDECESSOR, TEAM_FULL, PEAK_TIME, NOT_BEFORE, PINNED, MORE_WORK = (
    "at once",
    "under way",
    "predecessor",
    "team full",
    "peak",
    "not before",
    "pinned",
    "more work",
)
"""What sets the levelled dates of an improvement."""
NO_DURATION, IN_RING, AFTER_UNKNOWN, NEVER = "no duration", "ring", "after unknown", "never"
"""Why an improvement has no dates of its own."""

_CLOSE = 1e-9


@dataclass(frozen=True)
class Reason:
    """Why dates are what they are. record: the id of the improvement, the team or the entry of the business calendar that is
    the reason; empty where there is none."""

    kind: str
    record: str = ""


@dataclass(frozen=True)
class Step:
    """An improvement on the roadmap.

    duration: working days that are left of it; None where it is not known. share: people at it on each of these. work: the
    person-days that are left; None where no effort is told. earliest_*: by what it waits for and working days. slack: the
    working days by which it could end later, and the last of all would not. start, end: levelled, by capacity too. reason:
    what sets these, or why there are none.
    """

    improvement: Improvement
    team: Team | None
    duration: int | None
    share: float
    is_begun: bool
    work: float | None
    days: WorkingDays = field(repr=False)
    earliest_start: date | None = None
    earliest_end: date | None = None
    slack: int | None = None
    start: date | None = None
    end: date | None = None
    reason: Reason = Reason(AT_ONCE)

    @property
    def is_critical(self) -> bool:
        """Whether the last of all ends later if this one does."""
        return self.slack is not None and self.slack <= 0

    @property
    def days_late(self) -> int | None:
        """By how many days of the calendar it ends later than planned, as levelled; less than none: sooner."""
        due = self.improvement.due
        return (self.end - due).days if self.end and due else None

    @property
    def is_late(self) -> bool:
        return (self.days_late or 0) > 0


@dataclass(frozen=True)
class Roadmap:
    """steps: the open improvements, in the order of the plan. end: of the last, as levelled. least_end: before which not all
    can be over, however it is ordered. None where nothing has dates."""

    steps: tuple[Step, ...]
    end: date | None
    least_end: date | None
    today: date
    calendars: Calendars

    @property
    def gap(self) -> int | None:
        """How many days the levelled end lies behind the least: at most so much could be gained by another order."""
        return (self.end - self.least_end).days if self.end and self.least_end else None

    @property
    def critical_path(self) -> tuple[Step, ...]:
        """What has no slack, by its earliest start."""
        found = [one for one in self.steps if one.is_critical and one.earliest_start]
        return tuple(sorted(found, key=lambda one: (one.earliest_start, one.improvement.id)))

    @property
    def late(self) -> tuple[Step, ...]:
        return tuple(one for one in self.steps if one.is_late)

    def step(self, id: str) -> Step | None:
        """The step of an improvement; None where it is over, or nobody wants it done yet."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> dict[str, Step]:
        return {one.improvement.id: one for one in self.steps}


def roadmap(plan: Plan, today: date) -> Roadmap:
    """The roadmap of a plan as it can be from today on. The same plan and day give the same."""
    return plan.derived(_roadmap, today)


def _roadmap(plan: Plan, today: date) -> Roadmap:
    actions = [one for one in plan.improvements if one.is_open and one.is_taken_up]
    begun = [one.start_date for one in actions if one.start_date]
    calendars = Calendars(plan, min([today, *begun]))
    places = {one.id: place for place, one in enumerate(actions)}
    needs = [
        tuple(places[other.id] for other in waits_for(plan, one) if other.id in places) for one in actions
    ]
    steps = [_left(plan, one, calendars, today) for one in actions]
    known: set[int] = set()
    order = []
    for place in network.in_order(needs):
        if steps[place].duration is not None and known.issuperset(needs[place]):
            known.add(place)
            order.append(place)
    teams = list({step.team.id: step.team for step in steps if step.team}.values())
    people = [people_of(team) for team in teams]
    tasks = _tasks(plan, steps, needs, teams, order, today)
    spans = network.earliest(tasks, order)
    slack = network.slacks(tasks, order, spans)
    levelled = levelling.level(tasks, order, people, today.toordinal())
    least = levelling.least_end(tasks, spans, people, [calendars.of(team) for team in teams])
    told = []
    for place, step in enumerate(steps):
        reason = (
            _reason(place, tasks, steps, levelled, today)
            if levelled[place]
            else _no_dates(plan, place, needs, known, steps)
        )
        told.append(_with_dates(step, spans[place], slack[place], levelled[place], reason))
    end = max((one.end for one in told if one.end), default=None)
    return Roadmap(tuple(told), end, least and date.fromordinal(least), today, calendars)


def _left(plan: Plan, one: Improvement, calendars: Calendars, today: date) -> Step:
    """An improvement with what is left of it."""
    team = team_of(plan, one)
    days, begun = calendars.of(team, one), is_begun(one, today)
    whole = None
    if one.start_date and one.due and one.start_date <= one.due:
        with suppress(EndOfTimeError):
            whole = max(1, days.count(one.start_date.toordinal(), one.due.toordinal()))
    gone = days.count(one.start_date.toordinal(), today.toordinal() - 1) if begun else 0
    work = _work_left(plan, one, gone / whole if whole else 0.0, today)
    duration = _days_left(one, days, people_of(team), whole, gone, work, today)
    return Step(one, team, duration, work / duration if work and duration else 0.0, begun, work, days)


def _work_left(plan: Plan, one: Improvement, gone: float, today: date) -> float | None:
    """The person-days that are left, by the progress reports; where there are none, as if all went as planned. gone: the share
    of its time that is over."""
    if one.effort_days is None:
        return None
    reported = spent(plan, one, today)
    return max(0.0, one.effort_days * (1 - gone) if reported is None else one.effort_days - reported)


def _days_left(
    one: Improvement,
    days: WorkingDays,
    people: float | None,
    whole: int | None,
    gone: int,
    work: float | None,
    today: date,
) -> int | None:
    """The working days that are left of an improvement; None where neither dates nor effort tell. whole: from start to due.

    As many as planned; more where the whole team could not do what is left in these. Where the start is over, what is left until
    it is due. Without a team, one person does it, or as many as the dates take.
    """
    if work is None:
        return None if whole is None else max(1, whole - gone)
    pace = people or max(1.0, one.effort_days / whole if whole else 1.0)
    least = max(1, ceil(work / pace - _CLOSE))
    if whole is None:
        return least
    if one.start_date >= today:
        return max(whole, least)
    return max(least, days.count(today.toordinal(), one.due.toordinal()))


def is_begun(one: Improvement, today: date) -> bool:
    """Whether work on an improvement was begun."""
    return one.status in UNDER_WAY and one.start_date is not None and one.start_date <= today


def is_pinned(one: Improvement, today: date) -> bool:
    """Whether the dates of an improvement stand, whatever else moves. They do until they are over."""
    return (
        one.pinned
        and one.start_date is not None
        and one.due is not None
        and max(one.start_date, today) <= one.due
    )


def _tasks(
    plan: Plan,
    steps: Sequence[Step],
    needs: Sequence[tuple[int, ...]],
    teams: Sequence[Team],
    order: Sequence[int],
    today: date,
) -> list[Task]:
    numbers = {team.id: number for number, team in enumerate(teams)}
    tasks = []
    for step, needed in zip(steps, needs, strict=True):
        one, begun = step.improvement, is_begun(step.improvement, today)
        ready = max(today, one.not_before) if one.not_before and not begun else today
        tasks.append(
            Task(
                days=step.days,
                duration=step.duration or 1,
                ready=ready.toordinal(),
                needs=() if begun else needed,
                fixed=(one.start_date.toordinal(), one.due.toordinal()) if is_pinned(one, today) else None,
                team=numbers[step.team.id] if step.team else None,
                share=step.share,
            )
        )
    return [
        replace(task, rank=(not step.is_begun, *rank, step.improvement.id))  # what was begun goes on
        for task, rank, step in zip(tasks, _ranks(plan, steps, tasks, order), steps, strict=True)
    ]


def _ranks(
    plan: Plan, steps: Sequence[Step], tasks: Sequence[Task], order: Sequence[int]
) -> list[tuple[float, int]]:
    """The more urgent first, by the priority; then what begins the longer way. What something urgent waits for is as urgent."""
    urgency = [priority(step.improvement, plan.settings) for step in steps]
    urgency = [-1.0 if one is None else one for one in urgency]  # not known: the least of all
    for place in reversed(order):
        for needed in tasks[place].needs:
            urgency[needed] = max(urgency[place], urgency[needed])
    tails = network.tails(tasks, order)
    return [(-urgent, -tail) for urgent, tail in zip(urgency, tails, strict=True)]


def _reason(
    place: int, tasks: Sequence[Task], steps: Sequence[Step], levelled: Sequence[Span | None], today: date
) -> Reason:
    """What sets the levelled dates of an improvement that has some."""
    step, task = steps[place], tasks[place]
    one, (start, end) = step.improvement, levelled[place]
    if task.fixed:
        return Reason(PINNED)
    if one.start_date and one.due and start <= one.start_date.toordinal() and end > one.due.toordinal():
        return _lengthened(step, task, start, end, Reason(MORE_WORK))
    last = max(task.needs, key=lambda needed: (levelled[needed][1], -needed), default=None)
    after = levelled[last][1] + 1 if last is not None else 0
    ready = max(task.ready, after)
    first = task.days.day(task.days.number(ready))
    if start > first:
        return Reason(TEAM_FULL, step.team.id)
    if step.is_begun:
        return _lengthened(step, task, start, end, Reason(UNDER_WAY_ALREADY))
    if first > ready and (entry := task.days.reason_off(ready, first - 1)):
        return Reason(PEAK_TIME, entry)
    if last is not None and after >= task.ready and after > today.toordinal():
        return Reason(PREDECESSOR, steps[last].improvement.id)
    return Reason(NOT_BEFORE) if ready > today.toordinal() else Reason(AT_ONCE)


def _lengthened(step: Step, task: Task, start: int, end: int, otherwise: Reason) -> Reason:
    """A peak in its time, or that there is more work than days, where it ends late; else the other reason."""
    due = step.improvement.due
    if due is None or end <= due.toordinal():
        return otherwise
    entry = task.days.reason_off(start, end)
    return Reason(PEAK_TIME, entry) if entry else Reason(MORE_WORK)


def _no_dates(
    plan: Plan, place: int, needs: Sequence[tuple[int, ...]], known: Set[int], steps: Sequence[Step]
) -> Reason:
    """Why an improvement has no dates."""
    if in_circle(plan, steps[place].improvement):
        return Reason(IN_RING)
    if steps[place].duration is None:
        return Reason(NO_DURATION)
    unknown = [needed for needed in needs[place] if needed not in known]
    return Reason(AFTER_UNKNOWN, steps[unknown[0]].improvement.id) if unknown else Reason(NEVER)


def _with_dates(
    step: Step, span: Span | None, slack: int | None, levelled: Span | None, reason: Reason
) -> Step:
    begun = step.improvement.start_date if step.is_begun else None
    return replace(
        step,
        earliest_start=span and (begun or date.fromordinal(span[0])),
        earliest_end=span and date.fromordinal(span[1]),
        slack=slack,
        start=levelled and (begun or date.fromordinal(levelled[0])),
        end=levelled and date.fromordinal(levelled[1]),
        reason=reason,
    )
