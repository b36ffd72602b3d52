"""What one does in the Desk with a plan, in the browser."""

from __future__ import annotations

from urllib.parse import quote, urlencode

PASSWORD = "Planner-2027!"
PLANNER = "tomasz.wieczorek@example.org"
SPONSOR = "orla.kinsella@example.org"
"""Who owns the plan of the example, and who signs it."""
PATIENCE = 120_000
"""Milliseconds that a busy machine may take to show something."""


def call(page, method: str, **arguments: object):
    """Call a method of the API as the user of the page; its message."""
    token = page.evaluate("() => frappe.csrf_token")
    answer = page.request.post(
        f"/api/method/{method}", data=arguments, headers={"X-Frappe-CSRF-Token": token}, timeout=PATIENCE
    )
    assert answer.ok, answer.text()
    return answer.json().get("message")


def open_plan(page, name: str) -> None:
    page.goto(f"/app/sm-plan/{name}")
    page.wait_for_selector("[data-fieldname=findings_html] section.smp-panel")


def act(page, action: str) -> None:
    """Choose a workflow action, and wait until the form is there again."""
    page.get_by_role("button", name="Actions", exact=True).click()
    page.locator(".actions-btn-group .dropdown-item:visible", has_text=action).first.click()


def confirm(page) -> None:
    """Press the first button of the dialog that is open."""
    wait_until_still(page)
    page.locator(".modal.show .btn-primary:visible").click()


def wait_until_still(page) -> None:
    """Wait until no dialog comes or goes: one that still comes does not close, and while one goes none opens."""
    moves = "(one) => $(one).data('bs.modal')?._isTransitioning"
    page.wait_for_function(f"() => !$('.modal').toArray().some({moves})")


def decide(page, act: str, title: str, reason: str = "") -> None:
    """Press the button of a decision, and confirm what it asks."""
    page.locator(".custom-actions:visible, .page-actions:visible").first.wait_for()
    page.get_by_role("button", name=act, exact=True).first.click()
    asked = page.locator(".modal.show").filter(has=page.locator(".modal-title", has_text=title))
    if reason:
        asked.locator("textarea").fill(reason)
    wait_until_still(page)
    asked.locator(".btn-primary:visible").click()


_SHOWN = """label => {
    const tab = cur_frm.layout.tabs.find((tab) => tab.label === label);
    if (cur_frm.get_active_tab() === tab && tab.is_active()) return true;
    tab.tab_link.find(".nav-link").click();
}"""


def show_tab(page, label: str) -> None:
    """A form that is refreshed meanwhile shows its tab of before: ask until it remembers this one."""
    page.locator(".form-tabs .nav-link", has_text=label).first.wait_for()
    page.wait_for_function(_SHOWN, arg=label, polling=500)


def wait_for_state(page, wanted: str) -> None:
    page.locator(".page-head .indicator-pill", has_text=wanted).first.wait_for()


def fits(page) -> None:
    """Nothing is wider than the screen."""
    width = page.evaluate("() => document.scrollingElement.scrollWidth")
    assert width <= page.viewport_size["width"]


def open_form(page, slug: str, name: str) -> None:
    page.goto(f"/app/{slug}/{quote(name)}")
    page.wait_for_function("name => window.cur_frm?.doc?.name === name && !cur_frm.is_new()", arg=name)


def begin(page, slug: str) -> None:
    """Open the form of a new document."""
    page.goto(f"/app/{slug}/new")
    page.wait_for_function("() => window.cur_frm?.doc && cur_frm.is_new()")


def fill(page, rows: dict[str, list[dict]] | None = None, **values: object) -> None:
    """Give fields of the form values, and tables rows after those that are there."""
    page.evaluate(
        """async ([values, rows]) => {
            for (const [field, value] of Object.entries(values)) await cur_frm.set_value(field, value);
            for (const [table, added] of Object.entries(rows)) {
                for (const row of added) cur_frm.add_child(table, row);
                cur_frm.refresh_field(table);
            }
            cur_frm.dirty();
            await new Promise((done) => frappe.after_ajax(done)); // until links are known to be valid
        }""",
        [values, rows or {}],
    )


def save(page) -> str:
    """Save the form with its button; the name of the document."""
    page.locator(".page-head .primary-action:visible", has_text="Save").click()
    page.wait_for_function("() => !cur_frm.is_dirty() && !cur_frm.is_new()")
    return page.evaluate("() => cur_frm.doc.name")


def see_report(page, name: str, **filters: object) -> None:
    """Open a report, and wait until what it says stands there."""
    page.goto(f"/app/query-report/{quote(name)}?{urlencode(filters)}")
    page.locator(".report-wrapper .dt-cell, .report-summary").first.wait_for()


def rows_of(page, report: str, **filters: object) -> list[dict]:
    """The rows of a report, as the user of the page gets them."""
    return call(page, "frappe.desk.query_report.run", report_name=report, filters=filters)["result"]


def rules_broken(page, plan: str, record: str) -> set[str]:
    """The codes of the findings about a record."""
    return {row["code"] for row in rows_of(page, "Plan Findings", plan=plan) if row["id"] == record}


def ahead(page, days: int) -> str:
    """The day that is so many days ahead for the Desk."""
    return page.evaluate("(days) => frappe.datetime.add_days(frappe.datetime.get_today(), days)", days)
