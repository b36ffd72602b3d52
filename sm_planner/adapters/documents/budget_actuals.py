"""Actuals of the budget that a ledger gives."""

import frappe
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.integrations import ledger
from sm_planner.adapters.site import doctypes, locks
from sm_planner.engine.money import actuals


def take_over(name: str) -> dict[str, int]:
    """Enter what the ledger says and the plan does not have yet, as the user; how many entries were added, of how many lines."""
    ledger.refuse_missing()
    locks.plan(name, "lineage")  # two at once would enter all twice
    plan = plan_reader.load(name)
    living_guards.refuse(actuals.ambiguous(plan))
    found = list(actuals.from_ledger(plan, ledger.booked(plan), getdate()))
    with locks.all_or_nothing():
        for fact in found:
            named = doctypes.with_names(fact, plan.id, plan.lineage)
            made = frappe.get_doc(
                {"doctype": doctypes.doctype_of(fact), "lineage": plan.lineage, **doctypes.write(named)}
            )
            made.flags.from_ledger = True
            made.insert()
    return {"added": len(found), "lines": len(actuals.from_ledger_lines(plan))}
