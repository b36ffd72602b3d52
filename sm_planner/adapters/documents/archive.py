"""Signed plans, taken out of a site: what uninstalling asks for first."""

import hashlib
import json
import shutil
from pathlib import Path

import frappe
from frappe import _

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.doctypes import PLAN, SEAL
from sm_planner.engine import plan_file
from sm_planner.engine.sealing import seal_file

ARCHIVED = "sm_planner_archived"
"""Default that remembers up to which seal the signed plans were archived."""


def write(folder: Path) -> list[Path]:
    """Write every plan of the site as a plan file, with the seals of its lineage beside it, and every file that is
    attached to a document of the app; the files.

    Whoever does this may read all plans. Remembers that it was done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in frappe.get_list(PLAN, pluck="name", order_by="name asc"):
        path = folder / f"{name}.yaml"
        plan = plan_reader.load(name)
        plan_file.dump(plan, path)
        written.append(path)
        if plan.seals:
            beside = seal_file.seals_path(path)
            seals = [seal.as_dict() for seal in stored_records.seals(plan.lineage)]
            plan_file.write_whole(beside, json.dumps({"seals": seals}, indent=2, ensure_ascii=False) + "\n")
            written.append(beside)
    written += _copy_attached(folder / "attached")
    frappe.db.set_default(ARCHIVED, _last_seal())
    return written


def _copy_attached(folder: Path) -> list[Path]:
    """Copy the attached files, each into a folder of its document; the copies.

    What is not on this machine is named in a list of its own.
    """
    ours = frappe.get_all("DocType", {"module": "SM Planner"}, pluck="name", order_by="name asc")
    attached = {"attached_to_doctype": ("in", ours), "is_folder": 0}
    written, elsewhere = [], []
    for name in frappe.get_all("File", attached, pluck="name", order_by="creation asc, name asc"):
        file = frappe.get_doc("File", name)
        if file.is_remote_file or not Path(file.get_full_path()).is_file():
            elsewhere.append(f"{file.attached_to_doctype} {file.attached_to_name}: {file.file_url}\n")
            continue
        beside = folder / frappe.scrub(file.attached_to_doctype) / (file.attached_to_name or "")
        beside.mkdir(parents=True, exist_ok=True)
        path = beside / f"{file.name}-{Path(file.file_name).name}"
        shutil.copyfile(file.get_full_path(), path)
        written.append(path)
    if elsewhere:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "not-copied.txt"
        plan_file.write_whole(path, "".join(elsewhere))
        written.append(path)
    return written


def refuse_unless_archived() -> None:
    """Stop an uninstall that would take signed plans with it that nobody has kept."""
    last = _last_seal()
    if last and frappe.db.get_default(ARCHIVED) != last:
        frappe.throw(
            _(
                "This site holds {0} signed versions of plans. Save them first: bench --site {1} sm-planner "
                "archive FOLDER. After that, uninstalling removes them."
            ).format(frappe.db.count(SEAL), frappe.local.site),
            title=_("Signed plans would be lost"),
        )


def _last_seal() -> str:
    """A hash of the names of all seals, which says whether one was made since; empty where there is none.

    Not by time: web servers do not agree on it to the second.
    """
    names = frappe.get_all(SEAL, pluck="name", order_by="name asc")
    return hashlib.sha256(" ".join(names).encode()).hexdigest() if names else ""
