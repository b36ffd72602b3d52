"""The priority of improvements: by the weights that the settings give."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.improvements.priority import CRITERIA, by_priority, priority, weights
from sm_planner.engine.model import Improvement, Plan, Settings
from sm_planner.engine.model.vocabulary import INFLUENCE


def action(benefit: str, urgency: str, effort: str, id: str = "a") -> Improvement:
    return Improvement(id=id, benefit=benefit, urgency=urgency, effort=effort)


_levels = st.sampled_from(INFLUENCE)
_actions = st.builds(action, _levels, _levels, _levels)
_settings = st.builds(
    Settings, **{f"weight_{name}": st.none() | st.integers(0, 9) for name in CRITERIA}
).filter(weights)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("High", "High", "Low"), 100),
        (("Low", "Low", "High"), 0),
        (("Medium", "Medium", "Medium"), 50),
        (("High", "Low", "High"), 50),  # 3 of 6 for the benefit alone
        (("Low", "High", "Low"), 50),  # 2 + 1 of 6
    ],
)
def test_by_the_standard_benefit_counts_three_urgency_two_and_little_effort_one(marks, expected):
    assert priority(action(*marks), Settings()) == pytest.approx(expected)


def test_what_has_no_weight_is_left_out_and_need_not_be_told():
    settings = Settings(weight_benefit=1, weight_urgency=0, weight_effort=None)

    assert weights(settings) == {"benefit": 1}
    assert priority(action("High", "", ""), settings) == 100


@pytest.mark.parametrize("lacking", CRITERIA)
def test_it_is_not_known_where_a_criterion_that_counts_is_not_told(lacking):
    known = action("High", "High", "Low")

    assert priority(dataclasses.replace(known, **{lacking: ""}), Settings()) is None


def test_it_is_not_known_where_nothing_counts():
    nothing = Settings(weight_benefit=0, weight_urgency=None, weight_effort=0)

    assert priority(action("High", "High", "Low"), nothing) is None


def test_the_most_urgent_come_first_then_by_id_and_those_that_are_not_known_last():
    plan = Plan(
        id="p",
        improvements=(
            action("", "High", "Low", "unknown"),
            action("Low", "Low", "High", "nought"),
            action("High", "High", "Low", "b"),
            action("High", "High", "Low", "a"),
        ),
    )

    assert [one.id for one in by_priority(plan)] == ["a", "b", "nought", "unknown"]


@given(_actions, _settings)
def test_it_lies_between_nought_and_a_hundred(one, settings):
    assert 0 <= priority(one, settings) <= 100


@given(_actions, _settings, st.sampled_from(CRITERIA), _levels)
def test_more_benefit_or_urgency_or_less_effort_never_lowers_it(one, settings, criterion, level):
    other = dataclasses.replace(one, **{criterion: level})
    more = INFLUENCE.index(level) - INFLUENCE.index(getattr(one, criterion))
    better = -more if criterion == "effort" else more

    change = priority(other, settings) - priority(one, settings)

    assert change * better >= 0
    assert (change != 0) == (better != 0 and criterion in weights(settings))
