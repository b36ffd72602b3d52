from sm_planner.adapters.documents.record import Row


class SMAgreementScope(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        component: DF.Link | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        service: DF.Link | None
        service_hours: DF.Link | None
        sm_process: DF.Link | None
        support_hours: DF.Link | None
    # end: auto-generated types
    pass
