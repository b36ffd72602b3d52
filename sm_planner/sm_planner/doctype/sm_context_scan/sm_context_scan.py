from sm_planner.adapters.documents.record import Row


class SMContextScan(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        driver: DF.Literal["", "Customers", "Technology", "Market", "Competition"]
        finding: DF.SmallText | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        scanned: DF.Date | None
    # end: auto-generated types
    pass
