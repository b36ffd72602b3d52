"""Plan files and the plan book, between a site and its users."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, get_url_to_form, getdate

from sm_planner.adapters import import_jobs, locks, plan_documents, sign_off, thresholds, uploads
from sm_planner.adapters.doctypes import PLAN
from sm_planner.adapters.import_jobs import Progress
from sm_planner.adapters.presentation import told
from sm_planner.engine import plan_file
from sm_planner.engine.model import Plan
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
            "Remove what the plan does not need, or import the file on the server, which has more "
            "memory: bench --site … sm-planner import."
        )
    ),
)
"""What an uploaded file may hold: some 130 MB of the web worker that reads it."""

TOLD = 100
"""Problems of a file that are told at once."""

MOST_AT_ONCE = 1_000
"""Records of a plan that is imported while its user waits: some seconds."""


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
        frappe.throw(_("Only these can be printed: {0}.").format(", ".join(PRINTS)))
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


def import_file(file_url: str) -> str | dict[str, str]:
    """Make a plan of an uploaded plan file; its name, or the job that makes it where that takes long.

    What cannot be read is told at once, also of what takes long.
    """
    file = uploads.find(file_url=file_url)
    plan = _plan_of(file)
    if sum(map(len, plan.index.values())) > MOST_AT_ONCE:
        return import_jobs.start(file.name)
    locks.begin()
    name, told = _save(plan)
    if told:
        frappe.msgprint(told, title=_("Thresholds differ from the file"), as_list=True, indicator="orange")
    return name


def import_named(file: str, progress: Progress) -> tuple[str, list[str]]:
    """Make a plan of an uploaded file (its name), told how far it is; the plan's name, and what its user is told."""
    plan = _plan_of(uploads.find(name=file))
    locks.begin()
    return _save(plan, progress)


def _plan_of(file: Document) -> Plan:
    """Not by get_content, which guesses an encoding and may make a text of a workbook."""
    path = uploads.path(file)
    with _problems_told():
        return plan_file.read(plan_file.read_bytes(path), file.file_name, LIMIT)


def _save(plan: Plan, progress: Progress | None = None) -> tuple[str, list[str]]:
    return plan_documents.save(plan, progress), thresholds.of_file(plan.settings)


@contextmanager
def _problems_told() -> Iterator[None]:
    """Tell the user what is wrong with a file, each with its place and what to do."""
    try:
        yield
    except PlanFileError as error:
        problems = [
            f"{problem.place}: {told(problem.message)} {told(problem.fix)}"
            for problem in error.problems[:TOLD]
        ]
        if len(error.problems) > TOLD:
            problems.append(_("and {0} more").format(len(error.problems) - TOLD))
        frappe.throw(
            [escape_html(problem) for problem in problems],
            title=_("The plan file cannot be read"),
            as_list=True,
        )
