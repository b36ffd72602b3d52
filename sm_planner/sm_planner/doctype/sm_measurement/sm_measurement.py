from sm_planner.adapters.documents.record import Fact


class SMMeasurement(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        agreement: DF.Link | None
        day: DF.Date
        entered_by: DF.Data | None
        evidence: DF.Data | None
        lineage: DF.Link | None
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
        money: DF.Float
        objective: DF.Link | None
        own_metric: DF.Data | None
        priority: DF.Literal["", "P1", "P2", "P3", "P4", "P5"]
        service: DF.Link | None
        share_of_cases: DF.Float
        value: DF.Float
        value_statement: DF.Data | None
    # end: auto-generated types
    pass
