"""The plan book: one file that stands by itself, safe, accessible, and the same each time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.model import (
    COLLECTIONS,
    Calendar,
    CalendarWindow,
    Objective,
    Plan,
    Service,
    Settings,
)
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.plan import FACTS
from sm_planner.engine.sealing import canonical, seal
from sm_planner.reports import quantities
from sm_planner.reports.book import pictures, render, wording
from sm_planner.reports.book.chapters import CHAPTERS

TODAY = date(2027, 2, 1)
HOSTILE = "</style></title><script>alert(1)</script>\"'{{ 7 * 7 }}{0}<img src=//x.example onerror=x>"
VOID = {"meta", "br"}


class Page(HTMLParser):
    """What the tests ask of a page; checks on the way that every element is closed."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if "style" not in self._open:
            self.text += data

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page(example) -> Page:
    return Page(render(example, TODAY))


def text_of(plan: Plan) -> str:
    return " ".join(Page(render(plan, TODAY)).text.split())


def signed(plan: Plan) -> Plan:
    made = seal.make(
        plan,
        signer=plan.executive_sponsor,
        signed_at=datetime(2027, 1, 15, 9, 30, 5, tzinfo=timezone.utc),
        meaning="I approve this plan.",
        channel="command line",
    )
    return replace(plan, state="Active", seals=(made,))


# Structure


def test_one_title_and_headings_in_order(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False))


def test_every_table_is_named_and_every_heading_cell_has_a_scope(page):
    assert len(page.all("table")) == len(page.all("caption")) > 20
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))


def test_every_picture_is_named_and_the_language_is_told(page):
    assert page.all("html") == [{"lang": "en"}]
    assert page.all("svg")
    ids = {attributes.get("id") for _, attributes in page.elements}
    for picture in page.all("svg"):
        assert picture["role"] == "img"
        assert picture.get("aria-label") or set(picture["aria-labelledby"].split()) <= ids


def test_nothing_runs_and_nothing_is_fetched(page):
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    for _, attributes in page.elements:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "srcset", "style")
        ]
        assert attributes.get("href", "#").startswith("#")


def test_no_address_outside_the_file_but_those_of_the_plan(minimal):
    html = render(minimal, TODAY)
    assert not re.search(r"https?:|url\(|@import|//[a-z]", html.replace("http://www.w3.org/2000/svg", ""))


def test_links_lead_somewhere_and_ids_are_unique(page):
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert {link["href"][1:] for link in page.all("a")} <= set(ids)


def test_the_contents_list_every_chapter(page):
    chapters = [f"#{chapter.id}" for chapter in CHAPTERS if chapter.id != "attainment"]
    links = [link["href"] for link in page.all("a") if "class" not in link]
    start = links.index(chapters[0])
    assert links[start : start + len(chapters)] == chapters


def test_the_same_plan_and_day_give_the_same_book(example):
    assert render(example, TODAY) == render(replace(example), TODAY)


# Hostile and empty plans


def hostile(record):
    """The record with hostile text in every field of text."""
    kinds = {name: spec.kind for name, spec in specs(type(record)).items()}
    values = {name: HOSTILE for name, kind in kinds.items() if kind in ("line", "text")}
    for name, kind in kinds.items():
        if kind == "rows":
            values[name] = tuple(hostile(row) for row in getattr(record, name))
    return replace(record, **values)


def test_hostile_text_stays_text(example):
    plan = replace(
        hostile(example), **{name: tuple(map(hostile, getattr(example, name))) for name in COLLECTIONS}
    )
    html = render(plan, TODAY)
    page = Page(html)
    assert "<script" not in html
    assert not page.all("img")
    assert html.count("</style>") == 1
    assert HOSTILE in page.text


def test_a_title_cannot_leave_the_running_head():
    assert (
        wording.css_string('a"; } \\ é </style>')
        == '"a\\000022\\00003b \\00007d \\00005c \\0000e9 \\00003c\\00002fstyle\\00003e"'
    )


def test_an_empty_plan_says_of_each_chapter_that_it_is_empty():
    page = Page(render(Plan(id="p", title="P"), TODAY))
    empty = [attributes for _, attributes in page.elements if attributes.get("class") == "empty"]
    assert len(empty) >= 14
    assert "The plan has no service yet." in page.text


@settings(max_examples=8)
@given(data=st.data())
def test_any_plan_makes_a_well_formed_book(data, plan_strategy):
    Page(render(data.draw(plan_strategy), TODAY))


