from sm_planner.adapters.documents.record import Row


class SMMeasurement(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        evidence: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        value: DF.Float
    # end: auto-generated types
    pass
