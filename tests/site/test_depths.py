"""How deep a plan goes, on a site: what it is asked stands wherever it is signed, and what a deeper one would be asked is told."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine import checks, plan_file
from sm_planner.engine.examples import example_path
from sm_planner.reports.book import render

ASKED = f"Written to depth: First Plan; 45 of {len(checks.RULES)} rules asked."


@pytest.fixture
def first(give_accounts) -> str:
    plan = plan_file.load(example_path("first"))
    give_accounts(plan)
    return plan_writer.save(plan)


def test_the_form_and_whoever_signs_are_told_how_much_was_asked(first):
    overview = api.check(first)
    assert (overview["depth"], overview["deeper"]) == (ASKED, ("Grown", "Complete"))
    assert (overview["lines"], overview["helping"]) == ([], [])
    assert api.sign_off_summary(first)["depth"] == ASKED


def test_what_a_deeper_plan_would_be_asked_is_told_before_it_is_raised(first):
    told = api.check_deeper(first, "Grown")
    grown = [rule for rule in checks.RULES if rule.depth == "Grown"]
    assert (told["rules"], told["depth"]) == (len(grown), "Grown")
    assert told["because"] == "Without it the plan would be untrue, or dead, within a year."
    assert any(row["code"] == "CAT-01" and row["count"] for row in told["found"])
    assert frappe.db.get_value("SM Plan", first, "depth") == "First Plan"
    assert not told["lowers"]
    assert told["steps"] == ["Improvement actions", "Key questions"]
    assert {"step": "services", "title": "Components"} in told["pieces"]
    assert {"CAT-01": "services", "SVC-05": "aims"}.items() <= {
        row["code"]: row["step"] for row in told["found"]
    }.items()
    with pytest.raises(
        frappe.ValidationError, match="asked that already. Choose one of these: Grown, Complete"
    ):
        api.check_deeper(first, "First Plan")


def test_what_is_lost_is_told_before_a_depth_is_lowered(first):
    frappe.db.set_value("SM Plan", first, "depth", "")
    told = api.check_deeper(first, "First Plan")
    assert told["lowers"]
    assert told["rules"] == len(checks.RULES) - 45
    assert any(row["code"] == "CAT-01" for row in told["found"])
    with pytest.raises(frappe.ValidationError, match="asked that already"):
        api.check_deeper(first, "Complete")


def test_a_first_plan_goes_to_its_sponsor_with_nothing_more(first):
    for state in ("In Review", "To Sign"):
        document = frappe.get_doc("SM Plan", first)
        document.state = state
        document.save()
    assert frappe.db.get_value("SM Plan", first, "state") == "To Sign"


def test_the_book_says_how_deep_the_plan_goes(first):
    plan = plan_file.load(example_path("first"))
    assert ASKED in render(plan, date(2026, 11, 29))
