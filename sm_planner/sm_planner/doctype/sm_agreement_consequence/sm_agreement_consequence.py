from sm_planner.adapters.documents.record import Row


class SMAgreementConsequence(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        credit_percent: DF.Float
        due_days: DF.Int
        escalate_to: DF.Link | None
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
        note: DF.Data | None
        own_metric: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        priority: DF.Literal["", "P1", "P2", "P3", "P4", "P5"]
        worse_than: DF.Float
    # end: auto-generated types
    pass
