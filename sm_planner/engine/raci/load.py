"""How much of the RACI matrix each person carries.

A person carries what the roles give that name him as a current holder. What a team or a supplier fills
without a name is nobody's load in particular.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.raci.effective import Duties, current_holders, effective


@dataclass(frozen=True)
class Load:
    """In how many cells a person has what part; a cell counts once, whatever roles lead to it.

    alone: accountable, and the only one who is responsible. cells: any letter.
    """

    accountable: int = 0
    responsible: int = 0
    alone: int = 0
    cells: int = 0


def load(plan: Plan, today: date) -> dict[str, Load]:
    """The load of each person of the plan, by id, in the plan's order; also of those without any."""
    return plan.derived(_load, today)


def _load(plan: Plan, today: date) -> dict[str, Load]:
    holders = Holders(plan, today)
    totals = {person.id: [0, 0, 0, 0] for person in plan.people}
    for duties, cells in effective(plan).duties.items():
        accountable, responsible = holders.of(duties.accountable), holders.of(duties.responsible)
        alone = accountable & responsible if holders.alone(duties) else frozenset()
        everybody = holders.of(held.role for held in duties.letters)
        for part, people in enumerate((accountable, responsible, alone, everybody)):
            for person in people:
                totals[person][part] += cells
    return {person: Load(*parts) for person, parts in totals.items()}


class Holders:
    """Who holds which role on a day."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._people = {
            role.id: frozenset(person.id for person in current_holders(role, plan, today))
            for role in plan.roles
        }
        self._of: dict[tuple[str, ...], frozenset[str]] = {}
        self._shared = {role.id for role in plan.roles if role.team or role.supplier}

    def of(self, roles: Iterable[str]) -> frozenset[str]:
        """The ids of all people who hold one of the roles; many cells name the same."""
        roles = tuple(roles)
        if roles not in self._of:
            self._of[roles] = frozenset().union(*(self._people[role] for role in roles))
        return self._of[roles]

    def alone(self, duties: Duties) -> bool:
        """Whether a single person is all that is responsible."""
        responsible = duties.responsible
        return len(self.of(responsible)) == 1 and self._shared.isdisjoint(responsible)
