from sm_planner.adapters.documents.record import Fact


class SMApproval(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        act: DF.Literal["", "Approve", "Reject", "Close"]
        day: DF.Date
        entry: DF.Data
        lineage: DF.Link | None
        number: DF.Int
        person: DF.Link
        reason: DF.SmallText | None
        register: DF.Literal["", "improvements", "waivers", "gap_decisions", "funding"]
        until: DF.Date | None
        what: DF.Data
    # end: auto-generated types
    pass
