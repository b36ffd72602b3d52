"""Entering records in the Desk: what links offer, quick entries within quick entries, badges and what they find."""

from __future__ import annotations

import re

import pytest
from desk_kit import show_tab

PLANNER = "tomasz.wieczorek@example.org"
SPONSOR = "orla.kinsella@example.org"
LINEAGE = "ardlough-service-plan"


def dialog(page, title: str):
    """The dialog of that title, which others may stand behind."""
    return page.locator(".modal.show").filter(has=page.locator(".modal-title", has_text=title))


def offered(page, field) -> list[str]:
    """What a link field suggests, by its first lines."""
    field.click()
    options = page.locator("[role=option]:visible")
    options.get_by_text("Advanced Search").first.wait_for()
    return [text.strip().split("\n")[0] for text in options.all_inner_texts()]


def test_a_person_made_within_the_quick_entry_of_a_service_stays_its_owner(log_in, example):
    page = log_in(PLANNER)
    page.goto("/app/sm-service")
    page.get_by_role("button", name="Add SM Service").click()
    entry = dialog(page, "New SM Service")
    entry.locator("input[data-fieldname=title]").fill("Payroll")
    owner = entry.locator("input[data-fieldname=service_owner]")
    owner.click()
    page.keyboard.type("Bert Test")
    entry.get_by_text("Create a new SM Person").click()
    person = dialog(page, "New SM Person")
    person.locator("input[data-fieldname=title]").fill("Bert Test")
    person.get_by_role("button", name="Save").click()
    person.wait_for(state="hidden")
    entry.get_by_role("button", name="Save").click()
    entry.wait_for(state="hidden")
    found = {
        "filters": {"title": "Payroll"},
        "fields": ["name", "service_owner", "service_owner.title as owner"],
    }
    (made,) = page.evaluate("(found) => frappe.db.get_list('SM Service', found)", found)
    admin = log_in("Administrator", "admin")
    admin.goto("/app/sm-settings")
    for doctype, name in (("SM Service", made["name"]), ("SM Person", made["service_owner"])):
        admin.evaluate("([doctype, name]) => frappe.db.delete_doc(doctype, name)", [doctype, name])
    assert made["owner"] == "Bert Test"


def test_links_offer_what_can_be_saved(log_in, example):
    page = log_in(PLANNER)
    page.goto("/app/sm-service/appointments")
    show_tab(page, "Dependencies")
    page.locator("[data-fieldname=dependencies] .grid-add-row").click()
    row = page.locator("[data-fieldname=dependencies] .rows .grid-row").last
    services = offered(page, row.locator("input[data-fieldname=service]"))
    assert "Patient Portal" in services and "Outpatient Appointments" not in services
    assert "All except this record itself." in services

    page.goto("/app/sm-person/orla-kinsella")
    people = offered(page, page.locator("[data-fieldname=reports_to] input"))
    assert "Orla Kinsella" not in people and "All except this record itself." in people

    page.goto("/app/sm-improvement/new")
    plans = offered(page, page.locator("[data-fieldname=lineage] input"))
    assert plans[0] == "Service Management Plan 2027-2028"
    page.evaluate(f"() => cur_frm.set_value('lineage', '{LINEAGE}')")
    objectives = offered(page, page.locator("[data-fieldname=objective] input"))
    assert (
        "Clinical services back within four hours" in objectives and "Records of the same plan." in objectives
    )


def test_the_scope_of_a_plan_tells_plain_kinds(log_in, example):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-plan/{example}")
    show_tab(page, "Scope")
    kind = page.locator("[data-fieldname=scope] .rows .grid-row").first.locator(
        "[data-fieldname=record_type]"
    )
    kind.get_by_text(re.compile("^Person$")).wait_for()
    kind.click()
    options = page.locator("[data-fieldname=scope] .rows select option").all_inner_texts()
    assert "Service Calendar" in options and not [text for text in options if text.startswith("SM ")]


LISTS = ("agreement", "delegation", "objective", "person", "service-calendar", "waiver")


def rows(page) -> dict[str, tuple[str, str]]:
    """Name → filter and text of the badge of each row."""
    found = page.evaluate(
        """() => [...document.querySelectorAll(".list-row")].filter((row) => row.offsetParent).map((row) => {
          const badge = row.querySelector(".indicator-pill[data-filter]");
          const name = decodeURIComponent(row.querySelector("[data-name]").dataset.name);
          return [name, badge?.dataset.filter, badge?.innerText.trim()];
        })"""
    )
    return {name: (asked, text) for name, asked, text in found}


