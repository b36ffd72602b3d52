from sm_planner.adapters.documents.record import Row


class SMAgreementEnvironment(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        environment: DF.Data
        grade: DF.Literal["", "Supported", "Best Effort", "Not Supported"]
        note: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        service: DF.Link | None
        service_hours: DF.Link | None
    # end: auto-generated types
    pass
