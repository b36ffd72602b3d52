from sm_planner.adapters.documents.record import NamedPart


class SMPhase(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        accepted_by: DF.Link | None
        checkpoint: DF.Date | None
        criteria: DF.SmallText | None
        end_date: DF.Date | None
        id: DF.Data | None
        kind: DF.Literal["", "Prepare", "Build", "Roll Out", "Operate"]
        plan: DF.Link
        start_date: DF.Date | None
        title: DF.Data
    # end: auto-generated types
    pass
