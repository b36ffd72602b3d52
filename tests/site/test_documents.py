"""What the documents of the app do by themselves: naming, values, rows, permissions."""

from __future__ import annotations

import ast
import dataclasses
import inspect

import frappe
import pytest
from frappe.desk.notifications import get_open_count
from frappe.model.base_document import get_controller
from frappe.permissions import rights as all_rights
from frappe.types.exporter import TypeExporter

from sm_planner import hooks
from sm_planner.adapters import permissions
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.evidence import keeping
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.about import ABOUT
from sm_planner.engine.model import COLLECTIONS, Answer
from sm_planner.engine.model.plan import FACTS, REGISTERS

ROWS = tuple(d for d, asked in hooks.permission_query_conditions.items() if asked.endswith(".rows"))

LOOK = {"read", "print", "email"}
LIST = LOOK | {"report"}
SEEN = LIST - {"email"}
TAKE = LIST | {"export"}
EDIT = TAKE | {"write", "create"}
RULE = EDIT | {"delete"}
FULL = RULE | {"share", "import"}
ROLES = (
    "SM Planner Manager",
    "System Manager",
    "SM Planner User",
    "SM Service Owner",
    "SM Executive Sponsor",
    "SM Auditor",
)
OWN = {"write", "create", "delete"}
"""What people enter of what concerns them."""

PERMISSIONS = {
    "SM Plan": (RULE, RULE, EDIT, LIST, LIST, TAKE),
    "SM Plan Seal": (TAKE, TAKE, LOOK, LOOK, LOOK, TAKE),
    "SM Settings": ({"read", "write", "create"},) * 2 + ({"read"},) * 4,
    doctypes.DELEGATION: (SEEN, SEEN, SEEN, set(), SEEN | {"write", "create"}, SEEN | {"export"}),
    doctypes.ACCOUNT_PASSWORD: (set(), SEEN, set(), set(), set(), SEEN),
    doctypes.CALENDAR_FEED: (set(), SEEN, set(), set(), set(), SEEN),
    doctypes.EVENT: (SEEN | {"export"}, SEEN | {"export"}, SEEN, SEEN, SEEN, SEEN | {"export"}),
    **dict.fromkeys(
        [doctypes.DOCTYPES[name] for name in doctypes.SHARED], (FULL, FULL, EDIT, LIST, LIST, TAKE)
    ),
    **dict.fromkeys(
        [doctypes.DOCTYPES[name] for name in doctypes.PARTS], (FULL, FULL, RULE, LIST, LIST, TAKE)
    ),
    doctypes.LINEAGE: (
        LIST | {"write", "export", "share"},
        LIST | {"write", "export", "share"},
        LIST | {"write", "export"},
        LIST,
        LIST,
        LIST | {"export"},
    ),
    **dict.fromkeys(
        [doctypes.DOCTYPES[name] for name in REGISTERS],
        (FULL, FULL, RULE, LIST | {"write", "create"}, LIST | {"write", "create"}, TAKE),
    ),
    **dict.fromkeys(
        [doctypes.DOCTYPES[name] for name in FACTS], (FULL, FULL, RULE, LIST | OWN, LIST | OWN, TAKE)
    ),
    **dict.fromkeys(
        [doctypes.DOCTYPES[name] for name in FACTS if COLLECTIONS[name].by_server], (LIST,) * 5 + (TAKE,)
    ),
    **dict.fromkeys(
        permissions.OWNED,
        (FULL, FULL, EDIT, LIST | {"write"}, LIST, TAKE),
    ),
}
"""DocType → what each of the roles may do. Nobody submits, cancels or amends."""


def new(doctype: str, **values: object):
    return frappe.get_doc({"doctype": doctype, "title": "A record", **values})


@pytest.mark.parametrize("doctype", PERMISSIONS)
def test_roles_have_these_permissions_and_no_others(doctype):
    found = {permission.role: permission for permission in frappe.get_meta(doctype).permissions}
    wanted = {role: rights for role, rights in zip(ROLES, PERMISSIONS[doctype], strict=True) if rights}
    assert set(found) == set(wanted)
    for role, rights in wanted.items():
        granted = {right for right in all_rights if found[role].get(right)}
        assert granted == rights, role
        assert not found[role].if_owner
        assert found[role].permlevel == 0


def test_every_doctype_of_the_app_is_in_that_table():
    stored = frappe.get_all("DocType", filters={"module": "SM Planner", "istable": 0}, pluck="name")
    assert set(stored) == set(PERMISSIONS)


