"""What installing, migrating and uninstalling do, as far as it can be tried without doing it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import frappe
import pytest

from sm_planner import install, uninstall
from sm_planner.adapters.documents import archive, plan_writer
from sm_planner.adapters.installation import made_here, references, site_workflows
from sm_planner.adapters.site import roles
from sm_planner.adapters.site.doctypes import SEAL, SETTINGS
from sm_planner.engine import plan_file


def stored() -> dict[str, object]:
    return dict(frappe.db.get_singles_dict(SETTINGS))


def test_a_threshold_that_a_new_version_brings_gets_its_default_and_nothing_else_changes():
    frappe.db.set_single_value(SETTINGS, {"why_min_length": 120, "most_objectives": None})
    frappe.db.delete("Singles", {"doctype": SETTINGS, "field": "most_map_nodes"})
    frappe.clear_document_cache(SETTINGS, SETTINGS)
    before = stored()

    install.after_migrate()

    assert stored() == {
        **before,
        "most_map_nodes": "60",
        **{k: stored()[k] for k in ("modified", "modified_by")},
    }


def test_a_second_migrate_changes_nothing():
    install.after_migrate()
    before = stored()
    install.after_migrate()
    assert stored() == before


def test_an_unknown_version_of_frappe_is_refused_before_anything_is_changed(monkeypatch):
    monkeypatch.setattr(frappe, "__version__", "14.99.0")
    with pytest.raises(
        frappe.ValidationError, match="SM Planner runs on Frappe 15, 16; this site has Frappe 14.99.0"
    ):
        install.before_install()


@pytest.mark.parametrize("version", ["15.55.1", "16.4.1"])
def test_the_supported_versions_are_let_through(monkeypatch, version):
    monkeypatch.setattr(frappe, "__version__", version)
    install.before_install()


def sealed(plan: str, number: int) -> None:
    row = {
        "name": f"seal-{plan}-{number}",
        "plan": plan,
        "lineage": plan,
        "number": number,
        "version": 1,
        "schema_version": 1,
    }
    frappe.get_doc({"doctype": SEAL, **row}).db_insert()


def test_signed_plans_are_not_uninstalled_before_they_are_archived(minimal, minimal_on_site, tmp_path: Path):
    name = minimal_on_site
    sealed(minimal.lineage or name, 1)
    with pytest.raises(frappe.ValidationError, match="signed versions of plans. Save them first"):
        uninstall.before_uninstall()

    archive.write(tmp_path)

    archive.refuse_unless_archived()
    assert plan_file.load(tmp_path / f"{name}.yaml").title == minimal.title
    kept = json.loads((tmp_path / f"{name}.seals.json").read_text(encoding="utf-8"))
    assert [seal["number"] for seal in kept["seals"]] == [1]

    sealed("another", 2)
    with pytest.raises(frappe.ValidationError, match="Save them first"):
        archive.refuse_unless_archived()


def test_what_was_made_about_documents_goes_with_them(minimal_on_site):
    name = minimal_on_site
    frappe.get_doc(
        {"doctype": "ToDo", "description": "x", "reference_type": "SM Plan", "reference_name": name}
    ).insert()
    kept = frappe.get_doc({"doctype": "ToDo", "description": "y"}).insert()

    uninstall.before_uninstall()

    assert not frappe.db.exists("ToDo", {"reference_type": "SM Plan"})
    assert frappe.db.exists("ToDo", kept.name)
    assert not frappe.db.exists("Kanban Board", install.BOARD)
    assert not frappe.db.exists("Kanban Board Column", {"parent": install.BOARD})
    assert not frappe.db.exists("Onboarding Step", "SM Write the Plan")


def test_the_board_has_a_column_for_each_state_of_an_improvement():
    references.delete("Kanban Board", [install.BOARD])
    install.ensure_board()
    install.ensure_board()
    board = frappe.get_doc("Kanban Board", install.BOARD)
    states = frappe.get_meta("SM Improvement").get_options("status").split("\n")
    assert [column.column_name for column in board.columns] == [state for state in states if state]


# What is somebody else's.

IMPROVEMENT, SIGN_OFF = "SM Improvement", "SM Plan Sign-off"


def rows(*doctypes: str) -> list[dict[str, Any]]:
    """Every row of these tables, with all of its columns."""
    found = []
    for doctype in doctypes:
        found += frappe.get_all(doctype, fields=["*"], order_by="name asc")
    return found


def workflow_rows(*more: str) -> list[dict[str, Any]]:
    parts = ("Workflow State", "Workflow Action Master", "Workflow Document State", "Workflow Transition")
    return rows("Workflow", *parts, *more)


def insert(doctype: str, **values: Any):
    return frappe.get_doc({"doctype": doctype, **values}).insert()


def shipped_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer version of the app, whose workflow of improvements sends a mail and has one more state and action."""
    before = site_workflows._shipped

    def shipped(kind: str):
        for record in before(kind):
            if record["name"] == IMPROVEMENT:
                role = "SM Planner Manager"
                record["send_email_alert"] = 1
                record["states"].append(
                    {"doctype": "Workflow Document State", "state": "Parked", "allow_edit": role}
                )
                away = {"state": "New", "action": "Park", "next_state": "Parked", "allowed": role}
                record["transitions"].append({"doctype": "Workflow Transition", **away})
            yield record

    monkeypatch.setattr(site_workflows, "_shipped", shipped)


