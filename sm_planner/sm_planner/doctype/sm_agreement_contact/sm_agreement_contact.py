from sm_planner.adapters.documents.record import Row


class SMAgreementContact(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        how: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        person: DF.Link | None
        purpose: DF.Data
        role: DF.Link | None
        team: DF.Link | None
    # end: auto-generated types
    pass
