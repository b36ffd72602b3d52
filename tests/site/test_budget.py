"""Money on a site: budget lines and what they pay for, actuals by whom they are about, and the decision of the sponsor."""

from __future__ import annotations

import dataclasses
from datetime import date

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.integrations.ledger import booked_of
from sm_planner.engine.model import Plan
from sm_planner.engine.model.money import BudgetActual
from sm_planner.engine.money.actuals import Booked

SPONSOR = "sponsor@example.org"
LINE, ACTUAL = "SM Budget Line", "SM Budget Actual"


@pytest.fixture
def stored(minimal: Plan) -> Plan:
    """The smallest sample plan, as it is on the site."""
    return plan_reader.load(plan_writer.save(minimal))


def line_of(plan: Plan, id: str):
    return frappe.get_doc(LINE, f"{plan.id}-{id}")


def spent(plan: Plan, id: str = "upkeep", **values: object):
    return frappe.get_doc(
        {"doctype": ACTUAL, "budget_line": f"{plan.id}-{id}", "day": "2027-01-31", "amount": 12.5, **values}
    ).insert()


def test_a_plan_comes_back_with_its_money_as_it_was_written(minimal: Plan):
    actual = BudgetActual(budget_line="upkeep", day=date(2027, 1, 31), amount=0.1, source="Invoice 7")
    plan = dataclasses.replace(minimal, actuals=(actual,))

    kept = plan_reader.load(plan_writer.save(plan))

    assert kept.budget_lines == tuple(sorted(plan.budget_lines, key=lambda line: line.id))
    assert (kept.currency, kept.funding, kept.otherwise) == (plan.currency, plan.funding, plan.otherwise)
    assert [(one.budget_line, one.amount, one.source) for one in kept.actuals] == [
        ("upkeep", 0.1, "Invoice 7")
    ]
    assert plan_writer.save(kept) == plan.id


def test_a_line_is_typed_with_the_improvement_that_it_pays_for(stored: Plan):
    improvement = f"{stored.lineage}-second-computer"
    made = frappe.get_doc(
        {
            "doctype": LINE,
            "plan": stored.id,
            "title": "Table for it",
            "kind": "One-off",
            "amount": 120,
            "start_date": "2027-05-04",
            "improvement": improvement,
        }
    ).insert()

    assert plan_reader.load(stored.id).get("budget_lines", made.id).improvement == "second-computer"
    offered = api.parts_of_lineage("SM Improvement", txt="second", asked={"plan": stored.id})
    assert offered == [(improvement, "Second computer at the desk", "second-computer")]


def test_a_line_pays_for_no_improvement_of_another_plan(stored: Plan, minimal: Plan):
    other = dataclasses.replace(minimal, id="other-1", lineage="other")
    plan_writer.save(other)
    line = line_of(stored, "computer")
    line.improvement = "other-second-computer"
    with pytest.raises(frappe.ValidationError, match="does not belong to the plan"):
        line.save()


def test_who_answers_for_a_line_says_what_was_spent_and_nobody_else_but_planners(
    stored: Plan, make_user, acting_as
):
    owner = make_user("SM Service Owner", name="omar@example.org")
    other = make_user("SM Service Owner", name="nadia@example.org")
    frappe.db.set_value("SM Person", "omar", "user", owner)

    with acting_as(owner):
        assert spent(stored).entered_by == ""
    with acting_as(other), pytest.raises(frappe.PermissionError, match="Only whom it is about"):
        spent(stored, day="2027-02-28")
    assert spent(stored, day="2027-03-31").entered_by
    with pytest.raises(frappe.DuplicateEntryError, match="This is there already"):
        spent(stored, day="2027-03-31")


def request_of(plan: Plan) -> dict:
    return api.funding_request(plan.id)


def test_the_sponsor_approves_what_was_shown_and_a_changed_amount_asks_again(to_sign: str, acting_as):
    with acting_as(SPONSOR):
        shown = api.funding_request(to_sign)
        assert shown["refused"] == ""
        told = api.decide_funding(to_sign, "Approve", shown["shown"])
    assert "approved the funding request on" in told

    (kept,) = frappe.get_all("SM Approval", {"register": "funding"}, ["entry", "act", "owner", "person"])
    plan = plan_reader.load(to_sign)
    assert (kept.entry, kept.act, kept.owner) == (plan.lineage, "Approve", SPONSOR)
    assert kept.person == plan.executive_sponsor

    frappe.db.set_value(LINE, line_of(plan, "computer").name, "amount", 901)
    with acting_as(SPONSOR):
        again = api.funding_request(to_sign)
        assert "It has changed since" in again["standing"]
        assert again["refused"] == ""
        with pytest.raises(frappe.PermissionError, match="has changed since you opened it"):
            api.decide_funding(to_sign, "Approve", shown["shown"])


def test_a_rejection_says_why_and_nobody_else_decides(to_sign: str, make_user, acting_as):
    shown = api.funding_request(to_sign)["shown"]
    with pytest.raises(frappe.PermissionError, match="The executive sponsor decides"):
        api.decide_funding(to_sign, "Approve", shown)
    with acting_as(SPONSOR):
        with pytest.raises(frappe.ValidationError, match="Say why"):
            api.decide_funding(to_sign, "Reject", shown)
        with pytest.raises(frappe.ValidationError, match="approved or rejected"):
            api.decide_funding(to_sign, "Close", shown)
        assert "rejected the funding request" in api.decide_funding(to_sign, "Reject", shown, "Too dear.")


def test_without_a_ledger_it_is_said_what_to_do(stored: Plan):
    assert api.funding_request(stored.id)["ledger"] is False
    with pytest.raises(frappe.ValidationError, match="There is no ledger on this site"):
        api.take_over_actuals(stored.id)


def test_an_entry_of_a_ledger_is_debit_less_credit():
    row = {"cost_center": "A", "account": "B", "posting_date": "2027-01-05", "debit": 0.3, "credit": 0.1}
    assert booked_of(row) == Booked("A", "B", date(2027, 1, 5), 0.2)
