"""The page about permissions says what the DocTypes and the API say."""

import re
from pathlib import Path

import pytest

from sm_planner.adapters.guards import permission_matrix
from sm_planner.adapters.guards.permission_matrix import ROLES, doctypes, granted, page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "permissions.md"


def test_the_page_is_that_of_today():
    assert PAGE.read_text(encoding="utf-8") == "\n".join(page()) + "\n", "run: make docs"


def test_every_role_of_the_app_is_in_the_matrix():
    """By its text: the module needs Frappe."""
    installed = (ROOT / "sm_planner" / "install.py").read_text(encoding="utf-8")
    assert set(re.findall(r'^ {4}"(SM [A-Z][A-Za-z ]+)",$', installed, re.MULTILINE)) <= set(ROLES)
    assert all(f'"{role}"' in installed for role in ROLES if role != "System Manager")


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
