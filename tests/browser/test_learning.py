"""Learning in the Desk: a sanity check is begun from a service, held, and becomes a lesson and an action; a risk has a level."""

from __future__ import annotations

from desk_kit import PLANNER, call, confirm


def test_a_sanity_check_is_held_and_becomes_a_lesson_and_an_action(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-service/imaging")
    page.get_by_role("button", name="Sanity Check", exact=True).click()
    page.wait_for_function(
        "() => cur_frm && cur_frm.doctype === 'SM Sanity Check' && cur_frm.doc.answers.length === 5"
    )
    page.locator(".smp-panel", has_text="Not held yet").wait_for()
    first = page.evaluate("() => cur_frm.doc.answers[0].plan_says")
    assert first == "Diagnostic Imaging: Support Centre, by Phone."
    shoot(page, "sanity-begun")

    page.evaluate(
        """() => {
             for (const row of cur_frm.doc.answers) {
               row.happened = row.idx === 2 ? "The archive was sold to us without a contract." : "As it is written.";
               row.outcome = row.idx === 2 ? "Otherwise" : "As Planned";
             }
             cur_frm.dirty();
             return cur_frm.save();
           }"""
    )
    page.get_by_role("button", name="Hold Sanity Check").click()
    confirm(page)
    page.wait_for_function("() => cur_frm.doc.held_on")
    shoot(page, "sanity-held")

    page.evaluate("() => cur_frm.set_value('remarks', 'Typed, and not saved yet.')")
    page.get_by_role("button", name="Make a Lesson").click()
    page.locator(".modal.show textarea").fill(
        "Sign before the first day.\nNothing is brought in without a contract."
    )
    confirm(page)
    lesson = page.locator(".smp-panel a", has_text="Sign before the first day.")
    lesson.wait_for()
    assert page.evaluate("() => cur_frm.doc.remarks") == "Typed, and not saved yet."
    lesson.click()
    page.wait_for_function("() => cur_frm.doctype === 'SM Lesson'")
    page.get_by_role("button", name="Make an Improvement").click()
    page.locator(".modal.show textarea").fill("Ask for the contract when a service is accepted")
    confirm(page)
    page.wait_for_function("() => cur_frm.doc.action")
    shoot(page, "lesson")

    lesson = page.evaluate("() => cur_frm.doc")
    action = page.evaluate("(name) => frappe.db.get_doc('SM Improvement', name)", lesson["action"])
    assert (action["source_kind"], action["source"], action["source_record"], action["service"]) == (
        "Lesson",
        "Sign before the first day.",
        lesson["id"],
        "imaging",
    )
    assert (lesson["what_happened"], lesson["source_kind"]) == (
        "The archive was sold to us without a contract.",
        "Sanity Check",
    )


def test_a_risk_shows_its_level_and_the_report_its_matrix(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-risk")
    page.locator(".list-row", has_text="Somebody signs in").first.wait_for()
    shoot(page, "risk-list")
    name = page.evaluate(
        "async () => (await frappe.db.get_list('SM Risk', { filters: { id: 'stolen-accounts' }, pluck: 'name' }))[0]"
    )
    page.goto(f"/app/sm-risk/{name}")
    level = page.locator("[data-fieldname=weight_html] .indicator-pill")
    level.wait_for()
    assert level.inner_text() == "High"
    shoot(page, "risk")
    page.evaluate("() => cur_frm.set_value('likelihood', 'Likely')")
    page.locator("[data-fieldname=weight_html] .indicator-pill", has_text="Critical").wait_for()

    page.goto(f"/app/query-report/Risks?plan={example}&show=Matrix")
    page.locator(".dt-cell", has_text="The image archive stands still at night").first.wait_for()
    shoot(page, "risk-matrix")
    told = call(
        page, "frappe.desk.query_report.run", report_name="Lessons and Notes", filters={"plan": example}
    )
    assert len(told["result"]) == 5
    page.goto(f"/app/query-report/Lessons and Notes?plan={example}")
    page.locator(".dt-cell", has_text="The contract begins before the service does").first.wait_for()
    shoot(page, "lessons")
