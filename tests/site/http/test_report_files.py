"""Reports over HTTP: their files hold no formula, and running one needs no more than a read-only transaction."""

from __future__ import annotations

import csv
import io

import frappe
import openpyxl
import pytest
from frappe.desk.query_report import run
from http_kit import fresh

from sm_planner.adapters.desk import script_reports
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.reports import REPORTS

HOSTILE = '=HYPERLINK("http://evil.example","R&D <b>")'
SCRIPT_REPORTS = (*(report.title for report in REPORTS.values()), "SLA Attainment", "Seal Register")


def exported(client, report: str, plan: str, format: str) -> list[list[object]]:
    """The cells of a report's file."""
    answer = client.post(
        "/api/method/frappe.desk.query_report.export_query",
        report_name=report,
        filters={"plan": plan},
        file_format_type=format,
        visible_idx=[],
    )
    assert answer.status_code == 200, answer.text
    if format == "CSV":
        return list(csv.reader(io.StringIO(answer.content.decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    return [list(row) for row in sheet.values]


@pytest.fixture
def hostile_plan(make_plan) -> str:
    """A plan whose services and roles are called like a formula; its name."""
    name = make_plan()
    for doctype in ("SM Service", "SM Role", "SM Stakeholder"):
        for record in frappe.get_all(doctype, pluck="name", order_by="name asc"):
            frappe.db.set_value(doctype, record, "title", HOSTILE)
    frappe.db.commit()
    return name


@pytest.mark.commits
@pytest.mark.parametrize("format", ["CSV", "Excel"])
def test_no_cell_of_a_report_s_file_is_a_formula(client, hostile_plan, format):
    found = 0
    for report in ("Service Catalogue", "RACI Matrix", "Stakeholder Coverage", "Plan Findings"):
        for cell in (
            cell for row in exported(client("author"), report, hostile_plan, format) for cell in row
        ):
            assert not str(cell or "").startswith(script_reports.FORMULA), (report, cell)
            found += "HYPERLINK" in str(cell)
    assert found > 3


@pytest.mark.commits
@pytest.mark.parametrize("format", ["CSV", "Excel"])
def test_a_text_in_a_file_is_the_text_and_not_html(client, hostile_plan, format):
    cells = [
        cell for row in exported(client("author"), "Service Catalogue", hostile_plan, format) for cell in row
    ]
    assert f"'{HOSTILE}" in cells


@pytest.mark.commits
def test_for_a_file_that_a_job_makes_a_text_is_the_text_too(hostile_plan):
    def titles() -> set[str]:
        result = run("Service Catalogue", filters={"plan": hostile_plan})["result"]
        return {
            cell for row in result if isinstance(row, dict) for cell in row.values() if isinstance(cell, str)
        }

    assert f"'{HOSTILE}" not in titles()
    frappe.local.job = frappe._dict(method="frappe.desk.query_report.run_export_query_job")
    try:
        assert f"'{HOSTILE}" in titles()
    finally:
        del frappe.local.job


@pytest.mark.commits
def test_on_the_screen_the_same_text_is_escaped(client, hostile_plan):
    answer = client("author").get(
        "/api/method/frappe.desk.query_report.run",
        report_name="Service Catalogue",
        filters={"plan": hostile_plan},
    )
    assert "HYPERLINK" in answer.text
    assert "<b>" not in answer.text


@pytest.mark.commits
def test_who_may_not_export_plans_gets_no_file(client, make_plan):
    plan = make_plan()
    answer = client("sponsor").post(
        "/api/method/frappe.desk.query_report.export_query",
        report_name="Plan Findings",
        filters={"plan": plan},
        file_format_type="CSV",
        visible_idx=[],
    )
    assert answer.status_code == 403


@pytest.mark.commits
def test_every_report_runs_in_a_read_only_transaction(make_plan):
    plan = make_plan()
    try:
        for report in SCRIPT_REPORTS:
            frappe.db.rollback()
            frappe.db.begin(read_only=True)
            run(report, {"plan": plan}, ignore_prepared_report=True)
        with pytest.raises(frappe.InReadOnlyMode):
            frappe.db.set_value(PLAN, plan, "title", "written")
    finally:
        fresh()
