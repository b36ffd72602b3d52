"""The RACI as a sheet that people write: places down, roles across, letters of its own and letters taken over.

A row is a place: a process, a service in it, a component of that, or a component for all services that it carries. A
letter that an entry gives for exactly that place is the row's own; what the row takes over from the levels above it
follows from :mod:`sm_planner.engine.raci.effective`, the one home of these rules.

Who writes says of each cell what it is to say and what it said when he looked. So a change of somebody else in the
meantime is seen, and neither is lost.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sm_planner.engine.model import LETTERS, Plan, RaciEntry
from sm_planner.engine.raci.effective import (
    Cell,
    Duties,
    current_holders,
    duties_at,
    effective,
    external,
    services_in_scope,
    supplier_of,
)
from sm_planner.engine.texts import N_, Text, say

SPELLINGS: dict[str, str] = {
    **{letter: letter for letter in LETTERS},
    **dict.fromkeys(("A/R", "R/A", "RA", "A,R", "R,A", "A+R", "R+A", "A&R", "R&A"), "AR"),
    **dict.fromkeys(("NA", "N.A.", "N"), "N/A"),
    **dict.fromkeys(("", "-", "–", "—"), ""),
}
"""How a letter may be written, in capitals and without spaces → the letter; empty for none of its own."""

SHOWN = {"AR": "A/R"}
"""Letter → how people write it, where that is not the letter itself."""

Place = tuple[str, str, str]
"""Process, service and component by their ids; no service, or no component: for all of them."""


class Spot(NamedTuple):
    """Where a letter stands, by ids. No role: what is said of the process as a whole, which is N/A or nothing."""

    process: str
    service: str = ""
    component: str = ""
    role: str = ""

    @property
    def place(self) -> Place:
        return self[:3]


class Said(NamedTuple):
    """What a cell says for itself: a letter, and what the role does, or why the process does not apply. Both empty: nothing."""

    letter: str = ""
    task: str = ""


NOTHING = Said()


@dataclass(frozen=True)
class Change:
    """What a cell is to say from now on, and what it said when its writer looked."""

    spot: Spot
    now: Said
    seen: Said = NOTHING


@dataclass(frozen=True)
class Column:
    """A role, with the people who hold it today and the supplier that fills it. All by ids."""

    role: str
    people: tuple[str, ...]
    team: str
    supplier: str
    external: bool


def columns(plan: Plan, today: date) -> tuple[Column, ...]:
    """A column for each role, in the plan's order."""
    return tuple(
        Column(
            role.id,
            tuple(person.id for person in current_holders(role, plan, today)),
            role.team,
            supplier_of(role, plan),
            external(role, plan),
        )
        for role in plan.roles
    )


