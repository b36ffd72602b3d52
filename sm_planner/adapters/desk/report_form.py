"""What the form of a report spec shows: what was issued, what readers say, and whether the user is asked to say something."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import own_plans
from sm_planner.adapters.documents import own_facts
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.adapters.site.presentation import told
from sm_planner.engine.model.states import ACTIVE
from sm_planner.engine.reporting.issues import issued, next_issue, said, to_confirm
from sm_planner.engine.texts import Text

ISSUES = 6
"""Issues that are shown, the last first."""


def standing(name: str) -> dict[str, Any]:
    """How a report stands. ask: the last day of the period of the issue that waits for a word of the user's, or empty; shown:
    its id."""
    doc = frappe.get_doc(DOCTYPES["report_specs"], name)
    plan, today = plan_reader.load(doc.plan), getdate()
    spec = plan.get("report_specs", doc.id)
    words, due = said(plan, spec, today), next_issue(plan, spec, today)
    people = sorted(living_guards.writer().people) if plan.state == ACTIVE else ()
    person = next(
        (one for one in people if plan.get("people", one)), ""
    )  # who the user is on the page of his part
    asked = to_confirm(plan, spec, person, today)
    return {
        "lineage": plan.lineage,
        "spec": spec.id,
        "due": str(due or ""),
        "late": bool(due and due < today),
        "issues": [
            {
                "period_end": str(one.period_end),
                "day": str(one.day),
                "outcome": told(Text(one.outcome)),
                "decisions": one.decisions,
            }
            for one in reversed(issued(plan, spec, today)[-ISSUES:])
        ],
        "makes_sense": [plan.title_of("people", one.person) for one in words.makes_sense],
        "lacking": [[plan.title_of("people", one.person), one.missing] for one in words.lacking],
        "silent": len(words.silent),
        "ask": str(asked.period_end) if asked else "",
        "shown": asked.id if asked else "",
    }


def say(lineage: str, spec: str, shown: str, missing: str) -> str:
    """Enter what the user says of the last issue of a report, as it was shown; the name of the fact."""
    own = own_plans.of(frappe.session.user, lineage)
    return own_facts.say_of_report(own.plan, own.person, spec, shown, missing)
