"""Links to ERPNext and Helpdesk, with throw-away DocTypes in the place of theirs.

Making and dropping DocTypes commits; each test takes away what it made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import budget_actuals, plan_writer
from sm_planner.adapters.integrations import optional_apps

pytestmark = pytest.mark.commits

MODULE, APP = "Foreign Books", "foreign_books"
THEIRS = (
    *("Customer", "Supplier", "Company", "Employee", "Department", "Item", "Contract"),
    *("Cost Center", "Account"),
)
"""DocTypes of other apps to which our forms link."""


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


@pytest.fixture
def employees(foreign, make_user) -> Iterator[str]:
    """Two employees, and an author whom the other app keeps to the first; the author's account."""
    foreign("Employee")
    foreign("Department")
    foreign("Company")
    for doctype in ("Employee", "Department", "Company"):
        for name in ("Own", "Other"):
            frappe.get_doc({"doctype": doctype, "name": name}).insert()
    optional_apps.link()
    author = make_user("SM Planner Manager", "System Manager", name="author@example.org")
    for doctype in ("Employee", "Department"):
        permit(author, doctype, "Own")
    yield author
    frappe.set_user("Administrator")
    for doctype, field in (("SM Person", "title"), ("SM Plan", "title")):
        for name in frappe.get_all(doctype, {field: ("like", "Linked %")}, pluck="name"):
            frappe.delete_doc(doctype, name, force=True)
    frappe.db.delete("User Permission", {"user": author})
    frappe.delete_doc("User", author, force=True)
    frappe.db.commit()


def permit(user: str, doctype: str, name: str, applicable_for: str = "") -> None:
    """What ERPNext does for each employee: it keeps a user to one document."""
    rule = {"user": user, "allow": doctype, "for_value": name}
    where = {"applicable_for": applicable_for, "apply_to_all_doctypes": int(not applicable_for)}
    frappe.get_doc({"doctype": "User Permission", **rule, **where}).insert()


def person(title: str, **links: str) -> str:
    return frappe.get_doc({"doctype": "SM Person", "title": title, **links}).insert().name


def people_seen(user: str, acting_as) -> set[str]:
    with acting_as(user):
        seen = set(frappe.get_list("SM Person", {"title": ("like", "Linked %")}, pluck="title"))
        for one in frappe.get_all("SM Person", {"title": ("like", "Linked %")}, ["name", "title"]):
            assert bool(frappe.has_permission("SM Person", "read", one.name)) == (one.title in seen)
    return seen


def test_a_new_person_is_not_given_the_employee_of_who_writes_it(employees, acting_as):
    with acting_as(employees):
        assert not frappe.new_doc("SM Person").linked_employee
        assert not frappe.new_doc("SM Person").linked_department
        name = person("Linked to nobody")
    assert frappe.db.get_value("SM Person", name, ["linked_employee", "linked_department"]) == (None, None)


def test_people_who_are_other_employees_are_seen_and_changed(employees, acting_as):
    other = person("Linked Other", linked_employee="Other")
    person("Linked Own", linked_employee="Own")
    assert people_seen(employees, acting_as) == {"Linked Other", "Linked Own"}
    with acting_as(employees):
        frappe.get_doc("SM Person", other).update({"linked_employee": "Own"}).save()


def test_user_permissions_for_departments_and_companies_hold_for_links_too(employees, acting_as):
    person("Linked elsewhere", linked_department="Other")
    person("Linked here", linked_department="Own")
    person("Linked nowhere")
    permit(employees, "Company", "Own")
    for company in ("Own", "Other"):
        frappe.get_doc(
            {"doctype": "SM Plan", "title": f"Linked {company}", "linked_company": company}
        ).insert()
    assert people_seen(employees, acting_as) == {"Linked here", "Linked nowhere"}
    with acting_as(employees):
        assert not frappe.new_doc("SM Plan").linked_company
        assert frappe.get_list("SM Plan", {"title": ("like", "Linked %")}, pluck="title") == ["Linked Own"]


def test_a_user_permission_that_names_our_doctype_holds_for_its_link(employees, acting_as):
    person("Linked Other", linked_employee="Other")
    person("Linked Own", linked_employee="Own")
    frappe.db.delete("User Permission", {"user": employees, "allow": "Employee"})
    permit(employees, "Employee", "Own", applicable_for="SM Person")
    frappe.clear_cache(user=employees)
    assert people_seen(employees, acting_as) == {"Linked Own"}


