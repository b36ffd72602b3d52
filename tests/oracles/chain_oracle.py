"""Verdicts of chains on random agreements, beside those of an oracle that has nothing in common with the solver.

    python tests/oracles/chain_oracle.py 10000

The oracle walks single cases through single windows of opening hours, one start after the other. All hours and budgets are
whole half-hours or whole days, so that between two half-hours nothing changes: it looks at every half-hour, and at the second
after it. Hours are in several zones, in one of which the clocks are put forward on the first Sunday; which half-hours are open
is read off the wall.
What is certain of shares it takes from the worst of all joint distributions: for two legs that miss cases by a maximum flow,
which is the linear program of that question; for more by enumeration, with random joint distributions beside it that never
go below.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time as wall_time, timedelta
from fractions import Fraction
from functools import cache
from itertools import count, product
from math import prod
from zoneinfo import ZoneInfo

from sm_planner.engine.chain import ChainResult, Feasibility, Leg, chains
from sm_planner.engine.model import (
    WEEKDAYS,
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CalendarWindow,
    Component,
    Plan,
    Service,
    Supplier,
    SupportTier,
    Team,
)
from sm_planner.engine.model.vocabulary import AVERAGE
from sm_planner.engine.service_time.days import Budget, Days

HALF = 1_800
MONDAY = date(2027, 3, 22)
ZONES = ("UTC", "Europe/Berlin", "Asia/Kolkata")
SHARES = (50, 80, 90, 95, 99, None)
ONE = Fraction(1)


# What is made up


@dataclass(frozen=True)
class Row:
    """This share of cases within so many half-hours of a calendar, or so many days in a unit of days."""

    calendar: int
    length: int | Fraction
    share: Fraction
    days: str = ""

    @property
    def budget(self) -> Budget:
        return Days(self.length, self.days == "Business Days") if self.days else int(self.length * HALF)


@dataclass
class Party:
    """What a party promises: rows of each metric; none where it promises nothing of the kind. mean: an average, in half-hours,
    in its own calendar, in the place of the rows of its time to solve."""

    id: str
    calendar: int
    solves: list[Row] = field(default_factory=list)
    hands_over: list[Row] = field(default_factory=list)
    responds: list[Row] = field(default_factory=list)
    mean: int | None = None


@dataclass
class Made:
    """A random chain. hours: of each calendar, for each day of the week, its windows in half-hours. tiers: the parties of
    each. parts: who runs each part, one after the other. promise: of the SLA; average: whether it is one. zones: of each
    calendar."""

    hours: list[list[list[tuple[int, int]]]]
    tiers: list[list[Party]]
    parts: list[list[Party]]
    promise: Row
    days: int
    average: bool = False
    zones: list[str] = field(default_factory=lambda: ["UTC"] * 4)

    @property
    def parties(self) -> dict[str, Party]:
        every = [party for group in (*self.tiers, *self.parts) for party in group]
        return {party.id: party for party in every}

    @property
    def in_days(self) -> bool:
        promised = (row for party in self.parties.values() for row in (*party.solves, *party.hands_over))
        return any(row.days for row in (self.promise, *promised))


def varied(chance: random.Random) -> Made:
    """A random chain in several zones, some of whose promises are in days; averages, of which days stand alone, are not."""
    chain = made(chance)
    chain.zones = [chance.choice(ZONES) for _ in chain.hours]
    if chain.average or chance.random() < 0.5:
        return chain
    if chance.random() < 0.6:
        chain.promise = _in_days(chance, chain.promise, 9)
    for party in chain.parties.values():
        for rows in (party.solves, party.hands_over, party.responds):
            rows[:] = [_in_days(chance, row, 4) if chance.random() < 0.3 else row for row in rows]
    return chain


def _in_days(chance: random.Random, row: Row, most: int) -> Row:
    return replace(row, length=chance.randrange(1, most), days=chance.choice(("Days", "Business Days")))


def made(chance: random.Random) -> Made:
    hours = [[[(0, 48)]] * 7, *(_hours(chance) for _ in range(3))]
    average = chance.random() < 0.15
    same = chance.random() < 0.6
    calendar = chance.randrange(4)

    def hours_of() -> int:
        return calendar if same else chance.randrange(4)

    teams = [_party(chance, f"team{number}", hours_of(), average) for number in range(4)]
    makers = [_party(chance, f"maker{number}", hours_of(), average) for number in range(2)]
    staffed = chance.sample(teams, chance.randrange(4))
    tiers: list[list[Party]] = []
    for team in staffed:
        if tiers and len(tiers[-1]) == 1 and chance.random() < 0.2:
            tiers[-1].append(team)
        else:
            tiers.append([team])
    runs = [
        chance.choice(([chance.choice(makers)], [chance.choice(teams)], [teams[3], makers[0]]))
        for _ in range(chance.choice((1, 1, 2)))
    ]
    share = ONE if average or chance.random() < 0.4 else Fraction(chance.choice((50, 70, 80, 90, 95)), 100)
    return Made(
        hours, tiers, runs, Row(calendar, chance.randrange(1, 60), share), chance.choice((1, 2)), average
    )


def _hours(chance: random.Random) -> list[list[tuple[int, int]]]:
    """Two to six days with a window or two, and four hours a week at least."""
    open_days = chance.sample(range(7), chance.randrange(2, 7))
    week: list[list[tuple[int, int]]] = []
    for day in range(7):
        edges = sorted(chance.sample(range(49), chance.choice((2, 2, 4)))) if day in open_days else []
        week.append([(edges[place], edges[place + 1]) for place in range(0, len(edges), 2)])
    open_halves = sum(closes - opens for day in week for opens, closes in day)
    return week if open_halves >= 8 else _hours(chance)


def _party(chance: random.Random, id: str, calendar: int, average: bool) -> Party:
    party = Party(id, calendar)
    if chance.random() < 0.9:
        party.solves = _rows(chance, calendar, 16, chance.random() < 0.45 and not average)
    if chance.random() < 0.5:
        party.hands_over = _rows(chance, calendar, 5, chance.random() < 0.3 and not average)
    if chance.random() < 0.3:
        party.responds = _rows(chance, calendar, 4, False)
    if average and party.solves and chance.random() < 0.6:
        party.mean = chance.randrange(1, 12)
    return party


def _rows(chance: random.Random, calendar: int, most: int, shared: bool) -> list[Row]:
    if not shared:
        return [Row(calendar, chance.randrange(1, most), ONE)]
    shares = sorted(
        Fraction(share or 100, 100) for share in chance.sample(SHARES, chance.choice((1, 1, 2, 3)))
    )
    halves = sorted(chance.randrange(1, 2 * most) for _ in shares)
    elsewhere = chance.random() < 0.2
    return [
        Row(chance.randrange(4) if elsewhere else calendar, half, share)
        for half, share in zip(halves, shares, strict=True)
    ]


def plan_of(chain: Made) -> Plan:
    """The plan in which somebody would write this down."""

    def targets(metric: str, rows: Sequence[Row]) -> Iterator[AgreementTarget]:
        for row in rows:
            share = None if row.share == ONE else float(100 * row.share)
            yield AgreementTarget(
                metric=metric,
                value=row.length if row.days else row.length / 2,
                unit=row.days or "Hours",
                calendar=f"hours{row.calendar}",
                share_of_cases=share,
            )

    def agreement(party: Party) -> Agreement:
        kind, side = ("OLA", "team") if party.id.startswith("team") else ("UC", "supplier")
        solving = targets("Resolution", party.solves)
        if party.mean is not None:
            mean = Row(party.calendar, party.mean, ONE)
            solving = (
                AgreementTarget(**{**vars(target), "statistic": AVERAGE})
                for target in targets("Resolution", [mean])
            )
        rows = (*solving, *targets("Hand-over", party.hands_over), *targets("Response", party.responds))
        return Agreement(
            id=f"of-{party.id}",
            kind=kind,
            service_hours=f"hours{party.calendar}",
            targets=rows,
            **{side: party.id},
        )

    (promise,) = targets("Resolution", [chain.promise])
    if chain.average:
        promise = AgreementTarget(**{**vars(promise), "statistic": AVERAGE})
    parties = chain.parties.values()
    return Plan(
        id="p",
        period_start=MONDAY,
        calendars=tuple(
            _calendar(number, week, zone)
            for number, (week, zone) in enumerate(zip(chain.hours, chain.zones, strict=True))
        ),
        teams=tuple(Team(id=party.id) for party in parties if party.id.startswith("team")),
        suppliers=tuple(Supplier(id=party.id) for party in parties if party.id.startswith("maker")),
        services=(
            Service(
                id="service",
                support_tiers=tuple(
                    SupportTier(tier=number, team=team.id)
                    for number, tier in enumerate(chain.tiers, 1)
                    for team in tier
                ),
            ),
        ),
        components=tuple(
            Component(
                id=f"part{number}",
                services=("service",),
                **{"team" if one.id.startswith("team") else "supplier": one.id for one in runners},
            )
            for number, runners in enumerate(chain.parts)
        ),
        agreements=(
            Agreement(
                id="sla",
                kind="SLA",
                start_date=MONDAY,
                end_date=MONDAY + timedelta(days=chain.days - 1),
                service_hours=f"hours{chain.promise.calendar}",
                scope=(AgreementScope(service="service"),),
                targets=(promise,),
            ),
            *map(agreement, parties),
        ),
    )


def _calendar(number: int, week: list[list[tuple[int, int]]], zone: str) -> Calendar:
    def clock(half: int) -> str:
        return f"{half // 2:02}:{half % 2 * 30:02}"

    windows = tuple(
        CalendarWindow(weekday=WEEKDAYS[day], opens=clock(opens), closes=clock(closes))
        for day, found in enumerate(week)
        for opens, closes in found
    )
    return Calendar(id=f"hours{number}", timezone=zone, windows=windows)


# What is to come out


@dataclass
class Expected:
    """readings: what share of cases is certain in a reading, and if misses are independent; where cases are judged."""

    verdict: Feasibility
    readings: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)


class Oracle:
    """Walks cases through a chain that was made up."""

    def __init__(self, chain: Made) -> None:
        self.chain = chain
        self._walked: dict[tuple[Row, int], int] = {}
        self._open: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def day(self, calendar: int, day: int) -> list[tuple[int, int]]:
        """The open windows of a calendar on a local day, the first Monday being 0."""
        if (calendar, day) not in self._open:
            edges = on_the_wall(self.chain.zones[calendar], day)
            found = [(edges[opens], edges[closes]) for opens, closes in self.chain.hours[calendar][day % 7]]
            self._open[calendar, day] = [(opens, closes) for opens, closes in found if opens < closes]
        return self._open[calendar, day]

    def days(self, calendar: int, at: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """The days of a calendar that are open after an instant, one after the other, with their windows."""
        zone = ZoneInfo(self.chain.zones[calendar])
        for day in count((datetime.fromtimestamp(at, zone).date() - MONDAY).days):
            windows = self.day(calendar, day)
            if windows and windows[-1][1] > at:
                yield day, windows

    def windows(self, calendar: int, at: int) -> Iterator[tuple[int, int]]:
        """The open windows of a calendar from an instant on, one after the other."""
        for _, windows in self.days(calendar, at):
            yield from ((max(opens, at), closes) for opens, closes in windows if closes > at)

    def walk(self, row: Row, at: int) -> int:
        """When somebody who begins at an instant has worked so long, resting while it is closed."""
        if (row, at) not in self._walked:
            self._walked[row, at] = self._in_days(row, at) if row.days else self._in_halves(row, at)
        return self._walked[row, at]

    def _in_halves(self, row: Row, at: int) -> int:
        left = row.budget
        for begun, closes in self.windows(row.calendar, at):
            if closes - begun >= left:
                return begun + left
            left -= closes - begun
        raise AssertionError

    def _in_days(self, row: Row, at: int) -> int:
        """The day of the beginning does not count. Business days are those that are open; of other days the last has to be
        open, or the next that is counts."""
        begun, _ = next(self.days(row.calendar, at))
        for number, (day, windows) in enumerate(self.days(row.calendar, at)):
            if (number if row.days == "Business Days" else day - begun) >= row.length:
                return windows[-1][1]
        raise AssertionError

    def starts(self, every: int = HALF) -> Iterator[int]:
        """Every half-hour in which the clock of the promise runs, and the second after it; or after so many seconds."""
        for day in range(self.chain.days):
            for opens, closes in self.day(self.chain.promise.calendar, day):
                for at in range(opens, closes, every):
                    yield at
                    yield at + 1

    def ways(self, at_once: bool) -> tuple[list[list[list[list[Row]]]], bool]:
        """The ways of a case as stages, in each the teams side by side with their rows; and whether all is known.

        A case goes from tier to tier until one solves it, or to those who run a part.
        """
        ways, before, known = [], [], True
        asked: set[str] = set()
        for tier in self.chain.tiers:
            solving, keeping = [], []
            for team in tier:
                kept = team.hands_over or ([] if team.solves else team.responds)
                if team.solves:
                    solving.append(team.solves)
                    if not kept and not at_once:
                        kept = team.solves
                elif not kept:
                    known = False
                if kept:
                    keeping.append(kept)
                if team.solves or kept:
                    asked.add(team.id)
            if solving:
                ways.append([*before, solving])
            if keeping:
                before = [*before, keeping]
        ended = False
        for runners in self.chain.parts:
            if any(not runner.solves for runner in runners):
                known = False
            asked_now = [runner for runner in runners if runner.solves and runner.id not in asked]
            if asked_now:
                ended = True
                ways.append([*before, *([runner.solves] for runner in asked_now)])
        if not ended and before:
            ways.append(before)
        return ways, known

    def share(self, way: list[list[list[Row]]], start: int) -> tuple[Fraction, Fraction]:
        """The share of cases that is certain to be in time, and that if misses are independent, on a way and from a start."""
        due = self.walk(self.chain.promise, start)
        legs = [rows for stage in way for rows in stage]
        outcomes = [range(len(rows)) for rows in legs]
        in_time = {outcome for outcome in product(*outcomes) if self._ended(way, start, iter(outcome)) <= due}
        independent = sum(
            (prod(_mass(rows, row) for rows, row in zip(legs, outcome, strict=True)) for outcome in in_time),
            Fraction(0),
        )
        return worst_of_all(legs, in_time), independent

    def _ended(self, way: list[list[list[Row]]], at: int, outcome: Iterator[int]) -> int:
        """When a case ends that is, at each leg, as late as a row lets it be: and so no later than a row for more cases."""
        for stage in way:
            at = max(min(self.walk(row, at) for row in rows[next(outcome) :]) for rows in stage)
        return at

    def expected(self) -> Expected:
        if next(self.starts(), None) is None:
            return Expected(Feasibility.UNKNOWN)
        if any(party.mean is not None for party in self.chain.parties.values()):
            return self._averaged()
        told: dict[str, tuple[Fraction, Fraction]] = {}
        known = True
        for reading in ("after", "at once"):
            ways, known = self.ways(reading == "at once")
            if not ways:
                return Expected(Feasibility.UNKNOWN)
            found = [self.share(way, start) for start in self.starts() for way in ways]
            told[reading] = min(one for one, _ in found), min(other for _, other in found)
        promised = self.chain.promise.share
        if told["at once"][1] < promised:
            return Expected(Feasibility.INFEASIBLE, told)
        sure = told["after"][0] >= promised and known
        return Expected(Feasibility.FEASIBLE if sure else Feasibility.UNKNOWN, told)

    def _averaged(self) -> Expected:
        """Averages add up in the same hours; elsewhere nothing is known of them."""
        after, known = self.ways(False)
        legs = [rows for way in after for stage in way for rows in stage]
        if not any(self._mean_of(rows) is not None for rows in legs):
            return self._no_average()
        if any(rows[-1].calendar != self.chain.promise.calendar for rows in legs):
            return Expected(Feasibility.UNKNOWN)
        promised = self.chain.promise.length
        at_once, _ = self.ways(True)
        if max(sum(max(map(self._length, stage)) for stage in way) for way in at_once) > promised:
            return Expected(Feasibility.INFEASIBLE)
        most = max(sum(map(self._most, way)) for way in after)
        return Expected(Feasibility.FEASIBLE if most <= promised and known else Feasibility.UNKNOWN)

    def _no_average(self) -> Expected:
        """No average takes part, so that each case is within its limits."""
        for party in self.chain.parties.values():
            party.mean = None
        return self.expected()

    def _most(self, stage: list[list[Row]]) -> int:
        """The longest average of teams side by side: of what limits each case the longest, of averages all together."""
        of_all = sum if any(self._mean_of(rows) is not None for rows in stage) else max
        return of_all(map(self._length, stage))

    def _mean_of(self, rows: list[Row]) -> int | None:
        """The average that stands in the place of these rows."""
        return next((party.mean for party in self.chain.parties.values() if party.solves is rows), None)

    def _length(self, rows: list[Row]) -> int:
        mean = self._mean_of(rows)
        return rows[-1].length if mean is None else mean


@cache
def on_the_wall(zone: str, day: int) -> tuple[int, ...]:
    """The instants at which the wall shows each half-hour of a local day, or a later one, for the first time; and its end."""
    wanted, where = MONDAY + timedelta(days=day), ZoneInfo(zone)
    begins = int(datetime.combine(wanted, wall_time(), where).timestamp())
    shown = [(at, datetime.fromtimestamp(at, where)) for at in range(begins, begins + 51 * HALF, HALF)]
    return tuple(
        next(at for at, one in shown if one.date() > wanted or 2 * one.hour + one.minute // 30 >= half)
        for half in range(49)
    )


def worst_of_all(legs: list[list[Row]], in_time: set[tuple[int, ...]]) -> Fraction:
    """The least share in time of all joint distributions whose cases are as late as each leg's rows let them be."""
    loose = [place for place, rows in enumerate(legs) if len(rows) > 1 or rows[-1].share < ONE]
    if len(loose) == 2:
        first, second = loose
        masses = [[*(_mass(legs[leg], row) for row in range(len(legs[leg])))] for leg in loose]
        for of_leg in masses:
            of_leg.append(ONE - sum(of_leg))

        def late(one: int, other: int) -> bool:
            outcome = [0] * len(legs)
            outcome[first], outcome[second] = one, other
            return tuple(outcome) not in in_time

        return ONE - flow(*masses, late)
    best = Fraction(0)
    for outcome in in_time:
        sure = sum(
            (rows[row].share for rows, row in zip(legs, outcome, strict=True)), Fraction(1 - len(legs))
        )
        best = max(best, sure)
    return best


