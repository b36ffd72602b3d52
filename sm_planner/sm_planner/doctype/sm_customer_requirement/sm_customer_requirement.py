from sm_planner.adapters.documents.record import Record


class SMCustomerRequirement(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        current_fulfilment: DF.Int
        customer: DF.Link
        declined: DF.SmallText | None
        direction: DF.Literal["", "At Least", "At Most"]
        future_fulfilment: DF.Int
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
        priority: DF.Literal["", "P1", "P2", "P3", "P4", "P5"]
        provider: DF.Literal["", "Us", "Other"]
        provider_name: DF.Data | None
        service: DF.Link | None
        share_of_cases: DF.Float
        title: DF.Data
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
