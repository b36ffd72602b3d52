"""A gap on its whole way: found, made an action, scheduled, funded, approved, carried out, measured and assessed again; and the
trace shows it from either end."""

from __future__ import annotations

import json
from datetime import timedelta

import frappe
import pytest
from frappe.utils import getdate

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.signing import sign_off
from sm_planner.engine import approval
from sm_planner.engine.assessment.gaps import State, answered, gap_id
from sm_planner.engine.roadmap.schedule import roadmap
from sm_planner.reports import gap_register

SPONSOR, ASSESSOR, WORKER = "sponsor@example.org", "assessor@example.org", "omar@example.org"
FRAMEWORK, LINE = "where-we-stand", "sys-knowledge"


@pytest.fixture
def worked_on(in_force, make_user) -> str:
    """A plan in force, in which Omar has an account and works on actions."""
    make_user("SM Service Owner", name=WORKER)
    frappe.db.set_value("SM Person", "omar", "user", WORKER)
    return in_force


@pytest.fixture
def assess(minimal, make_user, acting_as):
    """Submits an assessment of a day, in which one line has a level."""
    make_user("SM Service Owner", name=ASSESSOR)
    ira = frappe.get_doc({"doctype": "SM Person", "title": "Ira", "user": ASSESSOR}).insert().name

    def assess(day, score: int) -> None:
        values = {"framework": FRAMEWORK, "kind": "Independent", "assessor": ira, "lineage": minimal.lineage}
        doc = frappe.get_doc(
            {"doctype": "SM Assessment", "title": f"Of {day}", "as_of": str(day), **values}
        ).insert()
        with acting_as(ASSESSOR):
            api.answer_line(doc.name, LINE, json.dumps({"score": score, "note": "Folders."}))
            api.submit_assessment(doc.name)

    return assess


def test_a_gap_becomes_an_action_that_is_scheduled_funded_carried_out_and_measured(
    worked_on, minimal, assess, acting_as
):
    lineage, today = minimal.lineage, getdate()

    def trace():
        return next(
            (one for one in answered(plan_reader.load(worked_on), today) if one.gap.answer.code == LINE), None
        )

    # It is found, and nobody answers it.
    assess(today - timedelta(days=1), 1)
    assert trace().state is State.NOBODY

    # It becomes an action, in one step; the trace leads from either to the other.
    name = api.improvement_of_gap(lineage, FRAMEWORK, LINE)
    action = frappe.get_doc("SM Improvement", name)
    assert action.source_record == gap_id(FRAMEWORK, LINE)
    action.update(
        {
            "status": "Assess",
            "dimension": "Process",
            "improvement_owner": "omar",
            "start_date": today,
            "due": today + timedelta(days=60),
            "effort_days": 5,
            "cost": 400,
        }
    )
    action.save()
    assert [one.id for one in trace().improvements] == [action.id]

    # It is scheduled.
    step = roadmap(plan_reader.load(worked_on), today).step(action.id)
    assert step.earliest_start >= today
    assert (step.start, step.is_late) != (None, True)

    # It is funded: the next version asks for the money, and the sponsor gives it.
    revision = sign_off.start_revision(worked_on)
    line = frappe.get_doc(
        {
            "doctype": "SM Budget Line",
            "plan": revision,
            "title": "A place for what we know",
            "kind": "One-off",
            "category": "Customer Experience",
            "amount": 400,
            "start_date": str(today),
            "line_owner": "omar",
            "improvement": name,
        }
    ).insert()
    with acting_as(SPONSOR):
        request = api.funding_request(revision)
        assert "approved" in api.decide_funding(revision, "Approve", request["shown"])

        # It is approved.
        shown = approval.shown(plan_reader.load(worked_on).get("improvements", action.id))
        assert api.decide_improvement(name, "Approve", shown) == "Approved"

    # It is carried out, paid for, and measured.
    with acting_as(WORKER):
        api.report_progress(lineage, action.id, "The first ten pages", "3", "In Progress")
        frappe.get_doc(
            {"doctype": "SM Budget Actual", "budget_line": line.name, "day": str(today), "amount": 380}
        ).insert()
        api.report_progress(lineage, action.id, "All of it", "2", "Verify", "3", "Reached")
    assert trace().state is State.IN_HAND
    with acting_as(SPONSOR):
        shown = approval.shown(plan_reader.load(worked_on).get("improvements", action.id))
        assert api.decide_improvement(name, "Close", shown) == "Closed"
    assert trace().state is State.DONE

    # It is assessed again: there is no gap any more, and the register tells what closed it.
    assess(today, 3)
    assert trace() is None
    table = gap_register.report(plan_reader.load(worked_on), today, show=gap_register.CLOSED)
    (row,) = [row for row in table.rows if row["action_id"] == action.id]
    assert (row["last"], row["now"], row["reached"]) == (1, 3, 3)
    action.reload().onload()
    assert [one["score"] for one in action.get_onload("gap")["track"]] == [1, 3]
