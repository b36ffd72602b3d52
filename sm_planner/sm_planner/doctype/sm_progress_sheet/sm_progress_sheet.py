from sm_planner.adapters.documents import progress_sheets
from sm_planner.adapters.documents.record import Fact


class SMProgressSheet(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        content: DF.SmallText
        content_hash: DF.Data
        correction: DF.SmallText | None
        day: DF.Date
        language: DF.Data | None
        lineage: DF.Link | None
        number: DF.Int
        recipients: DF.SmallText
        sent_by: DF.Data
        sent_on: DF.Date
        stakeholder: DF.Link
        subject: DF.Data
        unreached: DF.SmallText | None
    # end: auto-generated types

    def onload(self):
        """The mail as it looked is made of the text that is kept."""
        super().onload()
        self.set_onload("sheet", progress_sheets.looked(self))
