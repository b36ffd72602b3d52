"""RAC: who fills the roles that hold letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sm_planner.engine.checks.conditions import missing, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.raci.cells import Wrong, cells_by_role, no_cells
from sm_planner.engine.model import LEVELS, Plan, Process, Role, Supplier
from sm_planner.engine.part.confirmation import State, confirmed_role
from sm_planner.engine.raci.effective import current_holders, external, supplier_of
from sm_planner.engine.texts import Text, say


@rule(
    "RAC-04",
    Severity.ERROR,
    FIRST,
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
    accountable = cells_by_role(plan, lambda letter: "A" in letter)
    on_duty = cells_by_role(plan, lambda letter: letter in ("A", "AR", "R"))
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
    GROWN,
    title=N_("The holder of an accountable role has the authority that the role needs"),
    why=N_("Nobody can answer for decisions that somebody else has to make."),
    fix=N_(
        "Give the role to somebody of the required level or above, or lower the level that the role requires."
    ),
    source="Pollock 2019; ISO 6.3 d",
)
def authority_suffices(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    accountable = cells_by_role(plan, lambda letter: "A" in letter)
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
                    fix=say(
                        N_(
                            "Give “{0}” to somebody of the level {1} or above; or let the role need the level {2}."
                        ),
                        named(role),
                        Text(role.level),
                        Text(person.level),
                    ),
                )


@rule(
    "RAC-16",
    Severity.WARNING,
    COMPLETE,
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
    FIRST,
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
    GROWN,
    title=N_("Everybody who holds a role with RACI letters has confirmed it as it is in this version"),
    why=N_("A duty that somebody never heard of, or heard of two versions ago, is not done."),
    fix=N_(
        "Ask the holder to open “My Part in the Plan” and to confirm what it shows. What somebody says "
        "otherwise can be entered as an acknowledgement, and is marked as entered for the person."
    ),
    source="Ten steps; common RACI practice",
)
def acknowledged(plan: Plan, today: date) -> Iterator[Fault]:
    """That somebody else entered it counts, and is told for information."""
    yield from no_cells(plan)
    cells = cells_by_role(plan)
    for role in plan.roles:
        for holder in role.holders if cells[role.id] else ():
            if not holder.runs(today):
                continue
            found = confirmed_role(plan, role.id, holder.person, today)
            if found.state not in _UNCONFIRMED:
                continue
            person = plan.get("people", holder.person)
            said = [named(role), named(person)]
            if found.fact:
                said.append(found.fact.day)
            if found.given:
                said.append(found.fact.entered_by)
            told = fault(role, _UNCONFIRMED[found.state], *said, field="holders", count=cells[role.id])
            yield replace(told, severity=Severity.INFORMATION) if found.given else told


_UNCONFIRMED = {
    State.NEVER: N_("“{0}”: “{1}” has not confirmed the role."),
    State.CHANGED: N_("“{0}”: “{1}” confirmed another part on {2} than the one that it is now."),
    State.OLD: N_("“{0}”: “{1}” confirmed the role on {2}, before the previous version was signed."),
    State.AHEAD: N_("“{0}”: “{1}” confirmed the role on {2}, which is in the future."),
    State.ENTERED_FOR: N_("“{0}”: that “{1}” confirmed the role on {2} was entered by {3}."),
}


@rule(
    "RAC-21",
    Severity.ERROR,
    GROWN,
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
