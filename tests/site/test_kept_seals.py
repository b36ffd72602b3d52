"""A site of an earlier version, brought over by two migrates: its seals verify as they did,
and who wrote its plans is known as it was. See tests/kept_seals."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from site_kit import drop_site, frappe_command, needs_root, new_site, run, site_for

SITE = site_for("kept-seals")
KEPT = Path(__file__).parents[1] / "kept_seals"

pytestmark = [pytest.mark.commits, needs_root]

RESTORE = """
import gzip, json, sys, frappe
from pathlib import Path
from frappe.installer import update_site_config
site, kept = sys.argv[1], Path(sys.argv[2])
frappe.init(site=site, sites_path=".")
for name, value in json.loads((kept / "site.keys.json").read_text()).items():
    update_site_config(name, value, validate=False)
Path("sm_planner_keys", f"{site}.json").unlink()
frappe.connect()
for table in frappe.db.get_tables(cached=False):
    if table.startswith("tabSM "):
        frappe.db.sql_ddl(f"drop table `{table}`")
statement = ""
for line in gzip.decompress((kept / "site.sql.gz").read_bytes()).decode().splitlines():
    statement += line + "\\n"
    if line.endswith(";"):
        frappe.db._cursor.execute(statement)
        statement = ""
frappe.db.sql("delete from `tabPatch Log` where patch like 'sm_planner.%'")
frappe.db.sql("update tabDocType set migration_hash = null where module = 'SM Planner'")
frappe.db.commit()
frappe.destroy()
"""
"""Puts the tables of SM Planner as an earlier version had them, and forgets what was migrated since."""

VERIFIED = """
import json, sys, frappe
from sm_planner.adapters.evidence import authorship
from sm_planner.adapters.signing import sign_off
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
told = {}
for plan in frappe.get_all("SM Plan", pluck="name", order_by="name asc"):
    found = sign_off.verify(plan)
    told[plan] = {
        "state": frappe.db.get_value("SM Plan", plan, "state"),
        "intact": found.intact,
        "problems": [str(problem) for problem in found.problems],
        "drift": [str(change.text) for change in found.drift],
        "origin": sorted({verdict.origin for verdict in found.seals}),
        "seals": len(found.seals),
        "authors": authorship.of(plan),
    }
print(json.dumps(told))
frappe.destroy()
"""


def well(state: str, seals: int) -> dict[str, Any]:
    return {
        "state": state,
        "intact": True,
        "problems": [],
        "drift": [],
        "origin": ["confirmed"],
        "seals": seals,
        "authors": ["author@example.org"],
    }


@pytest.fixture(scope="module")
def new() -> Iterator[None]:
    new_site(SITE)
    frappe_command("--site", SITE, "install-app", "sm_planner")
    yield
    drop_site(SITE)


def test_what_a_site_of_the_first_version_signed_verifies_after_every_migrate(new):
    run(sys.executable, "-c", RESTORE, SITE, str(KEPT / "0.1"))

    for _ in range(2):
        frappe_command("--site", SITE, "migrate")
        assert json.loads(run(sys.executable, "-c", VERIFIED, SITE).splitlines()[-1]) == {
            "ardlough-service-plan-1": well("Superseded", 2),
            "ardlough-service-plan-v2": well("Active", 2),
            "filled": well("Active", 1),
        }
