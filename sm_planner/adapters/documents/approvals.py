"""Decisions about entries of registers: taken in a person's own session, and kept by the site alone."""

from collections.abc import Set
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.evidence import authorship
from sm_planner.adapters.guards import living_guards, own_session
from sm_planner.adapters.site import doctypes, lineages, locks, stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.adapters.site.presentation import told, told_html
from sm_planner.engine import approval
from sm_planner.engine.approval import funding, gaps, improvements, waivers
from sm_planner.engine.model import Improvement, Plan, Waiver
from sm_planner.engine.model.approvals import APPROVE, CLOSE, FUNDING, REJECT
from sm_planner.engine.model.assessments import GapDecision
from sm_planner.engine.model.states import SUPERSEDED
from sm_planner.engine.texts import Text

WAIVER, IMPROVEMENT = DOCTYPES["waivers"], DOCTYPES["improvements"]
GAP_DECISION = DOCTYPES["gap_decisions"]


def decide_waiver(name: str, act: str, shown: str, reason: str) -> str:
    """Approve or reject a waiver as the user of the session; the state that it has then."""
    doc, plan, waiver = _opened(WAIVER, name)
    if act not in (APPROVE, REJECT):
        frappe.throw(_("A waiver is approved or rejected."))
    if act == REJECT and not reason.strip():
        frappe.throw(_("Say why the waiver is rejected."))
    living_guards.refuse(_refusal_of_waiver(plan, waiver, shown))
    may = waivers.deciders(plan, getdate())
    return _decide(doc, act, may, reason, until=doc.expires, what=approval.what(waiver))


def decide_gap(name: str, act: str, shown: str, reason: str) -> str:
    """Approve or reject to live with a gap as the user of the session; the state that the decision has then."""
    doc, plan, decision = _opened(GAP_DECISION, name)
    if act not in (APPROVE, REJECT):
        frappe.throw(_("To live with a gap is approved or rejected."))
    if act == REJECT and not reason.strip():
        frappe.throw(_("Say why it is rejected to live with this gap."))
    living_guards.refuse(_refusal_of_gap_decision(doc, plan, decision, shown))
    may = gaps.deciders(plan, decision)
    return _decide(doc, act, may, reason, until=doc.expires, what=approval.what(decision))


def decide_improvement(name: str, act: str, shown: str, reason: str) -> str:
    """Approve, reject or close an improvement as the user of the session; the state that it has then."""
    doc, plan, improvement = _opened(IMPROVEMENT, name)
    if act not in improvements.OUTCOMES:
        frappe.throw(_("An improvement is approved, rejected or closed."))
    if act == REJECT and not reason.strip():
        frappe.throw(_("Say why the improvement is rejected."))
    people = living_guards.writer().people
    living_guards.refuse(improvements.refuse_decision(plan, improvement, act, people, shown, getdate()))
    may = improvements.deciders(plan, improvement, getdate())
    what = shown if act == CLOSE else approval.what(improvement)
    doc.status = improvements.OUTCOMES[act]
    return _decide(doc, act, may, reason, what=what)


def decide_funding(name: str, act: str, shown: str, reason: str) -> str:
    """Approve or reject the funding request of a plan as the user of the session; how it stands then, in words."""
    with locks.in_words(name):
        doc = frappe.get_doc(PLAN, name, for_update=True)
    doc.check_permission("read")
    _refuse_other_sessions()
    if act not in funding.ACTS:
        frappe.throw(_("A funding request is approved or rejected."))
    if act == REJECT and not reason.strip():
        frappe.throw(_("Say why the funding request is rejected."))
    if doc.state == SUPERSEDED:
        frappe.throw(_("A later version has replaced this one. Decide about the request of that one."))
    plan = plan_reader.load(name)
    living_guards.refuse(_refusal_of_funding(plan, shown))
    with locks.all_or_nothing():
        keep(
            plan.lineage,
            FUNDING,
            plan.lineage,
            act=act,
            person=plan.executive_sponsor,
            reason=reason.strip(),
            what=funding.what(plan),
        )
    return told(funding.standing(plan_reader.load(name)).told)


def facts_of_funding(plan: Plan) -> dict[str, Any]:
    """What the form of a plan needs to have its funding request decided: the hash of what is shown, how it stands, and why
    the user may not decide, which is empty where he may."""
    shown = funding.shown(plan)
    refusal = _refusal_of_funding(plan, shown)
    return {
        "shown": shown,
        "standing": told(funding.standing(plan).told),
        "refused": told_html(refusal) if refusal else "",
    }


def _refusal_of_funding(plan: Plan, shown: str) -> Text | None:
    return funding.refuse_decision(plan, living_guards.writer().people, shown, _wrote(plan))


def _opened(doctype: str, name: str) -> tuple[Document, Plan, Any]:
    """A document that the user may read, which nobody else changes until the transaction ends, with its record in the plan."""
    with locks.in_words(name):
        doc = frappe.get_doc(doctype, name, for_update=True)
    doc.check_permission("read")
    _refuse_other_sessions()
    plan = plan_reader.load(lineages.in_force_or_newest(doc.lineage))
    return doc, plan, plan.get(doctypes.COLLECTION_OF[doctype], doc.id)


