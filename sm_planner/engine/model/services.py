"""Services with their components, processes, hours and catalogue entries."""

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
    link,
    links,
    record,
    rows,
    taken,
    text,
)
from sm_planner.engine.model.vocabulary import (
    AFTER_HOURS,
    CHANNELS,
    COMPONENT_KINDS,
    ESCALATIONS,
    FLOWS,
    FRAMEWORKS,
    GRADES,
    RESOURCE_KINDS,
    SERVICE_STATES,
    WEEKDAYS,
)
from sm_planner.engine.texts import N_


@collected(N_("Process"), N_("Processes"), series="PROC")
@record
class Process:
    """A service management process in the plan's scope."""

    id: str = key()
    title: str = line("Title")
    framework: str = choice("Framework", FRAMEWORKS)
    flow: str = choice("Flow", FLOWS, help="Which flow of the support model it carries.")
    purpose: str = text("Purpose")
    owner_role: str = link("Process Owner", "roles")
    manager_role: str = link("Process Manager", "roles")
    taken_from: str = taken()


@record
class CalendarWindow:
    weekday: str = choice("Weekday", WEEKDAYS, required=True)
    opens: str = line("Opens", "Local time, such as 09:00.", required=True)
    closes: str = line("Closes", "Local time, such as 17:00; 24:00 is the end of the day.", required=True)


@record
class CalendarHoliday:
    day: date | None = day("Date", required=True)
    title: str = line("Title")
    opens: str = line("Closed From", "Local time. If empty, the whole day.")
    closes: str = line("Closed To", "Local time. If empty, the whole day.")


@record
class CalendarOpening:
    """A day that is open though its week, or a holiday, closes it: a make-up day."""

    day: date | None = day("Date", required=True)
    title: str = line("Title")
    opens: str = line("Opens", "Local time, such as 09:00.", required=True)
    closes: str = line("Closes", "Local time, such as 17:00.", required=True)


@record
class CalendarChange:
    """Days on which the hours of another calendar count in the place of these."""

    first_day: date | None = day("From", required=True)
    last_day: date | None = day("To", "The last of the days. If empty, from the first on for good.")
    calendar: str = link(
        "Calendar", "calendars", "Whose hours count on these days.", required=True, unlike="id"
    )
    note: str = line("Note", "Such as examinations.")


@collected(N_("Service Calendar"), N_("Service Calendars"), series="CAL")
@record
class Calendar:
    """Service hours: when a clock runs."""

    id: str = key()
    title: str = line("Title")
    timezone: str = line("Time Zone", "IANA name, such as Europe/Berlin.")
    valid_from: date | None = day("Valid From")
    valid_until: date | None = day("Valid Until")
    windows: tuple[CalendarWindow, ...] = rows("Windows", CalendarWindow)
    holidays: tuple[CalendarHoliday, ...] = rows("Holidays", CalendarHoliday)
    openings: tuple[CalendarOpening, ...] = rows(
        "Extra Openings", CalendarOpening, "Days that are open though the week or a holiday closes them."
    )
    changes: tuple[CalendarChange, ...] = rows(
        "Other Hours", CalendarChange, "From a day on, or for a time, the hours of another calendar."
    )
    taken_from: str = taken()


@record
class ServiceDependency:
    service: str = link("Service", "services", required=True, unlike="id")
    parallel_group: str = line(
        "Parallel Group", "Services of one group back each other up. If empty, it is needed by itself."
    )
    needed: int | None = integer(
        "Needed of the Group", help="How many services of its group must work. If empty, one.", minimum=1
    )


@record
class SupportTier:
    tier: int | None = integer("Tier", help="1 is the first contact.", required=True, minimum=1, maximum=9)
    team: str = link("Team", "teams", required=True)


@record
class EscalationStep:
    """Where an incident goes next that is not solved by then."""

    kind: str = choice("Kind", ESCALATIONS, required=True, help="To more skill, or to more authority.")
    minutes: int | None = integer("After (Minutes)", help="Since it was reported.", minimum=0)
    role: str = link("Role", "roles")
    person: str = link("Person", "people")
    team: str = link("Team", "teams")
    note: str = line("How", "How they are reached, or what for; also of somebody outside.")


@record
class ServiceChannel:
    kind: str = choice("Channel", CHANNELS, required=True)
    is_self_service: bool = flag("Self-service")
    hand_over: str = line("Hand-over", "When a person takes over from self-service, and how.")


@record
class DeliveryResource:
    kind: str = choice("Kind", RESOURCE_KINDS, required=True)
    title: str = line("Resource", required=True)


@record
class TechnologyNeed:
    """What was negotiated about the technology of a service: what is needed, what IT can offer, what was decided."""

    need: str = line("Need", "What the service needs of its technology.", required=True)
    needed_by: str = link("Needed By", "stakeholders", "Who needs it.")
    offer: str = line("Offer of IT", "What IT can do about it, and at what cost.")
    decision: str = line("Decision")
    decided_on: date | None = day("Decided On")


