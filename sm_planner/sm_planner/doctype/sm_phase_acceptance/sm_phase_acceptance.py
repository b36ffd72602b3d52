from sm_planner.adapters.documents.record import Fact


class SMPhaseAcceptance(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        entered_by: DF.Data | None
        lineage: DF.Link | None
        note: DF.SmallText | None
        phase: DF.Link
        result: DF.Literal["", "Accepted", "Refused"]
    # end: auto-generated types
    pass
