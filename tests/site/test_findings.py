"""The findings of a plan on a site: lines first, the rest by the page."""

from __future__ import annotations

import json

import frappe
import pytest
from frappe.utils import getdate

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.engine.checks import check


@pytest.fixture
def bare(example_on_site: str) -> str:
    """The example without any RACI: one gap, of which many rules tell. Its people have no accounts."""
    frappe.db.delete("SM RACI Entry", {"plan": example_on_site})
    return example_on_site


def test_the_form_is_given_counts_and_the_first_lines(bare):
    overview = api.check(bare)
    assert "findings" not in overview
    assert overview["line_count"] == sum(one["lines"] for one in overview["meanings"])
    assert len(overview["helping"]) == 3
    assert overview["helping"][0]["help"].startswith("Mending this lifts")
    assert len(json.dumps(overview, default=str)) < 120_000


def test_the_lines_come_by_the_page(bare):
    first = api.plan_finding_lines(bare, length=5)
    rest = api.plan_finding_lines(bare, start=5, length=200)
    keys = [line["key"] for line in (*first["lines"], *rest["lines"])]
    assert len(first["lines"]) == 5
    assert len(keys) == len(set(keys)) == first["total"] == api.check(bare)["line_count"]


def test_what_stands_beneath_a_line_comes_by_the_page_and_opens_its_record(bare):
    line = next(one for one in api.plan_finding_lines(bare, length=200)["lines"] if "RAC-01" in one["also"])
    assert line["code"] == "PLN-06"
    assert line["finding"]["opens"]["doctype"] == "SM RACI Entry"
    first = api.plan_findings(bare, line["key"], length=4)
    rest = api.plan_findings(bare, line["key"], start=4, length=200)
    found = [*first["findings"], *rest["findings"]]
    assert len(first["findings"]) == 4
    assert len(found) == line["count"] == first["total"]
    assert {one["code"] for one in found} == {"PLN-06", *line["also"]}
    assert all(one["opens"]["doctype"] for one in found)


def test_without_a_line_all_findings_come_in_the_order_of_the_check(bare):
    found = check(plan_reader.load(bare), getdate()).findings
    page = api.plan_findings(bare, start=3, length=7)
    assert page["total"] == len(found)
    assert [(one["code"], one["id"]) for one in page["findings"]] == [
        (one.code, one.record.id) for one in found[3:10]
    ]


def test_a_line_that_was_mended_meanwhile_has_nothing_beneath(bare):
    assert api.plan_findings(bare, "IMP-99:Error:failed:improvements") == {"total": 0, "findings": []}


@pytest.mark.parametrize("function", ["plan_findings", "plan_finding_lines"])
def test_a_page_is_no_longer_than_it_may_be(bare, function):
    assert all(
        len(rows) <= 200
        for rows in getattr(api, function)(bare, length=9_999).values()
        if isinstance(rows, list)
    )
    assert getattr(api, function)(bare, start=-5, length=0)["total"] > 0


def test_who_may_not_read_the_plan_is_shown_no_findings(bare, make_user, acting_as):
    stranger = make_user("Inbox User")
    with acting_as(stranger):
        for function in (api.plan_findings, api.plan_finding_lines):
            with pytest.raises(frappe.PermissionError):
                function(bare)
