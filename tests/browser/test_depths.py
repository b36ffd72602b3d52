"""How deep a plan goes, on its form: how much it is asked, and what a deeper one would be."""

from __future__ import annotations

import pytest
from desk_kit import call

from sm_planner.engine.checks import RULES

PLANNER = "tomasz.wieczorek@example.org"
ALL = len(RULES)


@pytest.fixture
def first_plan(example, administrator) -> str:
    """The example, as if it were a first plan."""
    call(
        administrator,
        "frappe.client.set_value",
        doctype="SM Plan",
        name=example,
        fieldname="depth",
        value="First Plan",
    )
    yield example
    call(
        administrator, "frappe.client.set_value", doctype="SM Plan", name=example, fieldname="depth", value=""
    )


def test_the_form_tells_how_much_was_asked_and_what_a_deeper_plan_would_be(log_in, first_plan, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-plan/{first_plan}")
    page.get_by_text(f"Written to depth: First Plan; 45 of {ALL} rules asked.").first.wait_for()
    assert page.locator(".smp-piece", has_text="Service catalogue").count() == 0

    page.get_by_role("button", name="What would “Grown” ask?").click()
    dialog = page.locator(".modal.show")
    more = sum(rule.depth == "Grown" for rule in RULES)
    dialog.get_by_text(f"{more} more rules, of which").wait_for()
    dialog.get_by_text("Without it the plan would be untrue, or dead, within a year.").wait_for()
    assert dialog.locator("li").count() > 3
    shoot(page, "deeper")


def test_a_plan_that_names_no_depth_is_asked_everything(log_in, example):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-plan/{example}")
    page.get_by_text(f"Written to depth: Complete; {ALL} of {ALL} rules asked.").first.wait_for()
    assert page.get_by_role("button", name="What would").count() == 0
    page.locator(".smp-piece", has_text="Service catalogue").wait_for()
