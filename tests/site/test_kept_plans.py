"""A plan that is read again is the one that was kept, unless anything in it changed."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
import pytest
from frappe.utils import add_days, getdate

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.site import kept_plans
from sm_planner.engine.checks import check


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    kept_plans.forget()
    yield
    kept_plans.forget()


def test_a_plan_that_did_not_change_is_given_back_with_what_was_worked_out(example_on_site):
    plan = plan_reader.load(example_on_site)
    result = check(plan, getdate())
    assert plan_reader.load(example_on_site) is plan
    assert check(plan_reader.load(example_on_site), getdate()) is result


def test_a_change_that_bears_no_date_is_seen_at_once(example_on_site):
    before = plan_reader.load(example_on_site)
    service = before.services[0]
    frappe.db.set_value("SM Service", service.id, "title", "Renamed by a query", update_modified=False)
    after = plan_reader.load(example_on_site)
    assert after is not before
    assert after.get("services", service.id).title == "Renamed by a query"
    assert before.get("services", service.id).title == service.title


def test_findings_are_those_of_now_after_a_letter_went(example_on_site):
    told = api.check(example_on_site)["line_count"]
    frappe.db.delete("SM RACI Entry", {"plan": example_on_site})
    assert api.check(example_on_site)["line_count"] != told


@pytest.mark.parametrize(
    ("field", "function", "value"),
    [
        ("zone", "sm_planner.adapters.plan_reader.get_system_timezone", "Asia/Kathmandu"),
        ("record", "sm_planner.adapters.evidence.sign_off_records.of", None),
        ("key_ring", "sm_planner.adapters.evidence.seal_keys.ring", None),
    ],
)
def test_what_stands_beside_the_plan_counts_too(example_on_site, monkeypatch, field, function, value):
    plan_reader.load(example_on_site)
    monkeypatch.setattr(function, lambda *_given: value)
    assert getattr(plan_reader.load(example_on_site), field) == value


def test_another_day_begins_anew(example_on_site, monkeypatch):
    plan = plan_reader.load(example_on_site)
    monkeypatch.setattr(kept_plans, "getdate", lambda: add_days(getdate(), 1))
    assert plan_reader.load(example_on_site) is not plan


def test_no_more_plans_are_kept_than_there_is_room_for(example_on_site, monkeypatch):
    plan = plan_reader.load(example_on_site)
    monkeypatch.setattr(kept_plans, "MOST", sum(map(len, plan.index.values())) - 1)
    assert plan_reader.load(example_on_site) is plan, "it is given back once more"
    assert plan_reader.load(example_on_site) is not plan


def test_who_may_not_read_a_plan_is_not_given_the_kept_one(example_on_site, make_user, acting_as):
    plan_reader.load(example_on_site)
    with acting_as(make_user("Inbox User")), pytest.raises(frappe.PermissionError):
        plan_reader.load(example_on_site)
