"""What risks, lessons, notes and sanity checks refuse and fill in where people write them; see
:mod:`sm_planner.engine.rights.learning`."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import doctypes, lineages
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.presentation import told
from sm_planner.engine.learning.holding import answered
from sm_planner.engine.model.learning import SanityCheck
from sm_planner.engine.rights.learning import refuse_deleting_sanity_check


def settle(doc: Document, who: str, when: str = "") -> None:
    """Say of a new document whose it is and of which day, where nobody said. who, when: the fields."""
    if not doc.is_new() or doc.flags.written_with_plan:
        return
    people = sorted(living_guards.writer().people)
    if not doc.get(who) and len(people) == 1:
        doc.set(who, people[0])
    if when and not doc.get(when):
        doc.set(when, getdate())


def say_what_plan_says(doc: Document) -> None:
    """Give a sanity check that was not held yet a row for each question, with what the plan says now."""
    version = lineages.in_force_or_newest(doc.lineage)
    if doc.held_on or not version or not frappe.has_permission(PLAN, "read", version):
        return
    check = answered(doctypes.record_of(doc), plan_reader.load(version), told)
    write_answers(doc, check)


def write_answers(doc: Document, check: SanityCheck) -> None:
    """Write the rows of a check. Those that are there stay those that they are, and none goes."""
    for row, answer in zip(doc.answers, check.answers, strict=False):
        row.plan_says, row.became = answer.plan_says, answer.became
    for answer in check.answers[len(doc.answers) :]:
        doc.append("answers", doctypes.write(answer))


def guard_deletion(doc: Document) -> None:
    """Refuse to delete a sanity check that was held."""
    living_guards.refuse(refuse_deleting_sanity_check(doctypes.record_of(doc), living_guards.writer()))
