from sm_planner.adapters.documents.record import Record


class SMSupplier(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        channel: DF.Data | None
        contact: DF.Data | None
        escalation: DF.Data | None
        evaluation_months: DF.Int
        exit_date: DF.Date | None
        last_evaluation: DF.Date | None
        manager: DF.Link | None
        risk_decision: DF.SmallText | None
        scope: DF.SmallText | None
        start_date: DF.Date | None
        status: DF.Literal["", "Keep", "On-board", "Drop"]
        title: DF.Data
    # end: auto-generated types
    pass
