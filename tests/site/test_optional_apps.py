"""Links to ERPNext and Helpdesk, with throw-away DocTypes in the place of theirs.

Making and dropping DocTypes commits; each test takes away what it made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import optional_apps

pytestmark = pytest.mark.commits

MODULE, APP = "Foreign Books", "foreign_books"


def linked() -> set[str]:
    wanted = {"module": "SM Planner", "fieldname": ("like", "linked_%")}
    return set(frappe.get_all("Custom Field", wanted, pluck="options", order_by="name asc"))


@pytest.fixture
def committing(commits: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the database commit in this test."""
    monkeypatch.delattr(frappe.local.db, "commit")


@pytest.fixture
def foreign(committing: None) -> Iterator[Callable[..., None]]:
    """Makes a DocType of another app."""
    made: list[str] = []
    if frappe.db.exists("DocType", "Customer"):
        pytest.skip("ERPNext is installed on this site")
    module = frappe.get_doc({"doctype": "Module Def", "module_name": MODULE, "app_name": APP, "custom": 1})
    module.insert()

    def make(name: str, *fields: dict, **more: object) -> None:
        doctype = {"doctype": "DocType", "name": name, "module": MODULE, "custom": 1, "autoname": "prompt"}
        rights = (
            [] if more.get("istable") else [{"role": "System Manager", "read": 1, "write": 1, "create": 1}]
        )
        fields = fields or ({"fieldname": "title", "fieldtype": "Data", "label": "Title"},)
        frappe.get_doc({**doctype, "permissions": rights, "fields": list(fields), **more}).insert()
        made.append(name)

    yield make
    frappe.set_user("Administrator")
    for name in reversed(made):
        frappe.delete_doc("DocType", name, force=True, ignore_missing=True)
        frappe.db.sql_ddl(f"drop table if exists `tab{name}`")  # Frappe leaves it
    module.delete()
    optional_apps.link()
    frappe.db.commit()


def test_links_come_with_the_other_app_and_go_with_it(foreign):
    assert linked() == set()
    for name in ("Customer", "Supplier", "Company", "Employee", "Department", "Item", "Contract"):
        foreign(name)

    optional_apps.after_app_install(APP)
    optional_apps.after_app_install(APP)
    assert linked() == {"Customer", "Supplier", "Company", "Employee", "Department", "Item", "Contract"}

    optional_apps.before_app_uninstall("some_other_app")
    assert len(linked()) == 7
    optional_apps.before_app_uninstall(APP)
    assert linked() == set()


def test_a_link_whose_doctype_is_gone_is_taken_away_on_migrate(foreign):
    foreign("Customer")
    optional_apps.link()
    assert linked() == {"Customer"}
    frappe.delete_doc("DocType", "Customer", force=True)
    optional_apps.link()
    assert linked() == set()
    frappe.get_meta("SM Stakeholder", cached=False)
    frappe.get_doc({"doctype": "SM Stakeholder", "title": "Linked to nothing"}).insert().delete()


@pytest.fixture
def holiday_list(foreign) -> str:
    foreign(
        "Holiday",
        {"fieldname": "holiday_date", "fieldtype": "Date", "label": "Date"},
        {"fieldname": "description", "fieldtype": "Text", "label": "Description"},
        {"fieldname": "weekly_off", "fieldtype": "Check", "label": "Weekly Off"},
        istable=1,
        autoname="hash",
    )
    foreign(
        "Holiday List",
        {"fieldname": "holidays", "fieldtype": "Table", "label": "Holidays", "options": "Holiday"},
    )
    rows = [
        {"holiday_date": "2026-12-25", "description": "<div>Christmas Day</div>"},
        {"holiday_date": "2026-12-26", "description": "Second day"},
        {"holiday_date": "2026-12-27", "description": "Sunday", "weekly_off": 1},
    ]
    frappe.get_doc({"doctype": "Holiday List", "name": "Offices", "holidays": rows}).insert()
    return "Offices"


@pytest.fixture
def calendar(committing: None) -> Iterator[str]:
    document = frappe.get_doc(
        {
            "doctype": "SM Service Calendar",
            "title": "For holidays",
            "timezone": "Europe/Berlin",
            "holidays": [{"day": "2026-12-25", "title": "Known"}],
        }
    ).insert()
    yield document.name
    frappe.set_user("Administrator")
    frappe.delete_doc("SM Service Calendar", document.name, force=True)
    frappe.db.commit()


def test_holidays_are_added_once_and_days_off_are_not(holiday_list, calendar):
    assert api.import_holidays(calendar, "Holiday List", holiday_list) == 1
    assert api.import_holidays(calendar, "Holiday List", holiday_list) == 0
    days = frappe.get_doc("SM Service Calendar", calendar).holidays
    assert [(str(row.day), row.title) for row in days] == [
        ("2026-12-25", "Known"),
        ("2026-12-26", "Second day"),
    ]


def test_who_may_not_read_the_list_gets_no_holidays(holiday_list, calendar, make_user, acting_as):
    user = make_user("SM Planner Manager")
    try:
        with acting_as(user), pytest.raises(frappe.PermissionError):
            api.import_holidays(calendar, "Holiday List", holiday_list)
    finally:
        frappe.delete_doc("User", user, force=True)
        frappe.db.commit()


def test_no_other_doctype_is_taken_for_a_list_of_holidays(calendar):
    with pytest.raises(frappe.ValidationError, match="User is not a list of holidays on this site"):
        api.import_holidays(calendar, "User", "Administrator")
