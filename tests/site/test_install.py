"""Installing, migrating and uninstalling, on a site of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from site_kit import BENCH, drop_site, frappe_command, needs_root, new_site, run, site_for

SITE = site_for("install")

pytestmark = [pytest.mark.commits, needs_root]

STATE = f"""
import json, frappe
from sm_planner.adapters.site.roles import ROLES
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
def names(doctype, **filters):
    return frappe.get_all(doctype, filters=filters, pluck="name", order_by="name asc")
print(json.dumps({{
    "doctypes": {{name: str(frappe.db.get_value("DocType", name, "modified"))
                 for name in names("DocType", module="SM Planner")}},
    "reports": names("Report", module="SM Planner"),
    "workspaces": names("Workspace", module="SM Planner"),
    "number cards": names("Number Card", module="SM Planner"),
    "charts": names("Dashboard Chart", module="SM Planner"),
    "mails": names("Auto Email Report"),
    "modules": names("Module Def", app_name="sm_planner"),
    "roles": names("Role", name=("in", ROLES)),
    "workflows": names("Workflow"),
    "workflow states": names("Workflow State"),
    "workflow actions": names("Workflow Action Master"),
    "boards": names("Kanban Board"),
    "onboardings": names("Module Onboarding", module="SM Planner"),
    "onboarding steps": names("Onboarding Step"),
    "form tours": names("Form Tour", module="SM Planner"),
    "custom fields": names("Custom Field", module="SM Planner"),
    "sidebars": names("Workspace Sidebar") if frappe.db.exists("DocType", "Workspace Sidebar") else [],
    "icons": names("Desktop Icon"),
    "sequences": [row[0] for row in frappe.db.sql("show tables like 'sm_sign%'")],
    "defaults": frappe.get_all("DefaultValue", {{"defkey": ("like", "sm_planner%")}}, pluck="defkey", order_by="defkey asc"),
    "tables": sorted(table for table in frappe.db.get_tables(cached=False) if table.startswith("tabSM ")),
    "settings": frappe.db.get_singles_dict("SM Settings").get("why_min_length"),
}}))
frappe.destroy()
"""


ROWS = f"""
import hashlib, json, frappe
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
rows = []
for table in frappe.db.get_tables(cached=False):
    for row in frappe.qb.from_(frappe.qb.Table(table)).select("*").run(as_dict=True):
        name = " ".join(str(row[key]) for key in ("doctype", "name", "field", "defkey", "user") if row.get(key))
        text = json.dumps(row, sort_keys=True, default=str)
        rows.append(f"{{table}}: {{name}} #{{hashlib.sha256(text.encode()).hexdigest()}}")
print(json.dumps(sorted(rows)))
frappe.destroy()
"""  # noqa: S608
"""Every row of the site: table, name, and a fingerprint of all that is in it."""

OF_FRAPPE = (
    "tabInstalled Application: ",
    "tabSingles: Installed Applications ",
    "tabSingles: System Settings modified ",
    "tabScheduled Job Type: ",
    "tabNavbar Item: ",
    "tabSingles: Navbar Settings modified ",
)
"""Rows that Frappe writes anew with every migrate, whatever apps there are."""

STAYS = (*OF_FRAPPE, "tabDeleted Document: ", "tabDefaultValue: ", "tabPermission Log: ")
"""Rows that Frappe writes when an app goes: what it deleted, which apps are there, and from whom a role was taken."""

ORGANISATION = f"""
import frappe
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
def insert(doctype, **values):
    return frappe.get_doc({{"doctype": doctype, **values}}).insert()
insert("Workflow State", workflow_state_name="Superseded", style="Danger", icon="remove")
insert("Workflow State", workflow_state_name="Draft", style="Warning")
insert("Workflow Action Master", workflow_action_name="Return")
insert("Role", role_name="SM Auditor", desk_access=0)
insert("Global Search DocType", document_type="ToDo", parent="Global Search Settings",
       parenttype="Global Search Settings", parentfield="allowed_in_global_search", idx=1)
