from sm_planner.adapters.documents.record import Row


class SMAssessmentEvidence(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        code: DF.Data
        expires: DF.Date | None
        found_on: DF.Date | None
        method: DF.Literal["", "Examine", "Interview", "Test"]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        what: DF.Data
    # end: auto-generated types
    pass
