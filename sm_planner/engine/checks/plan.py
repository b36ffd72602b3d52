"""PLN: the plan itself. What it stands in: ``context``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks import context
from sm_planner.engine.checks.conditions import account, faults, first_of, missing, named
from sm_planner.engine.checks.depths import FIRST
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.pieces import pieces_of, told_alone
from sm_planner.engine.gates.mandate import of_why
from sm_planner.engine.lacks import empty
from sm_planner.engine.model import COLLECTIONS, Plan, ValueStatement
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.states import ACTIVE, SUPERSEDED
from sm_planner.engine.rhythm.occurrences import next_review, set_earlier
from sm_planner.engine.sealing.seal import own_seal
from sm_planner.engine.templates.looking import unseen, unseen_fields
from sm_planner.engine.texts import Text


@rule(
    "PLN-01",
    Severity.BLOCKER,
    FIRST,
    title=N_("The plan says who owns it and when it applies"),
    why=N_("A plan without an owner, an organisation and a period binds nobody."),
    fix=N_(
        "Fill in title, company or unit, provider type, an owner with an enabled user account, and a "
        "period that starts before it ends."
    ),
    source="Pollock 2019; Ten steps; FitSM GR4.1",
)
def identity(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "title", "provider_type", "plan_owner", "period_start", "period_end")
    if empty(plan.company) and empty(plan.unit):
        yield fault(plan, N_("Neither a company nor a unit is named."), field="company")
    owner = plan.get("people", plan.plan_owner)
    if owner and not account(owner):
        yield fault(
            plan, N_("The plan owner “{0}” has no enabled user account."), named(owner), field="plan_owner"
        )
    if plan.period_start and plan.period_end and plan.period_start >= plan.period_end:
        yield fault(
            plan,
            N_("The period ends on {1}, which is not after its start on {0}."),
            plan.period_start,
            plan.period_end,
            field="period_end",
        )


@rule(
    "PLN-02",
    Severity.BLOCKER,
    FIRST,
    title=N_("The scope is defined"),
    why=N_("People can tell whether the plan covers them only if it says what is in and what is out."),
    fix=N_("Name units and locations, and what is excluded; write “none” if nothing is excluded."),
    source="Mainville 2018; HDI; ISO 4.3; FitSM GR3.2",
)
def scope(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "scope_units", "scope_locations", "exclusions")


@rule(
    "PLN-03",
    Severity.BLOCKER,
    FIRST,
    title=N_("The plan says why, in the organisation's own words"),
    why=N_("A plan that exists only because others have one fails at the first resistance."),
    fix=N_(
        "Describe which problem the plan solves and for whom, in enough words for outsiders to understand it."
    ),
    source="Mainville 2018",
)
def reason(plan: Plan, today: date) -> Iterator[Fault]:
    yield from faults(of_why(plan))


@rule(
    "PLN-04",
    Severity.BLOCKER,
    FIRST,
    title=N_("The plan promises a value that can be measured"),
    why=N_("An effort is worth its cost only if somebody can later show what came of it."),
    fix=N_("Add a value statement with measure, owner and date."),
    source="Mainville 2018; HDI",
)
def value(plan: Plan, today: date) -> Iterator[Fault]:
    if not plan.value_statements:
        yield fault(plan, N_("The plan has no value statement."), field="value_statements")
    elif not any(map(_measurable, plan.value_statements)):
        yield fault(
            plan, N_("No value statement has a measure, an owner and a date."), field="value_statements"
        )


def _measurable(value: ValueStatement) -> bool:
    return not any(map(empty, (value.statement, value.measure, value.person, value.due)))


@rule(
    "PLN-06",
    Severity.BLOCKER,
    FIRST,
    title=N_("No piece of the plan is missing"),
    why=N_("The pieces depend on each other: without one of them, the whole is incomplete."),
    fix=N_("Enter what the message names."),
    source="Pollock 2019; Prakash 2016",
)
def completeness(plan: Plan, today: date) -> Iterator[Fault]:
    for piece in pieces_of(plan):
        if piece.open_points:
            for message, points in piece.open_points(plan):
                yield fault(
                    plan,
                    message,
                    Text(piece.name),
                    first_of(points),
                    field=piece.field,
                    count=len(points),
                    fix=piece.todo,
                )
    for piece in told_alone(plan):
        yield fault(
            plan,
            N_("A piece is missing: {0}, {1}"),
            Text(piece.name),
            Text(piece.what),
            field=piece.field,
            fix=piece.todo,
        )


@rule(
    "PLN-12",
    Severity.WARNING,
    FIRST,
    title=N_("The next review has a date that lies ahead"),
    why=N_("A plan that nobody looks at again is out of date before its period ends."),
    fix=N_(
        "Enter a plan review in the rhythm; or hold the review that is due, and set the date of the next one."
    ),
    source="Ten steps; FitSM GR1.3",
)
def review(plan: Plan, today: date) -> Iterator[Fault]:
    """A date that was set is judged here; those that follow from the rhythm, by REV-02."""
    if next_review(plan, today) is None:
        yield unknown(plan, N_("Nothing says when the plan is reviewed next."), field="next_review")
    wanted = set_earlier(plan)
    if wanted and wanted < today:
        yield fault(plan, N_("The next review was due on {0}."), wanted, field="next_review")


@rule(
    "PLN-11",
    Severity.BLOCKER,
    FIRST,
    title=N_("One version of the plan is in force, and each follows a signed one"),
    why=N_("With two versions in force, everybody follows the one that suits them."),
    fix=N_(
        "Continue from the latest signed version under the next number, and include the seals of its lineage."
    ),
    source="Pollock 2019; FitSM GR2.4; ISO 7.5.3",
)
def one_version(plan: Plan, today: date) -> Iterator[Fault]:
    signed = {seal.version for seal in plan.seals}
    latest = max(signed, default=0)
    version = plan.version or 1
    if plan.state == SUPERSEDED and latest <= version:
        yield fault(
            plan, N_("Version {0} is superseded, but no later version is signed."), version, field="state"
        )
    elif plan.state == ACTIVE and latest > version:
        yield fault(
            plan, N_("Version {0} is active, although version {1} is signed."), version, latest, field="state"
        )
    elif latest > version and own_seal(plan) is None:
        yield fault(
            plan,
            N_("Version {0} is being worked on, although version {1} is signed."),
            version,
            latest,
            field="version",
        )
    if version > 1 and not any(earlier < version for earlier in signed):
        yield fault(plan, N_("Version {0} does not follow a signed version."), version, field="version")


@rule(
    "PLN-17",
    Severity.WARNING,
    FIRST,
    title=N_("Somebody has looked at all that was taken from a template"),
    why=N_(
        "A template knows what is usual. Whether it is true here, only people of the organisation can say."
    ),
    fix=N_("Open the list, and change each record so that it fits here, or say that it fits."),
    source="Ten steps; Mainville 2018",
)
def looked_at(plan: Plan, today: date) -> Iterator[Fault]:
    for (template, collection), records in unseen(plan).items():
        yield fault(
            plan,
            N_("{0} of “{1}”, taken from “{2}”: nobody has looked at them yet."),
            len(records),
            Text(COLLECTIONS[collection].several),
            template,
            field=collection,
            count=len(records),
        )
    for name in unseen_fields(plan):
        yield fault(
            plan,
            N_("“{0}” of the plan stands as a template filled it: nobody has looked at it yet."),
            Text(specs(Plan)[name].label),
            field=name,
            fix=N_("Change it, or say in the head of the form of the plan, or in the list, that it fits."),
        )


RULES = tuple(
    sorted(
        (identity, scope, reason, value, completeness, one_version, review, looked_at, *context.RULES),
        key=lambda rule: rule.code,
    )
)
