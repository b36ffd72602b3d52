"""Who may write what of reviews and triggers."""

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.model.reviews import Review, ReviewAttendance, ReviewDecision, ReviewInput, Trigger
from sm_planner.engine.rights import refuse_write
from sm_planner.engine.rights.reviews import (
    refuse_deleting_review,
    refuse_deleting_trigger,
    unproved,
)
from sm_planner.engine.rights.writer import Writer

DAY = date(2026, 6, 1)
PLANNED = Review(kind="Plan Review", scheduled=DAY, chair="ana")
HELD = replace(
    PLANNED,
    held_on=DAY,
    inputs=(ReviewInput(topic="Risks", text="None"),),
    attendance=(ReviewAttendance(person="bo", attended=True, confirmed=DAY, proof="{}"),),
    decisions=(
        ReviewDecision(text="a", kind="Improve", became="IMP-01"),
        ReviewDecision(text="b", kind="Resource"),
    ),
)
PLANNER = Writer("planner@example.org", plans=True)
CHAIR = Writer("ana@example.org", frozenset({"ana"}))
OTHER = Writer("bo@example.org", frozenset({"bo"}))


def refused(record, old, writer) -> str:
    return str(refuse_write(record, old, writer, lambda collection, id: None) or "")


@pytest.mark.parametrize("writer", [PLANNER, CHAIR])
def test_chair_and_planners_move_a_review_and_write_its_minutes(writer):
    assert refused(replace(PLANNED, moved_to=date(2026, 6, 9), move_reason="x"), PLANNED, writer) == ""
    more = (*HELD.decisions, ReviewDecision(text="c", kind="No Action"))
    assert refused(replace(HELD, decisions=more, remarks="x"), HELD, writer) == ""
    present = (*HELD.attendance, ReviewAttendance(person="cy", attended=True))
    assert refused(replace(HELD, attendance=present), HELD, writer) == ""


def test_nobody_else_writes_a_review():
    assert refused(replace(PLANNED, remarks="x"), PLANNED, OTHER).startswith("Only the chair of the review")
    assert refused(replace(PLANNED, chair="bo"), PLANNED, OTHER).startswith("Only the chair of the review")
    assert refused(PLANNED, None, CHAIR) == "Only planners plan reviews beside the rhythm."
    assert refused(PLANNED, None, PLANNER) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"held_on": None},
        {"inputs": ()},
        {"from_rhythm": True},
        {"attendance": ()},
        {"attendance": (replace(HELD.attendance[0], proof="other"),)},
        {"decisions": HELD.decisions[1:]},
        {"decisions": (replace(HELD.decisions[0], text="other"), HELD.decisions[1])},
        {"decisions": (HELD.decisions[0], replace(HELD.decisions[1], done_on=DAY))},
    ],
    ids=str,
)
@pytest.mark.parametrize("writer", [PLANNER, CHAIR])
def test_what_the_site_keeps_is_written_by_nobody(changes, writer):
    assert "is kept by the site" in refused(replace(HELD, **changes), HELD, writer)


@pytest.mark.parametrize(
    "changes",
    [{"chair": "cy"}, {"kind": "Service Review"}, {"about": "x"}, {"skip_reason": "x"}, {"moved_to": DAY}],
    ids=str,
)
def test_what_a_review_was_stays_once_it_was_held(changes):
    assert "stays as it is" in refused(replace(HELD, **changes), HELD, PLANNER)


def test_the_scheduled_day_stays_and_the_chair_hands_nothing_on():
    assert "The scheduled day stays" in refused(
        replace(PLANNED, scheduled=date(2026, 7, 1)), PLANNED, PLANNER
    )
    assert refused(replace(PLANNED, chair="bo"), PLANNED, CHAIR).startswith("Only planners change")
    assert refused(replace(PLANNED, chair="bo"), PLANNED, PLANNER) == ""


def test_a_file_brings_attendance_without_its_proof():
    assert unproved(HELD).attendance == (ReviewAttendance(person="bo", attended=True),)


def test_planners_delete_what_was_not_held():
    assert str(refuse_deleting_review(HELD, PLANNER)) == "A review that was held is not deleted."
    assert str(refuse_deleting_review(PLANNED, CHAIR)).startswith("Only planners delete")
    assert refuse_deleting_review(PLANNED, PLANNER) is None


NOTICED = Trigger(id="t", title="New law", kind="Environment", noticed_by="bo")


def test_anybody_notices_and_planners_decide():
    decided = replace(NOTICED, status="Done", reason="x")
    assert refused(NOTICED, None, OTHER) == ""
    assert refused(replace(NOTICED, noticed_by=""), None, Writer("x@example.org")) == ""
    assert refused(NOTICED, None, CHAIR) == "Enter what you noticed yourself."
    assert refused(decided, None, OTHER).startswith("Planners decide")
    assert refused(decided, NOTICED, OTHER).startswith("Planners decide")
    assert refused(decided, NOTICED, PLANNER) == ""
    assert str(refuse_deleting_trigger(NOTICED, OTHER)) == "Only planners delete triggers."
    assert refuse_deleting_trigger(NOTICED, PLANNER) is None
