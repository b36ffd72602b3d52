"""What is promised: agreements with their targets, and what customers want."""

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
    number,
    record,
    rows,
    taken,
    text,
)
from sm_planner.engine.model.vocabulary import (
    AGREEMENT_KINDS,
    AGREEMENT_STATES,
    CHARGED_PER,
    DATA_TOPICS,
    DUTY_HOLDERS,
    ESCALATION_UNITS,
    FREQUENCIES,
    METRICS,
    NOTICE_TO,
    PRECEDENCE,
    PRIORITIES,
    PRIORITY_CHANGES,
    PROVIDERS,
    REPEATS,
    STATISTICS,
    SUPPORT_GRADES,
    TARGET_DIRECTIONS,
    UNITS,
    WEEKDAYS,
    WHICH_OF_MONTH,
)
from sm_planner.engine.texts import N_


@record
class AgreementScope:
    service: str = link("Service", "services")
    component: str = link("Component", "components")
    process: str = link("Process", "processes")
    service_hours: str = link(
        "Service Hours",
        "calendars",
        "Where this service has hours of its own. If empty, those of the agreement.",
    )
    support_hours: str = link(
        "Support Hours",
        "calendars",
        "When people answer for it. If empty, in its own service hours, or else in the hours of the agreement.",
    )


# What is promised and what is wanted are said in the same words.


def _own_metric() -> str:
    return line("Own Metric", "What a metric of your own is called.")


def _own_unit() -> str:
    return line("Own Unit", "Such as orders per hour.")


def _direction() -> str:
    return choice(
        "Direction",
        TARGET_DIRECTIONS,
        help="Of a metric of your own: whether more or less than the value is good.",
    )


def _share_of_cases() -> float | None:
    return number(
        "Share of Cases (%)",
        "How many of the cases have to stay within the value. If empty, all.",
        minimum=0,
        maximum=100,
    )


@record
class AgreementTarget:
    """One service level target: a metric, for a priority, with its value and the way in which it is meant.

    ``value`` within which a share of cases has to stay ("80 % within 16 hours"), or all of them where no share is given. As
    an average it is that of all cases of a period, of which ``bound`` limits each.
    """

    metric: str = choice("Metric", METRICS, required=True)
    own_metric: str = _own_metric()
    service: str = link("Service", "services", "If given, it holds for this service of the scope alone.")
    priority: str = choice("Priority", PRIORITIES, help="If empty, for all priorities.")
    value: float | None = number("Value", minimum=0)
    unit: str = choice("Unit", UNITS)
    own_unit: str = _own_unit()
    direction: str = _direction()
    share_of_cases: float | None = _share_of_cases()
    statistic: str = choice(
        "Promised Of", STATISTICS, help="Of each case, or of the average of a period. If empty, of each case."
    )
    bound: float | None = number(
        "Never Worse Than",
        "Of an average: what no single case, or part, may exceed; in the same unit.",
        minimum=0,
    )
    calendar: str = link(
        "Calendar",
        "calendars",
        "If empty: for times, the support hours of the agreement, or its service hours if it has "
        "none; otherwise its service hours.",
    )
    measured_over: str = choice("Measured Over", FREQUENCIES, help="If empty, each month.")
    breach_after: int | None = integer(
        "Breached After (Periods)",
        help="How many missed periods are a breach. If empty, one.",
        minimum=1,
        maximum=60,
    )
    breach_within: int | None = integer(
        "Within (Periods)",
        help="Out of how many periods. If empty, one after the other.",
        minimum=1,
        maximum=60,
    )
    benchmark: float | None = number(
        "Benchmark", "What is aimed for, or what others reach, in the same unit. It is no promise.", minimum=0
    )
    method: str = line("Measurement Method", "How it is measured.")
    source: str = line("Data Source", "Where the figures come from.")


@record
class AgreementConsequence:
    """What is due when a target is breached, or missed by so much."""

    metric: str = choice("Metric", METRICS, help="If empty, whichever target is breached.")
    own_metric: str = line("Own Metric")
    priority: str = choice("Priority", PRIORITIES, help="If empty, for all priorities.")
    worse_than: float | None = number(
        "Worse Than",
        "A value beyond which it is due, in the unit of the target. If empty, the target itself.",
        minimum=0,
    )
    credit_percent: float | None = number(
        "Credit (%)", "Of what is paid for the period.", minimum=0, maximum=100
    )
    escalate_to: str = link("Escalated To", "roles")
    due_days: int | None = integer(
        "Due Within (Days)",
        help="How soon the provider has to do what is due, where it is more than money.",
        minimum=0,
        maximum=366,
    )
    note: str = line("What Else", "Such as a plan for improvement.")


