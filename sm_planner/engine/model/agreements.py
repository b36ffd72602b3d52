"""What is promised: agreements with their targets, and what customers want."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import collected
from sm_planner.engine.model.fields import choice, day, integer, key, line, link, number, record, rows, text
from sm_planner.engine.model.vocabulary import (
    AGREEMENT_KINDS,
    AGREEMENT_STATES,
    METRICS,
    PRIORITIES,
    PROVIDERS,
    UNITS,
)
from sm_planner.engine.texts import N_


@record
class AgreementScope:
    service: str = link("Service", "services")
    component: str = link("Component", "components")
    process: str = link("Process", "processes")


@record
class AgreementTarget:
    """One service level target: a metric, for a priority, with its value."""

    metric: str = choice("Metric", METRICS, required=True)
    priority: str = choice("Priority", PRIORITIES, help="If empty, for all priorities.")
    value: float | None = number("Value", minimum=0)
    unit: str = choice("Unit", UNITS)
    calendar: str = link(
        "Calendar",
        "calendars",
        "If empty: for times, the support hours of the agreement, or its service hours if it has "
        "none; otherwise its service hours.",
    )
    method: str = line("Measurement Method", "How it is measured.")
    source: str = line("Data Source", "Where the figures come from.")


@record
class SeverityMapping:
    priority: str = choice("Priority", PRIORITIES, required=True)
    severity: str = line("Severity", "What the other party calls it.", required=True)


@collected(N_("Agreement"), N_("Agreements"), series="AGR", kept_by="agreement_owner")
@record
class Agreement:
    """A service level agreement (SLA), an operational level agreement (OLA) or an underpinning contract (UC).

    Its counterparty is the customer of an SLA, the team of an OLA, the supplier of a UC.
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
    start_date: date | None = day("Start Date")
    end_date: date | None = day("End Date")
    notice_months: int | None = integer("Notice (Months)", minimum=0, maximum=60)
    signed_by_provider: date | None = day("Signed by the Provider")
    signed_by_customer: date | None = day("Signed by the Customer")
    review_months: int | None = integer("Review Every (Months)", minimum=1, maximum=60)
    last_review: date | None = day("Last Review", sealed=False)
    service_hours: str = link("Service Hours", "calendars", "When the service is promised.")
    support_hours: str = link(
        "Support Hours", "calendars", "When people answer. If empty, during the service hours."
    )
    scope: tuple[AgreementScope, ...] = rows("Scope", AgreementScope)
    targets: tuple[AgreementTarget, ...] = rows("Targets", AgreementTarget)
    severities: tuple[SeverityMapping, ...] = rows("Severities", SeverityMapping)
    workload_limit: str = line("Workload Limit", "How much work the agreement covers, in words.")
    workload: float | None = number("Workload (Requests per Month)", minimum=0)
    exceptions: str = text("Exceptions")
    remedies: str = text("Remedies", "What happens when a target is missed; or “none”.")
    unit_cost: float | None = number("Cost per Month", minimum=0)


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
    priority: str = choice("Priority", PRIORITIES)
    value: float | None = number("Wanted Value", minimum=0)
    unit: str = choice("Unit", UNITS)
    current_fulfilment: int | None = integer("Met Today (%)", minimum=0, maximum=100)
    future_fulfilment: int | None = integer("Met in Future (%)", minimum=0, maximum=100)
    declined: str = text("Declined Because", "Why no agreement will meet it.")
