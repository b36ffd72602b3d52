"""What axe finds serious or critical in our markup: nothing, light and dark, wide and on a phone.

Source: axe-core's rules for WCAG 2.2, levels A and AA (https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_kit import PATIENCE, PLANNER, call, open_plan

axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
SCRIPT = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

OURS = ", ".join(f'[class^="{own}"], [class*=" {own}"]' for own in ("smp-", "sm-"))
FRAPPES = [".indicator-pill", ".btn-primary"]
"""Widgets of Frappe within ours: their colours are those of the site's theme."""
SCREENS = {"wide": {"width": 1440, "height": 960}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")

FIND = """async ([ours, exclude, theme]) => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.themeMode = theme;
    await new Promise((done) => setTimeout(done, 250)); // colours change by transitions
    const shown = [...document.querySelectorAll(ours)].filter((one) => one.checkVisibility());
    const include = shown.filter((one) => !shown.some((other) => other !== one && other.contains(one)));
    if (!include.length) return [0, []];
    const { violations } = await axe.run({ include, exclude }, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        resultTypes: ["violations"],
    });
    return [include.length, violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).flatMap(
        ({ id, nodes }) => nodes.slice(0, 3).map(({ html, any, all, none }) =>
            `${id}: ${html.slice(0, 160)} (${[...any, ...all, ...none].map((one) => one.message).join("; ").slice(0, 200)})`,
        ),
    )];
}"""


def look(page, name: str, *, needed: bool = True) -> list[str]:
    """What is found on what is shown, in both themes and on both screens. needed: something of ours has to be there."""
    if not page.evaluate("() => typeof axe !== 'undefined'"):
        page.evaluate(SCRIPT)
    theme_before = page.evaluate("() => document.documentElement.dataset.theme")
    found = []
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        for theme in THEMES:
            count, violations = page.evaluate(FIND, [OURS, FRAPPES, theme])
            found += [f"{name}, {screen}, {theme}: {one}" for one in violations]
            if needed and not count and screen == "wide":
                found.append(f"{name}, {screen}, {theme}: nothing of ours is shown")
    page.set_viewport_size(SCREENS["wide"])
    page.evaluate("(theme) => (document.documentElement.dataset.theme = theme)", theme_before)
    return found


def settle(page) -> None:
    """Wait until nothing was asked of the site for a while."""
    page.wait_for_function("() => !window.jQuery || !jQuery.active", timeout=PATIENCE)
    page.wait_for_timeout(400)


def look_at(page, places: dict[str, str]) -> list[str]:
    """What is found at addresses. places: address → what is there once it is shown."""
    found = []
    for address, wait_for in places.items():
        page.goto(address)
        page.locator(wait_for).first.wait_for(timeout=PATIENCE)
        settle(page)
        found += look(page, address)
    return found


OF_RECORDS = (
    "SM Service",
    "SM Agreement",
    "SM Service Calendar",
    "SM RACI Entry",
    "SM Improvement",
    "SM Objective",
)
"""DocTypes whose form shows something of ours."""


def test_a_plan_that_is_written_is_accessible_on_all_its_tabs(log_in, example):
    page = log_in(PLANNER)
    open_plan(page, example)
    settle(page)
    found = look_at_tabs(page, "plan")
    assert found == [], "\n".join(found)


def look_at_tabs(page, name: str) -> list[str]:
    """What is found on the tabs of the form that is open."""
    tabs = page.evaluate("() => cur_frm.layout.tabs.filter((tab) => !tab.hidden).map((tab) => tab.label)")
    found = [] if tabs else look(page, name)
    for tab in tabs:
        page.evaluate("(label) => cur_frm.layout.tabs.find((tab) => tab.label === label).set_active()", tab)
        settle(page)
        found += look(page, f"{name}, {tab}", needed=False)
    return found


def test_forms_of_records_are_accessible(log_in, example):
    page = log_in(PLANNER)
    page.goto("/app/sm-plan")
    page.wait_for_function("() => window.frappe?.csrf_token")
    found = []
    for doctype in OF_RECORDS:
        asked = {"doctype": doctype, "limit_page_length": 1, "order_by": "name asc"}
        (first,) = call(page, "frappe.client.get_list", **asked)
        page.evaluate("(route) => frappe.set_route(route)", ["Form", doctype, first["name"]])
        page.wait_for_function("(name) => cur_frm?.doc?.name === name", arg=first["name"])
        settle(page)
        found += look_at_tabs(page, doctype)
    assert found == [], "\n".join(found)


def test_pages_about_a_plan_and_the_dialog_that_starts_one_are_accessible(log_in, example):
    page = log_in(PLANNER)
    places = {
        f"/app/raci-sheet/{example}": "[role=grid]",
        f"/app/service-map/{example}": ".sm-map [data-key]",
        "/app/sm-plan": ".list-row",
    }
    found = []
    for address, wait_for in places.items():
        page.goto(address)
        page.locator(wait_for).first.wait_for(timeout=PATIENCE)
        settle(page)
        if address.endswith("sm-plan"):
            page.evaluate("() => sm_planner.start_plan()")
            page.locator(".modal.show").get_by_label("Library").click()
            page.locator(".modal.show").get_by_text("pieces are taken").wait_for()
            settle(page)
        found += look(page, address)
    assert found == [], "\n".join(found)


def test_pages_of_a_plan_in_force_are_accessible(log_in, in_force):
    page = log_in(PLANNER)
    places = {
        f"/app/sm-plan/{in_force}": ".smp-panel",
        "/app/roadmap": ".sm-roadmap-grid",
        "/app/my-part": ".sm-part-ask",
        "/my-part": ".sm-part-ask",
        "/app/executive-view": "[class^=smp-], [class^=sm-]",
    }
    found = look_at(page, places)
    assert found == [], "\n".join(found)
