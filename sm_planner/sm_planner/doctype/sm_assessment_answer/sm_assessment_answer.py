from sm_planner.adapters.documents.record import Row


class SMAssessmentAnswer(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        area: DF.Literal["", "Systems", "Policies", "Processes", "Procedures", "Culture and People"]
        code: DF.Data
        group: DF.Data | None
        not_applicable: DF.Data | None
        note: DF.SmallText | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        score: DF.Int
        sm_process: DF.Link | None
        target: DF.Int
        title: DF.Data | None
        weight: DF.Float
    # end: auto-generated types
    pass
