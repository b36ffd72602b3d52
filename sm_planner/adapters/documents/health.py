"""The health of plans, written down once a day: the nightly job, and what is told of it."""

import frappe
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site import doctypes, locks
from sm_planner.adapters.site.doctypes import DOCTYPES, LINEAGE
from sm_planner.engine.checks import check
from sm_planner.engine.health import line


def write_lines() -> None:
    """Write today's line of every lineage that has a version in force or in preparation: the daily job.

    What goes wrong with one is logged, and stops no other.
    """
    for lineage in frappe.get_all(LINEAGE, fields=["name", "active", "draft"], order_by="name asc"):
        plan = lineage.active or lineage.draft
        if plan:
            with locks.failure_logged(f"The health of {lineage.name} was not written"):
                write_line(lineage.name, plan)


def write_line(lineage: str, plan: str) -> None:
    """Write today's line of a lineage, where there is none yet. plan: the version that it tells of."""
    doctype, today = DOCTYPES["health"], getdate()
    if frappe.db.exists(doctype, {"lineage": lineage, "day": today}):
        return
    loaded = plan_reader.load(plan)
    values = doctypes.write(line(loaded, today, check(loaded, today)))
    document = frappe.get_doc({"doctype": doctype, "lineage": lineage, **values})
    document.flags.kept_by_server = True
    # Nobody has the right to make one: the job counts, and tells what who may read the plan can count as well.
    document.insert(ignore_permissions=True)
