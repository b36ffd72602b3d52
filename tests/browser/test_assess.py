"""An assessment in the Desk: forty lines by keyboard while the line drops, submitted, and a gap that becomes an improvement."""

from __future__ import annotations

from desk_kit import PLANNER, call, fits

LINEAGE = "ardlough-service-plan"
PHONE = {"width": 390, "height": 844}
OFFLINE = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
ANSWERING = "**/sm_planner.api.answer_line"


def begun(page, **fields) -> str:
    """A new assessment of the planner's own; its name."""
    document = {
        "doctype": "SM Assessment",
        "lineage": LINEAGE,
        "title": "Winter by ourselves",
        "framework": "where-we-stand",
        "assessor": "tomasz-wieczorek",
        "as_of": "2026-11-20",
        "next_date": "2027-12-15",
        **fields,
    }
    return call(page, "frappe.client.insert", doc=document)["name"]


def answers(page, name: str) -> list:
    return [
        row["score"] for row in call(page, "frappe.client.get", doctype="SM Assessment", name=name)["answers"]
    ]


def open_page(page, name: str) -> None:
    page.goto(f"/app/assess/{name}")
    page.locator(".smp-assess-line").wait_for()


def wait_for_state(page, state: str) -> None:
    page.locator(f".smp-assess-state[data-state={state}]").wait_for()


def at(page, number: int) -> None:
    page.locator(".smp-assess-line", has_text=f"{number} of 40").wait_for()


def test_forty_lines_by_keyboard_and_nothing_is_lost_when_the_line_drops(
    log_in, example, administrator, shoot
):
    page = log_in(PLANNER, expected=OFFLINE)
    page.goto(f"/app/sm-lineage/{LINEAGE}")
    page.wait_for_function("() => window.frappe?.csrf_token")
    name = begun(page)
    open_page(page, name)
    at(page, 1)
    shoot(page, "assess-line")
    for number in range(1, 15):
        page.keyboard.press(str(number % 5))
        at(page, number + 1)
    wait_for_state(page, "saved")
    page.context.set_offline(True)
    for number in range(15, 31):
        page.keyboard.press(str(number % 5))
        at(page, number + 1)
    wait_for_state(page, "waiting")
    assert "trying again" in page.locator(".smp-assess-state").inner_text()
    shoot(page, "assess-no-connection")
    assert answers(administrator, name)[14:] == [None] * 26
    kept = page.evaluate(
        "() => Object.keys(localStorage).filter((key) => key.startsWith('sm-planner-answers:'))"
    )
    assert len(kept) == 1
    page.keyboard.press("p")
    at(page, 30)
    page.keyboard.press("4")  # said once more while the first is still on its way
    at(page, 31)
    page.context.set_offline(False)
    for number in range(31, 41):
        page.keyboard.press(str(number % 5))
        if number < 40:
            at(page, number + 1)
    wait_for_state(page, "saved")
    wanted = [number % 5 for number in range(1, 41)]
    wanted[29] = 4
    assert answers(administrator, name) == wanted
    assert (
        page.evaluate(
            "() => Object.keys(localStorage).filter((key) => key.startsWith('sm-planner-answers:'))"
        )
        == []
    )
    numbers = page.locator(".smp-assess-numbers").inner_text()
    assert "Answered: 40 of 40" in numbers and "mean 2" in numbers
    assert page.locator("[data-others]").inner_text().count("Siobhán Geraghty") == 1


def test_what_was_not_saved_when_the_page_was_closed_is_saved_when_it_is_opened_again(
    log_in, example, administrator
):
    page = log_in(PLANNER, expected=OFFLINE)
    page.goto(f"/app/sm-lineage/{LINEAGE}")
    page.wait_for_function("() => window.frappe?.csrf_token")
    name = begun(page)
    open_page(page, name)
    page.context.set_offline(True)
    page.keyboard.press("3")
    wait_for_state(page, "waiting")
    page.evaluate("() => { window.onbeforeunload = null; }")
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(False)
    page.reload()
    page.locator(".smp-assess-line").wait_for()
    wait_for_state(page, "saved")
    page.wait_for_function(
        "() => !Object.keys(localStorage).some((key) => key.startsWith('sm-planner-answers:'))"
    )
    assert answers(administrator, name)[0] == 3


