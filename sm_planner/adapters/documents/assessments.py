"""Assessments on a site: begun with the lines of a framework, answered line by line, submitted; and what becomes of gaps.

What is decided is in :mod:`sm_planner.engine.assessment`; here it is stored.
"""

from __future__ import annotations

import dataclasses
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.guards import assessment_guards, living_guards
from sm_planner.adapters.site import doctypes, lineages, locks
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.engine.assessment import answering, frameworks, gaps
from sm_planner.engine.assessment.opening import opened
from sm_planner.engine.assessment.submission import refuse_submission
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import SUBMITTED, Assessment

ASSESSMENT, IMPROVEMENT = DOCTYPES["assessments"], DOCTYPES["improvements"]

TAKEN = ("score", "not_applicable", "note", "evidence")
"""What an answer can say."""


def plan_of(lineage: str) -> Plan:
    """The plan of a lineage that is in force, or the newest, for who may read it."""
    return plan_reader.load(lineages.in_force_or_newest(lineage))


def begin(doc: Document) -> None:
    """Give a new assessment the lines of its framework. A planner can bring others."""
    if not doc.is_new() or doc.flags.written_with_plan or not (doc.lineage and doc.framework):
        return
    if doc.answers and living_guards.writer().plans:
        return
    plan = plan_of(doc.lineage)
    known = frameworks.known(plan)
    if doc.framework not in known:
        frappe.throw(
            _("There is no framework “{0}”. Choose one of these: {1}.").format(
                escape_html(doc.framework), escape_html(", ".join(known))
            )
        )
    begun = _in_words(
        opened(Assessment(id=doc.id or "", framework=doc.framework), known[doc.framework], plan)
    )
    doc.update(doctypes.write(begun, ("framework_version", "levels", "goal", "answers")))


def _in_words(begun: Assessment) -> Assessment:
    """The assessment in the language of who begins it: what stands in documents is translated for nobody afterwards."""
    rows = [
        dataclasses.replace(one, title=_(one.title), group=_(one.group) if one.group else "")
        for one in begun.answers
    ]
    return dataclasses.replace(begun, answers=tuple(rows))


def guard(doc: Document) -> None:
    """Refuse what the user may not write, and to submit what cannot be."""
    assessment_guards.guard(doc)
    if assessment_guards.is_submitted_now(doc) and not doc.flags.written_with_plan:
        plan, assessment = plan_of(doc.lineage), doctypes.record_of(doc)
        living_guards.refuse(refuse_submission(plan, assessment, getdate()))


def answer(name: str, code: str, given: str, seen: str) -> bool:
    """Say of one line what an assessor found; False where another screen said something else since.

    given: JSON with what is said of the line, all of it. seen: the state of the line that was shown, by
    :func:`~sm_planner.engine.assessment.answering.state_of`. Said twice, nothing changes.
    """
    doc = _open(name)
    before = doctypes.record_of(doc)
    row = next((one for one in doc.answers if one.code == code), None)
    if row is None:
        frappe.throw(_("This assessment has no line “{0}”.").format(escape_html(code)))
    said = _given(given)
    row.update({field: said.get(field) for field in TAKEN if field != "evidence"})
    doc.set("evidence", [one for one in doc.evidence if one.code != code])
    for one in said.get("evidence") or ():
        doc.append("evidence", {**one, "code": code})
    doctypes.normalise(Assessment, doc, _)
    if any(doctypes.unreadable(Assessment, doc)):
        doc.save()  # which says what is wrong
    wanted, was = (answering.state_of(one, code) for one in (doctypes.record_of(doc), before))
    if wanted == was:
        return True
    if seen and seen != was:
        return False
    doc.save()
    return True


def _given(text: str) -> dict[str, Any]:
    """What an answer says. A number, a text, or rows of texts: the controller reads the values."""
    try:
        said = frappe.parse_json(text)
    except ValueError:
        said = None
    rows = said.get("evidence", []) if isinstance(said, dict) else None
    if not isinstance(rows, list) or said.keys() - {*TAKEN}:
        _refuse_form()
    plain = [value for field, value in said.items() if field != "evidence"]
    for one in rows:
        if not isinstance(one, dict) or one.keys() - {*answering.SHOWN}:
            _refuse_form()
        plain += one.values()
    if not all(value is None or isinstance(value, str | int) for value in plain):
        _refuse_form()
    return said


def _refuse_form() -> NoReturn:
    frappe.throw(_("An answer says level, reason, note and evidence, and nothing else. Reload the page."))


def submit(name: str) -> None:
    """Submit an assessment, which stays as it is from then on."""
    doc = _open(name)
    doc.status = SUBMITTED
    doc.save()


def _open(name: str) -> Document:
    """An assessment that the user may write, which nobody else changes until the transaction ends."""
    with locks.in_words(name):
        doc = frappe.get_doc(ASSESSMENT, name, for_update=True)
    doc.check_permission("write")
    return doc


def improvement_of_gap(lineage: str, framework: str, code: str) -> str:
    """Make the improvement that closes a gap; the name of its document. Who does not plan carries it out himself."""
    wanted = gaps.gap_id(framework, code)
    locks.of_lineage(lineage)
    plan = plan_of(lineage)
    gap = next((one for one in gaps.gaps(plan) if one.id == wanted), None)
    if gap is None:
        frappe.throw(_("This is no gap of the newest assessment. Reload the page."))
    if not gaps.answer_to(plan, gap, getdate()).state.is_open:
        frappe.throw(_("Something answers this gap already. Reload the page."))
    made = gaps.improvement_for(gap)
    writer = living_guards.writer()
    if not writer.plans and len(writer.people) == 1:
        made = dataclasses.replace(made, improvement_owner=min(writer.people))
    values = doctypes.write(made)
    return frappe.get_doc({"doctype": IMPROVEMENT, "lineage": lineage, **values}).insert().name
