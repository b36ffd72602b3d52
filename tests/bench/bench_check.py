"""Checks: whether all rules together take time in proportion to the plan, and how much memory.

    python tests/bench/bench_check.py

The plan of ``bench_chain`` with people, roles, customers, a catalogue and RACI entries, ten for each service. There
is no peer that judges such a plan; what counts is that a plan of twice the size takes twice the time. Ends with an
error if that gate is missed.
"""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace

from bench_chain import TODAY, forget, plan as chain_plan
from harness import Timings, Verdicts, Way, print_setting

from sm_planner.engine.checks import check
from sm_planner.engine.model import (
    FLOWS,
    GRADES,
    LEVELS,
    ROLE_KINDS,
    CatalogueEntry,
    Person,
    Plan,
    Process,
    RaciEntry,
    Role,
    RoleHolder,
    Stakeholder,
)

SEED = 20_270_201
SERVICES = 2_500
ENTRIES = 10
"""RACI entries for each service."""
PROCESSES = 10
LARGE = "10000"


def plan(services: int) -> Plan:
    chance = random.Random(SEED)  # noqa: S311 - a plan, no secret
    base = chain_plan(services)
    people, roles, customers = services // 20, services // 50, services // 100
    return replace(
        base,
        people=tuple(
            Person(id=f"person{n}", title=f"Person {n}", user=f"p{n}@example.org", level=LEVELS[n % 5])
            for n in range(people)
        ),
        roles=tuple(
            Role(
                id=f"role{n}",
                kind=ROLE_KINDS[n % 6],
                holders=(RoleHolder(person=f"person{chance.randrange(people)}"),),
            )
            for n in range(roles)
        ),
        processes=tuple(
            Process(id=f"process{n}", flow=FLOWS[n % 5], owner_role=f"role{n}", manager_role=f"role{n + 1}")
            for n in range(PROCESSES)
        ),
        stakeholders=tuple(Stakeholder(id=f"customer{n}", kind="Customer") for n in range(customers)),
        services=tuple(
            replace(
                service,
                customer_facing=True,
                service_owner=f"person{chance.randrange(people)}",
                importance=chance.choice(GRADES),
                customers=(f"customer{chance.randrange(customers)}",),
            )
            for service in base.services
        ),
        components=tuple(replace(one, is_critical=n % 3 == 0) for n, one in enumerate(base.components)),
        catalogue=tuple(
            CatalogueEntry(id=f"entry{n}", service=f"service{n}", published=True) for n in range(services)
        ),
        raci=tuple(entries(services, roles, chance)),
    )


def entries(services: int, roles: int, chance: random.Random) -> list[RaciEntry]:
    """Defaults for each process, then entries for services, a tenth of them for a component."""
    made = {
        (f"process{n}", "", "", f"role{(7 * n + place) % roles}"): letter
        for n in range(PROCESSES)
        for place, letter in enumerate(("A", "R", "C", "I"))
    }
    while len(made) < ENTRIES * services:
        number = chance.randrange(services)
        component = f"component{number}" if chance.random() < 0.1 else ""
        place = f"process{chance.randrange(PROCESSES)}", f"service{number}", component
        made[(*place, f"role{chance.randrange(roles)}")] = chance.choice(("A", "R", "C", "I"))
    return [
        RaciEntry(process=process, service=service, component=component, role=role, letter=letter)
        for (process, service, component, role), letter in made.items()
    ]


def checked(of: Plan) -> int:
    """How many findings there are; nothing that was found before is kept."""
    forget(of)
    vars(of).pop("_derived", None)
    return len(check(of, TODAY).findings)


def memory() -> None:
    """The peak memory of a fresh process that makes and checks a large plan."""
    program = (
        f"import resource, bench_check; found = bench_check.checked(bench_check.plan({LARGE}));"
        "print(found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    told = subprocess.run(  # noqa: S603 - this program
        [sys.executable, "-c", program], cwd=sys.path[0], capture_output=True, text=True, check=True
    )
    found, megabytes = told.stdout.split()
    print(f"  {int(LARGE):,} services: {int(found):,} findings, at most {megabytes} MB in the process")


def main() -> int:
    print_setting(SEED, services=SERVICES, entries=SERVICES * ENTRIES)
    verdicts = Verdicts()
    small, large = plan(SERVICES // 2), plan(SERVICES)
    print("\nall rules")
    timings = Timings(SEED, Way("N / 2", 1, lambda: checked(small)), Way("N", 1, lambda: checked(large)))
    print(f"  the large plan                             {timings.micros('N') / 1e6:.1f} s")
    verdicts.at_most("time(N) / time(N / 2)", timings.ratio("N", "N / 2"), 2.6, 2.3)
    memory()
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


if __name__ == "__main__":
    sys.exit(main())
