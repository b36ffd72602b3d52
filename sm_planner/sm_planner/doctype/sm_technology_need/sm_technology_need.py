from sm_planner.adapters.documents.record import Row


class SMTechnologyNeed(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        decided_on: DF.Date | None
        decision: DF.Data | None
        need: DF.Data
        needed_by: DF.Link | None
        offer: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
    # end: auto-generated types
    pass
