"""Availability of services by period: outages in service hours, maintenance taken off, and what may still be lost."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from sm_planner.engine.attainment.outages import parse_outages
from sm_planner.engine.attainment.uptime import uptime
from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CalendarWindow,
    Plan,
    Service,
)
from sm_planner.engine.model.agreements import AgreementMaintenance
from sm_planner.engine.reading.problems import PlanFileError
from sm_planner.reports import service_availability

BERLIN = "Europe/Berlin"
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ALWAYS = Calendar(
    id="always",
    timezone=BERLIN,
    windows=tuple(CalendarWindow(weekday=day, opens="00:00", closes="24:00") for day in WEEK),
)
OFFICE = Calendar(
    id="office",
    timezone=BERLIN,
    windows=tuple(CalendarWindow(weekday=day, opens="08:00", closes="18:00") for day in WEEK[:5]),
)
SUNDAY = AgreementMaintenance(
    repeats="Monthly", which="First", weekday="Sunday", opens="22:00", closes="02:00"
)
SINCE, MARCH = date(2026, 3, 1), date(2026, 3, 31)
LATER = date(2026, 4, 1)


def plan(target: AgreementTarget, *maintenance: AgreementMaintenance, hours: str = "always", **rest) -> Plan:
    scope = (AgreementScope(service="mail"), AgreementScope(service="web", service_hours="office"))
    agreement = Agreement(
        **{"id": "sla", "kind": "SLA", "service_hours": hours, "scope": scope} | rest,
        targets=(target,),
        maintenance=maintenance,
    )
    services = (Service(id="mail"), Service(id="web"))
    return Plan(id="p", calendars=(ALWAYS, OFFICE), services=services, agreements=(agreement,))


def target(value: float = 99.5, **rest) -> AgreementTarget:
    return AgreementTarget(metric="Availability", value=value, unit="Percent", **rest)


def rows(of: Plan, outages: str = "", today: date = LATER, since: date = SINCE):
    found = parse_outages("service,from,to\n" + outages, of, BERLIN)
    return [one for one in uptime(of, found, since, today) if one.period.first == SINCE]


def test_a_service_without_an_outage_was_there_and_hours_of_its_own_count():
    mail, web = rows(
        plan(target()), "mail,2026-03-02T01:00,2026-03-02T02:00\nweb,2026-03-02T01:00,2026-03-02T09:00\n"
    )

    assert (mail.so_far.promised, mail.so_far.down) == ((31 * 24 - 1) * 3600, 3600), "clocks went forward"
    assert (web.so_far.promised, web.so_far.down, web.kept) == (22 * 10 * 3600, 3600, True)


def test_maintenance_is_no_promised_time_and_no_outage():
    of = plan(
        target(), SUNDAY, AgreementMaintenance(service="web", repeats="Daily", opens="08:00", closes="09:00")
    )

    mail, web = rows(of, "mail,2026-03-01T21:30,2026-03-02T02:00\nweb,2026-03-02T08:30,2026-03-02T09:30\n")

    assert (mail.so_far.promised, mail.so_far.down) == ((31 * 24 - 5) * 3600, 1800)
    assert (web.so_far.promised, web.so_far.down) == (22 * 9 * 3600, 1800)


@pytest.mark.parametrize(
    "window",
    [
        AgreementMaintenance(repeats="Weekly", opens="22:00", closes="23:00"),
        AgreementMaintenance(repeats="Yearly", weekday="Sunday", opens="22:00", closes="23:00"),
        AgreementMaintenance(repeats="Daily", opens="late", closes="23:00"),
    ],
)
def test_a_window_that_cannot_be_placed_leaves_it_unknown(window):
    mail, _ = rows(plan(target(), window))

    assert (mail.kept, mail.so_far) == (None, None)
    assert "maintenance window" in str(mail.unknown)


def test_a_period_that_is_not_over_is_missed_only_if_more_was_lost_than_it_allows():
    """99.5 % of 743 hours leave 3 hours and 42.9 minutes."""
    lost = "mail,2026-03-02T00:00,2026-03-02T03:{}\n"

    found = rows(plan(target()), lost.format("42"), date(2026, 3, 5))[0]
    assert (found.kept, found.budget_left // 60) == (None, 0)
    assert found.percent < 99
    assert rows(plan(target()), lost.format("43"), date(2026, 3, 5))[0].kept is False
    assert rows(plan(target()), lost.format("42"), LATER)[0].kept is True


def test_an_outage_that_lasts_goes_on_until_the_day_of_judgement():
    (mail, _) = rows(plan(target()), "mail,2026-03-03T12:00,\n", date(2026, 3, 3))

    assert mail.so_far.down == 12 * 3600


def test_an_average_is_that_of_the_services_and_the_bound_limits_each():
    lost = "mail,2026-03-02T00:00,2026-03-02T07:25:48\n"  # a hundredth of 743 hours

    mail, web, mean = rows(plan(target(99.4, statistic="Average")), lost)
    assert (mail.kept, web.kept, mean.kept, mean.percent) == (None, None, True, Fraction("99.5"))
    mail, web, mean = rows(plan(target(99.4, statistic="Average", bound=99.2)), lost)
    assert (mail.kept, web.kept, mean.kept) == (False, True, False)


def test_a_period_counts_as_far_as_the_agreement_holds():
    (mail, _) = rows(plan(target(), start_date=date(2026, 3, 30), end_date=date(2026, 3, 30)))

    assert mail.so_far.promised == 24 * 3600


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("post,2026-03-02T00:00,", "no service “post”"),
        ("mail,yesterday,", "“yesterday” is no time"),
        ("mail,2026-03-29T02:30,", "falls on a change of the clocks"),
        ("mail,2026-03-02T02:00,2026-03-02T01:00", "ends before it begins"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_line(row, told):
    with pytest.raises(PlanFileError, match=f"outages:2:1: .*{told}"):
        rows(plan(target()), row + "\n")


def test_headings_are_needed():
    with pytest.raises(PlanFileError, match="no column “from”"):
        parse_outages("service,start,to\n", plan(target()))


def test_the_table_tells_what_is_left():
    of = plan(target(), SUNDAY)
    outages = parse_outages("service,from,to\nmail,2026-03-02T03:00,2026-03-02T04:00\n", of, BERLIN)

    first = service_availability.report(of, MARCH, outages=outages, since=SINCE).as_dict()["rows"][0]

    assert (first["state"], first["down"], first["left"], first["hours"]) == (
        "Not missed so far",
        60,
        161,
        739.0,
    )


# The oracle: minute by minute


@pytest.mark.parametrize("seed", range(40))
def test_what_was_promised_and_down_is_that_of_a_count_of_minutes(seed):
    chance = random.Random(seed)  # noqa: S311 - outages, no secret
    zone, begin = ZoneInfo(BERLIN), datetime(2026, 3, 1, tzinfo=ZoneInfo(BERLIN)).timestamp()
    today = date(2026, 3, chance.randint(2, 31))
    until = datetime.combine(today + timedelta(days=1), datetime.min.time(), zone).timestamp()
    lost = [
        (begin + 60 * start, begin + 60 * (start + chance.randint(0, 3000)))
        for start in chance.sample(range(44_000), 6)
    ]
    windows = chance.sample(
        (SUNDAY, AgreementMaintenance(repeats="Weekly", weekday="Wednesday", opens="07:00", closes="09:30")),
        1,
    )
    of = plan(target(), *windows)
    text = "".join(
        f"web,{datetime.fromtimestamp(start, zone).isoformat()},{datetime.fromtimestamp(stop, zone).isoformat()}\n"
        for start, stop in lost
    )

    web = rows(of, text, today)[1]

    promised = down = 0
    for minute in range(int(begin), int(until), 60):
        local = datetime.fromtimestamp(minute, zone)
        if local.weekday() > 4 or not 8 <= local.hour < 18:
            continue
        if windows[0] is not SUNDAY and local.weekday() == 2 and (local.hour, local.minute) < (9, 30):
            continue
        promised += 60
        down += 60 * any(start <= minute < stop for start, stop in lost)
    assert (web.so_far.promised, web.so_far.down) == (promised, down)
