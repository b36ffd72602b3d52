from sm_planner.adapters.documents.record import Row


class SMSeverityMapping(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        priority: DF.Literal["", "P1", "P2", "P3", "P4", "P5"]
        severity: DF.Data
    # end: auto-generated types
    pass