def flow(supply: list[Fraction], demand: list[Fraction], joined) -> Fraction:
    """The most that flows from supplies to demands along what is joined: how much can be late together."""
    supply, demand = list(supply), list(demand)
    sent = [[Fraction(0)] * len(demand) for _ in supply]
    total = Fraction(0)
    while path := _path(supply, demand, sent, joined):
        amount = min(supply[path[0]], demand[path[-1]])
        amount = min([amount, *(sent[path[at + 1]][path[at]] for at in range(1, len(path) - 1, 2))])
        for at in range(0, len(path) - 1, 2):
            sent[path[at]][path[at + 1]] += amount
        for left, right in ((path[at + 1], path[at]) for at in range(1, len(path) - 1, 2)):
            sent[left][right] -= amount
        supply[path[0]] -= amount
        demand[path[-1]] -= amount
        total += amount
    return total


def _path(supply, demand, sent, joined) -> list[int] | None:
    """A way on which more flows: left, right, left, right … from a supply that is left to a demand that is open."""
    heads = [[left] for left, amount in enumerate(supply) if amount]
    seen_left, seen_right = {path[0] for path in heads}, set()
    while heads:
        path = heads.pop()
        for right in range(len(demand)):
            if right in seen_right or not joined(path[-1], right):
                continue
            seen_right.add(right)
            if demand[right]:
                return [*path, right]
            for left in range(len(supply)):
                if left not in seen_left and sent[left][right]:
                    seen_left.add(left)
                    heads.append([*path, right, left])
    return None


