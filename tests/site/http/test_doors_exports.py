"""Files that Frappe makes of documents: no text of ours is a formula there, and the Data Import takes it back as it was."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

import frappe
import openpyxl
import pytest
import requests
from http_kit import Client, first, fresh, told

from sm_planner.adapters.guards import exports
from sm_planner.adapters.site.sheet_texts import FORMULA

pytestmark = pytest.mark.commits

HOSTILE = (
    '=HYPERLINK("http://evil.example","R&D")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "'=quoted already",
    "<b>=1+1</b>",
)
CURRENT = -1.5
VIEW = "frappe.desk.reportview.export_query"


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str]) -> Iterator[str]:
    """A plan with an objective for each hostile text, in its title; the number of each is negative."""
    name = make_plan("Draft")
    fresh()
    stored = frappe.get_doc("SM Objective", first("SM Objective", plan=name))
    for number, text in enumerate(HOSTILE):
        copy = frappe.copy_doc(stored)
        copy.name = f"{name}-hostile-{number}"
        copy.update({"id": f"hostile-{number}", "title": text, "baseline": CURRENT, "docstatus": 0})
        copy.db_insert()
    frappe.db.commit()
    yield name
    fresh()


def cells(answer: requests.Response, format: str) -> list[object]:
    """All cells of a file; of a workbook none may be a formula."""
    assert answer.status_code == 200, told(answer)
    if format == "CSV":
        text = answer.content.decode()
        return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    return [cell for row in sheet.values for cell in row]


def list_export(client: Client, plan: str, format: str) -> requests.Response:
    return client.call(
        VIEW,
        doctype="SM Objective",
        file_format_type=format,
        title="x",
        fields=["`tabSM Objective`.`name`", "`tabSM Objective`.`title`", "`tabSM Objective`.`baseline`"],
        filters=[["SM Objective", "plan", "=", plan]],
        order_by="`tabSM Objective`.`name` asc",
        start=0,
        page_length=100,
        view="Report",
    )


def template(client: Client, plan: str, format: str) -> requests.Response:
    return client.call(
        "frappe.core.doctype.data_import.data_import.download_template",
        doctype="SM Objective",
        export_fields={"SM Objective": ["name", "title", "baseline"]},
        export_records="by_filter",
        export_filters=[["SM Objective", "plan", "=", plan]],
        file_type=format,
    )


def data_export(client: Client, plan: str, format: str) -> requests.Response:
    return client.call(
        "frappe.core.doctype.data_export.exporter.export_data",
        doctype="SM Objective",
        all_doctypes=False,
        with_data=True,
        file_type=format,
        filters=[["SM Objective", "plan", "=", plan]],
        select_columns={"SM Objective": ["name", "title", "baseline"]},
        export_without_column_meta=True,
    )


EXPORTS = {"list": list_export, "template": template, "data export": data_export}


@pytest.mark.parametrize("format", ["CSV", "Excel"])
@pytest.mark.parametrize("export", EXPORTS)
def test_no_text_of_an_export_is_a_formula(client, plan, export, format):
    """Q1"""
    found = cells(EXPORTS[export](client("author"), plan, format), format)
    texts = [cell for cell in found if isinstance(cell, str)]
    assert sum("HYPERLINK" in text for text in texts) == 1
    assert [text for text in texts if text.startswith(FORMULA) and text not in ("-1.5",)] == []
    assert f"'{HOSTILE[0]}" in texts
    assert len([cell for cell in found if str(cell) == str(CURRENT)]) == len(HOSTILE), "numbers stay numbers"


@pytest.mark.parametrize("format", ["CSV", "XLSX"])
def test_no_text_of_a_report_that_is_mailed_is_a_formula(client, plan, format):
    """Q2"""
    columns = [[field, "SM Objective"] for field in ("name", "title", "baseline")]
    settings = {"fields": columns, "filters": [["SM Objective", "plan", "=", plan]], "order_by": "name asc"}
    report = frappe.get_doc(
        {
            "doctype": "Report",
            "report_name": f"{plan} objectives",
            "ref_doctype": "SM Objective",
            "report_type": "Report Builder",
            "is_standard": "No",
            "json": json.dumps(settings),
        }
    ).insert()
    mail = frappe.get_doc(
        {
            "doctype": "Auto Email Report",
            "report": report.name,
            "user": "Administrator",
            "email_to": "nobody@example.org",
            "format": format,
            "frequency": "Weekly",
            "day_of_week": "Monday",
            "no_of_rows": 100,
            "enabled": 0,
        }
    )
    mail.flags.ignore_links = True
    mail.insert()
    frappe.db.commit()
    try:
        answer = client("system-manager").get(
            "/api/method/frappe.email.doctype.auto_email_report.auto_email_report.download", name=mail.name
        )
        texts = [
            cell for cell in cells(answer, "CSV" if format == "CSV" else "Excel") if isinstance(cell, str)
        ]
    finally:
        fresh()
        frappe.delete_doc("Auto Email Report", mail.name)
        frappe.delete_doc("Report", report.name)
        frappe.db.commit()
    assert f"'{HOSTILE[0]}" in texts
    assert [text for text in texts if text.startswith(FORMULA) and text != "-1.5"] == []


def test_no_text_of_a_file_that_a_job_makes_is_a_formula(plan):
    from frappe.desk import reportview

    exports.keep_texts_of_lists()
    form = {
        "doctype": "SM Objective",
        "file_format_type": "CSV",
        "fields": ["`tabSM Objective`.`title`"],
        "filters": [["SM Objective", "plan", "=", plan]],
        "as_list": True,
    }
    _title, _extension, content = reportview._export_query(
        frappe._dict(form), {"delimiter": ","}, populate_response=False
    )
    assert f"'{HOSTILE[1]}" in content.decode()


def test_exports_of_others_are_left_as_they_are(client, people):
    """A guest changes nothing in the house."""
    note = frappe.get_doc({"doctype": "Note", "title": HOSTILE[1]}).insert()
    frappe.db.set_value("Note", note.name, "owner", people["system-manager"])
    frappe.db.commit()
    try:
        answer = client("system-manager").call(
            VIEW,
            doctype="Note",
            file_format_type="CSV",
            title="x",
            fields=["`tabNote`.`title`"],
            filters=[["Note", "name", "=", note.name]],
            order_by="`tabNote`.`name` asc",
            view="Report",
        )
        assert HOSTILE[1] in cells(answer, "CSV")
    finally:
        fresh()
        frappe.delete_doc("Note", note.name)
        frappe.db.commit()


def test_what_was_exported_is_imported_as_it_was(client, plan):
    """Q3"""
    from test_numbers_over_http import imported

    text = template(client("author"), plan, "CSV").content.decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    # what stands before a text in one line, a document takes away
    names = [f"{plan}-hostile-{number}" for number, text in enumerate(HOSTILE) if text == text.strip()]
    stored = {name: frappe.db.get_value("SM Objective", name, "title") for name in names}
    rows = [rows[0], *(row for row in rows if row[0] in names)]

    frappe.db.set_value("SM Objective", {"name": ("in", names)}, "title", "Other")
    frappe.db.commit()

    log = imported("SM Objective", rows, f"{plan}-back", import_type="Update Existing Records")

    assert all(entry.success for entry in log), log
    fresh()
    assert {name: frappe.db.get_value("SM Objective", name, "title") for name in names} == stored
