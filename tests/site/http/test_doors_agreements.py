"""Doors to agreements: what one takes over from another that is hidden, and what the filters of their calendar would find out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

import frappe
import pytest
import requests
from http_kit import API, Client, first, fresh, told
from test_doors_hidden import keep

pytestmark = pytest.mark.commits

AGREEMENT, SECRET, FIGURE, FIRST, LAST = "SM Agreement", "Zebrafinch", "97.123", "2019-05-17", "2033-03-31"
KEPT = "planner"
"""Who may read the agreement, and not the general one above it."""


class Family(NamedTuple):
    general: str
    agreement: str


@pytest.fixture(scope="module")
def family(make_plan: Callable[..., str], people: dict[str, str]) -> Iterator[Family]:
    """An agreement whose term and whose availability stand in a general one with another customer."""
    plan = make_plan()
    general, agreement = f"{plan}-general", first(AGREEMENT, name=("like", f"{plan}-%"), kind="SLA")
    frappe.get_doc(
        {
            "doctype": AGREEMENT,
            "title": SECRET,
            "kind": "SLA",
            "customer": f"{plan}-library-staff",
            "start_date": FIRST,
            "end_date": LAST,
            "exceptions": SECRET,
            "targets": [{"metric": "Availability", "value": float(FIGURE), "unit": "Percent"}],
        }
    ).insert(set_name=general)
    taken_over = {"general_agreement": general, "start_date": None, "end_date": None, "open_ended": 0}
    frappe.db.set_value(AGREEMENT, agreement, {**taken_over, "status": "In Force"})
    keep(people[KEPT], "SM Stakeholder", frappe.db.get_value(AGREEMENT, agreement, "customer"))
    frappe.db.commit()
    frappe.clear_cache()
    yield Family(general, agreement)
    fresh()
    frappe.db.delete("User Permission", {"user": people[KEPT]})
    frappe.db.commit()
    frappe.clear_cache()


def calendar(client: Client, **values: object) -> requests.Response:
    return client.call("sm_planner.api.agreement_calendar", start="2033-01-01", end="2033-12-31", **values)


def about(function: str) -> Callable[[Client, Family], requests.Response]:
    return lambda client, family: client.call(f"sm_planner.api.{function}", agreement=family.agreement)


ASKED = {
    "agreement_terms": (about("agreement_terms"), (SECRET,)),
    "agreement_term": (about("agreement_term"), (LAST,)),
    "agreement_chain": (about("agreement_chain"), ("Verdict",)),
    "agreement_measurements": (about("agreement_measurements"), (FIGURE,)),
    "next_agreement_version": (about("next_agreement_version"), ("2033-04-01",)),
    "agreement_calendar": (lambda client, family: calendar(client), (LAST,)),
}
"""Function → how it is asked, and what it tells of the general agreement to who may read that."""


@pytest.mark.parametrize("function", ASKED)
def test_what_is_taken_over_from_a_hidden_agreement_is_not_told(client, family, function):
    """Z181"""
    ask, tells = ASKED[function]
    assert client(KEPT).get(f"/api/resource/{AGREEMENT}/{family.agreement}").status_code == 200
    assert client(KEPT).get(f"/api/resource/{AGREEMENT}/{family.general}").status_code == 403
    whole, kept = ask(client("author"), family), ask(client(KEPT), family)
    assert (whole.status_code, kept.status_code) == (200, 200), told(whole) + told(kept)
    assert all(one in told(whole) for one in tells), told(whole)
    assert not any(one in told(kept) for one in (*tells, SECRET, FIGURE, LAST)), told(kept)


@pytest.mark.parametrize("who", ["nobody", "stakeholder", "guest"])
@pytest.mark.parametrize("function", ASKED)
def test_who_reads_no_agreements_is_told_nothing_of_them(client, family, function, who):
    """Z182"""
    answer = ASKED[function][0](client(who), family)
    assert answer.status_code == 403, told(answer)
    assert not any(one in told(answer) for one in (SECRET, FIGURE, LAST, "Lending")), told(answer)


@pytest.mark.parametrize("who", ["service-owner", "sponsor", "auditor"])
def test_who_makes_no_agreements_is_given_no_version_of_one(client, family, who):
    """Z183"""
    before = frappe.db.count(AGREEMENT)
    answer = about("next_agreement_version")(client(who), family)
    assert answer.status_code == 403, told(answer)
    made = client(who).create(AGREEMENT, title="x", kind="SLA", replaces=family.agreement)
    assert made.status_code == 403, told(made)
    fresh()
    assert frappe.db.count(AGREEMENT) == before


NO_FILTERS = (
    "{",
    "x",
    "null]",
    '"x"',
    "7",
    "[7]",
    '{"name": "x"}',
    '[["title", "=", "x"]]',
    '[["SM Agreement", "title"]]',
    '[["SM Agreement", ["title"], "=", "x"]]',
    '[[["SM Agreement"], "title", "=", "x"]]',
    '[["SM Agreement", "title", {"a": 1}, "x"]]',
    '[["SM Agreement", "customer.title", "like", "Z%"]]',
    '[["SM Agreement", "general_agreement.title", "like", "Z%"]]',
    '[["SM Agreement", "general\\u005fagreement.title", "like", "Z%"]]',
    '[["SM Agreement", "`tabUser`.api_key", "like", "a%"]]',
    '[["SM Agreement", "ifnull(title, (select 1))", "=", "x"]]',
    '[["SM Agreement", "title", "regexp", "x"]]',
    '[["SM Agreement", "start_date", "between", ["x"]]]',
    '[["SM Agreement", "name", "descendants of", "x"]]',
    '[["SM Agreement", "no_such_field", "=", "x"]]',
    '[["No Such DocType", "title", "=", "x"]]',
    '[["User", "api_key", "like", "%"]]',
    '[["SM Plan", "title", "like", "%"]]',
)


@pytest.mark.parametrize("filters", NO_FILTERS)
def test_the_calendar_is_asked_by_filters_of_a_list_alone(client, family, filters):
    """Z184"""
    for who in ("author", KEPT):
        answer = calendar(client(who), filters=filters)
        assert answer.status_code in (403, 417), told(answer)
        assert family.agreement not in told(answer)


FILTERS = (
    [[AGREEMENT, "title", "like", "%"]],
    [[AGREEMENT, "general_agreement", "is", "set"]],
    [[AGREEMENT, "unit_cost", "is", "not set"]],
    [[AGREEMENT, "owner", "like", "%"], [AGREEMENT, "_user_tags", "is", "not set", False]],
    [["SM Agreement Target", "metric", "=", "Availability"]],
    [["SM Agreement Target", "value", ">", 97.1], ["SM Agreement Target", "value", "<", 97.2]],
    [["SM Agreement Scope", "service", "is", "set"]],
    [[AGREEMENT, "title", "=", {"a": 1}]],
    [[AGREEMENT, "start_date", "timespan", "x"]],
)


@pytest.mark.parametrize("filters", FILTERS, ids=json.dumps)
def test_the_calendar_finds_no_more_than_the_list(client, family, filters):
    """Z185"""
    for who in ("author", KEPT):
        listed = client(who).call(
            "frappe.client.get_list", doctype=AGREEMENT, filters=filters, limit_page_length=0
        )
        shown = calendar(client(who), filters=filters)
        assert (listed.status_code, shown.status_code) == (200, 200), told(listed) + told(shown)
        names = {row["name"] for row in listed.json()["message"]}
        found = {row["name"] for row in shown.json()["message"]}
        assert found <= names
        assert family.agreement in found or family.agreement not in names or who == KEPT
        assert family.general not in names or who != KEPT


def test_an_agreement_is_found_in_whatever_letters_and_days_are_days(client, family):
    """Z185"""
    for function in ("agreement_terms", "agreement_term", "agreement_chain", "agreement_measurements"):
        answer = client("author").call(f"sm_planner.api.{function}", agreement=family.agreement.upper())
        assert answer.status_code == 200, (function, told(answer))
    for days in ({"start": "x", "end": "y"}, {"start": "2033-13-41", "end": "0"}):
        assert client("author").get(f"{API}.agreement_calendar", **days).status_code == 417
