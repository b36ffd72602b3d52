from sm_planner.adapters.documents.record import Row


class SMObligation(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        how: DF.SmallText | None
        kind: DF.Literal["", "Law", "Standard", "Policy", "Contract"]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        service: DF.Link | None
        title: DF.Data
    # end: auto-generated types
    pass
