"""RACI: the effective matrix of a large plan, its gaps and the load of each person.

    python tests/bench/bench_raci.py

A million cells, from entries at all four levels. Ours makes the matrix, finds the cells without exactly one A or
without an R, and counts in how many cells each person is accountable, responsible or named. The first peer does the
same cell by cell in dictionaries. The second, polars, is given the letters of all cells ready made, as a table of codes,
and only finds gaps and loads. Ends with an error if an answer differs or a gate is missed.
"""

from __future__ import annotations

import random
import sys
from datetime import date

import polars as pl
from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine.collecting import uncollected
from sm_planner.engine.model import (
    Component,
    Person,
    Plan,
    Process,
    RaciEntry,
    Role,
    RoleHolder,
    Service,
)
from sm_planner.engine.raci.effective import effective
from sm_planner.engine.raci.load import load

SEED = 20_260_102
TODAY = date(2027, 1, 1)
SERVICES = 10_000
COMPONENTS = 5
"""Components of each service."""
PROCESSES, ROLES, PEOPLE = 20, 60, 50
ENTRIES = 10
"""Entries for each service; a third of them for one of its components."""

OURS, DICTIONARIES, POLARS = "ours", "dictionaries, cell by cell", "polars, from ready letters"
Answer = tuple[int, int, list[tuple[int, int, int]]]
"""Cells without exactly one A, cells without an R; for each person, cells with A, with R, with any letter."""


