"""Service time: our clock against Helpdesk's and ERPNext's loops, businesstimedelta and NumPy busday.

    python tests/bench/bench_service_hours.py

A million tickets of 5 minutes to 60 days, in four years of office hours with twelve holidays a year.
Ends with an error if an answer of ours is wrong or a gate is missed.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta, timezone

import numpy as np
from harness import Timings, Verdicts, Way, print_setting, same
from peers_service_hours import DAY, Busday, BusinessTimeDelta, ERPNext, Helpdesk, each

from sm_planner.engine.service_time.service_hours import WEEK, ServiceHours
from sm_planner.engine.service_time.sla_clock import Clock

SEED = 20_260_101
TICKETS = 1_000_000
FEW = 2_000
"""Tickets for what answers one at a time."""
CHECKED = 300
"""Tickets that are counted out second by second."""
DAYS = (date(2022, 1, 1), date(2025, 12, 31))
HOLIDAYS = [date(year, month, 15) for year in range(2022, 2028) for month in range(1, 13)]

NINE, FIVE = 9 * 3600, 17 * 3600

FLOOR, OURS, SINGLE = "one pass over the same memory (limit)", "our clock", "our clock, one ticket at a time"
GOALS = {"elapsed": {"floor": 15, "busday": 8}, "due": {"floor": 12, "busday": 6}}


def main() -> int:
    print_setting(SEED, "numpy", "businesstimedelta", tickets=TICKETS, one_by_one=FEW, checked=CHECKED)
    clock = office_hours("09:00-17:00").compile(*DAYS)
    start, stop = tickets(clock, TICKETS)
    budget = np.maximum(clock.elapsed(start, stop), 300)
    verdicts = Verdicts()
    compare(verdicts, "elapsed", clock, start, stop)
    compare(verdicts, "due", clock, start, budget)
    scaling(clock)
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


def office_hours(window: str) -> ServiceHours:
    return ServiceHours("UTC", {weekday: [window] for weekday in WEEK[:5]}, HOLIDAYS)


def tickets(clock: Clock, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Random starts and stops, early enough to be due in the horizon."""
    draw = np.random.default_rng(SEED)
    start = draw.integers(clock.first, clock.last - 65 * DAY, count)
    return start, start + draw.integers(300, 60 * DAY, count)


def local(unix: int) -> datetime:
    return datetime.fromtimestamp(unix, timezone.utc).replace(tzinfo=None)


class Oracle:
    """Every second of the four years, open or not."""

    def __init__(self, opens: int, closes: int) -> None:
        days = [DAYS[0] + timedelta(days=n) for n in range((DAYS[1] - DAYS[0]).days + 1)]
        seconds = np.zeros((len(days), DAY), bool)
        seconds[[day.weekday() < 5 and day not in HOLIDAYS for day in days], opens:closes] = True
        self._seconds = seconds.ravel()
        self._first = int(datetime(*DAYS[0].timetuple()[:3], tzinfo=timezone.utc).timestamp())

    def elapsed(self, start: int, stop: int) -> int:
        return int(np.count_nonzero(self._seconds[start - self._first : stop - self._first]))

    def due(self, start: int, budget: int) -> int:
        """The end of the ``budget``-th open second after ``start``, which is less than 65 days away."""
        since = start - self._first
        return start + int(np.flatnonzero(self._seconds[since : since + 65 * DAY])[budget - 1]) + 1


