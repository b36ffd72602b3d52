"""Benchmark of the chain: whether the promises of a large plan can be kept.

Before any time is taken, the solver is checked against a sweep of every second in a week.

    python tests/bench/bench_chain.py
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import date

from bench_graph import graph
from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine.chain import Feasibility, chains
from sm_planner.engine.chain.course import Hours, Step
from sm_planner.engine.chain.feasibility import Solver, end_of
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
from sm_planner.engine.service_time.service_hours import ServiceHours

SEED = 20_270_101
TODAY = date(2027, 1, 1)
SERVICES = 10_000
ZONES = ("Europe/Dublin", "Europe/Berlin", "America/New_York")


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


def forget(of: Plan) -> None:
    """Nothing that was found of a plan's chains before is kept."""
    vars(of).pop("_derived", None)


def judged(of: Plan) -> list[int]:
    """How many promises are feasible, infeasible and unknown, worked out anew."""
    forget(of)
    found = [result.verdict for result in chains(of, TODAY)]
    return [found.count(verdict) for verdict in Feasibility]


def large_plans(verdicts: Verdicts) -> None:
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
    verdicts.at_most("time(N) / time(N / 4)", timings.ratio("N", "N / 4"), 6, 4.5)


def check_solver() -> None:
    """The solver against every second of a week."""
    days = date(2027, 3, 1), date(2027, 3, 31)
    always = Hours(ServiceHours.always("UTC").compile(*days))
    office = Hours(ServiceHours("UTC", dict.fromkeys(WEEKDAYS[:5], ["09:00-17:00"])).compile(*days))
    first, hour = always.clock.first, 3_600
    promise = Step(always, 16 * hour)
    stages = (((Step(always, 2 * hour),),), ((Step(office, 8 * hour),), (Step(always, 9 * hour),)))
    slacks = [promise.due(start) - end_of(stages, start) for start in range(first, first + 168 * hour)]
    solution = Solver().solve(promise, stages, first, first + 168 * hour)
    late, worst = sum(slack < 0 for slack in slacks), min(slacks)
    same("solver", solution[2:], (len(slacks), late, first + slacks.index(worst), worst))


def main() -> int:
    verdicts = Verdicts()
    print_setting(SEED, services=SERVICES)
    check_solver()
    large_plans(verdicts)
    return verdicts.missed


if __name__ == "__main__":
    sys.exit(main())