frappe.db.commit()
"""
"""What an organisation had on its site before the app: among others, a role of the same name."""

CHANGES = f"""
import frappe
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
workflow = frappe.get_doc("Workflow", "SM Plan Sign-off")
workflow.send_email_alert = 1
workflow.states[0].allow_edit = "System Manager"
workflow.save()
frappe.db.commit()
"""

USE = f"""
import frappe
from frappe.model.utils.user_settings import sync_user_settings, update_user_settings
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
def insert(doctype, **values):
    return frappe.get_doc({{"doctype": doctype, **values}}).insert()
person = insert("SM Person", title="Ada")
about = {{"attached_to_doctype": "SM Person", "attached_to_name": person.name, "is_private": 1}}
insert("File", file_name="about-ada.txt", content="Ada", **about)
insert("Custom Role", report="Seal Register", roles=[{{"role": "System Manager"}}])
insert("ToDo", description="Ask her", reference_type="SM Person", reference_name=person.name)
insert("Notification", name="New person", subject="x", message="x", document_type="SM Person", event="New",
       channel="System Notification", recipients=[{{"receiver_by_role": "SM Planner User"}}])
insert("Has Role", role="SM Planner User", parent="Administrator", parenttype="User", parentfield="roles")
update_user_settings("SM Person", {{"last_view": "List"}})
sync_user_settings()
frappe.db.commit()
"""

SEARCH = f"""
import frappe
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
frappe.get_doc("Global Search Settings").save()
frappe.db.rollback()
"""


def on_site(*arguments: str) -> None:
    frappe_command("--site", SITE, *arguments)


def state() -> dict[str, Any]:
    """What of the app is on the site."""
    return json.loads(run(sys.executable, "-c", STATE).splitlines()[-1])


def on_python(script: str) -> str:
    return run(sys.executable, "-c", script)


def rows(but: tuple[str, ...]) -> set[str]:
    """Every row of the site, but those whose text begins so."""
    found = json.loads(on_python(ROWS).splitlines()[-1])
    return {row for row in found if not row.startswith(but)}


@pytest.fixture(scope="module")
def empty() -> Iterator[dict[str, Any]]:
    """The state of a new site without the app."""
    new_site(SITE)
    on_python(ORGANISATION)
    yield state()
    drop_site(SITE)


def test_the_app_comes_stays_and_goes_without_a_trace(empty):
    before = rows(but=STAYS)

    on_site("install-app", "sm_planner")
    installed = state()
    assert installed["modules"] == ["SM Planner"]
    assert len(installed["roles"]) == 6
    assert installed["settings"] == "80"
    assert installed["boards"] == ["SM Improvements"]
    assert installed["onboardings"] == ["SM Planner"]
    assert before - rows(but=STAYS) == set()

    on_python(CHANGES)
    changed = rows(but=OF_FRAPPE)
    on_site("migrate")
    assert rows(but=OF_FRAPPE) ^ changed == set()
    on_site("migrate")
    assert rows(but=OF_FRAPPE) ^ changed == set()
    assert state() == installed

    on_python(USE)
    used = rows(but=())
    uploads = BENCH / "sites" / SITE / "private" / "files"
    on_site("uninstall-app", "sm_planner", "--dry-run", "--yes", "--no-backup")
    assert rows(but=()) ^ used == set()
    assert [path.name for path in uploads.iterdir()] == ["about-ada.txt"]

    on_site("uninstall-app", "sm_planner", "--yes", "--no-backup")
    assert state() == empty
    assert rows(but=STAYS) ^ before == set()
    assert list(uploads.iterdir()) == []
    on_python(SEARCH)
    on_site("migrate")
    assert rows(but=STAYS) ^ before == set()

    on_site("install-app", "sm_planner")
    assert {**state(), "doctypes": ()} == {**installed, "doctypes": ()}


CONTENT = f"""
import frappe
from sm_planner.adapters import plan_reader
from sm_planner.engine.sealing import canonical
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
for name in frappe.get_all("SM Plan", pluck="name"):
    print(name, canonical.content_hash(plan_reader.load(name)))
