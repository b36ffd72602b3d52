from sm_planner.adapters.documents.record import Row


class SMCalendarOpening(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        closes: DF.Data
        day: DF.Date
        opens: DF.Data
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        title: DF.Data | None
    # end: auto-generated types
    pass
