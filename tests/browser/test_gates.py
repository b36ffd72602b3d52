"""The gates in the Desk: the strip on the home of the plan, the report, the form of a tool, a workaround on the portal."""

from __future__ import annotations

from desk_kit import PLANNER, call, fits

LINEAGE = "ardlough-service-plan"
PLAN = f"{LINEAGE}-1"
NURSE = "siobhan.geraghty@example.org"


def test_the_home_of_the_plan_shows_the_gates_and_leads_to_the_report(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-lineage/{LINEAGE}")
    strip = page.locator("[data-fieldname=home_html] .smp-gates")
    strip.wait_for()
    names = [one.strip() for one in strip.locator("> li > strong").all_inner_texts()]
    assert names == ["Why", "Sponsor", "Goals", "Organisational Change", "People, Process and Roles", "Tools"]
    assert strip.locator("> li").nth(1).get_attribute("data-state") == "Reached"
    early = page.locator(".smp-early")
    assert "Speech recognition" in early.inner_text()
    strip.scroll_into_view_if_needed()
    shoot(page, "gates-home")

    page.locator("a[href*='query-report/Gates']", has_text="Report").click()
    page.locator(".report-wrapper .dt-cell", has_text="Too early").first.wait_for()
    assert page.locator(".dt-cell a", has_text="Speech recognition").count()
    shoot(page, "gates-report")


def test_the_strip_fits_on_a_phone(log_in, example, shoot):
    phone = log_in(PLANNER, touch=True)
    phone.goto(f"/app/sm-lineage/{LINEAGE}")
    phone.locator(".smp-gates").wait_for()
    fits(phone)
    shoot(phone, "gates-home-phone")


def test_the_form_of_a_tool_shows_its_gates_and_its_result(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-tool/{example}-speech-recognition")
    page.locator("[data-fieldname=gates_html] .smp-gates").wait_for()
    assert "Ordered on" in page.locator("[data-fieldname=gates_html] .smp-early").inner_text()
    shoot(page, "tool")
    page.get_by_role("tab", name="Choice").click()
    page.locator("[data-fieldname=result_html]").get_by_text("Result: 71.4 %").wait_for()


def test_a_workaround_is_reported_on_the_portal(log_in, in_force, administrator, shoot):
    phone = log_in(NURSE, touch=True)
    phone.goto("/my-part")
    phone.locator("summary", has_text="Report a workaround").tap()
    form = phone.locator("form[data-act=workaround]")
    form.locator("[name=title]").fill("Photographs of the screen")
    form.locator("[name=why]").fill("The letter cannot be printed on the ward.")
    form.locator("[name=service]").select_option("patient-record")
    fits(phone)
    shoot(phone, "workaround-phone")
    form.get_by_role("button", name="Report a workaround").tap()
    phone.get_by_text("Photographs of the screen").wait_for()
    (kept,) = call(
        administrator,
        "frappe.client.get_list",
        doctype="SM Workaround",
        filters={"title": "Photographs of the screen"},
        fields=["reported_by", "service", "why"],
    )
    assert (kept["reported_by"], kept["service"]) == ("siobhan-geraghty", "patient-record")