# What the sponsor reads


def test_a_blocked_plan_is_not_to_be_signed(minimal):
    text = text_of(replace(minimal, why="", state="To Sign"))
    assert "Do not sign yet." in text
    assert "PLN-03" in text


def test_a_plan_without_blockers_is_to_be_read_and_signed(example):
    plan = replace(example, state="To Sign")
    text = text_of(plan)
    assert "Read this page" in text
    assert canonical.content_hash(plan) in text


def test_a_signed_plan_shows_its_seal(example):
    plan = signed(example)
    text = text_of(plan)
    sponsor = plan.get("people", plan.executive_sponsor).title
    for said in (
        f"Nothing to sign: {sponsor} signed this version.",
        "15 January 2027, 09:30:05 UTC",
        "I approve this plan.",
        plan.seals[0].seal_hash,
        "the sealed content is unchanged",
    ):
        assert said in text


def test_a_plan_that_changed_after_its_signature_says_so(example):
    text = text_of(replace(signed(example), vision="Something else."))
    assert "You signed a different text of this version. Changes since then: 1." in text
    assert "Changed since this version was signed" in text


def test_a_forged_seal_is_told(example):
    plan = signed(example)
    forged = replace(plan, seals=(replace(plan.seals[0], signer_name="Somebody Else"),))
    assert "Do not rely on this copy" in text_of(forged)


def test_the_books_own_texts_can_be_translated(minimal):
    html = render(minimal, TODAY, translate=str.upper, language="de")
    assert '<html lang="de">' in html
    assert ">CONTENTS<" in html
    assert ">Contents<" not in html


# Pictures and wording


def calendar(*windows: tuple[str, str, str]) -> Calendar:
    return Calendar(
        id="c",
        windows=tuple(
            CalendarWindow(weekday=day, opens=opens, closes=closes) for day, opens, closes in windows
        ),
    )


def test_days_with_the_same_windows_are_one_line():
    days = ("Monday", "Tuesday", "Wednesday")
    week = pictures.week(calendar(*((day, "09:00", "17:00") for day in days), ("Friday", "09:00", "12:00")))
    assert week.days == (
        pictures.Days("Monday", "Wednesday", ("09:00–17:00",)),
        pictures.Days("Friday", "Friday", ("09:00–12:00",)),
    )
    assert week.hours == 27


def test_a_window_over_midnight_runs_into_the_next_day_and_from_sunday_into_monday():
    week = pictures.week(calendar(("Sunday", "22:00", "06:00"), ("Monday", "05:00", "07:00")))
    assert week.spans == ((0, 7 * 3600), (pictures.WEEK - 2 * 3600, pictures.WEEK))
    assert week.hours == 9
    assert week.days[-1].windows == ("22:00–06:00",)


def test_windows_that_cannot_be_read_are_not_drawn():
    assert pictures.week(calendar(("Monday", "nine", "17:00"))) is None


@pytest.mark.parametrize(
    ("baseline", "target", "unit", "bars"),
    [
        (46, 20, "", (1, 20 / 46, False)),
        (98, 99, "Percent", (1, 0.5, True)),
        (70, 95, "Percent", (70 / 95, 1, False)),
        (99, 100, "%", (1, 0, True)),
    ],
)
def test_bars_of_an_objective(baseline, target, unit, bars):
    change = pictures.change(Objective(id="o", baseline=baseline, target=target, unit=unit))
    assert (change.baseline, change.target, change.to_go) == bars


@pytest.mark.parametrize(("baseline", "target"), [(None, 1), (1, None), (-1, 1), (2, 2)])
def test_objectives_without_a_way_to_go_have_no_bars(baseline, target):
    assert pictures.change(Objective(id="o", baseline=baseline, target=target)) is None


def test_numbers_are_written_for_people():
    assert quantities.number(12000.0) == "12\u202f000"
    assert quantities.number(-0.5) == "−0.5"
    assert quantities.quantity(99.95, "Percent") == "99.95\u00a0%"
    assert quantities.quantity(None, "Hours") == ""


def test_of_a_very_large_map_the_book_has_the_first_pages_and_says_so():
    services = tuple(Service(id=f"s{number}", title=f"S {number}") for number in range(40))
    text = text_of(Plan(id="p", title="P", services=services, settings=Settings(most_map_nodes=2)))
    assert "The map has 20 pages" in text
    assert "page 12 of 20" in text and "page 13 of 20" not in text
    assert "and 8 more pages" in text


