"""An improvement in the Desk and on the portal: decided about, reported on, suggested, and what waits for whom."""

from __future__ import annotations

from desk_kit import PLANNER, SPONSOR, call, decide, fits, wait_for_state

OWNER = "nuala.brogan@example.org"
LINEAGE = "ardlough-service-plan"
IMPROVEMENT = "SM Improvement"
PHONE = {"width": 390, "height": 844}


def name_of(id: str) -> str:
    return f"{LINEAGE}-{id}"


def kept(page, doctype: str, filters: dict, *fields: str) -> list[tuple]:
    found = call(page, "frappe.client.get_list", doctype=doctype, filters=filters, fields=[*fields])
    return [tuple(one[field] for field in fields) for one in found]


def test_the_plan_owner_approves_in_the_form(log_in, example, administrator, shoot):
    name = name_of("archive-night-cover")
    planner = log_in(PLANNER)
    planner.goto(f"/app/sm-improvement/{name}")
    decide(planner, "Approve", "Approve: Night cover for the image archive", "Before the winter.")
    planner.wait_for_function("() => cur_frm.doc.status === 'Approved' && !cur_frm.is_dirty()")
    wait_for_state(planner, "Approved")
    planner.locator("[data-fieldname=progress_html]").get_by_text("Before the winter.").wait_for()
    assert planner.get_by_role("button", name="Approve", exact=True).count() == 0
    shoot(planner, "improvement-approved")
    decided = kept(
        administrator, "SM Approval", {"entry": "archive-night-cover"}, "act", "person", "reason", "owner"
    )
    assert decided == [("Approve", "tomasz-wieczorek", "Before the winter.", PLANNER)]


def test_what_waits_for_the_sponsor_is_on_the_page_of_a_phone_and_in_the_home_of_the_plan(
    log_in, in_force, administrator, shoot
):
    name = name_of("self-service-requests")
    document = call(administrator, "frappe.client.get", doctype=IMPROVEMENT, name=name)
    call(administrator, "frappe.client.save", doc={**document, "status": "Assess"})
    waits = "“Self-service for the twenty commonest requests” waits for your approval."

    phone = log_in(SPONSOR, touch=True)
    phone.set_viewport_size(PHONE)
    phone.goto("/my-part")
    asked = phone.get_by_role("link", name=waits)
    asked.wait_for()
    assert asked.get_attribute("href").endswith(f"/sm-improvement/{name}")
    fits(phone)
    shoot(phone, "improvement-sponsor-phone")

    planner = log_in(PLANNER)
    planner.goto(f"/app/sm-lineage/{LINEAGE}")
    home = planner.locator("[data-fieldname=home_html] section.smp-panel")
    home.get_by_text("What waits for whom", exact=True).wait_for()
    waiting = home.locator("li", has=planner.get_by_role("link", name="Self-service for the twenty"))
    assert "Orla Kinsella" in waiting.last.inner_text()
    shoot(planner, "improvement-waits")


def test_its_owner_reports_and_suggests_on_a_phone(log_in, in_force, administrator, shoot):
    phone = log_in(OWNER, touch=True)
    phone.set_viewport_size(PHONE)
    phone.goto("/my-part")
    form = phone.locator("form[data-act=progress][data-improvement=check-numbers]")
    form.locator("xpath=..").locator("summary").tap()
    form.get_by_label("What Was Done").fill("Both desks ask.")
    form.get_by_label("Spent (Person-days)").fill("2.5")
    form.get_by_label("Status").select_option("Verify")
    fits(phone)
    shoot(phone, "improvement-report-phone")
    with phone.expect_navigation():
        form.get_by_role("button", name="Save").tap()
    phone.locator(".sm-part").wait_for()
    reports = kept(
        administrator,
        "SM Progress Report",
        {"owner": OWNER},
        "improvement",
        "note",
        "effort_days",
        "entered_by",
    )
    assert reports == [(name_of("check-numbers"), "Both desks ask.", 2.5, "")]
    assert kept(administrator, IMPROVEMENT, {"name": name_of("check-numbers")}, "status") == [("Verify",)]

    idea = phone.locator("form[data-act=suggest]")
    if not idea.is_visible():
        phone.get_by_text("Suggest an improvement", exact=True).tap()
    idea.get_by_label("Title").fill("A bell at the desk")
    idea.get_by_label("What is to be done, and why").fill("Nobody hears us.")
    with phone.expect_navigation():
        idea.get_by_role("button", name="Suggest").tap()
    phone.locator(".sm-part").get_by_text("A bell at the desk").wait_for()
    fits(phone)
    suggested = kept(
        administrator, IMPROVEMENT, {"title": "A bell at the desk"}, "status", "kind", "suggested_by"
    )
    assert suggested == [("New", "Suggestion", "nuala-brogan")]
