from sm_planner.adapters.documents.record import NamedPart


class SMImprovement(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        agreement: DF.Link | None
        benefit_actual: DF.Float
        benefit_baseline: DF.Float
        benefit_kpi: DF.Data | None
        benefit_target: DF.Float
        dimension: DF.Literal["", "People", "Process", "Technology"]
        due: DF.Date | None
        effort_days: DF.Float
        id: DF.Data | None
        improvement_owner: DF.Link | None
        kind: DF.Literal["", "Improvement", "Corrective Action", "Experiment", "Suggestion"]
        objective: DF.Link | None
        plan: DF.Link
        service: DF.Link | None
        source: DF.Data | None
        start_date: DF.Date | None
        status: DF.Literal["", "New", "Approved", "In Progress", "Verify", "Closed"]
        supplier: DF.Link | None
        team: DF.Link | None
        title: DF.Data
    # end: auto-generated types

    def validate_workflow(self):
        """A plan that is written as a whole brings the states of its actions with it."""
        if not self.flags.written_with_plan:
            super().validate_workflow()
