"""The guide on a site: what the form of a plan is told of its steps, and the way back from a record."""

from __future__ import annotations

import json

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.site import form_facts
from sm_planner.engine import plan_file
from sm_planner.engine.checks import RULES
from sm_planner.engine.examples import example_path


@pytest.fixture
def first(give_accounts) -> str:
    plan = plan_file.load(example_path("first"))
    give_accounts(plan)
    return plan_writer.save(plan)


def step(guide: dict, key: str) -> dict:
    return next(one for one in guide["steps"] if one["key"] == key)


def test_the_form_of_an_empty_plan_is_told_where_it_begins(first):
    name = frappe.get_doc({"doctype": "SM Plan", "title": "Begun", "depth": "First Plan"}).insert().name
    guide = api.check(name)["guide"]
    assert (guide["current"], guide["done"], guide["asked"], len(guide["steps"])) == ("people", 0, 11, 14)
    assert guide["depths"]["First Plan"]["rules"] == sum(rule.depth == "First Plan" for rule in RULES)
    people = step(guide, "people")
    assert people["next"]["way"] == "add"
    assert (people["next"]["adds"]["doctype"], people["next"]["adds"]["several"]) == ("SM Person", True)
    objectives, assessments = step(guide, "aims")["adds"]
    assert (objectives["several"], objectives["values"]) == (True, {}), "the table knows its plan"
    assert (assessments["several"], list(assessments["values"])) == (False, ["lineage"])
    assert step(guide, "actions")["state_key"] == "Later"
    assert len(json.dumps(guide, default=str)) < 15_000


def test_a_whole_plan_is_told_to_be_sent(first):
    guide = api.check(first)["guide"]
    assert (guide["current"], guide["done"]) == ("send", guide["asked"])
    (services,) = step(guide, "services")["held"]
    assert (services["label"], services["titles"]) == ("Services", ["Ticket Machines"])
    assert step(guide, "send")["next"]["way"] == "send"


def test_targets_are_added_to_the_agreement_that_has_none(first):
    for name in agreements():
        agreement = frappe.get_doc("SM Agreement", name)
        agreement.targets = []
        agreement.save()
    promises = step(api.check(first)["guide"], "promises")
    assert promises["next"]["way"] == "add"
    adds = promises["next"]["adds"]
    assert (adds["collection"], adds["label"], adds["several"]) == ("targets", "Targets", True)
    assert (
        frappe.db.get_value("SM Agreement", adds["values"]["agreement"], "title") == promises["next"]["about"]
    )


def test_an_agreement_that_is_missing_is_added_for_its_service(first):
    for name in agreements():
        frappe.db.set_value("SM Agreement", name, "status", "Ended")
    service = frappe.db.get_value("SM Service", {"title": "Ticket Machines"})
    adds = step(api.check(first)["guide"], "promises")["next"]["adds"]
    assert (adds["collection"], adds["values"]) == ("agreements", {"scope": service})


def agreements() -> list[str]:
    titles = ("Tickets for passengers", "Machines kept running")
    return frappe.get_all("SM Agreement", {"title": ("in", titles)}, pluck="name", order_by="name asc")


def test_a_record_leads_back_to_the_draft_that_is_written_with_it(first):
    service = frappe.get_doc("SM Service", frappe.db.get_value("SM Service", {"title": "Ticket Machines"}))
    assert form_facts.guide(service) == {
        "plan": first,
        "title": "Service Management Plan of the Harbour Ferry",
        "step": "services",
    }
    objective = frappe.get_doc("SM Objective", frappe.db.get_value("SM Objective", {"plan": first}))
    assert form_facts.guide(objective)["step"] == "aims"


def test_a_plan_that_is_sent_and_one_that_is_not_theirs_lead_nobody_back(first, acting_as, make_user):
    service = frappe.get_doc("SM Service", frappe.db.get_value("SM Service", {"title": "Ticket Machines"}))
    with acting_as(make_user("SM Auditor")):
        assert form_facts.guide(service) is None
    frappe.db.set_value("SM Plan", first, "state", "In Review")
    assert form_facts.guide(service) is None
