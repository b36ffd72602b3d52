"""What was measured: on the forms of objectives and agreements, and kept from a log."""

from __future__ import annotations

import hashlib

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters.desk.script_reports import run
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.site import stored_records
from sm_planner.engine import plan_file
from sm_planner.engine.agreements.measurements import proposed_day

LOG = """number,incident_state,sys_updated_at,opened_at,sys_mod_count,priority,assignment_group
INC1,New,01-03-2016 09:00,01-03-2016 09:00,0,1 - Critical,Desk
INC1,Resolved,01-03-2016 10:00,01-03-2016 09:00,1,1 - Critical,Desk
"""
OWNER = "owner@example.org"


@pytest.fixture
def plan(pytestconfig) -> str:
    """A plan with promises about incidents; its name."""
    return plan_writer.save(plan_file.load(pytestconfig.rootpath / "fixtures/plans/incidents.yaml"))


@pytest.fixture
def agreement(plan) -> str:
    return frappe.db.get_value("SM Plan Scope", {"parent": plan, "record_type": "SM Agreement"}, "record")


@pytest.fixture
def owner(make_user, agreement) -> str:
    """Somebody who owns the agreement and plans nothing."""
    user = make_user("SM Service Owner", name=OWNER)
    person = frappe.get_doc({"doctype": "SM Person", "title": "Olga Owner", "user": user}).insert().name
    frappe.db.set_value("SM Agreement", agreement, "agreement_owner", person)
    return user


def upload(content: str = LOG) -> str:
    file = {"doctype": "File", "file_name": "log.csv", "content": content, "is_private": 1}
    return frappe.get_doc(file).insert().name


def keep(plan: str) -> dict[str, int]:
    return api.keep_attainment(plan, upload(), "servicenow-incidents")


def test_the_owner_of_an_agreement_keeps_what_was_attained_once_with_the_log_as_evidence(
    plan, agreement, owner, acting_as
):
    with acting_as(owner):
        told = keep(plan)
        again = keep(plan)

    facts = frappe.get_all(
        "SM Measurement",
        {"agreement": agreement, "metric": "Resolution"},
        ["priority", "day", "value", "evidence", "entered_by", "owner"],
    )
    assert [(one.priority, str(one.day), one.value) for one in facts] == [("P1", "2016-03-01", 1.0)]
    name, _comma, digest = facts[0].evidence.partition(", ")
    assert name.startswith("log") and name.endswith(".csv"), "another name where a file of that name is there"
    assert digest == f"sha256:{hashlib.sha256(LOG.encode()).hexdigest()}"
    assert (facts[0].entered_by or "", facts[0].owner) == ("", owner)
    assert told["kept"] > 0
    assert again == {"kept": 0, "there": told["kept"], "others": 0}


def test_who_owns_none_of_the_agreements_keeps_nothing(plan, agreement, make_user, acting_as):
    other = make_user("SM Service Owner", name="other@example.org")
    with (
        acting_as(other),
        pytest.raises(frappe.PermissionError, match="None of these agreements is yours to measure"),
    ):
        keep(plan)

    assert not frappe.db.exists("SM Measurement", {"agreement": agreement})


def test_a_log_that_cannot_be_read_is_told_with_its_problems(plan):
    with pytest.raises(frappe.ValidationError, match="There is no column"):
        api.keep_attainment(plan, upload("number\nINC1\n"), "servicenow-incidents")


def test_the_form_of_an_agreement_tells_each_target_and_what_a_new_measurement_begins_with(
    plan, agreement, owner, acting_as, make_user
):
    keep(plan)

    with acting_as(owner):
        told = api.agreement_measurements(agreement)
    with acting_as(make_user("SM Auditor", name="auditor@example.org")):
        assert not api.agreement_measurements(agreement)["may_add"]

    p1 = next(one for one in told["series"] if one["title"] == "Resolution P1")
    assert (p1["state_key"], p1["days"], p1["values"]) == ("Met", ["2016-03-01"], [1.0])
    assert told["may_add"]
    day = proposed_day("Monthly", frappe.utils.getdate())
    assert told["begin"]["agreement"] == agreement
    assert told["begin"]["day"] == str(day)


