from sm_planner.adapters.documents.record import Fact
from sm_planner.adapters.guards import learning_guards


class SMSanityCheck(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_sanity_answer.sm_sanity_answer import SMSanityAnswer

        answers: DF.Table[SMSanityAnswer]
        customer: DF.Link | None
        day: DF.Date
        entered_by: DF.Data | None
        held_on: DF.Date | None
        lead: DF.Link | None
        lineage: DF.Link
        remarks: DF.SmallText | None
        service: DF.Link | None
        what: DF.Data | None
    # end: auto-generated types

    def before_validate(self):
        learning_guards.settle(self, "lead")
        super().before_validate()
        if not (self.flags.kept_by_server or self.flags.written_with_plan):
            learning_guards.say_what_plan_says(self)

    def guard(self):
        if not self.flags.written_with_plan:  # by who may write the plan, and with all that a file can bring
            super().guard()

    def guard_correction(self):
        """It lies ahead until it is held; what may be written then is said with the rights."""

    def mark_entered(self):
        """Who holds a check for its lead is noted when it is held; a remark afterwards changes nothing of that."""
        old = self.get_doc_before_save()
        if old and old.held_on:
            self.entered_by = old.entered_by
        else:
            super().mark_entered()

    def guard_deletion(self):
        learning_guards.guard_deletion(self)
