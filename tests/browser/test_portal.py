"""The portal on a phone without script: a family doctor's practice reads its levels, asks, and reads the answer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_kit import look
from desk_kit import PASSWORD, PATIENCE, PLANNER, call, fits

PRACTICE = "reception@hillside-practice.example.org"
LABORATORY = "Laboratory tests and results"
SCREENSHOTS = os.environ.get("SM_PLANNER_SCREENSHOTS", "")
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 960}


def shoot_all(page, name: str) -> None:
    """Take a screenshot of the whole page."""
    if SCREENSHOTS:
        page.screenshot(path=str(Path(SCREENSHOTS) / f"{name}.png"), full_page=True)


@pytest.fixture
def practice(administrator, in_force):
    """The account of a practice, which the example names and does not make."""
    user = {"doctype": "User", "email": PRACTICE, "first_name": "Hillside Practice", "send_welcome_email": 0}
    role = [{"role": "SM Portal Stakeholder"}]
    zone = {"time_zone": "Europe/Lisbon", "language": "en"}
    call(administrator, "frappe.client.insert", doc={**user, **zone, "new_password": PASSWORD, "roles": role})
    yield PRACTICE
    for doctype in ("SM Feedback", "SM Improvement"):
        own = call(administrator, "frappe.client.get_list", doctype=doctype, filters={"owner": PRACTICE})
        for one in own:
            call(administrator, "frappe.client.delete", doctype=doctype, name=one["name"])
    call(administrator, "frappe.client.delete", doctype="User", name=PRACTICE)


@pytest.fixture
def without_script(server: str, browser):
    """Opens a page in which no script runs, logged in or as a guest."""
    contexts = []

    def open_as(user: str = "", screen: dict = PHONE):
        context = browser.new_context(viewport=screen, java_script_enabled=False, base_url=server)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user:
            answer = context.request.post("/api/method/login", form={"usr": user, "pwd": PASSWORD})
            assert answer.ok, answer.text()
        return context.new_page()

    yield open_as
    for context in contexts:
        context.close()


def test_a_practice_reads_its_levels_asks_and_reads_the_answer(
    log_in, without_script, practice, administrator
):
    phone = without_script(practice)
    phone.goto("/service-plan")
    card = phone.locator("section.card", has_text=LABORATORY)
    card.get_by_text("Family Doctors and their Practices").wait_for()
    assert "Hours" in card.locator("table").first.inner_text()
    assert phone.get_by_text("Patient record at any bed").count() == 0
    shoot_all(phone, "portal-services-390")

    card.get_by_role("link", name="Say something about this service").click()
    form = phone.locator("form", has_text="What you want to say")
    assert form.locator("select[name=offer]").input_value() == "laboratory-entry"
    form.locator("select[name=kind]").select_option("Question")
    form.locator("input[name=title]").fill("Results on Saturdays")
    form.locator("textarea").fill("Can we have <them> on Saturdays too?")
    form.get_by_role("button", name="Send").click()
    phone.get_by_text("Thank you. Your feedback was taken down").wait_for()
    phone.get_by_text("Can we have <them> on Saturdays too?").wait_for()
    phone.get_by_text("not answered yet").wait_for()

    idea = phone.locator("form", has_text="What is to be done, and why")
    idea.locator("select[name=offer]").select_option("laboratory-entry")
    idea.locator("input[name=title]").fill("A list of the tests")
    idea.locator("textarea").fill("So that we send the right tube.")
    idea.get_by_role("button", name="Suggest").click()
    phone.get_by_text("A list of the tests").wait_for()

    planner = log_in(PLANNER)
    planner.goto("/app/sm-feedback?came_from=Portal")
    planner.locator(".list-row", has_text="Results on Saturdays").get_by_role("link").first.click()
    answer = planner.locator("[data-fieldname=answer] textarea")
    answer.fill("Yes, until noon, from January on.")
    planner.get_by_role("button", name="Save").click()
    planner.locator(".indicator-pill", has_text="Not Saved").wait_for(state="hidden")
    (kept,) = call(
        administrator,
        "frappe.client.get_list",
        doctype="SM Feedback",
        filters={"owner": practice},
        fields=["service", "stakeholder", "came_from", "answer"],
    )
    assert kept == {
        "service": "laboratory-results",
        "stakeholder": "gp-practices",
        "came_from": "Portal",
        "answer": "Yes, until noon, from January on.",
    }

    phone.goto("/service-plan-feedback")
    phone.get_by_text("Yes, until noon, from January on.").wait_for()
    shoot_all(phone, "portal-feedback-390")
    desktop = without_script(practice, DESKTOP)
    for path, name in (
        ("/service-plan", "portal-services-1440"),
        ("/service-plan-feedback", "portal-feedback-1440"),
    ):
        desktop.goto(path)
        shoot_all(desktop, name)


def test_the_portal_fits_a_phone_with_script_too_and_is_accessible(log_in, practice):
    phone = log_in(practice, touch=True)
    found = []
    for path in ("/service-plan", "/service-plan-feedback"):
        phone.goto(path)
        phone.get_by_text(LABORATORY).first.wait_for(state="attached")
        fits(phone)
        found += look(phone, path, ours=".page_content")
    assert found == [], "\n".join(found)


def test_a_part_is_confirmed_without_script(without_script, in_force):
    phone = without_script("siobhan.geraghty@example.org")
    phone.goto("/my-part")
    shoot_all(phone, "portal-my-part-390")
    phone.locator("noscript button, form[action*=confirm_part] button").first.click()
    phone.get_by_text("You confirmed your part.").wait_for()


def test_a_guest_says_something_where_the_site_takes_it(without_script, in_force, administrator):
    settings = {"doctype": "SM Settings", "name": "SM Settings", "fieldname": "guest_feedback"}
    call(administrator, "frappe.client.set_value", **settings, value=1)
    try:
        guest = without_script()
        guest.goto("/service-plan-guest")
        guest.locator("select[name=offer]").select_option(label="Booking and moving a visit")
        guest.locator("input[name=title]").fill("The text message helped")
        guest.locator("textarea").fill("I moved my visit from the bus.")
        shoot_all(guest, "portal-guest-390")
        guest.get_by_role("button", name="Send").click()
        guest.get_by_text("Thank you. Your feedback was taken down.").wait_for()
    finally:
        call(administrator, "frappe.client.set_value", **settings, value=0)
    (kept,) = call(
        administrator,
        "frappe.client.get_list",
        doctype="SM Feedback",
        filters={"came_from": "Guest"},
        fields=["title", "service"],
    )
    assert kept == {"title": "The text message helped", "service": "appointments"}