def _mass(rows: list[Row], row: int) -> Fraction:
    return rows[row].share - (rows[row - 1].share if row else 0)


# Both beside each other


def judged(chain: Made) -> ChainResult:
    (result,) = chains(plan_of(chain), MONDAY)
    return result


def differences(chain: Made, result: ChainResult, chance: random.Random) -> Iterator[str]:
    """What the engine says otherwise than the oracle."""
    oracle = Oracle(chain)
    expected = oracle.expected()
    if result.verdict is not expected.verdict:
        yield f"verdict {result.verdict.value}, expected {expected.verdict.value}"
    for reading, composed in (("after", result.composed), ("at once", result.composed_at_once)):
        if composed and expected.readings:
            certain, independent = expected.readings[reading]
            if (composed.certain, composed.independent) != (certain, independent):
                yield f"{reading}: {composed.certain}, {composed.independent} not {certain}, {independent}"
    yield from _slacks(oracle, result)
    if composed := result.composed:
        yield from _simulated(oracle, result, chance)
        yield from _remedied(oracle, result)
    else:
        yield from _shortened(oracle, result)


def _slacks(oracle: Oracle, result: ChainResult) -> Iterator[str]:
    """The least slack where all cases are promised and nothing is an average."""
    if oracle.chain.average and any(leg.average for leg in result.legs):
        return
    for timing, at_once in ((result.timing, False), (result.at_once, True)):
        if timing is None:
            continue
        ways, _ = oracle.ways(at_once)
        least = min(
            oracle.walk(oracle.chain.promise, start) - oracle._ended(way, start, iter([-1] * 9))
            for start in oracle.starts()
            for way in ways
        )
        # Between the instants that the oracle looks at, a slack may be less than at them by what is left of the half-hour.
        if not least - HALF < timing.solution.worst_slack <= least or (least < 0) != bool(
            timing.solution.late
        ):
            yield f"slack {timing.solution.worst_slack}, expected {least}"


