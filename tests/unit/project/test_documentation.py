"""The pages that people write name what the code has: every report, every register and every fact, and how many rules."""

import re
from pathlib import Path

import pytest

from sm_planner.engine.checks import RULES
from sm_planner.engine.checks.depths import FIRST
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.plan import FACTS, REGISTERS
from sm_planner.reports import REPORTS

DOCS = Path(__file__).parents[3] / "docs"


def line_of(page: str, begin: str) -> str:
    """The one line of a page that begins so."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    (found,) = [line for line in lines if line.startswith(begin)]
    return found


@pytest.mark.parametrize("title", [report.title for report in REPORTS.values()])
def test_the_page_of_reports_names_every_report_by_its_title(title):
    line_of("reports.md", f"| {title} | ")


def test_the_page_of_the_command_line_names_every_report_by_its_name():
    named = re.findall(r"`([a-z-]+)`", line_of("cli.md", "| `report NAME FILE` |"))
    assert named == list(REPORTS)


@pytest.mark.parametrize(
    ("nature", "collections"), [("register", REGISTERS), ("fact", FACTS)], ids=["registers", "facts"]
)
def test_architecture_and_words_name_every_register_and_fact(nature, collections):
    row = line_of("architecture.md", f"| **{nature}** |").casefold()
    entry = line_of("words.md", f"| {nature} |").casefold()
    for name in collections:
        assert COLLECTIONS[name].several.casefold() in row
        assert COLLECTIONS[name].label.casefold() in entry


def test_architecture_names_the_facts_that_a_site_alone_makes():
    told = line_of("architecture.md", "| **fact** |").casefold()
    by_server = [one.several for one in COLLECTIONS.values() if one.by_server]
    *others, last = by_server
    assert f"{', '.join(others)} and {last}: the site alone".casefold() in told


@pytest.mark.parametrize("page", ["../README.md", "depths.md"])
def test_pages_say_how_many_rules_a_first_plan_is_asked_of_how_many(page):
    told = re.findall(r"(\d+) of (\d+) rules", (DOCS / page).read_text(encoding="utf-8"))
    first = sum(rule.depth == FIRST for rule in RULES)
    assert told == [(str(first), str(len(RULES)))]
