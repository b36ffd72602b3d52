"""The money of a plan in its book, and the funding request on one page."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sm_planner.engine.model import Plan
from sm_planner.engine.model.money import BudgetLine
from sm_planner.reports.book import render, render_funding, render_summary
from sm_planner.reports.book.money import LINES_SHOWN, SHORT

TODAY = date(2027, 2, 1)


def text(html: str) -> str:
    """What stands on a page, each kind of space as one."""
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S).split())


def test_the_request_tells_what_is_asked_what_comes_back_and_what_happens_otherwise(example: Plan):
    page = text(render_funding(example, TODAY))

    for told in (
        "Tomasz Wieczorek asks Orla Kinsella for 1 132 700 EUR.",
        "1 100 000 EUR is granted, 32 700 EUR is still open.",
        "In the winter of 2025 the image archive stood still",
        "To begin To run until value comes In all Granted Brings a year Paid back in "
        "467 900 EUR 69 000 EUR 1 132 700 EUR 1 100 000 EUR 473 000 EUR 2029-12",
        "Pay of the third shift 9 500 EUR each month",
        "Other budget lines: 5 140 700 EUR",
        "Other benefits: 1",
        "the next long failure at night cancels theatre lists again.",
        "Nobody has decided about the funding request yet.",
    ):
        assert told in page


def test_what_is_due_after_the_horizon_is_asked_for_and_told(example: Plan):
    late = BudgetLine(id="late", title="Late", kind="One-off", amount=300, start_date=date(2040, 1, 1))
    later = replace(example, budget_lines=(*example.budget_lines, late))
    page = text(render_funding(later, TODAY))
    for told in (
        "asks Orla Kinsella for 1 133 000 EUR.",
        "33 000 EUR is still open.",
        "Due after the horizon",
    ):
        assert told in page
    assert "Due after the horizon" in text(render(later, TODAY))
    assert "Due after the horizon" not in text(render_funding(example, TODAY))


def test_a_plan_without_a_budget_asks_for_nothing_and_says_so():
    page = text(render_funding(Plan(id="p"), TODAY))
    assert "The plan has no budget line, and asks for no money." in page
    assert "The plan does not say what comes back in money." in page


def test_the_sponsor_reads_of_money_what_he_signs(example: Plan):
    page = text(render_summary(example, TODAY))
    assert "What it costs, and what comes back To begin To run until value comes" in page
    assert page.count("467 900 EUR") == 1


def test_the_chapter_tells_each_line_with_what_was_spent_and_the_sums(example: Plan):
    book = text(render(example, TODAY))
    for told in ("600 EUR over", "Scaling Without Cost 222 800 EUR", "Partly Reached", "Invoice 26-1187"):
        assert told in book


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium to print")
def test_limits_of_decisions_are_amounts(example: Plan):
    rights = text(render(example, TODAY)).partition("Decision rights")[2].partition("Above these limits")[0]
    assert rights.count("EUR") == 4


def test_an_office_that_says_nothing_leaves_no_empty_note(example: Plan):
    assert '<p class="note"></p>' not in render(replace(example, office=""), TODAY)


def test_the_request_is_one_page_of_a4_however_long_the_plan_is(example: Plan, tmp_path: Path):
    line = replace(
        example.budget_lines[0], title="A line with a long title, which takes two lines on the page"
    )
    long = replace(
        example,
        title="Service Management Plan of the hospitals, the clinics and the practices for 2027 and 2028",
        vision="word " * SHORT,
        why="word " * SHORT,
        otherwise="word " * SHORT,
        budget_lines=tuple(replace(line, id=str(number)) for number in range(3 * LINES_SHOWN)),
        improvements=tuple(
            replace(
                one, title="An improvement of which the title takes two lines or even three", money_a_year=5
            )
            for one in example.improvements
        ),
    )
    for number, plan in enumerate((example, long)):
        page = tmp_path / f"{number}.html"
        page.write_text(render_funding(plan, TODAY), encoding="utf-8")
        pdf = page.with_suffix(".pdf")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]  # noqa: S607
            + ["--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
        assert len(re.findall(rb"/Type\s*/Page[^s]", pdf.read_bytes())) == 1
