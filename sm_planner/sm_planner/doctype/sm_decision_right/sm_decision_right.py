from sm_planner.adapters.documents.record import Row


class SMDecisionRight(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from_date: DF.Date | None
        own_team: DF.Check
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        person: DF.Link | None
        role: DF.Link | None
        to_date: DF.Date | None
        up_to_amount: DF.Float
        up_to_days: DF.Float
        what: DF.Literal["", "Improvements", "Waivers", "Spending"]
    # end: auto-generated types
    pass
