from sm_planner.adapters.documents.record import Row


class SMTrainingAudience(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        level: DF.Literal[
            "", "Top Management", "Senior Management", "Middle Management", "First Line", "Staff"
        ]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        role: DF.Link | None
        team: DF.Link | None
        unit: DF.Data | None
    # end: auto-generated types
    pass
