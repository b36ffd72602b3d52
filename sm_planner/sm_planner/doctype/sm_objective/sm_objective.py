from sm_planner.adapters.documents.record import NamedPart


class SMObjective(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_process_link.sm_process_link import SMProcessLink
        from sm_planner.sm_planner.doctype.sm_service_link.sm_service_link import SMServiceLink
        from sm_planner.sm_planner.doctype.sm_stakeholder_link.sm_stakeholder_link import SMStakeholderLink

        baseline: DF.Float
        baseline_date: DF.Date | None
        benchmark_high: DF.Float
        benchmark_low: DF.Float
        business_goal: DF.Data | None
        category: DF.Literal[
            "", "Quality", "Satisfaction", "Customer Experience", "Cost", "Efficiency", "Proactive"
        ]
        direction: DF.Literal["", "Increase", "Decrease"]
        due: DF.Date | None
        id: DF.Data | None
        kpi: DF.Data | None
        kpi_frequency: DF.Literal["", "Daily", "Weekly", "Monthly", "Quarterly", "Yearly"]
        kpi_kind: DF.Literal["", "Outcome", "Effort"]
        kpi_method: DF.Data | None
        kpi_source: DF.Data | None
        measures_office: DF.Check
        objective_owner: DF.Link | None
        plan: DF.Link
        processes: DF.TableMultiSelect[SMProcessLink]
        resources_confirmed: DF.Check
        services: DF.TableMultiSelect[SMServiceLink]
        stakeholders: DF.TableMultiSelect[SMStakeholderLink]
        statement: DF.SmallText | None
        taken_from: DF.Data | None
        target: DF.Float
        title: DF.Data
        unit: DF.Data | None
    # end: auto-generated types
    pass
