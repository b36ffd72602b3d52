from sm_planner.adapters.documents import NamedPart


class SMObjective(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_service_link.sm_service_link import SMServiceLink

        baseline: DF.Data | None
        baseline_date: DF.Date | None
        business_goal: DF.Data | None
        category: DF.Literal[
            "", "Quality", "Satisfaction", "Customer Experience", "Cost", "Efficiency", "Proactive"
        ]
        direction: DF.Literal["", "Increase", "Decrease"]
        due: DF.Date | None
        id: DF.Data | None
        kpi: DF.Data | None
        kpi_kind: DF.Literal["", "Outcome", "Effort"]
        objective_owner: DF.Link | None
        plan: DF.Link
        services: DF.TableMultiSelect[SMServiceLink]
        statement: DF.SmallText | None
        target: DF.Data | None
        title: DF.Data | None
        unit: DF.Data | None
    # end: auto-generated types
    series = "OBJ"
