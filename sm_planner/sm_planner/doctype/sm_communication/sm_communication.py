from sm_planner.adapters.documents.record import NamedPart


class SMCommunication(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_role_link.sm_role_link import SMRoleLink
        from sm_planner.sm_planner.doctype.sm_stakeholder_link.sm_stakeholder_link import SMStakeholderLink
        from sm_planner.sm_planner.doctype.sm_team_link.sm_team_link import SMTeamLink

        approved_by: DF.Link | None
        approved_on: DF.Date | None
        channel: DF.Data | None
        clarity: DF.Literal["", "Easy to Say", "Hard to Say"]
        example: DF.SmallText | None
        first_date: DF.Date | None
        frequency: DF.Literal["", "Once", "Daily", "Weekly", "Monthly", "Quarterly", "Yearly"]
        id: DF.Data | None
        kind: DF.Literal[
            "",
            "Launch",
            "Policy",
            "Supervisor Briefing",
            "Team Briefing",
            "Meeting",
            "Status Update",
            "Training Session",
            "Other",
        ]
        last_date: DF.Date | None
        message: DF.SmallText | None
        plan: DF.Link
        purpose: DF.SmallText | None
        roles: DF.TableMultiSelect[SMRoleLink]
        sender: DF.Link | None
        sender_role: DF.Link | None
        stakeholders: DF.TableMultiSelect[SMStakeholderLink]
        taken_from: DF.Data | None
        teams: DF.TableMultiSelect[SMTeamLink]
        title: DF.Data
        two_way: DF.Check
        units: DF.SmallText | None
    # end: auto-generated types
    pass