def test_what_frappe_keeps_about_documents_is_asked_for_in_lists_and_documents():
    asked = {
        "has_permission": "sm_planner.adapters.permissions.is_about_readable",
        "permission_query_conditions": "sm_planner.adapters.permissions.about",
    }
    for hook, function in asked.items():
        hooked = {doctype for doctype, named in getattr(hooks, hook).items() if named == function}
        assert hooked == set(ABOUT)


@pytest.mark.parametrize("doctype", [*PERMISSIONS, *ROWS])
def test_the_types_in_a_controller_are_those_of_its_doctype(doctype):
    block = TypeExporter(frappe.get_doc("DocType", doctype))._generate_code()
    (generated,) = ast.parse(f"class Row:\n{block}").body
    (declared,) = ast.parse(inspect.getsource(get_controller(doctype))).body
    assert [ast.dump(node) for node in generated.body] == [
        ast.dump(node) for node in declared.body[: len(generated.body)]
    ]


def test_a_series_passes_over_names_that_an_import_has_taken():
    first = new("SM Service", title="One").insert().name
    stem, number = first.rsplit("-", 1)
    new("SM Service", title="Two").insert(set_name=f"{stem}-{int(number) + 1:04}")
    assert new("SM Service", title="Three").insert().name == f"{stem}-{int(number) + 2:04}"


def test_a_plan_begins_a_lineage():
    plan = new("SM Plan", title="A plan").insert()
    assert (plan.lineage, plan.version, plan.state) == (plan.name, 1, "Draft")


def test_a_lineage_has_each_version_once():
    plan = new("SM Plan", title="A plan").insert()
    with pytest.raises(frappe.UniqueValidationError):
        new("SM Plan", title="Another", lineage=plan.name, version=1).insert()


def test_objectives_get_ids_within_their_plan():
    plan = new("SM Plan", title="A plan").insert().name
    assert new("SM Objective", plan=plan, title="One").insert().name == f"{plan}-OBJ-01"
    assert new("SM Objective", plan=plan, title="Two", id="OBJ-03").insert().name == f"{plan}-OBJ-03"
    assert new("SM Objective", plan=plan, title="Three").insert().id == "OBJ-04"


def test_waivers_get_ids_within_their_plan():
    plan = new("SM Plan", title="A plan").insert().name
    assert new("SM Waiver", lineage=plan, rule="RAC-03").insert().name == f"{plan}-WVR-01"


def test_an_improvement_serves_an_objective_of_its_own_plan():
    plan, other = (new("SM Plan", title=title).insert().name for title in ("One", "Two"))
    objective = new("SM Objective", plan=other, title="Elsewhere").insert().name
    with pytest.raises(frappe.ValidationError, match="does not belong to the plan"):
        new("SM Improvement", lineage=plan, title="Here", objective=objective).insert()


def test_texts_are_kept_in_one_form():
    service = new("SM Service", title="  Cafe\u0301  ", description="one\r\ntwo\n").insert()
    service.reload()
    assert (service.title, service.description) == ("Café", "one\ntwo")


def test_what_frappe_would_choose_by_itself_is_refused():
    with pytest.raises(frappe.ValidationError, match="Letter: This is missing"):
        entry = {"sm_process": new("SM Process", title="P").insert().name, "role": _role()}
        new("SM RACI Entry", plan=new("SM Plan").insert().name, **entry).insert()


def test_only_not_applicable_stands_without_a_role():
    entry = {"plan": new("SM Plan").insert().name, "sm_process": new("SM Process", title="P").insert().name}
    with pytest.raises(frappe.ValidationError, match="without a role"):
        new("SM RACI Entry", letter="R", **entry).insert()
    assert new("SM RACI Entry", letter="N/A", **entry).insert()


def test_a_plan_has_one_entry_for_a_process_and_role():
    entry = {
        "plan": new("SM Plan").insert().name,
        "sm_process": new("SM Process", title="P").insert().name,
        "role": _role(),
    }
    new("SM RACI Entry", letter="R", **entry).insert()
    with pytest.raises(frappe.UniqueValidationError):
        new("SM RACI Entry", letter="A", **entry).insert()


def _role() -> str:
    return new("SM Role", title="Role").insert().name


def test_an_id_is_not_renamed():
    service = new("SM Service", title="One").insert()
    with pytest.raises(frappe.ValidationError, match="keeps its ID"):
        service.rename("other", force=True, validate_rename=False)


@pytest.mark.parametrize("doctype", ROWS)
@pytest.mark.parametrize("act", ["insert", "save"])
def test_a_row_is_refused_outside_of_its_document(doctype, act):
    row = new(doctype, parent="x", parenttype=doctypes.holders_of(doctype)[0], parentfield="rows")
    row.flags.ignore_permissions = row.flags.ignore_links = True
    with pytest.raises(frappe.PermissionError, match="the document that holds them"):
        getattr(row, act)()


