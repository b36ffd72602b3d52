from sm_planner.adapters.documents.record import Row


class SMSkillStep(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        level: DF.Literal["", "Aware", "Practised", "Advanced", "Expert"]
        meaning: DF.Data
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
    # end: auto-generated types
    pass
