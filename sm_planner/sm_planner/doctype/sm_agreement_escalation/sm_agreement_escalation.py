from sm_planner.adapters.documents.record import Row


class SMAgreementEscalation(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        after: DF.Float
        after_percent: DF.Int
        metric: DF.Literal[
            "",
            "Response",
            "Resolution",
            "Availability",
            "Fulfilment",
            "Quality",
            "Recovery Time",
            "Recovery Point",
            "Hand-over",
            "Reliability",
            "Throughput",
            "Page Time",
            "Own",
        ]
        outside: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        person: DF.Link | None
        priority: DF.Literal["", "P1", "P2", "P3", "P4", "P5"]
        role: DF.Link | None
        unit: DF.Literal["", "Minutes", "Hours", "Business Days", "Days"]
    # end: auto-generated types
    pass
