"""What the form of a risk shows beside its values."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

from sm_planner.adapters.site import doctypes, lineages
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.engine.learning.risks import weight
from sm_planner.engine.model import Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.vocabulary import IMPACTS, LIKELIHOODS

CRITERION = doctypes.child_doctype(specs(Plan)["risk_criteria"])


def weights(doc: Document) -> dict[str, Any]:
    """The score and level of each likelihood and impact, and what the plan says that their steps mean."""
    levels = {}
    for likelihood in LIKELIHOODS:
        for impact in IMPACTS:
            weighed = weight(likelihood, impact)
            levels[f"{likelihood} / {impact}"] = {"score": weighed.score, "level": weighed.level}
    return {"levels": levels, "criteria": _criteria(doc.lineage)}


def _criteria(lineage: str | None) -> dict[str, str]:
    """Step of a scale → its criterion, of the plan in force or the newest, for who may read that."""
    plan = lineages.in_force_or_newest(lineage) if lineage else ""
    if not plan or not frappe.has_permission(PLAN, "read", plan):
        return {}
    rows = frappe.get_all(
        CRITERION, {"parent": plan, "parenttype": PLAN}, ["step", "criterion"], order_by="idx asc"
    )
    return {row.step: row.criterion for row in rows if row.step}
