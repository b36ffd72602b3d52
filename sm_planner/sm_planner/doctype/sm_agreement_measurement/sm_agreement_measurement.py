from sm_planner.adapters.documents.record import Row


class SMAgreementMeasurement(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        metric: DF.Literal[
            "",
            "Response",
            "Resolution",
            "Availability",
            "Fulfilment",
            "Quality",
            "Recovery Time",
            "Recovery Point",
        ]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        priority: DF.Literal["", "P1", "P2", "P3", "P4", "P5"]
        value: DF.Float
    # end: auto-generated types
    pass
