"""TRN: who has to be able to do what, and learns it in time. What it says of service owners stands with SVC.

Findings name roles and services and count their people: what somebody in particular cannot do is for himself and whoever
leads him.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import (
    IF_ANY,
    empty,
    first_names,
    missing,
    missing_in_rows,
    named,
    nothing_in,
)
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, idle, rule
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import FUNDAMENTALS, LEADERS, LEADERSHIP, SOFT, TECHNICAL
from sm_planner.engine.raci.effective import effective, external, services_in_scope
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import Text
from sm_planner.engine.training.audience import groups, own_people, without_kind
from sm_planner.engine.training.gaps import Need, State, gaps, needs

EFFECT_MONTHS = 6
"""How long after a training its effect is looked at, at the latest."""


@rule(
    "TRN-01",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each role with duties says what who holds it has to be able to do"),
    why=N_("Who does not know what a role asks for learns it from mistakes, at the cost of customers."),
    fix=N_("Enter at the role the skills that it needs, each with a level."),
    source="Ten steps; ISO 7.2",
)
def skills_named(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "roles")
    working = {
        held.role
        for duties in effective(plan).duties
        for held in duties.letters
        if held.letter in ("A", "R", "AR")
    }
    for role in plan.roles:
        if role.id in working and not external(role, plan):
            yield from missing(role, "skills")
        yield from missing_in_rows(role, "skills", "skill", "level")
    for skill in plan.skills:
        yield from missing(skill, "kind")


@rule(
    "TRN-02",
    Severity.ERROR,
    GROWN,
    title=N_("Each gap between a role and who holds it is closed by a training, before the role starts"),
    why=N_("A duty that somebody was never taught is a duty that nobody carries out."),
    fix=N_(
        "Plan a training of that skill for them that ends before they start, or enter the rating that shows that they can do it."
    ),
    source="Ten steps",
)
def gaps_closed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _nothing_needed(plan, today)
    for role in plan.roles:
        own = [need for need in gaps(plan, today) if need.role.id == role.id]
        nothing = Counter(need.skill.id for need in own if need.state is State.OPEN)
        late = Counter(need.skill.id for need in own if need.state is State.LATE and not need.began(today))
        told = (
            (nothing, N_("“{0}” needs “{1}”. No training ahead brings that to {2} of those who fill it.")),
            (late, N_("“{0}” needs “{1}”. The training for {2} of those who fill it ends after they start.")),
        )
        for counted, message in told:
            for skill, count in counted.items():
                title = plan.title_of("skills", skill)
                yield fault(role, message, named(role), title, count, field="skills", count=count)


@rule(
    "TRN-03",
    Severity.ERROR,
    COMPLETE,
    title=N_("Trainings teach technical and soft skills"),
    why=N_("Who can mend a machine and not talk to its user leaves half of the complaint unmended."),
    fix=N_(
        "Plan trainings for both: a technical skill, and one such as listening or dealing with customers."
    ),
    source="Ten steps",
)
def both_kinds(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "trainings")
    taught = {
        skill.kind
        for training in plan.trainings
        for row in training.skills
        if (skill := plan.get("skills", row.skill))
    }
    for kind in (TECHNICAL, SOFT) if plan.trainings else ():
        if kind not in taught:
            yield fault(
                plan, N_("No training teaches a skill of this kind: {0}."), Text(kind), field="trainings"
            )


@rule(
    "TRN-04",
    Severity.ERROR,
    COMPLETE,
    title=N_("Fundamentals are taught at each level and in each unit"),
    why=N_("A plan of which only its authors know the words is carried out by its authors alone."),
    fix=N_("Plan a training of the fundamentals for these people, or for everyone."),
    source="Pollock 2019",
)
def fundamentals(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "people")
    for group in groups(plan):
        left = tuple(without_kind(plan, FUNDAMENTALS, group.people, today))
        if left:
            yield fault(
                plan,
                N_("{0}, {1}: fundamentals are taught to {2} of {3} people."),
                group.unit or Text(N_("No Unit")),
                Text(group.level or N_("No Level")),
                len(group.people) - len(left),
                len(group.people),
                field="trainings",
                count=len(left),
            )


@rule(
    "TRN-05",
    Severity.ERROR,
    GROWN,
    title=N_("Who owns or manages a process was trained before starting"),
    why=N_("Nobody follows a process whose owner has to look it up. For service owners, see SVC-11."),
    fix=N_("Train them before they start. Where they have started, do it at once and enter the attendance."),
    source="Mainville 2018",
)
def process_owners_trained(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _nothing_needed(plan, today)
    owning = dict.fromkeys(
        role for one in plan.processes for role in (one.owner_role, one.manager_role) if role
    )
    for role in filter(None, (plan.get("roles", id) for id in owning)):
        if external(role, plan):
            continue
        untrained = {
            need.person.id for need in gaps(plan, today) if need.role.id == role.id and _too_late(need, today)
        }
        if untrained:
            yield fault(
                role,
                N_(
                    "“{0}” owns or manages a process. Not trained before they start: {1} of those who fill it."
                ),
                named(role),
                len(untrained),
                field="holders",
                count=len(untrained),
            )


@rule(
    "TRN-06",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each training names the budget line that pays it, or says that it costs nothing"),
    why=N_("Training without money is the first thing that is put off."),
    fix=N_("Choose a budget line, or tick “No Cost”; not both."),
    source="Ten steps",
)
def paid_for(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "trainings")
    for training in plan.trainings:
        if training.no_cost and training.budget_line:
            yield fault(
                training,
                N_("“{0}” costs nothing, and is paid from a budget line."),
                named(training),
                field="budget_line",
            )
        elif not training.no_cost:
            yield from missing(training, "budget_line")


@rule(
    "TRN-07",
    Severity.WARNING,
    COMPLETE,
    title=N_("The effect of each training is checked"),
    why=N_("A training that changes nothing at work was a day off, and is repeated next year."),
    fix=N_(
        "Say how the effect is checked. Within six months, enter at the attendance of somebody what was seen of it."
    ),
    source="ISO 7.2",
)
def effect_checked(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "trainings")
    seen = {fact.training for fact in plan.attendances if fact.effect}
    for training in plan.trainings:
        yield from missing(training, "effect_check", "start_date", "skills")
        if not training.everyone and empty(training.audience):
            yield fault(training, N_("“{0}” is for nobody."), named(training), field="audience")
        by = training.ends and months_after(training.ends, EFFECT_MONTHS)
        if by and by < today and training.id not in seen:
            yield fault(
                training,
                N_("“{0}” ended on {1}, and nobody has looked at its effect."),
                named(training),
                training.ends,
                field="effect_check",
            )


@rule(
    "TRN-08",
    Severity.WARNING,
    COMPLETE,
    title=N_("Leaders are taught to lead"),
    why=N_("People follow whoever leads them, not a plan; and nobody is born able to lead a change."),
    fix=N_("Plan a training of a skill of the kind Leadership for all leaders."),
    source="Pollock 2019",
)
def leaders_taught(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "people")
    leaders = tuple(person for person in own_people(plan) if person.level in LEADERS)
    left = tuple(without_kind(plan, LEADERSHIP, leaders, today))
    if left:
        yield fault(
            plan,
            N_("Leaders whom nobody teaches to lead: {0}."),
            first_names(left),
            field="trainings",
            count=len(left),
        )


@rule(
    "SVC-11",
    Severity.ERROR,
    GROWN,
    title=N_("Each service owner is trained before the service, or the plan, starts"),
    why=N_("An owner who learns the service while customers wait makes promises that others have to keep."),
    fix=N_(
        "Enter the skills that a role of theirs needs, and plan trainings that end before they start; then "
        "enter the attendance."
    ),
    source="Mainville 2018",
)
def service_owners_trained(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in services_in_scope(plan):
        owner = plan.get("people", service.service_owner)
        if owner is None:
            continue
        own = [need for need in needs(plan, today) if need.person.id == owner.id]
        late = [need for need in own if _too_late(need, today)]
        if not own:
            yield fault(
                service,
                N_("“{0}”: no role says what its owner has to be able to do."),
                named(service),
                field="service_owner",
            )
        elif late:
            yield fault(
                service,
                N_(
                    "“{0}”: its owner is not trained before starting. Skills missing: {1}; needed from {2} on."
                ),
                named(service),
                len({need.skill.id for need in late}),
                min((need.starts for need in late if need.starts), default=today),
                field="service_owner",
                count=len({need.skill.id for need in late}),
            )


def _nothing_needed(plan: Plan, today: date) -> Iterator[Fault]:
    """The check cannot be decided where no role that somebody fills says what it needs: it did not pass."""
    if not needs(plan, today):
        yield idle(plan, N_("No role that somebody fills says what it needs."), field="roles", fix=IF_ANY)


def _too_late(need: Need, today: date) -> bool:
    """Whether somebody starts, or has started, without what he needs."""
    return need.is_gap and (need.state is not State.IN_TIME or need.began(today))


RULES = (
    skills_named,
    gaps_closed,
    both_kinds,
    fundamentals,
    process_owners_trained,
    paid_for,
    effect_checked,
    leaders_taught,
)
