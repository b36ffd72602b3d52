from sm_planner.adapters.documents.record import Record


class SMBusinessCalendarEntry(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        component: DF.Link | None
        from_date: DF.Date
        kind: DF.Literal["", "Peak", "Lull", "Blackout", "Maintenance"]
        service: DF.Link | None
        team: DF.Link | None
        title: DF.Data
        to_date: DF.Date
        unit: DF.Data | None
    # end: auto-generated types
    pass
