from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import reported_guards


class SMWorkaround(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        answer: DF.SmallText | None
        answered_by: DF.Link | None
        answered_on: DF.Date | None
        id: DF.Data | None
        lineage: DF.Link
        reported_by: DF.Link | None
        reported_on: DF.Date | None
        service: DF.Link | None
        since: DF.Date | None
        title: DF.Data
        tool: DF.Link | None
        why: DF.SmallText | None
    # end: auto-generated types

    def before_validate(self):
        reported_guards.settle(self)
        super().before_validate()

    def onload(self):
        super().onload()
        reported_guards.tell_openness(self)

    def guard_deletion(self):
        reported_guards.guard_deletion(self)
