"""How texts tell hours of the week, holes in them, shifts and steps of an escalation."""

from __future__ import annotations

from sm_planner.engine.model import Plan
from sm_planner.engine.model.rosters import Shift
from sm_planner.engine.model.services import EscalationStep
from sm_planner.engine.rosters.coverage import Hole, Stretch
from sm_planner.engine.texts import N_, Text, listed, say


def stretch(one: Stretch) -> Text:
    """“Saturday 18:00 to 20:00”."""
    (weekday, begins), (last, ends) = one.begins, one.ends
    if weekday == last:
        return say(N_("{0} {1} to {2}"), Text(weekday), begins, ends)
    return say(N_("{0} {1} to {2} {3}"), Text(weekday), begins, Text(last), ends)


def moment(weekday: str, hour: str) -> Text:
    """“Saturday 18:00”."""
    return Text("{0} {1}", (Text(weekday), hour))


def weeks(hole: Hole, of: int) -> Text:
    """In which weeks a hole is there."""
    if hole.weeks == of:
        return Text(N_("each week"))
    return say(N_("{0} of {1} weeks, first that of {2}"), hole.weeks, of, hole.first)


def hole(one: Hole, of: int) -> Text:
    """A hole with its weeks, where it is not there in each."""
    return (
        stretch(one.stretch)
        if one.weeks == of
        else say(N_("{0} ({1})"), stretch(one.stretch), weeks(one, of))
    )


def holes(several: tuple[Hole, ...], of: int) -> Text:
    """The first three holes, and how many there are besides."""
    shown = listed(hole(one, of) for one in several[:3])
    return Text("{0} + {1}", (shown, str(len(several) - 3))) if len(several) > 3 else shown


def shift(one: Shift) -> Text:
    """“Monday to Friday 08:00 to 16:00”."""
    told = say(N_("{0} {1} to {2}"), Text(one.days), one.from_time, one.to_time)
    return say(N_("{0} ({1})"), told, Text(N_("on call"))) if one.on_call else told


def step(plan: Plan, one: EscalationStep) -> Text:
    """After how long an incident goes to whom."""
    named = (
        plan.title_of("roles", one.role),
        plan.title_of("people", one.person),
        plan.title_of("teams", one.team),
        one.note,
    )
    whom = listed((name for name in named if name), " · ")
    if one.minutes is None:
        return whom
    return (
        say(N_("after {0} minutes: {1}"), one.minutes, whom) if one.minutes else say(N_("at once: {0}"), whom)
    )
