"""What stands on the monthly progress sheet of a group of stakeholders. A pure function of the plan and a day.

It tells of the plan and names nobody but whom the group can ask: what somebody did or left undone is no part of it. What
cannot be told says why, and is never a zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sm_planner.engine.agreements.measurements import Period, TargetResult, period, results
from sm_planner.engine.agreements.objectives import State, progress
from sm_planner.engine.agreements.targets import name
from sm_planner.engine.agreements.terms import slas_in_force
from sm_planner.engine.approval.improvements import closed_on
from sm_planner.engine.communication.audience import is_for
from sm_planner.engine.communication.runs import days_ahead
from sm_planner.engine.model import Agreement, Improvement, Objective, Plan, Stakeholder
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text, say

MOST = 12
"""Lines of a part; what is more is counted."""

LONGEST_TITLE = 80
"""Characters of the title of the plan in the subject: with the month, that is a line."""


@dataclass(frozen=True)
class Part:
    """A part of the sheet: what it is about, the figures, what stands out, and what is not known, each with why."""

    title: Text
    figures: Text
    lines: tuple[Text, ...]
    unknown: tuple[Text, ...] = ()

    @property
    def shown(self) -> tuple[Text, ...]:
        """The lines as they are shown: no more than one reads."""
        told = (*self.lines, *(say(N_("Not known: {0}"), one) for one in self.unknown))
        more = len(told) - MOST
        return told if more <= 0 else (*told[:MOST], say(N_("and {0} more."), more))


@dataclass(frozen=True)
class Sheet:
    """subject: of the mail. intro: for whom and of when. closing: whom to ask."""

    subject: Text
    intro: Text
    parts: tuple[Part, ...]
    closing: Text


def month_of(day: date) -> Period:
    """The month that a day lies in."""
    return period("Monthly", day)


def sheet(plan: Plan, group: Stakeholder, month: Period, today: date) -> Sheet:
    """What a group is told of a month, as far as it is over."""
    until = min(month.last, today)
    who = plan.get("people", group.contact) or plan.get("people", plan.plan_owner)
    ask = say(N_("Questions, praise and complaints: {0}."), who.title) if who else None
    return Sheet(
        subject=say(N_("{0}: progress from {1} to {2}"), _shortened(plan.title), month.first, month.last),
        intro=say(
            N_("For {0}: what was reached, which promises were kept, what was done, and what comes next."),
            Ref.to(group),
        ),
        parts=(
            _goals(plan, group, month, until),
            _promises(plan, group, month, until),
            _actions(plan, group, month, today),
            _next(plan, group, month, until),
        ),
        closing=ask or say(N_("Questions, praise and complaints: tell them to whoever sent this.")),
    )


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


# Goals


def _goals(plan: Plan, group: Stakeholder, month: Period, until: date) -> Part:
    """The objectives that name the group, or no group at all."""
    before = month.first - timedelta(1)
    lines, unknown = [], []
    reached = on_track = late = 0
    for one in plan.objectives:
        if one.stakeholders and group.id not in one.stakeholders:
            continue
        now = progress(one, plan.measured(one), until)
        if now.state is State.REACHED:
            reached += 1
            if progress(one, plan.measured(one), before).state is not State.REACHED:
                lines.append(say(N_("Reached this month: {0}"), Ref.to(one)))
        elif now.state is State.ON_TRACK:
            on_track += 1
        elif now.latest and now.state in (State.BEHIND, State.OVERDUE):
            late += 1
            lines.append(_late_goal(one, now.state))
        else:
            unknown.append(_unknown_goal(one, now.state))
    return Part(
        title=say(N_("Goals")),
        figures=say(
            N_("Reached: {0}. On track: {1}. Behind or overdue: {2}. Not known: {3}."),
            reached,
            on_track,
            late,
            len(unknown),
        ),
        lines=tuple(lines),
        unknown=tuple(unknown),
    )


def _late_goal(one: Objective, state: State) -> Text:
    if state is State.OVERDUE:
        return say(N_("{0}: overdue since {1}"), Ref.to(one), one.due)
    return say(N_("{0}: behind"), Ref.to(one))


def _unknown_goal(one: Objective, state: State) -> Text:
    if state is State.NOT_MEASURABLE:
        return say(N_("{0}: without baseline and target it cannot be measured"), Ref.to(one))
    return say(N_("{0}: not measured yet"), Ref.to(one))


# Promises


def agreements(plan: Plan, group: Stakeholder, day: date) -> tuple[Agreement, ...]:
    """What was promised to a group: its agreements in force; all those with customers where it has none of its own."""
    held = slas_in_force(plan, day)
    return tuple(one for one in held if one.customer == group.id) or held


def _promises(plan: Plan, group: Stakeholder, month: Period, until: date) -> Part:
    kept, missed, unknown = 0, [], []
    held = agreements(plan, group, until)
    for agreement in held:
        silent = 0
        for result in results(plan, agreement, until):
            verdict = _is_kept(result, month)
            if verdict is None and not result.is_comparable:
                text = N_("{0}, {1}: the target says no value to compare with")
                unknown.append(say(text, Ref.to(agreement), name(result.target)))
            elif verdict is None:
                silent += 1
            elif verdict:
                kept += 1
            else:
                missed.append(say(N_("Not kept: {0}, {1}"), Ref.to(agreement), name(result.target)))
        if silent:
            text = N_("{0}: {1} of {2} targets not measured this month")
            unknown.append(say(text, Ref.to(agreement), silent, len(agreement.targets)))
    judged = kept + len(missed)
    figures = (
        say(N_("Kept: {0} of {1} that were measured."), kept, judged)
        if judged
        else say(N_("Not known, because nothing was measured this month."))
        if held
        else say(N_("Not known, because no agreement with customers was in force."))
    )
    return Part(say(N_("Promises")), figures, tuple(missed), tuple(unknown))


def _is_kept(result: TargetResult, month: Period) -> bool | None:
    """Whether a target was kept whenever it was measured in a month; None where that cannot be told."""
    rows = [row for row in result.measured if row.day in month]
    return not any(map(result.is_missed, rows)) if rows and result.is_comparable else None


# Actions


def _actions(plan: Plan, group: Stakeholder, month: Period, today: date) -> Part:
    done, late, unknown = [], [], []
    asked_on = min(today, month.last + timedelta(1))
    for one in _for_group(plan, group, asked_on):
        closed = closed_on(plan, one)
        ended = closed is not None and closed < asked_on
        if closed and closed in month and closed <= today:
            done.append(say(N_("Done: {0}"), Ref.to(one)))
        elif (one.is_open or closed) and not ended:
            if one.due is None:
                unknown.append(say(N_("{0}: nobody said by when"), Ref.to(one)))
            elif one.due < asked_on:
                late.append(say(N_("Late: {0}, due on {1}"), Ref.to(one), one.due))
        elif closed is None and one.due and one.due in month:
            unknown.append(say(N_("{0}: nobody noted when it was closed"), Ref.to(one)))
    return Part(
        title=say(N_("Actions")),
        figures=say(
            N_("Done this month: {0}. Late: {1}. Not known: {2}."), len(done), len(late), len(unknown)
        ),
        lines=(*done, *late),
        unknown=tuple(unknown),
    )


def _for_group(plan: Plan, group: Stakeholder, day: date) -> Iterator[Improvement]:
    """What is done for a group: for its services, and what is for no service in particular."""
    served = {row.service for agreement in agreements(plan, group, day) for row in agreement.scope}
    for one in plan.improvements:
        if one.is_taken_up and (not one.service or not served or one.service in served):
            yield one


# What comes next


def _next(plan: Plan, group: Stakeholder, month: Period, until: date) -> Part:
    """What is due in the month that follows."""
    coming = month_of(month.last + timedelta(1))
    found = [
        (one.due, say(N_("to be done: {0}"), Ref.to(one)))
        for one in _for_group(plan, group, until)
        if one.is_open and one.due and one.due in coming
    ]
    found += [
        (one.due, say(N_("goal: {0}"), Ref.to(one)))
        for one in plan.objectives
        if one.due and one.due in coming and (not one.stakeholders or group.id in one.stakeholders)
    ]
    for one in plan.communications:
        if is_for(one, group):
            days = (day for day in days_ahead(plan, one, until, coming.last) if day in coming)
            found += [(day, say(N_("you hear of: {0}"), Ref.to(one))) for day in days]
    found.sort(key=lambda pair: (pair[0], str(pair[1])))
    return Part(
        title=say(N_("What comes next")),
        figures=say(N_("Planned from {0} to {1}: {2}."), coming.first, coming.last, len(found)),
        lines=tuple(say(N_("{0}: {1}"), day, text) for day, text in found),
    )
