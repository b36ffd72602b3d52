from sm_planner.adapters.documents.record import NamedPart


class SMCommitment(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        covers_establish: DF.Check
        covers_operate: DF.Check
        id: DF.Data | None
        person: DF.Link
        plan: DF.Link
        statement: DF.SmallText | None
        title: DF.Data
        units: DF.SmallText | None
    # end: auto-generated types
    pass
