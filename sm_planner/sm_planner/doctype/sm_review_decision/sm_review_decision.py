from sm_planner.adapters.documents.record import Row


class SMReviewDecision(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        became: DF.Data | None
        done_on: DF.Date | None
        due: DF.Date | None
        kind: DF.Literal["", "Improve", "Change Plan", "Accept Risk", "Resource", "No Action"]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        person: DF.Link | None
        text: DF.SmallText
    # end: auto-generated types
    pass
