"""Attendance that HRMS and LMS give."""

import frappe
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.integrations import trainings
from sm_planner.adapters.site import doctypes, locks
from sm_planner.engine.training import elsewhere


def take_over(name: str) -> dict[str, int]:
    """Enter what HRMS and LMS say and the plan does not have yet, as the user; how many were added, of how many found."""
    trainings.refuse_missing()
    locks.plan(name, "lineage")  # two at once would enter all twice
    plan = plan_reader.load(name)
    found = trainings.noted(plan)
    facts = elsewhere.to_add(plan, found, getdate())
    with locks.all_or_nothing():
        for fact in facts:
            named = doctypes.with_names(fact, plan.id, plan.lineage)
            values = {"lineage": plan.lineage, **doctypes.write(named)}
            frappe.get_doc({"doctype": doctypes.doctype_of(fact), **values}).insert()
    return {"added": len(facts), "found": len(found)}