def test_shares_and_services_are_measured_apart_and_breaches_are_told(plan, agreement, owner, acting_as):
    document = frappe.get_doc("SM Agreement", agreement)
    document.targets = []
    document.append(
        "targets",
        {"metric": "Resolution", "priority": "P1", "value": 4, "unit": "Hours", "share_of_cases": 80},
    )
    document.append(
        "targets",
        {"metric": "Resolution", "priority": "P1", "value": 2, "unit": "Business Days", "breach_after": 2},
    )
    document.append("consequences", {"credit_percent": 5})
    document.unit_cost = 1000
    document.save()

    with acting_as(owner):
        share, every = api.agreement_measurements(agreement)["series"]
        for begin, values in ((share["begin"], (3, 5)), (every["begin"], (3, 3))):
            for day, value in zip(("2016-03-31", "2016-04-30"), values, strict=True):
                frappe.get_doc({"doctype": "SM Measurement", **begin, "day": day, "value": value}).insert()
        share, every = api.agreement_measurements(agreement)["series"]

    assert share["begin"]["share_of_cases"] == 80
    assert "share_of_cases" not in every["begin"]
    assert (share["title"], share["promised"], share["values"]) == (
        "Resolution P1",
        "80 % within 4 Hours",
        [3.0, 5.0],
    )
    assert (share["state_key"], share["breached"]) == ("Missed", "2016-04")
    assert (every["state_key"], every["breached"]) == ("Missed", "2016-04")
    _, rows, message, *_ = run("breaches-and-credits", {"plan": plan})
    assert [(row["promised"], row["period"], row["money"]) for row in rows] == [
        ("80 % within 4 Hours", "2016-04", 50.0),
        ("2 Business Days", "2016-04", 50.0),
    ]
    assert "What is due follows" in message


def test_a_measurement_of_before_keeps_its_name(agreement, owner, acting_as):
    with acting_as(owner):
        fact = {
            "agreement": agreement,
            "metric": "Resolution",
            "priority": "P1",
            "day": "2016-03-31",
            "value": 3,
        }
        frappe.get_doc({"doctype": "SM Measurement", **fact}).insert()

    (one,) = stored_records.living_about("measurements", [agreement]).values()
    assert one.id == f"{agreement} / Resolution / P1 / 2016-03-31"


def test_the_form_of_an_objective_tells_its_trend_and_how_far_it_is(minimal, minimal_on_site):
    objective = minimal.objectives[0]
    document = f"{minimal_on_site}-{objective.id}"
    for day, value in (("2020-01-31", objective.baseline), ("2020-02-29", objective.target)):
        fact = {"doctype": "SM Measurement", "objective": document, "day": day, "value": value}
        frappe.get_doc(fact).insert()

    told = api.objective_measurements(document)

    (series,) = told["series"]
    assert (series["days"], series["state_key"], series["share"]) == (
        ["2020-01-31", "2020-02-29"],
        "Reached",
        100,
    )
    assert told["begin"]["lineage"] == minimal.lineage
    assert told["begin"]["day"] == str(proposed_day(objective.kpi_frequency, frappe.utils.getdate()))


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({}, "The measurement is about nothing"),
        ({"value": -1}, "is too small"),
        ({"metric": ""}, "This is missing"),
    ],
)
def test_a_measurement_that_says_nothing_is_refused(minimal, minimal_on_site, agreement, values, refused):
    about = {"agreement": agreement, "metric": "Resolution", "value": 1, **values} if values else {"value": 1}
    fact = {"doctype": "SM Measurement", "lineage": minimal.lineage, "day": "2026-01-31", **about}

    with pytest.raises(frappe.ValidationError, match=refused):
        frappe.get_doc(fact).insert()
