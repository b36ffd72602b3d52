"""What the forms of agreements, services, calendars and RACI entries show beside their fields.

Agreements and services are judged by themselves, in a plan that is made for the purpose: whatever would come into a
plan with them. The number of queries does not grow with it.
"""

from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk.readable import in_family, may_read_above, refused, unreadable
from sm_planner.adapters.guards.request_parts import parsed
from sm_planner.adapters.site import doctypes, stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.adapters.site.presentation import told, user_day
from sm_planner.engine.agreements import families
from sm_planner.engine.agreements.effective_terms import told_terms
from sm_planner.engine.agreements.families import in_effect
from sm_planner.engine.agreements.term import ends_on, state_on, told as told_term
from sm_planner.engine.agreements.terms import day_of_plan, day_of_promises, in_force
from sm_planner.engine.agreements.versions import next_version
from sm_planner.engine.model import COLLECTIONS, Agreement, CalendarHoliday, Plan
from sm_planner.engine.model.services import CalendarOpening
from sm_planner.engine.service_time.calendars import CalendarError, by_weekday
from sm_planner.engine.service_time.service_hours import ServiceHours
from sm_planner.engine.service_time.week_line import WeekLineError, read_week, week_line
from sm_planner.reports import chain_feasibility
from sm_planner.reports.calendar_week import days_of, week
from sm_planner.reports.raci_effect import effect
from sm_planner.reports.service_surroundings import as_dicts, surroundings
from sm_planner.reports.table import Table, translated

NAMED = ("services", "components", "agreements", "calendars", "teams", "suppliers")
"""Collections whose records a verdict on a chain can name."""

LONGEST_LINE = 1_000
"""Characters of a line of hours that are read."""

OWNERS = ("people", "stakeholders")
"""Collections of whom a service can belong to, beside teams."""


def agreement_chain(name: str) -> dict[str, Any]:
    """Whether the targets of an SLA can be kept, or those that rest on an OLA or contract.

    ``refused`` says why there is no verdict; else the table of :mod:`sm_planner.reports.chain_feasibility` for
    the day ``as_of``: today, or the first day on which there is such a promise.
    """
    family, written = in_family(name)
    if not may_read_above(family, written):
        return refused()
    agreement, today = in_effect(family, written), getdate()
    header = Plan(id=agreement.id, period_start=max(today, agreement.start_date or today))
    if not in_force(agreement, day_of_plan(header, today)):
        return {"refused": _("It is not in force, so its chain is not assessed.")}
    scope = [("agreements", agreement.id), *(("services", id) for id in sorted(_services_above(agreement)))]
    plan = plan_reader.plan_of_scope(header, scope)
    parties = plan.index["teams"].keys(), plan.index["suppliers"].keys()
    more = stored_records.agreements_for_everything(*map(sorted, parties)).difference(
        plan.index["agreements"]
    )
    if more:
        plan = plan_reader.plan_of_scope(header, [*scope, *(("agreements", id) for id in sorted(more))])
    if any(unreadable(plan, collection) for collection in NAMED):
        return {"refused": _("You may not read everything beneath it, so its chain is not shown.")}
    day = day_of_promises(plan, today)
    plan = replace(plan, period_start=day)
    side = "agreement" if agreement.kind == "SLA" else "carried_by"
    table = chain_feasibility.report(plan, today, **{side: agreement.id})
    told_table = _told(table)
    for row, shown in zip(table.rows, told_table["rows"], strict=True):
        shown["verdict_key"] = row["verdict"].template
    return {**told_table, "as_of": str(day)}