def _simulated(oracle: Oracle, result: ChainResult, chance: random.Random) -> Iterator[str]:
    """Random joint distributions of a hundred cases at the worst start never go below what is certain."""
    start = result.composed.worst_start
    due = oracle.walk(oracle.chain.promise, start)
    for way in oracle.ways(False)[0]:
        legs = [rows for stage in way for rows in stage]
        columns = [_hundred(rows) for rows in legs]
        certain = Fraction(100)
        for _ in range(5):
            for column in columns:
                chance.shuffle(column)
            ended = (
                None not in case and oracle._ended(way, start, iter(case)) <= due
                for case in zip(*columns, strict=True)
            )
            certain = min(certain, Fraction(sum(ended), 100))
        if certain < result.composed.certain:
            yield f"simulated {certain} below {result.composed.certain}"


def _hundred(rows: list[Row]) -> list[int | None]:
    """A hundred cases by the row that each just keeps; None for one that ends never."""
    cases: list[int | None] = []
    for row in range(len(rows)):
        cases += [row] * int(100 * _mass(rows, row))
    return cases + [None] * (100 - len(cases))


def _shortened(oracle: Oracle, result: ChainResult) -> Iterator[str]:
    """A time that would be enough for all cases is, and a minute or a day more is not: looked at every minute, as all hours
    and budgets now are of whole minutes."""
    told = result.told_timing
    if told is None or told.feasible or any(leg.average for leg in result.legs):
        return

    def in_time(way: list, start: int) -> bool:
        return oracle._ended(way, start, iter([-1] * 9)) <= oracle.walk(oracle.chain.promise, start)

    yield from _longest(oracle, _promised(oracle.chain, told.guilty.leg), told.remedy, in_time)


