from sm_planner.adapters.documents.record import Row


class SMAccountability(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        answers_to: DF.Link | None
        held_in: DF.Literal["", "Plan Review", "Service Review", "Supplier Review", "Planning Slot"]
        how: DF.SmallText
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        person: DF.Link | None
    # end: auto-generated types
    pass
