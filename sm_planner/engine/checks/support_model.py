"""MOD: the support model: first contact, tiers, channels, escalation and the flows through them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.targets import looseness
from sm_planner.engine.agreements.term import ENDED
from sm_planner.engine.agreements.terms import Scope
from sm_planner.engine.checks import rosters, support_change
from sm_planner.engine.checks.conditions import empty, missing, named, not_set, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import FLOWS, Plan
from sm_planner.engine.model.services import EscalationStep
from sm_planner.engine.model.vocabulary import FUNCTIONAL, HIERARCHICAL
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.rosters.coverage import FIRST_TIER
from sm_planner.engine.rosters.promised import delivered, for_customers
from sm_planner.engine.service_map import too_large
from sm_planner.engine.texts import Text


@rule(
    "MOD-01",
    Severity.BLOCKER,
    FIRST,
    title=N_("Each service that customers use has a first contact, with a target"),
    why=N_("People who need help must know whom to call, and how soon somebody answers."),
    fix=N_(
        "Name the team of tier 1, and promise a response, either in an SLA for the service or in an "
        "agreement with that team."
    ),
    source="Prakash 2016",
)
def first_contact(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    services, teams = _response_promised(plan)
    for service in for_customers(plan):
        first = {row.team for row in service.support_tiers if row.tier == FIRST_TIER}
        if not first:
            yield fault(
                service,
                N_("“{0}” does not say who the first contact is."),
                named(service),
                field="support_tiers",
            )
        elif service.id not in services and teams.isdisjoint(first):
            yield fault(
                service,
                N_("“{0}”: no agreement says how soon the first contact, “{1}”, responds."),
                named(service),
                ", ".join(named(plan.get("teams", team)) for team in sorted(first)),
            )


def _response_promised(plan: Plan) -> tuple[set[str], set[str]]:
    """The services for which SLAs promise a response, and the teams that promise one in OLAs or UCs."""
    services: set[str] = set()
    parties: set[tuple[str, str]] = set()
    for agreement in promising(plan):
        responds = any(
            target.metric == "Response" and looseness(target) is not None for target in agreement.targets
        )
        if not responds or agreement.status == ENDED:
            continue
        if agreement.kind == "SLA":
            services |= Scope.of(agreement).services
        else:
            parties |= {("team", agreement.team), ("supplier", agreement.supplier)}
    parties -= {("team", ""), ("supplier", "")}
    teams = {
        team.id
        for team in plan.teams
        if not parties.isdisjoint((("team", team.id), ("supplier", team.supplier)))
    }
    return services, teams


@rule(
    "MOD-02",
    Severity.ERROR,
    GROWN,
    title=N_("Support tiers are numbered from 1 without a gap"),
    why=N_("An incident goes from one tier to the next; if one is missing, it goes nowhere."),
    fix=N_("Number the tiers from the first contact on: 1, 2, 3. Several teams may share a tier."),
    source="Prakash 2016; HDI",
)
def tiers_in_order(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in services_in_scope(plan):
        tiers = {row.tier for row in service.support_tiers}
        gaps = sorted(set(range(FIRST_TIER, max(tiers, default=0))) - tiers)
        if gaps:
            yield fault(
                service,
                N_("“{0}” has no tier {1}, but has a higher one."),
                named(service),
                ", ".join(map(str, gaps)),
                field="support_tiers",
            )


@rule(
    "MOD-03",
    Severity.ERROR,
    GROWN,
    title=N_("Each service that customers use lists its channels and decides on self-service"),
    why=N_("Users take the channel that they know, so the channels have to be a decision."),
    fix=N_("List the channels, and say whether users can help themselves, and why or why not."),
    source="Prakash 2016",
)
def channels_decided(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in for_customers(plan):
        yield from missing(service, "channels", "self_service")


@rule(
    "MOD-04",
    Severity.ERROR,
    GROWN,
    title=N_("There is a way from self-service to a person"),
    why=N_("Users who are stuck in a menu and reach nobody are lost twice."),
    fix=N_("Say for each self-service channel when a person takes over, and how."),
    source="Prakash 2016",
)
def person_reachable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in services_in_scope(plan):
        for channel in service.channels:
            if channel.is_self_service and empty(channel.hand_over):
                yield fault(
                    service,
                    N_("“{0}”: the self-service channel {1} does not say when a person takes over."),
                    named(service),
                    Text(channel.kind),
                    field="channels",
                )


@rule(
    "MOD-05",
    Severity.ERROR,
    GROWN,
    title=N_("What happens outside service hours is decided"),
    why=N_(
        "Failures keep no hours. Whether somebody comes at night is decided beforehand, or left to chance."
    ),
    fix=N_(
        "Write down what happens after hours and who is on call; “nothing until the next morning” is an answer."
    ),
    source="Prakash 2016",
)
def after_hours_decided(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in for_customers(plan):
        yield from missing(service, "after_hours")


@rule(
    "MOD-07",
    Severity.ERROR,
    GROWN,
    title=N_("A process carries each flow of the support model"),
    why=N_("Somebody has to take on what comes from users, and what goes back to them."),
    fix=N_("Set the flow at the process that carries it, or add such a process."),
    source="Prakash 2016",
)
def flows_assigned(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "processes")
    carried = {process.flow for process in plan.processes}
    for flow in FLOWS:
        if plan.processes and flow not in carried:
            yield fault(plan, N_("No process carries the flow {0}."), Text(flow), field="processes")


@rule(
    "MOD-08",
    Severity.ERROR,
    GROWN,
    title=N_("Each service says where an incident goes when it gets stuck"),
    why=N_("An escalation path that has to be invented in a crisis comes late and reaches the wrong people."),
    fix=N_(
        "Say who is next in line with more skill, and who with more authority; of each step, after how many "
        "minutes and to whom."
    ),
    source="FitSM PR9.3",
)
def escalation_known(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in delivered(plan):
        stepped = {step.kind for step in service.escalation}
        for kind, field in ESCALATION_FIELD.items():
            if kind not in stepped:
                yield from missing(service, field)
        for step in service.escalation:
            for lacks, message in (
                (
                    step.minutes is None,
                    N_("“{0}”: a step of the escalation, {1}, does not say after how long."),
                ),
                (not _goes_to(step), N_("“{0}”: a step of the escalation, {1}, does not say to whom.")),
            ):
                if lacks:
                    yield fault(service, message, named(service), Text(step.kind), field="escalation")


ESCALATION_FIELD = {FUNCTIONAL: "functional_escalation", HIERARCHICAL: "hierarchical_escalation"}
"""Kind of a step → the field that says the same in words."""


def _goes_to(step: EscalationStep) -> bool:
    return bool(step.role or step.person or step.team or step.note)


@rule(
    "MOD-10",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each family of services fits on one page of the map"),
    why=N_("A map that covers several pages shows parts, but not how they fit together."),
    fix=N_(
        "Let several teams lead the services (the first team listed at a service leads it), or "
        "include fewer components and customers in the plan."
    ),
    source="Prakash 2016",
)
def map_on_a_page(plan: Plan, today: date) -> Iterator[Fault]:
    most = plan.settings.most_map_nodes
    yield from nothing_in(plan, "services")
    if most is None:
        yield not_set(plan, N_("The settings do not say how many boxes a map may have."))
        return
    for family, boxes in too_large(plan, most).items():
        team = plan.get("teams", family)
        if team:
            text = N_("The services that “{2}” leads need {0} boxes on the map, more than {1}.")
            yield fault(team, text, boxes, most, named(team))
        else:
            text = N_("The services that no team leads need {0} boxes on the map, more than {1}.")
            yield fault(plan, text, boxes, most, field="services")


@rule(
    "MOD-11",
    Severity.WARNING,
    GROWN,
    title=N_("The plan says what makes an incident a major one, and who leads then"),
    why=N_("It is best to decide in advance when to drop everything else, and who may order it."),
    fix=N_("Write down the criteria, and name the role that leads."),
    source="FitSM PR9.6",
)
def major_incidents_defined(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "major_incident_criteria", "major_incident_lead")


RULES = tuple(
    sorted(
        (
            first_contact,
            tiers_in_order,
            channels_decided,
            person_reachable,
            after_hours_decided,
            flows_assigned,
            escalation_known,
            map_on_a_page,
            major_incidents_defined,
            *rosters.RULES,
            *support_change.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
