from sm_planner.adapters.documents.record import Fact


class SMEngagement(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        about: DF.SmallText | None
        day: DF.Date
        entered_by: DF.Data | None
        kind: DF.Literal["", "Conversation", "Meeting", "Visit", "Workshop", "Message"]
        lineage: DF.Link | None
        outcome: DF.SmallText | None
        person: DF.Link
        score: DF.Int
        score_note: DF.Data | None
        spoke_with: DF.Link | None
        stakeholder: DF.Link | None
    # end: auto-generated types
    pass
