from sm_planner.adapters.documents import NamedPart


class SMWaiver(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        approver: DF.Link | None
        expires: DF.Date | None
        id: DF.Data | None
        plan: DF.Link
        reason: DF.SmallText | None
        record: DF.Data | None
        requester: DF.Link | None
        rule: DF.Data
        title: DF.Data | None
    # end: auto-generated types
    series = "WVR"
