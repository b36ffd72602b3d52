"""A plain oracle of attainment: random plans and logs, judged one ticket at a time in Python and Fractions.

    python tests/unit/attainment/attainment_oracle.py 10000

judges so many random logs by the oracle and by the engine, and ends with an error where they differ. It shares nothing with
the engine but the model: hours are laid out day by day, deadlines are walked to, periods are counted from their names.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sm_planner.engine.agreements.breaches import due
from sm_planner.engine.attainment import LogMap, Outcome, State, by_period, evaluate, parse_log, tickets_of
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
from sm_planner.engine.model.agreements import AgreementCharge, AgreementConsequence

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STATES = {"new": State.NEW, "work": State.WORKING, "wait": State.WAITING, "done": State.RESOLVED}
ZONES = ("UTC", "Europe/Berlin", "America/New_York")
FIRST, DAYS = date(2026, 2, 20), 60
SERVICES = ("mail", "web")
HOURS = {
    "office": [(day, time(9), time(17)) for day in range(5)],
    "long": [(day, time(7), time(20, 30)) for day in range(6)],
    "split": [(day, *part) for day in (0, 2, 4) for part in ((time(8), time(12)), (time(13), time(16)))],
    "always": [(day, time(0), None) for day in range(7)],
}
HOLIDAYS = {
    "office": (date(2026, 3, 6), date(2026, 3, 9)),
    "long": (),
    "split": (date(2026, 4, 3),),
    "always": (),
}
SECONDS = {"Minutes": 60, "Hours": 3600}


class Case(NamedTuple):
    plan: Plan
    events: list[tuple[str, int, str, str, str]]
    """Ticket, Unix time, state, priority, service; in the order of time."""
    zone: str
    until: int
    today: date


# Random cases


def case(seed: int) -> Case:
    chance = random.Random(seed)  # noqa: S311 - a plan and a log, no secret
    zone = chance.choice(ZONES)
    calendars = tuple(_calendar(id, chance.choice(ZONES)) for id in HOURS)
    agreements = [_agreement(chance, f"sla-{number}") for number in range(chance.randint(1, 3))]
    if chance.random() < 0.4:
        general = _without_scope(_agreement(chance, "general"))
        child = chance.randrange(len(agreements))
        agreements[child] = _beneath(agreements[child])
        agreements.append(general)
    plan = Plan(
        id="plan",
        calendars=calendars,
        agreements=tuple(agreements),
        services=tuple(Service(id=one) for one in SERVICES),
    )
    begin = int(datetime.combine(FIRST, time(0), ZoneInfo("UTC")).timestamp())
    events = []
    for number in range(chance.randint(1, 14)):
        first = chance.randrange(DAYS * 48)
        at = begin + first * 900
        state, service = "new" if chance.random() < 0.95 else "work", chance.choice(SERVICES)
        priority = chance.choice(("", "P1", "P2", "P3"))
        for _ in range(chance.randint(1, 7)):
            events.append((f"t{number}", at, state, priority, service))
            at += 900 * chance.choice((1, 2, 4, 8, 30, 60, 96, 200))
            state = chance.choice(("work", "wait", "done", "done", "new"))
            priority = chance.choice(("", "", priority, "P1", "P2", "P3"))
    events.sort(key=lambda one: one[1])
    until = events[-1][1] if chance.random() < 0.5 else begin + chance.randint(20, DAYS) * 86_400
    today = FIRST + timedelta(days=chance.choice((15, 40, DAYS, 200)))
    return Case(plan, events, zone, until, today)


def _calendar(id: str, zone: str) -> Calendar:
    return Calendar(
        id=id,
        timezone=zone,
        windows=tuple(
            CalendarWindow(
                weekday=WEEKDAYS[day], opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}" if closes else "24:00"
            )
            for day, opens, closes in HOURS[id]
        ),
        holidays=tuple(CalendarHoliday(day=day) for day in HOLIDAYS[id]),
    )


def _agreement(chance: random.Random, id: str) -> Agreement:
    return Agreement(
        id=id,
        kind="SLA",
        service_hours=chance.choice(list(HOURS)),
        scope=tuple(
            AgreementScope(service=one, support_hours=chance.choice(("", "", *HOURS)))
            for one in chance.sample(SERVICES, chance.randint(1, 2))
        ),
        targets=tuple(_target(chance) for _ in range(chance.randint(1, 4))),
        priority_change=chance.choice(("", "Clock Goes On", "Clock Starts Again", "First Target Stays")),
        consequences=tuple(_consequence(chance) for _ in range(chance.randint(0, 4))),
        charges=tuple(
            AgreementCharge(
                charge=f"charge {number}",
                price=chance.choice((None, 0.0, 120.0, 99.5)) if chance.random() < 0.4 else 300.0,
                per=chance.choice(("Once", "Case", "Month", "Quarter", "Year")),
                service=chance.choice(("", *SERVICES)),
            )
            for number in range(chance.randint(0, 2))
        ),
        unit_cost=chance.choice((None, 50.0)),
    )


def _without_scope(agreement: Agreement) -> Agreement:
    return replace(agreement, scope=())


def _beneath(agreement: Agreement) -> Agreement:
    """One that says nothing itself but what it covers, and so holds as the general agreement says."""
    return Agreement(id=agreement.id, kind="SLA", scope=agreement.scope, general_agreement="general")


def _target(chance: random.Random) -> AgreementTarget:
    unit = chance.choice(("Hours", "Hours", "Minutes", "Business Days", "Days", "Weeks"))
    value = {"Hours": (0.5, 2, 8, 16), "Minutes": (30, 90), "Weeks": (1,)}.get(unit, (1, 2, 5))
    is_average = chance.random() < 0.25
    return AgreementTarget(
        metric=chance.choice(("Response", "Resolution", "Resolution")),
        priority=chance.choice(("", "P1", "P2")),
        service=chance.choice(("", "", "", *SERVICES)),
        value=float(chance.choice(value)),
        unit=unit,
        statistic="Average" if is_average else chance.choice(("", "Each Case")),
        bound=chance.choice((None, 4.0, 10.0)) if is_average else None,
        share_of_cases=None if is_average else chance.choice((None, None, 80.0, 90.0, 66.6, 100.0)),
        calendar=chance.choice(("", "", "always", "office")),
        measured_over=chance.choice(("", "Weekly", "Monthly", "Quarterly", "Yearly", "Daily")),
        breach_after=chance.choice((None, 1, 2, 3)),
        breach_within=chance.choice((None, None, 3, 4)),
    )


def _consequence(chance: random.Random) -> AgreementConsequence:
    return AgreementConsequence(
        metric=chance.choice(("", "Response", "Resolution")),
        priority=chance.choice(("", "", "P1")),
        worse_than=chance.choice((None, 1.0, 5.0, 12.0)),
        credit_percent=chance.choice((None, 5.0, 12.5)),
        note=chance.choice(("", "plan")),
    )


# The oracle


def expected(one: Case) -> dict:
    """(agreement, number of the target) → rows of (first day, met, missed, pending, averaged, others, value, kept, dues)."""
    agreements = {agreement.id: agreement for agreement in one.plan.agreements}
    found = {}
    for agreement in one.plan.agreements:
        terms = _as_it_holds(agreement, agreements.get(agreement.general_agreement))
        for number, target in enumerate(terms.targets):
            rows = _rows(one, agreement, terms, target)
            if rows:
                found[agreement.id, number] = _periods(one, agreement, terms, target, rows)
    return found


def _as_it_holds(agreement: Agreement, general: Agreement | None) -> Agreement:
    """What the general agreement says, but for services that the one beneath it does not cover."""
    if general is None:
        return agreement
    covered = ("", *(row.service for row in agreement.scope))
    return replace(
        general,
        targets=tuple(one for one in general.targets if one.service in covered),
        charges=tuple(one for one in general.charges if one.service in covered),
    )


def _rows(one: Case, agreement: Agreement, terms: Agreement, target: AgreementTarget) -> list[tuple]:
    """Of each ticket that the target counts for: start, verdict, what it took in the unit of the target, whether it ended."""
    rows = []
    for id in sorted({event[0] for event in one.events}):
        own = [event for event in one.events if event[0] == id and event[1] <= one.until]
        if not own or own[0][2] != "new":
            continue  # it is not known when it began
        service = own[-1][4]
        scope = [row for row in agreement.scope if row.service == service]
        if not scope:
            continue
        start, end, pauses = _times(own, target.metric)
        priority, begin = _by_rule(terms.priority_change, own, start, end)
        if not any(held is target for held in _held(terms, target.metric, service, priority)):
            continue
        calendar = target.calendar or scope[0].support_hours or terms.service_hours
        rows.append((start, *_verdict(one, target, calendar, begin, end, pauses)))
    return rows


def _times(own: list[tuple], metric: str) -> tuple[int, int | None, list[tuple[int, int]]]:
    """Start, end, and when the clock stood still."""
    states = [event[2] for event in own]
    open_rows = [number for number, state in enumerate(states) if state != "done"]
    tail = open_rows[-1] + 1 if open_rows else 0
    pauses = [
        (event[1], own[number + 1][1] if number + 1 < len(own) else 1 << 50)
        for number, event in enumerate(own)
        if event[2] == "wait" or (event[2] == "done" and number < tail)
    ]
    if metric == "Response":
        end = next((event[1] for event in own if event[2] != "new"), None)
    else:
        end = own[tail][1] if tail < len(own) else None
    return own[0][1], end, pauses


def _by_rule(rule: str, own: list[tuple], start: int, end: int | None) -> tuple[str, int]:
    """The priority that counts, and when its clock began."""
    named = [(event[1], event[3]) for event in own if event[3]]
    if not named:
        return "", start
    if not rule:
        return named[-1][1], start
    priority, begin = named[0][1], start
    for at, said in named:
        if said != priority and (end is None or at < end) and rule != "First Target Stays":
            priority = said
            if rule == "Clock Starts Again":
                begin = at
    return priority, begin


def _held(terms: Agreement, metric: str, service: str, priority: str) -> list[AgreementTarget]:
    for place in ((service, priority), (service, ""), ("", priority), ("", "")):
        held = [one for one in terms.targets if one.metric == metric and (one.service, one.priority) == place]
        if held:
            return held
    return []


_LAID: dict[tuple[str, str], list[tuple[date, int, int]]] = {}


def _opening(id: str, zone: str) -> list[tuple[date, int, int]]:
    """Each opening of the calendar: the day, and from when to when."""
    if (id, zone) not in _LAID:
        found, where = [], ZoneInfo(zone)
        for number in range(-5, 150):
            day = FIRST + timedelta(days=number)
            for weekday, opens, closes in HOURS[id]:
                if day.weekday() == weekday and day not in HOLIDAYS[id]:
                    until = (
                        datetime.combine(day, closes, where)
                        if closes
                        else datetime.combine(day + timedelta(days=1), time(0), where)
                    )
                    found.append(
                        (day, int(datetime.combine(day, opens, where).timestamp()), int(until.timestamp()))
                    )
        _LAID[id, zone] = found
    return _LAID[id, zone]


def _runs(openings, start: int, pauses) -> list[tuple[int, int]]:
    """The stretches from the start on in which the clock runs."""
    found = [(max(opens, start), closes) for _, opens, closes in openings if closes > start]
    for begin, stop in pauses:
        found = [
            part
            for opens, closes in found
            for part in ((opens, min(closes, begin)), (max(opens, stop), closes))
            if part[0] < part[1]
        ]
    return found


def _counted(runs, stop: int) -> int:
    return sum(max(0, min(closes, stop) - opens) for opens, closes in runs)


def _walked(runs, seconds: int) -> int:
    """The first instant by which so many seconds have run; of none, when the clock first runs."""
    for opens, closes in runs:
        if seconds == 0:
            return opens
        if seconds <= closes - opens:
            return opens + seconds
        seconds -= closes - opens
    raise AssertionError("laid out too short")


def _day_ends(openings, start: int) -> Iterator[tuple[int, date, int]]:
    """From the day on which something starts: how many open days later, which day, and the seconds open until it closes."""
    known, place, seconds = [], 0, 0
    for day, opens, closes in openings:
        if closes <= start:
            continue
        seconds += closes - max(opens, start)
        if known and known[-1][1] == day:
            known[-1] = (known[-1][0], day, seconds)
        else:
            if known:
                yield known[-1]
            known.append((place, day, seconds))
            place += 1


def _days_end(openings, start: int, runs, count: int, unit: str) -> int:
    """The instant at which a promise of days ends."""
    first = None
    for place, day, seconds in _day_ends(openings, start):
        first = first or day
        if (place if unit == "Business Days" else (day - first).days) >= count:
            return _walked(runs, seconds)
    raise AssertionError("laid out too short")


def _verdict(
    one: Case, target, calendar: str, begin: int, end: int | None, pauses
) -> tuple[str, Fraction, bool]:
    openings = _opening(calendar, one.plan.get("calendars", calendar).timezone)
    ended = end is not None
    stop = end if ended else one.until
    # a pause that has not ended goes on; how far does not matter for what has passed by the stop
    runs = _runs(openings, begin, [(start, min(until, stop + 86_400)) for start, until in pauses])
    limit = target.bound if target.statistic == "Average" else target.value
    if target.unit in SECONDS:
        took = Fraction(_counted(runs, stop), SECONDS[target.unit])
        late = limit is not None and stop > _walked(runs, int(limit * SECONDS[target.unit]))
    else:
        week = 7 if target.unit == "Weeks" else 1
        count = next(n for n in range(500) if stop <= _days_end(openings, begin, runs, n, target.unit))
        took = Fraction(count, week)
        late = limit is not None and stop > _days_end(openings, begin, runs, int(limit * week), target.unit)
    if limit is None:
        return ("averaged" if ended else "pending"), took, ended
    return ("missed" if late else "met" if ended else "pending"), took, ended


def _first_of(over: str, start: int, zone: str) -> tuple[date, date]:
    """First day of the period of a start, and of the one after."""
    day = datetime.fromtimestamp(start, ZoneInfo(zone)).date()
    if over == "Daily":
        return day, day + timedelta(days=1)
    if over == "Weekly":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    if over == "Yearly":
        return date(day.year, 1, 1), date(day.year + 1, 1, 1)
    length = 3 if over == "Quarterly" else 1
    month = (day.month - 1) // length * length + 1
    after = month + length
    return date(day.year, month, 1), date(day.year + after // 13, after if after < 13 else 1, 1)


def _periods(one: Case, agreement, terms, target, rows) -> list[tuple]:
    grouped = defaultdict(list)
    for start, verdict, took, ended in rows:
        grouped[_first_of(target.measured_over, start, one.zone)].append((verdict, took, ended))
    firsts, lines = sorted(grouped), []
    place = firsts[0]
    while place <= firsts[-1]:
        lines.append((place, grouped.get(place, [])))
        noon = int(datetime.combine(place[1], time(12), ZoneInfo(one.zone)).timestamp())
        place = _first_of(target.measured_over, noon, one.zone)
    judged = [(place, found, *_kept(target, found, place[1] <= one.today)) for place, found in lines]
    dues = _dues(replace(terms, unit_cost=agreement.unit_cost), target, judged)  # the cost is nobody else's
    return [
        (
            place[0],
            *(
                sum(verdict == what for verdict, _, _ in found)
                for what in ("met", "missed", "pending", "averaged")
            ),
            value,
            kept,
            dues[number],
        )
        for number, (place, found, value, kept) in enumerate(judged)
    ]


def _kept(target, found, is_over: bool) -> tuple[Fraction | None, bool | None]:
    met = sum(verdict == "met" for verdict, _, _ in found)
    missed = sum(verdict == "missed" for verdict, _, _ in found)
    pending = sum(verdict == "pending" for verdict, _, _ in found)
    if target.statistic == "Average":
        ended = [took for _, took, over in found if over]
        value = sum(ended, Fraction(0)) / len(ended) if ended else None
        if missed:
            return value, False
        if not found or not is_over:
            return value, None
        least = sum((took for _, took, _ in found), Fraction(0)) / len(found)
        if pending == 0:
            return value, least <= Fraction(target.value)
        return value, False if least > Fraction(target.value) else None
    share = Fraction(str(100 if target.share_of_cases is None else target.share_of_cases)) / 100
    times = sorted(took for verdict, took, _ in found if verdict in ("met", "missed"))
    value = None
    if times:
        value = next(took for number, took in enumerate(times, 1) if Fraction(number, len(times)) >= share)
    if not found:
        return value, None
    total = met + missed + pending
    outcomes = {Fraction(met + more, total) >= share for more in range(pending + 1)}
    if is_over:
        return value, outcomes.pop() if len(outcomes) == 1 else None
    return value, False if share == 1 and missed else None


def _dues(terms, target, judged) -> list[list[tuple]]:
    found = []
    states = [True if not rows else kept for _, rows, _, kept in judged]
    need = target.breach_after or 1
    span = max(need, target.breach_within or need)
    for number, (_, rows, value, kept) in enumerate(judged):
        window = states[max(0, number + 1 - span) : number + 1]
        if kept is not False or window.count(False) < need:
            found.append([])
            continue
        tiers = [
            tier
            for tier in terms.consequences
            if tier.metric in ("", target.metric)
            and tier.priority in ("", target.priority)
            and (tier.worse_than is None or (value is not None and value > Fraction(tier.worse_than)))
        ]

        def rank(tier):
            return (
                -1 if tier.worse_than is None else tier.worse_than,
                bool(tier.metric) + bool(tier.priority),
            )

        hardest = max(map(rank, tiers), default=None)
        found.append(
            [(tier, _money(terms, target, tier, len(rows))) for tier in tiers if rank(tier) == hardest]
            or [(None, None)]
        )
    return found


def _money(terms, target, tier, cases: int) -> Fraction | None:
    if not tier.credit_percent:
        return None
    months = {"": 1, "Monthly": 1, "Quarterly": 3, "Yearly": 12}.get(target.measured_over)
    paid = Fraction(0)
    charges = [
        row
        for row in terms.charges
        if row.per != "Once" and not (target.service and row.service not in ("", target.service))
    ]
    for row in charges:
        if row.price is None:
            return None
    if not charges:
        if terms.unit_cost is None or months is None:
            return None
        paid = Fraction(terms.unit_cost) * months
    for row in charges:
        if row.price == 0:
            continue
        if row.per == "Case":
            paid += Fraction(row.price) * cases
        elif months is None:
            return None
        else:
            paid += Fraction(row.price) * months / {"Month": 1, "Quarter": 3, "Year": 12}[row.per]
    return paid * Fraction(tier.credit_percent) / 100


# What the engine says


def found(one: Case) -> dict:
    log_map = LogMap(
        columns={"ticket": "id", "state": "state", "at": "at", "priority": "priority", "service": "service"},
        states=STATES,
        time_format="%Y-%m-%d %H:%M:%S%z",
        timezone=one.zone,
    )
    text = "id,state,at,priority,service\n" + "".join(
        f"{id},{state},{datetime.fromtimestamp(at, ZoneInfo('UTC')):%Y-%m-%d %H:%M:%S}+0000,{priority},{service}\n"
        for id, at, state, priority, service in one.events
    )
    verdicts = evaluate(one.plan, tickets_of(parse_log(text, log_map), one.until), one.until)
    return {
        (lines[0].level.agreement.id, lines[0].level.number): _told(lines)
        for lines in by_period(verdicts, one.today)
    }


def _told(lines) -> list[tuple]:
    dues = defaultdict(list)
    for one in due(line.result for line in lines):
        dues[one.result.period.first].append((one.consequence, one.money))
    assert not any(kind for line in lines for kind in line.not_evaluated if kind is not Outcome.NO_START)
    return [
        (
            line.period.first,
            line.met,
            line.missed,
            line.pending,
            line.averaged,
            line.value,
            line.kept,
            dues[line.period.first],
        )
        for line in lines
    ]


def differences(seed: int) -> list[str]:
    one = case(seed)
    want, got = expected(one), found(one)
    return [
        f"{seed} {key}: {want.get(key)} is not {got.get(key)}"
        for key in dict.fromkeys((*want, *got))
        if want.get(key) != got.get(key)
    ]


def main(count: int) -> int:
    wrong, lines, dues, kept = 0, 0, 0, defaultdict(int)
    for seed in range(count):
        told = differences(seed)
        wrong += bool(told)
        for text in told[:1]:
            print(text)
        for rows in expected(case(seed)).values():
            lines += len(rows)
            dues += sum(map(len, (row[-1] for row in rows)))
            for row in rows:
                kept[row[6]] += 1
    print(f"{count} logs, {lines} periods of targets {dict(kept)}, {dues} dues, {wrong} logs differ")
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000) > 0)
