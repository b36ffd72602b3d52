"""The guide on the form of a plan: it says what comes next, opens exactly that, and is found again at the same place."""

from __future__ import annotations

import pytest
from desk_kit import PLANNER, call, fits, open_plan


@pytest.fixture
def beginning(example, administrator, log_in) -> str:
    """A first plan in which nothing is there but its title."""
    made = call(
        administrator,
        "frappe.client.insert",
        doc={"doctype": "SM Plan", "title": "Plan of the Boathouse", "depth": "First Plan"},
    )
    yield made["name"]
    log_in.is_over = True
    call(administrator, "frappe.client.delete", doctype="SM Plan", name=made["name"])
    for person in call(
        administrator, "frappe.client.get_list", doctype="SM Person", filters={"title": "Rika Holm"}
    ):
        call(administrator, "frappe.client.delete", doctype="SM Person", name=person["name"])


def test_the_guide_leads_from_step_to_step_and_is_found_again(log_in, beginning, administrator, shoot):
    page = log_in(PLANNER)
    open_plan(page, beginning)
    guide = page.locator(".smp-guide")
    guide.get_by_text("0 of 11 steps lack nothing").wait_for()
    assert guide.locator(".smp-way button").count() == 14
    assert guide.locator("[aria-current=step]").inner_text().strip().startswith("○ 1. People")
    guide.get_by_text("Add the people, each with the account that they log in with.").wait_for()
    shoot(page, "guide-empty")

    guide.locator(".smp-way button", has_text="Improvement actions").click()
    guide.get_by_text("A plan of the depth “Grown” is asked for it.").wait_for()

    guide.get_by_role("button", name="Show the Next Step: Messages and reviews").wait_for()
    guide.locator(".smp-way button", has_text="People").click()
    guide.get_by_role("button", name="Add: People").click()
    table = page.locator(".smp-several-dialog")
    table.locator("input[data-column='0']").first.fill("Rika Holm")
    table.get_by_role("button", name="Add", exact=True).click()
    guide.locator("[aria-current=step]", has_text="2. Mandate").wait_for()
    shoot(page, "guide-mandate")

    guide.locator(".smp-way button", has_text="People").click()
    guide.get_by_role("link", name="Rika Holm").click()
    page.locator(".list-row", has_text="Rika Holm").locator("a[data-doctype='SM Person']").first.click()
    page.get_by_role("button", name="Back to the Guide").click()
    page.locator(".smp-step h4", has_text="People").wait_for()

    guide.locator(".smp-way button", has_text="Mandate").click()
    guide.get_by_role("button", name="Open: Executive Sponsor").click()
    page.wait_for_function("() => document.activeElement?.dataset.fieldname === 'executive_sponsor'")


def test_another_depth_is_chosen_in_words_and_only_after_it_was_told(log_in, beginning, shoot):
    page = log_in(PLANNER)
    open_plan(page, beginning)
    page.get_by_text("Sponsor, owner and why; services with an owner").first.wait_for()
    page.locator("select[data-fieldname=depth]").select_option("Grown")
    dialog = page.locator(".modal.show")
    dialog.get_by_text("Steps that begin: Improvement actions, Key questions").wait_for()
    dialog.get_by_role("heading", name="Messages and reviews").wait_for()
    shoot(page, "guide-depth")
    dialog.get_by_role("button", name="Leave It as It Is").click()
    page.wait_for_function("() => cur_frm.doc.depth === 'First Plan'")


def test_the_guide_fits_on_a_phone(log_in, example, shoot):
    page = log_in(PLANNER, touch=True)
    open_plan(page, example)
    page.locator(".smp-guide .smp-step").wait_for()
    fits(page)
    shoot(page, "guide-phone")
    page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
    shoot(page, "guide-phone-dark")


def test_the_workspace_leads_to_the_guide_of_a_draft_and_the_onboarding_to_its_step(log_in, beginning, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-planner")
    if page.evaluate("() => cint(frappe.boot.sysdefaults.enable_onboarding)"):  # a setting of the site
        page.locator(".onboarding-step", has_text="Teams and suppliers").click()
        shoot(page, "guide-workspace")
        page.get_by_role("button", name="Open the Guide").click()
        page.locator(".modal.show").get_by_text("The guide shows what is there").wait_for()
        page.locator(".modal.show .btn-modal-close:visible").first.click()
    else:
        page.locator(".shortcut-widget-box", has_text="Guide through the Plan").click()
        page.get_by_role("button", name="Start a Plan").first.wait_for()
        page.goto("/app/plan-guide/teams")
    page.get_by_role("button", name="Plan of the Boathouse").click()
    page.locator(".smp-step h4", has_text="Teams and suppliers").wait_for()
    page.locator(".smp-step").get_by_role("button", name="Add: Suppliers").wait_for()


def test_the_form_of_the_example(log_in, example, shoot):
    page = log_in(PLANNER)
    open_plan(page, example)
    page.locator(".smp-guide .smp-step").wait_for()
    shoot(page, "plan-form")
