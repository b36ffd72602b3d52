"""What axe finds serious or critical in our markup: nothing, light and dark, wide and on a phone. Pages of the portal: test_portal."""

from __future__ import annotations

from axe_kit import look, settle
from desk_kit import PATIENCE, PLANNER, call, open_plan


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
    page.goto("/app/sm-plan")
    page.wait_for_function("() => window.frappe?.csrf_token")
    document = {
        "doctype": "SM Assessment",
        "lineage": "ardlough-service-plan",
        "title": "Where we are in winter",
    }
    document |= {"framework": "where-we-stand", "assessor": "tomasz-wieczorek", "as_of": "2026-11-20"}
    places[f"/app/assess/{call(page, 'frappe.client.insert', doc=document)['name']}"] = ".smp-assess-line"
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
