"""A plan begun with a template in the Desk: how little it takes, and what is said of records that nobody has looked at."""

from __future__ import annotations

import pytest
from desk_kit import PLANNER, call, fits, open_plan

SHARED = (
    *("SM Component", "SM Agreement", "SM Service", "SM Stakeholder", "SM Process"),
    *("SM Role", "SM Team", "SM Service Calendar", "SM Person"),
)


def names(page, doctype: str) -> set[str]:
    found = call(page, "frappe.client.get_list", doctype=doctype, fields=["name"], limit_page_length=0)
    return {row["name"] for row in found}


@pytest.fixture
def cleaned(example, administrator):
    """What the test makes is gone afterwards."""
    doctypes = ("SM Plan", *SHARED)
    before = {doctype: names(administrator, doctype) for doctype in doctypes}
    yield
    for doctype in doctypes:
        for name in names(administrator, doctype) - before[doctype]:
            call(administrator, "frappe.client.delete", doctype=doctype, name=name)


def started(page, **values: str) -> str:
    """The name of a small plan that is started now, and opened."""
    page.goto("/app/sm-plan")
    page.wait_for_function("() => window.sm_planner && sm_planner.is_loaded")
    about = {"title": "Small", "unit": "Small", "situation": "Improve", "depth": "First Plan"}
    about |= {"period_start": "2027-01-01", "period_end": "2027-12-31"}
    plan = call(page, "sm_planner.api.start_plan", values=about | values)
    open_plan(page, plan)
    return plan


def test_a_newcomer_starts_a_plan_with_a_template_and_looks_at_what_came(log_in, cleaned, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-plan")
    page.locator(".list-row:visible").first.wait_for()
    page.get_by_role("button", name="Start a Plan").click()
    dialog = page.locator(".modal.show")
    dialog.locator("input[data-fieldname=unit]").fill("Town Library")
    dialog.locator("input[data-fieldname=executive_sponsor]").fill("Berit Holm")
    assert (
        dialog.locator("input[data-fieldname=title]").input_value()
        == "Service Management Plan of Town Library"
    )
    dialog.get_by_label("Library A small house").check()
    dialog.get_by_label("Improve It is there").check()
    dialog.get_by_text("pieces are taken").wait_for()
    shoot(page, "start")

    dialog.get_by_text("Change Management").first.click()
    dialog.get_by_label("Change Management", exact=True).first.uncheck()
    assert not dialog.locator("[data-piece='raci/change']").is_checked()
    assert dialog.locator("[data-section=raci]").evaluate("(box) => box.indeterminate")
    dialog.locator(".smp-take").scroll_into_view_if_needed()
    shoot(page, "start-pieces")
    dialog.get_by_role("button", name="Start the Plan").click()

    page.wait_for_url("**/sm-plan/SMP-*")
    page.locator(".title-text", has_text="Service Management Plan of Town Library").wait_for()
    plan = page.evaluate("() => cur_frm.doc.name")
    page.locator("[data-fieldname=findings_html] section.smp-panel").wait_for()
    shoot(page, "started")

    (entry, *letters) = sorted(
        row["name"]
        for row in call(
            page,
            "frappe.client.get_list",
            doctype="SM RACI Entry",
            filters={"plan": plan},
            fields=["name"],
            limit_page_length=0,
        )
    )
    assert len(letters) == 5
    role = call(
        page,
        "frappe.client.get_value",
        doctype="SM Role",
        filters={"title": "Head of the Library"},
        fieldname="name",
    )["name"]
    page.goto(f"/app/sm-role/{role}")
    page.locator(".smp-from-template", has_text="Taken from “Library”. Adapt it").wait_for()
    shoot(page, "mark")
    page.locator(".smp-from-template").get_by_role("button", name="It Fits").click()
    page.locator(".smp-from-template").wait_for(state="detached")

    page.goto(f"/app/sm-raci-entry?plan={plan}&taken_from=%5B%22is%22%2C%22set%22%5D")
    page.locator(".list-row-checkbox").first.wait_for()
    page.locator(".list-check-all").first.check()
    page.get_by_role("button", name="Actions").click()
    shoot(page, "list")
    page.locator(
        ".dropdown-menu.show .dropdown-item, .actions-btn-group .dropdown-item", has_text="It Fits"
    ).first.click()
    page.get_by_text("6 records fit.").wait_for()
    page.locator(".no-result:visible").first.wait_for()


def test_the_dialog_fits_a_phone_and_the_dark_theme(log_in, cleaned, shoot):
    page = log_in(PLANNER, touch=True)
    page.goto("/app/sm-plan")
    page.locator(".list-row:visible").first.wait_for()  # the Desk closes dialogs when it goes to another page
    page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
    page.evaluate("() => sm_planner.start_plan()")
    dialog = page.locator(".modal.show")
    dialog.get_by_label("Hospital Department").check()
    dialog.get_by_text("pieces are taken").wait_for()
    fits(page)
    shoot(page, "start-phone")
    dialog.locator(".smp-take").scroll_into_view_if_needed()
    shoot(page, "start-phone-pieces")


def test_pieces_are_taken_into_a_draft_from_its_menu(log_in, cleaned, example):
    page = log_in(PLANNER)
    started(page)
    page.locator(".menu-btn-group button:visible").click()
    page.get_by_role("link", name="Take from a Template").click()
    dialog = page.locator(".modal.show")
    dialog.get_by_label("Library A small house").check()
    dialog.get_by_text("pieces are taken").wait_for()
    dialog.get_by_role("button", name="Take", exact=True).click()
    page.get_by_text("records came.").wait_for()


def test_a_plan_that_grows_takes_what_its_template_brings_there(log_in, cleaned, shoot):
    page = log_in(PLANNER)
    plan = started(page, template="library")
    head = page.locator(".smp-from-template")
    head.get_by_text("As a template filled it: Provider Type, Review Rhythm.").wait_for()
    shoot(page, "fields-as-taken")
    page.get_by_role("button", name="What would “Grown” ask?").click()
    dialog = page.locator(".modal.show")
    dialog.get_by_text("more pieces from “Library”").first.wait_for()
    dialog.locator(".smp-take").scroll_into_view_if_needed()
    shoot(page, "deeper-pieces")
    dialog.get_by_text("How We Did").first.click()
    dialog.get_by_label("How We Did", exact=True).uncheck()
    dialog.get_by_role("button", name="Choose “Grown”").click()
    page.get_by_text("records came.").wait_for()
    page.wait_for_function("() => cur_frm.doc.depth === 'Grown' && !cur_frm.is_dirty()")
    rows = call(
        page,
        "frappe.client.get_list",
        doctype="SM Communication",
        filters={"plan": plan},
        fields=["title"],
    )
    assert [row["title"] for row in rows] == ["Launch of the Service Plan"]

    head.get_by_role("button", name="It Fits").click()
    head.wait_for(state="detached")
    page.wait_for_function("() => !cur_frm.doc.taken_fields && cur_frm.doc.depth === 'Grown'")
