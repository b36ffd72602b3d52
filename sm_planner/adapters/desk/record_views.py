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
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.texts import Text
from sm_planner.reports import chain_feasibility
from sm_planner.reports.calendar_week import week
from sm_planner.reports.raci_effect import effect
from sm_planner.reports.service_surroundings import as_dicts, surroundings
from sm_planner.reports.table import Table, translated

NAMED = ("services", "components", "agreements", "calendars", "teams", "suppliers")
"""Collections whose records a verdict on a chain can name."""

OWNERS = ("people", "stakeholders")
"""Collections of whom a service can belong to, beside teams."""


def agreement_chain(name: str) -> dict[str, Any]:
    """Whether the targets of an SLA can be kept, or those that rest on an OLA or contract.

    ``refused`` says why there is no verdict; else the table of :mod:`sm_planner.reports.chain_feasibility` for
    the day ``as_of``: today, or the first day on which there is such a promise.
    """
    family = Plan(id=name, agreements=stored_records.family(name))
    agreement = in_effect(family, family.get("agreements", name))
    today = getdate()
    header = Plan(id=name, period_start=max(today, agreement.start_date or today))
    if not in_force(agreement, day_of_plan(header, today)):
        return {"refused": _("It is not in force, so its chain is not assessed.")}
    scope = [("agreements", name), *(("services", id) for id in sorted(_services_above(agreement)))]
    plan = plan_reader.plan_of_scope(header, scope)
    parties = plan.index["teams"].keys(), plan.index["suppliers"].keys()
    more = stored_records.agreements_for_everything(*map(sorted, parties)).difference(
        plan.index["agreements"]
    )
    if more:
        plan = plan_reader.plan_of_scope(header, [*scope, *(("agreements", id) for id in sorted(more))])
    if any(_unreadable(plan, collection) for collection in NAMED):
        return {"refused": _("You may not read everything beneath it, so its chain is not shown.")}
    day = day_of_promises(plan, today)
    plan = replace(plan, period_start=day)
    side = "agreement" if agreement.kind == "SLA" else "carried_by"
    table = chain_feasibility.report(plan, today, **{side: name})
    told_table = _told(table)
    for row, shown in zip(table.rows, told_table["rows"], strict=True):
        shown["verdict_key"] = row["verdict"].template
    return {**told_table, "as_of": str(day)}


def agreement_terms(name: str) -> dict[str, Any]:
    """The ``terms`` that hold for an agreement: what each is about, its value, the agreement that says it, and whether that
    is another one. ``refused`` says why they are not shown."""
    family = stored_records.family(name)
    linked = {link for one in family for link in _links(one)}
    scope = [(collection, id) for collection, id in linked if COLLECTIONS[collection].shared]
    plan = plan_reader.plan_of_scope(Plan(id=name), [*scope, *(("agreements", one.id) for one in family)])
    above = families.above(plan, plan.get("agreements", name))
    named = {("agreements", one.id) for one in above}
    named |= {link for one in above for link in _links(one)}
    for collection in dict(named):
        ids = {id for other, id in named if other == collection}
        if not ids.isdisjoint(_unreadable(plan, collection)):
            return {"refused": _("You may not read everything above it, so what holds is not shown.")}
    terms = told_terms(plan, plan.get("agreements", name))
    count = sum(term.inherited for term in terms)
    return {
        "message": _("{0} of the {1} terms that hold come from agreements above it.").format(
            count, len(terms)
        ),
        "terms": [
            {
                "what": told(term.what),
                "value": told(term.value) if isinstance(term.value, Text) else term.value,
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
    family = Plan(id=name, agreements=stored_records.family(name))
    above = {one.id for one in families.above(family, family.get("agreements", name))}
    if not above.isdisjoint(_unreadable(family, "agreements")):
        return {}
    held, today = in_effect(family, family.get("agreements", name)), getdate()
    return {"state": state_on(held, today).value, "sentence": told(told_term(held, today))}


def agreement_calendar(first: date, last: date, filters: Any) -> list[dict[str, Any]]:
    """The agreements that the user may read and that hold on a day of some: from when, and until when as far as is shown."""
    doctype = DOCTYPES["agreements"]
    found = frappe.get_list(doctype, filters=filters, pluck="name", order_by="name asc", limit_page_length=0)
    agreements = stored_records.shared("agreements", found)
    family = stored_records.shared("agreements", stored_records.with_general(agreements))
    plan = Plan(id=doctype, agreements=family)
    held = [in_effect(plan, one) for one in agreements]
    spans = ((one, one.start_date or first, ends_on(one) or last) for one in held)
    return [
        {"name": one.id, "title": one.title or one.id, "start_date": str(start), "end_date": str(end)}
        for one, start, end in spans
        if start <= last and end >= first
    ]


def next_agreement_version(name: str) -> dict[str, Any]:
    """The values of a draft that replaces an agreement, for a form that is not stored yet: see
    :func:`~sm_planner.engine.agreements.versions.next_version`."""
    doc = frappe.get_doc(DOCTYPES["agreements"], name)
    doc.check_permission("read")
    family = Plan(id=name, agreements=stored_records.family(name))
    agreement = family.get("agreements", name)
    new = frappe.copy_doc(doc)
    following = next_version(agreement, in_effect(family, agreement))
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
    hidden = {collection: _unreadable(plan, collection) for collection in (*NAMED, *OWNERS)}
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
    plan = Plan(id=name, calendars=stored_records.with_other_hours([name]))
    try:
        found = week(plan, plan.get("calendars", name), int(datetime.now(timezone.utc).timestamp()))
    except CalendarError as error:
        return {"refused": told(error.message)}
    return {
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


def _unreadable(plan: Plan, collection: str) -> set[str]:
    """The records of a collection that the user may not read, in one query."""
    ids = set(plan.index[collection])
    if not ids:
        return ids
    if not frappe.has_permission(DOCTYPES[collection], "read"):
        return ids
    filters = {"name": ("in", sorted(ids))}
    return ids.difference(
        frappe.get_list(DOCTYPES[collection], filters=filters, pluck="name", order_by="name asc")
    )
