from sm_planner.adapters.documents import Row


class SMPlanScope(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        record: DF.DynamicLink
        record_type: DF.Literal[
            "",
            "SM Person",
            "SM Supplier",
            "SM Team",
            "SM Role",
            "SM Process",
            "SM Service Calendar",
            "SM Stakeholder",
            "SM Service",
            "SM Component",
            "SM Agreement",
            "SM Customer Requirement",
            "SM Catalogue Entry",
        ]
    # end: auto-generated types
    pass
