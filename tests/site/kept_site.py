"""A site that an earlier version left: put in the place of what a site has of SM Planner. See tests/kept_seals.

What a test does afterwards, such as ``migrate``, it does by commands, as this process is not on that site.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from site_kit import run

KEPT = Path(__file__).parents[1] / "kept_seals"

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

def load(name):
    statement = ""
    for line in gzip.decompress((kept / name).read_bytes()).decode().splitlines():
        statement += line + "\\n"
        if line.endswith(";"):
            frappe.db._cursor.execute(statement)
            statement = ""

load("site.sql.gz")
about = {
    "Comment": "reference_doctype", "File": "attached_to_doctype", "ToDo": "reference_type",
    "Tag Link": "document_type", "Version": "ref_doctype", "DocShare": "share_doctype",
}
for doctype, field in about.items():
    frappe.db.delete(doctype, {field: ("like", "SM %")})
if (kept / "site.frappe.sql.gz").exists():
    load("site.frappe.sql.gz")
for patch in frappe.get_all("Patch Log", {"patch": ("like", "sm_planner.patches.v%")}, pluck="patch"):
    version = patch.split(".")[2].removeprefix("v").split("_")
    if [*map(int, version)] > [*map(int, kept.name.split("."))]:
        frappe.db.delete("Patch Log", {"patch": patch})
frappe.db.sql("update tabDocType set migration_hash = null where module = 'SM Planner'")
frappe.db.commit()
frappe.destroy()
"""
"""Puts the tables, keys and heads of SM Planner as an earlier version had them, with what Frappe's own tables say about its
documents, and forgets what was migrated since."""

LIVING = """
import dataclasses, json, sys, frappe
from sm_planner.adapters.site import stored_records
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()

def values(record, *left_out):
    return {name: value for name, value in dataclasses.asdict(record).items() if name not in left_out}

def said(doctype, name):
    about = {"reference_doctype": doctype, "reference_name": name, "comment_type": "Comment"}
    return frappe.get_all("Comment", about, pluck="content", order_by="creation asc, name asc")

def register(collection, doctype, lineage):
    found = stored_records.living(collection, lineage)
    return {one.id: {**values(one, "id"), "said": said(doctype, name)} for name, one in found.items()}

def facts(collection, doctype, found):
    return [{**values(one), "said": said(doctype, name)} for name, one in found.items()]

told = {}
for lineage in frappe.get_all("SM Lineage", fields=["name", "next_review", "active", "draft"], order_by="name asc"):
    told[lineage.name] = {
        **{name: lineage[name] for name in ("next_review", "active", "draft")},
        "improvements": register("improvements", "SM Improvement", lineage.name),
        "waivers": register("waivers", "SM Waiver", lineage.name),
        "measurements": facts("measurements", "SM Measurement", stored_records.living("measurements", lineage.name)),
        "evidence": facts("evidence", "SM Evidence", stored_records.living("evidence", lineage.name)),
    }
told["shared"] = {
    "measurements": facts("measurements", "SM Measurement", stored_records.living_about(
        "measurements", frappe.get_all("SM Agreement", pluck="name"))),
    "acknowledgements": facts("acknowledgements", "SM Acknowledgement", stored_records.living_about(
        "acknowledgements", frappe.get_all("SM Role", pluck="name"))),
}
print(json.dumps(told, default=str))
frappe.destroy()
"""
"""Tells what lineages hold of registers and facts, with the comments on them, and what hangs on shared records."""

HANGING = """
import json, sys, frappe
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
about = {
    "Comment": ("reference_doctype", "reference_name"), "File": ("attached_to_doctype", "attached_to_name"),
    "ToDo": ("reference_type", "reference_name"), "Tag Link": ("document_type", "document_name"),
    "DocShare": ("share_doctype", "share_name"),
}
told = {}
for doctype, (kind, name) in about.items():
    for row in frappe.get_all(doctype, {kind: ("in", ("SM Improvement", "SM Waiver"))}, ["name", kind, name]):
        told[f"{doctype} {row.name}"] = bool(frappe.db.exists(row[kind], row[name]))
print(json.dumps(told))
frappe.destroy()
"""
"""Tells what Frappe keeps about entries of registers, and whether the document is there that it is about."""


def restore(site: str, version: str) -> None:
    """Make a site with this app one that the version has left. It has to be migrated afterwards."""
    run(sys.executable, "-c", RESTORE, site, str(KEPT / version))


def told(script: str, site: str) -> Any:
    """What a script about a site tells, which prints it as JSON in its last line."""
    return json.loads(run(sys.executable, "-c", script, site).splitlines()[-1])


def kept_json(version: str, name: str) -> Any:
    """What a JSON file of a kept site says; None if the version has no such file."""
    file = KEPT / version / name
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
