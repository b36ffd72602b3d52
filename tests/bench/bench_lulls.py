"""Benchmark of the lull finder: a year of 500 services on one component, against a look at each start.

    python tests/bench/bench_lulls.py

The peer takes the same windows and asks each service at each quarter of an hour whether the work would meet one. It looks at a fifteenth of the
starts, and still gives the same best weight, as all edges lie on quarters; and at a month of the year, for what a day takes is compared. Nothing
is timed if a weight differs.
"""

from __future__ import annotations

import random
import sys
from bisect import bisect_right
from dataclasses import replace
from datetime import date

from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine.busy_times import spans
from sm_planner.engine.busy_times.hurts import burdens
from sm_planner.engine.busy_times.lulls import lulls
from sm_planner.engine.busy_times.spans import MINUTE
from sm_planner.engine.model import Agreement, Calendar, Component, Plan, Service
from sm_planner.engine.model.agreements import AgreementScope
from sm_planner.engine.model.roadmap import BusyTime, BusyWeekday
from sm_planner.engine.model.services import CalendarWindow
from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.service_time.local_time import beginning

SEED = 20_270_101
SERVICES, WORK, STEP = 500, 90, 15
BEGIN, MONTH, YEAR = date(2027, 3, 15), date(2027, 4, 15), date(2028, 3, 15)
BERLIN = "Europe/Berlin"


def plan() -> Plan:
    """Services that stand on one component, each with a peak of its own each week, and promised by day."""
    chance = random.Random(SEED)  # noqa: S311 - a plan, no secret
    names = [f"s{number}" for number in range(SERVICES)]
    entries = []
    for name in names:
        opens = chance.randrange(96)
        closes = (opens + chance.randint(2, 12)) % 96
        entries.append(
            BusyTime(
                id=f"b-{name}",
                kind="Peak",
                from_date=date(2017, 1, 1),
                to_date=date(2017, 1, 1),
                from_time=f"{opens // 4:02}:{opens % 4 * 15:02}",
                to_time=f"{closes // 4:02}:{closes % 4 * 15:02}",
                repeats="Weekly",
                weekdays=(BusyWeekday(weekday=chance.choice(WEEKDAYS)),),
                service=name,
            )
        )
    return Plan(
        id="p",
        services=tuple(Service(id=name) for name in names),
        components=(Component(id="core", services=tuple(names)),),
        calendars=(
            Calendar(
                id="day",
                timezone=BERLIN,
                windows=tuple(
                    CalendarWindow(weekday=day, opens="08:00", closes="18:00") for day in WEEKDAYS[:5]
                ),
            ),
        ),
        agreements=tuple(
            Agreement(id=f"a-{name}", kind="SLA", service_hours="day", scope=(AgreementScope(service=name),))
            for name in names
        ),
        busy_times=tuple(entries),
    )


def ours(made: Plan, before: date) -> list[tuple[int, int]]:
    found = lulls(made, "components", "core", WORK, BEGIN, before)
    return [(one.peak_weight, one.promised_weight) for one in found.slots[:1]]


def theirs(made: Plan, before: date) -> list[tuple[int, int]]:
    first, last = (beginning(day, BERLIN) for day in (BEGIN, before))
    found = burdens(made, "components", "core", first, last)
    sets = [
        (one.weight, *([(part[:, 0].tolist(), part[:, 1].tolist()) for part in (one.peaks, one.promised)]))
        for one in found
    ]
    best = None
    for start in range(first // MINUTE, last // MINUTE - WORK + 1, STEP):
        weights = [0, 0]
        for weight, *parts in sets:
            for kind, (opens, closes) in enumerate(parts):
                place = bisect_right(closes, start)
                if place < len(opens) and opens[place] < start + WORK:
                    weights[kind] += weight
        best = min(best or tuple(weights), tuple(weights))
    return [best]


def main() -> int:
    verdicts = Verdicts()
    print_setting(SEED, "numpy", services=SERVICES, minutes=WORK)
    made = plan()
    assert spans.none().size == 0  # noqa: S101 - NumPy is loaded before anything is timed
    same("least weight", ours(made, MONTH), theirs(made, MONTH))
    year, month = (YEAR - BEGIN).days, (MONTH - BEGIN).days
    timings = Timings(
        SEED,
        Way("lull finder", year, lambda: ours(replace(made), YEAR)),
        Way("lull finder again (A/A)", year, lambda: ours(replace(made), YEAR)),
        Way("each quarter of an hour", month, lambda: theirs(replace(made), MONTH)),
    )
    timings.print("day")
    verdicts.at_least(
        "each quarter of an hour to the finder",
        timings.ratio("each quarter of an hour", "lull finder"),
        gate=5,
        goal=10,
    )
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


if __name__ == "__main__":
    sys.exit(main())
