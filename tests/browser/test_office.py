"""The office of a plan on its form, the scorecards of its owners as a report, and the own one on My Part."""

from __future__ import annotations

from desk_kit import PLANNER, fits, open_plan, show_tab


def test_the_tab_of_the_office_tells_who_keeps_the_plan_decides_and_governs(log_in, example, shoot):
    page = log_in(PLANNER)
    open_plan(page, example)
    show_tab(page, "Office")

    def rows(table: str):
        return page.locator(f"[data-fieldname={table}] .grid-body .rows > .grid-row")

    rows("mandate").first.wait_for()
    rows("mandate").filter(has_text="Drills of major incidents twice a year").wait_for()
    rows("decision_rights").filter(has_text="Service Management Lead").wait_for()
    rows("body_members").filter(has_text="Nursing").wait_for()
    rows("accountabilities").first.wait_for()
    assert page.get_by_text("Where none is stated, the limits of the settings hold.").count()
    fits(page)
    shoot(page, "office")


def test_the_report_of_scorecards_tells_what_was_not_kept_and_what_nobody_knows(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/query-report/Owner Scorecard?plan={example}")
    page.locator(".dt-row", has_text="Nuala Brogan").first.wait_for()
    assert page.locator(".dt-row", has_text="Reminders that arrive: behind").count()
    page.locator(".report-summary", has_text="With Something Not Kept").wait_for()
    shoot(page, "scorecard")


def test_an_owner_reads_the_own_scorecard_on_my_part(log_in, in_force, shoot):
    page = log_in(PLANNER)
    page.goto("/app/my-part")
    card = page.locator(".sm-part-scores")
    card.wait_for()
    card.get_by_text("Objectives on target").wait_for()
    card.scroll_into_view_if_needed()
    shoot(page, "own-scorecard")
