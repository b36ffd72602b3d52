"""RAC: the effective RACI, after inheritance.

A fault that all cells of a process share is told once, for the process; one that all components of a service
share is told once, for the service; any other is told for its cell. The count says how many cells it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from sm_planner.engine.checks.conditions import missing, named, nothing_in
from sm_planner.engine.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Plan, Process, Role, Supplier
from sm_planner.engine.raci import Cell, Duties, Held, current_holders, effective, external

Wrong = tuple[str, ...]
"""A message in which {0} is the place, and the rest of its arguments; empty if nothing is wrong."""

Judge = Callable[[Plan, Duties], Wrong]
"""Says what is wrong with the duties in a cell."""


@rule(
    "RAC-01",
    Severity.BLOCKER,
    title=N_("Exactly one role is accountable in each cell"),
    why=N_("Where two are accountable each waits for the other; where nobody is, nothing gets decided."),
    fix=N_("Leave one A for the cell; make the other roles C or I, or give the A to a role."),
    source="Prakash 2016; common RACI practice",
)
def one_accountable(plan: Plan, today: date) -> Iterator[Fault]:
    return _judged(plan, _accountability)


def _accountability(plan: Plan, duties: Duties) -> Wrong:
    if duties.not_applicable or len(duties.accountable) == 1:
        return ()
    if not duties.accountable:
        return (N_("Nobody is accountable for {0}."),)
    return N_("Several roles are accountable for {0}: {1}."), _names(plan, duties.accountable)


@rule(
    "RAC-02",
    Severity.BLOCKER,
    title=N_("At least one role is responsible in each cell"),
    why=N_("Work that no role does stays undone, whoever is accountable for it."),
    fix=N_("Give an R to the role that does the work."),
    source="Prakash 2016; common RACI practice",
)
def somebody_responsible(plan: Plan, today: date) -> Iterator[Fault]:
    return _judged(plan, _responsibility)


def _responsibility(plan: Plan, duties: Duties) -> Wrong:
    if duties.not_applicable or duties.responsible:
        return ()
    return (N_("Nobody is responsible for {0}."),)


@rule(
    "RAC-03",
    Severity.ERROR,
    title=N_("Each cell has letters, or a reason why it needs none"),
    why=N_("An empty cell is a gap until somebody says why the process does not apply there."),
    fix=N_("Give letters to the roles that take part, or enter N/A without a role and say why."),
    source="Prakash 2016",
)
def no_blank(plan: Plan, today: date) -> Iterator[Fault]:
    return _judged(plan, _coverage)


def _coverage(plan: Plan, duties: Duties) -> Wrong:
    if duties.not_applicable and not duties.not_applicable.task:
        return (N_("{0} does not apply, but nothing says why."),)
    if not duties.letters and not duties.not_applicable:
        return (N_("No role has a part in {0}."),)
    return ()


@rule(
    "RAC-04",
    Severity.ERROR,
    title=N_("Roles that are accountable or responsible are filled"),
    why=N_("A duty of a role that nobody holds is a duty of nobody."),
    fix=N_(
        "Name a current holder whose account is enabled. A role that is only responsible can be filled by a "
        "team or a supplier."
    ),
    source="Pollock 2019; FitSM-3",
)
def roles_filled(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _no_cells(plan)
    accountable = _cells_by_role(plan, lambda held: "A" in held.letter)
    on_duty = _cells_by_role(plan, lambda held: held.letter in ("A", "AR", "R"))
    for role in plan.roles:
        if any(person.enabled for person in current_holders(role, plan, today)):
            continue
        if accountable[role.id] and not external(role, plan):
            yield fault(
                role,
                N_("“{0}” is accountable, but no enabled person holds the role today."),
                named(role),
                field="holders",
                count=accountable[role.id],
            )
        elif on_duty[role.id] and not (role.team or role.supplier):
            yield fault(
                role,
                N_("“{0}” has duties, but no enabled person, team or supplier fills the role today."),
                named(role),
                field="holders",
                count=on_duty[role.id],
            )


@rule(
    "RAC-08",
    Severity.ERROR,
    title=N_("Nobody outside the organisation is accountable"),
    why=N_("Work can be given to others; answering for it to the customer cannot."),
    fix=N_("Give the A to a role of the organisation, and leave the R with the partner."),
    source="ISO 8.2.3",
)
def accountability_retained(plan: Plan, today: date) -> Iterator[Fault]:
    return _judged(plan, _retention)


def _retention(plan: Plan, duties: Duties) -> Wrong:
    outside = [id for id in duties.accountable if external(plan.get("roles", id), plan)]
    if not outside:
        return ()
    return N_("Accountable for {0} is somebody outside: {1}."), _names(plan, outside)


@rule(
    "RAC-17",
    Severity.ERROR,
    title=N_("No letter leads to somebody who has left"),
    why=N_("Who looks for help by the matrix must not end at a closed account or a past contract."),
    fix=N_("End the holding, name a successor, or give the letter to another role."),
    source="common RACI practice",
)
def nobody_gone(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _no_cells(plan)
    cells = _cells_by_role(plan, lambda held: True)
    for role in plan.roles:
        if cells[role.id]:
            for message, *args in _gone(plan, role, today):
                yield fault(role, message, named(role), *args, field="holders", count=cells[role.id])


def _gone(plan: Plan, role: Role, today: date) -> Iterator[Wrong]:
    for person in current_holders(role, plan, today):
        if not person.enabled:
            yield N_("“{0}” is held by “{1}”, who is not enabled."), named(person)
    if role.holders and all(holder.to_date and holder.to_date < today for holder in role.holders):
        yield (N_("“{0}” is held by nobody any more."),)
    supplier = _supplier(plan, role)
    if supplier and supplier.exit_date and supplier.exit_date < today:
        yield N_("“{0}” is filled by “{1}”, who left on {2}."), named(supplier), str(supplier.exit_date)


def _supplier(plan: Plan, role: Role) -> Supplier | None:
    """The supplier that fills the role, by itself or with its team."""
    team = plan.get("teams", role.team)
    return plan.get("suppliers", role.supplier or (team.supplier if team else ""))


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


def _judged(plan: Plan, judge: Judge) -> Iterator[Fault]:
    """The faults that a judge finds in the cells, told for the largest place that shares them."""
    yield from _no_cells(plan)
    matrix = effective(plan)
    verdicts = {duties: judge(plan, duties) for duties in matrix.duties}
    if any(verdicts.values()):
        yield from _shared(plan, matrix.cells, verdicts, depth=1)


def _shared(
    plan: Plan, cells: Iterable[Cell], verdicts: Mapping[Duties, Wrong], depth: int
) -> Iterator[Fault]:
    """depth: 1 looks at whole processes, 2 at the services in one, 3 at single cells."""
    for place, group in groupby(cells, key=lambda cell: cell[:depth]):
        members = list(group)
        wrongs = {verdicts[cell.duties] for cell in members}
        if len(wrongs) > 1:
            yield from _shared(plan, members, verdicts, depth + 1)
        elif wrong := wrongs.pop():
            message, *args = wrong
            process = plan.get("processes", place[0])
            yield fault(process, message, _place_name(plan, place), *args, count=len(members))


def _place_name(plan: Plan, place: tuple[str, ...]) -> str:
    records = map(plan.get, ("processes", "services", "components"), place)
    return " / ".join(named(record) for record in records if record)


def _no_cells(plan: Plan) -> Iterator[Fault]:
    if not effective(plan).cells:
        yield unknown(plan, N_("There are no cells to check: no process meets a service."), field="raci")


def _cells_by_role(plan: Plan, wanted: Callable[[Held], bool]) -> Counter[str]:
    """Role → the number of cells in which it holds a letter that is wanted."""
    counted: Counter[str] = Counter()
    for duties, cells in effective(plan).duties.items():
        for held in duties.letters:
            if wanted(held):
                counted[held.role] += cells
    return counted


def _names(plan: Plan, roles: Iterable[str]) -> str:
    return ", ".join(named(plan.get("roles", role)) for role in roles)


RULES = (
    one_accountable,
    somebody_responsible,
    no_blank,
    roles_filled,
    accountability_retained,
    nobody_gone,
    processes_led,
)
