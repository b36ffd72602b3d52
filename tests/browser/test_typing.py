"""Several records typed or pasted in one table, and hours in one line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_kit import call, fits

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


def test_the_table_fits_on_a_phone(log_in, example, shoot):
    page = log_in(PLANNER, touch=True)
    page.goto("/app/sm-person")
    begin(page, example, "people")
    fits(page)
    shoot(page, "several-phone")
