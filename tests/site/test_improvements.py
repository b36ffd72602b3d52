"""Improvements on a site: suggested by anybody, decided by others in their own sessions, carried out and reported by their owner."""

from __future__ import annotations

import dataclasses
from datetime import date

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate
from seeds import NURSE

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine import approval
from sm_planner.engine.approval import improvements as deciding
from sm_planner.engine.model import Improvement
from sm_planner.engine.part.dues import Todo, dues
from sm_planner.engine.sealing import seal

SPONSOR, OWNER = "sponsor@example.org", "owner@example.org"
IMPROVEMENT = "SM Improvement"


@pytest.fixture
def action(minimal, carrier):
    """An improvement that is assessed while the plan is in force."""
    made = frappe.get_doc(
        {
            "doctype": IMPROVEMENT,
            "lineage": minimal.lineage,
            "title": "Card at the desk",
            "improvement_owner": carrier,
            "start_date": "2027-01-01",
            "due": "2027-06-30",
            "effort_days": 20,
            "benefit_kpi": "Walk-ins",
            "benefit_baseline": 100,
            "benefit_target": 50,
        }
    ).insert()
    made.status = "Assess"
    return made.save()


def shown(action) -> str:
    return approval.shown(read(action))


def read(action) -> Improvement:
    plan = plan_reader.load(frappe.db.get_value("SM Lineage", action.lineage, "active"))
    return plan.get("improvements", action.id)


def decide(action, act: str, reason: str = "") -> str:
    return api.decide_improvement(action.name, act, shown(action), reason)


@pytest.fixture
def approved(action, acting_as):
    with acting_as(OWNER):
        decide(action, "Approve")
    return action.reload()


def test_the_plan_owner_approves_and_the_site_keeps_who_when_and_what(action, acting_as):
    with acting_as(OWNER):
        form = frappe.get_doc(IMPROVEMENT, action.name)
        form.onload()
        told = form.get_onload("decision")
        assert (told["shown"], told["decides"]) == (shown(action), True)
        assert told["acts"] == {"Approve": "", "Reject": ""}
        assert decide(action, "Approve", "Worth it.") == "Approved"

    (kept,) = frappe.get_all(
        "SM Approval", {"entry": action.id}, ["register", "act", "person", "reason", "what", "owner"]
    )
    assert (kept.register, kept.act, kept.reason, kept.owner) == (
        "improvements",
        "Approve",
        "Worth it.",
        OWNER,
    )
    assert kept.what == approval.what(read(action))


def test_nobody_approves_what_he_carries_out_nor_by_the_status(
    action, acting_as, minimal, make_user, in_force
):
    action.improvement_owner = minimal.plan_owner
    action.save()
    with acting_as(OWNER), pytest.raises(frappe.PermissionError, match="You carry out this improvement"):
        decide(action, "Approve")
    with acting_as(make_user("SM Planner Manager", name="rules@example.org")):
        with pytest.raises(frappe.PermissionError, match="plan owner or the executive sponsor decides"):
            decide(action, "Approve")
        for status in ("Approved", "In Progress", "Verify", "Closed", "Rejected", "On Hold"):
            action.reload().status = status
            with pytest.raises(
                frappe.PermissionError, match="by who decides about it|does not become"
            ) as refused:
                action.save()
            assert refused
        made = {
            "doctype": IMPROVEMENT,
            "lineage": minimal.lineage,
            "title": "Done already",
            "status": "Closed",
        }
        with pytest.raises(frappe.PermissionError, match="by who decides about it"):
            frappe.get_doc(made).insert()


def test_much_effort_is_for_the_sponsor(action, acting_as):
    action.effort_days = 61
    action.save()
    with acting_as(OWNER), pytest.raises(frappe.PermissionError, match="by the executive sponsor"):
        decide(action, "Approve")
    with acting_as(SPONSOR):
        assert decide(action, "Approve") == "Approved"


def test_a_small_change_is_not_for_who_joined_the_team_after_the_signature(action, minimal, make_user):
    make_user("SM Service Owner", name="mate@example.org")
    mate = frappe.get_doc({"doctype": "SM Person", "title": "Mate", "user": "mate@example.org"}).insert()
    for team in minimal.teams:
        doc = frappe.get_doc("SM Team", team.id)
        doc.append("members", {"person": mate.name})
        doc.save()
    action.effort_days = 3
    action.save()

    plan = plan_reader.load(frappe.db.get_value("SM Lineage", action.lineage, "active"))
    may = deciding.deciders(plan, read(action), getdate())

    assert may == {minimal.plan_owner, minimal.executive_sponsor}


def test_who_is_in_no_plan_reads_no_improvement(action, acting_as, make_user):
    person = {"doctype": "SM Person", "title": "Hal", "user": make_user(name="hal@example.org")}
    frappe.get_doc(person).insert()
    with acting_as("hal@example.org"):
        assert not frappe.has_permission(IMPROVEMENT, "read", action.name)


