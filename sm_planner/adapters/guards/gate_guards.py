"""What waits for the gates of a plan where people write it; see :mod:`sm_planner.engine.gates`."""

from __future__ import annotations

from dataclasses import replace

from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import doctypes, lineages, stored_records
from sm_planner.engine.gates.early import asks, refuse_start
from sm_planner.engine.model import Improvement, Plan


def guard_start(doc: Document) -> None:
    """Refuse to begin technology before its gates, unless it says why it cannot wait. What a plan file brings has begun."""
    stored = doc.get_doc_before_save()
    old = doctypes.record_of(stored) if stored else None
    if doc.flags.written_with_plan or not asks(doctypes.record_of(doc), old):
        return
    if name := lineages.in_force_or_newest(doc.lineage):
        action = _known(doc)
        # Who carries it out may read no plan, and begins it all the same: told is only what keeps the own action.
        plan = _with(plan_reader.load_for_parts(name), action)
        living_guards.refuse(refuse_start(plan, action, old, getdate()))


def _known(doc: Document) -> Improvement:
    """The improvement with its links as ids."""
    return stored_records.with_ids({doc.name: doctypes.record_of(doc)})[doc.name]


def _with(plan: Plan, action: Improvement) -> Plan:
    others = (one for one in plan.improvements if one.id != action.id)
    return replace(plan, improvements=(*others, action))
