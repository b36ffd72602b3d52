"""Benchmark of the chain: what rests on what, and whether a large plan's promises can be kept.

The peer for graphs is networkx. Before any time is taken, closures are checked against networkx's descendants,
the solver against a sweep of every second in a week, and the reference vectors.

    python tests/bench/bench_chain.py
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import date
from math import prod

import networkx
from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine.chain import Verdict, chains
from sm_planner.engine.chain.course import Hours, Step
from sm_planner.engine.chain.feasibility import _solved, end_of, solve
from sm_planner.engine.chain.graph import chosen, closures
from sm_planner.engine.model import (
    PRIORITIES,
    WEEKDAYS,
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CalendarWindow,
    Component,
    Plan,
    Service,
    ServiceDependency,
    Supplier,
    SupportTier,
    Team,
)
from sm_planner.engine.service_hours import ServiceHours

SEED = 20_270_101
TODAY = date(2027, 1, 1)
SERVICES = 10_000
TOPS = 1_000
ESTATE = 500
"""Services depend on others of their estate, of so many services."""

ZONES = ("Europe/Dublin", "Europe/Berlin", "America/New_York")
Graph = list[list[int]]


def graph(nodes: int, edges: int, near: int = 40, estate: int = ESTATE) -> Graph:
    """A DAG in which each node needs later ones of its estate, ``near`` numbers away on average."""
    chance = random.Random(SEED)  # noqa: S311 - a graph, no secret
    needs: list[set[int]] = [set() for _ in range(nodes)]
    left = edges
    while left:
        node = chance.randrange(nodes)
        last = min(node - node % estate + estate, nodes)
        needed = node + 1 + int(chance.expovariate(1 / near))
        if needed < last and needed not in needs[node]:
            needs[node].add(needed)
            left -= 1
    return [sorted(found) for found in needs]


def in_networkx(needs: Graph) -> networkx.DiGraph:
    made = networkx.DiGraph()
    made.add_nodes_from(range(len(needs)))
    made.add_edges_from((node, needed) for node, found in enumerate(needs) for needed in found)
    return made


def by_networkx(made: networkx.DiGraph, own: list[int]) -> list[int]:
    """The union of the sets beneath each node, in the order of networkx."""
    unions = list(own)
    for node in reversed(list(networkx.topological_sort(made))):
        for needed in made.successors(node):
            unions[node] |= unions[needed]
    return unions


def shared_parts(verdicts: Verdicts) -> None:
    """The product over all parts beneath a service, each once, for a thousand services."""
    needs = graph(SERVICES, 32_000, near=SERVICES // 20, estate=SERVICES)
    made, tops = in_networkx(needs), range(0, SERVICES, SERVICES // TOPS)
    chance = random.Random(SEED)  # noqa: S311 - figures, no secret
    shares = tuple(
        chance.choice((0.5, 1.0, 1.0, 1.0)) for _ in needs
    )  # whose products are exact in any order

    def ours() -> list[float]:
        sets = closures(needs, [1 << node for node in range(SERVICES)])
        return [prod(chosen(shares, sets[top])) for top in tops]

    def theirs() -> list[float]:
        get = shares.__getitem__
        return [shares[top] * prod(map(get, networkx.descendants(made, top))) for top in tops]

    sizes = sum(bits.bit_count() for bits in closures(needs, [1 << node for node in range(SERVICES)]))
    print(f"\nshared parts beneath {TOPS:,} of {SERVICES:,} services, {sizes // SERVICES:,} each on average")
    same("products", ours(), theirs())
    timings = Timings(
        SEED,
        Way("ours, sets as integers", TOPS, ours),
        Way("ours again (A/A)", TOPS, ours),
        Way("networkx descendants", TOPS, theirs),
    )
    timings.print("service")
    ratio = timings.ratio("networkx descendants", "ours, sets as integers")
    verdicts.at_least("shared parts, networkx to ours", ratio, 10, 25)


def unions(verdicts: Verdicts) -> None:
    """Which of 300 agreements stand beneath each of 100,000 services."""
    needs = graph(100_000, 320_000)
    own = [1 << node % 300 for node in range(len(needs))]
    made = in_networkx(needs)
    print("\nagreements beneath each of 100,000 services, 320,000 dependencies")
    same("unions", closures(needs, own), by_networkx(made, own))
    timings = Timings(
        SEED,
        Way("ours, from lists", 1, lambda: closures(needs, own)),
        Way("ours again (A/A)", 1, lambda: closures(needs, own)),
        Way("networkx, evaluate", 1, lambda: by_networkx(made, own)),
        Way("networkx, build and evaluate", 1, lambda: by_networkx(in_networkx(needs), own)),
    )
    timings.print("graph")
    ratio = timings.ratio("networkx, build and evaluate", "ours, from lists")
    verdicts.at_least("build and evaluate, networkx to ours", ratio, 6, 20)
    ratio = timings.ratio("networkx, evaluate", "ours, from lists")
    print(f"  networkx's evaluation alone to all of ours {ratio}")


def plan(services: int) -> Plan:
    """Three dependencies a service, three agreements in ten, a third of them SLAs; six calendars in three zones."""
    chance = random.Random(SEED)  # noqa: S311 - a plan, no secret
    slas, contracts = services // 10, services // 5
    needs = graph(services, 3 * services)
    hours: Callable[[], str] = lambda: f"hours{chance.randrange(6)}"  # noqa: E731
    return Plan(
        id="p",
        period_start=TODAY,
        calendars=tuple(map(calendar, range(6))),
        teams=(Team(id="desk"),),
        suppliers=tuple(Supplier(id=f"supplier{number}") for number in range(contracts)),
        services=tuple(
            Service(
                id=f"service{number}",
                support_tiers=(SupportTier(tier=1, team="desk"),),
                dependencies=tuple(ServiceDependency(service=f"service{needed}") for needed in found),
            )
            for number, found in enumerate(needs)
        ),
        components=tuple(
            Component(
                id=f"component{number}",
                services=(f"service{number}",),
                supplier=f"supplier{chance.randrange(contracts)}",
            )
            for number in range(services)
        ),
        agreements=(
            Agreement(
                id="desk", kind="OLA", team="desk", service_hours="hours0", targets=targets(0.25, 0, None)
            ),
            *(
                Agreement(
                    id=f"contract{number}",
                    kind="UC",
                    supplier=f"supplier{number}",
                    service_hours=hours(),
                    targets=targets(chance.choice((1, 2, 4)), 1, 99.999),
                )
                for number in range(contracts)
            ),
            *(
                Agreement(
                    id=f"sla{number}",
                    kind="SLA",
                    service_hours=hours(),
                    scope=(AgreementScope(service=f"service{chance.randrange(services)}"),),
                    targets=targets(24, 8, 99.0),
                )
                for number in range(slas)
            ),
        ),
    )


def calendar(number: int) -> Calendar:
    days = (WEEKDAYS, WEEKDAYS[:6], WEEKDAYS[:5])[min(number, 2)]
    opens, closes = ("00:00", "24:00") if number == 0 else (f"{6 + number:02}:00", f"{15 + number}:30")
    windows = tuple(CalendarWindow(weekday=day, opens=opens, closes=closes) for day in days)
    return Calendar(id=f"hours{number}", timezone=ZONES[number % 3], windows=windows)


def targets(first: float, more: float, percent: float | None) -> tuple[AgreementTarget, ...]:
    """Response and resolution for four priorities, each longer than the one before, and an availability."""
    times = tuple(
        AgreementTarget(metric=metric, priority=priority, value=first + more * place, unit="Hours")
        for metric in ("Response", "Resolution")
        for place, priority in enumerate(PRIORITIES[:4])
    )
    return (
        times
        if percent is None
        else (*times, AgreementTarget(metric="Availability", value=percent, unit="Percent"))
    )


def judged(of: Plan) -> list[int]:
    """How many promises are feasible, infeasible and unknown; nothing that was found before is kept."""
    _solved.cache_clear()
    vars(of).pop("_beneath", None)
    found = [result.verdict for result in chains(of, TODAY)]
    return [found.count(verdict) for verdict in Verdict]


def large_plans() -> None:
    """A plan as large as a group's, and whether the time grows with it."""
    small, large = plan(SERVICES // 4), plan(SERVICES)
    print(
        f"\nplans, {SERVICES:,} services, {3 * SERVICES:,} dependencies, {len(large.agreements):,} agreements"
    )
    kept, broken, unknown = judged(large)
    print(
        f"  {kept + broken + unknown:,} promises: {kept:,} feasible, {broken:,} infeasible, {unknown:,} unknown"
    )
    timings = Timings(SEED, Way("N / 4", 1, lambda: judged(small)), Way("N", 1, lambda: judged(large)))
    print(f"  all promises of the large plan             {timings.micros('N') / 1e6:.1f} s")
    print(f"  time(N) / time(N / 4)                      {timings.ratio('N', 'N / 4')}")


def check_solver() -> None:
    """The solver against every second of a week."""
    days = date(2027, 3, 1), date(2027, 3, 31)
    always = Hours(ServiceHours.always("UTC").compile(*days))
    office = Hours(ServiceHours("UTC", dict.fromkeys(WEEKDAYS[:5], ["09:00-17:00"])).compile(*days))
    first, hour = always.clock.first, 3_600
    promise = Step(always, 16 * hour)
    stages = (((Step(always, 2 * hour),),), ((Step(office, 8 * hour),), (Step(always, 9 * hour),)))
    slacks = [promise.due(start) - end_of(stages, start) for start in range(first, first + 168 * hour)]
    solution = solve(promise, stages, first, first + 168 * hour)
    late, worst = sum(slack < 0 for slack in slacks), min(slacks)
    same("solver", solution[2:], (len(slacks), late, first + slacks.index(worst), worst))


def main() -> int:
    verdicts = Verdicts()
    print_setting(SEED, "networkx", services=SERVICES)
    check_solver()
    shared_parts(verdicts)
    unions(verdicts)
    large_plans()
    return verdicts.missed


if __name__ == "__main__":
    sys.exit(main())
