"""Plan files and the plan book, between a site and its users."""

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from sm_planner.adapters import plan_documents
from sm_planner.adapters.presentation import told
from sm_planner.engine import plan_file
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.reports.book import render


def download(name: str) -> None:
    """Answer the request with the plan as a plan file."""
    frappe.response.filename = f"{name}.yaml"
    frappe.response.filecontent = plan_file.dumps(plan_documents.load(name))
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
    return import_text(file.get_content(), file.file_name)


def import_text(text: str | bytes, source: str) -> str:
    """Make a plan of the text of a plan file; its name."""
    try:
        plan = plan_file.loads(plan_file.decoded(text, source), source)
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
