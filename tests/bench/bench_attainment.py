"""Attainment: a million tickets judged by NumPy, against a Python loop over the same clocks, one ticket at a time.

    python tests/bench/bench_attainment.py

Fifty agreements, each with its own calendar in one of ten time zones and with a target for each of four
priorities; tickets of 5 minutes to 60 days in four years, half of them with a pause or two. All clocks are compiled
before. Ends with an error if a verdict of ours is wrong or a gate is missed.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timezone

import numpy as np
from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine.attainment import MISSING, NONE, Outcome, Terms, Tickets, judge, summarise
from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CalendarHoliday,
    CalendarWindow,
    Plan,
    Service,
)
from sm_planner.engine.service_time.local_time_arrays import to_unix_array
from sm_planner.engine.service_time.sla_clock_terms import Pauses

SEED = 20_260_101
TICKETS = 1_000_000
FEW = 20_000
"""Tickets for the loop."""
CALENDARS = 50
DAYS = (date(2022, 1, 1), date(2025, 12, 31))
FIRST = int(datetime(2022, 1, 3, tzinfo=timezone.utc).timestamp())
UNTIL = int(datetime(2025, 12, 1, tzinfo=timezone.utc).timestamp())
DAY = 86_400
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Europe/Lisbon",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Pacific/Auckland",
    "UTC",
)
HOURS = {"P1": 4, "P2": 8, "P3": 24, "P4": 48}
OURS, LOOP = "ours", "a loop over the clocks"


def main() -> int:
    print_setting(SEED, "numpy", tickets=TICKETS, one_by_one=FEW, calendars=CALENDARS)
    terms = Terms(plan(), *DAYS)
    many, few = tickets(TICKETS), tickets(FEW)
    same(OURS, sorted(judged(terms, few)), sorted(looped(terms, few)))

    start = many.start
    sums = judge(terms, many, UNTIL)
    timings = Timings(
        SEED,
        Way(OURS, TICKETS, lambda: judge(terms, many, UNTIL)),
        Way("ours again (A/A)", TICKETS, lambda: judge(terms, many, UNTIL)),
        Way(LOOP, FEW, lambda: looped(terms, few)),
        Way("one pass over the same memory (limit)", TICKETS, lambda: start - UNTIL),
        Way("summing verdicts up by service level", TICKETS, lambda: summarise(sums)),
        Way("local times to Unix seconds", TICKETS, lambda: to_unix_array(start, "Europe/Berlin")),
    )
    print("\nattainment")
    timings.print("ticket")
    verdicts = Verdicts()
    verdicts.at_least("the loop to ours", timings.ratio(LOOP, OURS), 25, 40)
    growth()
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


def plan() -> Plan:
    numbers = range(CALENDARS)
    return Plan(
        id="bench",
        calendars=tuple(calendar(number) for number in numbers),
        services=tuple(Service(id=f"service-{number}") for number in numbers),
        agreements=tuple(
            Agreement(
                id=f"sla-{number}",
                kind="SLA",
                service_hours=f"calendar-{number}",
                scope=(AgreementScope(service=f"service-{number}"),),
                targets=tuple(
                    AgreementTarget(metric="Resolution", priority=priority, value=float(hours), unit="Hours")
                    for priority, hours in HOURS.items()
                ),
            )
            for number in numbers
        ),
    )


def calendar(number: int) -> Calendar:
    opens, closes = f"{6 + number % 5:02}:00", f"{15 + number % 7:02}:30"
    return Calendar(
        id=f"calendar-{number}",
        timezone=ZONES[number % len(ZONES)],
        windows=tuple(
            CalendarWindow(weekday=weekday, opens=opens, closes=closes)
            for weekday in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
        ),
        holidays=tuple(
            CalendarHoliday(day=date(year, month, 15)) for year in range(2022, 2026) for month in range(1, 13)
        ),
    )


def tickets(count: int) -> Tickets:
    """Tickets in the order in which they started, as logs have them; the rest is random."""
    draw = np.random.default_rng(SEED)
    start = np.sort(draw.integers(FIRST, UNTIL - 61 * DAY, count))
    end = start + draw.integers(300, 60 * DAY, count)
    paused = np.concatenate([draw.permutation(count)[: count // 2], draw.integers(0, count, count // 4)])
    begins = start[paused] + (draw.random(paused.size) * (end - start)[paused]).astype(np.int64)
    order = np.lexsort((begins, paused))
    paused, begins = paused[order], begins[order]
    return Tickets(
        ids=tuple(map(str, range(count))),
        services=tuple(f"service-{number}" for number in range(CALENDARS)),
        parties=(),
        start=start,
        ends={"Resolution": end},
        pauses=Pauses(paused, begins, begins + draw.integers(600, 3 * DAY, paused.size)),
        priority=draw.integers(0, len(HOURS), count),
        service=draw.integers(0, CALENDARS, count),
        party=np.full(count, NONE),
        fault=np.zeros(count, np.int64),
    )


def judged(terms: Terms, some: Tickets) -> list[tuple[int, int, int, int]]:
    """Ticket, number of its service, outcome and service seconds."""
    verdicts = judge(terms, some, UNTIL)
    service = some.service[verdicts.ticket]
    columns = (verdicts.ticket, service, verdicts.outcome, verdicts.used)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def looped(terms: Terms, some: Tickets) -> list[tuple[int, int, int, int]]:
    """The same, ticket by ticket, by what the clocks say of single times."""
    promised = {
        (service, priority): (terms.clock(f"calendar-{service}"), hours * 3600)
        for service in range(CALENDARS)
        for priority, hours in enumerate(HOURS.values())
    }
    pauses: dict[int, list[tuple[int, int]]] = {}
    rows = (some.pauses.ticket.tolist(), some.pauses.start.tolist(), some.pauses.stop.tolist())
    for ticket, start, stop in zip(*rows, strict=True):
        pauses.setdefault(ticket, []).append((start, stop))
    columns = (some.start, some.ends["Resolution"], some.priority, some.service, some.fault)
    found = []
    for ticket, row in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        start, end, priority, service, fault = row
        clock, budget = promised[service, priority]
        ended = end != MISSING and end <= UNTIL
        stop = end if ended else UNTIL
        if fault or start == MISSING or not clock.first <= start <= stop <= clock.last:
            sys.exit(f"ticket {ticket} cannot be judged")
        own = pauses.get(ticket)
        used = clock.elapsed(start, stop, own)
        late = used > budget or (used == budget and clock.elapsed(start, stop - 1, own) == budget)
        outcome = Outcome.MISSED if late else Outcome.MET if ended else Outcome.OPEN
        found.append((ticket, service, outcome, used))
    return found


def growth() -> None:
    terms = Terms(plan(), *DAYS)
    one, four = tickets(TICKETS // 4), tickets(TICKETS)
    timings = Timings(
        SEED,
        Way("N", 1, lambda: judge(terms, one, UNTIL)),
        Way("4N", 1, lambda: judge(terms, four, UNTIL)),
    )
    print(f"  time(4N) / time(N), N = a quarter of a million   {timings.ratio('4N', 'N')}")


if __name__ == "__main__":
    sys.exit(main())
