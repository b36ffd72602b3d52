"""Facts that people enter about themselves, whether or not they may open the Desk."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.utils import getdate

from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import DOCTYPES, part_name
from sm_planner.adapters.site.presentation import told_html
from sm_planner.engine.agreements.measurements import words_of_value
from sm_planner.engine.communication.confirming import heard
from sm_planner.engine.communication.runs import held
from sm_planner.engine.model import Plan
from sm_planner.engine.model.fields import LINE_LENGTH, specs
from sm_planner.engine.model.improvements import ProgressReport
from sm_planner.engine.model.reporting import LACKS, MAKES_SENSE
from sm_planner.engine.model.values import ValueProblem, parse, plain_number
from sm_planner.engine.model.vocabulary import ATTENDED, SUGGESTION
from sm_planner.engine.part.confirmation import State, confirmed
from sm_planner.engine.part.duties import For, hash_of_part, part_of
from sm_planner.engine.reporting.issues import to_confirm
from sm_planner.engine.training.audience import meant
from sm_planner.engine.training.skills import attended


def confirm(plan: Plan, person: str, shown: str) -> None:
    """Note that a person of the session knows and accepts his part. shown: the hash of the part that he was shown."""
    today = getdate()
    if shown != hash_of_part(plan, person, today):
        _not_shown(
            _(
                "Your part is not the one any more that you were shown. Reload the page, read it, and confirm it then."
            )
        )
    if confirmed(plan, person, today).state is not State.CONFIRMED:
        values = {"person": person, "day": today, "shown": shown, "lineage": plan.lineage}
        _add("acknowledgements", values, by_page=True)


def confirm_briefing(plan: Plan, person: str, communication: str, held_on: str, shown: str) -> None:
    """Note that a person of the session heard what was said on a day. shown: the hash of what he was shown of it."""
    today = getdate()
    one = plan.get("communications", communication)
    runs = held(plan, one, today) if one else ()
    run = next((run for run in runs if run.day.isoformat() == held_on), None)
    found = heard(plan, one, run, person, today) if run else None
    if found is None:
        _refuse(_("Nobody has entered that you heard this on that day."))
    if shown != found.shown:
        _not_shown(_("What was said is told otherwise now. Reload the page, read it, and confirm it then."))
    if not found.is_own:
        named = {"communication": part_name(plan.id, communication), "held_on": held_on, "person": person}
        values = {**named, "day": today, "shown": shown, "lineage": plan.lineage}
        _add("briefing_confirmations", values, by_page=True)


def confirm_training(plan: Plan, person: str, training: str, day: str) -> str:
    """Enter that a person took part in a training that is meant for him, by his own word; the name of the fact."""
    today = getdate()
    known = plan.get("trainings", training)
    if known is None or person not in meant(plan, known, today):
        _refuse(_("This training is not meant for you. Ask whoever sees to it."))
    wanted = _day(day)
    if not (known.start_date and known.start_date <= wanted <= min(known.ends, today)):
        frappe.throw(_("The training did not take place on that day."))
    if attended(plan, training, person, today):
        frappe.throw(_("It is entered already how you took part in it."))
    named = {"training": part_name(plan.id, training), "person": person, "lineage": plan.lineage}
    return _add("attendances", {**named, "day": wanted, "result": ATTENDED}, by_page=True)


def measure(plan: Plan, person: str, objective: str, day: str, value: str, evidence: str) -> str:
    """Enter what a KPI came to, for the owner of its objective; the name of the fact."""
    if objective not in part_of(plan, person, getdate()).of(For.OBJECTIVE):
        _refuse(_("This objective is not yours. Its owner enters what it came to."))
    named = {"objective": part_name(plan.id, objective), "lineage": plan.lineage}
    return _add("measurements", {**named, "day": day, "value": plain_number(value), "evidence": evidence})


def measure_value(plan: Plan, person: str, words: str, day: str, value: str, evidence: str) -> str:
    """Enter what a value came to that the plan promises, for who answers for it; the name of the fact."""
    wanted = words_of_value(words)
    own = [one for one in plan.value_statements if one.person == person]
    if not any(words_of_value(one.statement) == wanted for one in own):
        _refuse(_("This value is not yours. Its owner enters what it came to."))
    named = {"value_statement": words[:LINE_LENGTH].rstrip(), "lineage": plan.lineage}
    return _add("measurements", {**named, "day": day, "value": plain_number(value), "evidence": evidence})


def show_evidence(plan: Plan, person: str, commitment: str, day: str, kind: str, reference: str) -> str:
    """Enter what shows that a commitment is kept, for who made it; the name of the fact."""
    if commitment not in part_of(plan, person, getdate()).of(For.COMMITMENT):
        _refuse(_("This commitment is not yours. Who made it enters what shows it."))
    named = {"commitment": part_name(plan.id, commitment), "lineage": plan.lineage}
    return _add("evidence", {**named, "day": day, "kind": kind, "reference": reference})


def say_of_report(plan: Plan, person: str, spec: str, shown: str, missing: str) -> str:
    """Enter that the last issue of a report makes sense to a reader, or what he misses in it; the name of the fact.

    shown: the id of the issue that he was shown.
    """
    known = plan.get("report_specs", spec)
    issue = to_confirm(plan, known, person, getdate()) if known else None
    if issue is None:
        _refuse(_("This report does not wait for a word of yours."))
    if shown != issue.id:
        _not_shown(
            _(
                "Another issue is the last by now. Reload the page, read it, and say then what you think of it."
            )
        )
    if missing and not missing.strip():
        frappe.throw(_("Say what is missing."))
    word = {"word": LACKS, "missing": missing} if missing.strip() else {"word": MAKES_SENSE}
    about = {"report_spec": part_name(plan.id, spec), "lineage": plan.lineage, "period_end": issue.period_end}
    return _add("report_confirmations", {**about, "person": person, "day": getdate(), **word})


def report_progress(
    plan: Plan,
    person: str,
    improvement: str,
    note: str,
    effort_days: str,
    status: str,
    result: dict[str, str],
) -> str:
    """Tell how far an improvement has come, for its owner, and write what that changes of it; the name of the report.

    result: what came of it, by field; what is empty stays as it is.
    """
    known = plan.get("improvements", improvement)
    if known is None or known.improvement_owner != person:
        _refuse(_("This improvement is not yours. Its owner reports on it."))
    name = part_name(plan.lineage, improvement)
    changes = {field: value for field, value in {"status": status, **result}.items() if value}
    if changes.get("benefit_actual"):
        changes["benefit_actual"] = plain_number(changes["benefit_actual"])
    with locks.all_or_nothing():
        made = _report(name, plan.lineage, note, plain_number(effort_days))
        if changes:
            document = frappe.get_doc(DOCTYPES["improvements"], name)
            document.update(changes)
            document.flags.reported_here = True  # out of the reach of any request
            # As below: the controller asks whether it is his, and to which state he may move it.
            document.save(ignore_permissions=True)
    return made


def _report(improvement: str, lineage: str, note: str, effort_days: str) -> str:
    """The name of the progress report of today: a new one, or that which is there with more in it."""
    doctype, today = DOCTYPES["progress_reports"], getdate()
    there = frappe.db.get_value(doctype, {"improvement": improvement, "day": today})
    if not there:
        values = {"improvement": improvement, "lineage": lineage, "day": today}
        return _add("progress_reports", {**values, "note": note, "effort_days": effort_days})
    document = frappe.get_doc(doctype, there)
    document.note = f"{document.note}\n{note}"
    if effort_days:
        document.effort_days = (document.effort_days or 0) + _number(
            ProgressReport, "effort_days", effort_days
        )
    document.flags.reported_here = True
    # As below: the controller asks whose it is, and whether it is fresh.
    document.save(ignore_permissions=True)
    return document.name


def _number(record: type, field: str, written: str) -> float:
    """The number that was written for a field."""
    try:
        return parse(specs(record)[field], written)
    except ValueProblem as problem:
        frappe.throw(f"{told_html(problem.message)} {told_html(problem.fix)}")


def suggest(plan: Plan, person: str, title: str, description: str, service: str) -> str:
    """Suggest an improvement, as whoever has a part in the plan; its id there."""
    values = {"title": title, "description": description, "service": service, "lineage": plan.lineage}
    if service and plan.get("services", service) is None:
        _refuse(_("This service is not in the plan."))
    about = {"kind": SUGGESTION, "status": "New", "source_kind": SUGGESTION, "suggested_by": person}
    name = _add("improvements", {**values, **about})
    return frappe.db.get_value(DOCTYPES["improvements"], name, "id")


def report_workaround(
    plan: Plan, person: str, title: str, why: str, service: str, tool: str, since: str
) -> str:
    """Report what people do instead, as whoever has a part in the plan; its id there."""
    if service and plan.get("services", service) is None:
        _refuse(_("This service is not in the plan."))
    if tool and plan.get("tools", tool) is None:
        _refuse(_("This tool is not in the plan."))
    values = {"title": title, "why": why, "service": service, "since": since, "lineage": plan.lineage}
    named = {"tool": part_name(plan.id, tool) if tool else "", "reported_by": person}
    name = _add("workarounds", {**values, **named})
    return frappe.db.get_value(DOCTYPES["workarounds"], name, "id")


def _add(collection: str, values: dict[str, Any], *, by_page: bool = False) -> str:
    document = frappe.get_doc({"doctype": DOCTYPES[collection], **values})
    document.flags.shown_here = by_page  # out of the reach of any request
    # People without a role may enter what is about them: the controller asks for the duty (engine/rights), which no flag
    # switches off, and what is written is named here and nowhere in the request.
    document.insert(ignore_permissions=True)
    return document.name


def _day(written: str) -> date:
    """The day that was written."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        frappe.throw(_("“{0}” is not a day.").format(frappe.utils.escape_html(written)))


def _not_shown(message: str) -> NoReturn:
    frappe.throw(message, title=_("Not confirmed"))


def _refuse(message: str) -> NoReturn:
    frappe.throw(message, frappe.PermissionError)
