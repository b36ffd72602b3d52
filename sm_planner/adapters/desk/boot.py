"""What the Desk is told of the app when it starts."""

from functools import cache
from typing import Any

import frappe

from sm_planner.adapters.desk import link_choices
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN, SHARED
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.typed.sheets import SHEETS


def extend(bootinfo: Any) -> None:
    """What links offer, the plain names of what a plan has in its scope, and which DocTypes are added several at a time; nothing for who reads no plans."""
    if frappe.has_permission(PLAN, "read"):
        bootinfo.sm_planner = _told()


@cache
def _told() -> dict[str, Any]:
    kinds = {DOCTYPES[name]: COLLECTIONS[name].label for name in SHARED}
    several = {DOCTYPES[sheet.collection]: name for name, sheet in SHEETS.items() if not sheet.table}
    return {"choices": link_choices.choices(), "kinds": kinds, "several": several}
