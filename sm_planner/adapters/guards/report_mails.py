"""Mails of reports: an Auto Email Report of ours tells what its user may read.

Frappe sends them by a job, as Administrator, and lets whoever makes one choose as whose its rows are.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters import permissions
from sm_planner.adapters.guards.exports import keep_texts_of_lists
from sm_planner.adapters.site import wraps
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.ours import is_ours
from sm_planner.adapters.site.wraps import Wrap


def before_job(method: str, kwargs: dict[str, Any] | None = None, **more: Any) -> None:
    """Runs before every job: those that mail reports are few."""
    keep_texts_of_lists()
    if "auto_email_report" in f"{method} {kwargs}":
        run_as_reader()


def before_request() -> None:
    """Runs before a request that downloads or sends one."""
    keep_texts_of_lists()
    run_as_reader()


def run_as_reader() -> None:
    """Have reports of ours run as the user whom the mail names, in this process."""
    wraps.put_on(READERS)


def _content(original: Any, self: Any) -> Any:
    if not _is_of_ours(self.report) or frappe.session.user == self.user:
        return original(self)
    session, form = frappe.local.session.copy(), frappe.local.form_dict
    frappe.set_user(self.user)
    try:
        return original(self)
    finally:
        frappe.set_user(session.user)
        frappe.local.session.update(session)  # of a request, which goes on
        frappe.local.form_dict = form


READERS = (
    Wrap(
        "frappe.email.doctype.auto_email_report.auto_email_report",
        "AutoEmailReport.get_report_content",
        _content,
        frappe=16,
    ),
)


def guard_mail(mail: Document, method: str) -> None:
    """Who may not read all plans has reports mailed as his own alone."""
    user = frappe.session.user
    if _is_of_ours(mail.report) and mail.user != user and permissions.readable(PLAN):
        frappe.throw(
            _("Set {0} to yourself: you cannot read plans as somebody else.").format(
                _(mail.meta.get_label("user"))
            ),
            frappe.PermissionError,
        )


def _is_of_ours(report: str) -> bool:
    return is_ours(frappe.db.get_value("Report", report, "ref_doctype"))
