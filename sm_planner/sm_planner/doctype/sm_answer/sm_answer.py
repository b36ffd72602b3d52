from sm_planner.adapters.documents.record import Row


class SMAnswer(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        answer: DF.SmallText | None
        evidence: DF.SmallText | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        question: DF.Autocomplete
    # end: auto-generated types
    pass
