from sm_planner.adapters.documents.record import Row


class SMFunding(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        amount: DF.Float
        day: DF.Date | None
        given_by: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        reference: DF.Data | None
    # end: auto-generated types
    pass
