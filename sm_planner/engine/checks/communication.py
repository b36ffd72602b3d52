"""COM: whether everybody hears what the plan has to say, in time, from the right person; and knows the own part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import empty, missing, named, no_sponsor, not_set, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.communication.audience import has_audience, is_for, senders
from sm_planner.engine.communication.briefing import orders
from sm_planner.engine.communication.confirming import awaited, is_unheard
from sm_planner.engine.communication.runs import held, latest_gap, next_due
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import HARD, LAUNCH, POLICY
from sm_planner.engine.part.confirmation import shares
from sm_planner.engine.texts import say

HIGH = "High"


@rule(
    "COM-01",
    Severity.ERROR,
    GROWN,
    title=N_("Each stakeholder group hears of the plan: what, how, from whom and when"),
    why=N_("Who hears nothing makes up the rest, and what is made up is rarely good."),
    fix=N_(
        "Add a communication for the group, with message, channel, sender, frequency and first date; "
        "give an example of what is hard to say."
    ),
    source="Pollock 2019; Ten steps; ISO 7.4",
)
def told_to_each(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "communications")
    for one in plan.communications:
        yield from missing(one, "message", "channel", "frequency", "first_date")
        if not one.sender and not one.sender_role:
            yield fault(one, N_("“{0}” has no sender."), named(one), field="sender")
        if not has_audience(one):
            yield fault(one, N_("“{0}” is for nobody."), named(one), field="stakeholders")
        if one.clarity == HARD and empty(one.example):
            yield fault(one, N_("“{0}” is hard to say, and has no example."), named(one), field="example")
    for group in plan.stakeholders if plan.communications else ():
        if not any(is_for(one, group) for one in plan.communications):
            yield fault(group, N_("No communication is for “{0}”."), named(group))


@rule(
    "COM-02",
    Severity.ERROR,
    GROWN,
    title=N_("In each unit, enough of those who have a part in the plan have confirmed it"),
    why=N_("A unit that does not know its part works as before, whatever the others have agreed to."),
    fix=N_(
        "Ask them to open “My Part in the Plan”; the report “Confirmed Parts” lists who has not confirmed yet."
    ),
    source="Pollock 2019; Ten steps",
)
def parts_confirmed(plan: Plan, today: date) -> Iterator[Fault]:
    least = plan.settings.least_acknowledged
    if least is None:
        yield not_set(plan, N_("The settings do not say how many people must have confirmed their parts."))
        return
    units = shares(plan, today)
    if not units:
        yield unknown(plan, N_("Nobody has a part in the plan."), field="people")
    for unit in units:
        if not unit.reaches(least):
            yield fault(
                plan,
                N_("{0}: {1} of {2} people have confirmed their part; it should be {3} %."),
                unit.unit or say(N_("People without a unit")),
                unit.confirmed,
                unit.asked,
                least,
                field="people",
                count=len(unit.waiting),
            )


@rule(
    "COM-03",
    Severity.WARNING,
    GROWN,
    title=N_("Groups with much influence or interest can answer"),
    why=N_(
        "An edict is obeyed as long as somebody looks; what people could speak about they carry themselves."
    ),
    fix=N_("Give the group a communication that goes both ways, such as a meeting or a round table."),
    source="Pollock 2019",
)
def both_ways(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "communications")
    two_way = [one for one in plan.communications if one.two_way]
    for group in plan.stakeholders if plan.communications else ():
        if HIGH in (group.influence, group.interest) and not any(is_for(one, group) for one in two_way):
            yield fault(group, N_("“{0}” hears of the plan, and has no way to answer."), named(group))


@rule(
    "COM-04",
    Severity.WARNING,
    GROWN,
    title=N_("The plan is launched by its sponsor"),
    why=N_("What matters to the top is said by the top; from anybody else it is one more project."),
    fix=N_("Add a communication of the kind Launch whose sender is the executive sponsor, and hold it so."),
    source="Mainville 2018; HDI",
)
def launched_by_sponsor(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_sponsor(plan)
    yield from nothing_in(plan, "communications")
    sponsor = plan.executive_sponsor
    launches = [one for one in plan.communications if one.kind == LAUNCH]
    if plan.communications and not launches:
        yield fault(plan, N_("No communication launches the plan."), field="communications")
    for one in launches if plan.get("people", sponsor) else ():
        runs = held(plan, one, today)
        said_by = [run.sender for run in runs if run.sender]
        if said_by and sponsor not in said_by:
            text = N_("“{0}” was held by “{1}”, not by the sponsor.")
            yield fault(one, text, named(one), plan.title_of("people", said_by[0]), field="sender")
        elif not said_by and sponsor not in senders(plan, one, one.first_date or today):
            yield fault(one, N_("“{0}” does not come from the sponsor."), named(one), field="sender")


@rule(
    "COM-05",
    Severity.WARNING,
    GROWN,
    title=N_("What is to be said again and again is said as often as planned"),
    why=N_("Silence is heard as an end of the interest, and people go back to what they did before."),
    fix=N_(
        "Hold it, and enter the run; or plan it as often as it can be held. Who heard a briefing confirms it on the page "
        "“My Part in the Plan”."
    ),
    source="Ten steps",
)
def no_gaps(plan: Plan, today: date) -> Iterator[Fault]:
    """By the run that is awaited and the last one: what was longer ago cannot be mended, and stands in the report."""
    yield from nothing_in(plan, "communications")
    for one in plan.communications:
        gap = latest_gap(plan, one, today)
        if gap and gap.is_open:
            text = N_("“{0}” was to be held by {1}, and was not.")
            yield fault(one, text, named(one), gap.wanted, field="frequency", count=gap.days)
        elif gap:
            text = N_("“{0}” was to be held by {1}, and was held on {2}.")
            yield fault(one, text, named(one), gap.wanted, gap.until, field="frequency", count=gap.days)
        if is_unheard(plan, one, today):
            text = N_("“{0}” was held on {1}, and nobody has confirmed having heard it.")
            yield fault(one, text, named(one), awaited(plan, one, today).day, field="kind")


@rule(
    "COM-06",
    Severity.WARNING,
    COMPLETE,
    title=N_("First-line supervisors are briefed before their teams"),
    why=N_("People ask their supervisor first; who hears it with them cannot answer, and shrugs."),
    fix=N_(
        "Plan a supervisor briefing on an earlier day than the briefing of the team, whose audience has the supervisor; "
        "or enter whom it reached. Supervisors confirm it on the page “My Part in the Plan”."
    ),
    source="Mainville 2018",
)
def supervisors_first(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "communications")
    for order in orders(plan, today):
        whom = plan.title_of("people", order.whom)
        if order.told is None:
            text = N_("“{0}” briefs {1}, whose supervisor “{2}” is briefed by nothing.")
            yield fault(order.briefing, text, named(order.briefing), order.team, whom, field="teams")
        elif not order.is_kept:
            text = N_("{0} is briefed on {1}, and the supervisor “{2}” on {3}, not before.")
            days = order.team_told.day, order.told.day
            yield fault(order.briefing, text, order.team, days[0], whom, days[1], field="first_date")
        elif order.unconfirmed:
            text = N_("{0}: the supervisor “{1}” has not confirmed the briefing of {2}.")
            yield fault(order.briefing, text, order.team, whom, order.unconfirmed, field="teams")


@rule(
    "COM-07",
    Severity.ERROR,
    GROWN,
    title=N_("The policy of service management is approved and communicated"),
    why=N_("A policy that nobody approved binds nobody, and one that nobody heard of helps nobody."),
    fix=N_(
        "Add a communication of the kind Policy; enter who approved the policy and when, and hold it on its day."
    ),
    source="FitSM GR1.2; ISO 5.2.2",
)
def policy_told(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "communications")
    policies = [one for one in plan.communications if one.kind == POLICY]
    if plan.communications and not policies:
        yield fault(plan, N_("No communication tells of the policy."), field="communications")
    for one in policies:
        yield from missing(one, "approved_by", "approved_on")
        if one.approved_on and one.approved_on > today:
            text = N_("“{0}” is approved only on {1}.")
            yield fault(one, text, named(one), one.approved_on, field="approved_on")
    runs = [run for one in policies for run in held(plan, one, today)]
    days = [day for one in policies if (day := next_due(plan, one, today))]
    if policies and not runs and not any(day >= today for day in days):
        yield fault(policies[0], N_("Nobody has heard of the policy yet."), field="first_date")


RULES = (
    told_to_each,
    parts_confirmed,
    both_ways,
    launched_by_sponsor,
    no_gaps,
    supervisors_first,
    policy_told,
)
