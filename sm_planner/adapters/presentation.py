"""What the engine says → what a user of the site reads, in the user's language."""

from collections.abc import Iterable
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters import stored_records
from sm_planner.adapters.doctypes import DOCTYPES, PLAN, part_name
from sm_planner.engine.checks import CheckResult
from sm_planner.engine.finding import Finding, Ref
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.texts import Text


def told(text: Text) -> str:
    """The text in the language of the user. Escape it where it becomes HTML."""
    return text.translated(_)


def told_html(text: Text) -> str:
    """The text in the language of the user, safe to be shown as HTML."""
    return text.translated(_, escape_html)


def called(doctype: str, name: str) -> str:
    """How a message names a document: by its title and name, or by its name while it has no title."""
    title_field = frappe.get_meta(doctype).title_field
    title = frappe.db.get_value(doctype, name, title_field) if title_field else ""
    return f"{title} ({name})" if title and title != name else name


def refuse(refusals: Iterable[Text], title: str) -> NoReturn:
    """Stop here and say why, each reason on a line of its own."""
    frappe.throw([told_html(refusal) for refusal in refusals], title=title, as_list=True)


def findings(plan: Plan, result: CheckResult) -> list[dict[str, Any]]:
    """The findings as the form and the API show them, each with the document to open."""
    raci = raci_names(plan.id) if any(f.record.collection == "raci" for f in result.findings) else {}
    return [_finding(plan.id, finding, raci) for finding in result.findings]


def _finding(plan: str, finding: Finding, raci: dict[str, str]) -> dict[str, Any]:
    doctype, name = document_of(plan, finding.record, raci)
    return {
        **finding.as_dict(),
        "message": told(Text(finding.message, finding.args)),
        "fix": _(finding.fix),
        "severity_label": _(finding.severity.value),
        "title": str(finding.record),
        "doctype": doctype,
        "name": name,
    }


def document_of(plan: str, record: Ref, raci: dict[str, str]) -> tuple[str, str]:
    """DocType and name of the document that a reference means. raci: entry id → name of its document."""
    if record.collection == "plan":
        return PLAN, plan
    doctype = DOCTYPES[record.collection]
    if record.collection == "raci":
        return doctype, raci.get(record.id, "")
    return doctype, record.id if COLLECTIONS[record.collection].shared else part_name(plan, record.id)


def raci_names(plan: str) -> dict[str, str]:
    """RACI entry id → name of its document, in one query."""
    return {entry.id: name for name, entry in stored_records.parts("raci", plan).items()}
