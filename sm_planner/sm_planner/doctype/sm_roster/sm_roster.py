from sm_planner.adapters.documents.record import NamedPart


class SMRoster(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_shift.sm_shift import SMShift

        from_date: DF.Date | None
        id: DF.Data | None
        plan: DF.Link
        shifts: DF.Table[SMShift]
        team: DF.Link | None
        timezone: DF.Data | None
        title: DF.Data
        to_date: DF.Date | None
    # end: auto-generated types
    pass
