from sm_planner.adapters.documents import Record


class SMServiceCalendar(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_calendar_holiday.sm_calendar_holiday import SMCalendarHoliday
        from sm_planner.sm_planner.doctype.sm_calendar_window.sm_calendar_window import SMCalendarWindow

        holidays: DF.Table[SMCalendarHoliday]
        timezone: DF.Data | None
        title: DF.Data | None
        valid_from: DF.Date | None
        valid_until: DF.Date | None
        windows: DF.Table[SMCalendarWindow]
    # end: auto-generated types
    pass
