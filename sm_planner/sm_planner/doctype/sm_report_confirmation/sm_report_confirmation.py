from sm_planner.adapters.documents.record import Fact


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
    pass
