"""The home of a plan in all its versions: what is in force, what is being prepared, what moved since the signature."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import gate_facts
from sm_planner.adapters.site.doctypes import DOCTYPES, LINEAGE, PLAN, part_name
from sm_planner.adapters.site.presentation import told, user_day
from sm_planner.engine.change.cascade import cascade
from sm_planner.engine.checks import CheckResult, check
from sm_planner.engine.health import at_sign_off, line
from sm_planner.engine.model import Plan
from sm_planner.engine.model.plan import REGISTERS
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.part.waiting import waiting
from sm_planner.engine.sealing.progress import since_signing
from sm_planner.engine.sealing.seal import drift, holds, own_seal
from sm_planner.engine.sign_off.standing import standing
from sm_planner.engine.texts import N_, say
from sm_planner.reports import cascade_picture, sponsorship_cascade

DAYS = 90
"""Days of the chart."""

COMPARED = (
    "blockers",
    "errors",
    "warnings",
    "ready",
    "confirmed",
    "objectives_behind",
    "targets_missed",
)
"""What is compared with the day of the signature."""

NAMES = 5
"""People who are named of those for whom something waits."""

WAITING = 20
"""Things that wait and are told one by one."""

CHANGES = 20
"""Changes that are told one by one."""


def home(name: str) -> dict[str, Any]:
    """What the form of a lineage shows, of those versions that the user may read."""
    document = frappe.get_doc(LINEAGE, name)
    document.check_permission("read")
    active, draft = _checked(document.active), _checked(document.draft)
    shown = active or draft
    return {
        "in_force": _in_force(*active) if active else None,
        "draft": _version(*draft) if draft else None,
        "health": _health(*shown) if shown else None,
        "waiting": _waiting(shown[0]) if shown else [],
        "gates": gate_facts.of_plan(shown[0]) if shown else None,
        "cascade": _cascade(shown[0]) if shown else None,
        "versions": len(frappe.get_list(PLAN, {"lineage": name}, pluck="name", limit_page_length=0)),
    }


def _checked(name: str | None) -> tuple[Plan, CheckResult] | None:
    """A version with what the checks say of it; None where there is none that the user may read."""
    if not name or not frappe.has_permission(PLAN, "read", name):
        return None
    plan = plan_reader.load(name)
    return plan, check(plan, getdate())


def _version(plan: Plan, result: CheckResult) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "version": plan.version,
        "state": plan.state,
        "standing": told(standing(plan, getdate())),
        "counts": result.counts,
    }


def _waiting(plan: Plan) -> list[dict[str, Any]]:
    """What waits for whom: the text, the names of people, and where it is, with the document behind it."""
    found = waiting(plan, getdate())
    return [
        {
            "text": told(one.text),
            "whom": [plan.title_of("people", person) for person in one.whom[:NAMES]],
            "more": max(0, len(one.whom) - NAMES),
            **_document(plan, one.record),
        }
        for one in found[:WAITING]
    ] + ([{"text": told(say(N_("and {0} more."), len(found) - WAITING))}] if len(found) > WAITING else [])


def _document(plan: Plan, record: Ref | None) -> dict[str, str]:
    """The document of an entry of a register, whose name follows from its id."""
    if record is None or record.collection not in REGISTERS:
        return {}
    return {"doctype": DOCTYPES[record.collection], "name": part_name(plan.lineage, record.id)}


def _cascade(plan: Plan) -> dict[str, str] | None:
    """Who stands behind the plan, level by level: a picture and a sentence; None where nobody is to be won."""
    lanes = cascade(plan, getdate())
    if not lanes:
        return None
    drawn = cascade_picture.draw(lanes, "sponsorship-cascade", _, user_day)
    return {"svg": drawn, "reading": told(sponsorship_cascade.reading(lanes))}


def _health(plan: Plan, result: CheckResult) -> dict[str, Any]:
    """The lines of the plan for a chart, with today as it stands; and how it stood when it was signed."""
    now = line(plan, getdate(), result)
    shown = [*(one for one in plan.health[-DAYS:] if one.day < now.day), now]
    signed = at_sign_off(plan)
    return {
        "days": [str(one.day) for one in shown],
        **{name: [getattr(one, name) or 0 for one in shown] for name in ("blockers", "errors", "warnings")},
        "signed": {"day": str(signed.day), **{name: getattr(signed, name) for name in COMPARED}}
        if signed
        else None,
        "now": {name: getattr(now, name) for name in COMPARED},
    }


def _in_force(plan: Plan, result: CheckResult) -> dict[str, Any]:
    seal, moved = own_seal(plan), since_signing(plan)
    return {
        **_version(plan, result),
        "signed_by": told(seal.signed_by) if seal else "",
        "signed_at": seal.signed_at if seal else "",
        "period": [str(plan.period_start or ""), str(plan.period_end or "")],
        "drift": len(drift(seal, plan)) if seal and holds(seal, plan.key_ring) else 0,
        "moved": {
            "told": told(moved.told),
            "changes": [told(change.text) for change in moved.changes[:CHANGES]],
            "more": max(0, len(moved.changes) - CHANGES),
        }
        if moved
        else None,
    }
