from sm_planner.adapters.documents.record import Row


class SMShift(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        days: DF.Literal[
            "",
            "Every Day",
            "Monday to Friday",
            "Saturday and Sunday",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ]
        from_time: DF.Data
        needed: DF.Int
        on_call: DF.Check
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        person: DF.Link | None
        there: DF.Int
        to_time: DF.Data
    # end: auto-generated types
    pass