# Nothing is left out

ELSEWHERE = {
    "plan.lineage",  # the same for all versions
    "people.user",  # an account of the site
    "calendars.windows.opens",  # read as times, and told as such
    "calendars.windows.closes",
    "agreements.consequences.own_metric",  # told where the metric is one's own
    "agreements.targets.own_metric",
    "agreements.targets.own_unit",
    "requirements.own_metric",
    "requirements.own_unit",
    "measurements.own_metric",
    "services.dependencies.parallel_group",  # told as alternatives
    "plan.answers.question",  # a code, which the book tells as the question
    "measurements.value_statement",  # told as the value
    "acknowledgements.shown",  # a hash
    "briefing_confirmations.shown",
    "reviews.attendance.proof",  # how a request came
    "skill_ratings.reference",  # of somebody in particular, for whom it is alone
    "attendances.evidence",
    "trainings.training_event",  # names of other programs
    "trainings.course",
    "reviews.skip_reason",  # of one that is not held, while these were
    *(f"{facts}.entered_by" for facts in FACTS),  # told where facts are listed
}
"""Texts of a plan that the book does not show as they are."""


def marked(record, place: str):
    """The record with every text replaced by the name of its place, and those places."""
    values, places = {}, set()
    for name, spec in specs(type(record)).items():
        here = f"{place}.{name}"
        if spec.kind in ("line", "text") and here not in ELSEWHERE and name != "timezone":
            values[name] = f"‹{here}›"
            places.add(here)
        elif spec.kind == "rows" and getattr(record, name):
            rows = [marked(row, here) for row in getattr(record, name)]
            values[name] = tuple(row for row, _ in rows)
            places |= {place for _, found in rows for place in found}
    return replace(record, **values), places


def test_every_text_of_a_plan_is_in_its_book(example):
    plan, wanted = marked(example, "plan")
    for collection in COLLECTIONS:
        records = [marked(record, collection) for record in getattr(example, collection)]
        plan = replace(plan, **{collection: tuple(record for record, _ in records)})
        wanted |= {place for _, places in records for place in places}
    text = Page(render(plan, TODAY)).text
    assert len(wanted) > 90
    assert {place for place in wanted if f"‹{place}›" not in text} == set()


def test_the_book_tells_of_every_collection(full_plan):
    """The sponsor signs what a record says, whether the example has one of the kind or not."""
    plan, places = full_plan, {}
    signed = [collection for collection in COLLECTIONS if collection not in FACTS]
    for collection in signed:
        records = [marked(one, collection) for one in getattr(full_plan, collection)]
        plan = replace(plan, **{collection: tuple(record for record, _ in records)})
        places[collection] = {place for _, found in records for place in found}
    text = Page(render(plan, TODAY)).text
    assert [name for name in signed if not any(f"‹{place}›" in text for place in places[name])] == []


def test_on_a_site_the_book_leads_back_to_its_plan(minimal):
    to_sign = replace(minimal, state="To Sign")

    book = render(to_sign, TODAY, back="https://site/app/sm-plan/p?a=1&b=2")

    assert book.count('<a href="https://site/app/sm-plan/p?a=1&amp;b=2">Back to the plan, to sign') == 2
    assert "Back to the plan" not in render(to_sign, TODAY)


def test_the_book_tells_who_keeps_the_plan_who_decides_and_who_is_held_to_account(example):
    text = render(example, TODAY)
    for words in (
        "Dedicated Office",
        "Drills of major incidents twice a year",
        "Service Board",
        "team of the owner",
        "250\u202f000",
        "Above these limits the executive sponsor decides.",
        "all owners of services",
        "deputy:",
    ):
        assert words in text, words


def test_a_plan_that_says_nothing_about_its_office_has_no_chapter_about_it():
    assert 'id="office"' not in render(Plan(id="p"), TODAY)


def test_the_book_says_shares_averages_and_metrics_of_ones_own():
    written = Path(__file__).parents[1] / "data" / "agreements" / "insurance.yaml"

    text = Page(render(plan_file.load(written), date(2027, 2, 1))).text.replace("\xa0", " ")

    for told in (
        "90 % within 4 Hours",
        "average 2 Hours, never worse than 8",
        "80 % within 20 Seconds (Telephone)",
        "400 claims per hour (Claims Portal)",
        "Telephone Answered: 18 Seconds",
    ):
        assert told in text
