from sm_planner.adapters.evidence.keeping import Evidence


class SMCalendarFeed(Evidence):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        account: DF.Data
        events: DF.LongText | None
        made_on: DF.Date | None
        token_hash: DF.Data | None
    # end: auto-generated types
    pass
