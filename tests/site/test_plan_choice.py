"""Which plan is meant where none is chosen, and the figures on cards: for whoever asks."""

from __future__ import annotations

import dataclasses
from datetime import date

import frappe
import pytest

from sm_planner.adapters.desk import plan_choice
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine.model import Measurement, Plan
from sm_planner.engine.model.states import ACTIVE, SUPERSEDED, TO_SIGN

SPONSOR = "someone@example.org"


@pytest.fixture(autouse=True)
def no_plans() -> None:
    frappe.db.delete("SM Plan")


def stored(plan: Plan, name: str, state: str, modified: str) -> str:
    """A plan on the site in a state, past the sign-off; its name."""
    plan_writer.save(dataclasses.replace(plan, id=name, lineage=name))
    values = {"state": state, "docstatus": int(state in (ACTIVE, SUPERSEDED)), "modified": modified}
    frappe.db.set_value("SM Plan", name, values, update_modified=False)
    return name


def of(sponsor: str, plan: Plan) -> Plan:
    """The plan, sponsored by a person of its own who has this account."""
    person = dataclasses.replace(plan.people[0], id="own-sponsor", title="Own Sponsor", user=sponsor)
    return dataclasses.replace(plan, people=(*plan.people, person), executive_sponsor="own-sponsor")


def test_a_plan_in_force_comes_before_drafts_and_the_one_changed_last_before_others(minimal):
    assert plan_choice.default_plan() is None
    stored(minimal, "gone", SUPERSEDED, "2027-05-01")
    assert plan_choice.default_plan() is None
    stored(minimal, "draft", "Draft", "2027-04-01")
    assert plan_choice.default_plan()["name"] == "draft"
    stored(minimal, "old", ACTIVE, "2027-01-01")
    stored(minimal, "new", ACTIVE, "2027-02-01")
    assert plan_choice.default_plan()["name"] == "new"


def test_a_sponsor_s_own_plan_comes_before_others(minimal, make_user, acting_as):
    stored(of(SPONSOR, minimal), "mine", "Draft", "2027-01-01")
    stored(minimal, "other", ACTIVE, "2027-02-01")
    with acting_as(make_user("SM Executive Sponsor", name=SPONSOR)):
        assert plan_choice.default_plan()["name"] == "mine"
    assert plan_choice.default_plan()["name"] == "other"


def test_whoever_is_nobody_in_plans_is_proposed_no_draft_without_a_sponsor_before_a_plan_in_force(minimal):
    stored(dataclasses.replace(minimal, executive_sponsor=""), "unsponsored", "Draft", "2027-03-01")
    stored(minimal, "in-force", ACTIVE, "2027-01-01")

    assert plan_choice.default_plan()["name"] == "in-force"
    assert plan_choice.waiting_for_me()["value"] == 0


def test_a_plan_that_one_may_not_read_is_not_proposed(minimal, make_user, acting_as):
    stored(minimal, "open", "Draft", "2027-01-01")
    stored(minimal, "closed", ACTIVE, "2027-02-01")
    user = make_user("SM Auditor")
    allowed = {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": "open"}
    frappe.get_doc(allowed).insert()
    with acting_as(user):
        assert plan_choice.default_plan()["name"] == "open"


def test_what_waits_for_a_sponsor_are_the_plans_to_sign_that_name_them(minimal, make_user, acting_as):
    stored(of(SPONSOR, minimal), "mine", TO_SIGN, "2027-01-01")
    stored(of(SPONSOR, minimal), "mine-later", "Draft", "2027-01-01")
    stored(minimal, "other", TO_SIGN, "2027-01-01")
    with acting_as(make_user("SM Executive Sponsor", name=SPONSOR)):
        waiting = plan_choice.waiting_for_me()
    assert (waiting["value"], waiting["route_options"]["name"]) == (1, ["in", ["mine"]])
    assert plan_choice.waiting_for_me()["value"] == 0


def test_objectives_behind_are_counted_over_the_plans_in_force_that_one_may_read(
    minimal, make_user, acting_as, count_queries
):
    objective = dataclasses.replace(
        minimal.objectives[0],
        baseline=0.0,
        target=100.0,
        baseline_date=date(2020, 1, 1),
        due=date(2021, 1, 1),
    )
    measured = Measurement(objective=objective.id, day=date(2020, 6, 1), value=10.0)
    late = dataclasses.replace(minimal, objectives=(objective,), measurements=(measured,))
    stored(late, "first", ACTIVE, "2027-01-01")
    stored(late, "draft", "Draft", "2027-01-01")
    with count_queries() as few:
        assert plan_choice.objectives_behind()["value"] == 1
    stored(late, "second", ACTIVE, "2027-01-01")
    with count_queries() as many:
        assert plan_choice.objectives_behind()["value"] == 2
    assert len(few) == len(many)
    user = make_user("SM Auditor")
    allowed = {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": "first"}
    frappe.get_doc(allowed).insert()
    with acting_as(user):
        assert plan_choice.objectives_behind()["value"] == 1
