"""Make-up days, and hours that change while tickets are open: by the calendar of their agreement, or by the next agreement."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.attainment import LogMap, Outcome, State, evaluate, parse_log, tickets_of
from sm_planner.engine.model import Plan
from sm_planner.engine.service_time.calendars import hours_of

STATES = {"Opened": State.NEW, "Done": State.RESOLVED}
UNTIL = int(datetime(2026, 9, 1, tzinfo=timezone.utc).timestamp())
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def hours(opens: str, closes: str, days=DAYS) -> str:
    return ", ".join(f'{{weekday: {day}, opens: "{opens}", closes: "{closes}"}}' for day in days)


def judged(text: str, events: str, zone: str) -> dict[str, tuple[str, float]]:
    """Ticket → what became of it, and its hours."""
    plan: Plan = plan_file.loads(text, "test")
    log = LogMap(
        columns={"ticket": "no", "state": "state", "at": "at"},
        states=STATES,
        time_format="%Y-%m-%d %H:%M",
        timezone=zone,
        service="till",
        process="incident",
    )
    verdicts = evaluate(plan, tickets_of(parse_log(events, log), UNTIL), UNTIL)
    ids = verdicts.tickets.ids
    rows = zip(verdicts.ticket.tolist(), verdicts.outcome.tolist(), verdicts.used.tolist(), strict=True)
    return {ids[ticket]: (Outcome(outcome).name, used / 3600) for ticket, outcome, used in rows}


HEAD = """
plan: {id: shop, title: Shop, period_start: 2020-01-01}
stakeholders: [{id: tills, title: Tills, kind: Customer}, {id: depots, title: Depots, kind: Customer}]
services: [{id: till, title: Till, customer_facing: true, customers: [tills]}]
processes: [{id: incident, title: Incident}]
"""


def agreement(id: str, calendar: str, value: float, **fields) -> str:
    values = {
        "id": id,
        "kind": "SLA",
        "customer": "tills",
        "service_hours": calendar,
        "scope": "[{service: till, process: incident}]",
        "targets": f"[{{metric: Resolution, value: {value}, unit: Hours}}]",
        **fields,
    }
    return "{" + ", ".join(f"{name}: {told}" for name, told in values.items()) + "}"


def plan_of(calendars: str, *agreements: str) -> str:
    return f"{HEAD}calendars: [{calendars}]\nagreements: [{', '.join(agreements)}]\n"


def test_time_runs_out_on_a_make_up_day():
    week = f"id: shop, timezone: Asia/Seoul, windows: [{hours('10:00', '19:00')}]"
    saturday = 'openings: [{day: 2026-02-14, opens: "10:00", closes: "19:00"}]'
    log = "no,state,at\nA,Opened,2026-02-13 18:00\nA,Done,2026-02-16 10:30\n"
    agreed = agreement("sla", "shop", 4)
    assert judged(plan_of(f"{{{week}}}", agreed), log, "Asia/Seoul") == {"A": ("MET", 1.5)}
    assert judged(plan_of(f"{{{week}, {saturday}}}", agreed), log, "Asia/Seoul") == {"A": ("MISSED", 10.5)}


OLD = f"id: old, timezone: Europe/Dublin, windows: [{hours('09:00', '17:00')}]"
NEW = f"id: new, timezone: Europe/Dublin, windows: [{hours('08:00', '20:00')}]"
LOG = """no,state,at
A,Opened,2026-03-31 13:00
A,Done,2026-04-01 13:30
B,Opened,2026-04-01 13:00
B,Done,2026-04-02 11:00
C,Opened,2026-03-31 10:00
C,Done,2026-03-31 12:00
"""
RIGHT = {"A": ("MET", 9.5), "B": ("MET", 10.0), "C": ("MET", 2.0)}


@pytest.mark.parametrize("until", ["", ", valid_until: 2026-03-31"])
def test_an_sla_that_is_followed_by_another_with_other_hours_is_judged_by_each_on_its_days(until):
    text = plan_of(
        f"{{{OLD}{until}}}, {{{NEW}, valid_from: 2026-04-01}}",
        agreement("before", "old", 10, end_date="2026-03-31"),
        agreement("after", "new", 10, start_date="2026-04-01"),
    )
    assert judged(text, LOG, "Europe/Dublin") == RIGHT


def test_a_calendar_that_changes_is_judged_by_each_of_its_hours_on_their_days():
    changed = "changes: [{first_day: 2026-04-01, calendar: new}]"
    text = plan_of(f"{{{OLD}, {changed}}}, {{{NEW}, valid_from: 2026-04-01}}", agreement("sla", "old", 10))
    assert judged(text, LOG, "Europe/Dublin") == RIGHT


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        ({"start_date": "2026-04-02"}, "HOURS_CHANGED"),  # nobody knows what counts on the first
        ({"start_date": "2026-04-01", "customer": "depots"}, "HOURS_CHANGED"),
        ({"start_date": "2026-04-01", "service_hours": "old"}, "MET"),
        (
            {"start_date": "2026-04-01", "scope": "[{service: till, process: incident, support_hours: old}]"},
            "MET",
        ),
    ],
)
def test_what_follows_later_or_for_others_says_nothing_of_these_hours(after, outcome):
    text = plan_of(
        f"{{{OLD}}}, {{{NEW}}}",
        agreement("before", "old", 20, end_date="2026-03-31"),
        agreement("after", "new", 20, **after),
    )
    log = "no,state,at\nA,Opened,2026-03-31 13:00\nA,Done,2026-04-02 13:30\n"
    assert judged(text, log, "Europe/Dublin")["A"][0] == outcome


def test_of_two_that_follow_the_one_counts_that_replaces_it():
    def text(**replaces):
        return plan_of(
            f"{{{OLD}}}, {{{NEW}}}, {{id: late, timezone: Europe/Dublin, windows: [{hours('12:00', '20:00')}]}}",
            agreement("before", "old", 20, end_date="2026-03-31"),
            agreement("one", "new", 20, start_date="2026-04-01", **replaces),
            agreement("two", "late", 20, start_date="2026-04-01"),
        )

    log = "no,state,at\nA,Opened,2026-03-31 13:00\nA,Done,2026-04-01 13:30\n"
    assert judged(text(), log, "Europe/Dublin")["A"][0] == "HOURS_CHANGED"
    assert judged(text(replaces="before"), log, "Europe/Dublin")["A"] == ("MET", 9.5)


MOMENTS = st.integers(0, 12 * 96).map(lambda quarter: datetime(2026, 3, 26) + timedelta(minutes=15 * quarter))  # noqa: DTZ001


@settings(max_examples=60, deadline=None)
@given(MOMENTS, MOMENTS, st.integers(1, 3))
def test_service_time_over_several_agreements_is_the_sum_of_that_on_the_days_of_each(start, stop, changes):
    if stop < start:
        start, stop = stop, start
    week = (*DAYS, "Saturday", "Sunday")
    ids = ["old", "new", "late", "early"][: changes + 1]
    spans = {
        "old": ("09:00", "17:00"),
        "new": ("22:00", "06:00"),
        "late": ("12:00", "20:00"),
        "early": ("04:00", "09:00"),
    }
    calendars = ", ".join(
        f"{{id: {id}, timezone: Europe/Dublin, windows: [{hours(*spans[id], week)}]}}" for id in ids
    )
    begins = [
        date(2026, 3, 20),
        *(date(2026, 3, 28) + timedelta(days=2 * number) for number in range(changes)),
    ]
    ends = [day - timedelta(days=1) for day in begins[1:]]
    agreed = [
        agreement(f"a-{id}", id, 500, start_date=first, **({"end_date": last} if last else {}))
        for id, first, last in zip(ids, begins, [*ends, None], strict=True)
    ]
    text = plan_of(calendars, *agreed)
    log = f"no,state,at\nA,Opened,{start:%Y-%m-%d %H:%M}\nA,Done,{stop:%Y-%m-%d %H:%M}\n"
    zone = ZoneInfo("Europe/Dublin")
    local = [datetime.combine(one.date(), one.time(), zone) for one in (start, stop)]
    if any(one.astimezone(timezone.utc).astimezone(zone) != one or one.fold for one in local):
        return
    plan = plan_file.loads(text, "test")
    first, last = (int(one.timestamp()) for one in local)
    midnights = [int(datetime.combine(day, datetime.min.time(), zone).timestamp()) for day in begins]
    wanted = 0
    for id, begin, end in zip(ids, midnights, [*midnights[1:], 1 << 40], strict=True):
        clock = hours_of(plan.get("calendars", id), plan).compile(date(2026, 3, 1), date(2026, 5, 1))
        low, high = max(first, begin), min(last, end)
        wanted += clock.elapsed(low, high) if low < high else 0
    gap = datetime(2026, 3, 29, 1)  # noqa: DTZ001 - which the clock leaves out
    if not any(gap <= one < gap + timedelta(hours=1) for one in (start, stop)) and start != stop:
        assert judged(text, log, "Europe/Dublin") == {"A": ("MET", wanted / 3600)}
