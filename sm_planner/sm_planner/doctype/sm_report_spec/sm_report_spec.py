from sm_planner.adapters.documents.record import NamedPart


class SMReportSpec(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_person_link.sm_person_link import SMPersonLink
        from sm_planner.sm_planner.doctype.sm_role_link.sm_role_link import SMRoleLink
        from sm_planner.sm_planner.doctype.sm_stakeholder_link.sm_stakeholder_link import SMStakeholderLink
        from sm_planner.sm_planner.doctype.sm_team_link.sm_team_link import SMTeamLink

        content: DF.SmallText | None
        decision: DF.SmallText | None
        delivery: DF.Data | None
        first_date: DF.Date | None
        format: DF.Literal["", "E-mail", "Page", "PDF", "Spreadsheet", "Dashboard", "Talk"]
        frequency: DF.Literal["", "Once", "Daily", "Weekly", "Monthly", "Quarterly", "Yearly"]
        id: DF.Data | None
        last_date: DF.Date | None
        people: DF.TableMultiSelect[SMPersonLink]
        plan: DF.Link
        purpose: DF.SmallText | None
        report: DF.Literal[
            "",
            "Monthly Progress Sheet",
            "Agreement Expiry",
            "Budget and Payback",
            "Communication Plan",
            "Improvement Register",
            "Objective Progress",
            "Owner Scorecard",
            "Plan Health",
            "Plan Readiness",
            "Relationships",
            "Reviews and Decisions",
            "Risks",
            "Roadmap",
            "Service Catalogue",
            "SLA Attainment",
            "Stakeholder Coverage",
            "Target Results",
            "Training Plan",
        ]
        report_owner: DF.Link | None
        roles: DF.TableMultiSelect[SMRoleLink]
        stakeholders: DF.TableMultiSelect[SMStakeholderLink]
        teams: DF.TableMultiSelect[SMTeamLink]
        title: DF.Data
        units: DF.SmallText | None
        url: DF.Data | None
    # end: auto-generated types
    pass
