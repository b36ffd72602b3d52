"""For whom a communication or a report is; who says a communication, and whom a run of it reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model import Plan, Stakeholder, Team
from sm_planner.engine.model.communication import Communication, CommunicationRun
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.reporting import ReportSpec
from sm_planner.engine.model.values import folded
from sm_planner.engine.raci.effective import current_holders
from sm_planner.engine.texts import N_, Text, listed, say

FIRST_LINE = "First Line"

Addressed = Communication | ReportSpec
"""What is for groups, units, roles and teams, once or again and again."""


def has_audience(one: Addressed) -> bool:
    return bool(one.stakeholders or one.units or one.roles or one.teams)


def is_for(one: Addressed, group: Stakeholder) -> bool:
    """Whether a group of stakeholders hears it: by its name, or with its unit."""
    unit = folded(group.unit)
    return group.id in one.stakeholders or bool(unit) and unit in map(folded, one.units)


def groups(plan: Plan, one: Addressed) -> tuple[Stakeholder, ...]:
    """The groups of stakeholders that hear it."""
    return tuple(group for group in plan.stakeholders if is_for(one, group))


def people(plan: Plan, one: Addressed, day: date) -> tuple[str, ...]:
    """The ids of the people for whom it is on a day: who holds its roles then, is in its teams, or works in its units."""
    units = {unit for unit in map(folded, one.units) if unit}
    found = [
        *(
            holder.id
            for role in _known(plan, "roles", one.roles)
            for holder in current_holders(role, plan, day)
        ),
        *(id for team in _known(plan, "teams", one.teams) for id in _of_team(team)),
        *(person.id for person in plan.people if folded(person.unit) in units),
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def senders(plan: Plan, one: Communication, day: date) -> tuple[str, ...]:
    """The ids of those who say it on a day: its sender, or who holds the role then."""
    if one.sender:
        return (one.sender,)
    role = plan.get("roles", one.sender_role)
    return tuple(holder.id for holder in current_holders(role, plan, day)) if role else ()


def reached(plan: Plan, one: Communication, run: CommunicationRun) -> tuple[str, ...]:
    """The ids of those who heard a run: by name, or all for whom it was meant on that day."""
    return run.reached or people(plan, one, run.day)


def supervisors(plan: Plan, one: Communication) -> Iterator[tuple[str, str]]:
    """Who leads at the first line those for whom it is: the name of the team or unit, and the id of a supervisor.

    In a team that has nobody of that level, who leads it.
    """
    for team in _known(plan, "teams", one.teams):
        first = [id for id in _of_team(team) if _is_first_line(plan, id)] or [team.lead]
        yield from ((str(Ref.to(team)), id) for id in first if id)
    for unit in one.units:
        for person in plan.people:
            if folded(person.unit) == folded(unit) and _is_first_line(plan, person.id):
                yield unit, person.id


def named(plan: Plan, one: Addressed) -> tuple[str, ...]:
    """For whom it is, by title: groups, units, roles and teams."""
    return (
        *(plan.title_of("stakeholders", id) for id in one.stakeholders),
        *one.units,
        *(plan.title_of("roles", id) for id in one.roles),
        *(plan.title_of("teams", id) for id in one.teams),
    )


def told(plan: Plan, one: Communication, day: date) -> Text:
    """For whom it is on a day, in words: groups, units, roles and teams, and the people by name."""
    meant = listed(named(plan, one))
    by_name = [plan.title_of("people", id) for id in people(plan, one, day)]
    if not by_name:
        return meant
    return say(N_("{0}: {1}"), meant, listed(by_name))


def not_preferred(plan: Plan, one: Communication) -> tuple[Stakeholder, ...]:
    """The groups that would rather hear it through another channel than the one that is planned."""
    channel = folded(one.channel)
    return tuple(
        group
        for group in groups(plan, one)
        if channel and group.preferred_channel and not _same(channel, folded(group.preferred_channel))
    )


def _same(channel: str, preferred: str) -> bool:
    """Whether a channel is one of those that are preferred, in whatever words more is said of them."""
    return channel in preferred or preferred in channel


def _known(plan: Plan, collection: str, ids: tuple[str, ...]) -> list:
    return [one for id in ids if (one := plan.get(collection, id))]


def _of_team(team: Team) -> tuple[str, ...]:
    return tuple(dict.fromkeys((team.lead, *(row.person for row in team.members))))


def _is_first_line(plan: Plan, id: str) -> bool:
    person = plan.get("people", id)
    return person is not None and person.level == FIRST_LINE
