from sm_planner.adapters.documents.record import Row


class SMServiceChannel(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        hand_over: DF.Data | None
        is_self_service: DF.Check
        kind: DF.Literal["", "Phone", "E-mail", "Portal", "Chat", "On Site"]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
    # end: auto-generated types
    pass
