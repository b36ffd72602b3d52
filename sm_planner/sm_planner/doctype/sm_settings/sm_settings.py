from sm_planner.adapters.documents import ModelDocument


class SMSettings(ModelDocument):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        it_departments: DF.SmallText | None
        why_min_length: DF.Int
    # end: auto-generated types
    pass
