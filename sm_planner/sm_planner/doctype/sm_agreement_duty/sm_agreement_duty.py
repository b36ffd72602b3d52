from sm_planner.adapters.documents.record import Row


class SMAgreementDuty(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        duty: DF.SmallText
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        service: DF.Link | None
        who: DF.Literal["", "Provider", "Customer", "Users"]
    # end: auto-generated types
    pass
