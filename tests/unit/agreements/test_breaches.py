"""When missed periods become a breach, and what is due then."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.agreements.breaches import Result, by_period, consequences, due, paid_for
from sm_planner.engine.agreements.measurements import (
    Breach,
    breached,
    period,
    period_name,
    results,
    share_to_enter,
    standing,
)
from sm_planner.engine.model import Agreement, AgreementTarget, Measurement, Plan
from sm_planner.engine.model.agreements import AgreementCharge, AgreementConsequence

JANUARY = period("Monthly", date(2027, 1, 1))
KEPT = st.lists(st.sampled_from([True, False, None]), max_size=9)


def target(**rest) -> AgreementTarget:
    return AgreementTarget(**{"metric": "Resolution", "priority": "P1", "value": 4.0, "unit": "Hours"} | rest)


AVAILABILITY = AgreementTarget(metric="Availability", value=99.5, unit="Percent")


def missed(of: AgreementTarget, value: float | None, *tiers: AgreementConsequence, **rest) -> Result:
    agreement = Agreement(id="sla", kind="SLA", targets=(of,), consequences=tiers, **rest)
    return Result(agreement, of, JANUARY, value, False)


# The rule


@given(KEPT, st.none() | st.integers(1, 4), st.none() | st.integers(1, 5))
def test_a_target_is_breached_exactly_if_it_is_however_the_unknown_periods_were(kept, after, within):
    """Brute force: every way in which what cannot be told may have been."""
    of = target(breach_after=after, breach_within=within)
    need = after or 1
    span = max(within or need, need)

    def plain(known):
        return [known[max(0, end - span) : end].count(False) >= need for end in range(1, len(known) + 1)]

    ways = [[]]
    for one in kept:
        ways = [[*way, said] for way in ways for said in ([True, False] if one is None else [one])]
    possible = list(zip(*map(plain, ways), strict=True))
    assert breached(of, kept) == [all(way) if len(set(way)) == 1 else None for way in possible]


def test_a_breach_tells_since_when_it_lasts():
    periods = [
        (period("Monthly", date(2027, month, 1)), kept)
        for month, kept in enumerate((False, True, False, False), 1)
    ]

    assert standing(target(), periods) == Breach(True, periods[2][0])
    assert standing(target(breach_after=2), periods) == Breach(True, periods[3][0])
    assert standing(target(breach_after=3), periods) == Breach(False)
    assert standing(target(breach_after=3, breach_within=4), periods) == Breach(True, periods[3][0])
    assert standing(target(), []) == Breach(None)


@pytest.mark.parametrize(
    ("frequency", "name"),
    [
        ("Daily", "2027-03-31"),
        ("Weekly", "2027-W13"),
        ("Monthly", "2027-03"),
        ("Quarterly", "2027-Q1"),
        ("Yearly", "2027"),
    ],
)
def test_periods_have_names(frequency, name):
    assert period_name(frequency, period(frequency, date(2027, 3, 31))) == name


# Measurements


def fact(day: date, value: float, **rest) -> Measurement:
    return Measurement(
        **{"agreement": "sla", "metric": "Resolution", "priority": "P1", "day": day, "value": value} | rest
    )


PROMISED = (target(),)


def measured(*facts: Measurement, targets=PROMISED):
    agreement = Agreement(id="sla", kind="SLA", targets=tuple(targets))
    plan = Plan(id="p", agreements=(agreement,), measurements=facts)
    return list(results(plan, agreement, date(2027, 12, 31)))


def test_two_shares_of_one_metric_and_priority_are_two_targets_with_measurements_of_their_own():
    shares = (target(share_of_cases=80.0, value=16.0), target(value=5.0, unit="Business Days"))
    first, second = measured(
        fact(date(2027, 1, 31), 15.0, share_of_cases=80.0), fact(date(2027, 1, 31), 6.0), targets=shares
    )

    assert (first.is_kept, second.is_kept) == (True, False)


def test_metrics_of_ones_own_and_services_are_told_apart():
    own = AgreementTarget(
        metric="Own", own_metric="Orders", value=100.0, unit="Own", own_unit="an hour", direction="At Least"
    )
    of_mail = target(service="mail", value=2.0)
    found = measured(
        fact(date(2027, 1, 31), 90.0, metric="Own", own_metric="orders", priority=""),
        fact(date(2027, 1, 31), 1.0, service="mail"),
        targets=(own, of_mail, target()),
    )

    assert [one.is_kept for one in found] == [False, True, None]


def test_beside_an_average_what_all_cases_took_is_entered_with_its_share():
    average, every = target(statistic="Average", value=2.0), target()
    found = measured(
        fact(date(2027, 1, 31), 3.0),
        fact(date(2027, 1, 31), 3.5, share_of_cases=100.0),
        targets=(average, every),
    )

    assert [(one.latest.value, one.is_kept) for one in found] == [(3.0, False), (3.5, True)]
    agreement = found[0].agreement
    assert (share_to_enter(agreement, average), share_to_enter(agreement, every)) == (None, 100)
    assert share_to_enter(Agreement(id="a", kind="SLA", targets=(every,)), every) is None


def test_a_month_without_a_measurement_leaves_open_whether_missed_months_follow_each_other():
    (one,) = measured(
        fact(date(2027, 1, 31), 9.0), fact(date(2027, 3, 31), 9.0), targets=(target(breach_after=2),)
    )

    assert one.breach == Breach(None)
    assert (one.missed_in_a_row, one.breaches) == (2, ())
    assert [(result.period.first.month, result.kept) for result in by_period(one)] == [
        (1, False),
        (2, None),
        (3, False),
    ]


def test_periods_are_those_in_which_the_target_is_measured():
    (one,) = measured(
        fact(date(2027, 1, 31), 9.0),
        fact(date(2027, 2, 28), 3.0),
        targets=(target(measured_over="Quarterly"),),
    )

    assert [(str(row.value), name.last) for name, row in one.periods] == [("3.0", date(2027, 3, 31))]
    assert one.breach == Breach(False)


@pytest.mark.parametrize(
    ("fact", "id"),
    [
        (
            Measurement(agreement="sla", metric="Resolution", priority="P1", day=date(2027, 1, 31), value=1),
            "sla / Resolution / P1 / 2027-01-31",
        ),
        (
            Measurement(agreement="sla", metric="Availability", day=date(2027, 1, 31), value=1),
            "sla / Availability / 2027-01-31",
        ),
        (Measurement(objective="goal", day=date(2027, 1, 31), value=1), "goal / 2027-01-31"),
    ],
)
def test_facts_of_before_keep_their_ids(fact, id):
    assert fact.id == id


# What is due


def tier(**rest) -> AgreementConsequence:
    return AgreementConsequence(**rest)


def test_the_hardest_tier_that_was_reached_counts():
    five, ten, twenty = (
        tier(metric="Availability", worse_than=worse, credit_percent=percent)
        for worse, percent in ((None, 5.0), (99.0, 10.0), (98.0, 20.0))
    )
    tiers = (ten, twenty, five)

    assert [
        consequences(missed(AVAILABILITY, value, *tiers)) for value in (99.4, 99.0, 98.5, 98.0, 97.9)
    ] == [
        (five,),
        (five,),
        (ten,),
        (ten,),
        (twenty,),
    ]


def test_of_equal_tiers_those_count_that_speak_of_the_target_most_closely():
    every, closer = tier(credit_percent=1.0), tier(metric="Resolution", priority="P1", note="plan")
    other = tier(metric="Resolution", priority="P2", credit_percent=50.0)
    second = tier(metric="Resolution", priority="P1", escalate_to="head")

    assert consequences(missed(target(), 9.0, every, closer, other, second)) == (closer, second)
    assert consequences(missed(target(priority="P3"), 9.0, every, closer, other)) == (every,)


def test_a_metric_of_ones_own_is_the_same_however_its_name_is_written():
    logins = target(metric="Own", own_metric="Failed logins", priority="", direction="At Most")
    own, other = (
        tier(metric="Own", own_metric=name, credit_percent=5.0) for name in ("failed  Logins", "Orders")
    )

    assert consequences(missed(logins, 9.0, own, other)) == (own,)


def test_a_consequence_for_a_priority_is_not_due_for_a_target_of_all():
    first, every = tier(metric="Resolution", priority="P1", credit_percent=5.0), target(priority="")

    assert (consequences(missed(target(), 9.0, first)), consequences(missed(every, 9.0, first))) == (
        (first,),
        (),
    )


def test_a_value_that_is_not_known_reaches_no_tier_and_leaves_it_in_doubt():
    (one,) = due(
        [
            missed(
                target(),
                None,
                tier(credit_percent=5.0),
                tier(worse_than=8.0, credit_percent=9.0),
                unit_cost=100.0,
            )
        ]
    )

    assert (one.credit_percent, one.money) == (5.0, 5)
    assert "harder consequences may be due" in str(one.doubt)


def test_only_missed_periods_of_a_breach_are_due():
    of = target(breach_after=2, breach_within=3)
    agreement = Agreement(
        id="sla", kind="SLA", targets=(of,), consequences=(tier(credit_percent=10.0),), unit_cost=50.0
    )
    months = [period("Monthly", date(2027, month, 1)) for month in (1, 2, 3, 4)]
    found = due(
        Result(agreement, of, month, 9.0, kept)
        for month, kept in zip(months, (False, True, False, True), strict=True)
    )

    assert [(one.result.period.first.month, one.money) for one in found] == [(3, 5)]


def test_a_breach_without_an_agreed_consequence_is_told():
    (one,) = due([missed(target(), 9.0)])

    assert (one.consequence, one.money, one.unknown) == (None, None, None)


def charge(price: float | None, per: str, **rest) -> AgreementCharge:
    return AgreementCharge(charge="Desk", price=price, per=per, **rest)


@pytest.mark.parametrize(
    ("over", "charges", "cost", "paid"),
    [
        ("", (charge(100.0, "Month"), charge(1200.0, "Year"), charge(999.0, "Once")), 7.0, 200),
        ("Quarterly", (charge(100.0, "Month"), charge(30.0, "Quarter")), None, 330),
        ("Yearly", (charge(30.0, "Quarter"),), None, 120),
        ("", (), 50.0, 50),
        ("Quarterly", (), 50.0, 150),
        ("", (charge(0.0, "Month"),), 50.0, 0),
        ("", (charge(0.0, ""), charge(100.0, "Month")), None, 100),
        ("", (charge(100.0, ""),), None, "not said what is paid for Desk"),
        ("", (charge(10.0, "Month", service="web"),), 50.0, 50),
        ("", (), None, "no charge and no cost"),
        ("", (charge(None, "Month"),), 50.0, "not said what is paid for Desk"),
        ("Weekly", (), 50.0, "over shorter periods"),
        ("", (charge(5.0, "Case"),), None, "not known how many"),
    ],
)
def test_what_is_paid_for_a_period_is_told_or_why_it_is_not_known(over, charges, cost, paid):
    found, why = paid_for(
        missed(target(measured_over=over, service="mail"), 9.0, charges=charges, unit_cost=cost)
    )

    assert (found == paid and why is None) if isinstance(paid, int) else (found is None and paid in str(why))


def test_what_is_paid_for_each_case_counts_where_it_is_known_how_many_there_were():
    agreement = Agreement(id="sla", kind="SLA", charges=(charge(2.5, "Case"),))

    assert paid_for(Result(agreement, target(), JANUARY, 9.0, False, cases=4)) == (Fraction(10), None)
