"""The scorecard of an owner: which of his promises were kept, his actions on time, his reviews attended, his part confirmed.

Pure functions of the plan and a day. All figures come from where they are known: the results of targets, the progress of
objectives, improvements and decisions of reviews, attendance, confirmations. What cannot be told counts neither way and
says why; it is never a zero (Mainville 2018: owners are held accountable).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.measurements import results
from sm_planner.engine.agreements.objectives import State, progress
from sm_planner.engine.agreements.targets import name
from sm_planner.engine.agreements.terms import day_of_plan, in_force
from sm_planner.engine.approval.improvements import closed_on
from sm_planner.engine.improvements.results import is_overdue
from sm_planner.engine.model import Agreement, Improvement, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.reviews import Review
from sm_planner.engine.part.confirmation import Confirmation, confirmed
from sm_planner.engine.part.duties import For, charges_of
from sm_planner.engine.rhythm.decisions import NO_ACTION, Made, is_open, made
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.rhythm.occurrences import series_name
from sm_planner.engine.texts import N_, Text, say

LOOKS_BACK = 12
"""Months of reviews that count."""

OWNED = (For.SERVICE, For.AGREEMENT, For.OBJECTIVE, For.PROCESS_OWNER)
"""What makes somebody an owner, beside improvements."""


class What(str, Enum):
    """What is counted."""

    TARGETS = N_("Targets kept")
    OBJECTIVES = N_("Objectives on target")
    ACTIONS = N_("Actions on time")
    REVIEWS = N_("Reviews attended")


@dataclass(frozen=True)
class Score:
    """How many were kept. missed: what was not. unknown: what cannot be told, each with why."""

    kept: int
    missed: tuple[Text, ...]
    unknown: tuple[Text, ...]

    @property
    def judged(self) -> int:
        return self.kept + len(self.missed)

    @property
    def percent(self) -> float | None:
        """The share that was kept; None where nothing can be told."""
        return 100 * self.kept / self.judged if self.judged else None


@dataclass(frozen=True)
class Card:
    """What a person owns, by kind, and how it stands. improvements: how many the person carries out."""

    person: str
    owns: tuple[tuple[For, int], ...]
    improvements: int
    scores: dict[What, Score]
    confirmation: Confirmation

    @property
    def missed(self) -> tuple[Text, ...]:
        """What was not kept, of all kinds."""
        return tuple(text for score in self.scores.values() for text in score.missed)

    @property
    def unknown(self) -> tuple[Text, ...]:
        return tuple(text for score in self.scores.values() for text in score.unknown)


Judged = tuple["bool | None", Text]
"""Whether something was kept, None where that cannot be told; and what is said about it where it was not."""


def cards(plan: Plan, today: date) -> tuple[Card, ...]:
    """The card of each owner, in the order of the people."""
    found = (card(plan, person.id, today) for person in plan.people)
    return tuple(one for one in found if one)


def card(plan: Plan, person: str, today: date) -> Card | None:
    """The card of a person; None for somebody who owns nothing."""
    charges = [one for one in charges_of(plan, person, today) if one.what in OWNED]
    actions = tuple(one for one in plan.improvements if one.improvement_owner == person and one.is_taken_up)
    if not charges and not actions:
        return None
    counts = ((what, len({one.record for one in charges if one.what is what})) for what in OWNED)
    return Card(
        person=person,
        owns=tuple((what, count) for what, count in counts if count),
        improvements=len(actions),
        scores={
            What.TARGETS: _score(_targets(plan, person, today)),
            What.OBJECTIVES: _score(_objectives(plan, person, today)),
            What.ACTIONS: _score(_actions(plan, person, actions, today)),
            What.REVIEWS: _score(_reviews(plan, person, today)),
        },
        confirmation=confirmed(plan, person, today),
    )


def _score(judged: Iterator[Judged]) -> Score:
    found = tuple(judged)
    return Score(
        kept=sum(kept is True for kept, _ in found),
        missed=tuple(text for kept, text in found if kept is False),
        unknown=tuple(text for kept, text in found if kept is None),
    )


# Targets


def _targets(plan: Plan, person: str, today: date) -> Iterator[Judged]:
    """The targets of the agreements in force that a person owns, and of the SLAs of the person's services."""
    day = day_of_plan(plan, today)
    services = {one.id for one in plan.services if one.service_owner == person}
    for agreement in promising(plan):
        if in_force(agreement, day) and (
            agreement.agreement_owner == person or _promises(agreement, services)
        ):
            yield from _of_agreement(plan, agreement, today)


