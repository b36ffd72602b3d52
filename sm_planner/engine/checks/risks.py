"""RSK: what may happen to services, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import first_of, lacking, missing, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.learning.risks import acceptance_is_over, undeclared
from sm_planner.engine.model import GRADES, Plan, Service
from sm_planner.engine.model.vocabulary import ACCEPT
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.texts import Text

CRITICAL = GRADES[-1]


@rule(
    "RSK-01",
    Severity.ERROR,
    GROWN,
    title=N_("Each risk is rated by criteria, and has an owner and an answer"),
    why=N_("A risk that nobody looks after is no longer a risk when somebody hears of it."),
    fix=N_(
        "Rate likelihood and impact, name the owner, and decide on the answer. Say in the plan what the steps of the "
        "scales mean."
    ),
    source="HDI; ISO 6.1",
)
def answered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "risks")
    for risk in plan.risks:
        if risk.is_open:
            yield from missing(risk, "likelihood", "impact", "risk_owner", "answer")
        if risk.is_open and risk.answer == ACCEPT:
            yield from missing(risk, "decided_by", "answer_until")
        if acceptance_is_over(risk, today):
            yield fault(
                risk,
                N_("“{0}” was accepted until {1}."),
                named(risk),
                risk.answer_until,
                field="answer_until",
            )
    if steps := undeclared(plan):
        yield fault(
            plan,
            N_("Risks are rated by steps of which the plan does not say what they mean: {0}."),
            first_of([Text(step) for step in steps]),
            field="risk_criteria",
            count=len(steps),
        )


@rule(
    "RSK-02",
    Severity.WARNING,
    COMPLETE,
    title=N_("For each critical service, somebody has thought of outages and disasters"),
    why=N_("What is critical and has no risk entry was not looked at."),
    fix=N_("Enter a risk of the kind Availability or Continuity for the service."),
    source="FitSM PR4.2",
)
def outages_weighed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _without(
        plan,
        ("Availability", "Continuity"),
        N_("“{0}” is critical, and has no risk of the kind Availability or Continuity."),
    )


@rule(
    "RSK-03",
    Severity.WARNING,
    COMPLETE,
    title=N_("For each critical service, somebody has thought of information security"),
    why=N_("Who attacks looks for what hurts most, and so should whoever defends."),
    fix=N_("Enter a risk of the kind Information Security for the service."),
    source="FitSM PR6.2",
)
def security_weighed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _without(
        plan,
        ("Information Security",),
        N_("“{0}” is critical, and has no risk of the kind Information Security."),
    )


def _without(plan: Plan, kinds: tuple[str, ...], message: str) -> Iterator[Fault]:
    """The critical services that no risk of some kinds names. What was looked at and is closed has been looked at."""
    yield from nothing_in(plan, "services")
    looked_at = {service for risk in plan.risks if risk.kind in kinds for service in risk.services}
    for service in services_in_scope(plan):
        if is_critical(service):
            if service.id not in looked_at:
                yield fault(service, message, named(service))
        elif not (service.importance and service.impact):
            yield from lacking(service, "importance", "impact")


def is_critical(service: Service) -> bool:
    """Whether its importance or its impact says so."""
    return CRITICAL in (service.importance, service.impact)


RULES = (answered, outages_weighed, security_weighed)
