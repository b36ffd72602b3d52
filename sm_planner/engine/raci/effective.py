"""The effective RACI: who does what in each cell once every entry has found its place.

A cell is a process in the scope × a service that is not retired × one of its components (an empty component
where the service has none). Entries apply at four levels, from the general to the specific:

1. process (the default),
2. process × service,
3. process × component,
4. process × service × component.

A cell takes what the first level gives, and each further level refines it:

- An entry for a role replaces what that role had inherited.
- Accountability is unique: a level that names an A (or AR) takes every inherited A away. A role that had AR
  keeps its R.
- The doing is handed over as a whole: a level that names an R (or AR) takes every inherited R away. A role
  that had AR keeps its A.
- C and I add up.
- ``N/A`` with a role takes the role out of the cell.
- ``N/A`` without a role says that the process does not apply: nothing that was inherited and nothing else of
  its level counts. Letters of a more specific level make the process apply again, with those letters alone.

A plan has one entry for each process, service, component and role, so the order of entries does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sm_planner.engine.collecting import uncollected
from sm_planner.engine.model import Person, Plan, RaciEntry, Role, Service

NOT_APPLICABLE = "N/A"

Places = dict[tuple[str, str, str], list[RaciEntry]]
"""(process, service, component), each of the last two may be empty → the entries for that place."""

CELL_LEVELS = ("Process", "Service", "Component", "Service and Component")
"""What an entry is given for, from the general to the specific."""


def level_of(entry: RaciEntry) -> str:
    """What an entry is given for, one of CELL_LEVELS."""
    return CELL_LEVELS[bool(entry.service) + 2 * bool(entry.component)]


class Held(NamedTuple):
    """What one role holds: R, A, AR, C or I. origin: the entry that it comes from."""

    role: str
    letter: str
    origin: RaciEntry

    @property
    def level(self) -> str:
        """The level of the origin, one of CELL_LEVELS."""
        return level_of(self.origin)


@dataclass(frozen=True, eq=False)
class Duties:
    """What all roles hold in a cell, in order of their ids. Cells that inherit the same share one object.

    not_applicable: the entry that says that the process does not apply; its task tells why.
    """

    letters: tuple[Held, ...] = ()
    not_applicable: RaciEntry | None = None

    @cached_property
    def accountable(self) -> tuple[str, ...]:
        """The roles that hold an A."""
        return tuple(held.role for held in self.letters if "A" in held.letter)

    @cached_property
    def responsible(self) -> tuple[str, ...]:
        """The roles that hold an R."""
        return tuple(held.role for held in self.letters if "R" in held.letter)

    @property
    def is_settled(self) -> bool:
        """Whether one role answers for it and somebody does it, or it does not apply."""
        return bool(self.not_applicable) or (len(self.accountable) == 1 and bool(self.responsible))


class Cell(NamedTuple):
    """A place in the matrix, by ids, and the duties in it."""

    process: str
    service: str
    component: str
    duties: Duties


@dataclass(frozen=True)
class Matrix:
    """All cells, in the plan's order of processes, services and components.

    defaults: for each process, what its cells hold where nothing more specific is said.
    """

    cells: tuple[Cell, ...]
    defaults: Mapping[str, Duties]

    @cached_property
    def duties(self) -> Counter[Duties]:
        """The different duties, each with its number of cells."""
        return Counter(cell.duties for cell in self.cells)


def effective(plan: Plan) -> Matrix:
    """The matrix of the plan, computed once."""
    return plan.derived(_matrix)


@uncollected()
def _matrix(plan: Plan) -> Matrix:
    entries = plan.derived(_places)
    defaults = {
        process.id: _refine(Duties(), entries.get((process.id, "", ""), ())) for process in plan.processes
    }
    return Matrix(tuple(_cells(plan, entries, defaults)), defaults)


def duties_at(plan: Plan, process: str, service: str = "", component: str = "") -> Duties:
    """What holds at a place, by ids: in a cell, or where no component, or no service, is named, what the cells beneath
    start from."""
    entries = plan.derived(_places)
    duties = effective(plan).defaults[process]
    if service:
        duties = _refine(duties, entries.get((process, service, ""), ()))
    if component:
        duties = _refine(duties, entries.get((process, "", component), ()))
    if service and component:
        duties = _refine(duties, entries.get((process, service, component), ()))
    return duties


def services_in_scope(plan: Plan) -> tuple[Service, ...]:
    """The services that are not retired."""
    return tuple(service for service in plan.services if service.status != "Retired")


def external(role: Role, plan: Plan) -> bool:
    """Whether somebody outside the organisation fills the role."""
    team = plan.get("teams", role.team)
    return role.kind == "Partner" or bool(role.supplier) or (team is not None and team.kind == "External")


def supplier_of(role: Role, plan: Plan) -> str:
    """The id of the supplier that fills the role, by itself or with its team; empty if none does."""
    team = plan.get("teams", role.team)
    return role.supplier or (team.supplier if team else "")


def current_holders(role: Role, plan: Plan, today: date) -> tuple[Person, ...]:
    """The people who hold the role today, with an enabled user account or without."""
    return tuple(plan.get("people", holder.person) for holder in role.holders if holder.runs(today))


def _cells(plan: Plan, entries: Places, defaults: Mapping[str, Duties]) -> Iterator[Cell]:
    refined: dict[str, set[str]] = {process.id: set() for process in plan.processes}
    for entry in plan.raci:
        refined.setdefault(entry.process, set()).add(entry.component)
    parts = [
        (service.id, [part.id for part in plan.components_of[service.id]] or [""])
        for service in services_in_scope(plan)
    ]
    for process in defaults:
        default, named = defaults[process], refined[process]
        for service, components in parts:
            common = _refine(default, entries.get((process, service, ""), ()))
            for component in components:
                duties = common
                if component and component in named:
                    duties = _refine(duties, entries.get((process, "", component), ()))
                    duties = _refine(duties, entries.get((process, service, component), ()))
                yield Cell(process, service, component, duties)


def _places(plan: Plan) -> Places:
    places: Places = {}
    for entry in plan.raci:
        places.setdefault((entry.process, entry.service, entry.component), []).append(entry)
    return places


def _refine(inherited: Duties, entries: Sequence[RaciEntry]) -> Duties:
    """What a level's entries make of the duties inherited from the levels above it."""
    if not entries:
        return inherited
    named = {entry.role: entry for entry in entries}
    if "" in named:
        return Duties(not_applicable=named[""])
    given = [Held(entry.role, entry.letter, entry) for entry in entries if entry.letter != NOT_APPLICABLE]
    handed_over = {letter for held in given for letter in held.letter if letter in "AR"}
    kept = [_without(held, handed_over) for held in inherited.letters if held.role not in named]
    return Duties(
        letters=tuple(sorted((held for held in (*kept, *given) if held.letter), key=lambda held: held.role)),
        not_applicable=None if given else inherited.not_applicable,
    )


def _without(held: Held, letters: set[str]) -> Held:
    return held._replace(letter="".join(letter for letter in held.letter if letter not in letters))
