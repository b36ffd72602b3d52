"""The DocTypes hold what the model declares: read from their files, so that it is tested anywhere."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import sm_planner
from sm_planner import hooks
from sm_planner.adapters.site import doctypes
from sm_planner.engine.checks.entry import TITLE
from sm_planner.engine.model import COLLECTIONS, PLAN_STATES
from sm_planner.engine.model.events import ACTS, OUTCOMES, Event
from sm_planner.engine.model.fields import DECIMALS, LINE_LENGTH, Spec, specs
from sm_planner.engine.model.plan import FACTS
from sm_planner.engine.model.questions import WORDS
from sm_planner.engine.model.seals import Seal

APP = Path(sm_planner.__file__).parent
FOLDER = APP / "sm_planner" / "doctype"


def load_tool(name: str):
    spec = importlib.util.spec_from_file_location(name, APP.parent / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


desk_records = load_tool("desk_records")
new_doctype = load_tool("new_doctype")

SHOWN_AS = {
    ("SM Answer", "question"): ("Autocomplete", "\n".join(words for _, words in WORDS)),
    ("SM Person", "user"): ("Link", "User"),
    ("SM Service Calendar", "timezone"): ("Autocomplete", None),
    ("SM Assessment", "framework"): ("Autocomplete", None),
    ("SM Waiver", "rule"): ("Autocomplete", None),
    ("SM Waiver", "record"): ("Autocomplete", None),
}
"""Fields whose values are chosen on a site: type and options."""
LAYOUT = ("Section Break", "Column Break", "Tab Break", "HTML")

OWN_FIELDS = {
    "SM Plan": {"scope", "amended_from", "frozen"},
    "SM Review": {"day", "held_by", "held_at"},
    "SM Waiver": {"in_order"},
    "SM Person": {"account"},
    "SM Service Calendar": {"countable"},
    "SM Settings": {"proof_of_signer", "log_in_minutes", "wait_minutes", "record_names", "guest_feedback"},
}
"""Fields that a DocType has beyond the model, and beyond where its records stand (:func:`standing`)."""

FIELDS = [
    pytest.param(doctype, name, spec, id=f"{doctype}-{name}")
    for doctype, record_class in doctypes.HOLDERS.items()
    for name, spec in doctypes.stored(record_class).items()
    if spec.kind != "key"
]


@cache
def doctype_json(doctype: str) -> dict[str, Any]:
    name = doctype.lower().replace(" ", "_").replace("-", "_")
    return json.loads((FOLDER / name / f"{name}.json").read_text(encoding="utf-8"))


def fields_of(doctype: str) -> dict[str, dict[str, Any]]:
    fields = doctype_json(doctype)["fields"]
    return {field["fieldname"]: field for field in fields if field["fieldtype"] not in LAYOUT}


def all_doctypes() -> list[str]:
    return [json.loads(path.read_text(encoding="utf-8"))["name"] for path in sorted(FOLDER.glob("*/*.json"))]


def rows() -> list[str]:
    return [name for name in all_doctypes() if doctype_json(name).get("istable")]


def standing(doctype: str) -> set[str]:
    """The fields that say in which plan a record stands, and by which id it is known there."""
    collection = COLLECTIONS.get(doctypes.COLLECTION_OF.get(doctype))
    return {field["fieldname"] for field in new_doctype.standing(collection)} if collection else set()


@pytest.mark.parametrize("doctype", doctypes.HOLDERS)
def test_a_doctype_has_the_fields_of_its_record_and_no_others(doctype):
    expected = {
        doctypes.fieldname(name)
        for name, spec in doctypes.stored(doctypes.HOLDERS[doctype]).items()
        if spec.kind != "key"
    }
    assert set(fields_of(doctype)) == expected | standing(doctype) | OWN_FIELDS.get(doctype, set())


@pytest.mark.parametrize(("doctype", "name", "spec"), FIELDS)
def test_a_field_can_hold_what_the_model_declares(doctype: str, name: str, spec: Spec):
    field = fields_of(doctype)[doctypes.fieldname(name)]
    shown, options = SHOWN_AS.get((doctype, name), (new_doctype.FIELDTYPES[spec.kind], field.get("options")))
    assert (field["fieldtype"], field.get("options")) == (shown, options)
    assert field["label"] == spec.label
    is_title = name == TITLE and doctype in doctypes.RECORDS  # needed where it is entered, not in plan files
    assert bool(field.get("reqd")) == (spec.required or is_title)
    assert field.get("length", LINE_LENGTH) == spec.length
    if spec.kind == "choice":
        assert field["options"].split("\n") == ["", *spec.choices]
    elif spec.kind == "link":
        assert field["options"] == doctypes.DOCTYPES[spec.target]
    elif spec.kind in doctypes.TABLES:
        assert field["options"] == doctypes.child_doctype(spec)
        assert doctype_json(field["options"])["istable"]
    elif spec.kind == "integer":
        assert field["non_negative"] == (spec.minimum >= 0)
    elif spec.kind == "number":
        assert field["precision"] == str(DECIMALS), "what is typed would be rounded"


@pytest.mark.parametrize(("doctype", "name", "spec"), FIELDS)
def test_a_field_begins_with_the_default_of_the_model(doctype: str, name: str, spec: Spec):
    default = doctypes.HOLDERS[doctype].__dataclass_fields__[name].default
    shown = str(int(default)) if spec.kind in ("flag", "integer") and default is not None else default
    assert fields_of(doctype)[doctypes.fieldname(name)].get("default", "") == (shown or "")


LINKS = {
    doctypes.child_doctype(spec): spec.target
    for record_class in doctypes.RECORDS.values()
    for spec in doctypes.tables(record_class).values()
    if spec.kind == "links"
}


@pytest.mark.parametrize(("doctype", "target"), LINKS.items())
def test_a_row_of_a_list_of_links_is_one_link(doctype: str, target: str):
    (field,) = fields_of(doctype).values()
    assert (field["fieldname"], field["fieldtype"]) == ("record", "Link")
    assert field["options"] == doctypes.DOCTYPES[target]


def test_the_scope_of_a_plan_takes_every_shared_record_and_no_other():
    fields = fields_of("SM Plan Scope")
    assert fields["record_type"]["options"] == "\n".join(
        ["", *(doctypes.DOCTYPES[name] for name in doctypes.SHARED)]
    ), "run: make docs"
    assert fields["record"]["options"] == "record_type"
    controller = (FOLDER / "sm_plan_scope" / "sm_plan_scope.py").read_text(encoding="utf-8")
    assert re.findall(r'^ {12}"(SM .+)",$', controller, re.MULTILINE) == [
        doctypes.DOCTYPES[name] for name in doctypes.SHARED
    ], "run: make docs"


def test_a_seal_document_holds_a_seal():
    fields = fields_of(doctypes.SEAL)
    assert set(fields) == set(Seal.__dataclass_fields__)
    assert all(field["read_only"] for field in fields.values())


def test_an_event_document_holds_an_event_of_the_log():
    fields = fields_of(doctypes.EVENT)
    assert set(fields) == {"plan", "lineage", "version", "number", *Event.__dataclass_fields__}
    assert all(field["read_only"] for field in fields.values())
    assert fields["act"]["options"].split("\n") == ["", *dict.fromkeys(ACTS)]
    assert fields["outcome"]["options"].split("\n") == ["", *OUTCOMES]


def test_the_state_of_a_plan_is_set_by_the_sign_off():
    assert fields_of("SM Plan")["state"]["read_only"]
    assert fields_of("SM Plan")["state"]["default"] == PLAN_STATES[0]


def test_there_is_no_doctype_that_the_model_does_not_know():
    beside = {
        doctypes.LINEAGE,
        doctypes.SEAL,
        doctypes.EVENT,
        doctypes.DELEGATION,
        doctypes.ACCOUNT_PASSWORD,
        doctypes.CALENDAR_FEED,
    }
    known = {*doctypes.HOLDERS, *LINKS, "SM Plan Scope", *beside}
    assert set(all_doctypes()) == known


@pytest.mark.parametrize("doctype", all_doctypes())
def test_rows_are_tables_and_records_have_a_title_and_an_order(doctype: str):
    meta = doctype_json(doctype)
    assert meta["sort_field"]
    assert doctype.startswith("SM ")
    untitled = {doctypes.DOCTYPES[name] for name in ("raci", *FACTS)}
    if doctype in doctypes.COLLECTION_OF.keys() - untitled:
        assert meta["title_field"] == "title"
        assert meta["show_title_field_in_link"]


def hooked(hook: dict[str, str | list[str]], function: str) -> set[str]:
    asked = f"sm_planner.adapters.permissions.{function}"
    return {doctype for doctype, functions in hook.items() if functions == asked or asked in functions}


def test_the_child_doctypes_are_those_of_the_model():
    assert set(doctypes.ROWS) == set(rows())


def test_rows_are_hidden_from_who_may_not_read_their_document():
    assert hooked(hooks.permission_query_conditions, "rows") == set(rows())


def test_what_belongs_to_a_plan_is_hidden_from_who_may_not_read_the_plan():
    belong = {
        doctype
        for doctype in all_doctypes()
        if doctype not in rows()
        and any(field["fieldname"] in ("plan", "lineage") for field in doctype_json(doctype)["fields"])
    } - {doctypes.PLAN}
    listed = hooks.permission_query_conditions
    assert hooked(listed, "of_own_people") == {*doctypes.PERSONAL}
    assert hooked(listed, "of_readable_plans") | {*doctypes.PERSONAL} == belong
    assert belong <= hooked(hooks.has_permission, "is_allowed")


def test_companies_and_departments_are_asked_for_in_lists_and_documents():
    listed = hooked(hooks.permission_query_conditions, "of_organisation")
    assert listed <= hooked(hooks.has_permission, "is_allowed")
    assert listed == {doctypes.PLAN, *(doctypes.DOCTYPES[name] for name in doctypes.SHARED)}


@pytest.mark.parametrize("doctype", doctypes.READ_ALONE)
def test_what_is_read_by_itself_is_asked_for_in_lists_and_documents(doctype: str):
    assert "sm_planner.adapters.permissions.is_allowed" in hooks.has_permission[doctype]
    assert doctype in hooks.permission_query_conditions


@pytest.mark.parametrize("name", COLLECTIONS)
def test_ids_are_given_by_the_series_of_the_collection(name: str):
    meta, fields = doctype_json(doctypes.DOCTYPES[name]), fields_of(doctypes.DOCTYPES[name])
    assert {key: meta[key] for key in ("autoname", "naming_rule")} == new_doctype.naming(COLLECTIONS[name])
    for field in new_doctype.standing(COLLECTIONS[name]):
        if field["fieldname"] == "id":
            assert fields["id"]["description"] == field["description"]


@pytest.mark.parametrize("doctype", [*doctypes.HOLDERS, *LINKS])
def test_controllers_know_the_types_of_the_fields(doctype: str):
    name = doctype.lower().replace(" ", "_")
    code = (FOLDER / name / f"{name}.py").read_text(encoding="utf-8")
    (declared,) = (node for node in ast.parse(code).body if isinstance(node, ast.ClassDef))
    generated = ast.parse(new_doctype.types(doctype_json(doctype))).body
    assert [ast.unparse(node) for node in declared.body[: len(generated)]] == list(
        map(ast.unparse, generated)
    )


def targets(record_class: type) -> Iterator[str]:
    """The collections that the links of a record, and of its rows, point into."""
    for spec in specs(record_class).values():
        if spec.target:
            yield spec.target
        if spec.row:
            yield from targets(spec.row)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_links_point_to_what_is_written_before(name: str):
    order = list(COLLECTIONS)
    assert set(targets(COLLECTIONS[name].record)) <= set(order[: order.index(name) + 1])


def test_no_two_collections_give_the_same_ids():
    series = [one.series for one in COLLECTIONS.values() if one.series]
    assert len(series) == len(set(series))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_roles_may_do_with_records_what_follows_from_the_collection(name: str):
    given = doctype_json(doctypes.DOCTYPES[name])["permissions"]
    assert {row["role"]: {right for right in row if row[right] == 1} for row in given} == new_doctype.rights(
        COLLECTIONS[name]
    )


@pytest.mark.parametrize("name", [name for name, one in COLLECTIONS.items() if one.kept_by])
def test_a_service_owner_keeps_what_names_a_person_or_services(name: str):
    spec = specs(COLLECTIONS[name].record)[COLLECTIONS[name].kept_by]
    assert spec.target in ("people", "services")


SHOWN_BESIDE = {doctypes.PLAN, doctypes.LINEAGE, doctypes.SETTINGS, doctypes.SEAL, doctypes.DELEGATION}
"""DocTypes on the workspace that hold no collection."""


def read_json(path: str) -> dict[str, Any]:
    return json.loads((APP / path).read_text(encoding="utf-8"))


def test_every_collection_is_on_the_workspace_by_the_name_of_its_list():
    links = {
        row["link_to"]: row["label"]
        for row in read_json("sm_planner/workspace/sm_planner/sm_planner.json")["links"]
        if row["type"] == "Link" and row["link_type"] == "DocType"
    }
    named = {doctypes.DOCTYPES[name]: one.several for name, one in COLLECTIONS.items()}
    assert {doctype: label for doctype, label in links.items() if doctype not in SHOWN_BESIDE} == named
    assert links.keys() >= SHOWN_BESIDE


def test_the_form_of_a_plan_leads_to_all_that_belongs_to_it():
    links = {row["link_doctype"]: row["link_fieldname"] for row in doctype_json(doctypes.PLAN)["links"]}
    assert {name: links.get(name) for name in doctypes.OF_PLAN} == dict.fromkeys(doctypes.OF_PLAN, "plan")


def test_the_home_of_a_plan_leads_to_all_that_belongs_to_its_lineage():
    links = {row["link_doctype"]: row["link_fieldname"] for row in doctype_json(doctypes.LINEAGE)["links"]}
    assert {name: links.get(name) for name in doctypes.OF_LINEAGE} == dict.fromkeys(
        doctypes.OF_LINEAGE, "lineage"
    )


def test_the_sidebar_has_what_the_workspace_has():
    assert read_json("workspace_sidebar/sm_planner.json")["items"] == desk_records.sidebar_items(), (
        "run: make docs"
    )


def test_only_the_plan_is_submitted_and_nobody_may_cancel_or_amend():
    assert [doctype for doctype in all_doctypes() if doctype_json(doctype).get("is_submittable")] == [
        "SM Plan"
    ]
    for doctype in all_doctypes():
        for permission in doctype_json(doctype)["permissions"]:
            assert not {"submit", "cancel", "amend"} & set(permission), doctype


def titled() -> list[str]:
    """The DocTypes whose documents people know by a title."""
    return [doctype for doctype in all_doctypes() if doctype_json(doctype).get("title_field")]


@pytest.mark.parametrize("doctype", all_doctypes())
def test_link_search_tells_no_names_of_other_documents(doctype: str):
    searched = [name.strip() for name in doctype_json(doctype).get("search_fields", "").split(",")]
    fields = fields_of(doctype)
    assert [name for name in searched if name and fields[name].get("options", "").startswith("SM ")] == []


@pytest.mark.parametrize("doctype", titled())
def test_lists_leave_the_room_of_the_name_to_the_title(doctype: str):
    name = doctype.lower().replace(" ", "_")
    assert "hide_name_column: true" in (FOLDER / name / f"{name}_list.js").read_text(encoding="utf-8")


ABOUT_SEVERAL = {"SM Measurement", "SM Health"}
"""Facts that no single field of theirs says what they are about."""


@pytest.mark.parametrize("collection", FACTS)
def test_facts_have_a_title_where_their_own_names_are_random(collection: str):
    doctype = doctypes.DOCTYPES[collection]
    is_random = doctype_json(doctype)["autoname"] == "hash"
    assert not is_random or doctype in titled() or doctype in ABOUT_SEVERAL


BADGES = {
    "SM Agreement": "status",
    "SM Business Calendar Entry": "kind",
    "SM Catalogue Entry": "published",
    "SM Component": "is_critical",
    "SM RACI Entry": "letter",
    "SM Role": "kind",
    "SM Service Calendar": "countable",
    "SM Sign-off Event": "outcome",
    "SM Team": "kind",
}
"""DocType → the field that its badge tells, which is no column beside it."""


@pytest.mark.parametrize(("doctype", "name"), BADGES.items())
def test_what_a_badge_tells_is_no_column_too(doctype: str, name: str):
    assert not fields_of(doctype)[name].get("in_list_view")


@pytest.mark.parametrize("part", doctypes.PARTS)
def test_lists_of_what_belongs_to_a_plan_tell_the_plan(part: str):
    plan = fields_of(doctypes.DOCTYPES[part])["plan"]
    assert plan["in_list_view"]
    assert plan["in_standard_filter"]


def test_accounts_can_be_chosen_whatever_user_permissions_a_user_has():
    assert fields_of("SM Person")["user"]["ignore_user_permissions"]
