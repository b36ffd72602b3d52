from sm_planner.adapters.documents.record import Fact
from sm_planner.adapters.guards import report_guards


class SMReportIssue(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        decisions: DF.SmallText | None
        entered_by: DF.Data | None
        lineage: DF.Link | None
        outcome: DF.Literal["", "Decided", "No Action Needed"]
        period_end: DF.Date
        reference: DF.Data | None
        report_spec: DF.Link
    # end: auto-generated types

    def guard_correction(self):
        """What comes of a report shows later than a fact can be corrected."""
        if not report_guards.adds_outcome(self):
            super().guard_correction()

    def mark_entered(self):
        """Who entered the issue stays, whoever enters what came of it."""
        if not report_guards.adds_outcome(self):
            super().mark_entered()
