"""Who has nothing on the Desk but the app begins in it; nobody else is led away from where they began before."""

from __future__ import annotations

import frappe
import pytest

from sm_planner.adapters.desk import landing

PLANNERS = ("SM Planner User", "SM Planner Manager", "SM Auditor", "SM Service Owner")


@pytest.mark.parametrize("role", PLANNERS)
def test_who_works_with_plans_begins_on_the_workspace(role, make_user):
    assert landing.start_page(make_user(role)) == "SM Planner"


def test_who_only_signs_begins_with_what_waits_for_a_signature(make_user):
    assert landing.start_page(make_user("SM Executive Sponsor")) == "SM Executive View"
    both = make_user("SM Executive Sponsor", "SM Planner User", name="both@example.org")
    assert landing.start_page(both) == "SM Planner"


@pytest.mark.parametrize("role", ["Website Manager", "System Manager"])
def test_who_has_more_on_the_desk_begins_where_before(role, make_user):
    assert landing.start_page(make_user("SM Planner User", role)) is None


def test_a_role_without_the_desk_changes_nothing(make_user):
    frappe.get_doc({"doctype": "Role", "role_name": "Reader of News", "desk_access": 0}).insert()

    assert landing.start_page(make_user("SM Planner User", "Reader of News")) == "SM Planner"


def test_who_has_no_role_of_the_app_begins_where_before(make_user):
    assert landing.start_page(make_user("Website Manager")) is None
    assert landing.start_page(make_user(name="nobody@example.org")) is None
    assert landing.start_page(make_user("SM Portal Stakeholder", name="reader@example.org")) is None


@pytest.mark.parametrize("chooses", ["user", "app", "role", "site"])
def test_a_start_page_that_was_chosen_stays(chooses, make_user):
    user = make_user("SM Planner User")
    if chooses == "user":
        frappe.db.set_value("User", user, "default_workspace", "Users")
    elif chooses == "app":
        frappe.db.set_value("User", user, "default_app", "frappe")
    elif chooses == "role":
        frappe.db.set_value("Role", "SM Planner User", "home_page", "app/sm-plan")
    else:
        frappe.db.set_single_value("System Settings", "default_app", "frappe")
        frappe.clear_document_cache("System Settings", "System Settings")

    assert landing.start_page(user) is None


def test_the_desk_boots_with_the_workspace(make_user, acting_as):
    boot = frappe._dict(user=frappe._dict(default_workspace=None))
    with acting_as(make_user("SM Executive Sponsor")):
        landing.extend_bootinfo(boot)
    assert boot.user.default_workspace == {
        "name": "SM Executive View",
        "public": 1,
        "title": "SM Executive View",
    }

    chosen = frappe._dict(user=frappe._dict(default_workspace={"name": "Users"}))
    with acting_as("someone@example.org"):
        landing.extend_bootinfo(chosen)
    assert chosen.user.default_workspace == {"name": "Users"}
