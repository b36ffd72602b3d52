from sm_planner.adapters.documents.record import Row


class SMFrameworkLine(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        area: DF.Literal["", "Systems", "Policies", "Processes", "Procedures", "Culture and People"]
        code: DF.Data
        group: DF.Data | None
        levels: DF.SmallText | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        processes: DF.SmallText | None
        title: DF.Data
        typical_evidence: DF.SmallText | None
        weight: DF.Float
    # end: auto-generated types
    pass
