"""What is done about a finding from where it is read: lived with, worked on, given to its owner; and why it is asked."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.utils import add_months, escape_html, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents.acting import new_of, refuse
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.adapters.site.places import document_name
from sm_planner.adapters.site.presentation import raci_names, told
from sm_planner.engine.approval.waivers import deciders
from sm_planner.engine.checks import acting, check, is_waivable
from sm_planner.engine.checks.acting import Asked
from sm_planner.engine.checks.finding import KNOWN, Finding, Rule, Verdict
from sm_planner.engine.checks.mending import PLAN as PLAN_ITSELF
from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text, say

LIVED_WITH = 6
"""Months for which a waiver is proposed."""


def about(name: str, rule: str, collection: str, id: str) -> dict[str, Any]:
    """What is told of a finding, and proposed to who acts on it.

    Of the rule: ``code``, ``title``, ``severity``, ``why``, ``fix``, ``depth``, ``source``, whether it is ``waivable``. Of the
    record, if one is named: the ``owner`` (id and title) and whether he has an ``account``. For a waiver: who may ``approve``
    it, the ``requester`` and the day on which it ``expires``, as far as they are known.
    """
    plan = plan_reader.load(name)
    found = _rule(rule)
    owner = acting.owner_of(plan, collection, id)
    asking = [one for one in people_of(frappe.session.user) if plan.get("people", one)]
    approvers = sorted(deciders(plan, getdate()) - {*asking})
    return {
        "code": found.code,
        "title": _(found.title),
        "severity": _(found.severity.value),
        "why": _(found.why),
        "fix": _(found.fix),
        "depth": _(found.depth),
        "source": found.source,
        "waivable": is_waivable(found.code),
        "owner": {"id": owner.id, "title": owner.title, "has_account": _has_account(owner.user)}
        if owner
        else None,
        "approvers": [{"value": one, "label": plan.title_of("people", one)} for one in approvers],
        "requester": asking[0] if asking else "",
        "expires": str(add_months(getdate(), LIVED_WITH)),
    }


def waive(name: str, rule: str, collection: str, id: str, asked: Asked) -> str:
    """Ask for a waiver of a finding, or without a record of all findings of a rule; the name of its document."""
    plan = plan_reader.load(name)
    if not is_waivable(_rule(rule).code):
        refuse(say(N_("{0} cannot be waived. What it asks for has to be mended."), rule))
    if asked.refusal:
        refuse(asked.refusal)
    record = Ref.to(_record(plan, collection, id)) if id else None
    return new_of(acting.waiver(rule, record, asked), plan.lineage).insert().name


def improve(name: str, rule: str, collection: str, id: str, title: str, owner: str, due: str) -> str:
    """Make the improvement that mends a finding; the name of its document."""
    plan = plan_reader.load(name)
    there = acting.improvements_of(plan).get((rule, id))
    if there:
        refuse(say(N_("“{0}” is being done about this already."), there.title or there.id))
    finding = _finding(plan, rule, collection, id)
    made = acting.improvement(
        rule,
        finding.record,
        told(Text(finding.message, finding.args)),
        told(finding.advice),
        title.strip(),
        owner,
        getdate(due) if due else None,
    )
    return new_of(made, plan.lineage).insert().name


def assign(name: str, rule: str, collection: str, id: str) -> str:
    """Assign the record of a finding to the account of its owner, with what is wrong; the name of the person.

    Nobody is given rights by it: who cannot read the record, or has no account, is told to whoever assigns.
    """
    plan = plan_reader.load(name)
    finding = _finding(plan, rule, collection, id)
    owner = acting.owner_of(plan, collection, id)
    if owner is None:
        refuse(say(N_("Nobody answers for “{0}”. Name its owner first."), finding.record))
    if not _has_account(owner.user):
        refuse(
            say(N_("“{0}” has no enabled account. Give the person one, or tell them yourself."), owner.title)
        )
    doctype, document = _document(plan, finding.record)
    if not frappe.has_permission(doctype, "read", document, user=owner.user):
        refuse(say(N_("“{0}” may not read “{1}”. Share it first."), owner.title, finding.record))
    text = f"{rule}: {told(Text(finding.message, finding.args))} {told(finding.advice)}"
    assign_to.add(
        {
            "assign_to": [owner.user],
            "doctype": doctype,
            "name": document,
            "description": escape_html(text),
        }
    )
    return owner.title


def _document(plan: Plan, record: Ref) -> tuple[str, str]:
    """DocType and name of the document that holds a record."""
    if record.collection == PLAN_ITSELF:
        return PLAN, plan.id
    raci = raci_names(plan, [record.id])
    return DOCTYPES[record.collection], document_name(plan, record.collection, record.id, raci)


def _has_account(user: str) -> bool:
    return bool(user) and bool(frappe.db.get_value("User", user, "enabled"))


def _rule(code: str) -> Rule:
    if code not in KNOWN:
        refuse(say(N_("“{0}” is no rule."), code))
    return KNOWN[code]


def _record(plan: Plan, collection: str, id: str) -> Any:
    record = acting.record_of(plan, collection, id)
    if record is None:
        refuse(say(N_("The plan has no such record: {0}."), id))
    return record


def _finding(plan: Plan, code: str, collection: str, id: str) -> Finding:
    """The finding of a rule about a record, as it stands today."""
    rule = _rule(code)
    record = Ref.to(_record(plan, collection, id))
    found = (one for one in check(plan, getdate(), [rule]).findings if one.record == record)
    wanted = sorted(found, key=lambda one: one.verdict is not Verdict.FAILED)
    if not wanted:
        refuse(say(N_("{0} finds nothing wrong with “{1}” any more."), code, record))
    return wanted[0]
