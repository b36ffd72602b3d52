from sm_planner.adapters.documents import assessments
from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import assessment_guards


class SMAssessment(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_assessment_answer.sm_assessment_answer import SMAssessmentAnswer
        from sm_planner.sm_planner.doctype.sm_assessment_evidence.sm_assessment_evidence import (
            SMAssessmentEvidence,
        )

        answers: DF.Table[SMAssessmentAnswer]
        as_of: DF.Date | None
        assessor: DF.Link | None
        evidence: DF.Table[SMAssessmentEvidence]
        framework: DF.Autocomplete
        framework_version: DF.Data | None
        goal: DF.Int
        id: DF.Data | None
        kind: DF.Literal["", "Self", "Independent"]
        levels: DF.SmallText | None
        lineage: DF.Link
        next_date: DF.Date | None
        status: DF.Literal["", "Draft", "Submitted"]
        title: DF.Data
    # end: auto-generated types

    def before_validate(self):
        assessments.begin(self)
        super().before_validate()

    def guard(self):
        assessments.guard(self)

    def guard_deletion(self):
        assessment_guards.guard_deletion(self)
