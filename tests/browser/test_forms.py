"""The forms and lists of the records, as a planner sees them in the Desk, without an error."""

from desk_kit import show_tab

PLANNER = "tomasz.wieczorek@example.org"


LISTS = ("component", "person", "role", "service-calendar", "stakeholder", "supplier", "team", "waiver")


def test_the_forms_of_records_tell_what_they_stand_for(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-agreement/sla-dictation")
    page.locator("[data-fieldname=chain_html] .smp-cards > li").first.wait_for(timeout=60_000)
    page.locator("[data-fieldname=chain_html]").get_by_text("What is beneath").first.wait_for()
    shoot(page, "agreement-chain")

    page.goto("/app/sm-service/appointments")
    show_tab(page, "Dependencies")
    page.locator("[data-fieldname=surroundings_html] a", has_text="Patient Portal").wait_for()
    shoot(page, "service-dependencies")

    page.goto("/app/sm-service-calendar/office-hours")
    page.locator(".smp-week").get_by_text("08:30–12:30, 13:15–17:00").first.wait_for()
    shoot(page, "calendar-week")

    page.goto("/app/sm-raci-entry")
    page.locator(".list-row .list-subject a").first.click()
    page.locator("[data-fieldname=effect_html]").get_by_text("It decides in").wait_for(timeout=60_000)

    page.goto(f"/app/sm-plan/{example}")
    page.get_by_text("no blockers").wait_for(timeout=60_000)
    page.evaluate("() => cur_frm.set_value('why', '')")
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="Why can it not go to its sponsor yet?").click(timeout=60_000)
    page.locator(".modal.show", has_text="What keeps the plan from its sponsor").get_by_text(
        "PLN-03"
    ).wait_for()


def test_lists_calendars_gantt_and_board_show_where_records_stand(log_in, example, shoot):
    page = log_in(PLANNER)
    for listed in LISTS:
        page.goto(f"/app/sm-{listed}")
        page.locator(".list-row .indicator-pill").first.wait_for()
    page.goto("/app/sm-improvement/view/kanban/SM Improvements")
    page.locator(".kanban-card-wrapper").first.wait_for()
    shoot(page, "improvements-board")
    page.goto("/app/sm-improvement/view/gantt")
    page.locator(".gantt .bar").first.wait_for()
    for listed in ("sm-lineage", "sm-agreement", "sm-review"):
        page.goto(f"/app/{listed}/view/calendar/default")
        page.locator(".fc-view").first.wait_for()
