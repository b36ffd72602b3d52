"""Which DocTypes are the app's own."""

import frappe


def is_ours(doctype: str | None) -> bool:
    """Whether a DocType is one of the app."""
    return bool(doctype) and frappe.db.get_value("DocType", doctype, "module", cache=True) == "SM Planner"
