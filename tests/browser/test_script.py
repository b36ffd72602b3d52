"""HTML that came into the database past Frappe: shown by forms, grids, lists and reports of the Desk, and never run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SITE = os.environ.get("SM_PLANNER_TEST_SITE", "")
SITES = Path(os.environ.get("SM_PLANNER_BENCH", ".")) / "sites"

SCRIPT = "<img src=x onerror=(window.ran||=[]).push(this.parentNode.outerHTML)>"
"""Notes where in the page it ran."""

HEAD = f"""
import json, sys, frappe
from sm_planner.adapters.site import doctypes
from sm_planner.engine.model import COLLECTIONS
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
kept = ("name", "id", "lineage", "user", "parent", "parentfield", "parenttype", "owner", "modified_by", "timezone",
        "rule", "contributors")
"""

POISON = (
    HEAD
    + f"""
script = {SCRIPT!r}
before = []
for doctype in sorted({{*doctypes.HOLDERS, *(d for d in frappe.get_all("DocType", {{"module": "SM Planner", "istable": 1}}, pluck="name"))}}):
    meta = frappe.get_meta(doctype)
    if meta.issingle:
        continue
    fields = [df.fieldname for df in meta.fields
              if df.fieldtype in ("Data", "Small Text", "Text", "Long Text") and df.fieldname not in kept
              and not 0 < (df.length or 0) < len(script)]  # which no script fits into
    for row in frappe.get_all(doctype, fields=["name", *fields]) if fields else []:
        before.append([doctype, row.name, {{field: row[field] for field in fields}}])
        frappe.db.set_value(doctype, row.name, {{field: script for field in fields}}, update_modified=False)
frappe.db.commit()
frappe.clear_cache()
print(json.dumps(before))
"""
)

RESTORE = (
    HEAD
    + """
for doctype, name, values in json.load(sys.stdin):
    frappe.db.set_value(doctype, name, values, update_modified=False)
frappe.db.commit()
frappe.clear_cache()
"""
)


def run(code: str, given: str = "") -> str:
    done = subprocess.run(
        (sys.executable, "-c", code), cwd=SITES, input=given, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture
def poisoned(example) -> Iterator[str]:
    """The name of a plan, while every text column of every table of the app holds script."""
    before = run(POISON).strip().splitlines()[-1]
    assert len(json.loads(before)) > 100
    yield example
    run(RESTORE, before)


LISTS = (
    "sm-plan",
    "sm-service",
    "sm-agreement",
    "sm-objective",
    "sm-person",
    "sm-component",
    "sm-raci-entry",
)
FORMS = (
    "SM Plan",
    "SM Service",
    "SM Agreement",
    "SM Objective",
    "SM Stakeholder",
    "SM Team",
    "SM Role",
    "SM Supplier",
)
REPORTS = ("Plan Findings", "RACI Matrix", "Objective Progress", "Service Catalogue", "Seal Register")


def note_what_ran(page, where: str, ran: dict[str, str]) -> None:
    page.wait_for_timeout(300)  # a picture that is not there takes a moment to say so
    for place in page.evaluate("() => (window.ran || []).splice(0)"):
        ran.setdefault(where, place[:400])


def test_no_title_runs_in_a_dialog(log_in, poisoned):
    """Fields of dialogs show labels of their choices as HTML, and dialogs their titles."""
    page = log_in("Administrator", "admin", expected=("404", "/x", "x:"))
    ran: dict[str, str] = {}
    page.goto("/app/sm-service-calendar")
    page.wait_for_selector(".list-row-container .list-row")
    (calendar,) = page.evaluate(
        "() => frappe.db.get_list('SM Service Calendar', {limit: 1}).then((rows) => rows.map((row) => row.name))"
    )
    page.goto(f"/app/sm-service-calendar/{calendar}")
    page.wait_for_function("() => cur_frm?.doc && !cur_frm.is_new()")
    page.locator(".menu-btn-group button:visible").click()
    page.locator(".menu-btn-group .dropdown-item:visible", has_text="Copy").first.click()
    page.locator(".modal.show input[data-fieldname=title]").wait_for()
    note_what_ran(page, "copy", ran)
    page.evaluate("() => cur_dialog.hide()")

    page.evaluate("() => sm_planner.start_plan()")
    page.locator(".modal.show input[data-fieldname=executive_sponsor]").click()
    page.locator(".modal.show .awesomplete li:visible").first.wait_for()
    note_what_ran(page, "start", ran)
    page.evaluate("() => cur_dialog.hide()")

    page.evaluate("(plan) => sm_planner.add_several(plan, 'targets')", poisoned)
    page.locator(".modal.show .smp-several tbody tr").first.wait_for()
    note_what_ran(page, "targets", ran)
    assert ran == {}


def test_no_text_of_the_database_runs_in_the_desk(log_in, poisoned):
    page = log_in("Administrator", "admin", expected=("404", "/x", "x:"))
    ran: dict[str, str] = {}
    for address in LISTS:
        page.goto(f"/app/{address}")
        page.wait_for_selector(".list-row-container .list-row, .no-result")
        note_what_ran(page, f"list {address}", ran)
    for doctype in FORMS:
        (name,) = page.evaluate(
            "(doctype) => frappe.db.get_list(doctype, {limit: 1}).then((rows) => rows.map((row) => row.name))",
            doctype,
        )
        page.goto(f"/app/{doctype.lower().replace(' ', '-')}/{name}")
        page.wait_for_function("(name) => cur_frm?.doc?.name === name && !cur_frm.is_new()", arg=name)
        for tab in page.locator(".form-tabs .nav-link:visible").all():
            tab.click()
            page.wait_for_timeout(400)
            note_what_ran(page, f"form {doctype}, tab {tab.inner_text()}", ran)
        note_what_ran(page, f"form {doctype}", ran)
    for report in REPORTS:
        page.goto(f"/app/query-report/{report}")
        page.wait_for_function("(report) => frappe.query_report?.report_name === report", arg=report)
        page.wait_for_function("() => frappe.query_report.data || frappe.query_report.$message?.text()")
        page.wait_for_timeout(1000)
        note_what_ran(page, f"report {report}", ran)
    assert ran == {}
