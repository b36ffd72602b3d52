"""Rosters in the Desk: a shift gets shorter, the report names the hole, the shift is mended, and the hole is gone."""

from __future__ import annotations

from desk_kit import PLANNER, call, show_tab

SHIFT_OF_SATURDAY = 2
"""Of the engineers: Saturday and Sunday by day, on call."""


def save_shift(page, name: str, field: str, value: str) -> None:
    """Write in the grid of the form what somebody types there, and save."""
    page.goto(f"/app/sm-roster/{name}")
    page.wait_for_function(
        "() => cur_frm && cur_frm.doctype === 'SM Roster' && cur_frm.doc.shifts.length === 3"
    )
    row = page.locator(f".grid-body .grid-row[data-idx='{SHIFT_OF_SATURDAY + 1}']")
    row.locator(f"[data-fieldname={field}]").first.click()
    typed = row.locator(f"input[data-fieldname={field}]")
    typed.fill(value)
    typed.press("Tab")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_function(
        "([row, field, value]) => !cur_frm.is_dirty() && cur_frm.doc.shifts[row][field] === value",
        arg=[SHIFT_OF_SATURDAY, field, value],
    )


def test_a_hole_is_seen_in_the_report_and_mended_in_the_roster(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-roster")
    page.locator(".list-row", has_text="Workshop by day").first.wait_for()
    shoot(page, "roster-list")
    name = page.evaluate(
        "async () => (await frappe.db.get_list('SM Roster', { filters: { id: 'engineering-week' }, pluck: 'name' }))[0]"
    )

    save_shift(page, name, "to_time", "14:00")
    shoot(page, "roster")
    report = f"/app/query-report/Roster Coverage?plan={example}&show=Service Hours"
    page.goto(report)
    page.locator(".dt-cell", has_text="Saturday 14:00 to 17:00").first.wait_for()
    page.locator(".report-summary, .summary-item").first.wait_for()
    shoot(page, "roster-coverage-hole")
    told = call(
        page, "frappe.desk.query_report.run", report_name="Roster Coverage", filters={"plan": example}
    )
    holes = [row for row in told["result"] if row["weeks"]]
    assert {(row["title"], row["hole"], row["hours"]) for row in holes} == {
        ("Medical Equipment Care", "Saturday 14:00 to 17:00", 3),
        ("Medical Equipment Care", "Sunday 14:00 to 17:00", 3),
        ("Diagnostic Imaging", "Saturday 14:00 to 17:00", 3),
        ("Diagnostic Imaging", "Sunday 14:00 to 17:00", 3),
    }

    save_shift(page, name, "to_time", "17:00")
    page.goto(report)
    page.locator(".dt-cell", has_text="Medical Equipment Care").first.wait_for()
    assert page.locator(".dt-cell", has_text="Saturday 14:00 to 17:00").count() == 0
    shoot(page, "roster-coverage")


def test_after_hours_and_escalation_stand_on_the_service(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-service/imaging")
    show_tab(page, "Support")
    path = page.locator("[data-fieldname=escalation] .grid-row")
    path.first.wait_for()
    page.locator("[data-fieldname=escalation]").first.scroll_into_view_if_needed()
    shoot(page, "service-escalation")
    assert page.evaluate("() => cur_frm.doc.escalation.map((step) => step.minutes)") == [15, 60, 60, 150]
    assert page.evaluate("() => cur_frm.doc.after_hours_cover") == "On Call"
