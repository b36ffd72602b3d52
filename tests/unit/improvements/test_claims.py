"""How much of one benefit is claimed at one time (IMP-05)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, strategies as st

from sm_planner.engine.checks import check
from sm_planner.engine.checks.finding import KNOWN
from sm_planner.engine.model import Improvement, Plan

FIRST = date(2027, 1, 1)
DAYS = 12

_days = st.none() | st.integers(0, DAYS).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def claiming(draw) -> tuple[Improvement, ...]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        start, end = draw(_days), draw(_days)
        if start and end:
            start, end = sorted((start, end))
        share = draw(st.none() | st.sampled_from([0, 10.1, 33.3, 50, 66.7]))
        made.append(
            Improvement(
                id=f"i{number}",
                title=f"I{number}",
                benefit_kpi="Calls",
                start_date=start,
                benefit_due=end,
                benefit_share=share,
            )
        )
    return tuple(made)


def is_claiming(one: Improvement, day: date) -> bool:
    return (one.start_date or date.min) <= day <= (one.benefit_due or date.max)


@given(improvements=claiming())
def test_what_is_found_is_what_a_look_at_each_day_finds(improvements):
    days = [FIRST + timedelta(days=days) for days in range(-1, DAYS + 2)]
    at_once = [[one for one in improvements if is_claiming(one, day)] for day in days]
    silent = {one.id for some in at_once if len(some) > 1 for one in some if one.benefit_share is None}
    most = max(round(sum(one.benefit_share or 0 for one in some), 6) for some in at_once)

    found = check(Plan(id="p", improvements=improvements), FIRST, (KNOWN["IMP-05"],)).findings

    assert {one.record.id for one in found if "does not say its share" in one.text} == silent
    told = [one.args[2] for one in found if "together" in one.text]
    assert max(map(float, told), default=0) == (most if most > 100 else 0)
    assert all(float(one) > 100 for one in told)
