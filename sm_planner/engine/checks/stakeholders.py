"""STK: the stakeholders: who they are, what they want, and how they are spoken to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sm_planner.engine.change.groups import SIDES, affected, affected_units
from sm_planner.engine.change.impacts import gain_of, impacts_of
from sm_planner.engine.checks import requirements
from sm_planner.engine.checks.conditions import customers, empty, missing, named, not_set, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.engagement.relationship import last_engaged
from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.texts import Text


@rule(
    "STK-01",
    Severity.ERROR,
    GROWN,
    title=N_("Internal teams and customers are among the stakeholders"),
    why=N_("Some provide the services and others use them; a plan that forgets one side misses its point."),
    fix=N_("Add at least one stakeholder of the kind Internal Team and one of the kind Customer."),
    source="Ten steps; FitSM GR3.1",
)
def both_sides(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    kinds = {stakeholder.kind for stakeholder in plan.stakeholders}
    for kind in SIDES:
        if kinds and kind not in kinds:
            yield fault(plan, N_("No stakeholder is of the kind {0}."), Text(kind), field="stakeholders")


@rule(
    "STK-02",
    Severity.ERROR,
    GROWN,
    title=N_("Each stakeholder's needs are known"),
    why=N_("Needs that nobody asked about are met only by luck."),
    fix=N_("Ask them, and write down what they need and expect."),
    source="HDI; FitSM GR3.1; ISO 4.2",
)
def needs_known(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    for stakeholder in plan.stakeholders:
        yield from missing(stakeholder, "needs")


@rule(
    "STK-03",
    Severity.ERROR,
    GROWN,
    title=N_("Each customer has one person who looks after the relationship"),
    why=N_("Customers who have to explain themselves to everybody are understood by nobody."),
    fix=N_("Name a relationship manager with an enabled account."),
    source="FitSM PR7.2; ISO 8.3.2",
)
def relationship_kept(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    for customer in customers(plan):
        yield from missing(customer, "contact")
        manager = plan.get("people", customer.contact)
        if manager and not manager.enabled:
            yield fault(
                customer,
                N_("“{0}”: its relationship manager “{1}” has no enabled account."),
                named(customer),
                named(manager),
                field="contact",
            )


@rule(
    "STK-04",
    Severity.WARNING,
    GROWN,
    title=N_("Stakeholders with high influence are spoken to regularly"),
    why=N_("Somebody who can stop the plan, and has not heard of it for long, will stop it."),
    fix=N_("Speak with them, and enter the engagement: who, when, about what, and what came of it."),
    source="HDI",
)
def engaged(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    longest = plan.settings.engagement_days
    if longest is None:
        yield not_set(plan, N_("The settings do not say how old an engagement may be."))
        return
    for stakeholder in plan.stakeholders:
        if stakeholder.influence != "High":
            continue
        last = last_engaged(plan, stakeholder, today)
        if last is None:
            yield fault(stakeholder, N_("Nobody has spoken with “{0}” yet."), named(stakeholder))
        elif not timedelta() <= today - last <= timedelta(longest):
            yield fault(
                stakeholder,
                N_("“{0}” was last engaged on {1}, not in the last {2} days."),
                named(stakeholder),
                last,
                longest,
            )


@rule(
    "STK-05",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each unit that the plan changes has a champion"),
    why=N_("People follow a colleague who believes in it sooner than a memo."),
    fix=N_(
        "Find somebody in the unit who speaks up for the plan, and mark the stakeholder as champion, or name "
        "that person at the change impact."
    ),
    source="Mainville 2018",
)
def championed(plan: Plan, today: date) -> Iterator[Fault]:
    units = affected_units(plan)
    if not plan.stakeholders:
        yield from nothing_in(plan, "stakeholders")
    elif not units:
        yield unknown(plan, N_("No internal team or customer has a unit."), field="stakeholders")
    for members in units.values():
        if not any(one.champion or _has_champions(plan, one) for one in members):
            yield fault(
                members[0],
                N_("The unit “{0}” has no champion."),
                members[0].unit,
                field="champion",
                count=len(members),
            )


@rule(
    "STK-06",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each group that the plan changes knows what it gains"),
    why=N_("Nobody changes habits for the benefit of somebody else."),
    fix=N_("Describe what these people gain, in their own words."),
    source="Mainville 2018",
)
def value_offered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    for stakeholder in affected(plan):
        if empty(gain_of(plan, stakeholder)):
            yield from missing(stakeholder, "value_proposition")


@rule(
    "STK-07",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each stakeholder's preferred channel is known"),
    why=N_("A message that comes through the wrong channel is not read."),
    fix=N_("Ask how they want to be informed, and enter it."),
    source="HDI",
)
def channel_asked(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    for stakeholder in plan.stakeholders:
        yield from missing(stakeholder, "preferred_channel")


@rule(
    "STK-11",
    Severity.ERROR,
    GROWN,
    title=N_("Each customer knows where to order, escalate and complain"),
    why=N_("Customers who do not know where to complain go to the top, or elsewhere."),
    fix=N_("Fill in ordering, escalation and complaint channel."),
    source="FitSM PR7.3",
)
def doors_open(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    for customer in customers(plan):
        yield from missing(customer, "ordering_channel", "escalation_channel", "complaint_channel")


def _has_champions(plan: Plan, stakeholder: Stakeholder) -> bool:
    return any(impact.champions for impact in impacts_of(plan, stakeholder))


RULES = tuple(
    sorted(
        (
            both_sides,
            needs_known,
            relationship_kept,
            engaged,
            championed,
            value_offered,
            channel_asked,
            doors_open,
            *requirements.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
