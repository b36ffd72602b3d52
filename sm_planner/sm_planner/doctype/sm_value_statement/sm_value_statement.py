from sm_planner.adapters.documents.record import Row


class SMValueStatement(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        due: DF.Date | None
        early_because: DF.Data | None
        measure: DF.Data | None
        money_a_year: DF.Float
        money_from: DF.Date | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        person: DF.Link | None
        statement: DF.SmallText
    # end: auto-generated types
    pass
