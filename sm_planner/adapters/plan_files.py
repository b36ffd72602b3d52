"""Plan files and the plan book, between a site and its users."""

from pathlib import Path

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from sm_planner.adapters import plan_documents, sign_off
from sm_planner.adapters.presentation import told
from sm_planner.engine import plan_file
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.reports.book import render


def download(name: str) -> None:
    """Answer the request with the plan as a plan file."""
    frappe.response.filename = f"{name}.yaml"
    frappe.response.filecontent = plan_file.dumps(plan_documents.load(name))
    frappe.response.type = "download"


def download_receipt(name: str) -> None:
    """Answer the request with the receipt for a signed plan."""
    frappe.response.filename = f"{name}-receipt.json"
    frappe.response.filecontent = sign_off.receipt_of(name)
    frappe.response.type = "download"


def show_book(name: str) -> None:
    """Answer the request with the plan book."""
    frappe.response.filename = f"{name}.html"
    frappe.response.filecontent = render(plan_documents.load(name), getdate())
    frappe.response.type = "download"
    frappe.response.display_content_as = "inline"


def import_file(file_url: str) -> str:
    """Make a plan of an uploaded plan file; its name."""
    file = frappe.get_doc("File", {"file_url": file_url})
    file.check_permission("read")
    # Not by get_content, which guesses an encoding and may make a text of a workbook.
    return import_content(Path(file.get_full_path()).read_bytes(), file.file_name)


def import_content(content: bytes, source: str) -> str:
    """Make a plan of the content of a plan file, YAML or a workbook; its name."""
    try:
        plan = plan_file.read(content, source)
    except PlanFileError as error:
        problems = [
            f"{problem.place}: {told(problem.message)} {told(problem.fix)}" for problem in error.problems
        ]
        frappe.throw(
            [escape_html(problem) for problem in problems],
            title=_("The plan file cannot be read"),
            as_list=True,
        )
    return plan_documents.save(plan)
