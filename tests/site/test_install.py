"""Installing, migrating and uninstalling, on a site of its own that is made and dropped here.

It takes a minute or two, and the password of the database's root user in SM_PLANNER_DB_ROOT_PASSWORD.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(os.environ.get("SM_PLANNER_BENCH", "~/frappe-bench")).expanduser()
ROOT_PASSWORD = os.environ.get("SM_PLANNER_DB_ROOT_PASSWORD", "")
SITE = "sm-planner-install-test.localhost"

pytestmark = [
    pytest.mark.commits,
    pytest.mark.skipif(not ROOT_PASSWORD, reason="SM_PLANNER_DB_ROOT_PASSWORD is not set"),
]

STATE = f"""
import json, frappe
from sm_planner.install import ROLES
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
    for row in frappe.db.sql(f"select * from `{{table}}`", as_dict=True):
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
)
"""Rows that Frappe writes anew with every migrate, whatever apps there are."""

STAYS = (*OF_FRAPPE, "tabDeleted Document: ", "tabDefaultValue: ")
"""Rows that Frappe writes when an app goes: what it deleted, and which apps are there."""

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


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=BENCH / "sites", capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def frappe_command(*arguments: str) -> None:
    """What ``bench`` hands on to Frappe; without bench, which has a user of its own in mind."""
    run(sys.executable, "-m", "frappe.utils.bench_helper", "frappe", *arguments)


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
    root = ("--db-root-username", "root", "--db-root-password", ROOT_PASSWORD)
    frappe_command("new-site", SITE, "--admin-password", "admin", "--force", *root)
    on_python(ORGANISATION)
    yield state()
    frappe_command("drop-site", SITE, "--no-backup", "--force", *root)


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
