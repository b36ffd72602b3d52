"""Peaks and lulls in the Desk: maintenance that meets the peak of a ward is moved to the slot that the finder gives."""

from __future__ import annotations

from desk_kit import PLANNER, fill, open_form, rules_broken, save, see_report

WINDOW, DATABASE = "database-sunday", "record-database"
SUNDAY, MONDAY = "2027-01-17", "2027-01-18"
"""The first day of the window, and the day by which its work is over."""


def move(page, begin: str, end: str) -> None:
    """Give the window other hours."""
    open_form(page, "sm-business-calendar-entry", WINDOW)
    fill(page, from_time=begin, to_time=end)
    save(page)


def test_a_window_that_hits_the_peak_of_a_ward_is_moved_to_the_slot_that_hurts_fewest(log_in, example, shoot):
    page = log_in(PLANNER)
    move(page, "07:30", "10:00")
    shoot(page, "lulls-window")
    assert "CAL-02" in rules_broken(page, example, WINDOW)
    see_report(page, "Plan Findings", plan=example, family="CAL")
    page.locator(".dt-cell", has_text="meets “Ward round and giving out of medicines”").first.wait_for()
    shoot(page, "lulls-finding")

    see_report(
        page, "Lull Finder", plan=example, component=DATABASE, minutes=150, begin=SUNDAY, before=MONDAY
    )
    page.get_by_text("the slot that hurts fewest begins on").wait_for()
    shoot(page, "lulls-finder")
    slots = page.evaluate("() => frappe.query_report.data")
    best, worst = slots[0], slots[-1]
    assert (best["in_peak"], worst["in_peak"]) == (0, 1)
    assert "Peak “Ward round and giving out of medicines”" in worst["hurts"]

    hours = [best[at].removeprefix(f"{SUNDAY} ") for at in ("start", "end")]
    move(page, *hours)
    assert "CAL-02" not in rules_broken(page, example, WINDOW)
    see_report(page, "Peaks and Lulls", plan=example)
    page.get_by_text("No planned work meets a peak.").wait_for()
    shoot(page, "lulls-moved")
