from sm_planner.adapters.documents.record import Row


class SMMaintenanceNeed(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        every_days: DF.Int
        minutes: DF.Int
        notice_days: DF.Int
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        title: DF.Data | None
    # end: auto-generated types
    pass
