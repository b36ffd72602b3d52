from sm_planner.adapters.desk import waiver_choices
from sm_planner.adapters.documents import approvals
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.documents.record import Register
from sm_planner.engine.checks import entry
from sm_planner.engine.checks import waivers


class SMWaiver(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        approver: DF.Link | None
        expires: DF.Date | None
        id: DF.Data | None
        in_order: DF.Check
        lineage: DF.Link
        reason: DF.SmallText | None
        record: DF.Autocomplete | None
        requester: DF.Link | None
        rule: DF.Autocomplete
        status: DF.Literal["", "Requested", "Approved", "Rejected"]
        title: DF.Data
    # end: auto-generated types

    def onload(self):
        super().onload()
        self.set_onload("decision", approvals.facts_of_waiver(self))

    def before_validate(self):
        super().before_validate()
        approvals.follow_waiver(self)

    def validate(self):
        super().validate()
        self.in_order = not any(waivers.defects(doctypes.record_of(self)))

    def refusals(self, record):
        yield from super().refusals(record)
        if record.record:
            yield from entry.lost(record, waiver_choices.titles(self.lineage))
