"""Every piece of a plan, and every finding of every rule, leads to a place that the Desk has and where it is mended."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import sm_planner
from sm_planner.adapters.site import doctypes, places
from sm_planner.adapters.site.doctypes import DOCTYPES, LINEAGE, PARTS, PLAN, SETTINGS
from sm_planner.engine.checks import RULES, check, mending
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.checks.pieces import PIECES
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.raci.sheet import has_row

FOLDER = Path(sm_planner.__file__).parent / "sm_planner" / "doctype"
CASES = Path(__file__).parents[1] / "checks" / "test_cases.py"
EMPTY = Plan(id="p", title="Plan", lineage="p")


@cache
def fields(doctype: str) -> dict[str, dict]:
    stem = doctype.lower().replace(" ", "_").replace("-", "_")
    record = json.loads((FOLDER / stem / f"{stem}.json").read_text(encoding="utf-8"))
    return {row["fieldname"]: row for row in record["fields"]}


def opened(plan: Plan, code: str, record: Ref, field: str) -> places.Target:
    place = mending.place_of_finding(plan, code, record, field)
    return places.target(plan, place, {entry.id: "entry" for entry in plan.raci})


def opened_by(plan: Plan, finding: Finding) -> places.Target:
    return places.target(plan, mending.place_of(plan, finding), {entry.id: "entry" for entry in plan.raci})


def assert_is_there(target: places.Target) -> None:
    has = fields(target.doctype)
    if target.field:
        assert target.field in has
        assert not has[target.field].get("hidden")
    for name in target.filters:
        assert name in ("name", "taken_from") or has[name]["fieldtype"] == "Link", target
    assert target.name or target.doctype in (PLAN, *DOCTYPES.values())


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.name)
@pytest.mark.parametrize("filled", [False, True])
def test_a_piece_leads_to_where_it_is_written(piece, filled, example):
    plan = example if filled else EMPTY

    target = places.target(plan, mending.place_of_field(plan, piece.field), {})

    assert_is_there(target)
    assert target.label
    if piece.field in PARTS:
        assert target == places.Target(
            DOCTYPES[piece.field], filters={"plan": plan.id}, label=COLLECTIONS[piece.field].several
        )
    elif piece.field in COLLECTIONS and filled:
        assert (target.doctype, target.name) == (DOCTYPES[piece.field], "")
    elif piece.field in doctypes.stored(Plan):
        assert (target.doctype, target.name, target.field) == (PLAN, plan.id, piece.field)
    elif piece.field not in COLLECTIONS:
        assert (target.doctype, target.name, target.field) == (LINEAGE, plan.lineage, piece.field)


@pytest.mark.parametrize("collection", ["components", "requirements", "catalogue", "agreements", "calendars"])
def test_what_comes_along_with_services_is_made_in_its_list_and_not_put_into_the_scope(collection):
    target = places.target(EMPTY, mending.place_of_field(EMPTY, collection), {})

    assert target == places.Target(DOCTYPES[collection], label=COLLECTIONS[collection].several)


def test_services_that_a_plan_lacks_are_put_into_its_scope():
    target = places.target(EMPTY, mending.place_of_field(EMPTY, "services"), {})

    assert (target.doctype, target.name, target.field) == (PLAN, "p", "scope")


def load_cases():
    spec = importlib.util.spec_from_file_location("case_files", CASES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def all_findings():
    """What all rules say of the plans in the case files, with the plan."""
    kit = load_cases()
    found = []
    for parameter in kit.cases():
        code, _kind, case, base, today = parameter.values
        plan = kit.plan_of_case(base, case)
        found += [(plan, finding) for finding in check(plan, today, (kit.RULE[code],)).findings]
    return found


def test_the_cases_find_something_for_every_rule():
    assert {finding.code for _, finding in all_findings()} == {rule.code for rule in RULES}


def test_a_finding_leads_to_a_place_that_the_desk_has():
    for plan, finding in all_findings():
        target = opened_by(plan, finding)
        assert_is_there(target)
        assert target.name or target.label, finding


def test_no_finding_leads_to_the_scope_unless_something_is_to_be_put_there():
    for plan, finding in all_findings():
        target = opened_by(plan, finding)
        if target.field == "scope" and finding.field != "scope":
            lacks = finding.field or mending.piece_of(finding.code).field
            assert lacks in mending.PUT_INTO_SCOPE, finding
            assert not getattr(plan, lacks)


def test_a_finding_of_the_plan_as_a_whole_leads_into_it_by_name_or_elsewhere():
    """Not to the head of its form, where nothing says what is meant."""
    for plan, finding in all_findings():
        if finding.record.collection == "plan":
            target = opened_by(plan, finding)
            assert (target.doctype, target.field) != (PLAN, "") or target.filters, finding


@pytest.mark.parametrize(
    ("code", "record", "doctype", "filters"),
    [
        ("OBJ-01", Ref("plan", "p"), "SM Objective", {"plan": "p"}),
        ("OBJ-08", Ref("objectives", "o"), "SM Improvement", {"lineage": "p", "objective": "p-o"}),
        ("RAC-01", Ref("processes", "x"), "SM RACI Entry", {"plan": "p", "sm_process": "x"}),
        ("RAC-22", Ref("services", "x"), "SM RACI Entry", {"plan": "p", "service": "x"}),
        ("SUP-02", Ref("suppliers", "x"), "SM Improvement", {"lineage": "p", "supplier": "x"}),
        ("SPN-07", Ref("people", "x"), "SM Commitment", {"plan": "p", "person": "x"}),
        ("SPN-04", Ref("stakeholders", "x"), "SM Commitment", {"plan": "p"}),
        ("CAT-01", Ref("services", "x"), "SM Catalogue Entry", {"service": "x"}),
        ("STK-08", Ref("stakeholders", "x"), "SM Customer Requirement", {"customer": "x"}),
        ("CHN-11", Ref("suppliers", "x"), "SM Agreement", {"supplier": "x"}),
    ],
)
def test_what_a_record_lacks_is_made_in_the_list_of_what_is_lacking(code, record, doctype, filters):
    """A record that is made from there is of the plan, and about the record that lacks it."""
    target = opened(EMPTY, code, record, "")

    assert (target.doctype, target.name, target.filters) == (doctype, "", filters)


def test_a_missing_threshold_leads_to_its_field_in_the_settings():
    target = opened(EMPTY, "RAC-10", Ref("plan", "p"), "")

    assert (target.doctype, target.name, target.field) == (SETTINGS, SETTINGS, "segregated")


def test_what_is_wrong_with_seals_leads_to_the_sign_off_of_the_plan():
    target = opened(EMPTY, "INT-02", Ref("plan", "p"), "")

    assert (target.doctype, target.name, target.field) == (PLAN, "p", "sign_off_html")


def test_a_list_of_many_records_is_not_filtered_by_their_names(example):
    ids = tuple(map(str, range(places.NAMED + 1)))

    few = places.target(EMPTY, mending.Place("services", held=ids[:-1]), {})
    many = places.target(EMPTY, mending.Place("services", held=ids), {})

    assert few.filters == {"name": ["in", list(ids[:-1])]}
    assert many.filters == {}


def test_a_finding_about_a_cell_of_the_raci_keeps_where_it_leads_and_says_which_cell():
    about_cells = [(plan, finding) for plan, finding in all_findings() if finding.cell]
    assert {len(finding.cell) for _, finding in about_cells} == {1, 2, 3}
    for plan, finding in about_cells:
        place = mending.place_of(plan, finding)
        bare = mending.place_of_finding(plan, finding.code, finding.record, finding.field)
        assert (place.cell, replace(place, cell=())) == (finding.cell, bare)
        assert has_row(plan, (*finding.cell, "", "")[:3]), finding


@pytest.mark.parametrize(
    ("spot", "route"),
    [
        (("incident",), ("raci-sheet", "p", "incident")),
        (("incident", "mail", ""), ("raci-sheet", "p", "incident", "mail", "-")),
        (("incident", "", "server", "lead"), ("raci-sheet", "p", "incident", "-", "server", "lead")),
    ],
)
def test_the_route_to_a_cell_has_a_part_for_each_of_its_ids(spot, route):
    assert places.sheet_cell("p", spot) == route


def test_every_rule_that_is_named_exists():
    named = {*mending.MENDED_IN, *mending.NEVER_MENDED_AT_ITS_FIELD, *mending.SETTING, *mending.ABOUT_SEALS}
    assert named <= {rule.code for rule in RULES}
