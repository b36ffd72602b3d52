"""RAC: who fills the roles that hold letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import missing, named, nothing_in
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.raci.cells import Wrong, cells_by_role, no_cells
from sm_planner.engine.model import LEVELS, Plan, Process, Role, RoleHolder, Supplier
from sm_planner.engine.raci.effective import current_holders, external, holds, supplier_of
from sm_planner.engine.texts import Text


@rule(
    "RAC-04",
    Severity.ERROR,
    title=N_("Roles that are accountable or responsible are filled"),
    why=N_("A duty of a role without a holder is nobody's duty."),
    fix=N_(
        "Name a current holder with an enabled account. A role that is only responsible can also be "
        "filled by a team or a supplier."
    ),
    source="Pollock 2019; FitSM-3",
)
def roles_filled(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    accountable = cells_by_role(plan, lambda held: "A" in held.letter)
    on_duty = cells_by_role(plan, lambda held: held.letter in ("A", "AR", "R"))
    for role in plan.roles:
        if any(person.enabled for person in current_holders(role, plan, today)):
            continue
        if accountable[role.id] and not external(role, plan):
            yield fault(
                role,
                N_("“{0}” is accountable, but nobody with an enabled account holds the role today."),
                named(role),
                field="holders",
                count=accountable[role.id],
            )
        elif on_duty[role.id] and not (role.team or role.supplier):
            yield fault(
                role,
                N_(
                    "“{0}” has duties, but no person with an enabled account, no team and no supplier fills the "
                    "role today."
                ),
                named(role),
                field="holders",
                count=on_duty[role.id],
            )


@rule(
    "RAC-05",
    Severity.ERROR,
    title=N_("The holder of an accountable role has the authority that the role needs"),
    why=N_("Nobody can answer for decisions that somebody else has to make."),
    fix=N_(
        "Give the role to somebody of the required level or above, or lower the level that the role requires."
    ),
    source="Pollock 2019; ISO 6.3 d",
)
def authority_suffices(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    accountable = cells_by_role(plan, lambda held: "A" in held.letter)
    for role in plan.roles:
        if not accountable[role.id]:
            continue
        if not role.level:
            yield unknown(
                role,
                N_("“{0}” is accountable, but does not say which level it needs."),
                named(role),
                field="level",
            )
            continue
        for person in current_holders(role, plan, today):
            if not person.level:
                yield unknown(
                    person,
                    N_("“{0}” holds “{1}”, but has no level."),
                    named(person),
                    named(role),
                    field="level",
                )
            elif LEVELS.index(person.level) > LEVELS.index(role.level):
                yield fault(
                    person,
                    N_("“{0}” has the level {1}, below the level {2} that “{3}” needs."),
                    named(person),
                    Text(person.level),
                    Text(role.level),
                    named(role),
                    field="level",
                    count=accountable[role.id],
                )


@rule(
    "RAC-16",
    Severity.WARNING,
    title=N_("RACI letters are given to roles, not to people by name"),
    why=N_("People come and go; a role stays, and a successor finds its duties there."),
    fix=N_("Name the role after what it does, and enter the person as its holder."),
    source="common RACI practice; FitSM-3",
)
def roles_not_names(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    people = {person.title.casefold() for person in plan.people if person.title}
    cells = cells_by_role(plan)
    for role in plan.roles:
        if cells[role.id] and role.title.casefold() in people:
            yield fault(
                role,
                N_("The role “{0}” has the name of a person."),
                named(role),
                field="title",
                count=cells[role.id],
            )


@rule(
    "RAC-17",
    Severity.ERROR,
    title=N_("No RACI letter leads to somebody who has left"),
    why=N_(
        "People who look for help in the matrix must not end at a disabled account or an expired contract."
    ),
    fix=N_(
        "Enter the day on which the holder leaves the role, name a successor, or give the letter to "
        "another role."
    ),
    source="common RACI practice",
)
def nobody_gone(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    cells = cells_by_role(plan)
    for role in plan.roles:
        if cells[role.id]:
            for message, *args in _gone(plan, role, today):
                yield fault(role, message, named(role), *args, field="holders", count=cells[role.id])


def _gone(plan: Plan, role: Role, today: date) -> Iterator[Wrong]:
    for person in current_holders(role, plan, today):
        if not person.enabled:
            yield N_("“{0}” is held by “{1}”, whose account is not enabled."), named(person)
    if role.holders and all(holder.to_date and holder.to_date < today for holder in role.holders):
        yield (N_("“{0}” no longer has a holder."),)
    supplier: Supplier | None = plan.get("suppliers", supplier_of(role, plan))
    if supplier and supplier.exit_date and supplier.exit_date < today:
        yield N_("“{0}” is filled by “{1}”, who left on {2}."), named(supplier), supplier.exit_date


@rule(
    "RAC-20",
    Severity.ERROR,
    title=N_("Everybody who holds a role with RACI letters has acknowledged it for this version"),
    why=N_("A duty that somebody never heard of, or heard of two versions ago, is not done."),
    fix=N_("Ask the holder to acknowledge the role in this version, and enter the day."),
    source="Ten steps; common RACI practice",
)
def acknowledged(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    since = version_since(plan)
    cells = cells_by_role(plan)
    for role in plan.roles:
        if not cells[role.id]:
            continue
        for holder in role.holders:
            if holds(holder, today) and (wrong := unheard(holder, since, today)):
                message, *args = wrong
                person = plan.get("people", holder.person)
                yield fault(
                    role, message, named(role), named(person), *args, field="holders", count=cells[role.id]
                )


def version_since(plan: Plan) -> str:
    """The day on which the version before was signed, in ISO 8601; empty for a first version."""
    return max((seal.signed_at[:10] for seal in plan.seals if seal.version < plan.version), default="")


def unheard(holder: RoleHolder, since: str, today: date) -> Wrong:
    """Why the holder has not acknowledged the role since that day; empty if he has."""
    day = holder.acknowledged
    if day is None:
        return (N_("“{0}”: “{1}” has not acknowledged the role."),)
    if day.isoformat() < since:
        return N_("“{0}”: “{1}” acknowledged the role on {2}, before the previous version was signed."), day
    if day > today:
        return N_("“{0}”: “{1}” acknowledged the role on {2}, which is in the future."), day
    return ()


@rule(
    "RAC-21",
    Severity.ERROR,
    title=N_("Each process has one owner and one manager"),
    why=N_("One person answers for what a process achieves, and one for how it runs from day to day."),
    fix=N_("Set the roles of process owner and process manager, and give each exactly one current holder."),
    source="FitSM-3; ISO 5.3",
)
def processes_led(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "processes")
    for process in plan.processes:
        for field in ("owner_role", "manager_role"):
            yield from missing(process, field)
            yield from _not_one_holder(plan, process, field, today)


def _not_one_holder(plan: Plan, process: Process, field: str, today: date) -> Iterator[Fault]:
    role = plan.get("roles", getattr(process, field))
    holders = current_holders(role, plan, today) if role else ()
    if role and len(holders) != 1:
        yield fault(
            process,
            N_("“{0}”: the role “{1}” has {2} holders today, not one."),
            named(process),
            named(role),
            len(holders),
            field=field,
        )


RULES = (
    roles_filled,
    authority_suffices,
    roles_not_names,
    nobody_gone,
    acknowledged,
    processes_led,
)
