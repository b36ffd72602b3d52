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
from sm_planner.adapters.evidence import kept_heads
from sm_planner.adapters.evidence import seal_keys
site, kept = sys.argv[1], Path(sys.argv[2])
frappe.init(site=site, sites_path=".")
for name in ("sm_planner_seal_key", "sm_planner_public_keys"):
    update_site_config(name, "None", validate=False)
seal_keys.path().unlink(missing_ok=True)
kept_heads.path().unlink(missing_ok=True)
if (kept / "site.config.json").exists():
    for name, value in json.loads((kept / "site.config.json").read_text()).items():
        update_site_config(name, value, validate=False)
else:
    seal_keys.path().write_text((kept / "site.keys.json").read_text())
    kept_heads.path().write_text((kept / "site.heads.json").read_text())
frappe.connect()
if kept_heads.path().exists():
    frappe.db.set_default(kept_heads.WRITTEN, "1")
else:
    frappe.db.delete("DefaultValue", {"defkey": kept_heads.WRITTEN})
for table in frappe.db.get_tables(cached=False):
    if table.startswith("tabSM "):
        frappe.db.sql_ddl(f"drop table `{table}`")
statement = ""
for line in gzip.decompress((kept / "site.sql.gz").read_bytes()).decode().splitlines():
    statement += line + "\\n"
    if line.endswith(";"):
        frappe.db._cursor.execute(statement)
        statement = ""
for patch in frappe.get_all("Patch Log", {"patch": ("like", "sm_planner.patches.v%")}, pluck="patch"):
    version = patch.split(".")[2].removeprefix("v").split("_")
    if [*map(int, version)] > [*map(int, kept.name.split("."))]:
        frappe.db.delete("Patch Log", {"patch": patch})
frappe.db.sql("update tabDocType set migration_hash = null where module = 'SM Planner'")
frappe.db.commit()
frappe.destroy()
"""
"""Puts the tables, keys and heads of SM Planner as an earlier version had them, and forgets what was migrated since."""

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
        "problems": [str(problem) for problem in (*found.problems, *found.outside)],
        "drift": [str(change.text) for change in found.drift],
        "origin": sorted({verdict.origin for verdict in found.seals}),
        "keys": [found.ring.standing(verdict.seal.key_id).split()[0] for verdict in found.seals],
        "authors": sorted(authorship.of(plan)),
    }
print(json.dumps(told))
frappe.destroy()
"""


def well(state: str, keys: list[str], *authors: str) -> dict[str, Any]:
    """What VERIFIED tells of a plan of which nothing is amiss. keys: what the key of each seal is to the site now."""
    return {
        "state": state,
        "intact": True,
        "problems": [],
        "drift": [],
        "origin": ["confirmed"],
        "keys": keys,
        "authors": [f"{author}@example.org" for author in authors],
    }


SIGNED = {
    "0.1": {
        "ardlough-service-plan-1": well("Superseded", ["retired", "retired"], "author"),
        "ardlough-service-plan-v2": well("Active", ["retired", "retired"], "author"),
        "filled": well("Active", ["retired"], "author"),
    },
    "0.3": {
        "filled": well("Active", ["signs"], "manager"),
        "millbrook-library-1": well("Superseded", ["retired", "signs"], "author", "editor", "manager"),
        "millbrook-library-v2": well("Active", ["retired", "signs"], "author", "editor", "manager"),
    },
}
"""Version → what it signed on its site, by plan."""


def kept_heads(version: str) -> list[dict[str, Any]]:
    """The heads that the site kept outside its database; none before there were any."""
    file = KEPT / version / "site.heads.json"
    return json.loads(file.read_text(encoding="utf-8"))["heads"] if file.exists() else []


@pytest.fixture(scope="module")
def new() -> Iterator[None]:
    new_site(SITE)
    frappe_command("--site", SITE, "install-app", "sm_planner")
    yield
    drop_site(SITE)


def test_a_site_of_every_version_is_kept_that_signed():
    assert {path.name for path in KEPT.iterdir() if path.is_dir()} == SIGNED.keys()


@pytest.mark.parametrize("version", SIGNED)
def test_what_a_site_of_an_earlier_version_signed_verifies_after_every_migrate(new, version):
    run(sys.executable, "-c", RESTORE, SITE, str(KEPT / version))

    for _ in range(2):
        frappe_command("--site", SITE, "migrate")
        assert json.loads(run(sys.executable, "-c", VERIFIED, SITE).splitlines()[-1]) == SIGNED[version]

    frappe_command("--site", SITE, "sm-planner", "verify")
    for head in kept_heads(version):
        frappe_command("--site", SITE, "sm-planner", "verify", head["plan"], "--head", head["event_hash"])
