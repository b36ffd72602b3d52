from sm_planner.adapters.documents import Record


class SMStakeholder(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        champion: DF.Check
        contact: DF.Link | None
        influence: DF.Literal["", "Low", "Medium", "High"]
        interest: DF.Literal["", "Low", "Medium", "High"]
        kind: DF.Literal["", "Internal Team", "Customer", "Supplier", "Regulator", "Other"]
        needs: DF.SmallText | None
        preferred_channel: DF.Data | None
        title: DF.Data | None
        unit: DF.Data | None
        value_proposition: DF.SmallText | None
    # end: auto-generated types
    pass
