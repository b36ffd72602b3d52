from sm_planner.adapters.documents.record import Record


class SMBusinessCalendarEntry(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_busy_weekday.sm_busy_weekday import SMBusyWeekday
        from sm_planner.sm_planner.doctype.sm_left_out_day.sm_left_out_day import SMLeftOutDay

        component: DF.Link | None
        every: DF.Int
        from_date: DF.Date
        from_time: DF.Data | None
        kind: DF.Literal["", "Peak", "Lull", "Blackout", "Maintenance", "Go-live", "Flat"]
        left_out: DF.Table[SMLeftOutDay]
        repeats: DF.Literal["", "Daily", "Weekly", "Monthly", "Yearly"]
        repeats_until: DF.Date | None
        service: DF.Link | None
        starts_in: DF.Check
        team: DF.Link | None
        timezone: DF.Data | None
        title: DF.Data
        to_date: DF.Date
        to_time: DF.Data | None
        unit: DF.Data | None
        weekdays: DF.Table[SMBusyWeekday]
    # end: auto-generated types
    pass