def _longest(
    oracle: Oracle, rows: list[Row], remedy: Budget | None, in_time: Callable[[list, int], bool]
) -> Iterator[str]:
    """What differs if a remedy is not the longest time for the last of the rows with which all is in time."""
    before, ways = rows[-1], oracle.ways(False)[0]

    def enough(units: int) -> bool:
        rows[-1] = replace(before, length=units if before.days else Fraction(60 * units, HALF))
        starts = oracle.starts(HALF if before.days else 60)
        kept = all(in_time(way, start) for start in starts for way in ways)
        rows[-1] = before
        return kept

    if remedy is None:
        if enough(0 if before.days else 1):
            yield "a remedy is missing"
        return
    units = remedy.count if before.days else remedy // 60
    if not enough(units) or enough(units + 1):
        yield f"{remedy} is not what would be enough"


def _promised(chain: Made, leg: Leg) -> list[Row]:
    """The rows of which a leg was made."""
    party = chain.parties[leg.agreement.id.removeprefix("of-")]
    metric = leg.target.metric
    return {"Resolution": party.solves, "Hand-over": party.hands_over, "Response": party.responds}[metric]


def _remedied(oracle: Oracle, result: ChainResult) -> Iterator[str]:
    """A share that would be enough is, and nothing less is; or else a time, and nothing more."""
    told = result.told_share
    if told is None or told.kept:
        return
    rows = _promised(oracle.chain, told.costliest)
    if told.remedy_share is None:
        promised = oracle.chain.promise.share
        yield from _longest(
            oracle, rows, told.remedy_budget, lambda way, start: _bonferroni(oracle, way, start) >= promised
        )
        return
    place = next(
        at
        for at, row in enumerate(rows)
        if (f"hours{row.calendar}", row.budget, row.share) == told.remedy_row[1:]
    )
    before = list(rows)
    for share, enough in ((told.remedy_share, True), (told.remedy_share - Fraction(1, 1_000), False)):
        if share <= rows[place].share and not enough:
            continue
        changed = [row for row in before if row.share < share and row is not before[place]]
        changed += [replace(before[place], share=share)]
        changed += [row for row in before if row.share > share and row is not before[place]]
        rows[:] = changed
        ways, _ = oracle.ways(False)
        certain = min(
            max(_bonferroni(oracle, way, start), Fraction(0)) for start in oracle.starts() for way in ways
        )
        if (certain >= oracle.chain.promise.share) is not enough:
            yield f"with {share}: {certain}"
    rows[:] = before


