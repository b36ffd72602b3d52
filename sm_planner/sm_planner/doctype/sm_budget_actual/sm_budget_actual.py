from sm_planner.adapters.documents.record import Fact
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import doctypes
from sm_planner.engine.money.actuals import refuse_source


class SMBudgetActual(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        amount: DF.Float
        budget_line: DF.Link
        day: DF.Date
        entered_by: DF.Data | None
        lineage: DF.Link | None
        source: DF.Data | None
    # end: auto-generated types

    def guard(self):
        super().guard()
        if not (self.flags.from_ledger or self.flags.written_with_plan):  # out of the reach of any request
            old = self.get_doc_before_save()
            before = doctypes.record_of(old) if old else None
            living_guards.refuse(refuse_source(doctypes.record_of(self), before))
