"""In German everything that a user reads is German, and numbers have a comma before their decimals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

import sm_planner
from sm_planner.engine.checks.finding import Severity
from sm_planner.engine.model import GRADES, WEEKDAYS, Plan
from sm_planner.engine.model.vocabulary import DIMENSIONS
from sm_planner.engine.texts import Number, Text, say, with_comma
from sm_planner.reports import REPORTS
from sm_planner.reports.book import render, render_funding, render_summary
from sm_planner.reports.executive_view import Reader, executive_view, mail
from sm_planner.reports.my_part import Feed, View, html

TODAY = date(2027, 6, 15)
FIGURE = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
"""A number with a point before decimals: no version 1.2.3, no file name, no day of a month."""


@cache
def catalogue() -> dict[str, str]:
    path = Path(sm_planner.__file__).parent / "locale" / "de.po"
    with path.open("rb") as source:
        return {one.id: one.string for one in read_po(source, locale="de") if one.id and one.string}


def german(text: str) -> str:
    return catalogue().get(text, text)


def written(value: date | Number) -> str:
    return with_comma(value) if isinstance(value, Number) else f"{value:%d.%m.%Y}"


def texts_of(value: Any) -> Iterator[str]:
    """The texts of the plan itself, which stay as they were written."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from texts_of(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts_of(getattr(value, one.name))


def of_people(plan: Plan) -> set[str]:
    """Numbers that somebody wrote into a text of the plan."""
    return {found for text in texts_of(plan) for found in FIGURE.findall(text)}


def words(page: str) -> str:
    """What one reads of a page: no tags, no styles, no coordinates of pictures."""
    for block in ("style", "script"):
        page = re.sub(rf"<{block}\b.*?</{block}>", " ", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", page))


def points(text: str, plan: Plan) -> list[str]:
    known = of_people(plan)
    return [
        text[max(0, one.start() - 60) : one.end() + 20]
        for one in FIGURE.finditer(text)
        if one[0] not in known
    ]


STATES = (
    "Ready",
    "Blocked",
    "Feasible",
    "Infeasible",
    "Unknown",
    "Not measured",
    "On track",
    "Behind",
    "Overdue",
)
UNITS = ("Percent", "Hours", "Days", "Business Days", "Weeks", "Availability", "Resolution", "Response")
UNTRANSLATED = {*STATES, *UNITS, *WEEKDAYS, *DIMENSIONS, *(one.value for one in Severity), *GRADES}
"""Words that differ in German, and name a state, a unit, a measure or a day."""


def english(text: str, plan: Plan) -> set[str]:
    own = " ".join(texts_of(plan))
    return {
        word
        for word in UNTRANSLATED
        if german(word) != word
        and word not in own
        and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    }


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_in_german(name, example):
    table = REPORTS[name].run(example, TODAY).as_dict(german, written)
    shown: list[str] = [str(table["message"] or "")]
    shown += [
        str(figure[key])
        for figure in table["summary"]
        for key in ("label", "value")
        if isinstance(figure[key], str)
    ]
    shown += [
        cell
        for row in table["rows"]
        for key, cell in row.items()
        if isinstance(cell, str) and not key.endswith("id")
    ]
    if table["chart"]:
        shown += [str(table["chart"]["reading"]), *map(str, table["chart"]["data"]["labels"])]
    text = "\n".join(shown)
    assert points(text, example) == []
    columns = {column["fieldname"] for column in table["columns"]}
    cells = "\n".join(
        str(cell)
        for row in table["rows"]
        for key, cell in row.items()
        if key in columns and isinstance(cell, str)
    )
    assert english(cells, example) == set()


@pytest.mark.parametrize("draw", [render, render_summary, render_funding], ids=lambda one: one.__name__)
def test_the_book_in_german(draw: Callable[..., str], example):
    text = words(draw(example, TODAY, german, "de", number=with_comma))
    assert points(text, example) == []
    assert english(text, example) == set()


def test_the_own_part_and_the_executive_view_in_german(example):
    sponsor = example.executive_sponsor
    part = html(View.of(example, sponsor, TODAY), [], Feed(), [], german, written)
    assert points(words(part), example) == []

    def tell(text: Text) -> str:
        return text.translated(german, write=written)

    view = executive_view([example], Reader(frozenset({sponsor})), TODAY)
    made = mail(view, tell=tell, address=lambda opens: "", links={"page": "", "stop": ""})
    assert points(made.text, example) == []
    assert not {"What waits for me", "act", "not known"} & set(re.findall(r"[\w ]+", made.text))


def test_a_number_in_a_text_is_written_as_its_reader_does():
    text = say("{0} % of {1} on {2}: {3}", 99.5, 3, date(2027, 3, 1), say("{0}", Number("1.25")))
    assert str(text) == "99.5 % of 3 on 2027-03-01: 1.25"
    assert text.translated(str, write=written) == "99,5 % of 3 on 01.03.2027: 1,25"
    assert say("{0}", "1.2.3").translated(str, write=written) == "1.2.3", "a version is no number"
