"""Calendars say whether their hours can be counted, and waivers whether they are in order; lists tell it."""

import frappe

from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.engine.checks.waivers import defects
from sm_planner.engine.model import Plan
from sm_planner.engine.service_time.calendars import is_countable


def execute() -> None:
    calendars = frappe.get_all(DOCTYPES["calendars"], pluck="name", order_by="name asc")
    plan = Plan(id="", calendars=tuple(stored_records.shared("calendars", calendars)))
    for calendar in plan.calendars:
        _set("calendars", calendar.id, countable=is_countable(calendar, plan))
    for name, waiver in stored_records.every("waivers").items():
        _set("waivers", name, in_order=not any(defects(waiver)))


def _set(collection: str, name: str, **values: bool) -> None:
    frappe.db.set_value(DOCTYPES[collection], name, values, update_modified=False)
