"""The roadmap in the Desk: quarters and themes, dates moved after a preview by keyboard, and a telephone."""

from __future__ import annotations

from desk_kit import PLANNER, call, fits

IMPROVEMENT = "SM Improvement"
NAME = "ardlough-service-plan-portal-bookings"
TITLE = "Moving a visit in the patient portal"
PHONE = {"width": 390, "height": 844}


def opened(page):
    page.goto("/app/roadmap")
    page.locator(".sm-roadmap-grid").wait_for()
    return page


def test_quarters_and_themes_are_a_table_that_a_screen_reader_reads(log_in, example, shoot):
    planner = opened(log_in(PLANNER))

    grid = planner.get_by_role("table", name="Improvements by Objective")
    assert grid.get_by_role("columnheader", name="Q2 2027").count() == 1
    assert grid.get_by_role("rowheader", name="Cheaper contacts").count() == 1
    planner.get_by_role("combobox", name="Themes").select_option("Phase")
    planner.get_by_role("table", name="Improvements by Phase").get_by_role(
        "rowheader", name="All sites, all hours"
    ).wait_for()
    assert planner.evaluate("document.activeElement.name") == "by"
    assert "“Clinical Applications”" in planner.locator(".sm-roadmap").inner_text()
    shoot(planner, "roadmap")


def test_dates_move_by_keyboard_once_somebody_has_seen_what_that_means(log_in, example, administrator, shoot):
    planner = opened(log_in(PLANNER))
    before = call(administrator, "frappe.client.get", doctype=IMPROVEMENT, name=NAME)

    box = planner.get_by_role("checkbox", name=f"Move “{TITLE}”")
    box.focus()
    planner.keyboard.press("Space")
    planner.get_by_label(f"New start of “{TITLE}”").fill("2027-06-21")
    planner.get_by_label(f"New due date of “{TITLE}”").fill("2027-10-29")
    planner.keyboard.press("Enter")
    dialog = planner.get_by_role("dialog")
    dialog.get_by_text("Late by capacity").wait_for()
    shoot(planner, "roadmap-reschedule")
    unchanged = call(administrator, "frappe.client.get", doctype=IMPROVEMENT, name=NAME)
    assert unchanged["due"] == before["due"]

    dialog.get_by_role("button", name="Change the Dates").click()
    planner.get_by_text("The dates of 1 improvements were changed.").wait_for()
    after = call(administrator, "frappe.client.get", doctype=IMPROVEMENT, name=NAME)
    assert (after["start_date"], after["due"]) == ("2027-06-21", "2027-10-29")


def test_the_address_of_another_plan_shows_its_roadmap(log_in, example, administrator):
    planner = opened(log_in(PLANNER))
    first = planner.locator(".sm-roadmap").get_attribute("data-plan")
    second = call(planner, "frappe.client.insert", doc={"doctype": "SM Plan", "title": "Another plan"})[
        "name"
    ]

    for plan in (second, first):
        planner.evaluate("(plan) => frappe.set_route('roadmap', plan)", plan)
        planner.locator(f".sm-roadmap[data-plan='{plan}']").wait_for()

    call(administrator, "frappe.client.delete", doctype="SM Plan", name=second)


def test_the_roadmap_fits_on_a_telephone(log_in, example, shoot):
    phone = log_in(PLANNER, touch=True)
    phone.set_viewport_size(PHONE)
    opened(phone)

    fits(phone)
    shoot(phone, "roadmap-phone")
