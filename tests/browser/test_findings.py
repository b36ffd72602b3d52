"""The findings on the form of a plan: each fault once, what helps most first, and what is done about one from there."""

from __future__ import annotations

from desk_kit import PLANNER, open_plan, see_report, wait_until_still

PRINTED = "() => frappe.query_report.get_data_for_print().length"


def test_a_finding_is_opened_asked_about_waived_worked_on_and_assigned(log_in, example, shoot):
    page = log_in(PLANNER, expected=("417",))
    open_plan(page, example)
    page.get_by_role("heading", name="What helps most").wait_for()
    panel = page.locator("[data-fieldname=findings_html]")
    assert panel.locator("section[aria-label='What helps most'] .smp-finding").count() == 3
    shoot(page, "findings")

    # What hits several records is one line, and shows them when it is opened.
    several = panel.locator("details.smp-group .smp-finding").filter(has=page.locator("[data-beneath]")).first
    several.locator("summary").click()
    several.locator(".smp-beneath .smp-link").first.wait_for()
    shoot(page, "findings-beneath")

    def choose(line, act: str) -> None:
        """By the keyboard alone: the menu opens, and its items are walked through."""
        line.locator("[data-toggle=dropdown]").focus()
        page.keyboard.press("Enter")
        item = line.get_by_role("menuitem", name=act)
        item.wait_for()
        item.focus()
        page.keyboard.press("Enter")

    panel.locator("details.smp-group > details > summary").first.click()  # those after the first five
    line = panel.locator("details.smp-group .smp-finding", has_text="has no component").first
    choose(line, "Why Is This Asked?")
    why = page.locator(".modal.show", has_text="Asked from Depth")
    why.get_by_text("Source").wait_for()
    shoot(page, "findings-why")
    wait_until_still(page)
    why.locator(".btn-modal-close:visible").first.click()
    wait_until_still(page)

    choose(line, "Waive …")
    asked = page.locator(".modal.show", has_text="Waive SVC-06")
    asked.locator("[data-fieldname=reason] textarea").fill("The portal is bought as a whole.")
    shoot(page, "findings-waive")
    wait_until_still(page)
    asked.get_by_role("button", name="Ask for Approval").click()
    page.get_by_text("waits for approval by").wait_for()

    wait_until_still(page)
    choose(line, "Make an Improvement …")
    asked = page.locator(".modal.show", has_text="Make an Improvement of SVC-06")
    asked.locator("[data-fieldname=title] input").fill("Enter the servers of the portal")
    wait_until_still(page)
    asked.get_by_role("button", name="Make", exact=True).click()
    line.get_by_text("Being worked on:").wait_for()
    line.get_by_role("link", name="Enter the servers of the portal").wait_for()

    wait_until_still(page)
    choose(line, "Assign to Its Owner")
    page.get_by_text("Assigned to").or_(page.get_by_text("has no enabled account")).first.wait_for()

    page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
    shoot(page, "findings-dark")
    page.set_viewport_size({"width": 390, "height": 844})
    shoot(page, "findings-phone")
    page.set_viewport_size({"width": 1440, "height": 960})

    # The report has the same lines as a tree, and prints it all, or what is left of it when it is closed.
    see_report(page, "Plan Findings", plan=example)
    page.locator(".dt-tree-node__toggle").first.wait_for()
    shoot(page, "findings-report")
    data = page.evaluate("() => frappe.query_report.data")
    heads = [row for row in data if row.get("is_head")]
    assert len(heads) == page.evaluate("() => $('.dt-tree-node__toggle:visible').length") > 1
    assert page.evaluate(PRINTED) == len(data)
    page.get_by_role("button", name="Collapse All").click()
    assert page.evaluate(PRINTED) == sum(row["indent"] == 0 for row in data)
    shoot(page, "findings-report-closed")
    page.locator(".dt-cell", has_text="findings").first.wait_for()
