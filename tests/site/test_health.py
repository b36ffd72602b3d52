"""The health of plans, written down once a day by the site alone."""

from __future__ import annotations

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import health, plan_writer


def lines(lineage: str) -> list:
    return frappe.get_all("SM Health", {"lineage": lineage}, ["name", "day", "version", "errors", "owner"])


def test_the_daily_job_writes_one_line_a_day(minimal, minimal_on_site):
    health.write_lines()
    health.write_lines()

    (line,) = lines(minimal.lineage)
    assert (str(line.day), line.version) == (frappe.utils.nowdate(), 1)
    assert plan_reader.load(minimal_on_site).health[0].errors == line.errors


def test_what_goes_wrong_with_one_plan_is_logged_and_stops_no_other(minimal, minimal_on_site):
    service = frappe.get_doc({"doctype": "SM Service", "title": "Post"}).insert().name
    scope = [{"record_type": "SM Service", "record": service}]
    broken = frappe.get_doc({"doctype": "SM Plan", "title": "Broken", "scope": scope}).insert()
    frappe.db.set_value("SM Plan Scope", broken.scope[0].name, "record_type", "SM Nothing")

    health.write_lines()

    assert len(lines(minimal.lineage)) == 1
    assert not lines(broken.lineage)
    assert frappe.db.exists("Error Log", {"method": f"The health of {broken.lineage} was not written"})


@pytest.mark.parametrize("user", ["Administrator", "manager@example.org"])
def test_nobody_writes_changes_or_deletes_a_line(user, minimal, minimal_on_site, make_user, acting_as):
    make_user("SM Planner Manager", name="manager@example.org")
    health.write_lines()
    (line,) = lines(minimal.lineage)
    with acting_as(user):
        made = frappe.get_doc({"doctype": "SM Health", "lineage": minimal.lineage, "day": "2020-01-01"})
        with pytest.raises(frappe.PermissionError):
            made.insert()
        changed = frappe.get_doc("SM Health", line.name)
        changed.errors = 0
        with pytest.raises(frappe.PermissionError):
            changed.save()
        with pytest.raises(frappe.PermissionError):
            frappe.get_doc("SM Health", line.name).delete()


def test_a_plan_file_brings_no_lines_and_takes_none_away(minimal, minimal_on_site):
    health.write_lines()

    plan_writer.save(minimal)

    assert len(lines(minimal.lineage)) == 1


def test_the_home_of_the_plan_compares_with_the_day_of_the_signature(to_sign, sign, minimal):
    sign(to_sign)
    health.write_lines()

    told = api.lineage_home(minimal.lineage)["health"]

    assert told["signed"]["day"] == frappe.utils.nowdate()
    assert told["days"] == [frappe.utils.nowdate()]