@record
class AgreementEscalation:
    """Whom a case reaches when so much of its time has gone: a part of what is promised, or a time that is said itself."""

    after_percent: int | None = integer(
        "After (% of the Time)", help="Of the promised time.", minimum=0, maximum=1000
    )
    after: float | None = number(
        "After", "A time of its own, in the place of a part of the promised one.", minimum=0
    )
    unit: str = choice("Unit", ESCALATION_UNITS)
    metric: str = choice("Metric", METRICS, help="If empty, of the resolution.")
    priority: str = choice("Priority", PRIORITIES, help="If empty, for all priorities.")
    role: str = link("Role", "roles")
    person: str = link("Person", "people")
    outside: str = line("Of the Other Side", "Who it is there, where the plan has no record of him.")


@record
class AgreementMaintenance:
    """A window in which the service may stand still by agreement."""

    service: str = link("Service", "services", "If empty, all of the scope.")
    repeats: str = choice("Repeats", REPEATS, required=True)
    which: str = choice(
        "Which of the Month", WHICH_OF_MONTH, help="If it comes monthly: such as the first Sunday."
    )
    weekday: str = choice("Weekday", WEEKDAYS, help="If it comes weekly or monthly.")
    opens: str = line("From", "Local time, such as 22:00.", required=True)
    closes: str = line("To", "Local time, such as 02:00 of the next day.", required=True)
    notice_days: int | None = integer(
        "Notice (Days)", help="How long before it is announced.", minimum=0, maximum=366
    )
    note: str = line("Note")


@record
class AgreementDuty:
    """What a side has to do for the agreement to hold."""

    who: str = choice("Who", DUTY_HOLDERS, required=True)
    duty: str = text("Duty", required=True)
    service: str = link("Service", "services", "If empty, for all of the scope.")


@record
class AgreementSupport:
    """A thing, version or activity, and whether it is supported."""

    item: str = line("What", required=True)
    grade: str = choice("Grade", SUPPORT_GRADES, required=True)
    service: str = link("Service", "services", "If empty, for all of the scope.")
    note: str = line("Note")


@record
class AgreementDataTerm:
    """What is agreed of security and data."""

    topic: str = choice("Topic", DATA_TOPICS, required=True)
    term: str = text("Term", required=True)
    service: str = link("Service", "services", "If empty, for all of the scope.")


@record
class AgreementEnvironment:
    """An environment of a service, such as test or training, with the hours that are promised for it."""

    environment: str = line("Environment", "Such as production, test or training.", required=True)
    service: str = link("Service", "services", "If empty, all of the scope.")
    service_hours: str = link("Service Hours", "calendars", "If empty, those of the agreement.")
    grade: str = choice("Grade", SUPPORT_GRADES)
    note: str = line("Note")


@record
class AgreementCharge:
    """What is paid, and who pays it."""

    charge: str = line("For", "What is paid for.", required=True)
    service: str = link("Service", "services", "If empty, all of the scope.")
    price: float | None = number(
        "Price", "In the currency of the plan; 0 if it is free of charge.", minimum=0
    )
    per: str = choice("Per", CHARGED_PER)
    paid_by: str = link("Paid By", "stakeholders", "If empty, the customer.")


@record
class AgreementContact:
    """Whom one turns to."""

    purpose: str = line("For", "What one turns to them for.", required=True)
    role: str = link("Role", "roles")
    person: str = link("Person", "people")
    team: str = link("Team", "teams")
    how: str = line("How", "Address, number, hours; also of somebody outside.")


@record
class AgreementChange:
    """What a version of the agreement changed, and from when it holds."""

    version: str = line("Version", required=True)
    day: date | None = day("From", required=True)
    what: str = text("What Changed", required=True)


@record
class SeverityMapping:
    priority: str = choice("Priority", PRIORITIES, required=True)
    severity: str = line("Severity", "What the other party calls it.", required=True)


