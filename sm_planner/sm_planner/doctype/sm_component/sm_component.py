from sm_planner.adapters.documents.record import Record


class SMComponent(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_maintenance_need.sm_maintenance_need import SMMaintenanceNeed
        from sm_planner.sm_planner.doctype.sm_service_link.sm_service_link import SMServiceLink

        alarm_threshold: DF.Data | None
        alert_route: DF.Data | None
        is_critical: DF.Check
        kind: DF.Literal[
            "", "Application", "Database", "Server", "Network", "Cloud Service", "Facility", "Other"
        ]
        maintenance: DF.Table[SMMaintenanceNeed]
        monitoring_owner: DF.Link | None
        needed: DF.Int
        parallel_group: DF.Data | None
        services: DF.TableMultiSelect[SMServiceLink]
        supplier: DF.Link | None
        taken_from: DF.Data | None
        team: DF.Link | None
        title: DF.Data
    # end: auto-generated types
    pass
