"""Who may write what somebody can, and where he was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.model import Person
from sm_planner.engine.model.training import SkillRating, TrainingAttendance
from sm_planner.engine.rights import in_place_of_others, refuse_write
from sm_planner.engine.rights.training import changes_effect_alone
from sm_planner.engine.rights.writer import Writer

PEOPLE = {
    "ana": Person(id="ana", title="Ana", reports_to="cy"),
    "bo": Person(id="bo", title="Bo"),
    "cy": Person(id="cy", title="Cy"),
}
ANA, BO, CY = (Writer(f"{id}@x", frozenset({id})) for id in PEOPLE)
PLANNER = Writer("p@x", plans=True)
RATING = SkillRating(person="ana", skill="phone", level="Aware", day=date(2026, 5, 1), source="Own Word")
THERE = TrainingAttendance(training="calls", person="ana", day=date(2026, 5, 1), result="Attended")
SEEN = {"effect": "Reached", "effect_on": date(2026, 6, 1)}


def find(collection: str, id: str):
    return PEOPLE.get(id) if collection == "people" else None


def refused(record, old, writer) -> str:
    return str(refuse_write(record, old, writer, find) or "")


@pytest.mark.parametrize("record", [RATING, THERE])
def test_oneself_the_lead_and_planners_write_and_nobody_else(record):
    assert [refused(record, None, one) for one in (ANA, CY, PLANNER)] == [""] * 3
    assert "whoever leads them" in refused(record, None, BO)
    assert "whoever leads them" in refused(replace(record, person="bo"), record, ANA)
    assert "whoever leads them" in refused(replace(record, person="bo"), record, CY)


def test_nobody_judges_himself():
    assert "own word" in refused(replace(RATING, source="Test"), None, ANA)
    assert "own word" in refused(RATING, replace(RATING, source="Test"), ANA)
    assert "whether you were there" in refused(replace(THERE, result="Passed"), None, ANA)
    assert "whether you were there" in refused(replace(THERE, **SEEN), THERE, ANA)
    assert refused(replace(THERE, result="Passed", **SEEN), None, CY) == ""
    assert refused(replace(RATING, source="Test"), None, CY) == ""


def test_planners_and_leads_enter_for_others_which_the_fact_says():
    assert in_place_of_others(RATING, PLANNER, find)
    assert in_place_of_others(RATING, CY, find)
    assert not in_place_of_others(RATING, ANA, find)


def test_the_effect_alone_is_told_from_other_changes():
    assert changes_effect_alone(replace(THERE, **SEEN), THERE)
    assert not changes_effect_alone(THERE, THERE)
    assert not changes_effect_alone(replace(THERE, result="Passed", **SEEN), THERE)
