"""What comes of a finding: its owner, its improvement, its waiver."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from sm_planner.engine.checks import acting, check
from sm_planner.engine.checks.acting import Asked
from sm_planner.engine.checks.finding import Ref, Verdict
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import LINE_LENGTH, specs

TODAY = date(2027, 2, 1)
UNTIL = date(2027, 6, 30)


def test_the_tables_name_fields_that_are_there():
    for collection, field in acting.OWNED_BY.items():
        record = Plan if collection == "plan" else COLLECTIONS[collection].record
        assert specs(record)[field].target == "people"
    for collection, field in acting.LINKED_BY.items():
        assert specs(COLLECTIONS["improvements"].record)[field].target == collection


def test_a_record_is_mended_by_whom_it_names_else_by_the_owner_of_its_service_else_by_the_plan_owner(minimal):
    service = minimal.services[0]
    component = next(one for one in minimal.components if one.services == (service.id,))
    assert acting.owner_of(minimal, "services", service.id).id == service.service_owner
    assert acting.owner_of(minimal, "components", component.id).id == service.service_owner
    assert acting.owner_of(minimal, "processes", minimal.processes[0].id).id == minimal.plan_owner
    assert acting.owner_of(minimal, "plan", minimal.id).id == minimal.plan_owner
    assert acting.owner_of(dataclasses.replace(minimal, plan_owner=""), "plan", minimal.id) is None


def test_the_improvement_of_a_finding_is_filled_and_then_found_again(minimal):
    service = minimal.services[0]
    made = acting.improvement("SVC-06", Ref.to(service), "It has none.", "Enter one.", "", "someone", UNTIL)
    assert (made.title, made.service, made.source, made.source_record) == (
        "It has none.",
        service.id,
        "SVC-06",
        service.id,
    )
    assert made.description == "It has none.\nEnter one."
    assert (made.improvement_owner, made.due) == ("someone", UNTIL)
    kept = dataclasses.replace(made, id="new")
    plan = dataclasses.replace(minimal, improvements=(*minimal.improvements, kept))
    assert acting.improvements_of(plan) == {("SVC-06", service.id): kept}
    closed = dataclasses.replace(kept, status="Closed")
    assert acting.improvements_of(dataclasses.replace(plan, improvements=(closed,))) == {}


def test_a_title_is_never_too_long(minimal):
    record = Ref("services", "a", "S" * 200)
    assert len(acting.improvement("SVC-06", record, "x" * 500, "", "", "", None).title) == LINE_LENGTH
    assert len(acting.waiver("SVC-06", record, Asked("x", "a", "b", UNTIL)).title) == LINE_LENGTH


def test_a_waiver_that_is_approved_lets_the_finding_be_lived_with(minimal):
    service = dataclasses.replace(minimal.services[0], service_owner="")
    plan = dataclasses.replace(minimal, components=(), services=(service,))
    assert any(one.code == "SVC-06" for one in check(plan, TODAY).failed)
    asked = Asked("The rooms are let.", plan.plan_owner, plan.executive_sponsor, UNTIL)
    assert asked.refusal is None
    waiver = dataclasses.replace(acting.waiver("SVC-06", Ref.to(service), asked), id="w")
    waiting = check(dataclasses.replace(plan, waivers=(waiver,)), TODAY)
    assert any(one.code == "SVC-06" for one in waiting.failed)
    approved = dataclasses.replace(waiver, status="Approved")
    lived_with = check(dataclasses.replace(plan, waivers=(approved,)), TODAY)
    assert [one.code for one in lived_with.waived if one.verdict is Verdict.WAIVED] == ["SVC-06"]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"reason": "  "}, "why"),
        ({"requester": ""}, "who asks"),
        ({"approver": ""}, "approve"),
        ({"approver": "a"}, "Somebody else"),
        ({"expires": None}, "until when"),
    ],
)
def test_what_a_waiver_needs_is_asked_for(values, word):
    asked = Asked(**({"reason": "x", "requester": "a", "approver": "b", "expires": UNTIL} | values))
    assert word in str(asked.refusal)
