"""What the engine says → what a user of the site reads, in the user's language."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from typing import Any, NoReturn
from urllib.parse import quote, urlencode

import frappe
from frappe import _
from frappe.boot import get_allowed_pages
from frappe.utils import (
    escape_html,
    formatdate,
    get_url,
    get_url_to_form,
    get_url_to_list,
    get_url_to_report,
    strip_html,
)
from frappe.utils.caching import request_cache
from frappe.utils.data import get_absolute_url

from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN, fieldname
from sm_planner.adapters.site.places import RACI_SHEET, sheet_cell, target
from sm_planner.adapters.site.site_numbers import user_number
from sm_planner.engine.checks import CheckResult, telling
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.checks.mending import Place, place_of
from sm_planner.engine.model import Plan
from sm_planner.engine.raci.sheet import Spot, spot_of
from sm_planner.engine.texts import N_, Number, Text, say, side_by_side


def told(text: Text) -> str:
    """The text in the language of the user. Escape it where it becomes HTML."""
    return text.translated(_, write=user_day)


def told_html(text: Text) -> str:
    """The text in the language of the user, safe to be shown as HTML."""
    return text.translated(_, escape_html, user_day)


def user_day(value: date | Number) -> str:
    """A day, or a number in words, as the user writes it."""
    return user_number(value) if isinstance(value, Number) else formatdate(value)


def told_error(error: Exception) -> str:
    """What an error says, in one line without HTML."""
    return " ".join(reasons(error))


def reasons(error: Exception) -> list[str]:
    """What an error says, each reason a line without HTML."""
    said = error.args[0] if error.args else frappe.flags.error_message or type(error).__name__
    return [strip_html(str(line)) for line in (said if isinstance(said, list) else [said])]


@contextmanager
def in_language(language: str | None) -> Iterator[None]:
    """What is translated is in this language, or in that of the site."""
    before = frappe.local.lang
    frappe.local.lang = language or frappe.db.get_single_value("System Settings", "language") or before
    try:
        yield
    finally:
        frappe.local.lang = before


def full_name(user: str) -> str:
    """The name of a user as people know it."""
    return frappe.db.get_value("User", user, "full_name") or user


def called(doctype: str, name: str) -> str:
    """How a message names a document: by its title and name, or by its name while it has no title."""
    title_field = frappe.get_meta(doctype).title_field
    title = frappe.db.get_value(doctype, name, title_field) if title_field else ""
    return f"{title} ({name})" if title and title != name else name


def refuse(refusals: Iterable[Text], title: str) -> NoReturn:
    """Stop here and say why, each reason on a line of its own."""
    refuse_in_html([told_html(refusal) for refusal in refusals], title)


def refuse_in_html(reasons: list[str], title: str) -> NoReturn:
    """Stop here and say why, each reason on a line of its own. reasons: HTML."""
    frappe.throw(reasons, title=title, as_list=True)


def blockers_html(plan: Plan, result: CheckResult) -> list[str]:
    """What keeps a plan from its signature, each fault once, safe to be shown as HTML: what to do, and a link to where."""
    lines = [line for line in telling.lines(plan, result) if line.meaning is telling.Meaning.SIGNATURE]
    return [f"{_told_line(line)} {_link(plan, line)}" for line in lines]


def _told_line(line: telling.Line) -> str:
    said = side_by_side(line.message, line.advice)
    return told_html(say(N_("{0}: {1}"), line.first.code, said))


def _link(plan: Plan, line: telling.Line) -> str:
    """A link to where the only finding of a line is mended, or to the report that lists all of them."""
    if len(line.findings) > 1:
        family = line.first.code.partition("-")[0]
        query = urlencode({"plan": plan.id, "family": family})
        return _anchor(f"{get_url_to_report('Plan Findings')}?{query}", _("Plan Findings"))
    (finding,) = findings_shown(plan, line.findings)
    place = finding["opens"]
    label = place["label"] or finding["title"]
    if place["page"]:
        path = "/".join(quote(part, safe="") for part in place["page"])
        return _anchor(get_url(in_desk(path)), label)
    if place["name"]:
        field = f"#{quote(place['field'])}" if place["field"] else ""
        return _anchor(get_url_to_form(place["doctype"], place["name"]) + field, label)
    filters = {
        name: one if isinstance(one, str) else json.dumps(one) for name, one in place["filters"].items()
    }
    query = f"?{urlencode(filters)}" if filters else ""
    return _anchor(get_url_to_list(place["doctype"]) + query, label)


def _anchor(address: str, text: str) -> str:
    return f'<a href="{escape_html(address)}">{escape_html(text)}</a>'


def findings_shown(plan: Plan, shown: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as the form and the API show them, each with where to mend it."""
    raci = raci_names(plan, {one.record.id for one in shown if one.record.collection == "raci"})
    return [_finding(plan, finding, raci) for finding in shown]


def _finding(plan: Plan, finding: Finding, raci: dict[str, str]) -> dict[str, Any]:
    place = place_of(plan, finding)
    return {
        **finding.as_dict(),
        "message": told(Text(finding.message, finding.args)),
        "fix": told(finding.advice),
        "severity_label": _(finding.severity.value),
        "title": str(finding.record),
        "opens": opens(plan, place, raci),
    }


def opens(plan: Plan, place: Place, raci: dict[str, str]) -> dict[str, Any]:
    """What the Desk opens to get to a place: DocType, name of the document or none for its list, field, filters; and the page on
    which the reader does it better, by the parts of its route, if there is one that he may open."""
    found = target(plan, place, raci)
    if place.cell and _may_open_sheet(frappe.session.user):
        found = replace(found, page=sheet_cell(plan.id, place.cell), label=N_("RACI Sheet"))
    return {**asdict(found), "label": _(found.label) if found.label else ""}


@request_cache
def _may_open_sheet(_user: str) -> bool:
    """Whether the user of the session may open the page of the RACI sheet; asked once a request."""
    return RACI_SHEET in get_allowed_pages(cache=True)


def in_desk(path: str) -> str:
    """The address of something of the Desk on this site: it begins with /app in Frappe 15, and with /desk in 16."""
    return f"/{get_absolute_url(PLAN, PLAN).split('/')[1]}/{path}"


def raci_names(plan: Plan, ids: Iterable[str]) -> dict[str, str]:
    """RACI entry id → name of its document, of some entries, in one query."""
    entries = [entry for id in ids if (entry := plan.get("raci", id))]
    if not entries:
        return {}
    filters = {"plan": plan.id, fieldname("process"): ("in", sorted({one.process for one in entries}))}
    columns = [fieldname(part) for part in Spot._fields]
    found = frappe.get_all(DOCTYPES["raci"], filters, ["name", *columns], order_by="name asc")
    names = {tuple(row[column] or "" for column in columns): row.name for row in found}
    return {one.id: names.get(spot_of(one), "") for one in entries}
