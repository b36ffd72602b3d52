"""What can be linked across versions: parts of those that are in force or being prepared, and entries of registers."""

import frappe

from sm_planner.adapters.site.doctypes import DOCTYPES, PARTS, PLAN
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.plan import REGISTERS
from sm_planner.engine.model.states import ACTIVE, SUPERSEDED

OFFERED = tuple(DOCTYPES[part] for part in PARTS if COLLECTIONS[part].series)
"""DocTypes of the parts that something can be about."""

ENTRIES = tuple(
    DOCTYPES[register]
    for register in REGISTERS
    if any(spec.target == register for part in PARTS for spec in specs(COLLECTIONS[part].record).values())
)
"""DocTypes of the entries of registers, which parts of a plan can name."""


def entries(doctype: str, text: str, plan: str, start: int, count: int) -> list[tuple[str, str, str]]:
    """Entries of a register of the lineage of a plan, as link fields offer them: name, title and id of each that a text is
    part of."""
    found = frappe.get_list(
        doctype,
        filters={"lineage": frappe.db.get_value(PLAN, plan, "lineage") or ""},
        or_filters=dict.fromkeys(("id", "title"), ("like", f"%{text}%")),
        fields=["name", "title", "id"],
        order_by="title asc",
        limit_start=start,
        limit_page_length=count,
    )
    return [(row.name, row.title, row.id) for row in found]


def parts(doctype: str, text: str, lineage: str, start: int, count: int) -> list[tuple[str, str, str]]:
    """Parts of plans as link fields offer them: name, title and id of each that a text is part of, each id once.

    lineage: empty for those of all plans that the user may read.
    """
    of_lineage = {"lineage": lineage} if lineage else {}
    plans = frappe.get_list(
        PLAN,
        {**of_lineage, "state": ("!=", SUPERSEDED)},
        ["name", "lineage", "state"],
        order_by="version asc",
        limit_page_length=0,
    )
    plans.sort(key=lambda plan: plan.state != ACTIVE)
    at = {plan.name: (number, plan.lineage) for number, plan in enumerate(plans)}
    found = frappe.get_list(
        doctype,
        filters={"plan": ("in", list(at))},
        or_filters=dict.fromkeys(("id", "title"), ("like", f"%{text}%")),
        fields=["name", "title", "id", "plan"],
        limit_page_length=0,
    )
    once: dict[tuple[str, str], tuple[str, str, str]] = {}
    for row in sorted(found, key=lambda row: at[row.plan]):
        once.setdefault((at[row.plan][1], row.id), (row.name, row.title, row.id))
    offered = sorted(once.values(), key=lambda row: row[1])
    return offered[start : start + count]
