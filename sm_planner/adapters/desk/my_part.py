"""My Part in the Plan: shown to whom it is about, in the Desk and on the portal."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_url_to_form, getdate

from sm_planner.adapters.desk import calendar_feed, own_plans
from sm_planner.adapters.desk.own_plans import Own
from sm_planner.adapters.documents import own_facts
from sm_planner.adapters.signers import signing_accounts
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN, part_name
from sm_planner.adapters.site.presentation import user_day
from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.states import TO_SIGN
from sm_planner.engine.part.asking import asked
from sm_planner.engine.texts import N_, say
from sm_planner.reports.my_part import Asked, View, html


def show(lineage: str) -> dict[str, Any]:
    """The part of the user in a plan in force: ``html``, ``lineage``, the ``hash`` of the part, and whether it ``asks``
    for a confirmation."""
    user = frappe.session.user
    mine = own_plans.all_of(user)
    own = next((one for one in mine if lineage in ("", one.plan.lineage)), None) or own_plans.refuse()
    view = View.of(own.plan, own.person, getdate())
    plans = [{"lineage": one.plan.lineage, "title": one.plan.title} for one in mine]
    page = html(view, _asked(user, own), calendar_feed.state(user), plans, _, user_day)
    return {"html": page, "lineage": own.plan.lineage, "hash": view.part.hash, "asks": view.asks}


def confirm(lineage: str, shown: str) -> None:
    """Note that the user knows and accepts his part as it was shown."""
    own = own_plans.of(frappe.session.user, lineage)
    own_facts.confirm(own.plan, own.person, shown)


def confirm_briefing(lineage: str, communication: str, held_on: str, shown: str) -> None:
    """Note that the user heard what was said on a day, as it was shown."""
    own = own_plans.of(frappe.session.user, lineage)
    own_facts.confirm_briefing(own.plan, own.person, communication, held_on, shown)


def confirm_training(lineage: str, training: str, day: str) -> str:
    """Enter that the user took part in a training; the name of the fact."""
    own = own_plans.of(frappe.session.user, lineage)
    return own_facts.confirm_training(own.plan, own.person, training, day)


def measure(lineage: str, objective: str, value_statement: str, day: str, value: str, evidence: str) -> str:
    """Enter a measurement of an objective of the user's, or of a value that he answers for; the name of the fact."""
    own = own_plans.of(frappe.session.user, lineage)
    if value_statement:
        return own_facts.measure_value(own.plan, own.person, value_statement, day, value, evidence)
    return own_facts.measure(own.plan, own.person, objective, day, value, evidence)


def show_evidence(lineage: str, commitment: str, day: str, kind: str, reference: str) -> str:
    """Enter what shows that the user keeps a commitment of his; the name of the fact."""
    own = own_plans.of(frappe.session.user, lineage)
    return own_facts.show_evidence(own.plan, own.person, commitment, day, kind, reference)


def report_progress(
    lineage: str, improvement: str, note: str, effort_days: str, status: str, result: dict[str, str]
) -> str:
    """Tell how far an improvement of the user's has come; the name of the report."""
    own = own_plans.of(frappe.session.user, lineage)
    return own_facts.report_progress(own.plan, own.person, improvement, note, effort_days, status, result)


def suggest_improvement(lineage: str, title: str, description: str, service: str) -> str:
    """Suggest an improvement as the user; its id in the plan."""
    own = own_plans.of(frappe.session.user, lineage)
    return own_facts.suggest(own.plan, own.person, title, description, service)


def report_workaround(lineage: str, title: str, why: str, service: str, tool: str, since: str) -> str:
    """Report a workaround as the user; its id in the plan."""
    own = own_plans.of(frappe.session.user, lineage)
    return own_facts.report_workaround(own.plan, own.person, title, why, service, tool, since)


def _document(plan: Plan, record: Ref) -> tuple[str, str]:
    """Where something is answered: in an entry of a register, or in the plan itself."""
    if record.collection == "plan":
        return PLAN, plan.id
    return DOCTYPES[record.collection], part_name(plan.lineage, record.id)


def _asked(user: str, own: Own) -> list[Asked]:
    """What waits beside the confirmation: versions of the plan to sign, improvements to decide about, suggestions to answer."""
    waiting = signing_accounts.plans_of(user, (TO_SIGN,))
    of_lineage = {"name": ("in", waiting), "lineage": own.plan.lineage}
    signing = [
        Asked(
            say(N_("Version {0} of the plan waits for your signature."), row.version),
            get_url_to_form(PLAN, row.name),
        )
        for row in frappe.get_all(PLAN, of_lineage, ["name", "version"], order_by="version asc")
    ]
    return [
        *signing,
        *(
            Asked(one.text, get_url_to_form(*_document(own.plan, one.record)))
            for one in asked(own.plan, own.person, getdate())
        ),
    ]
