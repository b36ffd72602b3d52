from sm_planner.adapters.documents.record import Row


class SMDeliveryResource(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        kind: DF.Literal["", "Process", "People", "Technology", "Information"]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        title: DF.Data
    # end: auto-generated types
    pass
