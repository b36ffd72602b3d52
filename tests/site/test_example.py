"""The example plan on a site: there with its people, and gone without a trace."""

from datetime import date

import frappe
import pytest
from frappe.cache_manager import clear_defaults_cache

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import example
from sm_planner.adapters.site import doctypes, stored_records
from sm_planner.engine import checks


def counts() -> dict[str, int]:
    kept = (
        *doctypes.RECORDS,
        doctypes.SEAL,
        doctypes.ACCOUNT_PASSWORD,
        "User",
        "SM Service Link",
        "Workflow Action",
    )
    return {doctype: frappe.db.count(doctype) for doctype in kept if doctype != doctypes.SETTINGS}


def test_the_example_comes_with_its_people_and_goes_without_a_trace():
    before = counts()
    name = example.load("Planner-2027!")
    plan = plan_reader.load(name)

    assert all(
        person.enabled for person in plan.people if person.id in (plan.executive_sponsor, plan.plan_owner)
    )
    assert "SM Executive Sponsor" in frappe.get_roles(plan.get("people", plan.executive_sponsor).user)

    example.clear()
    assert counts() == before


def test_loading_the_example_twice_changes_nothing_and_it_still_goes_whole():
    before = counts()
    example.load("Planner-2027!")
    loaded = counts()
    example.load("Planner-2027!")

    assert counts() == loaded
    example.clear()
    assert counts() == before


def test_what_was_made_for_the_example_is_not_asked_of_a_cache():
    """A request beside the one that clears the example can bring what was forgotten back into the cache."""
    task = frappe.get_doc({"doctype": "ToDo", "description": "Ours"}).insert()
    frappe.db.set_default(example.MADE, frappe.as_json([["ToDo", task.name]]))
    assert frappe.db.get_default(example.MADE)
    frappe.db.delete("DefaultValue", {"defkey": example.MADE})

    example.clear()

    assert frappe.db.exists("ToDo", task.name)


def test_records_of_the_site_are_never_overwritten():
    frappe.get_doc({"doctype": "SM Team", "title": "Ours"}).insert(set_name="infrastructure")

    with pytest.raises(frappe.ValidationError, match="SM Team infrastructure already exists"):
        example.load("Planner-2027!")
    assert frappe.db.get_value("SM Team", "infrastructure", "title") == "Ours"


def test_what_something_else_rests_on_is_named_and_nothing_goes():
    name = example.load("Planner-2027!")
    service = plan_reader.load(name).services[0].id
    ours = frappe.get_doc(
        {"doctype": "SM Component", "title": "Ours", "services": [{"record": service}]}
    ).insert()

    with pytest.raises(frappe.LinkExistsError, match=ours.name):
        example.clear()


def test_the_example_brings_its_thresholds_where_the_site_has_the_standard_and_takes_them_away_again():
    clear_defaults_cache("__default")  # an earlier test's example was rolled back
    ours = frappe.get_single(doctypes.SETTINGS)
    ours.update({"most_accountable_cells": 7, "it_departments": ""}).save()

    example.load("Planner-2027!")
    loaded = stored_records.settings()
    example.clear()
    cleared = stored_records.settings()

    assert loaded.it_departments == ("Digital and Technology", "Clinical Applications")
    assert (loaded.most_accountable_cells, cleared.most_accountable_cells) == (7, 7)
    assert (cleared.it_departments, cleared.segregated) == ((), ())


def test_its_faulty_twin_shows_every_family_of_rules_and_goes_without_a_trace():
    before = counts()
    name = example.load("Planner-2027!", faulty=True)

    findings = checks.check(plan_reader.load(name), date(2027, 2, 1)).failed
    families = {finding.code.partition("-")[0] for finding in findings}
    assert families == {rule.code.partition("-")[0] for rule in checks.RULES}
    with pytest.raises(frappe.ValidationError, match="other example is loaded"):
        example.load("Planner-2027!")

    example.clear()
    assert counts() == before
    example.load("Planner-2027!")
