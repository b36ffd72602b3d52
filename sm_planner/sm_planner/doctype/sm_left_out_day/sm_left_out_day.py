from sm_planner.adapters.documents.record import Row


class SMLeftOutDay(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        from_time: DF.Data | None
        instead_on: DF.Date | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        reason: DF.Data | None
        to_time: DF.Data | None
    # end: auto-generated types
    pass
