"""The workflows that come with the app, as records of the site: an organisation may change them.

They draw buttons; what these may do is decided by the controllers. So what the organisation changed in a workflow
stays. One that nobody changed since it was written here follows the app's newer versions. States and actions are shared
with every other workflow of the site: those that are missing are made, and none is ever changed.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cstr

from sm_planner.adapters.installation import made_here, references

FOLDER = Path(__file__).parents[2] / "workflows"
"""Workflows, and how their states look, as Frappe exports them."""

STATE, ACTION = "Workflow State", "Workflow Action Master"

DRAWING = ("workflow_data", "workflow_builder_id")
"""Fields in which Frappe keeps where things stand in its drawing of a workflow."""


def names() -> list[str]:
    """The names of the workflows that come with the app."""
    return [values["name"] for values in _shipped("workflow")]


def ensure() -> None:
    """Have the workflows on the site, each as the app brings it, unless the organisation has changed it."""
    for values in _shipped("workflow"):
        shipped, name = frappe.get_doc(values), values["name"]
        written, now = made_here.recall(_key(name)), digest(shipped)
        if not frappe.db.exists("Workflow", name):
            _ensure_parts(shipped)
            # One that the organisation made for the same documents stays the one in force.
            shipped.is_active = not frappe.db.exists(
                "Workflow", {"document_type": shipped.document_type, "is_active": 1}
            )
            shipped.insert()
        elif written != now and digest(frappe.get_doc("Workflow", name)) == written:
            _ensure_parts(shipped)
            frappe.get_doc("Workflow", name).update(values).save()
        if digest(frappe.get_doc("Workflow", name)) == now != written:
            remember(name, now)


def remember(workflow: str, written: str) -> None:
    """Keep the fingerprint of a workflow as it was last written here."""
    frappe.db.set_global(_key(workflow), written)


def remove_parts() -> list[str]:
    """Remove the states and actions that were made for the workflows, once these are gone.

    Those that others use stay; they are told, in words.
    """
    kept = []
    for doctype in (STATE, ACTION):
        for name in made_here.of(doctype):
            if user := references.user_of(doctype, name):
                kept.append(f"{doctype} {name} ({user})")
            else:
                references.delete(doctype, [name])
    return kept


def digest(workflow: Document) -> str:
    """A fingerprint of what a workflow says, whoever saved it when, on whichever version of Frappe."""
    tables = {
        df.fieldname: list(map(_said, workflow.get(df.fieldname))) for df in workflow.meta.get_table_fields()
    }
    said = json.dumps([_said(workflow), tables], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _said(row: Document) -> dict[str, str]:
    """The values of a row that are not those that Frappe gives to a new one."""
    said = {}
    for df in row.meta.fields:
        if df.fieldname in DRAWING or df.fieldtype in frappe.model.no_value_fields:
            continue
        value, default = row.get(df.fieldname), cstr(df.default)
        text = default if value is None else cstr(value)
        if text not in (("", "0") if default in ("", "0") else (default,)):
            said[df.fieldname] = text
    return said


def _ensure_parts(workflow: Document) -> None:
    """Make the states and actions of a workflow that the site does not have."""
    looks = {state["name"]: state for state in _shipped("workflow_state")}
    for name in dict.fromkeys(row.state for row in workflow.states):
        _make(STATE, name, {"workflow_state_name": name, **looks.get(name, {})})
    for name in dict.fromkeys(row.action for row in workflow.transitions):
        _make(ACTION, name, {"workflow_action_name": name})


def _make(doctype: str, name: str, values: dict[str, Any]) -> None:
    if not frappe.db.exists(doctype, name):
        frappe.get_doc({**values, "doctype": doctype}).insert()
        made_here.note(doctype, name)


def _shipped(kind: str) -> Iterator[dict[str, Any]]:
    yield from json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))


def _key(workflow: str) -> str:
    return f"sm_planner_workflow_{frappe.scrub(workflow)}"
