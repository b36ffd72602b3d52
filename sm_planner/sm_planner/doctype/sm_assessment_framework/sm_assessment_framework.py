from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import assessment_guards


class SMAssessmentFramework(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_framework_line.sm_framework_line import SMFrameworkLine

        credit: DF.SmallText | None
        goal: DF.Int
        id: DF.Data | None
        levels: DF.SmallText | None
        lineage: DF.Link
        lines: DF.Table[SMFrameworkLine]
        title: DF.Data
        version: DF.Data | None
    # end: auto-generated types

    def guard(self):
        super().guard()
        assessment_guards.guard_framework(self)
