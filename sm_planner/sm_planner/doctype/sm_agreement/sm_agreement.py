from sm_planner.adapters.documents.record import Record


class SMAgreement(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_agreement_change.sm_agreement_change import SMAgreementChange
        from sm_planner.sm_planner.doctype.sm_agreement_charge.sm_agreement_charge import SMAgreementCharge
        from sm_planner.sm_planner.doctype.sm_agreement_consequence.sm_agreement_consequence import (
            SMAgreementConsequence,
        )
        from sm_planner.sm_planner.doctype.sm_agreement_contact.sm_agreement_contact import SMAgreementContact
        from sm_planner.sm_planner.doctype.sm_agreement_data_term.sm_agreement_data_term import (
            SMAgreementDataTerm,
        )
        from sm_planner.sm_planner.doctype.sm_agreement_duty.sm_agreement_duty import SMAgreementDuty
        from sm_planner.sm_planner.doctype.sm_agreement_environment.sm_agreement_environment import (
            SMAgreementEnvironment,
        )
        from sm_planner.sm_planner.doctype.sm_agreement_escalation.sm_agreement_escalation import (
            SMAgreementEscalation,
        )
        from sm_planner.sm_planner.doctype.sm_agreement_maintenance.sm_agreement_maintenance import (
            SMAgreementMaintenance,
        )
        from sm_planner.sm_planner.doctype.sm_agreement_scope.sm_agreement_scope import SMAgreementScope
        from sm_planner.sm_planner.doctype.sm_agreement_support.sm_agreement_support import SMAgreementSupport
        from sm_planner.sm_planner.doctype.sm_agreement_target.sm_agreement_target import SMAgreementTarget
        from sm_planner.sm_planner.doctype.sm_severity_mapping.sm_severity_mapping import SMSeverityMapping

        agreement_owner: DF.Link | None
        change_procedure: DF.SmallText | None
        changes: DF.Table[SMAgreementChange]
        charges: DF.Table[SMAgreementCharge]
        consequences: DF.Table[SMAgreementConsequence]
        contacts: DF.Table[SMAgreementContact]
        customer: DF.Link | None
        data_terms: DF.Table[SMAgreementDataTerm]
        dispute_procedure: DF.SmallText | None
        duties: DF.Table[SMAgreementDuty]
        emergency_closure: DF.SmallText | None
        emergency_notice_hours: DF.Float
        end_date: DF.Date | None
        environments: DF.Table[SMAgreementEnvironment]
        escalations: DF.Table[SMAgreementEscalation]
        exceptions: DF.SmallText | None
        general_agreement: DF.Link | None
        kind: DF.Literal["", "SLA", "OLA", "UC"]
        last_review: DF.Date | None
        maintenance: DF.Table[SMAgreementMaintenance]
        maintenance_notice_hours: DF.Float
        notice_given: DF.Date | None
        notice_months: DF.Int
        notice_to: DF.Literal[
            "", "Any Day", "End of a Month", "End of a Quarter", "End of a Year", "End of the Term"
        ]
        open_ended: DF.Check
        precedence: DF.Literal["", "This Agreement", "General Agreement"]
        priority_change: DF.Literal["", "Clock Goes On", "Clock Starts Again", "First Target Stays"]
        remedies: DF.SmallText | None
        renewal_months: DF.Int
        replaces: DF.Link | None
        review_months: DF.Int
        scope: DF.Table[SMAgreementScope]
        service_hours: DF.Link | None
        severities: DF.Table[SMSeverityMapping]
        signed_by_customer: DF.Date | None
        signed_by_provider: DF.Date | None
        start_date: DF.Date | None
        status: DF.Literal["", "Draft", "In Force", "Ended"]
        supplier: DF.Link | None
        support: DF.Table[SMAgreementSupport]
        support_hours: DF.Link | None
        taken_from: DF.Data | None
        targets: DF.Table[SMAgreementTarget]
        team: DF.Link | None
        title: DF.Data
        unit_cost: DF.Float
        version: DF.Data | None
        workload: DF.Float
        workload_limit: DF.Data | None
    # end: auto-generated types
    pass
