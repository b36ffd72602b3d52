"""What the forms of agreements, services, calendars and RACI entries show on a site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest

from sm_planner import api


@pytest.fixture
def stored(example, example_on_site, give_accounts) -> str:
    give_accounts(example)
    return example_on_site


@contextmanager
def queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    made: list[str] = []
    original = frappe.local.db.sql

    def sql(query, *args, **kwargs):
        made.append(str(query))
        return original(query, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(frappe.local.db, "sql", sql)
        yield made


def test_an_sla_shows_a_verdict_for_each_of_its_targets(stored):
    shown = api.agreement_chain("sla-patient-record")
    assert {row["agreement_id"] for row in shown["rows"]} == {"sla-patient-record"}
    assert {row["verdict_key"] for row in shown["rows"]} <= {"Feasible", "Infeasible", "Unknown"}
    assert {"Resolution P1", "Availability"} <= {row["target"] for row in shown["rows"]}


def test_a_contract_shows_the_targets_that_rest_on_it(stored):
    rows = api.agreement_chain("uc-lumenray")["rows"]
    assert rows
    assert "uc-lumenray" not in {row["agreement_id"] for row in rows}


def test_the_verdict_is_that_of_the_plan_while_the_plan_has_the_same_period(stored, example):
    from sm_planner.reports import chain_feasibility

    of_plan = chain_feasibility.report(example, frappe.utils.getdate(), agreement="sla-dictation").rows
    shown = api.agreement_chain("sla-dictation")["rows"]
    assert [(row["target"], row["verdict_key"]) for row in shown] == [
        (str(row["target"]), row["verdict"].template) for row in of_plan
    ]


def test_an_agreement_that_has_ended_is_not_judged_and_says_so(stored):
    frappe.db.set_value(
        "SM Agreement", "sla-dictation", {"start_date": "2020-01-01", "end_date": "2020-12-31"}
    )
    assert api.agreement_chain("sla-dictation") == {
        "refused": "It is not in force, so its chain is not assessed."
    }


def restricted(make_user, doctype: str, name: str) -> str:
    user = make_user("SM Auditor", "SM Planner Manager")
    permission = {"user": user, "allow": doctype, "for_value": name, "apply_to_all_doctypes": 0}
    frappe.get_doc({"doctype": "User Permission", "applicable_for": doctype, **permission}).insert()
    return user


def test_a_chain_of_records_that_the_user_may_not_read_is_not_shown(stored, make_user, acting_as):
    user = restricted(make_user, "SM Agreement", "sla-patient-record")
    with acting_as(user):
        shown = api.agreement_chain("sla-patient-record")
        assert shown["refused"].startswith("You may not read everything")
        with pytest.raises(frappe.PermissionError):
            api.agreement_chain("uc-lumenray")


def test_what_the_user_may_not_read_around_a_service_is_counted_and_not_named(stored, make_user, acting_as):
    user = restricted(make_user, "SM Service", "site-network")
    with acting_as(user):
        groups = {group["title"]: group for group in api.service_surroundings("site-network")}
    assert groups["What depends on it"]["lines"] == []
    assert groups["What depends on it"]["hidden"] > 3
    assert groups["Carried by"]["hidden"] == 0


def test_the_number_of_queries_does_not_grow_with_what_stands_around(stored, monkeypatch):
    counts = {}
    for service in ("dictation", "patient-record"):
        api.service_surroundings(service)
        with queries(monkeypatch) as made:
            api.service_surroundings(service)
        counts[service] = len(made)
    assert counts["patient-record"] <= counts["dictation"] + 4, "a collection that the small one has none of"
    assert counts["patient-record"] <= 70


def test_a_calendar_shows_its_week(stored):
    week = api.calendar_week("office-hours")
    assert week["days"][0] == ((510, 750), (795, 1020))
    assert week["timezone"] == "Europe/Dublin"


def test_a_calendar_that_cannot_be_counted_says_why(stored):
    frappe.db.set_value("SM Service Calendar", "office-hours", "timezone", "")
    assert "has no time zone" in api.calendar_week("office-hours")["refused"]


def test_a_raci_entry_shows_its_cells_to_who_may_read_its_plan(stored, make_user, acting_as):
    name = frappe.get_all("SM RACI Entry", {"plan": stored}, pluck="name", order_by="name asc", limit=1)[0]
    assert api.raci_effect(name)["rows"]
    with acting_as(make_user()), pytest.raises(frappe.PermissionError):
        api.raci_effect(name)