def test_states_and_actions_that_were_there_before_stay_as_they_are():
    frappe.db.set_value("Workflow State", "Superseded", {"style": "Danger", "icon": "remove"})
    references.delete("Workflow", [SIGN_OFF])
    before = rows("Workflow State", "Workflow Action Master")

    site_workflows.ensure()

    assert frappe.db.exists("Workflow", SIGN_OFF)
    assert rows("Workflow State", "Workflow Action Master") == before


def test_migrating_leaves_every_row_of_the_workflows_as_it_is():
    before = workflow_rows("DefaultValue")
    install.after_migrate()
    install.after_migrate()
    assert workflow_rows("DefaultValue") == before


def test_what_the_organisation_changed_in_a_workflow_stays_whatever_a_newer_version_brings(monkeypatch):
    workflow = frappe.get_doc("Workflow", IMPROVEMENT)
    workflow.send_email_alert = 1
    workflow.states[0].allow_edit = "System Manager"
    workflow.transitions[0].condition = "doc.due"
    workflow.save()
    before = workflow_rows("DefaultValue")

    install.after_migrate()
    shipped_anew(monkeypatch)
    install.after_migrate()

    assert workflow_rows("DefaultValue") == before


def test_a_newer_version_reaches_a_workflow_that_nobody_changed(monkeypatch):
    untouched = frappe.get_doc("Workflow", SIGN_OFF).as_dict()
    shipped_anew(monkeypatch)

    install.after_migrate()

    workflow = frappe.get_doc("Workflow", IMPROVEMENT)
    assert (workflow.send_email_alert, workflow.states[-1].state) == (1, "Parked")
    assert (workflow.transitions[-1].action, workflow.is_active) == ("Park", 1)
    assert "Parked" in made_here.of("Workflow State")
    assert "Park" in made_here.of("Workflow Action Master")
    assert frappe.get_doc("Workflow", SIGN_OFF).as_dict() == untouched
    before = workflow_rows("DefaultValue")
    install.after_migrate()
    assert workflow_rows("DefaultValue") == before


def test_a_workflow_that_was_opened_in_the_drawing_is_still_one_that_nobody_changed(monkeypatch):
    frappe.db.set_value("Workflow", IMPROVEMENT, "workflow_data", "[]")
    frappe.db.set_value("Workflow Transition", {"parent": IMPROVEMENT}, "workflow_builder_id", "action-1")
    shipped_anew(monkeypatch)
    install.after_migrate()
    assert frappe.get_doc("Workflow", IMPROVEMENT).states[-1].state == "Parked"


def test_a_workflow_that_is_missing_comes_back_and_leaves_one_of_the_organisation_in_force():
    references.delete("Workflow", [IMPROVEMENT])
    own = insert(
        "Workflow",
        workflow_name="Our Improvements",
        document_type="SM Improvement",
        workflow_state_field="status",
        is_active=1,
        states=[{"state": "New", "allow_edit": "SM Planner User"}],
    )

    install.after_migrate()

    assert frappe.db.get_value("Workflow", IMPROVEMENT, "is_active") == 0
    assert frappe.db.get_value("Workflow", own.name, "is_active") == 1


