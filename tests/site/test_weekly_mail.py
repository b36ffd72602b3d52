"""The weekly mail with a report that comes with the app, switched off."""

from __future__ import annotations

import frappe

from sm_planner import install
from sm_planner.adapters.installation import references

HOSTILE = "<img src=x onerror=alert(1)>"


def mail():
    install.ensure_weekly_mail()
    return frappe.get_doc("Auto Email Report", {"report": install.WEEKLY})


def test_it_is_switched_off_and_made_once():
    frappe.db.delete("Auto Email Report", {"report": install.WEEKLY})
    assert (mail().enabled, mail().frequency) == (0, "Weekly")
    assert frappe.db.count("Auto Email Report", {"report": install.WEEKLY}) == 1


def test_it_shows_the_objectives_of_the_plan_as_text(example, example_on_site):
    first = frappe.get_all("SM Objective", {"plan": example.id}, pluck="name", order_by="name asc", limit=1)[
        0
    ]
    frappe.db.set_value("SM Objective", first, "title", HOSTILE)
    content = mail().get_report_content()
    assert "&lt;img src=x" in content
    assert "<img src=x" not in content


def test_uninstalling_takes_it_and_those_that_users_made():
    made = mail()
    copy = frappe.copy_doc(made).insert()

    going = references.forget({"Report": {install.WEEKLY}})

    assert going["Auto Email Report"] == {made.name, copy.name}
