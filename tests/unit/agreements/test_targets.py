"""Targets as they are promised: what they say, how they compare, and which hold for whom."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.agreements.targets import (
    UNITS_OF,
    budget,
    by_priority,
    calendar_of,
    comparable,
    direction_of,
    figure,
    holding,
    is_kept,
    levels,
    looseness,
    looser,
    metrics,
    name,
    told_apart,
)
from sm_planner.engine.model import METRICS, Agreement, AgreementScope, AgreementTarget, Calendar, Plan
from sm_planner.engine.model.vocabulary import TARGET_DIRECTIONS, UNITS
from sm_planner.engine.service_time.days import Days


def promise(value: float = 4, unit: str = "Hours", metric: str = "Resolution", **fields) -> AgreementTarget:
    return AgreementTarget(metric=metric, value=value, unit=unit, **fields)


SEATS = promise(40, "Own", "Own", own_metric="Seats", own_unit="seats", direction="At Least")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (promise(), "4 Hours"),
        (promise(16, share_of_cases=80), "80 % within 16 Hours"),
        (promise(5, "Business Days"), "5 Business Days"),
        (promise(99, "Percent", "Availability", statistic="Average"), "average 99 Percent"),
        (
            promise(99, "Percent", "Availability", statistic="Average", bound=95),
            "average 99 Percent, never worse than 95",
        ),
        (promise(99, "Percent", "Availability", share_of_cases=90), "90 % of cases: 99 Percent"),
        (promise(40, "Own", "Throughput", own_unit="orders per hour"), "40 orders per hour"),
        (SEATS, "at least 40 seats"),
        (promise(2, "Percent", "Own", direction="At Most"), "at most 2 Percent"),
    ],
)
def test_what_a_target_promises(target, said):
    assert str(figure(target)) == said


def test_a_metric_of_ones_own_has_its_own_name():
    assert str(name(SEATS)) == "Seats"
    assert str(name(replace(SEATS, priority="P1"))) == "Seats P1"
    assert str(name(promise(priority="P1"))) == "Resolution P1"


def test_which_side_is_good():
    assert {metric: direction_of(promise(metric=metric)) for metric in METRICS} == {
        **dict.fromkeys(METRICS, "At Most"),
        **dict.fromkeys(("Availability", "Quality", "Reliability", "Throughput"), "At Least"),
        "Own": "",
    }
    assert set(UNITS_OF) == set(METRICS)


@pytest.mark.parametrize(
    ("target", "counted"),
    [
        (promise(1.5), 5400),
        (promise(90, "Seconds"), 90),
        (promise(3, "Days"), Days(3)),
        (promise(2, "Weeks"), Days(14)),
        (promise(5, "Business Days", "Hand-over"), Days(5, business=True)),
        (promise(2, "Days", "Recovery Time"), 2 * 86_400),
    ],
)
def test_budgets(target, counted):
    assert budget(target) == counted


def test_what_cannot_be_compared_has_no_figure():
    for target in (
        promise(None),
        promise(4, "Percent"),
        promise(1.5, "Business Days"),
        promise(4, "Own", "Throughput"),
        promise(4, "Percent", "Own", own_metric="Errors"),
        promise(4, share_of_cases=0),
        promise(4, ""),
    ):
        assert looseness(target) is None
    assert looseness(promise(0, "Own", "Throughput", own_unit="orders")) == inf


def test_figures_compare_within_one_kind():
    assert looser(promise(5), promise(4)) is True
    assert looser(promise(2.3), promise(138, "Minutes")) is False
    assert looser(promise(1, "Weeks"), promise(7, "Days")) is False
    assert looser(promise(99, "Percent", "Quality"), promise(99.9, "Percent", "Quality")) is True
    assert looser(promise(30, "Days", "Reliability"), promise(800, "Hours", "Reliability")) is True
    assert looser(replace(SEATS, value=30, own_metric="seats "), SEATS) is True
    for one, other in (
        (promise(8), promise(1, "Days")),
        (promise(1, "Days"), promise(1, "Business Days")),
        (promise(), promise(metric="Response")),
        (promise(), promise(statistic="Average")),
        (SEATS, replace(SEATS, own_unit="rooms")),
        (SEATS, replace(SEATS, own_metric="Rooms")),
    ):
        assert not comparable(one, other)
        assert looser(one, other) is None
        assert looser(other, one) is None


def test_shares_are_looser_for_fewer_cases():
    most, all_cases = promise(4, share_of_cases=80), promise(4)
    assert looser(most, all_cases) is True
    assert looser(all_cases, most) is False
    assert looser(promise(5), most) is None
    assert looser(most, promise(5)) is None


TARGETS = st.builds(
    promise,
    st.sampled_from([0.0, 1.0, 2.0, 30.0]),
    st.sampled_from(UNITS),
    st.sampled_from(METRICS),
    own_unit=st.sampled_from(["", "seats"]),
    direction=st.sampled_from(["", *TARGET_DIRECTIONS]),
    share_of_cases=st.sampled_from([None, 0, 50, 90, 100]),
    statistic=st.sampled_from(["", "Each Case", "Average"]),
)


@given(TARGETS, TARGETS, TARGETS)
def test_looser_is_an_order(one, other, third):
    assert looser(one, one) in ((None,) if looseness(one) is None else (False,))
    if looser(one, other) is True:
        assert looser(other, one) is False
        if looser(other, third) is True:
            assert looser(one, third) is True
    assert (looser(one, other) is None) == (looser(other, one) is None)


@given(TARGETS, TARGETS, st.sampled_from([0.0, 0.5, 1.0, 1.5, 30.0, 99.0]))
def test_what_keeps_a_tighter_promise_keeps_a_looser_one(one, other, measured):
    if one.unit == other.unit and looser(one, other) is False and is_kept(one, measured):
        assert is_kept(other, measured)


def test_an_average_is_kept_within_its_bound():
    average = promise(4, statistic="Average", bound=8)
    assert is_kept(average, 4)
    assert is_kept(average, 4, worst=8)
    assert not is_kept(average, 4, worst=8.1)
    assert not is_kept(average, 4.1, worst=5)
    assert is_kept(promise(4, bound=8), 4, worst=9)
    assert not is_kept(promise(99, "Percent", "Quality", statistic="Average", bound=95), 99, worst=94)
    assert is_kept(SEATS, 41)
    assert not is_kept(SEATS, 39)


P1, ALL = promise(1, priority="P1"), promise(9)
CHAT, CHAT_P1 = promise(5, service="chat"), promise(2, service="chat", priority="P1")


def test_the_own_targets_of_a_service_come_first_then_those_of_a_priority():
    assert by_priority([ALL, P1], "Resolution")["P1"] == (P1,)
    assert by_priority([ALL, P1], "Resolution", "chat") == by_priority([ALL, P1], "Resolution")
    assert by_priority([ALL, P1, CHAT], "Resolution", "chat")["P1"] == (CHAT,)
    assert by_priority([ALL, P1, CHAT_P1], "Resolution", "chat") == {
        **by_priority([ALL, P1], "Resolution"),
        "P1": (CHAT_P1,),
    }
    assert by_priority([CHAT], "Resolution") == {}
    assert holding([ALL, P1, CHAT], "chat") == (CHAT,)
    assert holding([ALL, P1, CHAT_P1], "chat") == (ALL, CHAT_P1)
    assert holding([ALL, P1, CHAT_P1], "mail") == (ALL, P1)


def test_shares_of_the_cases_hold_together():
    most, rest = promise(16, share_of_cases=80), promise(5, "Business Days")
    assert by_priority([most, rest], "Resolution")["P3"] == (most, rest)


def test_metrics_of_ones_own_are_told_apart_by_name():
    logins = promise(2, "Percent", "Own", own_metric="Failed logins", direction="At Most")
    given_targets = [SEATS, replace(SEATS, own_metric="SEATS"), logins, promise()]
    assert metrics(given_targets) == (("Resolution", ""), ("Own", "Seats"), ("Own", "Failed logins"))
    assert by_priority(given_targets, "Own", own_metric="failed  logins")["P1"] == (logins,)


AGREEMENT = Agreement(
    id="sla",
    service_hours="office",
    support_hours="desk",
    scope=(
        AgreementScope(service="mail"),
        AgreementScope(service="chat", service_hours="always"),
        AgreementScope(service="shop", service_hours="always", support_hours="nights"),
    ),
    targets=(ALL, P1, CHAT),
)


@pytest.mark.parametrize(
    ("metric", "service", "calendar"),
    [
        ("Resolution", "", "desk"),
        ("Resolution", "mail", "desk"),
        ("Resolution", "chat", "always"),
        ("Hand-over", "shop", "nights"),
        ("Availability", "shop", "always"),
        ("Availability", "mail", "office"),
    ],
)
def test_the_hours_of_a_service_come_before_those_of_the_agreement(metric, service, calendar):
    assert calendar_of(AGREEMENT, promise(metric=metric), service) == calendar
    assert calendar_of(AGREEMENT, promise(metric=metric, service=service)) == calendar
    assert calendar_of(AGREEMENT, promise(metric=metric, calendar="own"), service) == "own"


def test_levels_of_a_service():
    plan = Plan(id="plan", agreements=(AGREEMENT,), calendars=(Calendar(id="always", title="Always"),))
    assert told_apart(AGREEMENT) == ("", "chat", "shop")
    assert [(str(one.figure), one.hours) for one in levels(plan, AGREEMENT, "chat")] == [
        ("5 Hours", "Always")
    ]
    assert [str(one.figure) for one in levels(plan, AGREEMENT)] == ["9 Hours", "1 Hour", "5 Hours"]
