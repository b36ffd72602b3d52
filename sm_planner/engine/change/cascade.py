"""The sponsorship cascade: whether leaders of every level, in each unit that the plan changes, stand behind it.

Support comes down from the top, from level to level; where one of them is missing, it ends there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from sm_planner.engine.change.groups import affected_units
from sm_planner.engine.engagement.relationship import last_spoke
from sm_planner.engine.model import Commitment, Person, Plan, Stakeholder
from sm_planner.engine.model.change import Engagement
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import LEADERS
from sm_planner.engine.part.confirmation import confirmed
from sm_planner.engine.part.dues import last_shown
from sm_planner.engine.texts import N_


class Standing(str, Enum):
    """Whether somebody of a level stands behind the plan."""

    BACKED = N_("Backed by action")
    WORDS = N_("Only words")
    HOLE = N_("Nobody")


@dataclass(frozen=True)
class Supporter:
    """Somebody who has committed, and what shows it. shown: the day of the latest evidence."""

    person: Person
    commitment: Commitment
    shown: date | None
    is_backed: bool
    has_confirmed: bool
    spoke: Engagement | None


@dataclass(frozen=True)
class Cell:
    """A level in a unit. asked: who is of that level there and has not committed."""

    level: str
    supporters: tuple[Supporter, ...]
    asked: tuple[Person, ...]

    @property
    def standing(self) -> Standing:
        if not self.supporters:
            return Standing.HOLE
        return Standing.BACKED if any(one.is_backed for one in self.supporters) else Standing.WORDS


@dataclass(frozen=True)
class Lane:
    """A unit, with its levels from the top down. groups: its stakeholders."""

    unit: str
    groups: tuple[Stakeholder, ...]
    cells: tuple[Cell, ...]

    @property
    def hole(self) -> Cell | None:
        """Where the support ends: the highest level at which nobody has committed."""
        return next((cell for cell in self.cells if cell.standing is Standing.HOLE), None)


def cascade(plan: Plan, today: date) -> tuple[Lane, ...]:
    """A lane for each unit in which leaders have to support the plan."""
    return plan.derived(_cascade, today)


def _cascade(plan: Plan, today: date) -> tuple[Lane, ...]:
    supporters = [
        (_supporter(plan, person, commitment, today), units) for person, commitment, units in committed(plan)
    ]
    lanes = []
    for unit, groups in units_to_win(plan).items():
        here = [one for one, units in supporters if unit in units]
        there = {one.person.id for one in here}
        cells = tuple(
            Cell(
                level,
                tuple(one for one in here if one.person.level == level),
                tuple(
                    person
                    for person in plan.people
                    if person.level == level and folded(person.unit) == unit and person.id not in there
                ),
            )
            for level in LEADERS
        )
        lanes.append(Lane(groups[0].unit, tuple(groups), cells))
    return tuple(lanes)


def committed(plan: Plan) -> tuple[tuple[Person, Commitment, frozenset[str]], ...]:
    """Who has committed, by what, and for which units, by folded name."""
    found = ((plan.get("people", one.person), one) for one in plan.commitments)
    return tuple(
        (person, one, frozenset(map(folded, one.units or (person.unit,)))) for person, one in found if person
    )


def units_to_win(plan: Plan) -> dict[str, list[Stakeholder]]:
    """The units of internal teams, and those of customers in which somebody of the plan works or has committed."""
    own = {folded(person.unit) for person in plan.people}
    own.update(unit for _, _, units in committed(plan) for unit in units)
    return {
        unit: members
        for unit, members in affected_units(plan).items()
        if unit in own or any(stakeholder.kind == "Internal Team" for stakeholder in members)
    }


def _supporter(plan: Plan, person: Person, commitment: Commitment, today: date) -> Supporter:
    shown, oldest = last_shown(plan, commitment, today), plan.settings.engagement_days
    return Supporter(
        person=person,
        commitment=commitment,
        shown=shown,
        is_backed=shown is not None and (oldest is None or shown >= today - timedelta(days=oldest)),
        has_confirmed=confirmed(plan, person.id, today).given,
        spoke=last_spoke(plan, person.id, today),
    )