def _of_agreement(plan: Plan, agreement: Agreement, today: date) -> Iterator[Judged]:
    """Each target that can be judged; those of which nothing is known are told together."""
    silent, told = 0, Ref.to(agreement)
    for result in results(plan, agreement, today):
        if result.latest is None:
            silent += 1
        elif result.is_kept is None:
            yield (
                None,
                say(N_("{0}, {1}: the target says no value to compare with"), told, name(result.target)),
            )
        elif result.breach.is_breached is None:
            unclear = N_("{0}, {1}: periods without a measurement decide whether it is breached")
            yield None, say(unclear, told, name(result.target))
        else:
            missed = say(N_("{0}, {1}: missed on {2}"), told, name(result.target), result.missed_on)
            yield not result.breach.is_breached, missed
    if silent == 1:
        yield None, say(N_("{0}: 1 target not measured yet"), told)
    elif silent:
        yield None, say(N_("{0}: {1} targets not measured yet"), told, silent)


def _promises(agreement: Agreement, services: set[str]) -> bool:
    return agreement.kind == "SLA" and any(row.service in services for row in agreement.scope)


# Objectives

_ON_TARGET = {State.REACHED: True, State.ON_TRACK: True, State.BEHIND: False, State.OVERDUE: False}
_SAID = {
    State.BEHIND: N_("{0}: behind"),
    State.OVERDUE: N_("{0}: overdue"),
    State.NOT_MEASURED: N_("{0}: not measured yet"),
    State.NOT_MEASURABLE: N_("{0}: without baseline and target it cannot be measured"),
}


def _objectives(plan: Plan, person: str, today: date) -> Iterator[Judged]:
    for one in plan.objectives:
        if one.objective_owner == person:
            state = progress(one, plan.measured(one), today).state
            yield _ON_TARGET.get(state), say(_SAID.get(state, ""), Ref.to(one))


# Actions: improvements, and decisions of reviews


def _actions(plan: Plan, person: str, actions: tuple[Improvement, ...], today: date) -> Iterator[Judged]:
    """What was due by now, or is over. What lies ahead is not judged."""
    for one in actions:
        if one.due is None:
            yield None, say(N_("{0}: nobody said by when"), Ref.to(one))
        elif is_overdue(one, today):
            yield False, say(N_("{0}: overdue since {1}"), Ref.to(one), one.due)
        elif not one.is_open:
            closed = closed_on(plan, one)
            late = say(N_("{0}: closed on {1}, due on {2}"), Ref.to(one), closed or today, one.due)
            unknown = say(N_("{0}: nobody noted when it was closed"), Ref.to(one))
            yield (closed <= one.due, late) if closed else (None, unknown)
    for decision in made(plan):
        if decision.decision.person == person and decision.decision.kind != NO_ACTION:
            yield from _decision(plan, decision, today)


def _decision(plan: Plan, one: Made, today: date) -> Iterator[Judged]:
    """A decision of a review; one that became an improvement is counted there."""
    decision = one.decision
    if plan.get("improvements", decision.became):
        return
    if decision.due is None:
        yield None, say(N_("“{0}”: nobody said by when"), decision.text)
    elif decision.done_on:
        late = say(N_("“{0}”: done on {1}, due on {2}"), decision.text, decision.done_on, decision.due)
        yield decision.done_on <= decision.due, late
    elif not is_open(plan, decision):
        yield None, say(N_("“{0}”: nobody noted when it was done"), decision.text)
    elif decision.due < today:
        yield False, say(N_("“{0}”: overdue since {1}"), decision.text, decision.due)


# Reviews


def _reviews(plan: Plan, person: str, today: date) -> Iterator[Judged]:
    """The reviews of the last months to which a person belonged."""
    since = months_after(today, -LOOKS_BACK)
    for review in plan.reviews:
        if review.held_on and since <= review.held_on <= today and person in review.people:
            yield _was_there(review, person)


def _was_there(review: Review, person: str) -> Judged:
    rows = [row for row in review.attendance if row.person == person]
    what = (series_name(review), review.held_on)
    if not rows:
        return None, say(N_("{0} of {1}: the attendance was not noted"), *what)
    return any(row.attended for row in rows), say(N_("{0} of {1}: not there"), *what)
