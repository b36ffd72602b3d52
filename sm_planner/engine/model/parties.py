"""People, teams, suppliers, roles and stakeholders: who is named in a plan."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import collected
from sm_planner.engine.model.fields import (
    choice,
    day,
    flag,
    integer,
    key,
    line,
    lines,
    link,
    number,
    record,
    rows,
    taken,
    text,
)
from sm_planner.engine.model.vocabulary import (
    INFLUENCE,
    LEVELS,
    ROLE_KINDS,
    SKILL_LEVELS,
    STAKEHOLDER_KINDS,
    SUPPLIER_STATES,
    TEAM_KINDS,
)
from sm_planner.engine.texts import N_


@collected(N_("Person"), N_("People"), series="PER")
@record
class Person:
    """Somebody who is named in the plan, with or without a user account."""

    id: str = key()
    title: str = line("Full Name")
    user: str = line("User", "E-mail address of the user account.", sealed=False)
    enabled: bool = flag("Enabled", default=True, help="Whether the user account is enabled.", sealed=False)
    department: str = line("Department")
    unit: str = line("Unit")
    level: str = choice("Level", LEVELS)
    reports_to: str = link("Reports To", "people", unlike="id")
    authority: str = text("Authority", "What this person may decide, and up to what amount.")


@record
class TeamMember:
    person: str = link("Person", "people", required=True)
    promise: str = line("Promises", "What this member promises the others.")


@collected(N_("Team"), N_("Teams"), series="TEAM")
@record
class Team:
    """A group of the organisation or of a supplier that runs services or components."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", TEAM_KINDS, "Internal")
    supplier: str = link("Supplier", "suppliers", "The supplier that the team belongs to, if it is external.")
    lead: str = link("Lead", "people")
    contact: str = line("Contact", "How to reach the team.")
    people_needed: int | None = integer("People Needed", help="How many people its roster needs.", minimum=1)
    calendar: str = link(
        "Works By", "calendars", "Its days are the working days of the team. If empty, Monday to Friday."
    )
    people_for_improvements: float | None = number(
        "People for Improvements",
        "How many of them can work on improvements at a time, such as 1.5. If empty, all members.",
        minimum=0,
    )
    members: tuple[TeamMember, ...] = rows("Members", TeamMember)
    purpose: str = text("Purpose", "What the team is there for.")
    ways_of_working: str = text(
        "Ways of Working", "How they listen, disagree, decide, change their mind, and move on together."
    )
    taken_from: str = taken()


@collected(N_("Supplier"), N_("Suppliers"), series="SUP")
@record
class Supplier:
    """A partner outside the organisation."""

    id: str = key()
    title: str = line("Title")
    status: str = choice("Status", SUPPLIER_STATES, "Keep")
    manager: str = link("Supplier Manager", "people", "Who manages the supplier in the organisation.")
    contact: str = line("Contact", "Whom to call at the supplier.")
    channel: str = line("Communication Channel", "How the two talk in normal times.")
    escalation: str = line("Escalation", "Where to turn when the normal channels fail.")
    scope: str = text("Scope", "Roles and responsibilities of the supplier.")
    start_date: date | None = day("On-boarding Ends", "From when the supplier delivers.")
    exit_date: date | None = day("Exit Date")
    evaluation_months: int | None = integer("Evaluate Every (Months)", minimum=1, maximum=60)
    last_evaluation: date | None = day("Last Evaluation", sealed=False)
    risk_decision: str = text("Remaining Risk", "How the risk that its contracts do not cover is dealt with.")


class Term:
    """What begins and ends: an empty day leaves that side open."""

    from_date: date | None
    to_date: date | None

    def runs(self, on: date) -> bool:
        """Whether it has begun and not ended on a day."""
        return (self.from_date or on) <= on <= (self.to_date or on)


@record
class RoleHolder(Term):
    person: str = link("Person", "people", required=True)
    from_date: date | None = day("From")
    to_date: date | None = day("To")


@record
class RoleSkill:
    """What a role has to be able to do."""

    skill: str = link("Skill", "skills", required=True)
    level: str = choice("Level", SKILL_LEVELS, SKILL_LEVELS[0])


@collected(N_("Role"), N_("Roles"), series="ROLE")
@record
class Role:
    """A role that is filled by people, a team or a supplier."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", ROLE_KINDS)
    level: str = choice("Required Level", LEVELS, help="The level of authority that the role needs.")
    team: str = link("Team", "teams", "The team that fills the role.")
    supplier: str = link("Supplier", "suppliers", "The supplier that fills the role.")
    holders: tuple[RoleHolder, ...] = rows("Holders", RoleHolder)
    deputy: str = link("Deputy", "people", "Who stands in for whoever holds the role.")
    skills: tuple[RoleSkill, ...] = rows("Skills", RoleSkill, "What who holds it has to be able to do.")
    taken_from: str = taken()


@collected(N_("Stakeholder"), N_("Stakeholders"), series="STK")
@record
class Stakeholder:
    """A group or party that the plan affects, or that has a say in it."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", STAKEHOLDER_KINDS)
    unit: str = line("Unit")
    influence: str = choice("Influence", INFLUENCE)
    interest: str = choice("Interest", INFLUENCE)
    champion: bool = flag("Champion")
    contact: str = link("Relationship Manager", "people", "Who looks after the relationship.")
    needs: str = text("Needs", "What they need and expect.")
    sole_provider: bool = flag("No Other Provider", help="They were asked, and use no provider except us.")
    value_proposition: str = text("Value Proposition", "What they gain.")
    preferred_channel: str = line("Preferred Channel")
    ordering_channel: str = line("Ordering Channel", "How a customer orders services.")
    escalation_channel: str = line(
        "Escalation Channel", "Where a customer turns when the normal channels fail."
    )
    complaint_channel: str = line("Complaint Channel", "Where a customer complains.")
    portal_accounts: tuple[str, ...] = lines(
        "Portal Accounts",
        "E-mail addresses of the accounts that read its services on the portal, one a line.",
        sealed=False,
    )
    last_engagement: date | None = day(
        "Last Engagement",
        "Told before engagements were entered. It counts only where no engagement is later.",
        sealed=False,
    )
    taken_from: str = taken()
