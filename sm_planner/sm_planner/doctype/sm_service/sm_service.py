from sm_planner.adapters.documents import Record


class SMService(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_service_dependency.sm_service_dependency import (
            SMServiceDependency,
        )
        from sm_planner.sm_planner.doctype.sm_stakeholder_link.sm_stakeholder_link import SMStakeholderLink
        from sm_planner.sm_planner.doctype.sm_team_link.sm_team_link import SMTeamLink

        customer_facing: DF.Check
        customers: DF.TableMultiSelect[SMStakeholderLink]
        dependencies: DF.Table[SMServiceDependency]
        description: DF.SmallText | None
        impact: DF.Literal["", "Low", "Medium", "High", "Critical"]
        importance: DF.Literal["", "Low", "Medium", "High", "Critical"]
        outcome: DF.SmallText | None
        service_owner: DF.Link | None
        status: DF.Literal["", "Pipeline", "Design", "Live", "Retiring", "Retired"]
        teams: DF.TableMultiSelect[SMTeamLink]
        title: DF.Data | None
    # end: auto-generated types
    pass
