"""Occurrences of the rhythm of a plan: each day of each series, with the review that stands for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from sm_planner.engine.model import Plan
from sm_planner.engine.model.reviews import Review, ReviewAttendance, ReviewRhythm
from sm_planner.engine.rhythm.months import months_after, series
from sm_planner.engine.texts import N_, Text, listed, say

AHEAD = 12
"""For how many months ahead reviews are planned."""

PLAN_REVIEW = "Plan Review"

Series = tuple[str, str]
"""Kind of the reviews, and what they are about."""


class State(str, Enum):
    HELD = N_("Held")
    SKIPPED = N_("Skipped")
    OVERDUE = N_("Overdue")
    MOVED = N_("Moved")
    PLANNED = N_("Planned")


def series_of(one: Review | ReviewRhythm) -> Series:
    return one.kind, one.about


def series_name(one: Review | ReviewRhythm) -> Text:
    """How texts name a series: by its kind, and what it is about."""
    return listed((Text(one.kind), *filter(None, (one.about,))), ": ")


def state(review: Review, today: date) -> State:
    """How a review stands on a day. One that was moved is overdue once the day to which it was moved has passed."""
    if review.held_on:
        return State.HELD
    if review.skip_reason:
        return State.SKIPPED
    if review.day is not None and review.day < today:
        return State.OVERDUE
    return State.MOVED if review.moved_to else State.PLANNED


def days_late(review: Review, today: date) -> int:
    """How many days after the scheduled one it was held; so far, while it was not. 0 where it is not late, or was skipped.

    Moving a review does not make it less late.
    """
    if review.skip_reason or review.scheduled is None:
        return 0
    return max(0, ((review.held_on or today) - review.scheduled).days)


def told_late(one: Review | ReviewRhythm, scheduled: date, today: date) -> Text:
    """That a review of a series is late, in words."""
    days = (today - scheduled).days
    if days == 1:
        return say(N_("{0} was scheduled for {1} and is 1 day late."), series_name(one), scheduled)
    return say(N_("{0} was scheduled for {1} and is {2} days late."), series_name(one), scheduled, days)


def held(plan: Plan, kind: str = PLAN_REVIEW) -> tuple[Review, ...]:
    """The reviews of a kind that were held, the last one first."""
    found = (review for review in plan.reviews if review.kind == kind and review.held_on)
    return tuple(sorted(found, key=lambda review: (review.held_on, review.scheduled), reverse=True))


def last_held(plan: Plan) -> tuple[Review, ...]:
    """The last review that was held of each series."""
    found: dict[Series, Review] = {}
    for review in sorted((one for one in plan.reviews if one.held_on), key=lambda one: one.held_on):
        found[series_of(review)] = review
    return tuple(found.values())


@dataclass(frozen=True)
class Due:
    """A day on which a review of a series is due. review: what is kept of it, if anything is."""

    rhythm: ReviewRhythm
    scheduled: date
    review: Review | None = None

    @property
    def day(self) -> date:
        """When it is to be held: on the day to which it was moved, or as it was scheduled."""
        return self.review.moved_to if self.review and self.review.moved_to else self.scheduled


def is_complete(rhythm: ReviewRhythm) -> bool:
    """Whether days follow from it."""
    return bool(rhythm.months and rhythm.first_date)


def due(plan: Plan, rhythm: ReviewRhythm, until: date) -> Iterator[Due]:
    """What is due of a series up to a day and was neither held nor skipped, the earliest first.

    What was scheduled up to the day on which one was held is not due any more.
    """
    if not is_complete(rhythm):
        return
    kept = {one.scheduled: one for one in plan.reviews if series_of(one) == series_of(rhythm)}
    last = max((one.held_on for one in kept.values() if one.held_on), default=None)
    since = last + timedelta(days=1) if last else rhythm.first_date
    for day in series(rhythm.first_date, rhythm.months, since, until):
        review = kept.get(day)
        if review is None or not review.is_settled:
            yield Due(rhythm, day, review)


def overdue(plan: Plan, rhythm: ReviewRhythm, today: date) -> tuple[Due, ...]:
    """What of a series should have been held by now, the earliest first."""
    return tuple(one for one in due(plan, rhythm, today) if one.day < today)


def next_review(plan: Plan, today: date) -> date | None:
    """The day of the next review of the plan: by its rhythm and the last one that was held, or earlier where that is set.

    It can lie in the past: then it is overdue. None where nothing says when it is.
    """
    days = [one for one in (set_earlier(plan),) if one]
    for rhythm in plan.review_rhythm:
        if rhythm.kind == PLAN_REVIEW and is_complete(rhythm):
            settled = (
                one.scheduled
                for one in plan.reviews
                if one.is_settled and one.scheduled and series_of(one) == series_of(rhythm)
            )
            until = months_after(max(today, rhythm.first_date, *settled), 2 * rhythm.months)
            days += [one.day for one in due(plan, rhythm, until)][:1]
    return min(days, default=None)


def set_earlier(plan: Plan) -> date | None:
    """The day that was set for the next review, as long as none was held on it or later."""
    last = next(iter(held(plan)), None)
    if last and plan.next_review and last.held_on >= plan.next_review:
        return None
    return plan.next_review


def to_plan(plan: Plan, today: date) -> tuple[Review, ...]:
    """The reviews that the rhythm asks for up to a year ahead and that are not there yet, the earliest first.

    Of those in the past only the last one of a series: what nobody knew of cannot be caught up.
    """
    wanted = []
    for rhythm in plan.review_rhythm:
        waiting = tuple(due(plan, rhythm, months_after(today, AHEAD)))
        past = [one for one in waiting if one.scheduled < today]
        for one in (*past[-1:], *waiting[len(past) :]):
            if one.review is None:
                wanted.append(_planned(plan, one))
    unique = {review.id: review for review in wanted}
    return tuple(sorted(unique.values(), key=lambda review: (review.scheduled, review.id)))


def to_drop(plan: Plan, today: date) -> tuple[Review, ...]:
    """The reviews ahead that the rhythm does not ask for any more, and that nobody has touched."""
    days: dict[Series, set[date]] = {}
    for rhythm in plan.review_rhythm:
        if is_complete(rhythm):
            ahead = series(rhythm.first_date, rhythm.months, today, months_after(today, AHEAD))
            days.setdefault(series_of(rhythm), set()).update(ahead)
    return tuple(
        review
        for review in plan.reviews
        if review.scheduled is not None
        and review.scheduled > today
        and review.from_rhythm
        and not is_touched(review)
        and review.scheduled not in days.get(series_of(review), ())
    )


def is_touched(review: Review) -> bool:
    """Whether anybody has moved, skipped or held it, or written into it."""
    noted = any(row.attended or row.confirmed for row in review.attendance)
    return bool(review.moved_to or review.is_settled or review.decisions or review.remarks or noted)


def _planned(plan: Plan, one: Due) -> Review:
    return Review(
        kind=one.rhythm.kind,
        about=one.rhythm.about,
        scheduled=one.scheduled,
        from_rhythm=True,
        chair=one.rhythm.chair,
        attendance=tuple(ReviewAttendance(person=person) for person in members(plan, one.rhythm, one.day)),
    )


def members(plan: Plan, one: Review | ReviewRhythm, day: date) -> tuple[str, ...]:
    """The ids of those who take part in a review on a day, the chair first.

    The sponsor takes part in reviews of the plan, and the governing body in those in which it meets.
    """
    named = [one.chair]
    if one.kind == PLAN_REVIEW:
        named.append(plan.executive_sponsor)
    named += [row.person for row in plan.review_members if row.kind in ("", one.kind)]
    if one.kind == plan.body_meets and not one.about:
        named += body_members(plan, day)
    return tuple(dict.fromkeys(filter(None, named)))


def body_members(plan: Plan, day: date) -> tuple[str, ...]:
    """The ids of the members of the governing body on a day, by name or by a role that they hold then; its chair left out."""
    found: list[str] = []
    for row in plan.body_members:
        role = plan.get("roles", row.role)
        found += (
            [row.person, *(one.person for one in role.holders if one.runs(day))] if role else [row.person]
        )
    return tuple(dict.fromkeys(filter(None, found)))


def body_rhythm(plan: Plan) -> ReviewRhythm | None:
    """The series of reviews in which the governing body meets: it says who leads it, and how often; None where none does."""
    series = (one for one in plan.review_rhythm if one.kind == plan.body_meets and not one.about)
    return next(series, None) if plan.body_meets else None
