import frappe

from sm_planner.adapters.signers import sign_off_mails
from sm_planner.adapters.documents.record import Record
from sm_planner.adapters.guards import plan_guards
from sm_planner.adapters.site import lineages


class SMPlan(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_accountability.sm_accountability import SMAccountability
        from sm_planner.sm_planner.doctype.sm_answer.sm_answer import SMAnswer
        from sm_planner.sm_planner.doctype.sm_business_goal.sm_business_goal import SMBusinessGoal
        from sm_planner.sm_planner.doctype.sm_context_scan.sm_context_scan import SMContextScan
        from sm_planner.sm_planner.doctype.sm_decision_right.sm_decision_right import SMDecisionRight
        from sm_planner.sm_planner.doctype.sm_declined_category.sm_declined_category import SMDeclinedCategory
        from sm_planner.sm_planner.doctype.sm_funding.sm_funding import SMFunding
        from sm_planner.sm_planner.doctype.sm_glossary_term.sm_glossary_term import SMGlossaryTerm
        from sm_planner.sm_planner.doctype.sm_governing_member.sm_governing_member import SMGoverningMember
        from sm_planner.sm_planner.doctype.sm_mandate_item.sm_mandate_item import SMMandateItem
        from sm_planner.sm_planner.doctype.sm_obligation.sm_obligation import SMObligation
        from sm_planner.sm_planner.doctype.sm_plan_scope.sm_plan_scope import SMPlanScope
        from sm_planner.sm_planner.doctype.sm_related_plan.sm_related_plan import SMRelatedPlan
        from sm_planner.sm_planner.doctype.sm_review_member.sm_review_member import SMReviewMember
        from sm_planner.sm_planner.doctype.sm_review_rhythm.sm_review_rhythm import SMReviewRhythm
        from sm_planner.sm_planner.doctype.sm_risk_criterion.sm_risk_criterion import SMRiskCriterion
        from sm_planner.sm_planner.doctype.sm_signer.sm_signer import SMSigner
        from sm_planner.sm_planner.doctype.sm_value_statement.sm_value_statement import SMValueStatement

        accountabilities: DF.Table[SMAccountability]
        amended_from: DF.Link | None
        answers: DF.Table[SMAnswer]
        body_meets: DF.Literal["", "Plan Review", "Service Review", "Supplier Review", "Planning Slot"]
        body_members: DF.Table[SMGoverningMember]
        body_title: DF.Data | None
        business_goals: DF.Table[SMBusinessGoal]
        change_manager: DF.Link | None
        company: DF.Data | None
        context_scan: DF.Table[SMContextScan]
        context_type: DF.Literal["", "From Scratch", "Improve", "Transform"]
        currency: DF.Data | None
        dashboard_link: DF.Data | None
        decision_rights: DF.Table[SMDecisionRight]
        declined_categories: DF.Table[SMDeclinedCategory]
        depth: DF.Literal["", "First Plan", "Grown", "Complete"]
        exclusions: DF.SmallText | None
        executive_dashboard: DF.Literal["", "Yes", "No"]
        executive_sponsor: DF.Link | None
        frozen: DF.LongText | None
        funding: DF.Table[SMFunding]
        future_support: DF.SmallText | None
        glossary: DF.Table[SMGlossaryTerm]
        horizon: DF.Date | None
        improvement_manager: DF.Link | None
        limitations: DF.SmallText | None
        lineage: DF.Data | None
        major_incident_criteria: DF.SmallText | None
        major_incident_lead: DF.Link | None
        mandate: DF.Table[SMMandateItem]
        no_dashboard_because: DF.SmallText | None
        obligations: DF.Table[SMObligation]
        office: DF.Literal["", "Single Adviser", "Small Office", "Dedicated Office"]
        otherwise: DF.SmallText | None
        party_approach: DF.SmallText | None
        period_end: DF.Date | None
        period_start: DF.Date | None
        plan_owner: DF.Link | None
        provider_type: DF.Literal["", "Internal", "External", "Both"]
        related_plans: DF.Table[SMRelatedPlan]
        review_members: DF.Table[SMReviewMember]
        review_rhythm: DF.Table[SMReviewRhythm]
        risk_criteria: DF.Table[SMRiskCriterion]
        scope: DF.Table[SMPlanScope]
        scope_locations: DF.SmallText | None
        scope_units: DF.SmallText | None
        signers: DF.Table[SMSigner]
        stand_in: DF.Link | None
        state: DF.Literal["", "Draft", "In Review", "To Sign", "Active", "Superseded"]
        taken_fields: DF.SmallText | None
        templates: DF.SmallText | None
        title: DF.Data
        unit: DF.Data | None
        value_statements: DF.Table[SMValueStatement]
        version: DF.Int
        vision: DF.SmallText | None
        why: DF.SmallText | None

    # end: auto-generated types
    def before_validate(self):
        super().before_validate()
        plan_guards.guard_plan(self)

    def validate(self):
        self.version = self.version or 1
        super().validate()

    def on_update(self):
        plan_guards.note_writing(self)
        plan_guards.note_step(self)
        lineages.keep(self.lineage)
        sign_off_mails.tell_step(self)

    def before_update_after_submit(self):
        plan_guards.refuse_after_signing()

    before_cancel = on_cancel = before_update_after_submit

    def on_trash(self):
        super().on_trash()
        plan_guards.guard_trash(self)

    def after_delete(self):
        plan_guards.follow_trash(self)

    def check_if_latest(self):
        """Frappe refuses here what comes too late, and to submit without the right to."""
        with plan_guards.attempt_kept(self):
            super().check_if_latest()

    def rename(self, *args, **kwargs):
        """Not reachable over HTTP, as it would be in Frappe's own document."""
        self.before_rename()


def on_doctype_update():
    """A lineage has each version once."""
    frappe.db.add_unique("SM Plan", ["lineage", "version"], "unique_version")