def test_every_doctype_with_such_a_link_asks_for_user_permissions_that_name_it():
    asked = frappe.get_hooks("permission_query_conditions")
    ways = [["sm_planner.adapters.permissions.of_organisation"]]
    ways += [
        ["sm_planner.adapters.permissions.of_readable_plans"]
    ]  # of the parts of a plan: the same, and more
    for one in optional_apps.LINKS:
        assert asked[one.doctype] in ways, one.doctype


def test_budget_lines_on_a_cost_center_that_a_user_permission_forbids_are_not_listed(
    ledger, minimal, make_user, acting_as
):
    reader = make_user("SM Planner Manager", name="reader@example.org")
    plan = plan_reader.load(plan_writer.save(minimal))
    line = frappe.get_doc("SM Budget Line", f"{plan.id}-upkeep")
    line.update({"linked_cost_center": "Desk - M", "linked_account": "Upkeep - M"}).save()
    frappe.get_doc({"doctype": "Cost Center", "name": "Other - M"}).insert()
    permit(reader, "Cost Center", "Other - M", applicable_for="SM Budget Line")
    frappe.clear_cache(user=reader)

    with acting_as(reader):
        listed = frappe.get_list("SM Budget Line", {"plan": plan.id}, pluck="name")
        assert frappe.has_permission("SM Budget Line", "read", f"{plan.id}-computer")
        assert not frappe.has_permission("SM Budget Line", "read", line.name)
    assert line.name not in listed
    assert f"{plan.id}-computer" in listed


def test_links_that_lead_nowhere_are_emptied_when_the_other_app_comes_again(foreign):
    foreign("Customer")
    frappe.get_doc({"doctype": "Customer", "name": "Acme"}).insert()
    optional_apps.after_app_install(APP)
    stakeholder = frappe.get_doc(
        {"doctype": "SM Stakeholder", "title": "Linked", "linked_customer": "Acme"}
    ).insert()
    try:
        optional_apps.before_app_uninstall(APP)
        frappe.delete_doc("DocType", "Customer", force=True)
        frappe.db.sql_ddl("drop table `tabCustomer`")
        stakeholder = frappe.get_doc("SM Stakeholder", stakeholder.name)
        stakeholder.save()

        foreign("Customer")
        frappe.get_doc({"doctype": "Customer", "name": "Beta"}).insert()
        optional_apps.after_app_install(APP)

        stakeholder = frappe.get_doc("SM Stakeholder", stakeholder.name)
        assert not stakeholder.linked_customer
        stakeholder.update({"linked_customer": "Beta"}).save()
        optional_apps.link()
        assert frappe.db.get_value("SM Stakeholder", stakeholder.name, "linked_customer") == "Beta"
    finally:
        frappe.delete_doc("SM Stakeholder", stakeholder.name, force=True)
        frappe.db.commit()


def test_links_of_version_0_1_ignore_user_permissions_from_now_on(foreign):
    from sm_planner.patches.v0_2 import keep_to_our_own

    foreign("Employee")
    optional_apps.link()
    field = {"dt": "SM Person", "fieldname": "linked_employee"}
    frappe.db.set_value("Custom Field", field, "ignore_user_permissions", 0)
    keep_to_our_own.execute()
    assert frappe.db.get_value("Custom Field", field, "ignore_user_permissions") == 1


