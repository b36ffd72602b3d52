"""The guides on the site."""

from __future__ import annotations

import re

import frappe
import pytest

from sm_planner.adapters.desk import guides
from sm_planner.www import sm_planner_guide


@pytest.mark.parametrize("name", ["planner", "sponsor", "administration", "checks"])
def test_a_guide_is_shown_with_its_pictures_and_links(name: str):
    title, html = guides.guide(name)
    assert title
    assert "<h1 id=" in html
    assert ".md)" not in html
    assert all(source.startswith("data:image/png") for source in re.findall(r'<img src="([^"]*)"', html))


def test_every_help_link_of_a_doctype_leads_to_a_guide():
    links = frappe.get_all("DocType", {"module": "SM Planner", "istable": 0}, ["name", "documentation"])
    assert links
    for doctype in links:
        assert (doctype.documentation or "").startswith(guides.ROUTE), doctype.name
        assert guides.guide(doctype.documentation.removeprefix(guides.ROUTE))


@pytest.mark.parametrize("name", ["nothing", "../README", "decisions/0001-one-plan-value", "", "README"])
def test_nothing_but_guides_is_read(name: str):
    with pytest.raises(frappe.DoesNotExistError, match="There is no guide"):
        guides.guide(name)


def test_who_is_not_logged_in_reads_no_guide(acting_as):
    with acting_as("Guest"), pytest.raises(frappe.PermissionError):
        sm_planner_guide.get_context({})
