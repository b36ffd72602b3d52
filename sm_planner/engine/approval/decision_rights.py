"""What people may decide by the decision rights of a plan.

Rights count once they are signed: those of the version in force. A draft gives nobody a right, and nor does a change of a role
that several plans share, or of a team: who is named as its holder, or member, in the seal and is so today has the rights of it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from sm_planner.engine.model import Improvement, Plan, RoleHolder, Team
from sm_planner.engine.model.office import IMPROVEMENTS, SPENDING, DecisionRight
from sm_planner.engine.model.parties import TeamMember
from sm_planner.engine.model.states import ACTIVE
from sm_planner.engine.money.costs import by, committed
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.records import record_of
from sm_planner.engine.sealing.seal import own_seal
from sm_planner.engine.texts import N_, Text, listed, say


def stated(plan: Plan, what: str) -> tuple[DecisionRight, ...]:
    """The rights about something that the version in force states; nothing of a version that is not in force."""
    return tuple(one for one in plan.decision_rights if one.what == what) if plan.state == ACTIVE else ()


def has_limit(right: DecisionRight) -> bool:
    """Whether a right says how far it goes. One that does not gives nothing to decide about but waivers."""
    return right.up_to_days is not None or right.up_to_amount is not None


def named_by(plan: Plan, right: DecisionRight, today: date) -> frozenset[str]:
    """The people to whom a right is given by name or by role, whether it has begun or ended."""
    return frozenset({right.person, *_holders(plan, right.role, today)} - {""})


def holders(plan: Plan, what: str, today: date) -> frozenset[str]:
    """The people who have a right about something today, whatever its limit; teams of owners left out."""
    rights = (one for one in stated(plan, what) if one.runs(today))
    return frozenset().union(*(named_by(plan, one, today) for one in rights))


def deciders(plan: Plan, improvement: Improvement, today: date) -> frozenset[str]:
    """The people by whose rights an improvement is decided about today."""
    cost, found = asked_for(plan, improvement), set()
    for right in stated(plan, IMPROVEMENTS):
        if not (right.runs(today) and has_limit(right) and _is_within_days(right, improvement)):
            continue
        people = set(named_by(plan, right, today))
        if right.own_team:
            people |= team_of(plan, improvement.improvement_owner)
        found |= {one for one in people if cost <= max(right.up_to_amount or 0, _spends(plan, one, today))}
    return frozenset(found - {""})


def asked_for(plan: Plan, improvement: Improvement) -> float:
    """The amount about which is decided: the cost that is told, or what the budget lines come to in all where that is more."""
    lines = plan.derived(_by_improvement).get(improvement.id, 0)
    return max(improvement.cost or 0, float(lines))


def _by_improvement(plan: Plan) -> dict[str, Fraction]:
    """Improvement → what its budget lines come to."""
    return by(committed(plan), lambda flow: flow.line.improvement)


def may_spend(plan: Plan, person: str, amount: float | None, today: date) -> bool:
    """Whether somebody may decide about an amount; where the plan limits nobody, everybody who decides may."""
    return not amount or not stated(plan, SPENDING) or amount <= _spends(plan, person, today)


def refusal(plan: Plan, what: str, people: frozenset[str], may: frozenset[str], today: date) -> Text:
    """Why those of the rights of a plan who are asked about do not decide. may: who does."""
    names = listed(plan.title_of("people", one) for one in sorted(may))
    others = say(N_("It is decided about by: {0}."), names) if may else say(N_("Nobody else may decide it."))
    mine = [one for one in stated(plan, what) if people & named_by(plan, one, today)]
    if any(one.runs(today) for one in mine):
        return say(N_("This is above the limit of your decision right. {0}"), others)
    if mine:
        return say(N_("Your decision right does not hold today. {0}"), others)
    return say(N_("The plan gives you no right to decide about this. {0}"), others)


def _is_within_days(right: DecisionRight, improvement: Improvement) -> bool:
    days = improvement.effort_days
    return right.up_to_days is None or days is None or days <= right.up_to_days


def _spends(plan: Plan, person: str, today: date) -> float:
    """Up to which amount somebody may spend."""
    rights = (one for one in stated(plan, SPENDING) if one.runs(today))
    return max((one.up_to_amount or 0 for one in rights if person in named_by(plan, one, today)), default=0)


def _holders(plan: Plan, role: str, today: date) -> frozenset[str]:
    """Who holds a role today and held it for this day when the plan was signed."""
    record = plan.get("roles", role)
    now = {one.person for one in record.holders if one.runs(today)} if record else set()
    signed = plan.derived(signed_holders)
    if signed is not None:
        now &= {one.person for one in signed.get(role, ()) if one.runs(today)}
    return frozenset(now)


def signed_holders(plan: Plan) -> dict[str, tuple[RoleHolder, ...]] | None:
    """Role → its holders in the seal of the version; None where it has none, as in a plan file."""
    own = own_seal(plan)
    if own is None:
        return None
    try:
        roles = canonical.read(own.content).get("roles", ())
        return {role["id"]: tuple(map(_holder, role.get("holders", ()))) for role in roles}
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}  # what nobody can read gives no right


def team_of(plan: Plan, person: str) -> frozenset[str]:
    """Everybody in the teams of a person, who was so when the plan was signed."""
    now = _together(plan.teams, person)
    signed = plan.derived(_signed_teams)
    return now if signed is None else now & _together(signed, person)


def _together(teams: tuple[Team, ...], person: str) -> frozenset[str]:
    groups = (frozenset({team.lead, *(member.person for member in team.members)} - {""}) for team in teams)
    return frozenset().union(*(people for people in groups if person in people))


def _signed_teams(plan: Plan) -> tuple[Team, ...] | None:
    """The teams in the seal of the version; None where it has none."""
    own = own_seal(plan)
    if own is None:
        return None
    try:
        return tuple(map(_team, canonical.read(own.content).get("teams", ())))
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()  # as above


def _team(row: dict[str, Any]) -> Team:
    members = tuple(TeamMember(person=one["person"]) for one in row.get("members", ()))
    return Team(id=row["id"], lead=row.get("lead") or "", members=members)


def _holder(row: dict[str, Any]) -> RoleHolder:
    return record_of(RoleHolder, row)
