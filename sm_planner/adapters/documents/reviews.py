"""Reviews on a site: planned ahead by the rhythm, held, confirmed, and what their decisions become.

What is decided is in :mod:`sm_planner.engine.reviews` and :mod:`sm_planner.engine.rhythm`; here it is stored.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime_in_timezone, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents.acting import made_of, opened, plan_of, refuse, store
from sm_planner.adapters.guards import living_guards, review_guards
from sm_planner.adapters.signers import review_mails
from sm_planner.adapters.site import bulk, doctypes, lineages, locks, sessions, stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES, LINEAGE
from sm_planner.adapters.site.presentation import full_name, told
from sm_planner.engine.model import Plan
from sm_planner.engine.model.proof import BROWSER
from sm_planner.engine.model.reviews import Review
from sm_planner.engine.reviews import holding, outcomes
from sm_planner.engine.reviews.agenda import NO_DATA, agenda as topics_of
from sm_planner.engine.rhythm.decisions import is_open
from sm_planner.engine.rhythm.occurrences import PLAN_REVIEW, days_late, state, to_drop, to_plan
from sm_planner.engine.rights.reviews import may_hold
from sm_planner.engine.texts import N_, say

REVIEW, IMPROVEMENT, TRIGGER = (DOCTYPES[name] for name in ("reviews", "improvements", "triggers"))


def agenda(name: str) -> dict[str, Any]:
    """What a review looks at today, or what was known when it was held; and what the user can do with it."""
    doc = frappe.get_doc(REVIEW, name)
    review, today, plan = doctypes.record_of(doc), getdate(), plan_of(doc.lineage)
    writer = living_guards.writer()
    mine = [id for id in sorted(writer.people) if not holding.attendance_refusal(review, id)]
    return {
        "state": _(state(review, today).value),
        "late": days_late(review, today),
        "topics": [] if review.held_on or plan is None else _topics(plan, review),
        "may_hold": plan is not None and may_hold(review, writer) and not holding.refusal(review),
        "may_decide": may_hold(review, writer) and bool(review.held_on),
        "may_confirm": bool(mine),
        "open": [
            number
            for number, decision in enumerate(review.decisions, 1)
            if plan is not None and is_open(plan, decision) and not outcomes.refusal(review, number)
        ],
        "became": _places_of_outcomes(doc),
    }


def _topics(plan: Plan, review: Review) -> list[dict[str, Any]]:
    return [
        {
            "name": _(topic.name),
            "figures": told(topic.figures) if topic.figures else "",
            "points": [told(point.text) for point in topic.points],
            "nothing": _(NO_DATA),
        }
        for topic in topics_of(plan, review, getdate())
    ]


def _places_of_outcomes(doc: Document) -> dict[str, dict[str, str]]:
    """Id of what a decision became → DocType and name of its document."""
    ids = sorted({row.became for row in doc.decisions if row.became})
    found = {}
    for doctype in (IMPROVEMENT, TRIGGER) if ids else ():
        wanted = {"lineage": doc.lineage, "id": ("in", ids)}
        for row in frappe.get_list(doctype, wanted, ["name", "id"], order_by="name asc"):
            found[row.id] = {"doctype": doctype, "name": row.name}
    return found


def hold(name: str) -> None:
    """Hold a review: what is known now is kept with it."""
    doc = opened(REVIEW, name)
    review, writer = doctypes.record_of(doc), living_guards.writer()
    if not may_hold(review, writer):
        refuse(say(N_("Only the chair of a review, or a planner, can hold it.")), frappe.PermissionError)
    plan = plan_of(doc.lineage)
    if plan is None:
        refuse(say(N_("There is no plan that could be reviewed.")))
    if refusal := holding.refusal(review):
        refuse(refusal)
    held = holding.hold(review, plan, getdate(), told)
    in_place = review.chair not in writer.people
    doc.set(review_guards.HELD_BY, frappe.session.user)
    doc.set(review_guards.HELD_AT, review_guards.now())
    store(doc, dataclasses.replace(held, entered_by=full_name(frappe.session.user) if in_place else ""))
    skipped = {one.id: one for one in holding.passed_over(plan, review, getdate(), told)}
    for stored, one in stored_records.living("reviews", doc.lineage).items() if skipped else ():
        if one.id in skipped:
            store(frappe.get_doc(REVIEW, stored), skipped[one.id])
    if review.kind == PLAN_REVIEW:
        _forget_earlier_date(doc.lineage)


def _forget_earlier_date(lineage: str) -> None:
    """The day that was set for this review: from now on the next one follows from the rhythm, until another is set."""
    wanted = lineages.fields(lineage).get("next_review")
    if wanted and wanted <= getdate():
        frappe.db.set_value(LINEAGE, lineage, "next_review", None)


def confirm_attendance(name: str) -> None:
    """Confirm that the user was there, in a session of their own after a log-in."""
    doc = opened(REVIEW, name)
    now = get_datetime_in_timezone("UTC")
    proof = sessions.proof(now)
    if proof.way != BROWSER:
        refuse(
            say(N_("Log in yourself to confirm that you were there.")),
            frappe.PermissionError,
        )
    review = doctypes.record_of(doc)
    people = sorted(living_guards.writer().people)
    refusals = {id: holding.attendance_refusal(review, id) for id in people}
    mine = [id for id, refusal in refusals.items() if refusal is None]
    if not mine:
        reasons = [refusal for refusal in refusals.values() if refusal]
        refuse(
            reasons[0] if reasons else say(N_("Your account stands for nobody who took part.")),
            frappe.PermissionError,
        )
    for id in mine:
        review = holding.attended(review, id, getdate(), proof.as_text())
    store(doc, review)


def decision_becomes(name: str, number: int, outcome: str, kind: str) -> dict[str, str]:
    """Make of a decision an improvement, a trigger of a kind, or note that nothing is left to do.

    Returns DocType and name of what was made; empty where nothing was.
    """
    doc = opened(REVIEW, name)
    review, writer = doctypes.record_of(doc), living_guards.writer()
    if not may_hold(review, writer):
        refuse(
            say(N_("Only the chair of a review, or a planner, can say what becomes of a decision.")),
            frappe.PermissionError,
        )
    if outcome not in outcomes.OUTCOMES:
        refuse(say(N_("A decision becomes one of these: {0}."), ", ".join(outcomes.OUTCOMES)))
    if refusal := outcomes.refusal(review, number):
        refuse(refusal)
    decision, source = review.decisions[number - 1], told(outcomes.source(review, number))
    if outcome == outcomes.NOTHING:
        store(doc, outcomes.decided(review, number, done_on=getdate()))
        return {}
    if outcome == outcomes.IMPROVEMENT:
        record = outcomes.improvement(decision, source, review)
    else:
        person = next(iter(sorted(writer.people)), review.chair)
        record = outcomes.trigger(decision, source, kind, person, getdate())
    made = made_of(record, doc.lineage)
    store(doc, outcomes.decided(review, number, became=made.id))
    return {"doctype": made.doctype, "name": made.name}


def plan_ahead(lineage: str) -> dict[str, int]:
    """Make the reviews of a year ahead that the rhythm asks for, and drop those that it does not ask for any more.

    Doing it twice changes nothing. Returns how many were made and dropped.
    """
    locks.of_lineage(lineage)
    version = lineages.in_force_or_newest(lineage)
    if not version:
        return {"made": 0, "dropped": 0}
    plan, today = plan_reader.load(version), getdate()
    dropped = {review.id for review in to_drop(plan, today)}
    stored = stored_records.living("reviews", lineage) if dropped else {}
    bulk.delete(REVIEW, [name for name, review in stored.items() if review.id in dropped])
    wanted = to_plan(plan, today)
    for review in wanted:
        made = frappe.get_doc({"doctype": REVIEW, "lineage": lineage, **doctypes.write(review)})
        made.flags.kept_by_server = True  # out of the reach of any request
        made.insert(ignore_permissions=True)  # planners asked for it, or the rhythm that was signed
    return {"made": len(wanted), "dropped": len(dropped)}


def look_ahead() -> None:
    """Every night: plan the reviews of all plans in force, and tell who has to know of one.

    What goes wrong with one plan keeps no other from being looked at.
    """
    told_of: list[review_mails.About] = []
    for row in frappe.get_all(LINEAGE, {"active": ("is", "set")}, ["name", "active"], order_by="name asc"):
        locks.begin()
        with locks.failure_logged(f"SM Planner: the reviews of {row.name} could not be planned"):
            plan_ahead(row.name)
            told_of += review_mails.about(plan_reader.load(row.active), getdate())
    frappe.db.commit()
    review_mails.tell(told_of)
