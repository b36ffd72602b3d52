import frappe

from sm_planner.adapters import guards
from sm_planner.adapters.documents import Record


class SMPlan(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_answer.sm_answer import SMAnswer
        from sm_planner.sm_planner.doctype.sm_plan_scope.sm_plan_scope import SMPlanScope
        from sm_planner.sm_planner.doctype.sm_value_statement.sm_value_statement import SMValueStatement

        amended_from: DF.Link | None
        answers: DF.Table[SMAnswer]
        company: DF.Data | None
        context_type: DF.Literal["", "From Scratch", "Improve", "Transform"]
        contributors: DF.SmallText | None
        exclusions: DF.SmallText | None
        executive_sponsor: DF.Link | None
        lineage: DF.Data | None
        next_review: DF.Date | None
        period_end: DF.Date | None
        period_start: DF.Date | None
        plan_owner: DF.Link | None
        provider_type: DF.Literal["", "Internal", "External", "Both"]
        scope: DF.Table[SMPlanScope]
        scope_locations: DF.SmallText | None
        scope_units: DF.SmallText | None
        state: DF.Literal["", "Draft", "In Review", "To Sign", "Active", "Superseded"]
        title: DF.Data | None
        unit: DF.Data | None
        value_statements: DF.Table[SMValueStatement]
        version: DF.Int
        vision: DF.SmallText | None
        why: DF.SmallText | None

    # end: auto-generated types
    def before_validate(self):
        super().before_validate()
        guards.guard_plan(self)

    def validate(self):
        self.version = self.version or 1
        super().validate()

    def before_update_after_submit(self):
        guards.refuse_after_signing()

    before_cancel = on_cancel = before_update_after_submit

    def on_trash(self):
        guards.guard_trash(self)

    def has_permission(self, permtype="read", *, debug=False, user=None):
        """Who is asked to sign may send the plan back, and write nothing else."""
        if super().has_permission(permtype, debug=debug, user=user):
            return True
        return permtype == "write" and guards.is_sent_back(self, user or frappe.session.user)

    def rename(self, *args, **kwargs):
        """Not reachable over HTTP, as it would be in Frappe's own document."""
        self.before_rename()


def on_doctype_update():
    """A lineage has each version once."""
    frappe.db.add_unique("SM Plan", ["lineage", "version"], "unique_version")