def test_what_others_use_stays_when_the_app_goes_and_is_told(capsys, make_user):
    user = make_user("SM Auditor", "SM Planner User")
    lost = {"doctype": "Workflow Action Permitted Role", "parenttype": "Workflow Action", "parent": "gone"}
    frappe.get_doc({**lost, "name": "lost", "role": "SM Planner User"}).db_insert()  # Frappe leaves such rows
    insert(
        "Workflow",
        workflow_name="Papers",
        document_type="ToDo",
        workflow_state_field="status",
        is_active=0,
        states=[
            {"state": "Superseded", "allow_edit": "SM Auditor"},
            {"state": "Pending", "allow_edit": "System Manager"},
        ],
        transitions=[
            {"state": "Pending", "action": "Return", "next_state": "Superseded", "allowed": "System Manager"}
        ],
    )

    uninstall.before_uninstall()

    assert frappe.db.exists("Workflow State", "Superseded")
    assert frappe.db.exists("Workflow Action Master", "Return")
    assert frappe.db.exists("Role", "SM Auditor")
    assert not frappe.db.exists("Workflow State", "To Sign")
    assert not frappe.db.exists("Workflow Action Master", "Sign")
    assert not frappe.db.exists("Role", "SM Planner User")
    assert frappe.get_all("Has Role", {"parent": user}, pluck="role") == ["SM Auditor"]
    told = capsys.readouterr().out
    assert "Workflow State Superseded (Workflow Papers)" in told
    assert "Role SM Auditor (Workflow Papers)" in told


def test_what_was_there_before_the_app_stays_when_it_goes():
    made = json.loads(made_here.recall(made_here.MADE))
    made["Workflow State"].remove("Closed")
    made["Role"].remove("SM Auditor")
    frappe.db.set_global(made_here.MADE, json.dumps(made))

    uninstall.before_uninstall()

    assert frappe.db.exists("Workflow State", "Closed")
    assert frappe.db.exists("Role", "SM Auditor")
    assert not frappe.db.exists("Workflow State", "Superseded")


def test_roles_are_taken_from_who_has_them_when_the_app_goes(make_user):
    user = make_user("SM Planner User", "SM Auditor", "Report Manager")
    uninstall.before_uninstall()
    assert frappe.get_all("Has Role", {"parent": user}, pluck="role") == ["Report Manager"]


def test_the_search_of_the_desk_finds_our_documents_and_keeps_what_it_had():
    frappe.db.delete("Global Search DocType")
    insert_row = {"document_type": "ToDo", "parent": install.SEARCH, "parenttype": install.SEARCH, "idx": 1}
    frappe.get_doc(
        {"doctype": "Global Search DocType", "parentfield": "allowed_in_global_search", **insert_row}
    ).db_insert()
    install.forget_search()

    install.ensure_search()
    install.ensure_search()

    found = frappe.get_all("Global Search DocType", pluck="document_type", order_by="idx asc")
    assert found == ["ToDo", *install.searched()]
    frappe.get_doc(install.SEARCH).save()
    uninstall.before_uninstall()
    assert frappe.get_all("Global Search DocType", pluck="document_type") == ["ToDo"]


def test_names_that_are_taken_are_told_before_anything_is_overwritten():
    install.refuse_taken_names()
    frappe.db.set_value("Number Card", "Live Services", "module", "Core")
    frappe.db.set_value("Workflow", IMPROVEMENT, "document_type", "ToDo")
    with pytest.raises(frappe.ValidationError) as refused:
        install.refuse_taken_names()
    assert "Number Card “Live Services”, Workflow “SM Improvement”. Rename yours first" in str(refused.value)


def make_dashboard() -> tuple[str, str]:
    card = {"cards": [{"card": "Live Services"}]}
    chart = {"charts": [{"chart": "Which Pieces Are Ready", "width": "Half"}]}
    return "Dashboard", insert("Dashboard", dashboard_name="Ours", **card, **chart).name


def make_workspace() -> tuple[str, str]:
    shortcuts = [
        {"label": "Plans", "type": "DocType", "link_to": "SM Plan"},
        {"label": "Chain", "type": "Report", "link_to": "SLA Chain Feasibility"},
        {"label": "Tasks", "type": "DocType", "link_to": "ToDo"},
    ]
    cards = [{"label": "Live", "number_card_name": "Live Services"}]
    values = {"label": "Office", "title": "Office", "public": 0, "for_user": "Administrator", "content": "[]"}
    return "Workspace", insert("Workspace", shortcuts=shortcuts, number_cards=cards, **values).name