def _refuse_other_sessions() -> None:
    own_session.refuse_others(
        _("You decide after a log-in of your own: not with a key, and not in the place of somebody else.")
    )


def _decide(doc: Document, act: str, may: Set[str], reason: str, **values: Any) -> str:
    """Keep what the user decided, and the state that it led to."""
    with locks.all_or_nothing():
        person = min(living_guards.writer().people & may)
        register = doctypes.COLLECTION_OF[doc.doctype]
        keep(doc.lineage, register, doc.id, act=act, person=person, reason=reason.strip(), **values)
        doc.flags.kept_by_server = True
        # Who decides need not have the right to write the register: nothing but the state changes, and the decision is
        # asked for above.
        doc.save(ignore_permissions=True)
    return doc.status


def keep(lineage: str, register: str, entry: str, **values: Any) -> None:
    """Store a decision about an entry of a register."""
    about = {"lineage": lineage, "register": register, "entry": entry}
    made = frappe.get_doc(
        {
            "doctype": DOCTYPES["approvals"],
            **about,
            "number": 1 + frappe.db.count(DOCTYPES["approvals"], about),
            "day": getdate(),
            **values,
        }
    )
    made.flags.kept_by_server = True
    made.insert(
        ignore_permissions=True
    )  # nobody has the right to make one: the site alone does, and only here


def _refusal_of_waiver(plan: Plan, waiver: Waiver, shown: str) -> Text | None:
    people = living_guards.writer().people
    return waivers.refuse_decision(plan, waiver, people, shown, _wrote(plan), getdate())


def _refusal_of_gap_decision(doc: Document, plan: Plan, decision: GapDecision, shown: str) -> Text | None:
    people = living_guards.writer().people
    return gaps.refuse_decision(plan, decision, people, shown, _entered(doc))


def _entered(doc: Document) -> bool:
    """Whether the user entered what a document asks for: made it, or changed it last before it is decided."""
    by = {doc.owner, doc.modified_by if doc.status == waivers.REQUESTED else ""}
    return frappe.session.user.casefold() in {account.casefold() for account in by if account}


def _wrote(plan: Plan) -> bool:
    """Whether the user had a hand in a plan."""
    return frappe.session.user.casefold() in authorship.of(plan.id)


def follow_waiver(doc: Document) -> None:
    """Give a waiver, or a decision to live with a gap, the state that was decided, whatever was entered."""
    doc.status = waivers.standing(_decided(doc), doctypes.record_of(doc))


def follow_improvement(doc: Document) -> None:
    """Have an improvement assessed again that is not any more what was approved."""
    old = doc.get_doc_before_save()
    before = doctypes.record_of(old) if old else None
    status = improvements.standing(_decided(doc), doctypes.record_of(doc), before)
    doc.flags.assessed_again = status != doc.status  # out of the reach of any request
    doc.status = status


def _decided(doc: Document) -> Plan:
    """A plan with nothing but what was decided about one entry."""
    found = stored_records.living("approvals", doc.lineage).values() if doc.lineage else ()
    about = tuple(one for one in found if one.entry == (doc.id or ""))
    return Plan(id="", approvals=about)


def facts_of_waiver(doc: Document) -> dict[str, Any]:
    """What the form of a waiver needs to have it decided: the hash of what is shown, and why the user may not decide."""
    if doc.is_new() or doc.status != waivers.REQUESTED or not (plan := readable_plan(doc)):
        return {}
    waiver = plan.get("waivers", doc.id)
    shown = approval.shown(waiver)
    refusal = _refusal_of_waiver(plan, waiver, shown)
    return {"shown": shown, "refused": told_html(refusal) if refusal else ""}


def facts_of_gap_decision(doc: Document) -> dict[str, Any]:
    """What the form needs to have it decided to live with a gap; see :func:`facts_of_waiver`."""
    if doc.is_new() or doc.status != waivers.REQUESTED or not (plan := readable_plan(doc)):
        return {}
    decision = plan.get("gap_decisions", doc.id)
    shown = approval.shown(decision)
    refusal = _refusal_of_gap_decision(doc, plan, decision, shown)
    return {"shown": shown, "refused": told_html(refusal) if refusal else ""}


def facts_of_improvement(plan: Plan, improvement: Improvement) -> dict[str, Any]:
    """What the form of an improvement needs to have it decided: the hash of what is shown, and act → why the user may not, which
    is empty where he may. Nothing where there is nothing to decide."""
    acts = improvements.ACTS.get(improvement.status, ())
    if not acts:
        return {}
    shown, people, today = approval.shown(improvement), living_guards.writer().people, getdate()
    refusals = {
        act: improvements.refuse_decision(plan, improvement, act, people, shown, today) for act in acts
    }
    return {
        "shown": shown,
        "decides": improvements.refuse_person(plan, improvement, people, today) is None,
        "acts": {act: told_html(refusal) if refusal else "" for act, refusal in refusals.items()},
    }


def readable_plan(doc: Document) -> Plan | None:
    """The plan that a decision about an entry is taken by, if the user may read it."""
    name = lineages.in_force_or_newest(doc.lineage)
    return plan_reader.load(name) if frappe.has_permission(PLAN, "read", name) else None