@pytest.mark.parametrize("listed", LISTS)
def test_a_badge_finds_the_rows_that_show_it(log_in, example, listed):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-{listed}")
    page.locator(".list-row, .no-result").first.wait_for()
    page.wait_for_timeout(1500)
    every = page.locator(".btn-paging[data-value='500']")
    if every.is_visible():  # not below an empty list, on 16
        every.click()
        page.wait_for_timeout(1500)
    shown = rows(page)
    for asked in {asked for asked, _text in shown.values()}:
        page.locator(f".list-row .indicator-pill[data-filter='{asked}']").first.click()
        page.wait_for_timeout(1200)
        expected = {name: badge for name, badge in shown.items() if badge[0] == asked}
        assert rows(page) == expected, asked
        page.evaluate("() => cur_list.filter_area.clear()")
        page.wait_for_timeout(1200)


IN_SIGHT = """() => {
    const frame = cur_list.gantt.$container.getBoundingClientRect();
    const shown = ({ left, right }) => left < frame.right && right > frame.left;
    const long = [...document.querySelectorAll(".gantt .smp-bar")].filter((bar) => {
        const { left, right } = bar.querySelector(".bar").getBoundingClientRect();
        return shown({ left, right: right - 300 }) && left < frame.right - 300 && right > frame.left + 300;
    });
    return long.length && long.every((bar) => shown(bar.querySelector(".bar-label").getBoundingClientRect()));
}"""
"""Whether the names of all bars stand in sight of which a good part does."""


def test_a_gantt_chart_begins_with_weeks_and_names_its_bars(log_in, example, shoot):
    page = log_in(SPONSOR)
    page.goto("/app/sm-improvement/view/gantt")
    page.locator(".gantt .smp-bar").first.wait_for()
    shoot(page, "improvements-gantt")
    assert page.evaluate("() => cur_list.gantt.options.view_mode") == "Week"
    assert "Bring Fernhill on board" in page.locator(".gantt .bar-label").all_text_contents()
    assert page.locator(".gantt-view-mode .btn-info").inner_text() == "Week"
    page.wait_for_function(IN_SIGHT)
    page.evaluate("() => { cur_list.gantt.$container.scrollLeft += 1500 }")
    page.wait_for_function(IN_SIGHT)
    page.locator(".btn-view-mode[data-value=Month]").click()
    page.wait_for_function("() => cur_list.gantt.options.view_mode === 'Month'")
    page.evaluate("() => frappe.set_route('List', 'SM Risk', 'Gantt')")
    page.locator(".gantt .smp-bar-open").first.wait_for()
    assert page.evaluate("() => cur_list.gantt.options.view_mode") == "Week"
    shoot(page, "risks-gantt")
    page.evaluate("() => frappe.set_route('List', 'SM Improvement', 'Gantt')")
    page.wait_for_function("() => cur_list.doctype === 'SM Improvement' && cur_list.gantt?.options.view_mode")
    assert page.evaluate("() => cur_list.gantt.options.view_mode") == "Month", "as its user chose"


def test_the_timeline_tells_titles(log_in, example):
    page = log_in(PLANNER)
    page.goto("/app/sm-service/appointments")
    page.locator(".form-tabs .nav-link").first.wait_for()
    page.evaluate("() => cur_frm.set_value('service_owner', 'grace-achieng')")
    page.keyboard.press("Control+s")
    page.locator(".timeline-item", has_text="from Nuala Brogan to Grace Achieng").wait_for()


def test_a_waiver_is_chosen_from_lists(log_in, example):
    page = log_in(PLANNER)
    page.goto("/app/sm-waiver/new")
    page.locator("[data-fieldname=rule] input").click()
    page.keyboard.type("SVC-05")
    page.locator("[data-fieldname=rule] li, [data-fieldname=rule] [role=option]").get_by_text(
        "SVC-05"
    ).wait_for()
    page.evaluate(f"() => cur_frm.set_value('lineage', '{LINEAGE}')")
    page.wait_for_timeout(1500)
    page.locator("[data-fieldname=record] input").click()
    page.keyboard.type("Outpatient")
    page.locator("[data-fieldname=record] li, [data-fieldname=record] [role=option]").get_by_text(
        "Outpatient Appointments"
    ).first.wait_for()


def test_a_service_owner_sees_whose_a_service_is(log_in, example):
    page = log_in("nuala.brogan@example.org")
    page.goto("/app/sm-service/imaging")
    page.get_by_text("Only the owner of the service or a planner can change this.").wait_for()
    assert page.get_by_role("button", name="Save").count() == 0
    page.goto("/app/sm-service/patient-portal")
    page.get_by_role("button", name="Save").wait_for()
    assert page.get_by_text("Only the owner of").count() == 0
