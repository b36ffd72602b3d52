"""Attendance that other programs keep becomes facts: each once, none of days to come, and nothing that is there is touched."""

from __future__ import annotations

from datetime import date

from hypothesis import given, strategies as st

from sm_planner.engine.model import Plan
from sm_planner.engine.model.training import TrainingAttendance
from sm_planner.engine.model.vocabulary import ATTENDANCE_RESULTS
from sm_planner.engine.training.elsewhere import Noted, to_add

TODAY = date(2026, 6, 1)
DAYS = st.dates(date(2026, 5, 28), date(2026, 6, 3))
NOTED = st.builds(
    Noted,
    training=st.sampled_from(("a", "b")),
    person=st.sampled_from(("ann", "bo")),
    day=DAYS,
    result=st.sampled_from(ATTENDANCE_RESULTS),
    source=st.sampled_from(("HRMS: 1", "LMS: 2")),
)
KNOWN = st.builds(
    TrainingAttendance,
    training=st.sampled_from(("a", "b")),
    person=st.sampled_from(("ann", "bo")),
    day=DAYS,
    result=st.just("Attended"),
)


def key(one: Noted | TrainingAttendance) -> tuple[str, str, date]:
    return one.training, one.person, one.day


@given(st.lists(NOTED, max_size=8), st.lists(KNOWN, max_size=4))
def test_each_is_added_once_and_what_is_known_stays(noted, known):
    plan = Plan(id="p", attendances=tuple(known))
    found = to_add(plan, noted, TODAY)
    wanted = {key(one) for one in noted if one.day <= TODAY} - {key(one) for one in known}
    assert {key(one) for one in found} == wanted
    assert len(found) == len(wanted)
    assert all(
        any(
            key(one) == key(fact) and (one.result, one.source) == (fact.result, fact.evidence)
            for one in noted
        )
        for fact in found
    )
    again = Plan(id="p", attendances=(*known, *found))
    assert to_add(again, noted, TODAY) == ()


def test_a_certificate_keeps_until_when_it_is_valid():
    one = Noted("a", "ann", date(2026, 5, 1), "Passed", "LMS: 2", date(2027, 5, 1))
    (fact,) = to_add(Plan(id="p"), [one], TODAY)
    assert (fact.valid_until, fact.evidence, fact.entered_by) == (date(2027, 5, 1), "LMS: 2", "")


def test_of_what_is_noted_on_one_day_the_best_result_counts():
    noted = [
        Noted("a", "ann", TODAY, result, f"HRMS: {number}")
        for number, result in enumerate(("Absent", "Attended", "Not Passed"))
    ]
    passed = Noted("a", "ann", TODAY, "Passed", "LMS: 1")
    assert [fact.result for fact in to_add(Plan(id="p"), noted, TODAY)] == ["Attended"]
    assert [fact.evidence for fact in to_add(Plan(id="p"), [*noted, passed], TODAY)] == ["LMS: 1"]
