from sm_planner.adapters.documents.record import Row


class SMDeclinedCategory(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        category: DF.Literal[
            "", "Quality", "Satisfaction", "Customer Experience", "Cost", "Efficiency", "Proactive"
        ]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        reason: DF.Data
    # end: auto-generated types
    pass