def _bonferroni(oracle: Oracle, way: list, start: int) -> Fraction:
    due = oracle.walk(oracle.chain.promise, start)
    legs = [rows for stage in way for rows in stage]
    sure = [
        sum((rows[row].share for rows, row in zip(legs, outcome, strict=True)), Fraction(1 - len(legs)))
        for outcome in product(*(range(len(rows)) for rows in legs))
        if oracle._ended(way, start, iter(outcome)) <= due
    ]
    return max(sure, default=Fraction(0))


def compare(number: int, seed: int) -> tuple[Counter[str], list[str]]:
    """What came out for so many random agreements, and what differs."""
    counts: Counter[str] = Counter()
    found: list[str] = []
    for place in range(number):
        chance = random.Random(f"{seed}-{place}")  # noqa: S311 - an experiment, no secret
        chain = varied(chance)
        result = judged(chain)
        kind = "average" if chain.average else "shares" if result.composed else "all cases"
        counts[f"{kind}: {result.verdict.value}"] += 1
        counts["both readings"] += bool(result.at_once or result.composed_at_once)
        counts["in days"] += chain.in_days
        counts["several zones"] += len(_zones(chain, result)) > 1
        found += [f"{seed}-{place}: {one}" for one in differences(chain, result, chance)]
    return counts, found


def _zones(chain: Made, result: ChainResult) -> set[str]:
    calendars = (int(row.calendar.removeprefix("hours")) for leg in result.legs for row in leg.rows)
    return {chain.zones[calendar] for calendar in (chain.promise.calendar, *calendars)}


def main(number: int = 10_000, seed: int = 20_270_104) -> int:
    begun = time.monotonic()
    counted, found = compare(number, seed)
    for kind, number_of in sorted(counted.items()):
        print(f"{kind:24} {number_of:7,}")
    print(f"{number:,} random agreements, {len(found)} differences, {time.monotonic() - begun:.0f} s")
    print(*found[:20], sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
