"""The RACI sheet in the Desk: ten letters in few clicks, keys of a spreadsheet, paste and copy, a conflict, a telephone."""

from __future__ import annotations

import contextlib

from desk_kit import PLANNER, call, fits

PHONE = {"width": 390, "height": 844}
INCIDENT, PROBLEM, CHANGE = "Incident Management", "Problem Management", "Change Enablement"
TECHNICIAN, LABORATORY, SPONSOR = "Estates Duty Technician", "Laboratory Systems Lead", "Executive Sponsor"
MEDROVA = "Medrova Service Manager"

COUNT = """() => {
    window.smp_clicks = 0;
    document.addEventListener("click", (event) => event.isTrusted && event.detail && (window.smp_clicks += 1), true);
}"""
PASTE = """(text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
COPIED = """() => {
    const clipboardData = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData("text/plain");
}"""

KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('sm-planner-letters:')).length"
IS_SEEN = """() => {
    const cell = document.activeElement.getBoundingClientRect();
    const sheet = document.activeElement.closest(".smp-raci-scroll").getBoundingClientRect();
    return cell.top >= sheet.top && cell.bottom <= sheet.bottom && cell.left >= sheet.left && cell.right <= sheet.right;
}"""


def opened(page, plan: str):
    page.goto(f"/app/raci-sheet/{plan}")
    page.get_by_role("grid").wait_for()
    return page


def row(page, title: str):
    head = page.get_by_role("rowheader").filter(has_text=title)
    return page.get_by_role("row").filter(has=head).first


def cell(page, title: str, role: str):
    number = page.get_by_role("columnheader", name=role, exact=True).get_attribute("aria-colindex")
    return row(page, title).locator(f"[aria-colindex='{number}']")


def at(page) -> str:
    """What stands in the cell with the focus, as a screen reader hears it."""
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def press(page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def letters(page, plan: str) -> dict[tuple[str, ...], str]:
    return {
        tuple(line[:4]): line[4] for line in call(page, "sm_planner.api.raci_sheet", plan=plan)["entries"]
    }


@contextlib.contextmanager
def saving(page):
    yield
    page.get_by_text("saved.", exact=False).last.wait_for()
    page.wait_for_function("document.querySelector('.page-head .primary-action').disabled")


def wait_until_checked(page) -> None:
    page.get_by_text("Checking …").wait_for(state="detached")


def by_mouse(planner, example, shoot) -> None:
    """Ten letters take at most 25 clicks, with their saving."""
    before = letters(planner, example)
    planner.evaluate(COUNT)
    wanted = [
        (process, role, means)
        for role, means in ((TECHNICIAN, "Consulted"), (LABORATORY, "Informed"))
        for process in (INCIDENT, PROBLEM, CHANGE, "Supplier Management", "Service Level Management")
    ]

    for process, role, means in wanted:
        cell(planner, process, role).click()
        planner.get_by_role("toolbar", name=role).get_by_role("button", name=means).click()
    shoot(planner, "raci-sheet")
    with saving(planner):
        planner.get_by_role("button", name="Save", exact=True).click()

    assert planner.evaluate("window.smp_clicks") <= 25
    added = {key: letter for key, letter in letters(planner, example).items() if key not in before}
    assert sorted(added.values()) == ["C"] * 5 + ["I"] * 5


def beside_others(planner, example, shoot) -> None:
    """What others changed meanwhile is shown with both values, and a choice."""
    mine = cell(planner, INCIDENT, MEDROVA)
    mine.click()
    press(planner, "Escape c")
    change = {"process": "incident", "role": "medrova-service-manager", "letter": "I", "task": "Told at once"}
    call(planner, "sm_planner.api.save_raci_sheet", plan=example, changes=[change])

    press(planner, "Control+s")
    dialog = planner.locator(".modal.show", has_text="Changed by Others Meanwhile")
    dialog.get_by_text("I: Told at once").wait_for()
    shoot(planner, "raci-sheet-conflict")
    with saving(planner):
        dialog.get_by_role("button", name="Save My Choice").click()

    assert letters(planner, example)["incident", "", "", "medrova-service-manager"] == "C"


def through_the_entry(planner) -> None:
    """From a cell to its entry, which has a title that people read, and back to the cell."""
    title = f"{INCIDENT} · {MEDROVA} · C"
    cell(planner, INCIDENT, MEDROVA).click()
    planner.get_by_role("link", name="Open the Entry").click()
    planner.locator(".page-head .title-text:visible", has_text=title).wait_for()
    planner.locator("#navbar-breadcrumbs", has_text=title).wait_for()
    planner.locator(".page-head:visible").get_by_role("button", name="RACI Sheet").click()
    planner.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Consulted'")


def by_keyboard(planner, example, shoot) -> None:
    """The keys of a spreadsheet; what is taken over; why something does not apply; from a finding to its cell; views."""
    grid = planner.get_by_role("grid")
    assert int(grid.get_attribute("aria-colcount")) == 20
    first = cell(planner, INCIDENT, SPONSOR)
    first.click()
    press(planner, "Escape")

    # A letter moves on; A/R is typed as it is written; undo and redo.
    press(planner, "c")
    assert at(planner) == "no letter"
    press(planner, "ArrowLeft a / r")
    assert first.inner_text() == "A/R"
    assert first.get_attribute("aria-label") == "Accountable and Responsible, not saved"
    planner.get_by_text("Several roles are accountable for Incident Management", exact=False).first.wait_for()
    press(planner, "Control+z Control+z Control+z")
    assert first.inner_text() == ""
    press(planner, "Control+y")
    assert first.inner_text() == "C"

    # Fill down a range, copy it, clear it, paste it somewhere else.
    press(planner, "ArrowLeft Shift+ArrowDown Shift+ArrowDown Control+d")
    assert planner.evaluate(COPIED) == "C\nC\nC"
    press(planner, "Delete")
    assert planner.evaluate(COPIED) == "\n\n"
    planner.evaluate(PASTE, "i\tR\r\nA/R\t \r\n")
    assert planner.evaluate(COPIED).split("\n")[0] == "I\tR"
    planner.evaluate(PASTE, "boss\tR")
    planner.get_by_text("“boss” is no letter", exact=False).first.wait_for()

    # Services open to letters that are taken over, with where they come from.
    row(planner, INCIDENT).get_by_role("button").click()
    inherited = cell(planner, "Electronic Patient Record", "Support Centre Manager")
    assert inherited.inner_text() == "A"
    assert inherited.get_attribute("aria-label") == "Accountable, taken over from the default of the process"
    shoot(planner, "raci-sheet-open")

    # N/A for the process as a whole asks why; a finding leads to its cell.
    cell(planner, "Diagnostic Imaging", "Does Not Apply").click()
    press(planner, "Escape n")
    planner.keyboard.type("The clinic does this")
    press(planner, "Enter")
    planner.get_by_text("Does not apply: The clinic does this").wait_for()
    finding = planner.get_by_role("button", name="Several roles are accountable").first
    finding.click()
    assert planner.evaluate("document.activeElement.getAttribute('role')") == "gridcell"
    with saving(planner):
        press(planner, "Control+s")
    entries = call(planner, "sm_planner.api.raci_sheet", plan=example)["entries"]
    assert ["imaging", "N/A", "The clinic does this"] in [[one[1], one[4], one[5]] for one in entries]

    # Views: what a person holds, and gaps only.
    planner.get_by_role("combobox", name="Person").select_option(index=1)
    assert int(grid.get_attribute("aria-colcount")) < 20
    planner.get_by_role("combobox", name="Person").select_option("")
    planner.get_by_role("checkbox", name="Gaps only").check()
    assert planner.get_by_role("rowheader").first.is_visible()


def from_a_finding(planner, example, shoot) -> None:
    """From the form of the plan to the cell of a finding, whatever the view hides; what is not saved stays."""
    planner.get_by_role("checkbox", name="Gaps only").uncheck()
    planner.get_by_role("searchbox", name="Find a process").fill(PROBLEM)
    row(planner, INCIDENT).wait_for(state="detached")
    cell(planner, PROBLEM, SPONSOR).click()
    press(planner, "Escape c")

    planner.evaluate("(name) => frappe.set_route('Form', 'SM Plan', name)", example)
    panel = planner.locator("[data-fieldname=findings_html]")
    panel.locator("details.smp-group").first.wait_for()
    panel.locator("details.smp-group, details.smp-group > details").evaluate_all(
        "(all) => all.forEach((one) => { one.open = true; })"
    )
    link = panel.locator(".smp-finding a[href*='/raci-sheet/']", has_text="RACI Sheet").last
    spot = link.get_attribute("href").split("/raci-sheet/")[1].split("/")[1:]
    assert spot[0] != "problem"
    link.click()
    planner.wait_for_function("document.activeElement.getAttribute('role') === 'gridcell'")
    shoot(planner, "raci-sheet-from-a-finding")

    sheet = call(planner, "sm_planner.api.raci_sheet", plan=example)
    kind = ("processes", "services", "components")[len(spot) - 1]
    titles = {one[0]: one[1] for one in sheet[kind]}
    head = planner.evaluate(
        "document.activeElement.closest('[role=row]').querySelector('[role=rowheader]').innerText"
    )
    assert titles[spot[-1]] in head
    assert planner.evaluate(IS_SEEN)
    planner.get_by_text("1 not saved").wait_for()
    press(planner, "Control+z")


def after_a_crash(planner, example, shoot) -> None:
    """What was not saved is offered to the next page; what others changed meanwhile is a conflict, as ever; once saved, it is gone."""
    mine = cell(planner, CHANGE, SPONSOR)
    mine.click()
    press(planner, "Escape i")
    again = opened(planner.context.new_page(), example)  # the first page never hears of it
    offer = again.get_by_role("alert").filter(has_text="One unsaved letter of")
    offer.wait_for()
    shoot(again, "raci-sheet-unsaved")
    seen = letters(again, example).get(("change", "", "", "executive-sponsor"), "")
    change = {
        "process": "change",
        "role": "executive-sponsor",
        "letter": "C",
        "task": "",
        "seen_letter": seen,
    }
    call(again, "sm_planner.api.save_raci_sheet", plan=example, changes=[change])
    offer.get_by_role("button", name="Take Up").click()
    offer.wait_for(state="detached")
    assert cell(again, CHANGE, SPONSOR).inner_text() == "I"
    press(again, "Control+s")
    dialog = again.locator(".modal.show", has_text="Changed by Others Meanwhile")
    assert again.evaluate(KEPT) == 1
    with saving(again):
        dialog.get_by_role("button", name="Save My Choice").click()
    assert letters(again, example)["change", "", "", "executive-sponsor"] == "I"
    assert again.evaluate(KEPT) == 0


def on_a_telephone(phone, example, shoot) -> None:
    """One process a card."""
    phone.set_viewport_size(PHONE)
    phone.goto(f"/app/raci-sheet/{example}")
    phone.get_by_role("combobox", name="Process").select_option(label=INCIDENT)
    phone.get_by_role("combobox", name="For", exact=True).select_option(label="Electronic Patient Record")
    phone.get_by_role("combobox", name=SPONSOR).select_option("C")
    wait_until_checked(phone)
    fits(phone)
    shoot(phone, "raci-sheet-phone")
    with saving(phone):
        phone.evaluate("document.querySelector('.page-head .primary-action').click()")
    assert letters(phone, example)["incident", "patient-record", "", "executive-sponsor"] == "C"


def test_the_sheet_is_written_by_mouse_by_keyboard_beside_others_and_on_a_telephone(log_in, example, shoot):
    """One test, as the example takes long to load."""
    planner = opened(log_in(PLANNER), example)
    by_mouse(planner, example, shoot)
    beside_others(planner, example, shoot)
    through_the_entry(planner)
    by_keyboard(planner, example, shoot)
    from_a_finding(planner, example, shoot)
    after_a_crash(planner, example, shoot)
    on_a_telephone(log_in(PLANNER, touch=True), example, shoot)
