from sm_planner.adapters.documents.record import Row


class SMAgreementCharge(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        charge: DF.Data
        paid_by: DF.Link | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        per: DF.Literal["", "Once", "Case", "Month", "Quarter", "Year"]
        price: DF.Float
        service: DF.Link | None
    # end: auto-generated types
    pass
