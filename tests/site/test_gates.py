"""Gates, tools and workarounds on a site: what comes too early is found and shown, technology begins after its gates, and what
people work around is reported by anybody and answered by its owner."""

from __future__ import annotations

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate
from seeds import NURSE

from sm_planner import api
from sm_planner.adapters.desk import plan_form
from sm_planner.adapters.signing import sign_off

SPONSOR, OWNER = "sponsor@example.org", "owner@example.org"
IMPROVEMENT, WORKAROUND, TOOL = "SM Improvement", "SM Workaround", "SM Tool"


@pytest.fixture
def computer(minimal, in_force):
    """The technology that waits for people who practise, approved as it were."""
    name = f"{minimal.lineage}-second-computer"
    frappe.db.set_value(IMPROVEMENT, name, "status", "Approved")
    return frappe.get_doc(IMPROVEMENT, name)


def finish_practising(lineage: str) -> None:
    values = {"status": "Closed", "start_date": "2026-09-01", "due": "2026-11-01"}
    frappe.db.set_value(IMPROVEMENT, f"{lineage}-practice", values)


def test_a_tool_that_is_ordered_too_early_is_found(example, example_on_site):
    findings = [
        one for one in api.plan_findings(example_on_site, length=200)["findings"] if one["code"] == "TOL-02"
    ]

    assert [(one["id"], one["field"]) for one in findings] == [("speech-recognition", "order_date")]
    (early,) = api.lineage_home(example.lineage)["gates"]["early"]
    assert (early["title"], early["opens"]["doctype"], early["opens"]["field"]) == (
        "Speech recognition",
        TOOL,
        "order_date",
    )


def test_the_home_of_the_plan_tells_which_gate_is_reached_and_what_is_missing_where(minimal, in_force):
    told = {gate["name"]: gate for gate in api.lineage_home(minimal.lineage)["gates"]["gates"]}

    today = str(getdate())
    assert (told["Why"]["state"], told["Why"]["day"]) == ("Reached", today)
    assert (told["Sponsor"]["state"], told["Sponsor"]["day"]) == ("Reached", "2026-11-16")
    (missing,) = told["Organisational Change"]["missing"]
    assert "has not begun" in missing["text"]
    assert missing["opens"]["name"] == f"{minimal.lineage}-practice"


def test_whoever_signs_is_shown_the_gates(minimal, to_sign):
    summary = plan_form.sign_off_summary(to_sign)

    assert [gate["name"] for gate in summary["gates"]][:3] == ["Why", "Sponsor", "Goals"]
    assert summary["early"] == []


def test_technology_does_not_begin_before_its_gates(computer, minimal):
    with pytest.raises(frappe.PermissionError, match="these gates are not reached: Organisational Change"):
        apply_workflow(computer, "Start")

    finish_practising(minimal.lineage)

    assert apply_workflow(computer.reload(), "Start").status == "In Progress"


def test_what_cannot_wait_says_why_and_the_form_shows_the_gates(computer):
    computer.before_gates = "The old computer smokes."
    computer.save()

    assert apply_workflow(computer, "Start").status == "In Progress"
    computer.run_method("onload")
    states = {gate["name"]: gate["state"] for gate in computer.get_onload("gates")["gates"]}
    assert states["People, Process and Roles"] == "Open"


def test_to_call_it_people_for_a_moment_does_not_help(computer):
    computer.dimension = "People"
    computer.save()
    apply_workflow(computer, "Start")
    computer.reload().dimension = "Technology"

    with pytest.raises(frappe.PermissionError, match="brings technology"):
        computer.save()


def test_what_works_on_people_begins_when_it_likes(minimal, in_force):
    name = f"{minimal.lineage}-practice"
    frappe.db.set_value(IMPROVEMENT, name, "status", "Approved")

    assert apply_workflow(frappe.get_doc(IMPROVEMENT, name), "Start").status == "In Progress"


def test_the_form_of_a_tool_tells_its_result_and_its_gates(minimal, minimal_on_site):
    tool = frappe.get_doc(TOOL, f"{minimal_on_site}-call-list")
    tool.run_method("onload")

    told = tool.get_onload("gates")
    assert (round(told["result"]), told["failed"], told["early"]) == (84, [], [])
    assert told["gates"][0]["state"] == "Open"


def test_anybody_of_the_plan_reports_a_workaround_and_its_owner_answers(carrier, acting_as, minimal):
    with acting_as(NURSE):
        id = api.report_workaround(
            minimal.lineage, "Calls on slips", "The list is slow.", minimal.services[0].id, "call-list"
        )
        for wrong in ({"service": "no-such"}, {"tool": "no-such"}):
            with pytest.raises(frappe.PermissionError, match="not in the plan"):
                api.report_workaround(minimal.lineage, "Slips", "Slow.", **wrong)
    reported = frappe.get_doc(WORKAROUND, f"{minimal.lineage}-{id}")
    assert (reported.reported_by, reported.reported_on) == (carrier, getdate())
    with acting_as(OWNER):  # owns the service
        page = frappe.utils.strip_html(api.my_part(minimal.lineage)["html"])
        assert "The workaround “Calls on slips” was reported. Answer it." in page
        waiting = [one["text"] for one in api.lineage_home(minimal.lineage)["waiting"]]
        assert "The workaround “Calls on slips” waits for an answer." in waiting
        reported.answer = "It gets faster in May."
        reported.save()
        assert (reported.answered_by, reported.answered_on) == (minimal.plan_owner, getdate())
    with acting_as(NURSE):
        assert "It gets faster in May." in api.my_part(minimal.lineage)["html"]


def test_who_reported_a_workaround_does_not_answer_it(carrier, acting_as, minimal, make_user):
    make_user("SM Executive Sponsor", name="desk@example.org")
    frappe.db.set_value("SM Person", carrier, "user", "desk@example.org")
    with acting_as("desk@example.org"):
        mine = {"doctype": WORKAROUND, "lineage": minimal.lineage, "title": "Slips", "why": "Slow."}
        reported = frappe.get_doc(mine).insert()
        assert reported.reported_by == carrier
        reported.answer = "Fine."
        with pytest.raises(frappe.PermissionError, match="who owns the tool or the service, answer"):
            reported.save()
        with pytest.raises(frappe.PermissionError, match="in your own name"):
            frappe.get_doc({**mine, "reported_by": minimal.plan_owner}).insert()


def test_a_tool_serves_objectives_of_its_own_version_alone(in_force):
    revision = sign_off.start_revision(in_force)
    tool = frappe.get_doc(TOOL, f"{revision}-call-list")
    assert [row.record for row in tool.objectives] == [f"{revision}-readers-served"]
    tool.append("objectives", {"record": f"{in_force}-readers-served"})

    with pytest.raises(frappe.ValidationError, match="does not belong to the plan"):
        tool.save()
