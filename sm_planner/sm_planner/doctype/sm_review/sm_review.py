import frappe

from sm_planner.adapters.documents.record import Fact
from sm_planner.adapters.guards import review_guards
from sm_planner.adapters.site.presentation import full_name


class SMReview(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_review_attendance.sm_review_attendance import SMReviewAttendance
        from sm_planner.sm_planner.doctype.sm_review_decision.sm_review_decision import SMReviewDecision
        from sm_planner.sm_planner.doctype.sm_review_input.sm_review_input import SMReviewInput

        about: DF.Data | None
        attendance: DF.Table[SMReviewAttendance]
        chair: DF.Link | None
        day: DF.Date | None
        decisions: DF.Table[SMReviewDecision]
        entered_by: DF.Data | None
        from_rhythm: DF.Check
        held_at: DF.Datetime | None
        held_by: DF.Link | None
        held_on: DF.Date | None
        inputs: DF.Table[SMReviewInput]
        kind: DF.Literal["", "Plan Review", "Service Review", "Supplier Review", "Planning Slot"]
        lineage: DF.Link | None
        move_reason: DF.Data | None
        moved_to: DF.Date | None
        remarks: DF.SmallText | None
        scheduled: DF.Date
        skip_reason: DF.Data | None
    # end: auto-generated types

    def before_validate(self):
        review_guards.keep_own(self)
        super().before_validate()
        self.day = self.held_on or self.moved_to or self.scheduled

    def guard(self):
        if not self.flags.written_with_plan:  # by who may write the plan, and with all that a file can bring
            super().guard()

    def guard_correction(self):
        review_guards.guard_correction(self)

    def guard_deletion(self):
        review_guards.guard_deletion(self)

    def mark_entered(self):
        """Who holds a review for its chair is noted when it is held; what a file brings, its reader entered."""
        if self.is_new() and self.flags.written_with_plan and self.held_on:
            self.entered_by = full_name(frappe.session.user)
        else:
            old = self.get_doc_before_save()
            self.entered_by = old.entered_by if old else ""
