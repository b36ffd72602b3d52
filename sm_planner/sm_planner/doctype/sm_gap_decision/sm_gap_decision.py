from sm_planner.adapters.documents import approvals
from sm_planner.adapters.documents.record import Register


class SMGapDecision(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        code: DF.Data
        expires: DF.Date | None
        framework: DF.Data
        id: DF.Data | None
        lineage: DF.Link
        reason: DF.SmallText | None
        requester: DF.Link | None
        status: DF.Literal["", "Requested", "Approved", "Rejected"]
        title: DF.Data
    # end: auto-generated types

    def onload(self):
        super().onload()
        self.set_onload("decision", approvals.facts_of_gap_decision(self))

    def before_validate(self):
        super().before_validate()
        approvals.follow_waiver(self)
