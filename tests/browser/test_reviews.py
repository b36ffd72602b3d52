"""A review in the Desk: planned, held by its chair, decided, confirmed by the sponsor on a phone."""

from __future__ import annotations

from desk_kit import call, confirm, fits, show_tab

CHAIR = "tomasz.wieczorek@example.org"
SPONSOR = "orla.kinsella@example.org"
PLAN = "Service Management Plan 2027-2028"
PHONE = {"width": 390, "height": 844}


def test_a_review_is_held_its_decision_becomes_an_improvement_and_the_sponsor_was_there(
    log_in, example, shoot
):
    page = log_in(CHAIR)
    page.goto("/app/sm-review")
    lineage = page.evaluate(
        "async (plan) => (await frappe.db.get_value('SM Plan', plan, 'lineage')).message.lineage", example
    )
    page.get_by_role("button", name="Plan Ahead").click()
    page.locator(".modal.show input[data-fieldname=lineage]").click()
    page.locator("[role=option]:visible", has_text=PLAN).first.click()
    page.wait_for_function("(lineage) => cur_dialog.get_value('lineage') === lineage", arg=lineage)
    confirm(page)
    page.locator(".desk-alert", has_text="reviews were planned, 0 dropped").wait_for()
    page.locator(".list-row").first.wait_for()
    assert call(page, "sm_planner.api.plan_reviews", lineage=lineage) == {"made": 0, "dropped": 0}
    (review,) = page.evaluate(
        """(lineage) => frappe.db.get_list("SM Review", {
             filters: { lineage, kind: "Plan Review", held_on: ["is", "not set"] },
             order_by: "scheduled asc", limit: 1, pluck: "name" })""",
        lineage,
    )

    page.goto(f"/app/sm-review/{review}")
    topics = page.locator(".smp-agenda li header strong")
    topics.first.wait_for()
    assert topics.first.inner_text() == "Earlier Decisions"
    assert topics.count() == 12
    shoot(page, "review-agenda")
    page.get_by_role("button", name="Hold Review").click()
    confirm(page)
    page.locator(".page-head .indicator-pill", has_text="Held").first.wait_for()
    page.evaluate(
        """() => {
             cur_frm.add_child("decisions",
               { text: "Staff the night", kind: "Improve", person: "kwame-boateng", due: "2027-06-30" });
             return cur_frm.save();
           }"""
    )
    page.get_by_role("button", name="Make an Improvement").click()
    page.locator(".smp-agenda a", has_text="IMP-").wait_for()
    shoot(page, "review-held")

    phone = log_in(SPONSOR)
    phone.set_viewport_size(PHONE)
    phone.goto(f"/app/sm-review/{review}")
    phone.locator(".smp-agenda").wait_for()
    fits(phone)
    phone.locator(".menu-btn-group:visible button").first.click()
    phone.locator("a:visible", has_text="I Was There").first.click()
    confirm(phone)
    phone.wait_for_function(
        "() => cur_frm.doc.attendance.some((row) => row.person === 'orla-kinsella' && row.confirmed)"
    )
    show_tab(phone, "Attendance")
    shoot(phone, "review-phone")
