from sm_planner.adapters.documents.record import Fact


class SMProgressReport(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        effort_days: DF.Float
        entered_by: DF.Data | None
        improvement: DF.Link
        lineage: DF.Link | None
        note: DF.SmallText
    # end: auto-generated types
    pass
