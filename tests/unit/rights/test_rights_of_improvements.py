"""Who may write what of improvements by hand, and that no hand approves, rejects or closes one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import sm_planner
from sm_planner.engine.model import Improvement
from sm_planner.engine.model.improvements import ProgressReport
from sm_planner.engine.model.vocabulary import IMPROVEMENT_KINDS, IMPROVEMENT_STATES
from sm_planner.engine.rights import refuse_write
from sm_planner.engine.rights.improvements import MOVES, refuse_deleting_improvement
from sm_planner.engine.rights.writer import Writer

ACTION = Improvement(id="a", title="A", improvement_owner="ana")
IDEA = Improvement(id="i", title="I", kind="Suggestion", suggested_by="bo")
PLANNER = Writer("planner@example.org", plans=True)
OWNER = Writer("ana@example.org", frozenset({"ana"}))
OTHER = Writer("bo@example.org", frozenset({"bo"}))

BY_HAND = {
    "New": {"Assess"},
    "Assess": set(),
    "Approved": {"In Progress", "On Hold"},
    "In Progress": {"Verify", "On Hold"},
    "Verify": {"In Progress", "On Hold"},
    "On Hold": {"In Progress"},
    "Rejected": {"Assess"},
    "Closed": set(),
}
WITH_BUTTONS = "An improvement is approved, rejected and closed by who decides about it"


def refused(record, old, writer, find=lambda collection, id: None) -> str:
    return str(refuse_write(record, old, writer, find) or "")


@pytest.mark.parametrize(("before", "now"), list(product(IMPROVEMENT_STATES, repeat=2)))
@pytest.mark.parametrize("writer", [PLANNER, OWNER], ids=["planner", "owner"])
def test_a_state_is_moved_by_hand_to_some_others_only(before, now, writer):
    told = refused(replace(ACTION, status=now), replace(ACTION, status=before), writer)

    if now == before or now in BY_HAND[before]:
        assert told == ""
    elif now in ("Approved", "Closed", "Rejected"):
        assert told.startswith(WITH_BUTTONS)
    else:
        assert told == f"An improvement that is {before} does not become {now}."


@pytest.mark.parametrize("status", IMPROVEMENT_STATES)
def test_a_new_one_begins_before_anything_is_decided(status):
    told = refused(replace(ACTION, status=status), None, PLANNER)

    assert told == "" if status in ("New", "Assess") else told.startswith(WITH_BUTTONS)


_people = st.sampled_from(["", "ana", "bo"])
_written = st.builds(
    Improvement,
    id=st.just("a"),
    title=st.sampled_from(["A", "B"]),
    kind=st.sampled_from(IMPROVEMENT_KINDS),
    status=st.sampled_from(IMPROVEMENT_STATES),
    improvement_owner=_people,
    suggested_by=_people,
    answer=st.sampled_from(["", "Yes."]),
    verdict=st.sampled_from(["", "Reached"]),
)


@given(steps=st.lists(st.tuples(_written, st.sampled_from([PLANNER, OWNER, OTHER])), max_size=30))
def test_whatever_is_written_by_hand_nothing_is_ever_decided(steps):
    kept = None
    for record, writer in steps:
        if not refused(record, kept, writer):
            kept = record
        assert kept is None or kept.status in ("New", "Assess")


def test_from_what_is_new_no_way_by_hand_leads_to_what_others_decide():
    reached, found = set(), ["New"]
    while found:
        before = found.pop()
        reached.add(before)
        moved = (replace(ACTION, status=status) for status in IMPROVEMENT_STATES)
        found += [
            one.status
            for one in moved
            if one.status not in reached and not refused(one, replace(ACTION, status=before), PLANNER)
        ]
    assert reached == {"New", "Assess"}


def test_who_carries_it_out_writes_it_but_hands_nothing_on():
    assert refused(replace(ACTION, answer="x"), ACTION, OWNER) == ""
    assert refused(ACTION, None, OWNER) == ""
    for record, old in (
        (replace(ACTION, improvement_owner="bo"), ACTION),
        (ACTION, replace(ACTION, improvement_owner="bo")),
    ):
        assert refused(record, old, OWNER) == "Only whom it is about, or a planner, can enter or change this."
    assert refused(replace(ACTION, improvement_owner="bo"), ACTION, PLANNER) == ""


def test_anybody_suggests_in_his_own_name():
    assert refused(IDEA, None, OTHER) == ""
    assert refused(replace(IDEA, description="More."), IDEA, OTHER) == ""
    for record in (IDEA, replace(IDEA, kind="Improvement"), replace(IDEA, suggested_by="")):
        assert refused(record, None, OWNER).startswith("Enter it as a suggestion of yours")


@pytest.mark.parametrize(
    "changes", [{"status": "Assess"}, {"answer": "Yes."}, {"improvement_owner": "cy"}, {"kind": "Experiment"}]
)
def test_who_suggested_it_does_not_take_it_up_himself_nor_change_what_was_taken_up(changes):
    taken_up = replace(IDEA, **changes)

    assert refused(taken_up, IDEA, OTHER).startswith("Only whom it is about")
    assert refused(replace(taken_up, title="Other"), taken_up, OTHER).startswith("Only whom it is about")
    assert refused(IDEA, taken_up, OTHER).startswith("Only whom it is about")


@pytest.mark.parametrize("other", ["", "ana"])
def test_who_suggested_it_does_not_deny_it_and_another_planner_corrects_it(other):
    suggested = replace(ACTION, suggested_by="bo")
    denied = replace(suggested, suggested_by=other)

    assert refused(denied, suggested, replace(PLANNER, people=frozenset({"bo"}))).startswith(
        "You suggested this improvement."
    )
    assert refused(denied, suggested, PLANNER) == ""


@pytest.mark.parametrize("name", ["follow_up", "effect", "learning"])
def test_what_is_closed_is_still_learned_from(name):
    closed = replace(ACTION, status="Closed")

    assert refused(replace(closed, **{name: "x"}), closed, OWNER) == ""


@pytest.mark.parametrize("changes", [{"title": "B"}, {"verdict": "Reached"}, {"benefit_actual": 1.0}])
@pytest.mark.parametrize("writer", [PLANNER, OWNER], ids=["planner", "owner"])
def test_what_is_closed_stays_as_it_is(changes, writer):
    closed = replace(ACTION, status="Closed")

    assert refused(replace(closed, **changes), closed, writer).startswith("This improvement is closed")


@pytest.mark.parametrize("status", IMPROVEMENT_STATES)
def test_what_was_decided_about_is_not_deleted(status):
    told = str(refuse_deleting_improvement(replace(ACTION, status=status)) or "")

    assert told == "" if status in ("New", "Assess") else told.startswith("This was decided about")


def test_progress_is_reported_by_who_carries_it_out_or_by_a_planner():
    report = ProgressReport(improvement="a", day=date(2026, 6, 1), note="Done.")

    def told(writer: Writer) -> str:
        return refused(report, None, writer, lambda collection, id: ACTION)

    assert told(OWNER) == told(PLANNER) == ""
    assert told(OTHER) == "Only whom it is about, or a planner, can enter or change this."


def test_the_workflow_that_comes_with_the_app_has_a_button_for_each_move():
    path = Path(sm_planner.__file__).parent / "workflows" / "workflow.json"
    (workflow,) = (
        one for one in json.loads(path.read_text("utf-8")) if one["document_type"] == "SM Improvement"
    )
    offered = {(one["state"], one["next_state"]) for one in workflow["transitions"]}
    assert offered == {(before, after) for before, moves in MOVES.items() for after in moves}
    assert {one["state"] for one in workflow["states"]} == set(IMPROVEMENT_STATES)