def test_what_is_decided_about_is_what_was_read_and_says_enough(action, acting_as):
    read_before = shown(action)
    action.due = "2027-07-31"
    action.save()
    with acting_as(OWNER):
        with pytest.raises(frappe.PermissionError, match="changed since you opened it"):
            api.decide_improvement(action.name, "Approve", read_before)
        action.reload()
        with pytest.raises(frappe.ValidationError, match="Say why the improvement is rejected"):
            decide(action, "Reject")
        with pytest.raises(frappe.PermissionError, match="While it is Assess, this cannot be decided"):
            decide(action, "Close")
    frappe.db.set_value(IMPROVEMENT, action.name, "effort_days", None)
    with acting_as(OWNER), pytest.raises(frappe.PermissionError, match="has to say: Effort"):
        decide(action, "Approve")


def test_a_date_that_is_moved_asks_the_approver_again_and_a_new_link_does_not(approved, acting_as, minimal):
    approved.service = minimal.services[0].id
    approved.save()
    assert approved.status == "Approved"

    approved.due = "2027-12-31"
    approved.save()

    assert approved.status == "Assess"
    with acting_as(OWNER):
        assert decide(approved, "Approve") == "Approved"


def test_its_owner_moves_it_on_and_reports_without_the_desk(approved, acting_as, minimal, carrier):
    with acting_as(NURSE):
        page = api.my_part(minimal.lineage)["html"]
        assert 'data-act="progress"' in page
        api.report_progress(minimal.lineage, approved.id, "Ordered", "2,5", "In Progress")
        with pytest.raises(frappe.PermissionError, match="In Progress does not become New"):
            api.report_progress(minimal.lineage, approved.id, "Done", "", "New")
        with pytest.raises(frappe.PermissionError, match="by who decides about it"):
            api.report_progress(minimal.lineage, approved.id, "Done", "", "Closed")
        api.report_progress(
            minimal.lineage, approved.id, "Installed", "3", "Verify", benefit_actual="48", verdict="Reached"
        )
    one = read(approved)
    assert (one.status, one.benefit_actual, one.verdict) == ("Verify", 48, "Reached")
    plan = plan_reader.load(frappe.db.get_value("SM Lineage", approved.lineage, "active"))
    (report,) = (  # of one day
        one for one in plan.progress_reports if one.improvement == approved.id
    )
    assert report.note == "Ordered\nInstalled"
    assert (report.day, report.effort_days, report.entered_by) == (getdate(), 5.5, "")
    assert seal.drift(plan.seals[-1], plan) == ()


def test_nothing_is_half_reported(approved, acting_as, minimal):
    with acting_as(NURSE), pytest.raises(frappe.PermissionError):
        api.report_progress(minimal.lineage, approved.id, "Done", "", "Closed")
    assert not frappe.db.exists(
        "SM Progress Report", {"lineage": minimal.lineage, "improvement": approved.name}
    )


def test_nobody_reports_on_what_another_carries_out(approved, acting_as, minimal, make_user):
    make_user("SM Portal Stakeholder", name="other@example.org")
    frappe.db.set_value("SM Person", minimal.plan_owner, "user", "other@example.org")
    with acting_as("other@example.org"), pytest.raises(frappe.PermissionError, match="is not yours"):
        api.report_progress(minimal.lineage, approved.id, "Done")


def test_it_is_closed_with_what_came_of_it_and_stays_as_it_is(approved, acting_as):
    for status in ("In Progress", "Verify"):
        approved.status = status
        approved.save()
    with (
        acting_as(OWNER),
        pytest.raises(frappe.PermissionError, match="has to say: Benefit Reached, Verdict"),
    ):
        decide(approved, "Close")
    approved.reload().update({"benefit_actual": 80, "verdict": "Missed"})
    approved.save()
    with acting_as(OWNER), pytest.raises(frappe.PermissionError, match="has to say: Follow-up"):
        decide(approved, "Close")
    approved.reload().follow_up = "A second desk."
    approved.save()
    with acting_as(OWNER):
        assert decide(approved, "Close") == "Closed"

    approved.reload().learning = "Ask first."
    approved.save()
    approved.benefit_actual = 40
    with pytest.raises(frappe.PermissionError, match="is closed, and stays as it is"):
        approved.save()
    with pytest.raises(frappe.PermissionError, match="stays in the register"):
        approved.reload().delete()


def test_the_workflow_of_the_desk_moves_it_and_decides_nothing(approved, acting_as):
    assert apply_workflow(approved, "Start").status == "In Progress"
    assert apply_workflow(approved, "Put on Hold").status == "On Hold"
    assert apply_workflow(approved, "Resume").status == "In Progress"
    workflow = frappe.get_doc("Workflow", IMPROVEMENT)
    assert not {"Approve", "Reject", "Close"} & {one.action for one in workflow.transitions}


