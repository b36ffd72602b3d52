from sm_planner.adapters.documents.record import Fact


class SMEvidence(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        commitment: DF.Link
        day: DF.Date
        entered_by: DF.Data | None
        kind: DF.Literal["", "Decision", "Funding", "Attendance", "Message"]
        lineage: DF.Link | None
        reference: DF.Data | None
    # end: auto-generated types
    pass