def test_a_stored_row_is_neither_changed_nor_deleted_alone(minimal, minimal_on_site):
    row = frappe.get_doc("SM Answer", {"parent": minimal.id})
    row.answer = "Mine"
    with pytest.raises(frappe.PermissionError, match="the document that holds them"):
        row.save()
    with pytest.raises(frappe.PermissionError, match="the document that holds them"):
        frappe.delete_doc("SM Answer", row.name)


def test_rows_of_plans_that_a_user_may_not_read_stay_hidden(minimal, minimal_on_site, make_user, acting_as):
    visible = new("SM Plan", title="Visible", answers=[{"question": "Q1", "answer": "Yes"}]).insert()
    user = make_user("SM Auditor")
    frappe.get_doc(
        {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": visible.name}
    ).insert()
    hidden = frappe.get_doc("SM Answer", {"parent": minimal.id})
    with acting_as(user):
        rows = frappe.get_list("SM Answer", fields=["parent"], parent_doctype="SM Plan", limit=0)
        assert {row.parent for row in rows} == {visible.name}
        assert not hidden.has_permission("read")
        assert frappe.get_doc("SM Answer", {"parent": visible.name}).has_permission("read")
    with acting_as(make_user(name="nobody@example.org")), pytest.raises(frappe.PermissionError):
        frappe.get_list("SM Answer", fields=["parent"], parent_doctype="SM Plan")


def test_a_service_shows_what_it_is_connected_with(example, example_on_site):
    service = example.services[0].id
    expected = {
        "SM Service": sum(
            service in [row.service for row in other.dependencies] for other in example.services
        ),
        "SM Component": sum(service in component.services for component in example.components),
        "SM Agreement": sum(
            service in [row.service for row in agreement.scope] for agreement in example.agreements
        ),
        "SM Customer Requirement": sum(wish.service == service for wish in example.requirements),
        "SM Catalogue Entry": sum(entry.service == service for entry in example.catalogue),
        "SM Plan": 1,
        "SM Objective": sum(service in objective.services for objective in example.objectives),
        "SM RACI Entry": sum(entry.service == service for entry in example.raci),
        "SM Improvement": sum(improvement.service == service for improvement in example.improvements),
        "SM Risk": sum(service in risk.services for risk in example.risks),
        "SM Lesson": sum(lesson.service == service for lesson in example.lessons),
        "SM Sanity Check": sum(check.service == service for check in example.sanity_checks),
    }
    found = get_open_count("SM Service", service)["count"]["external_links_found"]
    assert {link["doctype"]: link["count"] for link in found} == expected


def test_seals_are_made_by_the_sign_off_alone():
    plan = new("SM Plan").insert()
    seal = {"plan": plan.name, "lineage": plan.lineage, "number": 1, "previous_hash": ""}
    with pytest.raises(frappe.PermissionError):
        new("SM Plan Seal", **seal).insert()
    with keeping.flag("sm_planner_keeping", "SM Plan Seal"):
        document = new("SM Plan Seal", **seal).insert()
        with pytest.raises(frappe.UniqueValidationError):
            new("SM Plan Seal", **{**seal, "number": 2}).insert()
    assert document.name == f"{plan.name}-SEAL-1"
    for act in (document.save, document.delete, lambda: document.rename("x", force=True)):
        with pytest.raises(frappe.PermissionError):
            act()


def test_an_answer_to_no_key_question_is_refused_with_its_row(minimal_on_site):
    name = minimal_on_site
    plan = frappe.get_doc("SM Plan", name)
    plan.append("answers", {"question": "1", "answer": "Yes."})

    with pytest.raises(frappe.ValidationError) as refused:
        plan.save()

    assert "There is no Question “1”. Write “Which products and services are supported?”." in str(
        refused.value
    )
    assert f"row {len(plan.answers)}" in str(refused.value)


def test_a_plan_that_came_with_an_answer_to_no_key_question_is_kept_as_it_is(minimal):
    plan = dataclasses.replace(minimal, answers=(*minimal.answers, Answer(question="X9", answer="Yes.")))
    name = plan_writer.save(plan)

    document = frappe.get_doc("SM Plan", name)
    document.vision = "Other"
    document.save()

    assert document.answers[-1].question == "X9"


def test_a_plan_is_printed_as_its_summary():
    assert frappe.get_meta("SM Plan").default_print_format == "SM Plan Summary"
    setter = {"doc_type": "SM Plan", "property": "default_print_format"}
    assert not frappe.db.exists("Property Setter", setter)
