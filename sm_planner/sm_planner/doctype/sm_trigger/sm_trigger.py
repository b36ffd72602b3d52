from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import review_guards


class SMTrigger(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        decided_on: DF.Date | None
        deferred_until: DF.Date | None
        id: DF.Data | None
        kind: DF.Literal["", "Goal Changed", "Feedback", "KPI", "Environment"]
        lineage: DF.Link
        noticed_by: DF.Link | None
        noticed_on: DF.Date | None
        reason: DF.Data | None
        source: DF.Data | None
        status: DF.Literal["", "Open", "Version Due", "Deferred", "Done"]
        title: DF.Data
        what: DF.SmallText | None
    # end: auto-generated types

    def before_validate(self):
        review_guards.settle_trigger(self)
        super().before_validate()

    def guard_deletion(self):
        review_guards.guard_deletion(self)
