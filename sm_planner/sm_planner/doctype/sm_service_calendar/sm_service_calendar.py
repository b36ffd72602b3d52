import frappe
from frappe.utils import get_system_timezone

from sm_planner.adapters.site import doctypes, stored_records
from sm_planner.adapters.documents.record import Record
from sm_planner.engine.model import Plan
from sm_planner.engine.service_time.calendars import is_countable


class SMServiceCalendar(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_calendar_change.sm_calendar_change import SMCalendarChange
        from sm_planner.sm_planner.doctype.sm_calendar_holiday.sm_calendar_holiday import SMCalendarHoliday
        from sm_planner.sm_planner.doctype.sm_calendar_opening.sm_calendar_opening import SMCalendarOpening
        from sm_planner.sm_planner.doctype.sm_calendar_window.sm_calendar_window import SMCalendarWindow

        changes: DF.Table[SMCalendarChange]
        countable: DF.Check
        holidays: DF.Table[SMCalendarHoliday]
        openings: DF.Table[SMCalendarOpening]
        taken_from: DF.Data | None
        timezone: DF.Autocomplete | None
        title: DF.Data
        valid_from: DF.Date | None
        valid_until: DF.Date | None
        windows: DF.Table[SMCalendarWindow]

    # end: auto-generated types
    def before_insert(self):
        if not self.timezone and not self.flags.written_with_plan:
            self.timezone = get_system_timezone()

    def validate(self):
        super().validate()
        calendar = doctypes.record_of(self)
        others = stored_records.with_other_hours(row.calendar for row in calendar.changes)
        known = stored_records.shared("calendars", others - {self.name})
        self.countable = is_countable(calendar, Plan(id="", calendars=(*known, calendar)))

    def on_update(self):
        """Calendars that take hours over from this one can be counted, or not, as this one can."""
        dependent = sorted(stored_records.with_hours_of([self.name]) - {self.name})
        known = stored_records.shared("calendars", stored_records.with_other_hours(dependent))
        plan = Plan(id="", calendars=known)
        for name in dependent:
            countable = is_countable(plan.get("calendars", name), plan)
            frappe.db.set_value(self.doctype, name, "countable", countable, update_modified=False)
