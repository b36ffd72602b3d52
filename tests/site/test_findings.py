"""The findings of a plan on a site: lines first, the rest by the page."""

from __future__ import annotations

import json

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import getdate

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.engine.checks import check


@pytest.fixture
def bare(example_on_site: str) -> str:
    """The example without any RACI: one gap, of which many rules tell. Its people have no accounts."""
    frappe.db.delete("SM RACI Entry", {"plan": example_on_site})
    return example_on_site


def test_the_form_is_given_counts_and_the_first_lines(bare):
    overview = api.check(bare)
    assert "findings" not in overview
    assert overview["line_count"] == sum(one["lines"] for one in overview["meanings"])
    assert len(overview["helping"]) == 3
    assert overview["helping"][0]["help"].startswith("Mending this lifts")
    assert len(json.dumps(overview, default=str)) < 120_000


def test_the_lines_come_by_the_page(bare):
    first = api.plan_finding_lines(bare, length=5)
    rest = api.plan_finding_lines(bare, start=5, length=200)
    keys = [line["key"] for line in (*first["lines"], *rest["lines"])]
    assert len(first["lines"]) == 5
    assert len(keys) == len(set(keys)) == first["total"] == api.check(bare)["line_count"]


def test_what_stands_beneath_a_line_comes_by_the_page_and_opens_its_record(bare):
    line = next(one for one in api.plan_finding_lines(bare, length=200)["lines"] if "RAC-01" in one["also"])
    assert line["code"] == "PLN-06"
    assert line["finding"]["opens"]["doctype"] == "SM RACI Entry"
    first = api.plan_findings(bare, line["key"], length=4)
    rest = api.plan_findings(bare, line["key"], start=4, length=200)
    found = [*first["findings"], *rest["findings"]]
    assert len(first["findings"]) == 4
    assert len(found) == line["count"] == first["total"]
    assert {one["code"] for one in found} == {"PLN-06", *line["also"]}
    assert all(one["opens"]["doctype"] for one in found)


def test_without_a_line_all_findings_come_in_the_order_of_the_check(bare):
    found = check(plan_reader.load(bare), getdate()).findings
    page = api.plan_findings(bare, start=3, length=7)
    assert page["total"] == len(found)
    assert [(one["code"], one["id"]) for one in page["findings"]] == [
        (one.code, one.record.id) for one in found[3:10]
    ]


def test_a_line_that_was_mended_meanwhile_has_nothing_beneath(bare):
    assert api.plan_findings(bare, "IMP-99:Error:failed:improvements") == {"total": 0, "findings": []}


@pytest.mark.parametrize("function", ["plan_findings", "plan_finding_lines"])
def test_a_page_is_no_longer_than_it_may_be(bare, function):
    assert all(
        len(rows) <= 200
        for rows in getattr(api, function)(bare, length=9_999).values()
        if isinstance(rows, list)
    )
    assert getattr(api, function)(bare, start=-5, length=0)["total"] > 0


def test_who_may_not_read_the_plan_is_shown_no_findings(bare, make_user, acting_as):
    stranger = make_user("Inbox User")
    with acting_as(stranger):
        for function in (api.plan_findings, api.plan_finding_lines):
            with pytest.raises(frappe.PermissionError):
                function(bare)


def test_the_refusal_of_the_sponsor_leads_to_where_it_is_mended(bare):
    plan = frappe.get_doc("SM Plan", bare)
    plan.why = ""
    plan.state = "Draft"
    plan.save()
    plan.state = "In Review"
    plan.save()
    plan.state = "To Sign"
    with pytest.raises(frappe.ValidationError) as refused:
        plan.save()
    told = refused.value.args[0]
    (why,) = (line for line in told if line.startswith("PLN-03"))
    assert f'/sm-plan/{bare}#why"' in why
    (raci,) = (line for line in told if line.startswith("PLN-06"))
    assert "/sm-raci-entry" in raci
    assert not any(line.startswith("RAC-01") for line in told)  # told once, with the missing piece
    assert frappe.db.get_value("SM Plan", bare, "state") == "In Review"


@pytest.fixture
def unanswered(example_on_site: str) -> str:
    """The example, in which nobody is accountable for incidents."""
    accountable = {"plan": example_on_site, "sm_process": "incident", "letter": ("in", ("A", "AR"))}
    frappe.db.delete("SM RACI Entry", accountable)
    return example_on_site


def ways(plan: str) -> list[dict]:
    """What opens the finding that nobody is accountable for incidents: on the form, in its list, and in the report."""
    line = next(one for one in api.plan_finding_lines(plan, length=200)["lines"] if one["code"] == "RAC-01")
    finding = next(one for one in api.plan_findings(plan, length=200)["findings"] if one["code"] == "RAC-01")
    rows = run("Plan Findings", {"plan": plan}, ignore_prepared_report=True)["result"]
    row = next(one for one in rows if one["code"] == "RAC-01")
    return [line["finding"]["opens"], finding["opens"], row["opens"]]


def test_a_finding_about_a_cell_leads_to_it_on_the_sheet_for_who_may_open_that(unanswered, make_user):
    for way in ways(unanswered):
        assert way["page"] == ("raci-sheet", unanswered, "incident")
        assert way["label"] == "RACI Sheet"

    auditors = {"doctype": "Custom Role", "page": "raci-sheet", "roles": [{"role": "SM Auditor"}]}
    frappe.get_doc(auditors).insert()
    user = make_user("SM Planner Manager")
    frappe.set_user(user)
    for way in ways(unanswered):
        assert (way["doctype"], way["name"], way["page"]) == ("SM RACI Entry", "", ())
        assert way["filters"] == {"plan": unanswered, "sm_process": "incident"}
        assert way["label"] == "RACI Entries"