def compare(verdicts: Verdicts, question: str, clock: Clock, start: np.ndarray, other: np.ndarray) -> None:
    """Ask every way for ``question`` of the starts and their stops or budgets: for the truth, then for time."""
    odd_clock = office_hours("09:00:01-16:59:58").compile(*DAYS)
    peers = Busday(HOLIDAYS), Helpdesk(HOLIDAYS), ERPNext(HOLIDAYS), BusinessTimeDelta(HOLIDAYS)
    ours, odd, busday, helpdesk, erpnext, rules = (
        getattr(way, question) for way in (clock, odd_clock, *peers)
    )
    truth, odd_truth = (
        getattr(oracle, question) for oracle in (Oracle(NINE, FIVE), Oracle(NINE + 1, FIVE - 2))
    )
    pairs = list(zip(start[:FEW].tolist(), other[:FEW].tolist(), strict=True))
    if question == "elapsed":
        local_pairs = [(local(one), local(two)) for one, two in pairs]
    else:
        local_pairs = [(local(one), two) for one, two in pairs]
    checked, local_checked = pairs[:CHECKED], local_pairs[:CHECKED]

    print(f"\n{question}")
    expected = each(truth, checked)
    local_expected = expected if question == "elapsed" else [local(instant) for instant in expected]
    same(OURS, ours(start, other)[:CHECKED], expected)
    same(SINGLE, each(ours, checked), expected)
    same("our clock, edges off the grid", odd(start, other)[:CHECKED], each(odd_truth, checked))
    same("NumPy busday", busday(start, other)[:CHECKED], expected)
    same("Helpdesk's loop", each(helpdesk, local_checked), local_expected)
    for name, way in (("ERPNext's loop", erpnext), ("businesstimedelta", rules)):
        wrong = sum(a != b for a, b in zip(each(way, local_checked), local_expected, strict=True))
        print(f"  {name}: as described, {wrong / CHECKED:.0%} of the answers differ from the oracle's")

    out = np.empty_like(start)
    one_pass = np.subtract if question == "elapsed" else np.add
    timings = Timings(
        SEED,
        Way(FLOOR, TICKETS, lambda: one_pass(other, start, out=out)),
        Way(OURS, TICKETS, lambda: ours(start, other)),
        Way("our clock again (A/A)", TICKETS, lambda: ours(start, other)),
        Way("our clock, edges off the grid", TICKETS, lambda: odd(start, other)),
        Way(SINGLE, FEW, lambda: each(ours, pairs)),
        Way("NumPy busday", TICKETS, lambda: busday(start, other)),
        Way("Helpdesk's loop", FEW, lambda: each(helpdesk, local_pairs)),
        Way("ERPNext's loop", FEW, lambda: each(erpnext, local_pairs)),
        Way("businesstimedelta", CHECKED, lambda: each(rules, local_checked)),
    )
    timings.print("ticket")
    goals = GOALS[question]
    verdicts.at_most(
        "a million, ours to one pass over memory", timings.ratio(OURS, FLOOR), 40, goals["floor"]
    )
    verdicts.at_least(
        "a million, Helpdesk's loop to ours", timings.ratio("Helpdesk's loop", OURS), 2_000, 3_000
    )
    verdicts.at_least(
        "a million, NumPy busday to ours", timings.ratio("NumPy busday", OURS), None, goals["busday"]
    )
    verdicts.at_least(
        "one at a time, Helpdesk's loop to ours", timings.ratio("Helpdesk's loop", SINGLE), 40, 150
    )


def scaling(clock: Clock) -> None:
    """What must not grow: the cost of a ticket with its length, and of an item with the batch."""
    start, stop = tickets(clock, 4 * TICKETS)
    brief = [(one, one + 300) for one in start[:FEW].tolist()]
    long = [(one, one + 60 * DAY) for one in start[:FEW].tolist()]
    timings = Timings(
        SEED,
        Way("5 minutes", FEW, lambda: each(clock.elapsed, brief)),
        Way("60 days", FEW, lambda: each(clock.elapsed, long)),
        Way("N", 1, lambda: clock.elapsed(start[:TICKETS], stop[:TICKETS])),
        Way("4N", 1, lambda: clock.elapsed(start, stop)),
        Way("compile", 1, lambda: office_hours("09:00-17:00").compile(*DAYS)),
    )
    print("\ngrowth")
    print(f"  a ticket of 60 days to one of 5 minutes    {timings.ratio('60 days', '5 minutes')}")
    print(f"  time(4N) / time(N), N = a million          {timings.ratio('4N', 'N')}")
    print(f"  compiling four years                       {timings.micros('compile') / 1e3:.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
