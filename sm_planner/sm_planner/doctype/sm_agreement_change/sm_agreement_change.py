from sm_planner.adapters.documents.record import Row


class SMAgreementChange(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        version: DF.Data
        what: DF.SmallText
    # end: auto-generated types
    pass
