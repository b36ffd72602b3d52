"""Targets by period: shares, averages, days, what open cases can still decide; and priorities that change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.attainment import (
    LogMap,
    Outcome,
    State,
    by_period,
    evaluate,
    load_log_map,
    measurements,
    parse_log,
    read_log,
    summarise,
    tickets_of,
)
from sm_planner.engine.catalogue_import import find_map
from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CalendarWindow,
    Plan,
    Service,
)
from sm_planner.engine.model.agreements import AgreementConsequence
from sm_planner.reports import sla_attainment

FIXTURE = Path(__file__).parents[3] / "fixtures" / "plans" / "incidents.yaml"
REAL = next(
    (
        one / "shared" / "data" / "incidents-2016-a.csv"
        for one in Path(__file__).parents
        if (one / "shared").is_dir()
    ),
    Path("none"),
)
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
OFFICE = Calendar(
    id="office",
    timezone="Europe/Berlin",
    windows=tuple(CalendarWindow(weekday=day, opens="09:00", closes="17:00") for day in WEEK),
)
LONG = replace(
    OFFICE, id="long", windows=tuple(replace(one, opens="07:00", closes="19:00") for one in OFFICE.windows)
)
LOG = LogMap(
    columns={"ticket": "id", "state": "state", "at": "at", "priority": "priority", "service": "service"},
    states={"new": State.NEW, "work": State.WORKING, "wait": State.WAITING, "done": State.RESOLVED},
    time_format="%Y-%m-%d %H:%M",
    timezone="Europe/Berlin",
)
LATER = date(2027, 1, 1)


def target(value: float, **rest) -> AgreementTarget:
    return AgreementTarget(**{"metric": "Resolution", "value": value, "unit": "Hours"} | rest)


def sla(*targets: AgreementTarget, **rest) -> Agreement:
    scope = (AgreementScope(service="mail"),)
    return Agreement(
        **{"id": "sla", "kind": "SLA", "service_hours": "office", "scope": scope, "targets": targets} | rest
    )


def judged(agreement: Agreement, log: str, day: date = LATER, *others: Agreement):
    plan = Plan(
        id="p",
        calendars=(OFFICE, LONG),
        services=(Service(id="mail"), Service(id="web")),
        agreements=(agreement, *others),
    )
    events = parse_log("id,state,at,priority,service\n" + log, LOG)
    until = events.known_until(day)
    return evaluate(plan, tickets_of(events, until), until)


def periods(agreement: Agreement, log: str, day: date = LATER):
    return by_period(judged(agreement, log, day), day)


def took(number: int, hours: int, day: str = "2026-03-02", priority: str = "P2") -> str:
    """A ticket that was opened at 9:00 and took so many hours of its first day."""
    rows = (
        f"t{number},new,{day} 09:00,{priority},mail",
        f"t{number},done,{day} {9 + hours:02}:00,{priority},mail",
    )
    return "\n".join(rows) + "\n"


# Shares. 2026-03-02 is a Monday.


def test_a_share_of_the_cases_of_a_month_is_judged_beside_what_is_promised_of_all():
    agreement = sla(
        target(4, priority="P2", share_of_cases=80.0),
        target(1, priority="P2", unit="Business Days"),
        target(1, priority="P1"),
    )
    log = "".join(took(number, 2) for number in range(4)) + took(4, 7)

    (share,), (every,) = periods(agreement, log)

    assert (share.met, share.missed, share.share, share.value, share.kept) == (4, 1, 80, 2, True)
    assert (every.met, every.missed, every.share, every.value, every.kept) == (5, 0, 100, 0, True)


def test_a_share_that_is_missed_by_one_case_is_missed():
    (line,), *_ = periods(
        sla(target(4, share_of_cases=80.1)), "".join(took(one, 2) for one in range(4)) + took(4, 7)
    )

    assert (line.share, line.value, line.kept) == (80, 7, False)


def test_each_month_is_a_period_of_its_own_in_the_zone_of_the_log():
    log = "a,new,2026-03-31 23:30,P2,mail\na,done,2026-04-01 10:00,P2,mail\n" + took(1, 8, "2026-05-04")

    (march, april, may), *_ = periods(sla(target(4)), log)

    assert [(line.period.first.month, line.cases, line.kept) for line in (march, april, may)] == [
        (3, 1, True),
        (4, 0, None),
        (5, 1, False),
    ]
    assert april.result.kept, "what had no case was not missed"


OPEN = "o,new,2026-03-31 16:00,P2,mail\n"
"""A case that has not ended and is not late when the log ends at 17:00."""


@pytest.mark.parametrize(
    ("share", "kept"), [(60.0, True), (66.6, True), (75.0, None), (90.0, None), (100.0, None), (None, None)]
)
def test_open_cases_may_decide_and_else_do_not(share, kept):
    """Two of three in time, one open: at worst two of three, at best all."""
    log = took(1, 1) + took(2, 1) + OPEN + "x,new,2026-03-31 17:00,P2,web\n"

    (line,) = periods(sla(target(4, share_of_cases=share)), log)[0]

    assert (line.pending, line.kept) == (1, kept)
    assert (round(line.worst), line.best) == (67, 100)


def test_a_period_that_is_not_over_is_missed_only_if_nothing_can_mend_it():
    log = took(1, 1) + took(2, 6)
    within = date(2026, 3, 20)

    assert periods(sla(target(4)), log, within)[0][0].kept is False
    assert periods(sla(target(4, share_of_cases=90.0)), log, within)[0][0].kept is None
    assert periods(sla(target(8)), log, within)[0][0].kept is None
    assert periods(sla(target(8)), log, date(2026, 4, 1))[0][0].kept is True


def test_what_cannot_be_evaluated_decides_nothing():
    log = took(1, 1) + "x,new,2026-03-03 09:00,P2,mail\nx,asleep,2026-03-03 10:00,P2,mail\n"

    (line,) = periods(sla(target(4)), log)[0]

    assert (line.kept, line.not_evaluated) == (True, {Outcome.UNREADABLE: 1})


# Averages


def test_an_average_is_that_of_the_cases_that_ended_and_a_bound_limits_each():
    log = took(1, 2) + took(2, 6)

    (line,) = periods(sla(target(4, statistic="Average")), log)[0]
    assert (line.averaged, line.met, line.value, line.kept) == (2, 0, 4, True)
    (line,) = periods(sla(target(4, statistic="Average", bound=5.0)), log)[0]
    assert (line.averaged, line.met, line.missed, line.value, line.kept) == (0, 1, 1, 4, False)
    (line,) = periods(sla(target(3.9, statistic="Average", bound=6.0)), log)[0]
    assert (line.met, line.kept) == (2, False)


def test_of_an_average_without_a_bound_no_case_is_met_or_missed_and_its_times_are_told():
    (line,) = summarise(judged(sla(target(4, statistic="Average")), took(1, 2) + took(2, 6)))

    assert (line.met, line.missed, line.percent) == (0, 0, None)
    assert line.not_evaluated == {Outcome.AVERAGED: 2}
    assert line.percentiles[50] == 2 * 3600


def test_an_open_case_leaves_an_average_open_unless_it_took_too_long_already():
    end = "x,new,2026-03-31 17:00,P2,web\n"

    assert periods(sla(target(4, statistic="Average")), took(1, 2) + OPEN + end)[0][0].kept is None
    long = "o,new,2026-03-02 09:00,P2,mail\n"
    assert periods(sla(target(4, statistic="Average")), took(1, 2) + long + end)[0][0].kept is False


# Hours of services


def test_a_service_has_its_own_hours_and_targets_and_is_one_line_with_the_others():
    agreement = sla(
        target(4, priority="P2"),
        target(1, priority="P2", service="web", metric="Response"),
        scope=(AgreementScope(service="mail"), AgreementScope(service="web", support_hours="long")),
    )
    log = (
        took(1, 4)
        + "w,new,2026-03-02 16:00,P2,web\nw,work,2026-03-02 18:00,P2,web\nw,done,2026-03-02 20:00,P2,web\n"
    )

    verdicts = judged(agreement, log)

    (response,), (resolution,) = by_period(verdicts, LATER)
    assert (resolution.met, resolution.missed) == (2, 0), "16:00 to 19:00 are three hours"
    assert (response.level.service, response.cases, response.missed) == ("web", 1, 1)
    assert [line.met for line in summarise(verdicts)][-1] == 2


# General agreements


def test_terms_of_the_general_agreement_are_judged_by():
    general = Agreement(
        id="general",
        kind="SLA",
        service_hours="office",
        targets=(target(4),),
        priority_change="First Target Stays",
    )
    own = Agreement(
        id="sla", kind="SLA", general_agreement="general", scope=(AgreementScope(service="mail"),)
    )

    ((line,),) = by_period(judged(own, took(1, 5), LATER, general), LATER)

    assert (line.level.agreement.id, line.missed) == ("sla", 1)


# Priorities that change

CHANGED = "t,new,2026-03-02 09:00,P3,mail\nt,work,2026-03-02 10:00,P3,mail\nt,work,2026-03-02 13:00,P1,mail\n"
"""P3 for four hours, answered after one, then P1."""
DONE = "t,done,2026-03-02 15:00,P1,mail\n"
PROMISED = (
    target(3, priority="P1"),
    target(8, priority="P3"),
    target(0.5, priority="P1", metric="Response"),
    target(2, priority="P3", metric="Response"),
)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("", [("Response", "P1", False, 1), ("Resolution", "P1", False, 6)]),
        ("Clock Goes On", [("Response", "P3", True, 1), ("Resolution", "P1", False, 6)]),
        ("Clock Starts Again", [("Response", "P3", True, 1), ("Resolution", "P1", True, 2)]),
        ("First Target Stays", [("Response", "P3", True, 1), ("Resolution", "P3", True, 6)]),
    ],
)
def test_what_a_change_of_priority_does_is_what_the_agreement_says(rule, found):
    lines = summarise(judged(sla(*PROMISED, priority_change=rule), CHANGED + DONE))

    shown = [
        (line.metric, line.level.priority, line.met == 1, line.percentiles[50] // 3600) for line in lines
    ]
    assert sorted(shown) == sorted(found)


def test_a_priority_that_changes_as_the_clock_stops_or_later_changes_nothing():
    log = "t,new,2026-03-02 09:00,P3,mail\nt,done,2026-03-02 15:00,P1,mail\nt,done,2026-03-02 16:00,P2,mail\n"

    for rule in ("Clock Goes On", "Clock Starts Again"):
        (line,) = (
            one
            for one in summarise(judged(sla(*PROMISED, priority_change=rule), log))
            if one.metric == "Resolution"
        )
        assert (line.level.priority, line.met) == ("P3", 1)


def test_verdicts_by_priority_are_told_under_the_priority_that_was_judged():
    verdicts = judged(
        sla(target(3, priority="P1"), target(8, priority="P3"), priority_change="First Target Stays"),
        CHANGED + DONE,
    )

    assert [line.group for line in summarise(verdicts, "priority")] == ["P3"]


def test_where_the_map_names_the_priority_an_agreement_that_is_silent_follows_it():
    events = parse_log(
        "id,state,at,priority,service\n" + CHANGED + DONE, replace(LOG, priority_counts="first")
    )
    tickets = tickets_of(events, events.known_until(LATER))
    plan = Plan(id="p", calendars=(OFFICE,), services=(Service(id="mail"),), agreements=(sla(*PROMISED),))

    lines = summarise(evaluate(plan, tickets, events.known_until(LATER)))

    assert {line.level.priority for line in lines} == {"P3"}


# Kept as measurements


def test_what_as_many_took_as_are_promised_is_kept_with_its_share_and_averages_as_averages():
    agreement = sla(target(4, share_of_cases=75.0), target(5, statistic="Average", priority=""))
    log = took(1, 2) + took(2, 3) + took(3, 3) + took(4, 8)

    facts = [*measurements(periods(agreement, log), date(2026, 6, 1), "log.csv", "sha256:0")]

    assert [(one.share_of_cases, one.value, one.day) for one in facts] == [
        (75.0, 3.0, date(2026, 3, 31)),
        (None, 4.0, date(2026, 3, 31)),
    ]


@pytest.mark.parametrize(("seconds", "is_kept"), [("17:00", True), ("19:00", False)])
def test_what_is_kept_lies_on_the_side_of_the_promise_on_which_the_period_is(seconds, is_kept):
    """Eight hours from 9:00 are due at 17:00: who ends at 19:00 took no more, and is late."""
    log = f"t,new,2026-03-02 09:00,P2,mail\nt,done,2026-03-02 {seconds},P2,mail\n"

    (fact,) = measurements(periods(sla(target(8)), log), date(2026, 6, 1), "log.csv", "sha256:0")

    assert (fact.value <= 8) is is_kept


# The real log


@pytest.mark.skipif(not REAL.exists(), reason="the log is not beside the checkout")
def test_a_real_log_by_shares_an_average_and_days():
    plan = plan_file.load(FIXTURE)
    (agreement,) = plan.agreements
    promised = (
        target(24, priority="P3", share_of_cases=60.0),
        target(10, priority="P3", unit="Business Days", share_of_cases=95.0),
        target(30, priority="P4", statistic="Average"),
        target(4, priority="P1", breach_after=2),
    )
    due = (
        AgreementConsequence(metric="Resolution", credit_percent=10.0, worse_than=100.0),
        AgreementConsequence(note="plan"),
    )
    plan = replace(
        plan, agreements=(replace(agreement, targets=promised, consequences=due, unit_cost=1000.0),)
    )
    log = read_log(REAL, load_log_map(find_map("servicenow-incidents")))

    table = sla_attainment.report(plan, date(2017, 1, 1), log=log, by="period")

    shown = [
        (str(row["promised"]), row["period"], row["state"].template, row["breached"]) for row in table.rows
    ]
    assert [row[1:] for row in shown if row[0] == "60 % within 24 Hours"] == [
        ("2016-02", "Met", ""),
        ("2016-03", "Met", ""),
    ]
    assert {
        row["met"] + row["missed"]
        for row in table.rows
        if row["period"] == "2016-02" and row["priority"] == "P3"
    } == {163}
    assert [row[3] for row in shown if row[0] == "4 Hours"] == ["", "2016-03"], "missed twice in a row"
    (last,) = (row for row in table.rows if row["breached"] and str(row["promised"]) == "4 Hours")
    assert "Credit of 10 % (100)" in str(last["due"])
