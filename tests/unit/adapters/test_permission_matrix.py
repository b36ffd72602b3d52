"""The page about permissions says what the DocTypes and the API say."""

from pathlib import Path

import pytest

from sm_planner.adapters.guards import permission_matrix
from sm_planner.adapters.guards.permission_matrix import ROLES, doctypes, granted, page
from sm_planner.adapters.site import roles

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "permissions.md"


def test_the_page_is_that_of_today():
    assert PAGE.read_text(encoding="utf-8") == "\n".join(page()) + "\n", "run: make docs"


def test_every_role_of_the_app_is_in_the_matrix():
    assert set(ROLES) == {*roles.ROLES, "System Manager"}


@pytest.mark.parametrize("doctype", doctypes())
def test_no_doctype_gives_rights_to_a_role_that_the_matrix_does_not_know(doctype):
    assert {permission["role"] for permission in doctypes()[doctype]["permissions"]} <= set(ROLES)


@pytest.mark.parametrize("doctype", doctypes())
def test_an_auditor_reads_everything_and_writes_nothing(doctype):
    rights = granted(doctype, "SM Auditor")
    assert "read" in rights
    assert rights.isdisjoint({"write", "create", "delete", "submit", "cancel", "amend", "share", "import"})


def test_a_stakeholder_of_the_portal_reads_no_document():
    assert not any(granted(doctype, "SM Portal Stakeholder") for doctype in doctypes())


def test_each_function_of_the_api_is_listed_with_what_it_asks_for():
    listed = {name: (methods, asked) for name, methods, asked in permission_matrix.functions()}
    assert listed["sign"] == ("POST", "SM Plan: read")
    assert listed["export_plan"] == ("GET, POST", "SM Plan: export")
    assert listed["clear_example"] == ("POST", "System Manager")