def services(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The services that a process opens to → the components that each opens to."""
    return {
        service.id: tuple(part.id for part in plan.components_of[service.id])
        for service in services_in_scope(plan)
    }


def own(plan: Plan) -> dict[Spot, RaciEntry]:
    """The letters that are written, wherever they stand; also where the sheet has no row, such as for a retired service."""
    return {spot_of(entry): entry for entry in plan.raci}


def spot_of(entry: RaciEntry) -> Spot:
    return Spot(entry.process, entry.service, entry.component, entry.role)


def said(entry: RaciEntry | None) -> Said:
    return Said(entry.letter, entry.task) if entry else NOTHING


def has_row(plan: Plan, place: Place) -> bool:
    """Whether a place is a row of the sheet."""
    return plan.derived(_Rows)(place)


class _Rows:
    """The places that are rows of the sheet."""

    def __init__(self, plan: Plan) -> None:
        self._services = {id: frozenset(parts) for id, parts in services(plan).items()}
        self._components = frozenset().union(*self._services.values())
        self._processes = plan.index["processes"].keys()

    def __call__(self, place: Place) -> bool:
        process, service, component = place
        if process not in self._processes or (service and service not in self._services):
            return False
        parts = self._services[service] if service else self._components
        return not component or component in parts


def refined(plan: Plan) -> dict[str, dict[tuple[str, str], Duties]]:
    """Process → the places in it, as service and component, at which an entry may make the duties others than at the place
    above; with these duties.

    A component in a service follows the service where it is not listed; a service, and a component for all services,
    follow the default of the process.
    """
    within = services(plan)
    carried: dict[str, list[str]] = {}
    for service, parts in within.items():
        for part in parts:
            carried.setdefault(part, []).append(service)
    found: dict[str, dict[tuple[str, str], Duties]] = {}
    for entry in plan.raci:
        place = entry.process, entry.service, entry.component
        if not (entry.service or entry.component) or not has_row(plan, place):
            continue
        beneath = {(entry.service, entry.component)}
        if not entry.service:
            beneath |= {(service, entry.component) for service in carried[entry.component]}
        for one in beneath - found.setdefault(entry.process, {}).keys():
            found[entry.process][one] = duties_at(plan, entry.process, *one)
    return found


def gaps(plan: Plan) -> tuple[Place, ...]:
    """Where the sheet is not settled: processes if all of their cells are not, else services, else single cells."""
    return tuple(_gaps(effective(plan).cells, 1))


def _gaps(cells: Iterable[Cell], depth: int) -> Iterator[Place]:
    for place, group in groupby(cells, key=lambda cell: cell[:depth]):
        members = list(group)
        settled = {cell.duties.is_settled for cell in members}
        if settled == {False}:
            yield (*place, "", "")[:3]
        elif len(settled) > 1:
            yield from _gaps(members, depth + 1)


def edited(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan with the changes in it. What somebody has written anew is not taken from a template any more."""
    entries = own(plan)
    for change in changes:
        if change.now.letter:
            entries[change.spot] = RaciEntry(**change.spot._asdict(), **change.now._asdict())
        else:
            entries.pop(change.spot, None)
    return dataclasses.replace(plan, raci=tuple(entries.values()))


def due(plan: Plan, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that change something, be it that somebody has looked at what a template said."""
    entries = own(plan)
    return tuple(
        change
        for change in changes
        if said(entries.get(change.spot)) != change.now
        or (change.spot in entries and entries[change.spot].taken_from)
    )


def conflicts(plan: Plan, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes of cells that say something else by now than their writer saw, and not what he wants either."""
    entries = own(plan)
    return tuple(
        change for change in changes if said(entries.get(change.spot)) not in (change.seen, change.now)
    )


def refusals(plan: Plan, changes: Iterable[Change]) -> Iterator[Text]:
    """Why changes cannot be written, whoever writes them; each names its cell."""
    written: set[Spot] = set()
    for change in changes:
        spot, letter = change.spot, change.now.letter
        cell = spot_name(plan, spot)
        if spot in written:
            yield say(N_("{0} is named twice. Reload the sheet."), cell)
        written.add(spot)
        if letter == "":
            continue  # what is not there any more can always be taken away
        if letter not in LETTERS:
            yield say(N_("{0}: “{1}” is no letter. Write R, A, A/R, C, I or N/A."), cell, letter)
        elif spot.role and spot.role not in plan.index["roles"]:
            yield say(N_("{0}: the plan has no such role any more. Reload the sheet."), cell)
        elif not has_row(plan, spot.place):
            yield say(
                N_("{0}: this process, service or component is not in the plan any more. Reload the sheet."),
                cell,
            )
        elif not spot.role and letter != "N/A":
            yield say(N_("{0}: only N/A can be entered without a role."), cell)


def spot_name(plan: Plan, spot: Spot) -> str:
    """How a message names a cell: by titles, as far as they are known."""
    named = zip(("processes", "services", "components", "roles"), spot, strict=True)
    return " · ".join(plan.title_of(collection, id) for collection, id in named if id)
