"""What is offered to whom, and how it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.agreements.targets import levels
from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.portal.offers import for_guests, offers, ways
from sm_planner.engine.portal.readers import belongs
from sm_planner.reports import portal

TODAY = date(2027, 1, 13)
NOON = 1_799_841_600  # 2027-01-13 12:00 UTC


@pytest.mark.parametrize(
    ("group", "account", "units", "expected"),
    [
        ({"portal_accounts": ("rea@example.org",)}, "REA@example.org ", (), True),
        ({"portal_accounts": ("rea@example.org",)}, "a-rea@example.org", (), False),
        ({"portal_accounts": ("", " ")}, "", ("",), False),
        ({"portal_accounts": ("strasse@example.org",)}, "straße@example.org", (), False),
        ({"unit": "Ward 4"}, "rea@example.org", ("ward 4",), True),
        ({"unit": "Ward 4"}, "rea@example.org", ("Ward 40",), False),
        ({"unit": ""}, "rea@example.org", ("",), False),
        ({}, "rea@example.org", ("Ward 4",), False),
    ],
)
def test_who_belongs_to_a_group(group, account, units, expected):
    assert belongs(Stakeholder(id="g", **group), account, units) is expected


def test_an_offer_has_the_levels_of_the_agreement_with_its_reader(example: Plan):
    found = {one.entry.id: one for one in offers(example, {"gp-practices"}, TODAY)}
    assert found.keys() == {"imaging-entry", "laboratory-entry"}
    offer = found["laboratory-entry"]
    assert [terms.customer.id for terms in offer.terms] == ["gp-practices"]
    (terms,) = offer.terms
    assert terms.levels == tuple(levels(example, terms.agreement))
    assert terms.levels
    assert [str(where) for _what, where in ways(example, offer)][-3:] == [
        "Practice line of the laboratory",
        "Clinical director of diagnostics",
        "Practices' round table",
    ]


def test_nothing_is_offered_to_nobody_and_nothing_retired_to_anybody(example: Plan):
    assert offers(example, frozenset(), TODAY) == ()
    everybody = {one.id for one in example.stakeholders}
    assert len(offers(example, everybody, TODAY)) == len([one for one in example.catalogue if one.published])
    retired = replace(example, services=tuple(replace(one, status="Retired") for one in example.services))
    assert offers(retired, everybody, TODAY) == ()
    hidden = replace(example, catalogue=tuple(replace(one, published=False) for one in example.catalogue))
    assert offers(hidden, everybody, TODAY) == ()


def test_guests_read_of_what_is_published_and_chosen_for_them_alone(example: Plan):
    assert [one.id for one in for_guests(example)] == ["appointments-entry"]
    hidden = replace(example, catalogue=tuple(replace(one, published=False) for one in example.catalogue))
    assert for_guests(hidden) == ()
    closed = replace(example, catalogue=tuple(replace(one, for_guests=False) for one in example.catalogue))
    assert for_guests(closed) == ()


def test_the_page_of_services_escapes_and_says_what_is_there(example: Plan):
    titled = tuple(replace(one, title="<script>alert(1)</script>") for one in example.catalogue)
    plan = replace(example, catalogue=titled)
    cards = [
        portal.Card(plan, offer, NOON, "America/New_York") for offer in offers(plan, {"gp-practices"}, TODAY)
    ]
    books = [portal.Book("A & B", 2, "/x")]
    html = portal.services_html(cards, books, "America/New_York", has_part=True)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "A &amp; B" in html
    assert "/my-part" in html
    assert "No service is published" in portal.services_html([], [], "UTC", has_part=False)


def test_the_page_of_feedback_shows_answers_and_takes_no_words_from_its_address(example: Plan):
    offered = offers(example, {"gp-practices"}, TODAY)
    said = portal.Said("<i>", "Text", "Question", "Lab", TODAY, "Yes & no", TODAY)
    html = portal.feedback_html(
        offered, [said], [], token='"><b>', note="<b>busy</b>", chosen="laboratory-entry"
    )
    assert "&lt;i&gt;" in html
    assert "Yes &amp; no" in html
    assert "<b>" not in html
    assert "alert" not in html
    assert '<option value="laboratory-entry" selected>' in html
    assert "too much was sent" in portal.feedback_html(offered, [], [], token="t", note="busy")  # noqa: S106
    assert "<form" not in portal.feedback_html([], [], [], token="t")  # noqa: S106


def test_the_page_for_guests_shows_titles_and_nothing_else(example: Plan):
    entry = example.catalogue[0]
    html = portal.guest_html([entry], "thanks")
    assert entry.title in html
    assert entry.price not in html
    assert portal.note_html("none") == portal.note_html("") != portal.note_html("thanks")
