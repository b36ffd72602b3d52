"""Plan files and the plan book, between a site and its users."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import get_url_to_form, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import import_jobs, uploaded_plans
from sm_planner.adapters.permissions import people_led_by
from sm_planner.adapters.signing import sign_off
from sm_planner.adapters.site import uploads
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.site_numbers import user_number
from sm_planner.engine import plan_file
from sm_planner.engine.training import personal
from sm_planner.reports.book import render, render_funding, render_summary
from sm_planner.reports.book.pdf import PdfNotInstalled, to_pdf

PRINTS = {"book": render, "summary": render_summary, "funding": render_funding}
"""What of a plan is printed: the whole book, the sponsor's page, or the funding request."""

MOST_AT_ONCE = 1_000
"""Records of a plan that is imported while its user waits: some seconds."""


def download(name: str) -> None:
    """Answer the request with the plan as a plan file, without what it says of the skills of people whom the user does not lead."""
    frappe.response.filename = f"{name}.yaml"
    frappe.response.filecontent = plan_file.dumps(personal.shown_to(plan_reader.load(name), people_led_by()))
    frappe.response.type = "download"


def download_receipt(name: str) -> None:
    """Answer the request with the receipt for a signed plan."""
    frappe.response.filename = f"{name}-receipt.json"
    frappe.response.filecontent = sign_off.receipt_of(name)
    frappe.response.type = "download"


def show_book(name: str) -> None:
    """Answer the request with the plan book."""
    _show(f"{name}.html", name, render)


def show_funding(name: str) -> None:
    """Answer the request with the funding request."""
    _show(f"{name}-funding.html", name, render_funding)


def _show(filename: str, name: str, draw: Callable[..., str]) -> None:
    """Answer the request with a page of a plan, with a way back to its form."""
    back = get_url_to_form(PLAN, name)
    frappe.response.filename = filename
    frappe.response.filecontent = draw(
        plan_reader.load(name), getdate(), _, frappe.local.lang, back=back, number=user_number
    )
    frappe.response.type = "download"
    frappe.response.display_content_as = "inline"


def show_pdf(name: str, part: str) -> None:
    """Answer the request with the plan book, or the sponsor's page of it, as PDF."""
    if part not in PRINTS:
        frappe.throw(_("Only these can be printed: {0}.").format(", ".join(PRINTS)))
    html = PRINTS[part](plan_reader.load(name), getdate(), _, frappe.local.lang, number=user_number)
    try:
        content = to_pdf(html)
    except PdfNotInstalled as error:
        frappe.throw(_(str(error)))
    frappe.response.filename = f"{name}-{part}.pdf"
    frappe.response.filecontent = content
    frappe.response.type = "pdf"


def sm_plan_summary(name: str) -> str:
    """The sponsor's page for a print format: of the plan as it is stored, for who may read it."""
    return render_summary(plan_reader.load(name), getdate(), _, frappe.local.lang, user_number)


def import_file(file_url: str) -> str | dict[str, str]:
    """Make a plan of an uploaded plan file; its name, or the job that makes it where that takes long.

    What cannot be read is told at once, also of what takes long.
    """
    file = uploads.find(file_url=file_url)
    plan = uploaded_plans.plan_of(file)
    if sum(map(len, plan.index.values())) > MOST_AT_ONCE:
        return import_jobs.start(file.name)
    name, told = uploaded_plans.save(plan)
    if told:
        frappe.msgprint(told, title=_("Thresholds differ from the file"), as_list=True, indicator="orange")
    return name
