from sm_planner.adapters.documents import Record


class SMSupplier(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        contact: DF.Data | None
        exit_date: DF.Date | None
        manager: DF.Link | None
        scope: DF.SmallText | None
        status: DF.Literal["", "Keep", "On-board", "Drop"]
        title: DF.Data | None
    # end: auto-generated types
    pass
