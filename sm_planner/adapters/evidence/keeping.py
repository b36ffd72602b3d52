"""Evidence of the sign-off: documents that only the sign-off makes, and that nobody changes or deletes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document


class Evidence(Document):
    """A document that only the sign-off makes, see :func:`keep`. Nobody changes or deletes it."""

    def before_validate(self) -> None:
        if not (self.is_new() and frappe.flags.sm_planner_keeping == self.doctype):
            self.refuse()

    def refuse(self, *args: Any) -> NoReturn:
        frappe.throw(
            _("{0}: the sign-off creates these documents, and they never change.").format(_(self.doctype)),
            frappe.PermissionError,
        )

    on_trash = before_rename = after_rename = before_discard = refuse


def keep(doctype: str, values: dict[str, Any]) -> str:
    """Store a piece of evidence; the name of its document."""
    with flag("sm_planner_keeping", doctype):
        # Nobody has the permission to make evidence: only the sign-off does, and only here.
        evidence = frappe.get_doc({"doctype": doctype, **values})
        evidence.flags.ignore_links = True  # it may be about what was deleted
        return evidence.insert(ignore_permissions=True).name


@contextmanager
def flag(name: str, value: object) -> Iterator[None]:
    """A mark for the guards, out of the reach of any request, for as long as the block runs."""
    frappe.flags[name] = value
    try:
        yield
    finally:
        frappe.flags[name] = None