@collected(N_("Agreement"), N_("Agreements"), series="AGR", kept_by="agreement_owner")
@record
class Agreement:
    """A service level agreement (SLA), an operational level agreement (OLA) or an underpinning contract (UC).

    Its counterparty is the customer of an SLA, the team of an OLA, the supplier of a UC. What it does not say itself holds as
    its general agreement says it: see ``engine/agreements/families.py``.
    """

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", AGREEMENT_KINDS, required=True)
    status: str = choice(
        "Status", AGREEMENT_STATES, help="If empty, it is in force from its start date to its end date."
    )
    agreement_owner: str = link("Agreement Owner", "people")
    customer: str = link("Customer", "stakeholders", "The customer of an SLA.")
    team: str = link("Team", "teams", "The internal team that promises an OLA.")
    supplier: str = link("Supplier", "suppliers", "The supplier of a UC.")
    general_agreement: str = link(
        "General Agreement",
        "agreements",
        "The general agreement or framework contract whose terms hold here, unless this one says otherwise.",
        unlike="id",
    )
    precedence: str = choice(
        "Where They Differ", PRECEDENCE, help="Which of the two counts. If empty, this agreement."
    )
    version: str = line("Version")
    replaces: str = link("Replaces", "agreements", "The agreement that this one follows.", unlike="id")
    changes: tuple[AgreementChange, ...] = rows("Changes", AgreementChange, "What each version changed.")
    start_date: date | None = day("Start Date")
    end_date: date | None = day("End Date", "Of its first term, if it is renewed by itself.")
    open_ended: bool = flag("Open-ended", help="It runs until one side gives notice.")
    renewal_months: int | None = integer(
        "Renewed For (Months)",
        help="By itself, unless one side gives notice in time.",
        minimum=1,
        maximum=120,
    )
    notice_months: int | None = integer("Notice (Months)", minimum=0, maximum=60)
    notice_to: str = choice(
        "Notice Ends It On",
        NOTICE_TO,
        help="The days on which it can end. If empty: any day, or the end of its term.",
    )
    notice_given: date | None = day("Notice Given On", sealed=False)
    signed_by_provider: date | None = day("Signed by the Provider")
    signed_by_customer: date | None = day("Signed by the Customer")
    review_months: int | None = integer("Review Every (Months)", minimum=1, maximum=60)
    last_review: date | None = day("Last Review", sealed=False)
    service_hours: str = link("Service Hours", "calendars", "When the service is promised.")
    support_hours: str = link(
        "Support Hours", "calendars", "When people answer. If empty, during the service hours."
    )
    maintenance: tuple[AgreementMaintenance, ...] = rows(
        "Maintenance Windows", AgreementMaintenance, "When the service may stand still by agreement."
    )
    maintenance_notice_hours: float | None = number(
        "Notice of Maintenance (Hours)",
        "How long before planned work is announced at least, where its window does not say otherwise.",
        minimum=0,
    )
    emergency_notice_hours: float | None = number(
        "Emergency Notice (Hours)", "How long before an emergency closure is told at least.", minimum=0
    )
    emergency_closure: str = text(
        "Emergency Closure", "Who may close the service at once, for what reason, and who is told."
    )
    scope: tuple[AgreementScope, ...] = rows("Scope", AgreementScope)
    targets: tuple[AgreementTarget, ...] = rows("Targets", AgreementTarget)
    priority_change: str = choice(
        "When a Priority Changes",
        PRIORITY_CHANGES,
        help="What becomes of a running clock. If empty, the time that has passed counts against the new target.",
    )
    consequences: tuple[AgreementConsequence, ...] = rows(
        "Consequences", AgreementConsequence, "What is due when a target is breached."
    )
    escalations: tuple[AgreementEscalation, ...] = rows(
        "Escalation", AgreementEscalation, "Whom a case reaches while its time runs out."
    )
    severities: tuple[SeverityMapping, ...] = rows("Severities", SeverityMapping)
    workload_limit: str = line("Workload Limit", "How much work the agreement covers, in words.")
    workload: float | None = number("Workload (Requests per Month)", minimum=0)
    exceptions: str = text("Exceptions")
    remedies: str = text("Remedies", "What happens when a target is missed; or “none”.")
    unit_cost: float | None = number("Cost per Month", minimum=0)
    charges: tuple[AgreementCharge, ...] = rows("Charges", AgreementCharge, "What is paid, and by whom.")
    duties: tuple[AgreementDuty, ...] = rows("Duties", AgreementDuty, "What each side has to do.")
    support: tuple[AgreementSupport, ...] = rows("What Is Supported", AgreementSupport, "And what is not.")
    data_terms: tuple[AgreementDataTerm, ...] = rows("Security and Data", AgreementDataTerm)
    environments: tuple[AgreementEnvironment, ...] = rows("Environments", AgreementEnvironment)
    contacts: tuple[AgreementContact, ...] = rows("Contacts", AgreementContact)
    change_procedure: str = text("How It Is Changed")
    dispute_procedure: str = text("Disputes", "How they are settled.")
    taken_from: str = taken()


@collected(N_("Customer Requirement"), N_("Customer Requirements"), series="REQ", kept_by="service")
@record
class CustomerRequirement:
    """What a customer wants from a service, from us or from another provider."""

    id: str = key()
    title: str = line("Title")
    customer: str = link("Customer", "stakeholders", required=True)
    service: str = link("Service", "services")
    provider: str = choice("Provider", PROVIDERS, "Us")
    provider_name: str = line("Other Provider")
    metric: str = choice("Metric", METRICS)
    own_metric: str = _own_metric()
    priority: str = choice("Priority", PRIORITIES)
    value: float | None = number("Wanted Value", minimum=0)
    unit: str = choice("Unit", UNITS)
    own_unit: str = _own_unit()
    direction: str = _direction()
    share_of_cases: float | None = _share_of_cases()
    current_fulfilment: int | None = integer("Met Today (%)", minimum=0, maximum=100)
    future_fulfilment: int | None = integer("Met in Future (%)", minimum=0, maximum=100)
    declined: str = text("Declined Because", "Why no agreement will meet it.")
