"""Verdicts: what met and missed mean, why something is not evaluated, and a plain oracle, ticket by ticket."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.agreements.targets import budget
from sm_planner.engine.attainment import (
    MISSING,
    NONE,
    LogMap,
    Outcome,
    State,
    Tickets,
    evaluate,
    parse_log,
    tickets_of,
)
from sm_planner.engine.model import (
    PRIORITIES,
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CalendarWindow,
    Plan,
    Service,
)
from sm_planner.engine.service_time.calendars import hours_of
from sm_planner.engine.service_time.sla_clock_terms import BudgetError, Pauses


def utc(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp())


def office(id: str = "office", timezone: str = "UTC", **rest) -> Calendar:
    return Calendar(
        id=id,
        timezone=timezone,
        windows=tuple(
            CalendarWindow(weekday=weekday, opens="09:00", closes="17:00")
            for weekday in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
        ),
        **rest,
    )


def target(value: float, priority: str = "", metric: str = "Resolution", **rest) -> AgreementTarget:
    return AgreementTarget(metric=metric, priority=priority, value=value, unit="Hours", **rest)


def sla(*targets: AgreementTarget, services: tuple[str, ...] = ("mail",), **rest) -> Agreement:
    values = {"id": "sla", "kind": "SLA", "service_hours": "office", **rest}
    return Agreement(
        scope=tuple(AgreementScope(service=service) for service in services), targets=targets, **values
    )


def plan(*agreements: Agreement, calendars: tuple[Calendar, ...] = (office(),)) -> Plan:
    return Plan(id="plan", calendars=calendars, agreements=agreements, services=(Service(id="mail"),))


def tickets(
    *spans: tuple[str | None, str | None], priority: str = "P1", fault: int = 0, pauses=()
) -> Tickets:
    """Tickets of one service, each from its start to its resolution; pauses as (ticket, start, stop)."""
    count = len(spans)
    start, end = (
        np.array([MISSING if text is None else utc(text) for text in texts], np.int64)
        for texts in zip(*spans, strict=True)
    )
    columns = [[row[0] for row in pauses], *([utc(row[k]) for row in pauses] for k in (1, 2))]
    return Tickets(
        ids=tuple(f"T{number}" for number in range(count)),
        services=("mail",),
        parties=(),
        start=start,
        ends={"Resolution": end},
        pauses=Pauses(*(np.array(column, np.int64) for column in columns)),
        priority=np.full(count, PRIORITIES.index(priority) if priority else NONE),
        service=np.zeros(count, np.int64),
        party=np.full(count, NONE),
        fault=np.full(count, fault),
    )


def outcomes(some_plan: Plan, some: Tickets, until: str = "2026-02-01") -> list[Outcome]:
    verdicts = evaluate(some_plan, some, utc(until))
    return [Outcome(outcome) for outcome in verdicts.outcome[np.argsort(verdicts.ticket, kind="stable")]]


# Met and missed. 2026-01-05 is a Monday; the office is open 9 to 17.


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [
        ("2026-01-05 09:00", "2026-01-05 17:00", Outcome.MET),
        ("2026-01-05 09:00", "2026-01-05 16:59:59", Outcome.MET),
        (
            "2026-01-05 09:00",
            "2026-01-05 17:00:01",
            Outcome.MISSED,
        ),  # due at 17:00, though no more time was used
        ("2026-01-05 10:00", "2026-01-06 10:00", Outcome.MET),
        ("2026-01-05 10:00", "2026-01-06 10:00:01", Outcome.MISSED),
        ("2026-01-02 18:00", "2026-01-05 17:00", Outcome.MET),
        ("2026-01-05 10:00", "2026-01-05 10:00", Outcome.MET),
    ],
)
def test_a_ticket_meets_its_target_if_it_ends_no_later_than_its_deadline(start, end, outcome):
    assert outcomes(plan(sla(target(8))), tickets((start, end))) == [outcome]


def test_an_open_ticket_is_missed_once_its_deadline_has_passed():
    some = tickets(("2026-01-05 09:00", None))

    assert outcomes(plan(sla(target(8))), some, "2026-01-05 17:00") == [Outcome.OPEN]
    assert outcomes(plan(sla(target(8))), some, "2026-01-05 17:00:01") == [Outcome.MISSED]


def test_what_ends_after_the_instant_of_judgement_is_open_then():
    some = tickets(("2026-01-05 09:00", "2026-01-09 09:00"), ("2026-01-08 09:00", "2026-01-09 09:00"))

    assert outcomes(plan(sla(target(8))), some, "2026-01-05 12:00") == [Outcome.OPEN, Outcome.OPEN]


def test_a_pause_takes_off_service_time_and_moves_the_deadline():
    pauses = [(1, "2026-01-05 16:00", "2026-01-06 10:00")]
    some = tickets(*[("2026-01-05 09:00", "2026-01-06 11:00")] * 2, pauses=pauses)

    verdicts = evaluate(plan(sla(target(8))), some, utc("2026-02-01"))

    assert outcomes(plan(sla(target(8))), some) == [Outcome.MISSED, Outcome.MET]
    assert verdicts.used.tolist() == [10 * 3600, 8 * 3600]


def test_the_deadline_with_a_pause_that_begins_as_the_budget_is_used_up_is_where_the_pause_begins():
    pauses = [(0, "2026-01-05 17:00", "2026-01-06 12:00")]

    assert outcomes(
        plan(sla(target(8))), tickets(("2026-01-05 09:00", "2026-01-06 09:00"), pauses=pauses)
    ) == [Outcome.MISSED]


def test_a_promise_of_no_time_is_kept_until_the_clock_first_runs():
    some = tickets(("2026-01-04 12:00", "2026-01-05 09:00"), ("2026-01-04 12:00", "2026-01-05 09:00:01"))

    assert outcomes(plan(sla(target(0))), some) == [Outcome.MET, Outcome.MISSED]


# Which target counts


def test_the_target_of_the_priority_counts_and_else_that_for_all():
    promised = plan(sla(target(1, "P1"), target(20)))
    span = ("2026-01-05 09:00", "2026-01-05 12:00")

    assert outcomes(promised, tickets(span, priority="P1")) == [Outcome.MISSED]
    assert outcomes(promised, tickets(span, priority="P2")) == [Outcome.MET]
    assert outcomes(promised, tickets(span, priority="")) == [Outcome.MET]


def test_the_target_counts_in_its_own_calendar():
    always = replace(
        office("always"),
        windows=tuple(
            CalendarWindow(weekday=weekday, opens="00:00", closes="24:00")
            for weekday in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        ),
    )
    promised = plan(sla(target(8, "P1", calendar="always"), target(8)), calendars=(office(), always))
    span = ("2026-01-05 16:00", "2026-01-06 10:00")

    assert outcomes(promised, tickets(span, priority="P1")) == [Outcome.MISSED]
    assert outcomes(promised, tickets(span, priority="P2")) == [Outcome.MET]


def test_a_ticket_is_judged_under_every_agreement_that_covers_it():
    promised = plan(sla(target(1), id="strict"), sla(target(8), id="easy"), sla(target(1), services=("web",)))

    verdicts = evaluate(promised, tickets(("2026-01-05 09:00", "2026-01-05 12:00")), utc("2026-02-01"))

    judged = zip(verdicts.level.tolist(), verdicts.outcome.tolist(), strict=True)
    assert [(verdicts.levels[level].agreement.id, outcome) for level, outcome in judged] == [
        ("strict", Outcome.MISSED),
        ("easy", Outcome.MET),
    ]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, Outcome.MET),
        ({"status": "Ended"}, Outcome.MET),
        ({"status": "Draft"}, Outcome.NO_AGREEMENT),
        ({"kind": "OLA"}, Outcome.NO_AGREEMENT),
        ({"start_date": date(2026, 1, 5)}, Outcome.MET),
        ({"start_date": date(2026, 1, 6)}, Outcome.NO_AGREEMENT),
        ({"end_date": date(2026, 1, 5)}, Outcome.MET),
        ({"end_date": date(2026, 1, 4)}, Outcome.NO_AGREEMENT),
        ({"services": ("web",)}, Outcome.NO_AGREEMENT),
        ({"scope": (AgreementScope(process="incident"),)}, Outcome.MET),
        ({"scope": (AgreementScope(service="mail", process="request"),)}, Outcome.NO_AGREEMENT),
    ],
)
def test_an_agreement_counts_for_what_it_covers_while_it_is_in_force(change, outcome):
    scope = change.pop("scope", None)
    agreement = sla(target(8), **change)
    some = replace(tickets(("2026-01-05 09:00", "2026-01-05 12:00")), process="incident")

    assert outcomes(plan(replace(agreement, scope=scope) if scope else agreement), some) == [outcome]


# Not evaluated


@pytest.mark.parametrize(
    ("agreement", "some", "outcome"),
    [
        (sla(target(8)), tickets((None, "2026-01-05 12:00")), Outcome.NO_START),
        (
            sla(target(8), start_date=date(2026, 1, 1), end_date=date(2026, 12, 31)),
            tickets((None, "2026-01-05 12:00")),
            Outcome.NO_START,
        ),
        (sla(target(8)), tickets(("2026-01-05 12:00", "2026-01-05 11:00")), Outcome.TURNED),
        (sla(target(8)), tickets(("2026-01-05 09:00", "2026-01-05 12:00"), fault=1), Outcome.UNREADABLE),
        (sla(target(8)), tickets(("2026-01-05 09:00", "2026-01-05 12:00"), fault=2), Outcome.UNCLEAR),
        (sla(target(8), services=("web",)), tickets((None, None), fault=2), Outcome.UNCLEAR),
        (sla(target(8, "P3")), tickets(("2026-01-05 09:00", "2026-01-05 12:00")), Outcome.NO_TARGET),
        (
            sla(target(8, metric="Response")),
            tickets(("2026-01-05 09:00", "2026-01-05 12:00")),
            Outcome.NO_AGREEMENT,
        ),
        (
            sla(target(8), service_hours="gone"),
            tickets(("2026-01-05 09:00", "2026-01-05 12:00")),
            Outcome.NO_HOURS,
        ),
        (
            sla(target(8), service_hours="empty"),
            tickets(("2026-01-05 09:00", "2026-01-05 12:00")),
            Outcome.NO_HOURS,
        ),
        (
            sla(target(8), service_hours="later"),
            tickets(("2026-01-05 09:00", "2026-01-05 12:00")),
            Outcome.OUTSIDE,
        ),
        (
            sla(target(8), service_hours="over"),
            tickets(("2026-01-05 09:00", "2026-01-07 12:00")),
            Outcome.OUTSIDE,
        ),
    ],
)
def test_what_cannot_be_judged_says_why(agreement, some, outcome):
    calendars = (
        office(),
        Calendar(id="empty", timezone="UTC"),
        office("later", valid_from=date(2027, 1, 1)),
        office("over", valid_until=date(2026, 1, 6)),
    )
    verdicts = evaluate(plan(agreement, calendars=calendars), some, utc("2026-02-01"))

    assert verdicts.outcome.tolist() == [outcome]
    assert verdicts.used.tolist() == [MISSING]


def test_no_tickets_have_no_verdicts():
    some = tickets(("2026-01-05 09:00", None))
    none = replace(
        some,
        ids=(),
        ends={"Resolution": some.start[:0]},
        **{name: getattr(some, name)[:0] for name in ("start", "priority", "service", "party", "fault")},
    )

    assert len(evaluate(plan(sla(target(8))), none, utc("2026-02-01"))) == 0


def test_a_ticket_older_than_a_clock_can_reach_is_not_evaluated():
    some = tickets(("1910-01-03 09:00", "1910-01-03 10:00"), ("2026-01-05 09:00", "2026-01-05 10:00"))

    assert outcomes(plan(sla(target(8))), some) == [Outcome.OUTSIDE, Outcome.MET]


@pytest.mark.parametrize(
    ("hours", "services", "outcome"),
    [
        ("longer", ("mail",), Outcome.MISSED),
        ("office", ("mail",), Outcome.MET),
        ("longer", ("web",), Outcome.MET),
    ],
)
def test_a_ticket_that_outlives_its_agreement_is_judged_in_the_hours_of_the_next_one_from_then_on(
    hours, services, outcome
):
    before = sla(target(3), id="before", end_date=date(2026, 1, 5))
    after = sla(target(8), id="after", start_date=date(2026, 1, 6), service_hours=hours, services=services)
    longer = replace(
        office("longer"), windows=(CalendarWindow(weekday="Tuesday", opens="07:00", closes="19:00"),)
    )
    some = tickets(("2026-01-05 16:00", "2026-01-06 10:00"), ("2026-01-05 10:00", "2026-01-05 11:00"))

    assert outcomes(plan(before, after, calendars=(office(), longer)), some) == [outcome, Outcome.MET]


# The plain oracle

STATES = {"new": State.NEW, "work": State.WORKING, "wait": State.WAITING, "done": State.RESOLVED}
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")
BASE = datetime(2026, 3, 20)  # noqa: DTZ001 - UTC, as the map says; clocks change at the end of the month
UNTIL = int((BASE + timedelta(days=20)).replace(tzinfo=timezone.utc).timestamp())
LOG = LogMap(
    columns={"ticket": "id", "state": "state", "at": "at", "priority": "priority", "service": "service"},
    states=STATES,
    time_format="%Y-%m-%d %H:%M:%S",
)
EVENT = st.tuples(
    st.integers(0, 5),  # ticket
    st.integers(0, 25 * 96),  # quarter of an hour
    st.sampled_from(sorted(STATES)),
    st.sampled_from(["", "P1", "P2", "P3"]),
    st.sampled_from(["", "s0", "s1", "s2", "s3"]),
)
TARGET = st.builds(
    target,
    st.sampled_from([0.25, 1, 8, 16, 30]),
    st.sampled_from(["", "P1", "P2"]),
    st.sampled_from(["Response", "Resolution"]),
    calendar=st.sampled_from(["", *ZONES]),
)


@st.composite
def plans(draw) -> Plan:
    agreements = draw(
        st.lists(
            st.builds(
                lambda targets, services, calendar, begins: sla(
                    *targets, services=tuple(services), service_hours=calendar, start_date=begins
                ),
                st.lists(TARGET, max_size=4),
                st.lists(st.sampled_from(["s0", "s1", "s2"]), max_size=2),
                st.sampled_from(ZONES),
                st.sampled_from([None, date(2026, 3, 25)]),
            ),
            max_size=3,
        )
    )
    return plan(
        *(replace(agreement, id=f"sla-{number}") for number, agreement in enumerate(agreements)),
        calendars=tuple(office(zone, zone) for zone in ZONES),
    )


def distinct(events):
    """One event of a ticket at a time: what order rows stand in says nothing then."""
    return list({event[:2]: event for event in events}.values())


def as_log(events) -> str:
    return "id,state,at,priority,service\n" + "".join(
        f"t{ticket},{state},{BASE + timedelta(minutes=15 * quarter)},{priority},{service}\n"
        for ticket, quarter, state, priority, service in events
    )


def oracle(some_plan: Plan, events) -> set[tuple]:
    """Ticket, agreement, target, outcome, one ticket at a time by the scalar clock."""
    first = BASE.date() - timedelta(days=1)
    clocks = {
        calendar.id: hours_of(calendar, some_plan).compile(first, first + timedelta(days=23))
        for calendar in some_plan.calendars
    }
    found = set()
    for ticket in {event[0] for event in events}:
        own = sorted(event for event in events if event[0] == ticket)
        at = [UNTIL - (20 * 96 - event[1]) * 900 for event in own]
        own, at = own[: sum(time <= UNTIL for time in at)], [time for time in at if time <= UNTIL]
        if own:
            found |= set(_oracle_ticket(some_plan, clocks, f"t{ticket}", own, at))
    return found


def _oracle_ticket(some_plan, clocks, id, own, at):
    state = [event[2] for event in own]
    priority = next((event[3] for event in reversed(own) if event[3]), "")
    service = next((event[4] for event in reversed(own) if event[4]), "")
    response = next((time for time, name in zip(at, state, strict=True) if name != "new"), None)
    resolution, k = None, len(own)
    while k and state[k - 1] == "done":
        k -= 1
        resolution = at[k]
    pauses = [
        (at[i], at[i + 1] if i + 1 < len(at) else UNTIL + 1)
        for i in range(len(at))
        if state[i] == "wait" or (state[i] == "done" and (resolution is None or at[i] < resolution))
    ]
    judged = False
    begun = state[0] == "new"  # else the log lacks the beginning, and the answer too
    for agreement in some_plan.agreements:
        covered = service in {row.service for row in agreement.scope}
        begins = agreement.start_date and utc(f"{agreement.start_date} 00:00")
        if not covered or (begun and begins and at[0] < begins):
            continue
        for metric, end in (("Response", response), ("Resolution", resolution)):
            promised = [one for one in agreement.targets if one.metric == metric]
            counting = [one for one in promised if priority and one.priority == priority]
            counting = counting or [one for one in promised if not one.priority]
            if promised and not counting:
                judged = True
                yield (
                    id,
                    agreement.id,
                    metric,
                    None,
                    Outcome.NO_TARGET if begun else Outcome.NO_START,
                    MISSING,
                )
            for one in counting:
                judged = True
                if not begun:
                    yield id, agreement.id, metric, one, Outcome.NO_START, MISSING
                    continue
                clock = clocks[one.calendar or agreement.service_hours]
                stop = UNTIL if end is None else end
                try:
                    late = stop > clock.due(at[0], budget(one), pauses)
                except BudgetError:
                    late = False
                outcome = Outcome.MISSED if late else Outcome.OPEN if end is None else Outcome.MET
                yield id, agreement.id, metric, one, outcome, clock.elapsed(at[0], stop, pauses)
    if not judged:
        yield id, "", "", None, Outcome.NO_AGREEMENT if begun else Outcome.NO_START, MISSING


def judged(some_plan: Plan, text: str) -> list[tuple]:
    verdicts = evaluate(some_plan, tickets_of(parse_log(text, LOG), UNTIL), UNTIL)
    rows = zip(
        *(column.tolist() for column in (verdicts.ticket, verdicts.level, verdicts.outcome, verdicts.used)),
        strict=True,
    )
    named = []
    for ticket, level, outcome, used in rows:
        about = verdicts.levels[level] if level != NONE else None
        named.append(
            (
                verdicts.tickets.ids[ticket],
                about.agreement.id if about else "",
                about.metric if about else "",
                about.target if about else None,
                Outcome(outcome),
                used,
            )
        )
    return named


@settings(max_examples=80)
@given(plans(), st.lists(EVENT, max_size=25).map(distinct))
def test_every_verdict_is_that_of_a_plain_walk_through_each_ticket(some_plan, events):
    found = judged(some_plan, as_log(events))

    assert set(found) == oracle(some_plan, events)


@settings(max_examples=30)
@given(plans(), st.lists(EVENT, min_size=2, max_size=25).map(distinct), st.randoms(use_true_random=False))
def test_the_order_of_rows_in_the_log_does_not_matter(some_plan, events, chance: random.Random):
    shuffled = events.copy()
    chance.shuffle(shuffled)

    def key(row):
        return row[:3], row[4], row[5], repr(row[3])

    assert sorted(judged(some_plan, as_log(events)), key=key) == sorted(
        judged(some_plan, as_log(shuffled)), key=key
    )


def seen(text: str) -> set[tuple]:
    """What becomes of each ticket of a log: all that is known of it, or that it is in doubt."""
    found = tickets_of(parse_log(text, LOG), UNTIL)
    pauses = Counter(
        zip(*(getattr(found.pauses, name).tolist() for name in ("ticket", "start", "stop")), strict=True)
    )
    return {
        (
            id,
            found.fault[number],
            *(
                ()
                if found.fault[number]
                else (
                    found.start[number],
                    *(
                        (metric, end[number], found.faults[metric][number])
                        for metric, end in found.ends.items()
                    ),
                    found.priority[number],
                    found.service[number] == NONE or found.services[found.service[number]],
                    frozenset(
                        (pause[1:], count)
                        for pause, count in pauses.items()
                        if pause[0] == number and pause[1] < pause[2]
                    ),
                )
            ),
        )
        for number, id in enumerate(found.ids)
    }


DENSE = st.tuples(
    st.integers(0, 2), st.integers(0, 3), st.sampled_from(sorted(STATES)), st.sampled_from(["", "P1"]), st.just("s0")
)  # fmt: skip
"""Events of few tickets at few times, so that many have the same."""


@settings(max_examples=300)
@given(st.lists(DENSE, max_size=8), st.booleans())
def test_a_log_read_forwards_and_backwards_gives_equal_results(events, in_order):
    """Also with rows of one time: the direction of the file orders them, or their ticket is in doubt both ways."""
    events = sorted(events, key=lambda event: event[1]) if in_order else events

    assert seen(as_log(events)) == seen(as_log(events[::-1]))


@settings(max_examples=100)
@given(st.lists(DENSE, min_size=1, max_size=8))
def test_a_log_in_order_leaves_no_ticket_in_doubt_that_has_two_times(events):
    events = sorted(events, key=lambda event: event[1])
    found = tickets_of(parse_log(as_log(events), LOG), UNTIL)

    doubtful = {id for id, fault in zip(found.ids, found.fault.tolist(), strict=True) if fault}
    assert not doubtful or len({event[1] for event in events}) == 1


# Fractions of a second

MICRO = 1_000_000


def in_ticks(some: Tickets, *, start: int = 0, end: int = 0) -> Tickets:
    """The tickets in microseconds, so many of them later."""
    pauses = Pauses(some.pauses.ticket, some.pauses.start * MICRO, some.pauses.stop * MICRO)
    ends = {metric: times * MICRO + end for metric, times in some.ends.items()}
    return replace(some, ticks=MICRO, start=some.start * MICRO + start, ends=ends, pauses=pauses)


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [
        (0, 0, Outcome.MET),
        (0, 1, Outcome.MISSED),
        (1, 1, Outcome.MET),
        (900_000, 0, Outcome.MET),
        (0, 900_000, Outcome.MISSED),
    ],
)
def test_a_fraction_of_a_second_decides(start, end, outcome):
    some = in_ticks(tickets(("2026-01-05 10:00", "2026-01-06 10:00")), start=start, end=end)

    verdicts = evaluate(plan(sla(target(8))), some, utc("2026-02-01"))

    assert verdicts.outcome.tolist() == [outcome]
    assert verdicts.used.tolist() == [8 * 3600 - (start > end)]


def fractions_oracle(clock, start, stop, pauses) -> Fraction:
    """Service seconds between two times with fractions, second by second from the scalar clock."""
    edges = sorted({start, stop, *(edge for pause in pauses for edge in pause if start < edge < stop)})
    whole = Fraction(0)
    for begin, end in zip(edges, edges[1:], strict=False):
        if any(pause[0] <= begin and end <= pause[1] for pause in pauses):
            continue
        first, last = begin // MICRO, -(-end // MICRO)
        whole += clock.elapsed(first, last)
        whole -= Fraction(begin - first * MICRO, MICRO) * clock.elapsed(first, first + 1)
        whole -= Fraction(last * MICRO - end, MICRO) * clock.elapsed(last - 1, last)
    return whole


@settings(max_examples=100)
@given(st.data())
def test_verdicts_on_times_with_fractions_are_those_of_exact_arithmetic(data):
    begin = utc("2026-01-05 08:59:58") * MICRO
    near = st.builds(
        lambda base, offset: (utc(base) - utc("2026-01-05 08:59:58")) * MICRO + offset,
        st.sampled_from(["2026-01-05 09:00", "2026-01-05 16:59:59", "2026-01-06 09:00", "2026-01-06 17:00"]),
        st.integers(-2 * MICRO, 2 * MICRO),
    )
    times = sorted(begin + 2 * MICRO + time for time in data.draw(st.lists(near, min_size=4, max_size=4)))
    start, paused, resumed, stop = times
    budget_hours = data.draw(st.sampled_from([0.25, 8, 8.000277777]))
    some = replace(
        tickets(("2026-01-05 09:00", "2026-01-06 09:00")),
        ticks=MICRO,
        start=np.array([start]),
        ends={"Resolution": np.array([stop])},
        pauses=Pauses(np.array([0]), np.array([paused]), np.array([resumed])),
    )
    promised = plan(sla(target(budget_hours)))

    verdicts = evaluate(promised, some, utc("2026-02-01"))

    clock = hours_of(promised.calendars[0], promised).compile(date(2026, 1, 1), date(2026, 2, 1))
    used = fractions_oracle(clock, start, stop, [(paused, resumed)])
    promise = budget(promised.agreements[0].targets[0])
    late = used > promise or (
        used == promise and fractions_oracle(clock, start, stop - 1, [(paused, resumed)]) == promise
    )
    assert verdicts.used.tolist() == [used // 1]
    assert verdicts.outcome.tolist() == [Outcome.MISSED if late else Outcome.MET]


def test_pauses_of_very_many_tickets_with_fractions_do_not_overflow(monkeypatch):
    spans = [("2026-01-05 09:00", "2026-01-06 11:00")] * 50
    pauses = [(number, "2026-01-05 16:00", "2026-01-06 10:00") for number in range(0, 50, 2)]
    some = in_ticks(tickets(*spans, pauses=pauses), end=5)
    promised = plan(sla(target(8)))
    plain = evaluate(promised, some, utc("2026-02-01"))

    monkeypatch.setattr("sm_planner.engine.service_time.sla_clock_arrays._FURTHEST", 1)
    ranked = evaluate(promised, some, utc("2026-02-01"))

    assert ranked.used.tolist() == plain.used.tolist()
    assert ranked.outcome.tolist() == plain.outcome.tolist()
    assert set(plain.used.tolist()) == {8 * 3600, 10 * 3600}
