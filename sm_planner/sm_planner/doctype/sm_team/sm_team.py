from sm_planner.adapters.documents.record import Record


class SMTeam(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_team_member.sm_team_member import SMTeamMember

        calendar: DF.Link | None
        contact: DF.Data | None
        kind: DF.Literal["", "Internal", "External"]
        lead: DF.Link | None
        members: DF.Table[SMTeamMember]
        people_for_improvements: DF.Float
        people_needed: DF.Int
        purpose: DF.SmallText | None
        supplier: DF.Link | None
        taken_from: DF.Data | None
        title: DF.Data
        ways_of_working: DF.SmallText | None
    # end: auto-generated types
    pass
