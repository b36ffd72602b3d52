from sm_planner.adapters.documents.record import Fact
from sm_planner.adapters.guards import training_guards


class SMTrainingAttendance(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        effect: DF.Literal["", "Reached", "Partly Reached", "Missed"]
        effect_on: DF.Date | None
        entered_by: DF.Data | None
        evidence: DF.Data | None
        lineage: DF.Link | None
        person: DF.Link
        result: DF.Literal["", "Attended", "Passed", "Not Passed", "Absent"]
        training: DF.Link
        valid_until: DF.Date | None
    # end: auto-generated types

    def guard_correction(self):
        """The effect of a training shows later than a fact can be corrected."""
        if not training_guards.adds_effect(self):
            super().guard_correction()

    def mark_entered(self):
        """Who entered the attendance stays, whoever looks at the effect."""
        if not training_guards.adds_effect(self):
            super().mark_entered()