def make_mail() -> tuple[str, str]:
    about = insert("SM Person", title="Ada")
    mail = {"reference_doctype": about.doctype, "reference_name": about.name, "subject": "x", "content": "x"}
    return "Communication", insert("Communication", **mail).name


def make_contact() -> tuple[str, str]:
    supplier = insert("SM Supplier", title="Ada's Cables")
    links = [{"link_doctype": supplier.doctype, "link_name": supplier.name}]
    return "Contact", insert("Contact", first_name="Ada", links=links).name


@pytest.mark.parametrize("make", [make_dashboard, make_workspace, make_mail, make_contact])
def test_documents_of_the_organisation_stay_without_what_they_named_of_the_app(make):
    doctype, name = make()

    uninstall.before_uninstall()

    document = frappe.get_doc(doctype, name)
    text = document.as_json()
    assert "SM " not in text
    assert "Live Services" not in text
    assert "Which Pieces Are Ready" not in text
    assert doctype != "Workspace" or [row.link_to for row in document.shortcuts] == ["ToDo"]


def test_where_nothing_goes_fields_that_are_empty_are_left_alone():
    chart = insert(
        "Dashboard Chart",
        chart_name="Theirs",
        chart_type="Count",
        document_type="ToDo",
        based_on="creation",
        filters_json="[]",
    )
    frappe.db.set_value("Dashboard Chart", chart.name, "source", "")
    before = rows("Dashboard Chart", "Dashboard Chart Link", "Custom DocPerm")
    assert references.forget({"Dashboard Chart Source": set()}) == {"Dashboard Chart Source": set()}
    assert rows("Dashboard Chart", "Dashboard Chart Link", "Custom DocPerm") == before


def test_what_is_only_about_the_app_goes_with_it(minimal_on_site):
    plan = minimal_on_site
    made = [
        insert("Notification", name="Ours", subject="x", document_type="SM Plan", event="New", channel="System Notification"),
        insert("List Filter", filter_name="Mine", reference_doctype="SM Plan", filters="[]"),
        insert("Tag Link", document_type="SM Plan", document_name=plan, tag=insert("Tag", name="late").name),
        insert("Custom Role", report="Seal Register", roles=[{"role": "SM Auditor"}]),
        insert("User Permission", user="Guest", allow="Role", for_value="Guest", apply_to_all_doctypes=0, applicable_for="SM Person"),
        insert("Number Card", label="Mine", document_type="SM Plan", function="Count", filters_json="[]", type="Document Type"),
        insert("Auto Email Report", report="Seal Register", user="Administrator", email_to="a@example.org", frequency="Daily", format="HTML"),
    ]  # fmt: skip
    frappe.db.set_value("User", "Administrator", "default_workspace", "SM Planner")
    insert("List View Settings", name="SM Plan")
    frappe.db.sql("insert into `__UserSettings` values ('Administrator', 'SM Plan', '{}')")

    uninstall.before_uninstall()

    assert [str(doc) for doc in made if frappe.db.exists(doc.doctype, doc.name)] == []
    assert not frappe.db.exists("Has Role", {"parenttype": "Custom Role", "role": "SM Auditor"})
    assert not frappe.db.exists("List View Settings", "SM Plan")
    assert not frappe.db.exists("Scheduled Job Type", {"method": ("like", "sm_planner%")})
    assert not frappe.db.get_value("User", "Administrator", "default_workspace")
    assert frappe.db.sql("select * from `__UserSettings` where doctype like 'SM %'") == ()
    assert frappe.get_all("DefaultValue", {"defkey": ("like", "sm_planner%")}) == []


def test_a_field_of_the_organisation_that_links_to_us_keeps_its_values_as_text():
    field = {"doctype": "Custom Field", "dt": "ToDo", "fieldname": "service", "fieldtype": "Link"}
    frappe.get_doc({**field, "options": "SM Service", "name": "ToDo-service"}).db_insert()
    uninstall.keep_links_as_text(["SM Service"])
    assert frappe.db.get_value("Custom Field", "ToDo-service", ["fieldtype", "options"]) == ("Data", "")