def main() -> int:
    print_setting(SEED, "polars", cells=SERVICES * COMPONENTS * PROCESSES, roles=ROLES, people=PEOPLE)
    large, small = plan(SERVICES), plan(SERVICES // 4)
    table, people = letters(large), holdings(large)
    expected = ours(large)
    same(DICTIONARIES, dictionaries(large), expected)
    same(POLARS, by_polars(table, people, SERVICES * COMPONENTS * PROCESSES), expected)
    cells = SERVICES * COMPONENTS * PROCESSES
    timings = Timings(
        SEED,
        Way(OURS, cells, lambda: ours(large)),
        Way("ours again (A/A)", cells, lambda: ours(large)),
        Way(DICTIONARIES, cells, lambda: dictionaries(large)),
        Way(POLARS, cells, lambda: by_polars(table, people, cells)),
    )
    print(f"\nmatrix, gaps and loads, {len(large.raci):,} entries")
    timings.print("cell")
    verdicts = Verdicts()
    verdicts.at_least("dictionaries to ours", timings.ratio(DICTIONARIES, OURS), 1, 2)
    print(f"  {'ours to polars, which inherits nothing':<40} {timings.ratio(OURS, POLARS)}")
    growth = Timings(SEED, Way("N / 4", 1, lambda: ours(small)), Way("N", 1, lambda: ours(large)))
    verdicts.at_most("time(N) / time(N / 4)", growth.ratio("N", "N / 4"), 6, 4.6)
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


def plan(services: int) -> Plan:
    chance = random.Random(SEED)  # noqa: S311 - a plan, no secret
    made = {
        (f"process{n}", "", "", f"role{(7 * n + place) % ROLES}"): letter
        for n in range(PROCESSES)
        for place, letter in enumerate(("A", "R", "C", "I"))
    }
    while len(made) < ENTRIES * services:
        number, level = chance.randrange(services), chance.randrange(6)
        service = f"service{number}" if level else ""
        component = f"component{number * COMPONENTS + chance.randrange(COMPONENTS)}" if level < 2 else ""
        place = f"process{chance.randrange(PROCESSES)}", service, component
        made[(*place, f"role{chance.randrange(ROLES)}")] = chance.choice(("A", "R", "AR", "C", "I"))
    return Plan(
        id="p",
        people=tuple(Person(id=f"person{n}") for n in range(PEOPLE)),
        roles=tuple(
            Role(id=f"role{n}", holders=(RoleHolder(person=f"person{n % PEOPLE}"),)) for n in range(ROLES)
        ),
        processes=tuple(Process(id=f"process{n}") for n in range(PROCESSES)),
        services=tuple(Service(id=f"service{n}") for n in range(services)),
        components=tuple(
            Component(id=f"component{n}", services=(f"service{n // COMPONENTS}",))
            for n in range(services * COMPONENTS)
        ),
        raci=tuple(
            RaciEntry(process=process, service=service, component=component, role=role, letter=letter)
            for (process, service, component, role), letter in made.items()
        ),
    )


@uncollected()
def ours(of: Plan) -> Answer:
    vars(of).pop("_derived", None)
    duties = effective(of).duties
    no_a = sum(cells for one, cells in duties.items() if len(one.accountable) != 1)
    no_r = sum(cells for one, cells in duties.items() if not one.responsible)
    carried = load(of, TODAY)
    return no_a, no_r, [(one.accountable, one.responsible, one.cells) for one in carried.values()]


@uncollected()
def dictionaries(of: Plan) -> Answer:
    """The rules of ``raci`` applied to each cell by itself."""
    entries: dict[tuple[str, str, str], dict[str, str]] = {}
    for entry in of.raci:
        place = entry.process, entry.service, entry.component
        entries.setdefault(place, {})[entry.role] = entry.letter
    person_of = {role.id: role.holders[0].person for role in of.roles}
    totals = {person.id: [0, 0, 0] for person in of.people}
    no_a = no_r = 0
    for process in of.processes:
        for component in of.components:
            service = component.services[0]
            held: dict[str, str] = {}
            for place in (("", ""), (service, ""), ("", component.id), (service, component.id)):
                given = entries.get((process.id, *place))
                if given:
                    held = refined(held, given)
            no_a += sum("A" in letter for letter in held.values()) != 1
            no_r += not any("R" in letter for letter in held.values())
            mine: dict[str, str] = {}
            for role, letter in held.items():
                mine[person_of[role]] = mine.get(person_of[role], "") + letter
            for person, all_letters in mine.items():
                total = totals[person]
                total[0] += "A" in all_letters
                total[1] += "R" in all_letters
                total[2] += 1
    return no_a, no_r, [tuple(total) for total in totals.values()]


def refined(held: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    handed_over = {letter for letters in given.values() for letter in letters if letter in "AR"}
    kept = {
        role: "".join(one for one in letter if one not in handed_over)
        for role, letter in held.items()
        if role not in given
    }
    return {**{role: letter for role, letter in kept.items() if letter}, **given}


def letters(of: Plan) -> pl.DataFrame:
    """The letter of each role in each cell, by numbers."""
    number = {role.id: place for place, role in enumerate(of.roles)}
    rows = [
        (place, number[held.role], "A" in held.letter, "R" in held.letter)
        for place, cell in enumerate(effective(of).cells)
        for held in cell.duties.letters
    ]
    return pl.DataFrame(rows, schema=["cell", "role", "a", "r"], orient="row")


def holdings(of: Plan) -> pl.DataFrame:
    rows = [(place, place % PEOPLE) for place in range(len(of.roles))]
    return pl.DataFrame(rows, schema=["role", "person"], orient="row")


def by_polars(table: pl.DataFrame, people: pl.DataFrame, cells: int) -> Answer:
    of_cell = table.group_by("cell").agg(a=pl.col("a").sum(), r=pl.col("r").sum())
    bare = cells - of_cell.height
    no_a = of_cell.filter(pl.col("a") != 1).height + bare
    no_r = of_cell.filter(pl.col("r") == 0).height + bare
    mine = table.join(people, on="role").group_by("person", "cell").agg(pl.col("a").any(), pl.col("r").any())
    carried = mine.group_by("person").agg(pl.col("a").sum(), pl.col("r").sum(), pl.len()).sort("person")
    return no_a, no_r, carried.drop("person").rows()


if __name__ == "__main__":
    sys.exit(main())
