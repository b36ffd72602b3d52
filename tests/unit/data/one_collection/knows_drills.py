"""Everything knows the collection that was declared. Run within the copy of the project that has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from jsonschema import Draft202012Validator

from sm_planner import hooks
from sm_planner.adapters.desk import link_choices
from sm_planner.adapters.site import doctypes, places
from sm_planner.engine import plan_file
from sm_planner.engine.checks.mending import place_of_field
from sm_planner.engine.model import COLLECTIONS, Person, Plan, Role, drill
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.engine.plan_file.schema import schema
from sm_planner.engine.plan_file.workbook_layout import sheets
from sm_planner.engine.sealing import canonical, diff, revision, seal
from sm_planner.reports.book import render

DRILL = drill.Drill(
    id="first-aid",
    title="First aid for servers",
    audience="desk",
    due=date(2027, 5, 1),
    attendees=(drill.DrillAttendee(person="ada", attended=date(2027, 4, 1)),),
)
PLAN = Plan(
    id="p",
    title="Plan",
    lineage="p",
    executive_sponsor="ada",
    people=(Person(id="ada", title="Ada Obi"),),
    roles=(Role(id="desk", title="Desk"),),
    drills=(DRILL,),
)
LATER = replace(PLAN, drills=(replace(DRILL, due=date(2027, 6, 1)),))


def test_the_plan_knows_its_records_by_id():
    assert PLAN.get("drills", "first-aid") is DRILL
    assert ("drills", DRILL) in PLAN.records()
    assert Ref.to(DRILL).collection == "drills"
    assert list(COLLECTIONS)[-1] == "drills"


@pytest.mark.parametrize("name", ["plan.yaml", "plan.xlsx"])
def test_a_file_keeps_them(tmp_path, name):
    plan_file.dump(PLAN, tmp_path / name)

    assert plan_file.load(tmp_path / name) == PLAN


def test_a_workbook_has_a_sheet_for_them_and_one_for_their_rows():
    assert {"Drills", "Drill Attendees"} <= {sheet.title for sheet in sheets()}


def test_a_link_to_nothing_is_told_at_its_place():
    text = plan_file.dumps(PLAN).replace("audience: desk", "audience: nobody")

    with pytest.raises(PlanFileError) as caught:
        plan_file.loads(text, "plan.yaml")
    (problem,) = map(str, caught.value.problems)
    line = 1 + text[: text.index("audience: nobody")].count("\n")
    assert f"plan.yaml:{line}:" in problem
    assert "nobody" in problem


def test_the_schema_completes_them():
    valid = Draft202012Validator(schema()).is_valid
    assert valid({"plan": {"id": "p"}, "drills": [{"id": "t", "due": "2027-05-01"}]})
    assert not valid({"plan": {"id": "p"}, "drills": [{"id": "t", "dew": "2027-05-01"}]})


def test_the_sponsor_signs_them():
    assert canonical.content(PLAN)["drills"] == [
        {
            "id": "first-aid",
            "title": "First aid for servers",
            "audience": "desk",
            "due": "2027-05-01",
            "attendees": [{"person": "ada"}],
        }
    ]


def test_a_plan_without_them_is_signed_as_before():
    assert "drills" not in canonical.content(replace(PLAN, drills=()))


def test_a_change_after_signing_is_drift():
    at = datetime(2027, 1, 15, 9, 30, tzinfo=timezone.utc)
    made = seal.make(PLAN, signer="ada", signed_at=at, meaning="I approve.", channel="command line")

    assert seal.drift(made, PLAN) == ()
    (change,) = seal.drift(made, LATER)
    assert (change.collection, change.id, change.field) == ("drills", "first-aid", "due")


def test_a_comparison_tells_of_them():
    (change,) = diff.diff_plans(PLAN, LATER)
    assert (change.collection, change.id, change.field) == ("drills", "first-aid", "due")


def test_a_revision_takes_them_along():
    assert revision.next_version(PLAN).drills == PLAN.drills


def test_the_book_shows_them():
    assert "First aid for servers" in render(PLAN, date(2027, 2, 1))


def test_documents_hold_them():
    class Document(dict):
        doctype = "SM Drill"
        name = "p-first-aid"

    assert doctypes.doctype_of(DRILL) == "SM Drill"
    assert doctypes.record_of(Document(doctypes.write(DRILL), id="first-aid", plan="p")) == DRILL


def test_frappe_asks_who_may_read_them_and_their_rows():
    allowed, listed = hooks.has_permission, hooks.permission_query_conditions
    assert allowed["SM Drill"] == allowed["SM Objective"]
    assert listed["SM Drill"] == listed["SM Objective"]
    assert listed["SM Drill Attendee"] == listed["SM Role Holder"]


def test_forms_offer_drafts_to_belong_to():
    assert link_choices.choices()["SM Drill"]["plan"] == link_choices.choices()["SM Objective"]["plan"]


def test_what_is_lacking_leads_to_their_list():
    target = places.target(PLAN, place_of_field(PLAN, "drills"), {})
    assert target == places.Target("SM Drill", filters={"plan": "p"}, label="Drills")
