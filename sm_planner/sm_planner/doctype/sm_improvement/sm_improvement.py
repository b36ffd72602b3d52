from sm_planner.adapters.desk import improvement_form
from sm_planner.adapters.documents import approvals
from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import gate_guards, improvement_guards


PAST_THE_WORKFLOW = ("assessed_again", "kept_by_server", "reported_here", "written_with_plan")
"""Marks of what the server does by itself; they are out of the reach of any request."""


class SMImprovement(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_improvement_link.sm_improvement_link import SMImprovementLink

        agreement: DF.Link | None
        answer: DF.SmallText | None
        before_gates: DF.SmallText | None
        benefit: DF.Literal["", "Low", "Medium", "High"]
        benefit_actual: DF.Float
        benefit_baseline: DF.Float
        benefit_baseline_date: DF.Date | None
        benefit_due: DF.Date | None
        benefit_kpi: DF.Data | None
        benefit_review: DF.Date | None
        benefit_share: DF.Float
        benefit_target: DF.Float
        cause: DF.SmallText | None
        cost: DF.Float
        description: DF.SmallText | None
        dimension: DF.Literal["", "People", "Process", "Technology"]
        due: DF.Date | None
        effect: DF.SmallText | None
        effort: DF.Literal["", "Low", "Medium", "High"]
        effort_days: DF.Float
        follow_up: DF.SmallText | None
        hypothesis: DF.SmallText | None
        id: DF.Data | None
        improvement_owner: DF.Link | None
        kind: DF.Literal["", "Improvement", "Corrective Action", "Experiment", "Suggestion"]
        learning: DF.SmallText | None
        lineage: DF.Link
        money_a_year: DF.Float
        money_from: DF.Date | None
        money_reached: DF.Float
        not_before: DF.Date | None
        objective: DF.Link | None
        other_kpis: DF.SmallText | None
        phase: DF.Link | None
        pinned: DF.Check
        predecessors: DF.TableMultiSelect[SMImprovementLink]
        service: DF.Link | None
        source: DF.Data | None
        source_kind: DF.Literal[
            "",
            "Assessment",
            "Gap",
            "Missed Target",
            "Review Decision",
            "Feedback",
            "Lesson",
            "Risk",
            "Suggestion",
            "Audit",
            "Other",
        ]
        source_record: DF.Data | None
        start_date: DF.Date | None
        status: DF.Literal[
            "", "New", "Assess", "Approved", "In Progress", "Verify", "Closed", "On Hold", "Rejected"
        ]
        stop_at: DF.Data | None
        suggested_by: DF.Link | None
        suggested_on: DF.Date | None
        supplier: DF.Link | None
        taken_from: DF.Data | None
        team: DF.Link | None
        title: DF.Data
        tool: DF.Link | None
        urgency: DF.Literal["", "Low", "Medium", "High"]
        verdict: DF.Literal["", "Reached", "Partly Reached", "Missed"]
        work_team: DF.Link | None
    # end: auto-generated types

    def onload(self):
        super().onload()
        for name, told in improvement_form.facts(self).items():
            self.set_onload(name, told)

    def before_validate(self):
        improvement_guards.settle(self)
        super().before_validate()
        if not self.flags.kept_by_server:
            approvals.follow_improvement(self)

    def guard(self):
        improvement_guards.guard(self)
        gate_guards.guard_start(self)

    def guard_deletion(self):
        improvement_guards.guard_deletion(self)

    def validate_workflow(self):
        """Not asked about what is decided, what that makes of it, what a plan brings as a whole, and what its owner reports,
        who may have no role."""
        if not any(self.flags.get(mark) for mark in PAST_THE_WORKFLOW):
            super().validate_workflow()
