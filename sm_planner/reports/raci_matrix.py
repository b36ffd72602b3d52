"""RACI Matrix: a row for each process, service and component, a column for each role that holds a letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sm_planner.engine.model import Plan, Role
from sm_planner.engine.raci.effective import Cell, Duties, Held, current_holders, effective
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

PLACE = (
    Column("process_title", Text(N_("Process")), width=180, collection="processes", key="process"),
    Column("service_title", Text(N_("Service")), width=180, collection="services", key="service"),
    Column("component_title", Text(N_("Component")), width=180, collection="components", key="component"),
    Column("state", Text(N_("State")), width=200),
)
ALL_SERVICES = Text(N_("All services"))
ALL_COMPONENTS = Text(N_("All components"))
COMPLETE = Text(N_("Complete"))
CHARTED = 6
"""Roles in the chart: those with the most letters."""

_STATES = {
    (0, False): Text(N_("Nobody accountable or responsible")),
    (0, True): Text(N_("Nobody accountable")),
    (1, False): Text(N_("Nobody responsible")),
    (1, True): COMPLETE,
    (2, False): Text(N_("Several accountable, nobody responsible")),
    (2, True): Text(N_("Several accountable")),
}


class Line(NamedTuple):
    """What a row shows. An empty service or component id: the row stands for several of them."""

    process: str
    service: str
    component: str
    duties: Duties
    component_title: Text | str = ""


def report(
    plan: Plan,
    today: date,
    *,
    process: str = "",
    service: str = "",
    component: str = "",
    role: str = "",
    person: str = "",
    gaps_first: bool = False,
    collapsed: bool = False,
) -> Table:
    """The effective matrix of a plan.

    process, service, component: only the cells with these ids. role: only the letters of that role, and the
    cells in which it holds one; person: those of the roles that this person holds today. gaps_first: what lacks
    exactly one A or an R comes first. collapsed: a row for the rule of each process, and rows only for what
    differs from it.
    """
    wanted = _wanted(plan, today, role, person)
    cells = [
        cell
        for cell in effective(plan).cells
        if process in ("", cell.process)
        and service in ("", cell.service)
        and component in ("", cell.component)
        and _concerns(cell.duties, wanted)
    ]
    lines = list(_collapsed(plan, process, cells) if collapsed else _cell_lines(plan, cells))
    lines = [line for line in lines if _concerns(line.duties, wanted)]
    if gaps_first:
        lines.sort(key=lambda line: not is_gap(line.duties))
    held = {letter.role for line in lines for letter in line.duties.letters}
    roles = [role for role in plan.roles if role.id in held and (wanted is None or role.id in wanted)]
    columns = tuple(map(_role_column, roles))
    blank = {column.fieldname: "" for column in columns}
    duties = Counter(cell.duties for cell in cells)
    return Table(
        columns=(*PLACE, *columns),
        rows=[_row(plan, line, blank) for line in lines],
        summary=_summary(duties),
        chart=_chart(plan, duties),
        message=_message(duties),
    )


def figures(plan: Plan, today: date) -> Table:
    """What the whole matrix comes to: the report without its rows and its chart."""
    duties = effective(plan).duties
    return Table(columns=(), rows=[], summary=_summary(duties), message=_message(duties))


def _wanted(plan: Plan, today: date, role: str, person: str) -> set[str] | None:
    """The roles that the reader asks for; None if for all."""
    if not role and not person:
        return None
    return {
        known.id
        for known in plan.roles
        if role in ("", known.id)
        and (not person or person in (holder.id for holder in current_holders(known, plan, today)))
    }


def _concerns(duties: Duties, wanted: set[str] | None) -> bool:
    return wanted is None or any(held.role in wanted for held in duties.letters)


def is_gap(duties: Duties) -> bool:
    """Whether the cell applies and lacks exactly one A, or an R."""
    return duties.not_applicable is None and state(duties) is not COMPLETE


def state(duties: Duties) -> Text:
    """What is to be said about who holds the A and the R."""
    if duties.not_applicable:
        reason = duties.not_applicable.task
        return say(N_("Not applicable: {0}"), reason) if reason else Text(N_("Not applicable, no reason"))
    return _STATES[min(len(duties.accountable), 2), bool(duties.responsible)]


def _cell_lines(plan: Plan, cells: Iterable[Cell]) -> Iterator[Line]:
    for cell in cells:
        yield Line(*cell, component_title=plan.title_of("components", cell.component))


def _collapsed(plan: Plan, only: str, cells: Iterable[Cell]) -> Iterator[Line]:
    """The rule of each process, then the parts of services that differ from it."""
    of_process = {process: list(group) for process, group in groupby(cells, lambda cell: cell.process)}
    for process in plan.processes:
        if only not in ("", process.id):
            continue
        rule = effective(plan).defaults[process.id]
        yield Line(process.id, "", "", rule)
        for service, members in groupby(of_process.get(process.id, ()), lambda cell: cell.service):
            yield from _differences(plan, process.id, service, list(members), rule)


def _differences(plan: Plan, process: str, service: str, cells: list[Cell], rule: Duties) -> Iterator[Line]:
    alike: dict[Duties, list[str]] = {}
    for cell in cells:
        alike.setdefault(cell.duties, []).append(cell.component)
    for duties, components in alike.items():
        if _says(duties) == _says(rule):
            continue
        if len(components) == 1:
            yield Line(process, service, components[0], duties, plan.title_of("components", components[0]))
        elif len(components) == len(cells):
            yield Line(process, service, "", duties, ALL_COMPONENTS)
        else:
            names = ", ".join(plan.title_of("components", component) for component in components)
            yield Line(process, service, "", duties, names)


def _says(duties: Duties) -> tuple:
    return sorted((held.role, held.letter) for held in duties.letters), duties.not_applicable


def _row(plan: Plan, line: Line, blank: dict[str, str]) -> dict[str, Any]:
    return {
        "process": line.process,
        "service": line.service,
        "component": line.component,
        "process_title": plan.title_of("processes", line.process),
        "service_title": plan.title_of("services", line.service) if line.service else ALL_SERVICES,
        "component_title": line.component_title,
        "state": state(line.duties),
        **blank,
        **{
            _field(held.role): _letter(line, held)
            for held in line.duties.letters
            if _field(held.role) in blank
        },
    }


def _letter(line: Line, held: Held) -> str:
    """The letter, in brackets if the row takes it over from the level above."""
    entry = held.origin
    own = not line.service or bool(entry.component or (entry.service and not line.component))
    return held.letter if own else f"({held.letter})"


def _role_column(role: Role) -> Column:
    """A column that is wide enough to read the title of its role, and no wider than a screen bears."""
    name = role.title or role.id
    return Column(_field(role.id), name, width=min(max(90, 8 * len(name) + 40), 200))


def _field(role: str) -> str:
    return f"role:{role}"


def _summary(cells: Counter[Duties]) -> tuple[Figure, ...]:
    gaps = _gaps(cells)
    without = sum(count for duties, count in gaps.items() if not duties.accountable)
    several = sum(count for duties, count in gaps.items() if len(duties.accountable) > 1)
    undone = sum(count for duties, count in gaps.items() if not duties.responsible)
    left_out = sum(count for duties, count in cells.items() if duties.not_applicable)
    return (
        Figure(Text(N_("Cells")), cells.total()),
        Figure(Text(N_("Nobody accountable")), without, "Red" if without else "Green"),
        Figure(Text(N_("Several accountable")), several, "Red" if several else "Green"),
        Figure(Text(N_("Nobody responsible")), undone, "Red" if undone else "Green"),
        Figure(Text(N_("Not applicable")), left_out),
    )


def _gaps(cells: Counter[Duties]) -> dict[Duties, int]:
    return {duties: count for duties, count in cells.items() if is_gap(duties)}


def _chart(plan: Plan, cells: Counter[Duties]) -> Chart | None:
    """In how many cells each role holds the A and the R."""
    accountable: Counter[str] = Counter()
    responsible: Counter[str] = Counter()
    for duties, count in cells.items():
        accountable.update(dict.fromkeys(duties.accountable, count))
        responsible.update(dict.fromkeys(duties.responsible, count))
    roles = [role for role, _ in (accountable + responsible).most_common(CHARTED)]
    if not roles:
        return None
    return Chart(
        title=Text(N_("RACI: the roles with the most letters")),
        labels=tuple(plan.title_of("roles", role) for role in roles),
        datasets=(
            Dataset(Text(N_("Accountable")), tuple(accountable[role] for role in roles)),
            Dataset(Text(N_("Responsible")), tuple(responsible[role] for role in roles)),
        ),
        colors=("#0b5c6e", "#64727e"),
        reading=say(
            N_("{0} has the most letters: accountable in {1} cells and responsible in {2}."),
            plan.title_of("roles", roles[0]),
            accountable[roles[0]],
            responsible[roles[0]],
        ),
    )


def _message(cells: Counter[Duties]) -> Text:
    if not cells:
        return Text(N_("There are no cells yet. Add processes and services to the plan."))
    if gaps := sum(_gaps(cells).values()):
        return say(
            N_("{0} of {1} cells have a gap. Give each exactly one A and at least one R."),
            gaps,
            cells.total(),
        )
    return Text(
        N_("Every cell that applies has one A and at least one R. Letters in brackets are inherited.")
    )