frappe.destroy()
"""

NUMBERS_OF_0_1 = f"""
import frappe
from sm_planner.adapters.site.doctypes import NUMBER_FIELDS, SETTINGS
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
run = frappe.db.sql_ddl
for doctype, fields in NUMBER_FIELDS.items():
    if doctype == SETTINGS:
        continue
    frappe.db.sql("update tabDocType set migration_hash = '' where name = %s", doctype)
    for field, spec in fields.items():
        table, column = f"`tab{{doctype}}`", f"`{{field}}`"
        if spec.kind == "integer" and spec.minimum:
            frappe.db.sql(f"update {{table}} set {{column}} = 0 where {{column}} is null")
            run(f"alter table {{table}} modify {{column}} int(11) not null default 0")
        else:
            run(f"alter table {{table}} modify {{column}} varchar(140)")
            frappe.db.sql(f"update {{table}} set {{column}} = coalesce({{column}} + 0, '')")
frappe.db.sql("update tabSingles set value = '' where doctype = %s and field = 'largest_over_commitment'", SETTINGS)
frappe.db.sql("update tabSingles set value = '0' where doctype = %s and field in ('scan_months', 'least_slack')", SETTINGS)
for value, order in ("about 5", "asc"), (" 1e1 ", "desc"):
    frappe.db.sql(f"update `tabSM Improvement` set benefit_actual = %s order by name {{order}} limit 1", value)
frappe.db.delete("Patch Log", {{"patch": ("like", "sm_planner.%")}})
frappe.db.commit()
frappe.destroy()
"""  # noqa: S608 no input

NUMBERS_NOW = f"""
import json, frappe
from sm_planner.adapters.site.doctypes import NUMBER_FIELDS, SETTINGS
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
columns = frappe.db.sql(
    "select table_name, column_name, concat(data_type, ' ', is_nullable), column_default from information_schema.columns"
    " where table_schema = database() and table_name like 'tabSM %%'"
)
print(json.dumps({{
    "columns": sorted({{kind for table, field, *kind in map(list, columns)
                       if field in NUMBER_FIELDS.get(table[3:], ()) for kind in [" ".join(kind)]}}),
    "settings": {{field: value for field, value in frappe.db.get_singles_dict(SETTINGS).items()
                 if field in ("largest_over_commitment", "scan_months", "least_slack")}},
    "reached": frappe.get_all("SM Improvement", {{"benefit_actual": (">", 0)}}, pluck="benefit_actual"),
    "told": frappe.get_all("Comment", {{"comment_type": "Info", "reference_doctype": "SM Improvement"}}, pluck="content"),
}}))
frappe.destroy()
"""  # noqa: S608 no input


def test_numbers_of_0_1_which_were_texts_become_numbers(empty):
    if not state()["modules"]:
        on_site("install-app", "sm_planner")
    on_site("sm-planner", "import", str(Path(__file__).parents[2] / "fixtures/plans/example.yaml"))
    signed = run(sys.executable, "-c", CONTENT)
    run(sys.executable, "-c", NUMBERS_OF_0_1)

    on_site("migrate")

    now = json.loads(run(sys.executable, "-c", NUMBERS_NOW).splitlines()[-1])
    assert now["columns"] == ["decimal YES NULL", "int YES NULL"]
    assert now["settings"] == {"largest_over_commitment": None, "scan_months": None, "least_slack": "0"}
    assert sorted(now["reached"]) == [2, 10], "that of one that is closed, and what was a text"
    assert now["told"] == ["Benefit Reached held “about 5”, which is not a number. It is empty now."]
    assert run(sys.executable, "-c", CONTENT) == signed
    on_site("migrate")
    assert json.loads(run(sys.executable, "-c", NUMBERS_NOW).splitlines()[-1]) == now
