"""Names that the site has given already: installing and migrating refuse, and change nothing. A site of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from site_kit import BENCH, drop_site, needs_root, new_site, run, site_for

SITE = site_for("names")

pytestmark = [pytest.mark.commits, needs_root]

OURS = f"""
import frappe
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
def insert(doctype, **values):
    return frappe.get_doc({{"doctype": doctype, **values}}).insert()
insert("Module Def", module_name="SM Planner", app_name="frappe", custom=1)
insert("DocType", name="SM Plan", module="SM Planner", custom=1, autoname="prompt",
       fields=[{{"fieldname": "our_words", "fieldtype": "Data", "label": "Our Words"}}],
       permissions=[{{"role": "System Manager", "read": 1}}])
insert("Report", report_name="Plan Findings", ref_doctype="ToDo", report_type="Report Builder", is_standard="No")
insert("Dashboard Chart", chart_name="When Agreements End", chart_type="Count", document_type="ToDo",
       based_on="creation", filters_json="[]", timeseries=1, timespan="Last Year", time_interval="Monthly")
frappe.db.commit()
"""

FACTS = f"""
import json, frappe
frappe.init(site={SITE!r}, sites_path=".")
frappe.connect()
print(json.dumps([
    frappe.get_all("DocType", pluck="name", order_by="name asc"),
    frappe.get_all("Role", pluck="name", order_by="name asc"),
    frappe.get_all("Module Def", fields=["name", "app_name"], order_by="name asc"),
    frappe.db.get_value("DocType", "SM Plan", ["module", "custom"]),
    [field.fieldname for field in frappe.get_meta("SM Plan").fields],
    frappe.db.get_value("Report", "Plan Findings", ["ref_doctype", "report_type"]),
    sorted(frappe.db.get_tables(cached=False)), frappe.get_installed_apps(),
]))
"""


@pytest.fixture(scope="module")
def taken() -> Iterator[None]:
    new_site(SITE)
    run(sys.executable, "-c", OURS)
    yield
    drop_site(SITE)


def test_installing_refuses_where_the_site_has_named_a_doctype_so_and_changes_nothing(taken):
    before = run(sys.executable, "-c", FACTS)

    install = (sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", SITE)
    done = subprocess.run(
        (*install, "install-app", "sm_planner"),
        cwd=BENCH / "sites",
        capture_output=True,
        text=True,
        timeout=300,
    )

    said = done.stdout + done.stderr
    assert "SM Planner brings records whose names are already in use on this site" in said
    for name in ("DocType “SM Plan”", "Report “Plan Findings”", "Module Def “SM Planner”"):
        assert name in said
    assert run(sys.executable, "-c", FACTS) == before
