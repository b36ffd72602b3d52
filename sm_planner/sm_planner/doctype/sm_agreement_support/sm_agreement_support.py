from sm_planner.adapters.documents.record import Row


class SMAgreementSupport(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        grade: DF.Literal["", "Supported", "Best Effort", "Not Supported"]
        item: DF.Data
        note: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        service: DF.Link | None
    # end: auto-generated types
    pass
