from sm_planner.adapters.documents.record import Row


class SMAgreementTarget(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        calendar: DF.Link | None
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
        ]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        priority: DF.Literal["", "P1", "P2", "P3", "P4", "P5"]
        source: DF.Data | None
        unit: DF.Literal["", "Minutes", "Hours", "Percent"]
        value: DF.Float
    # end: auto-generated types
    pass
