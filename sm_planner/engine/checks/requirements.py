"""STK: what customers want of us and of others, and which agreement answers it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.subject import Metric, metric_of
from sm_planner.engine.agreements.targets import name
from sm_planner.engine.agreements.terms import Scope, day_of_plan, slas_in_force
from sm_planner.engine.checks.conditions import customers, missing, named, nothing_in
from sm_planner.engine.checks.depths import GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import PRIORITIES, CustomerRequirement, Plan

US = "Us"
Answer = tuple[str, str, Metric, str]
"""What a target answers: customer, service, metric, priority. An empty service or priority means any."""


@rule(
    "STK-08",
    Severity.ERROR,
    GROWN,
    title=N_("It is recorded what each customer wants from us and from other providers"),
    why=N_("Customers compare: they expect from us what others give them."),
    fix=N_(
        "Enter at least one requirement of the customer to us and one to another provider; or tick "
        "that the customer uses no other."
    ),
    source="Pollock 2019; HDI",
)
def wishes_recorded(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    wanted = {(requirement.customer, requirement.provider == US) for requirement in plan.requirements}
    for customer in customers(plan):
        elsewhere = (customer.id, False) in wanted
        if (customer.id, True) not in wanted:
            yield fault(customer, N_("“{0}”: it is not recorded what they want from us."), named(customer))
        if not elsewhere and not customer.sole_provider:
            yield fault(
                customer,
                N_("“{0}”: it is not recorded what they get from other providers, or that there are none."),
                named(customer),
                field="sole_provider",
            )
        elif elsewhere and customer.sole_provider:
            yield fault(
                customer,
                N_("“{0}” is marked as using no other provider, but a requirement names one."),
                named(customer),
                field="sole_provider",
            )


@rule(
    "STK-09",
    Severity.ERROR,
    GROWN,
    title=N_("Each requirement says how far it is met today, and how far it will be"),
    why=N_("Where the two differ, the plan has work to do; if nobody looked, nobody knows."),
    fix=N_("Fill in how far it is met today and in the future, in percent."),
    source="Pollock 2019",
)
def fulfilment_rated(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "requirements")
    for requirement in plan.requirements:
        yield from missing(requirement, "current_fulfilment", "future_fulfilment")


@rule(
    "STK-10",
    Severity.ERROR,
    GROWN,
    title=N_("Each requirement to us is answered by a target, or declined with a reason"),
    why=N_("A wish that gets no answer is taken for a promise."),
    fix=N_(
        "Agree on a target with the customer for the service, metric and priority, or say why it is declined."
    ),
    source="Ten steps",
)
def answered(plan: Plan, today: date) -> Iterator[Fault]:
    """Whether the target is strong enough is for AGR-12 to say."""
    yield from nothing_in(plan, "requirements")
    day = day_of_plan(plan, today)
    answers = _answers(plan, day)
    for requirement in plan.requirements:
        if requirement.provider != US or requirement.declined.strip():
            continue
        if not requirement.metric:
            yield unknown(
                requirement,
                N_("“{0}” has no metric that a target could answer."),
                named(requirement),
                field="metric",
            )
        elif _asked(requirement) not in answers:
            yield fault(
                requirement,
                N_("“{0}”: no target for {1} with “{2}” is in force on {3}."),
                named(requirement),
                name(requirement),
                named(plan.get("stakeholders", requirement.customer)),
                day,
            )


def _asked(requirement: CustomerRequirement) -> Answer:
    return requirement.customer, requirement.service, metric_of(requirement), requirement.priority


def _answers(plan: Plan, day: date) -> set[Answer]:
    """All that the targets of SLAs in force on the day answer."""
    found: set[Answer] = set()
    for agreement in slas_in_force(plan, day):
        covered = Scope.of(agreement).services
        for target in agreement.targets:
            services = ("", *(covered & {target.service} if target.service else covered))
            for priority in ("", target.priority) if target.priority else ("", *PRIORITIES):
                found |= {(agreement.customer, service, metric_of(target), priority) for service in services}
    return found


RULES = (wishes_recorded, fulfilment_rated, answered)
