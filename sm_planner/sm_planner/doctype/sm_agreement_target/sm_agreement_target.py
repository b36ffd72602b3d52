from sm_planner.adapters.documents.record import Row


class SMAgreementTarget(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        benchmark: DF.Float
        bound: DF.Float
        breach_after: DF.Int
        breach_within: DF.Int
        calendar: DF.Link | None
        direction: DF.Literal["", "At Least", "At Most"]
        measured_over: DF.Literal["", "Daily", "Weekly", "Monthly", "Quarterly", "Yearly"]
        method: DF.Data | None
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
        own_metric: DF.Data | None
        own_unit: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        priority: DF.Literal["", "P1", "P2", "P3", "P4", "P5"]
        service: DF.Link | None
        share_of_cases: DF.Float
        source: DF.Data | None
        statistic: DF.Literal["", "Each Case", "Average"]
        unit: DF.Literal[
            "",
            "Milliseconds",
            "Seconds",
            "Minutes",
            "Hours",
            "Days",
            "Business Days",
            "Weeks",
            "Percent",
            "Own",
        ]
        value: DF.Float
    # end: auto-generated types
    pass
