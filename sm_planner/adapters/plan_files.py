"""Plan files and the plan book, between a site and its users."""

from pathlib import Path

import frappe
from frappe import _
from frappe.utils import escape_html, get_url_to_form, getdate

from sm_planner.adapters import locks, plan_documents, sign_off, thresholds
from sm_planner.adapters.doctypes import PLAN
from sm_planner.adapters.presentation import told
from sm_planner.engine import plan_file
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.engine.texts import N_, say
from sm_planner.reports.book import render, render_summary
from sm_planner.reports.book.pdf import PdfNotInstalled, to_pdf

PRINTS = {"book": render, "summary": render_summary}
"""What of a plan is printed: the whole book, or the sponsor's page."""

LIMIT = plan_file.Limit(
    500_000,
    say(
        N_(
            "Take out what the plan does not need, or have it imported on the server, where more fits into memory: "
            "bench --site … sm-planner import."
        )
    ),
)
"""What an uploaded file may hold: some 130 MB of the web worker that reads it."""


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
    back = get_url_to_form(PLAN, name)
    frappe.response.filecontent = render(
        plan_documents.load(name), getdate(), _, frappe.local.lang, back=back
    )
    frappe.response.type = "download"
    frappe.response.display_content_as = "inline"


def show_pdf(name: str, part: str) -> None:
    """Answer the request with the plan book, or the sponsor's page of it, as PDF."""
    if part not in PRINTS:
        frappe.throw(_("There is a print of these only: {0}.").format(", ".join(PRINTS)))
    html = PRINTS[part](plan_documents.load(name), getdate(), _, frappe.local.lang)
    try:
        content = to_pdf(html)
    except PdfNotInstalled as error:
        frappe.throw(_(str(error)))
    frappe.response.filename = f"{name}-{part}.pdf"
    frappe.response.filecontent = content
    frappe.response.type = "pdf"


def sm_plan_summary(name: str) -> str:
    """The sponsor's page for a print format: of the plan as it is stored, for who may read it."""
    return render_summary(plan_documents.load(name), getdate(), _, frappe.local.lang)


def import_file(file_url: str) -> str:
    """Make a plan of an uploaded plan file; its name."""
    file = frappe.get_doc("File", {"file_url": file_url})
    file.check_permission("read")
    # Not by get_content, which guesses an encoding and may make a text of a workbook.
    content = Path(file.get_full_path()).read_bytes()
    locks.begin()
    return import_content(content, file.file_name)


def import_content(content: bytes, source: str) -> str:
    """Make a plan of the content of a plan file, YAML or a workbook; its name."""
    try:
        plan = plan_file.read(content, source, LIMIT)
    except PlanFileError as error:
        problems = [
            f"{problem.place}: {told(problem.message)} {told(problem.fix)}" for problem in error.problems
        ]
        frappe.throw(
            [escape_html(problem) for problem in problems],
            title=_("The plan file cannot be read"),
            as_list=True,
        )
    name = plan_documents.save(plan)
    thresholds.tell_of_file(plan.settings)
    return name
