from sm_planner.adapters.documents.record import Row


class SMReviewRhythm(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        about: DF.Data | None
        chair: DF.Link | None
        first_date: DF.Date | None
        kind: DF.Literal["", "Plan Review", "Service Review", "Supplier Review", "Planning Slot"]
        months: DF.Int
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
    # end: auto-generated types
    pass
