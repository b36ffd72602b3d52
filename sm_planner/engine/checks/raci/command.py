"""Lines of command: who reports to whom, up to the top."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sm_planner.engine.checks.conditions import named
from sm_planner.engine.model import LEVELS, Person, Plan, Role
from sm_planner.engine.raci.effective import current_holders
from sm_planner.engine.texts import N_, Text, say


class Command:
    """Answers, on a day, whether the holders of one role report to those of another."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._plan = plan
        self._holders = {role.id: current_holders(role, plan, today) for role in plan.roles}
        self._lines: dict[str, dict[str, Person]] = {}

    def binds(self, role: Role, accountable: Iterable[str]) -> bool:
        """Whether each holder of the role is, or reports to, a holder of one of the accountable roles."""
        heads = {person.id for id in accountable for person in self._holders[id]}
        holders = self._holders[role.id]
        return bool(holders) and all(not heads.isdisjoint(self._line(person)) for person in holders)

    def gap(self, role: Role) -> Text | None:
        """Why the lines of the role's holders cannot be followed to the top; None if they can."""
        holders = self._holders[role.id]
        if not holders:
            return say(N_("“{0}” has no holder, so it is unknown to whom the role reports."), named(role))
        for person in holders:
            last = list(self._line(person).values())[-1]
            if not last.reports_to and last.level != LEVELS[0]:
                return say(N_("“{0}”: it is not entered to whom “{1}” reports."), named(role), named(last))
        return None

    def _line(self, person: Person) -> dict[str, Person]:
        """The person and everybody above, upwards; a circle is followed once."""
        if person.id not in self._lines:
            line: dict[str, Person] = {}
            above: Person | None = person
            while above is not None and above.id not in line:
                line[above.id] = above
                above = self._plan.get("people", above.reports_to)
            self._lines[person.id] = line
        return self._lines[person.id]
