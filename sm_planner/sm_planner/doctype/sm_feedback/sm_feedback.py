from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import reported_guards


class SMFeedback(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        answer: DF.SmallText | None
        answered_by: DF.Link | None
        answered_on: DF.Date | None
        came_from: DF.Literal["", "Portal", "Guest"]
        communication: DF.Link | None
        id: DF.Data | None
        kind: DF.Literal["", "Comment", "Question", "Complaint", "Praise"]
        lineage: DF.Link
        reported_by: DF.Link | None
        reported_on: DF.Date | None
        said: DF.SmallText | None
        said_by: DF.Data | None
        service: DF.Link | None
        stakeholder: DF.Link | None
        title: DF.Data
    # end: auto-generated types

    def before_validate(self):
        reported_guards.settle(self)
        super().before_validate()

    def onload(self):
        super().onload()
        reported_guards.tell_openness(self)

    def guard_deletion(self):
        reported_guards.guard_deletion(self)
