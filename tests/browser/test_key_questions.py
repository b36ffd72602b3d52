"""All key questions stand on the form of a plan; nobody types a code, and empty questions add no rows."""

from __future__ import annotations

from desk_kit import fits, show_tab

PLANNER = "tomasz.wieczorek@example.org"
CRITICAL = "Which of their components are critical?"


def answers(page) -> list[list[str]]:
    return page.evaluate(
        "() => cur_frm.doc.answers.map((row) => [row.question, row.answer || '', row.evidence || ''])"
    )


def save(page) -> None:
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !cur_frm.is_dirty()")
    page.locator(".smp-questions > li").first.wait_for()


def test_a_planner_answers_key_questions_in_their_words(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-plan/{example}")
    page.locator(".smp-effort [data-key=days] strong", has_text="542").wait_for()
    page.locator(".smp-effort").get_by_text("Improvements: 11.").wait_for()
    show_tab(page, "Key Questions")
    page.locator(".smp-questions > li").first.wait_for()
    before = answers(page)

    assert page.locator(".smp-questions > li").count() == 16
    assert not page.locator("[data-fieldname=answers] .grid-add-row").is_visible()
    critical = page.locator(".smp-questions > li", has_text=CRITICAL)
    critical.get_by_text("Critical components: 14 of 20").wait_for()
    critical.get_by_role("link", name="11 more").wait_for()
    shoot(page, "key-questions")

    answer = critical.get_by_label("Answer")
    answer.fill("")
    critical.get_by_label("Evidence").fill("")
    answer.focus()
    save(page)
    assert answers(page) == [row for row in before if row[0] != "Q2"], "an empty question has no row"
    critical.get_by_text("Open", exact=True).wait_for()

    critical.get_by_label("Answer").fill("The archive, and the lines to it.")
    save(page)
    assert [row[0] for row in answers(page)] == [row[0] for row in before], "in the order of the questions"
    assert ["Q2", "The archive, and the lines to it.", ""] in answers(page)


def test_key_questions_fit_on_a_phone(log_in, example, shoot):
    page = log_in(PLANNER, touch=True)
    page.goto(f"/app/sm-plan/{example}")
    page.locator(".smp-effort").wait_for()
    page.evaluate("() => cur_frm.get_field('answers').tab.set_active()")
    page.locator(".smp-questions > li").first.wait_for()
    fits(page)
    shoot(page, "key-questions-phone")
