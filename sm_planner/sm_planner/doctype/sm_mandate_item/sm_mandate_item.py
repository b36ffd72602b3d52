from sm_planner.adapters.documents.record import Row


class SMMandateItem(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        item: DF.Literal[
            "",
            "Oversee All Services",
            "Central Service Desk",
            "Own the Tools",
            "Guide All Parts of the Business",
            "Other",
        ]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        role: DF.Link | None
        what: DF.Data | None
    # end: auto-generated types
    pass
