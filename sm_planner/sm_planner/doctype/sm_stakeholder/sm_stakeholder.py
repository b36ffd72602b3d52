from sm_planner.adapters.documents.record import Record


class SMStakeholder(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        champion: DF.Check
        complaint_channel: DF.Data | None
        contact: DF.Link | None
        escalation_channel: DF.Data | None
        influence: DF.Literal["", "Low", "Medium", "High"]
        interest: DF.Literal["", "Low", "Medium", "High"]
        kind: DF.Literal["", "Internal Team", "Customer", "Supplier", "Regulator", "Other"]
        last_engagement: DF.Date | None
        needs: DF.SmallText | None
        ordering_channel: DF.Data | None
        portal_accounts: DF.SmallText | None
        preferred_channel: DF.Data | None
        sole_provider: DF.Check
        taken_from: DF.Data | None
        title: DF.Data
        unit: DF.Data | None
        value_proposition: DF.SmallText | None
    # end: auto-generated types
    pass
