"""What who fills a role cannot do yet, what closes that, and whether before he starts.

Somebody starts on the day from which he holds the role, but not before the plan does: before that nobody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sm_planner.engine.model import Person, Plan, Role
from sm_planner.engine.model.training import Skill, Training
from sm_planner.engine.model.vocabulary import SKILL_LEVELS
from sm_planner.engine.raci.effective import external
from sm_planner.engine.texts import N_
from sm_planner.engine.training.audience import holders, meant
from sm_planner.engine.training.skills import attended, level_had, reaches


class State(str, Enum):
    """How it stands with what a role needs of somebody."""

    HAD = N_("Can Do It")
    IN_TIME = N_("Trained in Time")
    LATE = N_("Trained Too Late")
    OPEN = N_("Nothing Closes It")


@dataclass(frozen=True)
class Need:
    """What a role needs of somebody who fills it.

    level: needed; had: what he has today. starts: the day from which he fills the role within the plan; None where nobody
    says. training: what closes the gap first, of what lies ahead.
    """

    role: Role
    person: Person
    skill: Skill
    level: str
    had: str
    starts: date | None
    training: Training | None
    state: State

    @property
    def is_gap(self) -> bool:
        return self.state is not State.HAD

    def began(self, today: date) -> bool:
        """Whether he fills the role already."""
        return self.starts is not None and self.starts <= today


def needs(plan: Plan, today: date) -> tuple[Need, ...]:
    """What all roles of the organisation need of all who fill them, in the order of the plan."""
    return plan.derived(_needs, today)


def gaps(plan: Plan, today: date) -> tuple[Need, ...]:
    """The needs that are not met today."""
    return tuple(need for need in needs(plan, today) if need.is_gap)


def starts(plan: Plan, since: date | None) -> date | None:
    """From when on somebody fills a role within the plan."""
    return max(filter(None, (since, plan.period_start)), default=None)


def _needs(plan: Plan, today: date) -> tuple[Need, ...]:
    return tuple(
        _need(plan, role, held.person, skill, row.level or SKILL_LEVELS[0], starts(plan, held.since), today)
        for role in plan.roles
        if role.skills and not external(role, plan)
        for held in holders(plan, role, today)
        for row in role.skills
        if (skill := plan.get("skills", row.skill))
    )


def _need(
    plan: Plan, role: Role, person: Person, skill: Skill, level: str, begin: date | None, today: date
) -> Need:
    had = level_had(plan, person.id, skill.id, today)
    training = None if reaches(had, level) else closing(plan, person.id, skill.id, level, today)
    if reaches(had, level):
        state = State.HAD
    elif training is None:
        state = State.OPEN
    else:
        state = State.IN_TIME if begin is None or training.ends <= begin else State.LATE
    return Need(role, person, skill, level, had, begin, training, state)


def closing(plan: Plan, person: str, skill: str, level: str, today: date) -> Training | None:
    """The training ahead that is over first and leads somebody to a level of a skill.

    One that he has been to, with whatever result, closes nothing any more; nor does one without a day.
    """
    ahead = [
        one
        for one in plan.trainings
        if one.ends
        and one.ends >= today
        and any(row.skill == skill and reaches(row.level or SKILL_LEVELS[0], level) for row in one.skills)
        and person in meant(plan, one, today)
        and not attended(plan, one.id, person, today)
    ]
    return min(ahead, key=lambda one: (one.ends, one.id), default=None)