def test_uploads_go_when_the_app_is_gone_and_not_before(minimal, monkeypatch):
    monkeypatch.setattr(uninstall.sign_off_events, "remove_order", lambda: None)  # it ends the transaction
    plan = plan_writer.save(minimal)
    attached = {"attached_to_doctype": "SM Plan", "attached_to_name": plan, "is_private": 1}
    only_ours = insert("File", file_name="ours.txt", content="only ours", **attached)
    shared = insert("File", file_name="shared.txt", content="shared by two", **attached)
    other = insert("File", file_name="other.txt", content="shared by two", is_private=1)
    assert shared.file_url == other.file_url
    try:
        uninstall.before_uninstall()

        assert frappe.get_all("File", {"attached_to_doctype": "SM Plan"}) == []
        assert Path(only_ours.get_full_path()).exists()
        frappe.db.after_commit.run()
        assert not Path(only_ours.get_full_path()).exists()
        assert Path(other.get_full_path()).exists()
    finally:
        for file in (only_ours, other):
            with suppress(OSError):
                Path(file.get_full_path()).unlink()


def counter() -> int | None:
    return frappe.db.get_value("Series", {"name": ""}, "current", order_by="")


def test_uploads_are_kept_in_the_archive(minimal_on_site, tmp_path: Path):
    plan = minimal_on_site
    attached = {"attached_to_doctype": "SM Plan", "attached_to_name": plan, "is_private": 1}
    upload = insert("File", file_name="minutes.txt", content="what was said", **attached)
    away = {"file_name": "far away", "file_url": "https://example.org/far-away.pdf", "name": "away"}
    frappe.get_doc({"doctype": "File", **away, **attached}).db_insert()
    try:
        written = archive.write(tmp_path)
    finally:
        Path(upload.get_full_path()).unlink()
    kept = tmp_path / "attached" / "sm_plan" / plan / f"{upload.name}-{upload.file_name}"
    assert kept in written
    assert kept.read_text() == "what was said"
    told = f"SM Plan {plan}: https://example.org/far-away.pdf\n"
    assert (tmp_path / "attached" / "not-copied.txt").read_text() == told


def test_the_counter_of_names_goes_unless_others_count_with_it():
    ours = frappe.get_all("DocType", {"module": install.MODULE}, pluck="name")
    insert("SM Team", title="Counted")
    assert counter() is not None
    repeat = frappe.get_doc({"doctype": "Auto Repeat", "name": "AUT-AR-00001"})
    repeat.db_insert()
    uninstall.remove_counter(ours)
    assert counter() is not None

    references.delete("Auto Repeat", [repeat.name])
    uninstall.remove_counter(ours)
    assert counter() is None


def test_a_site_of_version_0_1_is_taken_over_without_a_change_to_what_is_there():
    from sm_planner.patches.v0_2 import keep_to_our_own

    frappe.db.delete("DefaultValue", {"defkey": ("like", "sm_planner%")})
    frappe.db.delete("Global Search DocType")
    install.forget_search()

    keep_to_our_own.execute()

    assert set(made_here.of("Role")) == set(roles.ROLES)
    assert made_here.of("Workflow State") == []
    assert (
        frappe.get_all("Global Search DocType", pluck="document_type", order_by="idx asc")
        == install.searched()
    )
    before = workflow_rows()
    install.after_migrate()  # which notes what it finds to be today's
    assert workflow_rows() == before


@pytest.mark.parametrize(
    ("doctype", "name", "values"),
    [
        ("DocType", "SM Plan", {"custom": 1}),
        ("DocType", "SM Answer", {"module": "Core"}),
        ("Report", "Plan Findings", {"is_standard": "No"}),
        ("Print Format", "SM Plan Summary", {"standard": "No"}),
        ("Number Card", "Plans to Sign", {"is_standard": 0}),
        ("Workspace", "SM Planner", {"module": "Core"}),
        ("Module Def", "SM Planner", {"app_name": "frappe"}),
    ],
)
def test_migrating_refuses_names_that_the_site_has_given(doctype, name, values):
    """As they stand where a later version brings a name that was taken in the meantime."""
    if not frappe.db.exists(doctype, name):
        name = next(record["name"] for record in install.standard_records() if record["doctype"] == doctype)
    frappe.db.set_value(doctype, name, values, update_modified=False)

    with pytest.raises(
        frappe.ValidationError, match=f"whose names are already in use on this site: .*“{name}”"
    ):
        install.before_migrate()


def test_migrating_goes_on_where_every_name_is_the_app_s():
    install.before_migrate()
