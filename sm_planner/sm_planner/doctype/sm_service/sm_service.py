from sm_planner.adapters.documents.record import Record


class SMService(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_delivery_resource.sm_delivery_resource import SMDeliveryResource
        from sm_planner.sm_planner.doctype.sm_escalation_step.sm_escalation_step import SMEscalationStep
        from sm_planner.sm_planner.doctype.sm_maintenance_need.sm_maintenance_need import SMMaintenanceNeed
        from sm_planner.sm_planner.doctype.sm_service_channel.sm_service_channel import SMServiceChannel
        from sm_planner.sm_planner.doctype.sm_service_dependency.sm_service_dependency import (
            SMServiceDependency,
        )
        from sm_planner.sm_planner.doctype.sm_stakeholder_link.sm_stakeholder_link import SMStakeholderLink
        from sm_planner.sm_planner.doctype.sm_support_tier.sm_support_tier import SMSupportTier
        from sm_planner.sm_planner.doctype.sm_team_link.sm_team_link import SMTeamLink
        from sm_planner.sm_planner.doctype.sm_technology_need.sm_technology_need import SMTechnologyNeed

        acceptance_criteria: DF.SmallText | None
        accepted_on: DF.Date | None
        after_hours: DF.SmallText | None
        after_hours_cover: DF.Literal["", "Nobody", "On Call", "On Duty"]
        channels: DF.Table[SMServiceChannel]
        customer_facing: DF.Check
        customers: DF.TableMultiSelect[SMStakeholderLink]
        dependencies: DF.Table[SMServiceDependency]
        description: DF.SmallText | None
        escalation: DF.Table[SMEscalationStep]
        evaluation: DF.SmallText | None
        functional_escalation: DF.Data | None
        hierarchical_escalation: DF.Data | None
        impact: DF.Literal["", "Low", "Medium", "High", "Critical"]
        importance: DF.Literal["", "Low", "Medium", "High", "Critical"]
        maintenance: DF.Table[SMMaintenanceNeed]
        outcome: DF.SmallText | None
        owning_organisation: DF.Link | None
        owning_team: DF.Link | None
        resources: DF.Table[SMDeliveryResource]
        self_service: DF.SmallText | None
        service_owner: DF.Link | None
        status: DF.Literal["", "Pipeline", "Design", "Live", "Retiring", "Retired"]
        support_tiers: DF.Table[SMSupportTier]
        taken_from: DF.Data | None
        teams: DF.TableMultiSelect[SMTeamLink]
        technology: DF.Table[SMTechnologyNeed]
        title: DF.Data
    # end: auto-generated types
    pass
