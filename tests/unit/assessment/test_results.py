"""Progress and result of an assessment, what is met and certifiable; an empty level is no zero."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.assessment.results import Result, result
from sm_planner.engine.model.assessments import AssessmentAnswer

LINES = st.lists(
    st.builds(
        AssessmentAnswer,
        code=st.just("a"),
        weight=st.none() | st.integers(0, 5).map(float),
        score=st.none() | st.integers(0, 4),
        target=st.none() | st.integers(0, 4),
        not_applicable=st.sampled_from(["", "", "No such thing"]),
    ).map(lambda row: row if row.score is None else AssessmentAnswer(**{**vars(row), "not_applicable": ""})),
    max_size=12,
)


def row(score=None, target=None, weight=None, why_not="") -> AssessmentAnswer:
    return AssessmentAnswer(code="x", score=score, target=target, weight=weight, not_applicable=why_not)


def test_an_empty_level_is_no_zero():
    assert result([row(), row(0), row(4)], 2) == Result(
        lines=3, not_applicable=0, assessed=2, mean=2.0, minimum=0, below=0, met=1
    )
    assert (result([row()], 2).mean, result([row()], 2).minimum) == (None, None)


def test_progress_and_result_are_two_numbers():
    found = result([row(4, 3), row(1, 3), row(), row(why_not="No such thing")], 3)
    assert (found.progress, found.open) == (75, 1)
    assert (found.mean, found.minimum, found.below) == (2.5, 1, 1)


def test_what_does_not_apply_leaves_the_sum():
    assert result([row(2, 2), row(why_not="No")], 2).is_certifiable
    assert not result([row(why_not="No")], 2).is_certifiable


@pytest.mark.parametrize(
    ("rows", "certifiable"),
    [
        ([row(2), row(4)], True),
        ([row(1), row(4)], False),  # a mean above the goal is not enough
        ([row(2), row()], False),
        ([], False),
    ],
)
def test_a_group_is_certifiable_if_all_of_it_reaches_the_goal(rows, certifiable):
    assert result(rows, 2).is_certifiable is certifiable


def test_weights_count_in_the_mean_alone():
    found = result([row(4, weight=3.0), row(0, weight=1.0)], None)
    assert (found.mean, found.minimum, found.met) == (3.0, 0, 0)
    assert result([row(4, weight=0.0)], None).mean is None


@given(LINES, st.none() | st.integers(0, 4))
def test_the_numbers_hold_together(lines, goal):
    found = result(lines, goal)
    assert 0 <= found.progress <= 100
    assert found.open + found.assessed + found.not_applicable == found.lines == len(lines)
    assert found.met <= found.assessed and found.below <= found.assessed
    if found.mean is not None:
        assert found.minimum <= found.mean + 1e-9
    assert found.is_certifiable is (found.in_scope > 0 and found.met == found.in_scope)
