"""How a relationship stands: the last engagement, the score, and its trend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.engagement.relationship import Trend, last_engaged, last_spoke, relationship
from sm_planner.engine.model import Person, Plan, Stakeholder
from sm_planner.engine.model.change import Engagement

TODAY = date(2026, 6, 1)
WARDS = Stakeholder(id="wards", title="Wards")


def spoke(days_ago: int, score: int | None = None, **values: str) -> Engagement:
    day = TODAY - timedelta(days=days_ago)
    return Engagement(**{"person": "bo", "stakeholder": "wards", "day": day, "score": score, **values})


def plan_of(*engagements: Engagement, stakeholder: Stakeholder = WARDS) -> Plan:
    people = (Person(id="bo", title="Bo"), Person(id="ana", title="Ana"))
    return Plan(id="p", people=people, stakeholders=(stakeholder,), engagements=engagements)


def trend(*scores: int) -> Trend:
    """Of scores, the oldest first."""
    given = (spoke(len(scores) - place, score) for place, score in enumerate(scores))
    return relationship(plan_of(*given), WARDS, TODAY).trend


@pytest.mark.parametrize(
    ("scores", "wanted"),
    [
        ((), Trend.UNKNOWN),
        ((3,), Trend.UNKNOWN),
        ((3, 3), Trend.STEADY),
        ((3, 4), Trend.RISING),
        ((4, 3), Trend.FALLING),
        ((4, 3, 3), Trend.FALLING),
        ((4, 3, 3, 3), Trend.STEADY),
        ((1, 4, 4, 4, 4), Trend.STEADY),
    ],
)
def test_the_latest_score_is_compared_with_the_three_before(scores, wanted):
    assert trend(*scores) is wanted


@given(st.lists(st.integers(1, 5), min_size=2, max_size=8))
def test_turned_upside_down_what_rises_falls(scores):
    mirrored = {Trend.RISING: Trend.FALLING, Trend.FALLING: Trend.RISING, Trend.STEADY: Trend.STEADY}

    assert trend(*(6 - score for score in scores)) is mirrored[trend(*scores)]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(1, 5))
def test_a_better_score_never_falls_where_a_worse_one_does_not(scores, worse):
    order = [Trend.FALLING, Trend.STEADY, Trend.RISING]

    places = [order.index(trend(*scores, score)) for score in range(worse, 6)]

    assert places == sorted(places)


@given(st.permutations(range(1, 7)))
def test_it_does_not_matter_in_which_order_they_were_entered(days):
    found = relationship(plan_of(*(spoke(days_ago, 1 + days_ago % 5) for days_ago in days)), WARDS, TODAY)

    assert found.scores == tuple(1 + days_ago % 5 for days_ago in range(6, 0, -1))


def test_what_lies_ahead_has_not_been_said():
    found = relationship(plan_of(spoke(2, 4), spoke(-1, 1)), WARDS, TODAY)

    assert (found.score, found.last.day) == (4, date(2026, 5, 30))


def test_one_without_a_score_leaves_the_score_as_it_was():
    found = relationship(plan_of(spoke(9, 2), spoke(5, 3), spoke(1)), WARDS, TODAY)

    assert (found.score, found.trend, len(found.engagements)) == (3, Trend.RISING, 3)


@pytest.mark.parametrize(
    ("before", "engagements", "wanted"),
    [
        (None, (), None),
        (date(2026, 1, 1), (), date(2026, 1, 1)),
        (date(2026, 1, 1), (spoke(3),), date(2026, 5, 29)),
        (date(2026, 5, 31), (spoke(3),), date(2026, 5, 31)),
        (None, (spoke(3, stakeholder="", spoke_with="ana"),), None),
    ],
)
def test_last_engaged_is_the_later_of_what_was_entered(before, engagements, wanted):
    stakeholder = Stakeholder(id="wards", title="Wards", last_engagement=before)

    assert last_engaged(plan_of(*engagements, stakeholder=stakeholder), stakeholder, TODAY) == wanted


def test_who_was_spoken_with_has_not_spoken():
    plan = plan_of(spoke(3, stakeholder="", spoke_with="ana"), spoke(1, person="ana"))

    assert last_spoke(plan, "bo", TODAY).day == date(2026, 5, 29)
    assert last_spoke(plan, "ana", TODAY).day == date(2026, 5, 31)
    assert last_spoke(plan, "eva", TODAY) is None


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"stakeholder": ""}, "Nobody is named with whom was spoken."),
        ({"spoke_with": "bo"}, "Nobody is engaged by talking to himself."),
        (
            {"stakeholder": "", "spoke_with": "ana", "score": 3},
            "A score is of the relationship with a stakeholder.",
        ),
    ],
)
def test_what_says_nothing_is_refused(values, says):
    made = Engagement(**{"person": "bo", "stakeholder": "wards", "day": TODAY, **values})

    assert [str(refusal.message) for refusal in made.misfits()] == [says]
