from sm_planner.adapters.documents.record import Record


class SMAgreement(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_agreement_scope.sm_agreement_scope import SMAgreementScope
        from sm_planner.sm_planner.doctype.sm_agreement_target.sm_agreement_target import SMAgreementTarget
        from sm_planner.sm_planner.doctype.sm_severity_mapping.sm_severity_mapping import SMSeverityMapping

        agreement_owner: DF.Link | None
        customer: DF.Link | None
        end_date: DF.Date | None
        exceptions: DF.SmallText | None
        kind: DF.Literal["", "SLA", "OLA", "UC"]
        last_review: DF.Date | None
        notice_months: DF.Int
        remedies: DF.SmallText | None
        review_months: DF.Int
        scope: DF.Table[SMAgreementScope]
        service_hours: DF.Link | None
        severities: DF.Table[SMSeverityMapping]
        signed_by_customer: DF.Date | None
        signed_by_provider: DF.Date | None
        start_date: DF.Date | None
        status: DF.Literal["", "Draft", "In Force", "Ended"]
        supplier: DF.Link | None
        support_hours: DF.Link | None
        targets: DF.Table[SMAgreementTarget]
        team: DF.Link | None
        title: DF.Data
        unit_cost: DF.Float
        workload: DF.Float
        workload_limit: DF.Data | None
    # end: auto-generated types
    pass
