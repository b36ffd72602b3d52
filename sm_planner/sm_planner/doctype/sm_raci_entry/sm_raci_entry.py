import frappe

from sm_planner.adapters.documents.record import Part


class SMRACIEntry(Part):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        component: DF.Link | None
        letter: DF.Literal["", "R", "A", "AR", "C", "I", "N/A"]
        plan: DF.Link
        role: DF.Link | None
        service: DF.Link | None
        sm_process: DF.Link
        taken_from: DF.Data | None
        task: DF.SmallText | None
    # end: auto-generated types
    pass


def on_doctype_update():
    """A plan has one entry for each process, service, component and role."""
    frappe.db.add_unique(
        "SM RACI Entry", ["plan", "sm_process", "service", "component", "role"], "unique_raci_entry"
    )