def test_links_come_with_the_other_app_and_go_with_it(foreign):
    assert linked() == set()
    for name in THEIRS:
        foreign(name)

    optional_apps.after_app_install(APP)
    optional_apps.after_app_install(APP)
    assert linked() == set(THEIRS)

    optional_apps.before_app_uninstall("some_other_app")
    assert len(linked()) == len(THEIRS)
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
        {"fieldname": "is_half_day", "fieldtype": "Check", "label": "Is Half Day"},
        istable=1,
        autoname="hash",
    )
    foreign(
        "Holiday List",
        {"fieldname": "holidays", "fieldtype": "Table", "label": "Holidays", "options": "Holiday"},
    )
    rows = [
        {"holiday_date": "2026-12-25", "description": "<div>Christmas Day</div>"},
        {"holiday_date": "2026-12-26", "description": "Second day", "weekly_off": 1},
        {"holiday_date": "2026-10-03", "description": "<p>Tag der Deutschen Einheit</p>", "weekly_off": 1},
        {"holiday_date": "2026-12-27", "description": "Sunday", "weekly_off": 1},
        {"holiday_date": "2026-12-24", "description": "Christmas Eve", "is_half_day": 1},
        *(
            {"holiday_date": f"2026-10-{day}", "description": "Wochenende", "weekly_off": 1}
            for day in (10, 17, 24)
        ),
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


def test_holidays_on_a_day_off_are_added_and_what_is_not_added_is_told(holiday_list, calendar):
    told = {"known": 1, "days_off": 4, "half_days": 1}
    assert api.import_holidays(calendar, "Holiday List", holiday_list) == {"added": 2, **told}
    assert api.import_holidays(calendar, "Holiday List", holiday_list) == {"added": 0, **told, "known": 3}
    days = frappe.get_doc("SM Service Calendar", calendar).holidays
    assert [(str(row.day), row.title) for row in days] == [
        ("2026-12-25", "Known"),
        ("2026-10-03", "Tag der Deutschen Einheit"),
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
    with pytest.raises(frappe.ValidationError, match="User is not a holiday list on this site"):
        api.import_holidays(calendar, "User", "Administrator")


@pytest.fixture
def ledger(foreign) -> Iterator[None]:
    """A ledger with one cost center and one account, of a company that keeps its books in euros."""

    def data(name: str, kind: str = "Data", **more: str) -> dict[str, str]:
        return {"fieldname": name, "fieldtype": kind, "label": name.title(), **more}

    foreign("Company", data("default_currency"))
    foreign("Cost Center")
    foreign("Account")
    links = [data(name) for name in ("company", "cost_center", "account", "voucher_type")]
    amounts = [data("debit", "Float"), data("credit", "Float"), data("is_cancelled", "Check")]
    foreign("GL Entry", *links, data("posting_date", "Date"), *amounts)
    frappe.get_doc({"doctype": "Company", "name": "Millbrook", "default_currency": "EUR"}).insert()
    frappe.get_doc({"doctype": "Cost Center", "name": "Desk - M"}).insert()
    frappe.get_doc({"doctype": "Account", "name": "Upkeep - M"}).insert()
    optional_apps.link()
    frappe.db.commit()
    yield
    frappe.db.rollback()  # the plan of the test, before the fixture beneath commits


def book(day: str, debit: float, credit: float, cancelled: int = 0, voucher: str = "Journal Entry") -> None:
    where = {"company": "Millbrook", "cost_center": "Desk - M", "account": "Upkeep - M"}
    values = {"posting_date": day, "debit": debit, "credit": credit, "is_cancelled": cancelled}
    where["voucher_type"] = voucher
    frappe.get_doc({"doctype": "GL Entry", "name": day, **where, **values}).insert()


def test_the_ledger_gives_what_was_booked_on_the_lines_once(ledger, minimal):
    assert minimal.currency == "EUR"
    plan = plan_reader.load(plan_writer.save(minimal))
    line = frappe.get_doc("SM Budget Line", f"{plan.id}-upkeep")
    line.update(
        {"linked_cost_center": "Desk - M", "linked_account": "Upkeep - M", "start_date": "2026-01-01"}
    )
    line.save()
    assert (line.cost_center, line.account) == ("Desk - M", "Upkeep - M")
    book("2026-02-05", 100, 0)
    book("2026-02-20", 0, 12.5)
    book("2026-02-21", 999, 0, cancelled=1)
    book("2026-02-28", 0, 87.5, voucher="Period Closing Voucher")

    assert budget_actuals.take_over(plan.id) == {"added": 1, "lines": 1}
    assert budget_actuals.take_over(plan.id) == {"added": 0, "lines": 1}

    (kept,) = plan_reader.load(plan.id).actuals
    told = (kept.budget_line, str(kept.day), kept.amount, kept.source)
    assert told == ("upkeep", "2026-02-28", 87.5, "Ledger 2026-02")


def test_of_a_ledger_that_is_read_in_part_nothing_is_taken_over(ledger, minimal, make_user, acting_as):
    """Else what one may not read would look as if it had been taken back."""
    plan = plan_reader.load(plan_writer.save(minimal))
    line = frappe.get_doc("SM Budget Line", f"{plan.id}-upkeep")
    line.update({"linked_cost_center": "Desk - M", "linked_account": "Upkeep - M"}).save()
    book("2026-02-05", 100, 0)
    book("2026-02-20", 50, 0)
    planner = make_user("SM Planner Manager", name="ledger-reader@example.org")
    with acting_as(planner), pytest.raises(frappe.PermissionError):
        budget_actuals.take_over(plan.id)
    frappe.share.add_docshare(
        "GL Entry", "2026-02-05", planner, read=1, flags={"ignore_share_permission": True}
    )
    with acting_as(planner), pytest.raises(frappe.PermissionError, match="You may not read all"):
        budget_actuals.take_over(plan.id)
    assert frappe.db.count("SM Budget Actual", {"lineage": plan.lineage, "budget_line": line.name}) == 0
