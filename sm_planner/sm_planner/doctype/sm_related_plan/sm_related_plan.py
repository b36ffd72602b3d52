from sm_planner.adapters.documents.record import Row


class SMRelatedPlan(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        end_date: DF.Date | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        sm_process: DF.Link | None
        start_date: DF.Date | None
        title: DF.Data
    # end: auto-generated types
    pass
