from sm_planner.adapters.documents.record import Row


class SMBusyWeekday(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        weekday: DF.Literal["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        which: DF.Literal["", "First", "Second", "Third", "Fourth", "Fifth", "Last"]
    # end: auto-generated types
    pass