@record
class MaintenanceNeed:
    """Upkeep that a component or a service needs."""

    title: str = line("Work", "What is done.")
    minutes: int | None = integer(
        "Minutes", help="How long it stands still each time.", required=True, minimum=1
    )
    every_days: int | None = integer(
        "Every (Days)", help="After how many days it is due again.", minimum=1, maximum=3660
    )
    notice_days: int | None = integer(
        "Notice (Days)", help="How many days before its customers are told.", minimum=0, maximum=3660
    )


FORMER_UPKEEP = {"maintenance_minutes": "minutes", "maintenance_days": "every_days"}
"""Field that a component had for its only upkeep → field of the row that it is now; in plan files and seals of before."""


@collected(N_("Service"), N_("Services"), series="SVC", kept_by="service_owner")
@record
class Service:
    """A service that the organisation provides, or that its other services depend on."""

    id: str = key()
    title: str = line("Title")
    status: str = choice("Status", SERVICE_STATES, "Live")
    customer_facing: bool = flag("Customer-facing")
    description: str = text("Description")
    customers: tuple[str, ...] = links("Customers", "stakeholders", "Who uses it.")
    outcome: str = text("Business Outcome", "What customers can do because of it.")
    service_owner: str = link("Service Owner", "people", "The person who answers for it.")
    owning_team: str = link(
        "Owning Team", "teams", "The team that the service belongs to, if it belongs to one."
    )
    owning_organisation: str = link(
        "Owning Organisation",
        "stakeholders",
        "The organisation that the service belongs to, if it is not this one.",
    )
    importance: str = choice("Importance", GRADES, help="How much the business depends on it.")
    impact: str = choice("Impact", GRADES, help="How much harm a failure does.")
    teams: tuple[str, ...] = links("Teams", "teams", "Who delivers and supports it.")
    support_tiers: tuple[SupportTier, ...] = rows("Support Tiers", SupportTier, "From the first contact on.")
    channels: tuple[ServiceChannel, ...] = rows("Channels", ServiceChannel, "How users reach support.")
    self_service: str = text(
        "Self-service Decision", "Whether users can help themselves, and why or why not."
    )
    after_hours: str = text("After-hours Decision", "What happens outside service hours, and who is on call.")
    after_hours_cover: str = choice(
        "After-hours Cover",
        AFTER_HOURS,
        help="Who has to be there outside service hours. Rosters are held to it.",
    )
    functional_escalation: str = line("Functional Escalation", "Who is next in line with more skill.")
    hierarchical_escalation: str = line("Hierarchical Escalation", "Who is next in line with more authority.")
    escalation: tuple[EscalationStep, ...] = rows(
        "Escalation Path", EscalationStep, "To whom an incident goes that is stuck, and after how long."
    )
    resources: tuple[DeliveryResource, ...] = rows("Delivery Resources", DeliveryResource)
    technology: tuple[TechnologyNeed, ...] = rows(
        "Technology Needs",
        TechnologyNeed,
        "What the service owner asked IT for, what IT offered, and what was decided.",
    )
    evaluation: str = text("Evaluation", "Demand, resources and benefit of a new or changed service.")
    acceptance_criteria: str = text("Acceptance Criteria")
    accepted_on: date | None = day("Accepted On")
    dependencies: tuple[ServiceDependency, ...] = rows("Depends On", ServiceDependency)
    maintenance: tuple[MaintenanceNeed, ...] = rows(
        "Maintenance", MaintenanceNeed, "What upkeep it needs as a whole, beside that of its components."
    )
    taken_from: str = taken()


@collected(N_("Component"), N_("Components"), series="CMP", kept_by="services")
@record
class Component:
    """A technical part that services consist of."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", COMPONENT_KINDS)
    is_critical: bool = flag("Critical")
    services: tuple[str, ...] = links("Services", "services", "The services that it carries.")
    team: str = link("Team", "teams", "The team that runs it.")
    supplier: str = link("Supplier", "suppliers", "The supplier that runs it.")
    parallel_group: str = line(
        "Parallel Group", "Components of one group back each other up. If empty, it is needed by itself."
    )
    needed: int | None = integer(
        "Needed of the Group", help="How many components of its group must work. If empty, one.", minimum=1
    )
    monitoring_owner: str = link("Monitoring Owner", "roles", "The role that watches it.")
    alert_route: str = line("Alert Route", "Whom an alarm reaches, and how.")
    alarm_threshold: str = line("Alarm Threshold")
    maintenance: tuple[MaintenanceNeed, ...] = rows(
        "Maintenance", MaintenanceNeed, "What upkeep it needs, and for how long it stands still."
    )
    taken_from: str = taken()


@collected(N_("Catalogue Entry"), N_("Catalogue"), series="CAT", kept_by="service")
@record
class CatalogueEntry:
    """What customers read about a service. Its service levels come from the agreements."""

    id: str = key()
    title: str = line("Title")
    service: str = link("Service", "services", required=True)
    audience: tuple[str, ...] = links("Audience", "stakeholders")
    description: str = text("Description")
    price: str = line("Price", "A price, or “no charge”.")
    delivery_time: str = line("Delivery Time")
    published: bool = flag("Published")
    for_guests: bool = flag(
        "Guests Give Feedback",
        help="Where the site takes feedback of guests, they read the title of this entry, and nothing else.",
        sealed=False,
    )