def agreement_terms(name: str) -> dict[str, Any]:
    """The ``terms`` that hold for an agreement: what each is about, its value, the agreement that says it, and whether that
    is another one. ``refused`` says why they are not shown."""
    family, written = in_family(name)
    linked = {link for one in family.agreements for link in _links(one)}
    scope = [(collection, id) for collection, id in linked if COLLECTIONS[collection].shared]
    scope += (("agreements", one.id) for one in family.agreements)
    plan = plan_reader.plan_of_scope(Plan(id=written.id), scope)
    above = families.above(plan, plan.get("agreements", written.id))
    named = {("agreements", one.id) for one in above}
    named |= {link for one in above for link in _links(one)}
    for collection in dict(named):
        ids = {id for other, id in named if other == collection}
        if not ids.isdisjoint(unreadable(plan, collection)):
            return refused()
    terms = told_terms(plan, plan.get("agreements", written.id))
    count = sum(term.inherited for term in terms)
    return {
        "message": _("{0} of the {1} terms that hold come from agreements above it.").format(
            count, len(terms)
        ),
        "terms": [
            {
                "what": told(term.what),
                "value": translated(term.value, _, user_day),
                "origin": term.origin.id,
                "origin_title": term.origin.title or term.origin.id,
                "inherited": term.inherited,
            }
            for term in terms
        ],
    }


def agreement_term(name: str) -> dict[str, Any]:
    """How an agreement stands today: its ``state``, and a ``sentence`` that tells it with the days that matter; nothing where
    the user may not read all that it takes over."""
    family, written = in_family(name)
    if not may_read_above(family, written):
        return {}
    held, today = in_effect(family, written), getdate()
    return {"state": state_on(held, today).value, "sentence": told(told_term(held, today))}


def agreement_calendar(first: date, last: date, filters: Any) -> list[dict[str, Any]]:
    """The agreements that hold on a day of some, from when, and until when as far as is shown: of those that the user may read,
    with all that they take over.

    filters: those of the list, as Frappe's calendar hands them on."""
    doctype = DOCTYPES["agreements"]
    asked = {"filters": _of_list(doctype, filters), "limit_page_length": 0}
    found = frappe.get_list(doctype, pluck="name", order_by="name asc", **asked)
    plan = Plan(
        id=doctype, agreements=stored_records.shared("agreements", stored_records.with_general(found))
    )
    hidden = unreadable(plan, "agreements")
    held = [
        in_effect(plan, one)
        for one in (plan.get("agreements", name) for name in found)
        if hidden.isdisjoint(general.id for general in families.above(plan, one))
    ]
    spans = ((one, one.start_date or first, ends_on(one) or last) for one in held)
    return [
        {"name": one.id, "title": one.title or one.id, "start_date": str(start), "end_date": str(end)}
        for one, start, end in spans
        if start <= last and end >= first
    ]


def _of_list(doctype: str, filters: Any) -> list[list[Any]]:
    """Filters of a list of a DocType: each of this or of its rows, a column, an operator and a value. Refuses all else, such as
    columns of what a link leads to, of which Frappe does not ask whether the user may read them."""
    given = parsed(filters) or []
    if not isinstance(given, list) or not all(_is_filter(doctype, one) for one in given):
        frappe.throw(_("These are not filters of a list."))
    return given


def _is_filter(doctype: str, one: Any) -> bool:
    if not (isinstance(one, list) and len(one) > 3 and all(isinstance(part, str) for part in one[:3])):
        return False
    asked, column, operator = one[:3]
    if operator.lower().endswith(" of"):  # which asks where something stands in a tree
        return False
    rows = [table.options for table in frappe.get_meta(doctype).get_table_fields()]
    return asked in (doctype, *rows) and column in frappe.db.get_table_columns(asked)


def next_agreement_version(name: str) -> dict[str, Any]:
    """The values of a draft that replaces an agreement, for a form that is not stored yet: see
    :func:`~sm_planner.engine.agreements.versions.next_version`. It begins after the end that the user may read of."""
    doc = frappe.get_doc(DOCTYPES["agreements"], name)
    doc.check_permission("read")
    family, agreement = in_family(name)
    new = frappe.copy_doc(doc)
    held = in_effect(family, agreement) if may_read_above(family, agreement) else agreement
    following = next_version(agreement, held)
    new.update(doctypes.write(following, doctypes.changed(agreement, following)))
    values = new.as_dict()
    for row in values["changes"]:
        row["__islocal"] = 1
    return values


