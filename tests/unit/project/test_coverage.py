"""The page that says where each item of the sources is done has each of them, and names only what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sm_planner.engine import checks

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
APP = ROOT / "sm_planner" / "sm_planner"

SOURCES = {"S0": 52, "S1": 44, "S2": 53, "S3": 35, "S4": 39}
"""The texts and how many items each has: S0-01 to S0-52, and so on."""
WANTED = [f"{source}-{number:02}" for source, count in SOURCES.items() for number in range(1, count + 1)]

ROW = re.compile(r"^\| (S\d-\d\d) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)
ROWS = ROW.findall((DOCS / "coverage.md").read_text(encoding="utf-8"))
ITEMS = {code: [place.strip() for place in places.split(" · ")] for code, _asked, places in ROWS}


def named(folder: str, field: str = "name") -> dict[str, dict]:
    """The JSON records of a folder of the app, by a field."""
    found = (json.loads(path.read_text(encoding="utf-8")) for path in (APP / folder).glob("*/*.json"))
    return {one[field]: one for one in found}


DOCTYPES = named("doctype")
TITLES = {*named("report"), *named("page", "title")}
CODES = {rule.code for rule in checks.RULES}


def exists(place: str) -> bool:
    """Whether there is what a place names: a DocType or its field, a report or page, a rule, a page of the docs."""
    if doctype := re.fullmatch(r"\*\*(SM [\w ]+)\*\*(?:: (\w+))?", place):
        name, field = doctype.groups()
        fields = {one["fieldname"] for one in DOCTYPES.get(name, {}).get("fields", ())}
        return name in DOCTYPES and (field is None or field in fields)
    if title := re.fullmatch(r"\*([^*]+)\*", place):
        return title[1] in TITLES
    if link := re.fullmatch(r"\[[^]]+\]\(([\w-]+\.md)\)", place):
        return (DOCS / link[1]).is_file()
    return place in CODES


@pytest.mark.parametrize("item", ITEMS)
def test_each_item_of_the_sources_names_places_that_exist(item):
    assert [place for place in ITEMS[item] if not exists(place)] == []


def test_each_of_the_223_items_stands_once_in_its_order():
    assert len(WANTED) == 223
    assert [code for code, _asked, _places in ROWS] == WANTED


def test_no_item_is_empty():
    assert [code for code, asked, places in ROWS if not (asked.strip() and places.strip())] == []


@pytest.mark.parametrize(
    "place", ["**SM Nothing**", "**SM Plan**: nothing", "*No Report*", "PLN-99", "[x](no.md)"]
)
def test_what_does_not_exist_is_found(place):
    assert not exists(place)
