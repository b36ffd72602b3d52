"""What one does in the Desk with a plan, in the browser."""

from __future__ import annotations

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
    page.get_by_role("button", name="Actions").click()
    page.locator(".actions-btn-group .dropdown-item", has_text=action).first.click()


def confirm(page) -> None:
    """Press the first button of the dialog that is open."""
    page.locator(".modal.show .btn-primary:visible").click()


def decide(page, act: str, title: str, reason: str = "") -> None:
    """Press the button of a decision, and confirm what it asks."""
    page.locator(".custom-actions:visible, .page-actions:visible").first.wait_for()
    page.get_by_role("button", name=act, exact=True).first.click()
    asked = page.locator(".modal.show").filter(has=page.locator(".modal-title", has_text=title))
    if reason:
        asked.locator("textarea").fill(reason)
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
