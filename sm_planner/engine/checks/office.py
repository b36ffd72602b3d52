"""SMO: the office that keeps the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sm_planner.engine.agreements.terms import day_of_plan
from sm_planner.engine.approval.decision_rights import has_limit, named_by
from sm_planner.engine.checks.conditions import (
    first_names,
    label,
    missing,
    missing_in_rows,
    named,
    no_rows,
    nothing_in,
)
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import Person, Plan, Role
from sm_planner.engine.model.office import OTHER_MANDATE, WAIVERS, DecisionRight
from sm_planner.engine.model.vocabulary import SINGLE_ADVISER
from sm_planner.engine.raci.effective import current_holders, services_in_scope
from sm_planner.engine.rhythm.occurrences import body_members, body_rhythm
from sm_planner.engine.texts import Text

MANAGERS = ("change_manager", "improvement_manager")
"""The fields of the plan that name the roles which lead changes and improvements."""


@rule(
    "SMO-01",
    Severity.ERROR,
    GROWN,
    title=N_("The plan says who keeps it, and who stands in for a single adviser"),
    why=N_(
        "What one person alone keeps up stands still with the first illness, and nobody sees that it does."
    ),
    fix=N_("Choose the kind of office, and for a single adviser somebody who acts when that person is away."),
    source="Mainville 2018",
)
def kept_by(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "office")
    if plan.office == SINGLE_ADVISER:
        yield from missing(plan, "stand_in")
        if plan.stand_in and plan.stand_in == plan.plan_owner:
            yield fault(
                plan, N_("Whoever stands in is the plan owner, who keeps the plan already."), field="stand_in"
            )


@rule(
    "SMO-02",
    Severity.ERROR,
    GROWN,
    title=N_("The mandate of the office is told, and a role answers for each item"),
    why=N_("An office without a mandate is asked for everything and thanked for nothing."),
    fix=N_("Say what the office is there for, and which role, held by somebody, answers for each item."),
    source="Mainville 2018",
)
def mandated(plan: Plan, today: date) -> Iterator[Fault]:
    if not plan.mandate:
        yield fault(plan, N_("The plan does not say what the office is there for."), field="mandate")
    yield from missing_in_rows(plan, "mandate", "item", "role")
    for row in plan.mandate:
        if row.item == OTHER_MANDATE and not row.what.strip():
            yield fault(
                plan, N_("An item of the mandate is “Other”, and does not say what it is."), field="mandate"
            )
        role = plan.get("roles", row.role)
        if role and not _is_filled(plan, role, today):
            yield fault(
                plan,
                N_("The role “{0}” answers for “{1}”, and nobody holds it."),
                named(role),
                row.what or Text(row.item),
                field="mandate",
            )


@rule(
    "SMO-03",
    Severity.ERROR,
    GROWN,
    title=N_("A change manager and a continual improvement manager are named"),
    why=N_("What everybody should look after, nobody does."),
    fix=N_("Name the role that leads changes, and the one that leads improvements; one can be both."),
    source="Mainville 2018; Pollock 2019",
)
def managers_named(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, *MANAGERS)
    for field in MANAGERS:
        role = plan.get("roles", getattr(plan, field))
        if role and not _is_filled(plan, role, today):
            yield fault(
                plan, N_("{0}: nobody holds the role “{1}”."), label(plan, field), named(role), field=field
            )


@rule(
    "SMO-04",
    Severity.ERROR,
    GROWN,
    title=N_("At least one objective measures the office itself"),
    why=N_("An office that measures everybody but itself is not believed, and not paid for long."),
    fix=N_("Tick “Measures the Office” at an objective that shows how well the office does, or add one."),
    source="Mainville 2018",
)
def measured(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    if plan.objectives and not any(one.measures_office for one in plan.objectives):
        yield fault(plan, N_("No objective measures the office itself."), field="objectives")


@rule(
    "SMO-05",
    Severity.WARNING,
    GROWN,
    title=N_("It is told how each owner of a service is held to account"),
    why=N_("Owners keep the promises that somebody asks about."),
    fix=N_("Say under “Held to Account” what is looked at, where, and whom the owner answers to."),
    source="Mainville 2018",
)
def held_to_account(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    named_ones = {row.person for row in plan.accountabilities}
    owners = dict.fromkeys(service.service_owner for service in services_in_scope(plan))
    left = [person for person in _people(plan, owners) if person.id not in named_ones]
    if left and "" not in named_ones:
        yield fault(
            plan,
            N_("It is not told how these owners of services are held to account: {0}."),
            first_names(left),
            field="accountabilities",
            count=len(left),
        )
    for person in _people(
        plan, (row.person for row in plan.accountabilities if row.person == row.answers_to)
    ):
        yield fault(plan, N_("“{0}” answers to the same person."), named(person), field="accountabilities")


@rule(
    "SMO-06",
    Severity.ERROR,
    GROWN,
    title=N_("Leaders have decision rights, and each right has a limit"),
    why=N_("Who answers for something and may decide nothing waits, and lets others wait."),
    fix=N_(
        "Give the plan owner, the change manager and the continual improvement manager a decision right, by name or by "
        "role, with a limit in person-days or money."
    ),
    source="Pollock 2019; ISO 6.3 d",
)
def leaders_decide(plan: Plan, today: date) -> Iterator[Fault]:
    if not plan.decision_rights:
        yield fault(plan, N_("The plan gives nobody a right to decide."), field="decision_rights")
        return
    for number, right in enumerate(plan.decision_rights, 1):
        yield from _incomplete(plan, number, right)
    day = day_of_plan(plan, today)
    able = {one for right in plan.decision_rights if right.runs(day) for one in named_by(plan, right, today)}
    left = [person for person in _leaders(plan, today) if person.id not in able]
    if left:
        yield fault(
            plan,
            N_("Leaders without a decision right: {0}."),
            first_names(left),
            field="decision_rights",
            count=len(left),
        )


def _incomplete(plan: Plan, number: int, right: DecisionRight) -> Iterator[Fault]:
    if not (right.person or right.role or right.own_team):
        yield fault(plan, N_("Decision right {0} names nobody."), number, field="decision_rights")
    if right.what != WAIVERS and not has_limit(right):
        yield fault(
            plan,
            N_("Decision right {0} has no limit; nothing can be decided by it."),
            number,
            field="decision_rights",
        )


@rule(
    "SMO-07",
    Severity.WARNING,
    COMPLETE,
    title=N_("A governing body meets, and the leaders are members"),
    why=N_("Leaders who are not in the room learn of decisions when it is too late to say what they take."),
    fix=N_(
        "Name the governing body, the reviews in which it meets, and as members the sponsor, the plan owner, the change "
        "manager and the continual improvement manager."
    ),
    source="Pollock 2019",
)
def governed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "body_title")
    if not plan.body_title:
        return
    yield from missing(plan, "body_meets")
    rhythm = body_rhythm(plan)
    if plan.body_meets and rhythm is None:
        yield fault(
            plan,
            N_("“{0}” meets in reviews that do not stand in the rhythm: {1}."),
            plan.body_title,
            Text(plan.body_meets),
            field="body_meets",
        )
    there = {rhythm.chair if rhythm else "", *body_members(plan, today)}
    wanted = (*_people(plan, (plan.executive_sponsor,)), *_leaders(plan, today))
    left = [person for person in dict.fromkeys(wanted) if person.id not in there]
    if left:
        yield fault(
            plan,
            N_("Not in “{0}”: {1}."),
            plan.body_title,
            first_names(left),
            field="body_members",
            count=len(left),
        )


@rule(
    "SMO-08",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each key role has a deputy"),
    why=N_("A role that rests on one person ends with the first illness."),
    fix=N_("Name a deputy at the role, or let a second person hold it."),
    source="Pollock 2019",
)
def deputised(plan: Plan, today: date) -> Iterator[Fault]:
    key_roles = _key_roles(plan)
    if not key_roles:
        yield from no_rows(plan, "mandate")
    for role in key_roles:
        holders = {person.id for person in current_holders(role, plan, today)}
        if role.deputy and holders == {role.deputy}:
            yield fault(
                role, N_("“{0}” is held and deputised by the same person."), named(role), field="deputy"
            )
        elif not role.deputy and len(holders) < 2 and not _is_of_several(plan, role):
            yield fault(role, N_("The key role “{0}” has no deputy."), named(role), field="deputy")


def _key_roles(plan: Plan) -> tuple[Role, ...]:
    """The roles on which the office rests: they answer for its mandate, lead changes or improvements, or decide."""
    ids = (
        *(row.role for row in plan.mandate),
        *(getattr(plan, field) for field in MANAGERS),
        *(row.role for row in plan.decision_rights),
    )
    found = (plan.get("roles", id) for id in dict.fromkeys(ids))
    return tuple(role for role in found if role)


def _leaders(plan: Plan, today: date) -> tuple[Person, ...]:
    """The plan owner, and who leads changes and improvements."""
    roles = (plan.get("roles", getattr(plan, field)) for field in MANAGERS)
    held = (person for role in roles if role for person in current_holders(role, plan, today))
    return tuple(dict.fromkeys((*_people(plan, (plan.plan_owner,)), *held)))


def _people(plan: Plan, ids: Iterable[str]) -> tuple[Person, ...]:
    return tuple(filter(None, (plan.get("people", id) for id in ids)))


def _is_filled(plan: Plan, role: Role, today: date) -> bool:
    return bool(role.team or role.supplier or current_holders(role, plan, today))


def _is_of_several(plan: Plan, role: Role) -> bool:
    """Whether a team of several people, or a supplier, fills a role."""
    team = plan.get("teams", role.team)
    members = {team.lead, *(row.person for row in team.members)} - {""} if team else ()
    return bool(role.supplier) or len(members) > 1


RULES = (
    kept_by,
    mandated,
    managers_named,
    measured,
    held_to_account,
    leaders_decide,
    governed,
    deputised,
)