def test_what_waits_of_one_assessment_says_nothing_of_another(log_in, example, administrator):
    page = log_in(PLANNER, expected=("ERR_FAILED", "Failed to fetch"))
    page.goto(f"/app/sm-lineage/{LINEAGE}")
    page.wait_for_function("() => window.frappe?.csrf_token")
    first, second = begun(page, title="The first"), begun(page, title="The second")
    open_page(page, first)
    page.route(ANSWERING, lambda route: route.abort())
    page.keyboard.press("3")
    wait_for_state(page, "waiting")
    page.evaluate("(name) => frappe.set_route('assess', name)", second)
    page.locator(".title-text", has_text="The second").wait_for()
    wait_for_state(page, "saved")
    at(page, 1)
    page.unroute(ANSWERING)
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    page.wait_for_function(
        "() => !Object.keys(localStorage).some((key) => key.startsWith('sm-planner-answers:'))"
    )
    assert "Answered: 0 of 40" in page.locator(".smp-assess-numbers").inner_text()
    assert page.locator(".smp-chosen").count() == 0
    assert answers(administrator, first)[0] == 3
    assert answers(administrator, second) == [None] * 40


def test_a_refused_line_leaves_the_note_that_is_typed_in_another_one(log_in, example):
    page = log_in(PLANNER, expected=("417", "EXPECTATION FAILED"))
    page.goto(f"/app/sm-lineage/{LINEAGE}")
    page.wait_for_function("() => window.frappe?.csrf_token")
    open_page(page, begun(page))
    held = []
    page.route(ANSWERING, lambda route: held.append(route))
    page.keyboard.press("3")
    at(page, 2)
    note = page.locator("[data-note]")
    note.press_sequentially("Half a sent")
    held[0].fulfill(status=417, json={})
    wait_for_state(page, "refused")
    note.press_sequentially("ence")
    assert note.input_value() == "Half a sentence"
    assert page.evaluate("() => document.activeElement.matches('[data-note]')")
    page.unroute(ANSWERING)
    note.press("Escape")
    page.keyboard.press("g")
    asked = page.locator(".modal.show")
    asked.locator("input:visible").click()
    assert "not saved" in asked.locator("li", has_text="1 ").first.inner_text()
    page.keyboard.press("Escape")
    asked.wait_for(state="hidden")
    page.keyboard.press("p")
    at(page, 1)
    page.get_by_role("button", name="Try Again").click()
    wait_for_state(page, "saved")


def test_reasons_notes_evidence_and_the_way_to_a_gap_on_a_phone(log_in, example, administrator, shoot):
    page = log_in(PLANNER, touch=True)
    page.set_viewport_size(PHONE)
    page.goto(f"/app/sm-lineage/{LINEAGE}")
    page.wait_for_function("() => window.frappe?.csrf_token")
    name = begun(page)
    open_page(page, name)
    fits(page)
    shoot(page, "assess-phone")
    assert page.get_by_text("What others found is shown once you have answered.").is_visible()
    page.locator("[data-note]").fill("Two tools side by side.")
    page.get_by_role("button", name="Add Evidence").tap()
    asked = page.locator(".modal.show")
    asked.locator("[data-fieldname=what] input").fill("A list of tickets")
    asked.locator(".btn-primary:visible").tap()
    page.locator(".smp-assess-more li", has_text="A list of tickets").wait_for()
    page.get_by_role("radio").nth(1).tap()
    at(page, 2)
    page.get_by_role("button", name="Does Not Apply").tap()
    asked = page.locator(".modal.show")
    asked.locator("[data-fieldname=reason] input").fill("Nothing of that is here")
    asked.locator(".btn-primary:visible").tap()
    at(page, 3)
    wait_for_state(page, "saved")
    fits(page)
    page.get_by_role("button", name="Submit Assessment").tap()
    page.locator(".modal.show .btn-primary:visible").tap()
    page.locator("[data-fieldname=standing_html] section.smp-panel").wait_for()
    gap = page.locator("[data-fieldname=standing_html] li", has_text="Tool for incidents and requests")
    assert "Nobody answers it" in gap.inner_text()
    shoot(page, "assess-gaps-phone")
    gap.get_by_role("button", name="Make an Improvement").tap()
    page.wait_for_function("() => cur_frm?.doctype === 'SM Improvement' && !cur_frm.is_new()")
    found = call(
        administrator,
        "frappe.client.get_list",
        doctype="SM Improvement",
        filters={"source_record": "where-we-stand / sys-tickets"},
        fields=["benefit_baseline", "benefit_target", "description"],
    )
    assert found == [
        {"benefit_baseline": 1.0, "benefit_target": 3.0, "description": "Two tools side by side."}
    ]
    document = call(administrator, "frappe.client.get", doctype="SM Assessment", name=name)
    assert [row["what"] for row in document["evidence"]] == ["A list of tickets"]
    assert document["answers"][1]["not_applicable"] == "Nothing of that is here"