def service_surroundings(name: str) -> list[dict[str, Any]]:
    """What a service stands among, as far as the user may read it; ``hidden``: how much more there is."""
    services = stored_records.with_dependents([name])
    plan = plan_reader.plan_of_scope(Plan(id=name), [("services", id) for id in sorted(services)])
    groups = surroundings(plan, getdate(), name)
    hidden = {collection: unreadable(plan, collection) for collection in (*NAMED, *OWNERS)}
    shown = as_dicts(groups, lambda value: translated(value, _, user_day))
    for group in shown:
        lines = [line for line in group["lines"] if line["id"] not in hidden[line["collection"]]]
        group.update(lines=lines, hidden=len(group["lines"]) - len(lines))
        for line in lines:
            line["doctype"] = DOCTYPES[line["collection"]]
    return shown


def _dated(row: CalendarHoliday | CalendarOpening) -> dict[str, str]:
    return {"day": str(row.day), "title": row.title, "opens": row.opens, "closes": row.closes}


def calendar_week(name: str) -> dict[str, Any]:
    """The week of a calendar, its next opening, and the holidays, extra openings and other hours ahead; ``refused``: why it cannot be drawn."""
    known = stored_records.shared("calendars", stored_records.with_other_hours([name]))
    plan = Plan(id=name, calendars=known)
    try:
        found = week(plan, plan.get("calendars", name), int(datetime.now(timezone.utc).timestamp()))
    except CalendarError as error:
        return {"refused": told(error.message)}
    return {
        "line": week_line(plan.get("calendars", name).windows, _),
        "timezone": found.timezone,
        "days": found.days,
        "hours": found.hours,
        "is_open": found.is_open,
        "changes": f"{found.changes:%Y-%m-%d %H:%M:%S}" if found.changes else "",
        "holidays": list(map(_dated, found.holidays)),
        "openings": list(map(_dated, found.openings)),
        "other_hours": [
            {"first": str(one.first), "last": str(one.last or ""), "calendar": one.calendar}
            for one in found.other_hours
        ],
    }


def read_week_line(line: str) -> dict[str, Any]:
    """What the hours of a week in one line say: ``windows`` of a calendar, and the same as ``line`` and by day in
    minutes (``days``, Monday first); ``refused``: why they are not understood, with ``start`` and ``end`` in the line."""
    try:
        windows = read_week(line[:LONGEST_LINE])
    except WeekLineError as error:
        return {
            "refused": f"{told(error.message)} {told(error.fix)}",
            "start": error.start,
            "end": error.end,
        }
    return {
        "line": week_line(windows, _),
        "windows": [doctypes.write(window) for window in windows],
        "days": days_of(ServiceHours("UTC", by_weekday(windows))),
    }


def raci_effect(name: str) -> dict[str, Any]:
    """The cells that a RACI entry is about, and what its role holds there."""
    plan_name = frappe.db.get_value(DOCTYPES["raci"], name, "plan")
    plan = plan_reader.load(plan_name)
    entry = stored_records.parts("raci", plan_name)[name]
    return _told(effect(plan, entry.id))


def _told(table: Table) -> dict[str, Any]:
    """The part of a report that a form shows."""
    return {
        part: value
        for part, value in table.as_dict(_, user_day).items()
        if part in ("columns", "rows", "message")
    }


def _links(agreement: Agreement) -> set[tuple[str, str]]:
    """Collection and id of all that an agreement names."""
    return {(collection, id) for _field, collection, id in doctypes.links(agreement)}


def _services_above(agreement: Agreement) -> set[str]:
    """The services that an agreement is about; for what others rest on, with all services above them."""
    named = {row.service for row in agreement.scope if row.service}
    if agreement.kind == "SLA":
        return named
    parts = {row.component for row in agreement.scope if row.component}
    if not named and not parts:  # it holds wherever its party works
        teams = {agreement.team} - {""}
        if agreement.supplier:
            teams |= stored_records.linking("teams", "supplier", [agreement.supplier])
            parts |= stored_records.linking("components", "supplier", [agreement.supplier])
        parts |= stored_records.linking("components", "team", teams)
        named |= stored_records.holders("services", "teams", "record", teams)
        named |= stored_records.holders("services", "support_tiers", "team", teams)
    named |= {id for component in stored_records.shared("components", parts) for id in component.services}
    return stored_records.with_dependents(named)
