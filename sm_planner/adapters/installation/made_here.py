"""What the app made on this site among records that others use too: roles, and states and actions of workflows.

Only what was made here may be taken away again. What was there before has the same name, and belongs to others.
"""

import json

import frappe

MADE = "sm_planner_made"
"""The global default that remembers it: DocType → names."""


def note(doctype: str, name: str) -> None:
    """Remember that a record was made here."""
    made = _all()
    made[doctype] = sorted({*made.get(doctype, ()), name})
    frappe.db.set_global(MADE, json.dumps(made))


def of(doctype: str) -> list[str]:
    """The names of the records of a DocType that were made here."""
    return _all().get(doctype, [])


def recall(key: str) -> str:
    """The value of a global default as it is stored: while apps are installed, Frappe answers from an old cache."""
    return frappe.db.get_value("DefaultValue", {"parent": "__global", "defkey": key}, "defvalue") or ""


def _all() -> dict[str, list[str]]:
    return json.loads(recall(MADE) or "{}")
