"""Sanity checks on a site: begun, held, and what comes of them; and what is done about a lesson or a risk.

What is decided is in :mod:`sm_planner.engine.learning` and :mod:`sm_planner.engine.rights.learning`; here it is stored.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters.documents.acting import new_of, opened, plan_of, refuse, store
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import doctypes, locks, stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.adapters.site.presentation import full_name, told
from sm_planner.engine.learning import holding, outcomes
from sm_planner.engine.learning.transitions import called, last_transition
from sm_planner.engine.model import Improvement
from sm_planner.engine.model.learning import SanityCheck
from sm_planner.engine.rights.learning import may_hold
from sm_planner.engine.texts import N_, Text, say

CHECK, LESSON, RISK = (DOCTYPES[name] for name in ("sanity_checks", "lessons", "risks"))


def begin(lineage: str, service: str, customer: str) -> str:
    """Begin the sanity check of a service, of a customer, or of the last transition of the plan; or open the one that was
    begun before. Returns its name.
    """
    locks.of_lineage(lineage)
    plan = plan_of(lineage)
    if plan is None:
        refuse(say(N_("There is no plan that you may read.")))
    about = plan.get("services", service) or plan.get("stakeholders", customer)
    known = (not service or plan.get("services", service)) and (
        not customer or plan.get("stakeholders", customer)
    )
    if not known:
        refuse(
            say(
                N_("The plan “{0}” does not have that. Begin from the home of the plan that does."),
                plan.title,
            )
        )
    last = last_transition(plan, getdate(), about)
    if about is None and last is None:
        refuse(
            say(
                N_(
                    "No service says when it was accepted. Begin from the service or the customer that was brought in last."
                )
            )
        )
    of = service or ("" if customer else last.service.id)
    for name, check in stored_records.living("sanity_checks", lineage).items():
        if not check.held_on and (check.service, check.customer) == (of, customer):
            return name
    day = last.day if last else getdate()
    record = SanityCheck(service=of, customer=customer, day=day)
    return new_of(record, lineage).insert().name


def steps(name: str) -> dict[str, Any]:
    """What the user can do with a sanity check, and where the lessons are that came of it."""
    doc = frappe.get_doc(CHECK, name)
    check = doctypes.record_of(doc)
    mine = may_hold(check, living_guards.writer())
    refusal = holding.refusal(check)
    return {
        "may_hold": mine and refusal is None,
        "lacks": told(refusal) if mine and refusal and not check.held_on else "",
        "differences": [
            number
            for number, _row in enumerate(check.answers, 1)
            if mine and not outcomes.lesson_refusal(check, number)
        ],
        "lessons": _lessons(doc.lineage, [row.became for row in check.answers if row.became]),
    }


def _lessons(lineage: str, ids: list[str]) -> dict[str, dict[str, str]]:
    """Id of a lesson → its name and title, and the improvement that it became, of those that the user may read."""
    wanted = {"lineage": lineage, "id": ("in", ids)}
    found = frappe.get_list(LESSON, wanted, ["name", "id", "title", "action"]) if ids else []
    return {row.id: {"name": row.name, "title": row.title, "action": row.action or ""} for row in found}


def hold(name: str) -> None:
    """Hold a sanity check: what the plan says now of the day of the transition is kept with it."""
    doc = opened(CHECK, name)
    check, writer = doctypes.record_of(doc), living_guards.writer()
    _refuse_others(check)
    plan = plan_of(doc.lineage)
    if plan is None:
        refuse(say(N_("There is no plan that you may read.")))
    if refusal := holding.refusal(check):
        refuse(refusal)
    in_place = check.lead not in writer.people
    held = holding.hold(check, plan, getdate(), told)
    store(doc, dataclasses.replace(held, entered_by=full_name(frappe.session.user) if in_place else ""))


def make_lesson(name: str, number: int, learned: str) -> str:
    """Make a lesson of what was otherwise than the plan says, the answer of that number from 1 on. Returns its name."""
    doc = opened(CHECK, name)
    check = doctypes.record_of(doc)
    _refuse_others(check)
    if refusal := outcomes.lesson_refusal(check, number):
        refuse(refusal)
    _ask_for(learned, N_("Say what was learned."))
    plan = plan_of(doc.lineage)
    if plan is None:
        refuse(say(N_("There is no plan that you may read.")))
    named = told(called(plan, check))
    made = new_of(outcomes.lesson(check, number, learned, named, getdate()), doc.lineage).insert()
    store(doc, outcomes.became(check, number, made.id))
    return made.name


def act_on_lesson(name: str, doing: str, owner: str, due: str) -> str:
    """Make an improvement of a lesson; its name."""
    doc = opened(LESSON, name)
    doc.action = _acted_on(doc, outcomes.lesson_action_refusal, outcomes.action_of_lesson, doing, owner, due)
    doc.save()
    return doc.action


def act_on_risk(name: str, doing: str, owner: str, due: str) -> str:
    """Make an improvement that carries out the answer to a risk; its name."""
    doc = opened(RISK, name)
    made = _acted_on(doc, outcomes.risk_action_refusal, outcomes.action_of_risk, doing, owner, due)
    doc.append("actions", {"record": made})
    doc.save()
    return made


def _acted_on(
    doc: Document,
    refusal_of: Callable[[Any], Text | None],
    action_of: Callable[[Any, str, str, date | None], Improvement],
    doing: str,
    owner: str,
    due: str,
) -> str:
    """Make the improvement that a document becomes, where nothing refuses that; its name."""
    record = doctypes.record_of(doc)
    if refusal := refusal_of(record):
        refuse(refusal)
    _ask_for(doing, N_("Say what is to be done."))
    return new_of(action_of(record, doing, owner, _day(due)), doc.lineage).insert().name


def _refuse_others(check: SanityCheck) -> None:
    if not may_hold(check, living_guards.writer()):
        refuse(
            say(N_("Only who leads the sanity check, or a planner, can enter or change this.")),
            frappe.PermissionError,
        )


def _ask_for(words: str, message: str) -> None:
    if not words.strip():
        refuse(Text(message))


def _day(written: str) -> date | None:
    return getdate(written) if written else None
