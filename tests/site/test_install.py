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
    "sidebars": names("Workspace Sidebar") if frappe.db.exists("DocType", "Workspace Sidebar") else [],
    "icons": names("Desktop Icon"),
    "sequences": [row[0] for row in frappe.db.sql("show tables like 'sm_sign%'")],
    "defaults": frappe.get_all("DefaultValue", {{"defkey": ("like", "sm_planner%")}}, pluck="defkey", order_by="defkey asc"),
    "tables": sorted(table for table in frappe.db.get_tables(cached=False) if table.startswith("tabSM ")),
    "settings": frappe.db.get_singles_dict("SM Settings").get("why_min_length"),
}}))
frappe.destroy()
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


@pytest.fixture(scope="module")
def empty() -> Iterator[dict[str, Any]]:
    """The state of a new site without the app."""
    root = ("--db-root-username", "root", "--db-root-password", ROOT_PASSWORD)
    frappe_command("new-site", SITE, "--admin-password", "admin", "--force", *root)
    yield state()
    frappe_command("drop-site", SITE, "--no-backup", "--force", *root)


def test_the_app_comes_stays_and_goes_without_a_trace(empty):
    on_site("install-app", "sm_planner")
    installed = state()
    assert installed["modules"] == ["SM Planner"]
    assert len(installed["roles"]) == 6
    assert installed["settings"] == "80"
    assert installed["boards"] == ["SM Improvements"]
    assert installed["onboardings"] == ["SM Planner"]

    on_site("migrate")
    on_site("migrate")
    assert state() == installed

    on_site("uninstall-app", "sm_planner", "--yes", "--no-backup")
    assert state() == empty

    on_site("install-app", "sm_planner")
    assert {**state(), "doctypes": ()} == {**installed, "doctypes": ()}