def test_the_refusal_of_the_sponsor_leads_to_a_cell(unanswered):
    plan = frappe.get_doc("SM Plan", unanswered)
    plan.state = "In Review"
    plan.save()
    plan.state = "To Sign"
    with pytest.raises(frappe.ValidationError) as refused:
        plan.save()
    (raci,) = (line for line in refused.value.args[0] if line.startswith("RAC-01"))
    assert f'/raci-sheet/{unanswered}/incident">RACI Sheet</a>' in raci


def test_who_sent_a_plan_for_review_may_take_it_back_without_a_reason(example_on_site):
    plan = frappe.get_doc("SM Plan", example_on_site)
    plan.state = "In Review"
    plan.save()
    assert api.check(example_on_site)["may_take_back"]
    api.return_plan(example_on_site, "")
    overview = api.check(example_on_site)
    assert not overview["may_take_back"]
    assert overview["returned"] is None


def no_component(plan: str) -> dict[str, str]:
    """A finding of the example: a service without a component."""
    (found,) = (one for one in api.plan_findings(plan, length=200)["findings"] if one["code"] == "SVC-06")
    return {"rule": "SVC-06", "collection": found["collection"], "id": found["id"]}


def test_why_a_rule_is_asked_is_told_with_whose_it_is_to_mend(example_on_site):
    told = api.about_finding(example_on_site, **no_component(example_on_site))
    assert (told["code"], told["waivable"]) == ("SVC-06", True)
    assert told["why"] and told["source"] and told["depth"] and told["owner"]["title"]
    assert [one["value"] for one in told["approvers"]]
    assert not api.about_finding(example_on_site, "PLN-01")["waivable"]


def test_a_waiver_is_asked_for_from_a_finding(example, example_on_site):
    finding = no_component(example_on_site)
    asked = {"reason": "It is let.", "requester": example.plan_owner, "expires": "2027-06-30"}
    name = api.waive_finding(example_on_site, **finding, approver=example.executive_sponsor, **asked)
    waiver = frappe.get_doc("SM Waiver", name)
    assert (waiver.rule, waiver.record, waiver.status) == ("SVC-06", finding["id"], "Requested")
    assert waiver.in_order
    with pytest.raises(frappe.ValidationError, match="Somebody else"):
        api.waive_finding(example_on_site, **finding, approver=example.plan_owner, **asked)
    with pytest.raises(frappe.ValidationError, match="PLN-01 cannot be waived"):
        api.waive_finding(example_on_site, "PLN-01", reason="No time.")


def test_an_improvement_is_made_of_a_finding_and_the_finding_says_so(example_on_site):
    finding = no_component(example_on_site)
    name = api.improve_finding(
        example_on_site, **finding, title="Enter the portal's servers", due="2027-03-31"
    )
    made = frappe.get_doc("SM Improvement", name)
    assert (made.title, made.source, made.source_record) == (
        "Enter the portal's servers",
        "SVC-06",
        finding["id"],
    )
    assert made.service == finding["id"]
    line = next(
        one for one in api.plan_finding_lines(example_on_site, length=200)["lines"] if one["code"] == "SVC-06"
    )
    assert line["improvement"] == {"name": name, "title": "Enter the portal's servers"}
    with pytest.raises(frappe.ValidationError, match="is being done about this already"):
        api.improve_finding(example_on_site, **finding)


def test_what_is_mended_is_no_improvement_any_more(example_on_site):
    with pytest.raises(frappe.ValidationError, match="finds nothing wrong"):
        api.improve_finding(example_on_site, "SVC-06", "plan", example_on_site)


def test_a_finding_is_assigned_to_the_account_of_its_owner(example, example_on_site, make_user):
    finding = no_component(example_on_site)
    owner = api.about_finding(example_on_site, **finding)["owner"]
    frappe.db.set_value("SM Person", owner["id"], "user", "nobody@example.org")
    with pytest.raises(frappe.ValidationError, match="has no enabled account"):
        api.assign_finding(example_on_site, **finding)
    user = make_user("SM Planner User", name="owner-of-it@example.org")
    frappe.db.set_value("SM Person", owner["id"], "user", user)
    assert api.assign_finding(example_on_site, **finding) == owner["title"]
    todo = frappe.get_last_doc("ToDo", {"allocated_to": user})
    assert (todo.reference_type, todo.reference_name) == ("SM Service", finding["id"])
    assert "SVC-06" in todo.description


def test_nobody_is_given_rights_by_an_assignment(example_on_site, make_user):
    finding = no_component(example_on_site)
    owner = api.about_finding(example_on_site, **finding)["owner"]
    user = make_user("Inbox User", name="reads-nothing@example.org")
    frappe.db.set_value("SM Person", owner["id"], "user", user)
    with pytest.raises(frappe.ValidationError, match="may not read"):
        api.assign_finding(example_on_site, **finding)
    assert not frappe.db.exists("DocShare", {"user": user, "share_doctype": "SM Service"})


def test_who_may_not_write_the_plan_acts_on_no_finding(example_on_site, make_user, acting_as):
    finding = no_component(example_on_site)
    with acting_as(make_user("SM Auditor", name="looks-only@example.org")):
        assert api.about_finding(example_on_site, **finding)["why"]
        for act in (api.waive_finding, api.improve_finding, api.assign_finding):
            with pytest.raises(frappe.PermissionError):
                act(example_on_site, **finding)
