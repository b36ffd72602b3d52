"""For whom a training is, and how many of them have had it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Person, Plan, Role
from sm_planner.engine.model.training import Training, TrainingAudience
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import LEVELS
from sm_planner.engine.raci.effective import external
from sm_planner.engine.training.skills import holds, learned, level_had


@dataclass(frozen=True)
class Held:
    """That somebody fills a role. since: from when on; None where nobody says."""

    person: Person
    since: date | None


def holders(plan: Plan, role: Role, today: date) -> tuple[Held, ...]:
    """Who fills a role today or from a later day on, by name or with a team of the organisation; each once."""
    found: dict[str, Held] = {}
    for row in role.holders:
        person = plan.get("people", row.person)
        if person and (row.to_date is None or row.to_date >= today):
            found.setdefault(person.id, Held(person, row.from_date))
    team = plan.get("teams", role.team)
    for id in (team.lead, *(row.person for row in team.members)) if team and not external(role, plan) else ():
        if person := plan.get("people", id):
            found.setdefault(person.id, Held(person, None))
    return tuple(found.values())


def meant(plan: Plan, training: Training, today: date) -> frozenset[str]:
    """The ids of the people for whom a training is."""
    return plan.derived(_meant, training, today)


def _meant(plan: Plan, training: Training, today: date) -> frozenset[str]:
    if training.everyone:
        return frozenset(person.id for person in own_people(plan))
    return frozenset(
        person.id
        for person in plan.people
        if any(_fits(plan, person, row, today) for row in training.audience)
    )


def _fits(plan: Plan, person: Person, row: TrainingAudience, today: date) -> bool:
    """Whether somebody is all that a row says. One that says nothing means nobody."""
    if row == TrainingAudience():
        return False
    role, team = plan.get("roles", row.role), plan.get("teams", row.team)
    return (
        (not row.unit or folded(person.unit) == folded(row.unit))
        and (not row.level or person.level == row.level)
        and (not role or any(held.person.id == person.id for held in holders(plan, role, today)))
        and (not team or person.id in {team.lead, *(member.person for member in team.members)})
    )


def own_people(plan: Plan) -> tuple[Person, ...]:
    """The people of the organisation: those who fill nothing but roles and teams of suppliers are left out."""
    return plan.derived(_own_people)


def _own_people(plan: Plan) -> tuple[Person, ...]:
    outside: set[str] = set()
    inside = {plan.plan_owner, plan.executive_sponsor}
    for team in plan.teams:
        (outside if team.kind == "External" else inside).update(
            (team.lead, *(row.person for row in team.members))
        )
    for role in plan.roles:
        (outside if external(role, plan) else inside).update(row.person for row in role.holders)
    return tuple(person for person in plan.people if person.id in inside or person.id not in outside)


@dataclass(frozen=True)
class Group:
    """People of one unit and one level."""

    unit: str
    level: str
    people: tuple[Person, ...]


def groups(plan: Plan) -> tuple[Group, ...]:
    """The people of the organisation by unit and level, units by name, the highest level first."""
    found: dict[tuple[str, str], list[Person]] = defaultdict(list)
    names: dict[str, str] = {}
    for person in own_people(plan):
        found[folded(person.unit), person.level].append(person)
        names.setdefault(folded(person.unit), person.unit)
    order = ("", *LEVELS)
    return tuple(
        Group(names[unit], level, tuple(people))
        for (unit, level), people in sorted(
            found.items(), key=lambda one: (one[0][0], order.index(one[0][1]))
        )
    )


@dataclass(frozen=True)
class Share:
    """How many of a group have had their trainings. asked: places in trainings that are meant for them; trained: of
    these, how many were taken with success."""

    group: Group
    asked: int
    trained: int


def shares(plan: Plan, today: date) -> tuple[Share, ...]:
    """The share trained of each unit and level, up to today."""
    return tuple(
        Share(
            group,
            sum(person.id in meant(plan, one, today) for one in plan.trainings for person in group.people),
            sum(
                person.id in meant(plan, one, today) and is_trained(plan, one, person.id, today)
                for one in plan.trainings
                for person in group.people
            ),
        )
        for group in groups(plan)
    )


def is_trained(plan: Plan, training: Training, person: str, today: date) -> bool:
    """Whether somebody has taken part in a training with success, up to a day, and it has not run out."""
    return any(holds(fact, today) for fact in learned(plan, training, person, today))


def without_kind(plan: Plan, kind: str, people: tuple[Person, ...], today: date) -> Iterator[Person]:
    """Those who can do nothing of a kind of skills yet, and for whom no training of that kind is."""
    wanted = {skill.id for skill in plan.skills if skill.kind == kind}
    teaching = [one for one in plan.trainings if wanted & {row.skill for row in one.skills}]
    for person in people:
        taught = any(person.id in meant(plan, one, today) for one in teaching)
        if not taught and not any(level_had(plan, person.id, skill, today) for skill in wanted):
            yield person
