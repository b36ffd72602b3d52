from sm_planner.adapters.documents.record import Row


class SMAgreementMaintenance(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        closes: DF.Data
        note: DF.Data | None
        notice_days: DF.Int
        opens: DF.Data
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        repeats: DF.Literal["", "Daily", "Weekly", "Monthly", "Yearly"]
        service: DF.Link | None
        weekday: DF.Literal["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        which: DF.Literal["", "First", "Second", "Third", "Fourth", "Fifth", "Last"]
    # end: auto-generated types
    pass
