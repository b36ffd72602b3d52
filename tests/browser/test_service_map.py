"""The service management map in the Desk: what differs, the weakest link of a box, keys, the table of the same, and a telephone."""

from __future__ import annotations

from desk_kit import PLANNER, fits

PHONE = {"width": 390, "height": 844}


def opened(page):
    page.goto("/app/service-map")
    page.locator(".sm-map [data-key]").first.wait_for()
    return page


def test_the_map_tells_what_differs_and_a_box_its_weakest_link(log_in, example, shoot):
    planner = opened(log_in(PLANNER))

    legend = planner.get_by_role("list", name="Legend")
    assert [item.inner_text().strip() for item in legend.locator("[data-difference]").all()] == [
        "Comes 2",
        "Goes 3",
        "Changes 8",
    ]
    dictation = planner.get_by_role("button", name="Digital Dictation Goes")
    assert dictation.get_attribute("data-difference") == "Goes"
    shoot(planner, "service-map")

    planner.locator("[data-key='services/services/imaging']").focus()
    planner.keyboard.press("ArrowDown")
    assert planner.evaluate("document.activeElement.closest('.sm-map-lane').ariaLabel") == "First contact"
    planner.keyboard.press("ArrowUp")
    planner.keyboard.press("Home")
    planner.locator("[data-key='services/services/imaging']").click()
    panel = planner.get_by_role("complementary", name="Chosen Box")
    panel.get_by_text("81 h 10 min late at worst").first.wait_for()
    assert panel.locator(".sm-map-weakest").get_attribute("data-verdict") == "Infeasible"
    assert "“Image archive and worklist, run by LumenRay” decides" in panel.inner_text()
    assert planner.locator(".sm-map-lanes svg path").count() > 3
    shoot(planner, "service-map-panel")
    planner.keyboard.press("Escape")
    assert panel.is_hidden()
    assert planner.evaluate("document.activeElement.dataset.key") == "services/services/imaging"

    planner.get_by_label("Show").select_option("now")
    assert planner.locator("[data-key='services/services/patient-portal']").count() == 0
    planner.get_by_label("Show").select_option("side")
    assert planner.locator("[data-key='services/services/patient-portal']").count() == 1
    shoot(planner, "service-map-side")
    planner.get_by_label("Show").select_option("both")

    planner.get_by_role("button", name="Table", exact=True).click()
    planner.get_by_role("columnheader", name="No.").get_by_role("button").click()
    rows = planner.locator(".sm-map-table tbody tr")
    assert rows.first.locator("td").nth(1).inner_text() == "1"
    assert planner.get_by_role("columnheader", name="No.").get_attribute("aria-sort") == "ascending"

    planner.get_by_label("Pages By").select_option("importance")
    planner.get_by_label("Page 1 of 4").wait_for()
    planner.get_by_label("Find a Box").fill("dictation")
    planner.locator(".sm-map-results button", has_text="Digital Dictation").click()
    panel.get_by_text("none holds after it").first.wait_for()

    planner.evaluate("document.documentElement.setAttribute('data-theme', 'dark')")
    planner.get_by_role("button", name="Map", exact=True).click()
    shoot(planner, "service-map-dark")
    planner.get_by_label("Pages By").select_option("team")
    planner.get_by_text("Outpatient Appointments").first.wait_for()
    planner.emulate_media(media="print")
    shoot(planner, "service-map-print")


def test_on_a_telephone_the_table_comes_first(log_in, example, shoot):
    phone = log_in(PLANNER, touch=True)
    phone.set_viewport_size(PHONE)
    opened(phone)

    assert phone.locator(".sm-map-table").is_visible()
    fits(phone)
    shoot(phone, "service-map-phone")
    phone.locator(".sm-map-open", has_text="Diagnostic Imaging").first.click()
    phone.get_by_text("Weakest Link").wait_for()
    shoot(phone, "service-map-phone-panel")
