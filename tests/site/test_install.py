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


CONTENT = f"""
import frappe
from sm_planner.adapters import plan_documents
from sm_planner.engine import canonical
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
for name in frappe.get_all("SM Plan", pluck="name"):
    print(name, canonical.content_hash(plan_documents.load(name)))
frappe.destroy()
"""

NUMBERS_OF_0_1 = f"""
import frappe
from sm_planner.adapters.doctypes import NUMBER_FIELDS, SETTINGS
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
from sm_planner.adapters.doctypes import NUMBER_FIELDS, SETTINGS
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
    assert now["reached"] == [10]
    assert now["told"] == ["Benefit Reached held “about 5”, which is not a number. It is empty now."]
    assert run(sys.executable, "-c", CONTENT) == signed
    on_site("migrate")
    assert json.loads(run(sys.executable, "-c", NUMBERS_NOW).splitlines()[-1]) == now
