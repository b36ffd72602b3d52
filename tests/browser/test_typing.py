"""Several records typed or pasted in one table, and hours in one line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_kit import call, confirm, fits, open_form, save, wait_until_still

PLANNER = "tomasz.wieczorek@example.org"

PASTE = """([selector, text, html]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (html) data.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(selector).dispatchEvent(event);
}"""


@pytest.fixture
def tidy(administrator) -> Iterator[list[tuple[str, str]]]:
    """DocTypes and names of what goes once the example is gone."""
    made: list[tuple[str, str]] = []
    yield made
    for doctype, name in made:
        call(administrator, "frappe.client.delete", doctype=doctype, name=name)


def begin(page, plan: str, collection: str) -> None:
    page.evaluate(
        """async ([plan, collection]) => {
            await sm_planner.load();
            window.added = null;
            sm_planner.add_several(plan, collection, { on_done: (names) => { window.added = names; } });
        }""",
        [plan, collection],
    )
    page.locator(".smp-several tbody tr").first.wait_for()
    page.wait_for_function("() => document.activeElement.dataset.column === '0'")


def cell(row: int, column: str):
    return f".smp-several tr:nth-child({row}) input[aria-label='{column}, row {row}']"


def test_several_services_are_pasted_mended_and_added(tidy, log_in, example, shoot):
    page = log_in(PLANNER, expected=("417", "ValidationError", "Object"))
    page.goto("/app/sm-person")
    begin(page, example, "services")
    page.evaluate(
        PASTE,
        [
            cell(1, "Title"),
            "Service Owner\tTitle\tImportance\nNora New\tReading Room\thigh\nNora New\tQuiet Room\thihg\n",
            "",
        ],
    )
    assert page.locator(cell(1, "Title")).input_value() == "Reading Room"
    page.get_by_text("New, and made as well: Person “Nora New”").wait_for()
    page.locator(cell(3, "Title")).fill("Coffee Corner")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Title, row 4"

    page.locator(".modal.show .btn-primary").click()
    page.get_by_role("button", name="Row 2, Importance").wait_for()
    assert "Did you mean “High”?" in page.locator(".smp-several .has-error").inner_text()
    shoot(page, "several-fault")
    page.locator(cell(2, "Importance")).fill("High")
    page.locator(".modal.show .btn-primary").click()
    page.wait_for_function("() => window.added")
    names = page.evaluate("() => window.added")
    assert len(names) == 3
    owner = page.evaluate("name => frappe.db.get_value('SM Service', name, 'service_owner')", names[0])
    tidy += [*(("SM Service", name) for name in names), ("SM Person", owner["message"]["service_owner"])]


def test_a_week_is_one_line_and_rows_are_pasted_into_tables(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-service-calendar")
    name = page.evaluate("() => frappe.db.get_list('SM Service Calendar', {limit: 1})")[0]["name"]
    open_form(page, "sm-service-calendar", name)
    line = page.get_by_label("The week in one line")
    page.wait_for_function("() => $('#smp-week-line').val()")
    line.fill("Mo–Do 8:30-12 und 13-17, Fr 8–25")
    page.get_by_text("“25” is no time of the day.").wait_for()
    line.fill("Mo–Do 8:30-12 und 13-17, Fr 8–12")
    page.locator("#smp-week-line-told .smp-week").wait_for()
    line.press("Enter")
    page.wait_for_function("() => cur_frm.doc.windows.length === 9")
    assert line.input_value() == "Mon–Thu 8:30–12, 13–17, Fri 8–12"
    shoot(page, "week-line")

    page.evaluate("() => { cur_frm.clear_table('holidays'); cur_frm.refresh_field('holidays'); }")
    grid = page.locator("[data-fieldname=holidays]")
    grid.locator(".grid-add-row").click()
    grid.locator(".grid-row[data-idx='1'] [data-fieldname=title]").first.click()
    into = "[data-fieldname=holidays] .grid-row input[data-fieldname=title]"
    page.locator(into).wait_for()
    page.evaluate(PASTE, [into, "Date\tTitle\n25.12.2027\tChristmas\nsoon\tNew Year\n", ""])
    page.get_by_text("“soon” is not a date.").wait_for()
    assert page.evaluate("() => cur_frm.doc.holidays.map((row) => row.title || '')") == [""]
    wait_until_still(page)
    page.evaluate("() => { frappe.msg_dialog.hide(); }")
    wait_until_still(page)
    page.evaluate(PASTE, [into, "Date\tTitle\n25.12.2027\tChristmas\n1.1.2028\tNew Year\n", ""])
    page.wait_for_function("() => cur_frm.doc.holidays.length === 2")
    assert page.evaluate("() => cur_frm.doc.holidays.map((row) => [row.day, row.title])") == [
        ["2027-12-25", "Christmas"],
        ["2028-01-01", "New Year"],
    ]
    save(page)

    page.locator(".menu-btn-group button:visible").click()
    page.locator(".menu-btn-group .dropdown-item:visible", has_text="Copy").first.click()
    page.locator(".modal.show input[data-fieldname=title]").fill("Winter hours")
    confirm(page)
    page.wait_for_function("() => cur_frm.is_new() && cur_frm.doc.title === 'Winter hours'")
    assert page.evaluate("() => [cur_frm.doc.windows.length, cur_frm.doc.valid_from || '']") == [9, ""]


def test_records_are_chosen_for_the_scope(tidy, administrator, log_in, example, shoot):
    for title in ("Ada Aside", "Ben Beside"):
        doc = {"doctype": "SM Person", "title": title}
        tidy.append(("SM Person", call(administrator, "frappe.client.insert", doc=doc)["name"]))
    page = log_in(PLANNER)
    page.goto(f"/app/sm-plan/{example}")
    page.wait_for_function("() => window.cur_frm?.doc?.scope?.length")
    before = page.evaluate("() => cur_frm.doc.scope.length")
    page.evaluate("() => { sm_planner.pick_records(cur_frm, 'SM Person'); }")
    boxes = page.locator(".smp-pick input[data-name]")
    boxes.nth(1).wait_for()
    assert page.locator(".modal.show select option", has_text="Service Calendar").count() == 1
    shoot(page, "pick")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.locator(".modal.show .btn-primary", has_text="Add 2").click()
    page.wait_for_function(
        "(count) => cur_frm.doc.scope.length === count && !cur_frm.is_dirty()", arg=before + 2
    )


def test_the_table_fits_on_a_phone(log_in, example, shoot):
    page = log_in(PLANNER, touch=True)
    page.goto("/app/sm-person")
    begin(page, example, "people")
    fits(page)
    shoot(page, "several-phone")
