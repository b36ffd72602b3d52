from sm_planner.adapters.documents.record import Fact
from sm_planner.adapters.guards import own_session


class SMReportConfirmation(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        entered_by: DF.Data | None
        lineage: DF.Link | None
        missing: DF.SmallText | None
        period_end: DF.Date
        person: DF.Link
        report_spec: DF.Link
        word: DF.Literal["", "Makes Sense", "Something Is Missing"]
    # end: auto-generated types

    def before_validate(self):
        super().before_validate()
        own_session.guard_word(self)