def test_anybody_in_the_plan_suggests_and_reads_the_answer(carrier, acting_as, minimal, in_force):
    with acting_as(NURSE):
        id = api.suggest_improvement(minimal.lineage, "A bell", "Nobody hears us.", minimal.services[0].id)
        with pytest.raises(frappe.PermissionError, match="not in the plan"):
            api.suggest_improvement(minimal.lineage, "A bell", "Nobody hears us.", "no-such")
    idea = frappe.get_doc(IMPROVEMENT, f"{minimal.lineage}-{id}")
    assert (idea.kind, idea.status, idea.suggested_by, idea.suggested_on) == (
        "Suggestion",
        "New",
        carrier,
        getdate(),
    )
    with acting_as(OWNER):
        assert "“A bell” was suggested by" in frappe.utils.strip_html(api.my_part(minimal.lineage)["html"])
    idea.answer = "It comes in May."
    idea.save()
    with acting_as(NURSE):
        assert "It comes in May." in api.my_part(minimal.lineage)["html"]


def test_who_is_no_part_of_the_plan_suggests_nothing(in_force, minimal, make_user, acting_as):
    stranger = make_user("SM Portal Stakeholder", name="stranger@example.org")
    with acting_as(stranger), pytest.raises(frappe.PermissionError, match="You have no part"):
        api.suggest_improvement(minimal.lineage, "A bell", "Nobody hears us.")


def test_it_waits_for_who_decides_on_the_page_of_his_part(action, acting_as, minimal):
    with acting_as(OWNER):
        page = api.my_part(minimal.lineage)["html"]
    assert "“Card at the desk” waits for your approval." in page
    assert f"/sm-improvement/{action.name}" in page


def test_a_file_moves_no_state_where_others_decide(minimal, in_force, action):
    from sm_planner.adapters.signing import sign_off

    draft = sign_off.start_revision(in_force)
    plan = plan_reader.load(draft)
    claimed = tuple(
        dataclasses.replace(one, status="Closed", benefit_actual=1.0, verdict="Reached")
        if one.id == action.id
        else one
        for one in plan.improvements
    )
    new = Improvement(id="own", title="Mine", status="Approved", improvement_owner=action.improvement_owner)

    plan_writer.save(dataclasses.replace(plan, improvements=(*claimed, new)))

    stored = plan_reader.load(draft)
    assert stored.get("improvements", action.id).status == "Assess"
    assert stored.get("improvements", "own").status == "Assess"


def test_a_file_that_brings_a_plan_to_the_site_tells_what_was_decided_elsewhere(minimal):
    told = tuple(
        dataclasses.replace(one, status=status)
        for one, status in zip(minimal.improvements, ("In Progress", "Closed", "Rejected"), strict=False)
    )
    rest = minimal.improvements[len(told) :]
    name = plan_writer.save(dataclasses.replace(minimal, improvements=(*told, *rest)))
    stored = plan_reader.load(name)
    assert [stored.get("improvements", one.id).status for one in told] == [one.status for one in told]


def test_after_the_end_somebody_looks_whether_the_benefit_lasts(approved, acting_as, minimal, carrier):
    frappe.db.set_value(
        IMPROVEMENT,
        approved.name,
        {"status": "Closed", "benefit_review": "2026-01-01", "verdict": "Reached", "benefit_actual": 50},
    )
    plan = plan_reader.load(frappe.db.get_value("SM Lineage", approved.lineage, "active"))
    waiting = [one for one in dues(plan, carrier, date(2027, 7, 1)) if one.what is Todo.LOOK_AGAIN]
    assert [(one.record.id, one.day) for one in waiting] == [(approved.id, date(2026, 1, 1))]

    with acting_as(NURSE):
        api.report_progress(minimal.lineage, approved.id, "It has lasted.")
    plan = plan_reader.load(frappe.db.get_value("SM Lineage", approved.lineage, "active"))
    assert not [one for one in dues(plan, carrier, date(2027, 7, 1)) if one.what is Todo.LOOK_AGAIN]


def test_the_form_tells_priority_order_and_what_was_spent(approved, minimal, acting_as):
    before = frappe.get_doc(
        {
            "doctype": IMPROVEMENT,
            "lineage": minimal.lineage,
            "title": "Train the desk",
            "start_date": "2027-03-01",
            "due": "2027-03-31",
        }
    ).insert()
    approved.update({"benefit": "High", "urgency": "Medium", "effort": "Low"})
    approved.append("predecessors", {"record": before.name})
    approved.save()
    report = {
        "doctype": "SM Progress Report",
        "improvement": approved.name,
        "day": "2026-11-01",
        "effort_days": 4,
    }
    frappe.get_doc({**report, "note": "Began"}).insert()

    approved.onload()

    told = approved.get_onload("progress")
    assert told["priority"] == pytest.approx(100 * (3 * 1 + 2 * 0.5 + 1 * 1) / 6)
    assert told["waits_for"] == ["Train the desk"]
    assert told["earliest"][0] > frappe.utils.getdate()
    assert told["levelled"] >= told["earliest"]
    assert told["sets_date"] == "waits for “Train the desk”"
    assert told["spent"] == 4
    approved.append("predecessors", {"record": approved.name})
    with pytest.raises(frappe.ValidationError, match="This is the record itself"):
        approved.save()
