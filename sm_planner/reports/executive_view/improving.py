"""Do we improve: objectives, what was finished and what came of it, and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sm_planner.engine.agreements.objectives import State, progress
from sm_planner.engine.approval.improvements import closed_on
from sm_planner.engine.improvements.results import is_overdue, reached
from sm_planner.engine.model import Improvement, Objective, Plan
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.executive_view.view import (
    Figure,
    Tone,
    counted,
    month_before,
    named,
    opening,
    share_told,
)

SPAN = 3
"""Months over which finished improvements are counted, and those before with which they are compared."""

GOOD, LATE = (State.REACHED, State.ON_TRACK), (State.BEHIND, State.OVERDUE)


def figures(plans: Sequence[Plan], today: date) -> tuple[Figure, ...]:
    return (_objectives(plans, today), _finished(plans, today), _overdue(plans, today))


def _states(plans: Sequence[Plan], day: date) -> list[tuple[Plan, Objective, State]]:
    return [
        (plan, one, progress(one, plan.measured(one), day).state) for plan in plans for one in plan.objectives
    ]


def _objectives(plans: Sequence[Plan], today: date) -> Figure:
    now, before = _states(plans, today), _states(plans, month_before(today))
    good, late = ([(plan, one) for plan, one, state in now if state in which] for which in (GOOD, LATE))
    blind = [(plan, one) for plan, one, state in now if state not in (*GOOD, *LATE)]
    judged = len(good) + len(late)
    good_then = sum(state in GOOD for *_, state in before)
    judged_then = sum(state in (*GOOD, *LATE) for *_, state in before)
    if late:
        sentence = say(N_("Behind or overdue: {0}."), named([one for _, one in late]))
    elif not now:
        sentence = Text(N_("Not known, because the plan has no objectives."))
    elif not judged:
        sentence = say(N_("Not known. Objectives without a measurement: {0}."), len(blind))
    else:
        sentence = Text(N_("What was measured is reached or on track."))
    if judged and blind:
        sentence = say(N_("{0} Not measured: {1}."), sentence, len(blind))
    return Figure(
        key="objectives",
        label=Text(N_("Objectives on Track")),
        value=share_told(len(good), judged) if judged else None,
        sentence=sentence,
        comparison=say(N_("A month ago: {0} of {1}."), good_then, judged_then)
        if judged_then
        else Text(N_("A month ago nothing was measured.")),
        tone=Tone.BAD if late else Tone.UNKNOWN if not judged else Tone.WATCH if blind else Tone.GOOD,
        opens=opening("objectives", late or blind or good, "objectives"),
    )


def _finished(plans: Sequence[Plan], today: date) -> Figure:
    """Improvements that were closed in the last months, and what they brought."""
    middle, start = months_after(today, -SPAN), months_after(today, -2 * SPAN)
    closed = [
        (plan, one, day) for plan in plans for one in plan.improvements if (day := closed_on(plan, one))
    ]
    now = sorted(
        ((plan, one, day) for plan, one, day in closed if middle < day <= today),
        key=lambda found: found[2],
        reverse=True,
    )
    before = sum(start < day <= middle for *_, day in closed)
    taken_up = any(one.is_taken_up for plan in plans for one in plan.improvements)
    return Figure(
        key="finished",
        label=Text(N_("Improvements Finished in Three Months")),
        value=counted(len(now)) if taken_up else None,
        sentence=_benefit([one for _, one, _ in now])
        if now
        else Text(N_("No improvement was closed in the last three months."))
        if taken_up
        else Text(N_("Not known, because nobody has entered an improvement.")),
        comparison=say(N_("In the three months before: {0}."), before)
        if taken_up
        else Text(N_("Nothing to compare with.")),
        tone=Tone.UNKNOWN if not taken_up else Tone.GOOD if len(now) >= before and now else Tone.WATCH,
        opens=opening(
            "improvements",
            ((plan, one) for plan, one, _ in now)
            if now
            else (
                (plan, one) for plan in plans for one in plan.improvements if one.is_open and one.is_taken_up
            ),
            "improvement-register",
        ),
    )


def _benefit(closed: Sequence[Improvement]) -> Text:
    shares = [share for one in closed if (share := reached(one)) is not None]
    told = named(closed)
    if not shares:
        return say(N_("Closed: {0}. Of none it is known whether it brought what it was to bring."), told)
    return say(
        N_("Closed: {0}. What it was to bring was reached by {1} of {2} of which that is known."),
        told,
        sum(share >= 100 for share in shares),
        len(shares),
    )


def _overdue(plans: Sequence[Plan], today: date) -> Figure:
    every = [(plan, one) for plan in plans for one in plan.improvements if one.is_taken_up]
    open_ones = [(plan, one) for plan, one in every if one.is_open]
    late = [(plan, one) for plan, one in open_ones if is_overdue(one, today)]
    late.sort(key=lambda found: found[1].due or today)
    then = month_before(today)
    before = sum(_was_overdue(plan, one, then) for plan, one in every)
    if late:
        sentence = say(N_("The longest: {0}, due on {1}."), named([late[0][1]]), late[0][1].due)
    elif not open_ones:
        sentence = Text(N_("No improvement is open."))
    else:
        sentence = say(N_("Open: {0}. None is overdue."), len(open_ones))
    return Figure(
        key="overdue",
        label=Text(N_("Improvements Overdue")),
        value=counted(len(late)),
        sentence=sentence,
        comparison=say(N_("A month ago, by the due dates of today: {0}."), before),
        tone=Tone.GOOD if not late else Tone.BAD if len(late) >= before else Tone.WATCH,
        opens=opening("improvements", late, "improvement-register"),
    )


def _was_overdue(plan: Plan, one: Improvement, day: date) -> bool:
    """Whether an improvement was late on a day that has passed: as it is due now, and as far as its end was noted."""
    if one.due is None or one.due >= day:
        return False
    closed = closed_on(plan, one)
    return one.is_open if closed is None else closed > day
