from sm_planner.adapters.documents.record import Row


class SMRoleHolder(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from_date: DF.Date | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        person: DF.Link
        to_date: DF.Date | None
    # end: auto-generated types
    pass
