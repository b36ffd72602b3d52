from sm_planner.adapters.documents.record import Record


class SMRole(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_role_holder.sm_role_holder import SMRoleHolder
        from sm_planner.sm_planner.doctype.sm_role_skill.sm_role_skill import SMRoleSkill

        deputy: DF.Link | None
        holders: DF.Table[SMRoleHolder]
        kind: DF.Literal["", "Governance", "Business", "Process", "Service", "Technical", "Partner"]
        level: DF.Literal[
            "", "Top Management", "Senior Management", "Middle Management", "First Line", "Staff"
        ]
        skills: DF.Table[SMRoleSkill]
        supplier: DF.Link | None
        taken_from: DF.Data | None
        team: DF.Link | None
        title: DF.Data
    # end: auto-generated types
    pass
