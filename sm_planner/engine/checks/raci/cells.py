"""How the RACI checks go through the matrix and tell what they find.

A fault that all cells of a process share is told once, for the process; one that all components of a service
share is told once, for the service; any other is told for its cell. The count says how many cells it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby

from sm_planner.engine.checks.conditions import named
from sm_planner.engine.checks.finding import N_, Fault, fault, idle
from sm_planner.engine.model import Plan
from sm_planner.engine.raci.effective import Cell, Duties, Held, effective
from sm_planner.engine.texts import Text

Wrong = tuple[str | date | Text, ...]
"""A message in which {0} is the place, and the rest of its arguments; empty if nothing is wrong."""

Judge = Callable[[Plan, Duties], Wrong]
"""Says what is wrong with the duties in a cell, wherever it lies."""


def judged(plan: Plan, judge: Judge) -> Iterator[Fault]:
    """The faults that a judge finds in the duties of the cells."""
    verdicts = {duties: judge(plan, duties) for duties in effective(plan).duties}
    if any(verdicts.values()):
        yield from told(plan, lambda cell: verdicts[cell.duties])
    yield from no_cells(plan)


def told(plan: Plan, verdict: Callable[[Cell], Wrong]) -> Iterator[Fault]:
    """What is wrong with the cells, told for the largest place that shares it."""
    return _shared(plan, effective(plan).cells, verdict, depth=1)


def _shared(
    plan: Plan, cells: Iterable[Cell], verdict: Callable[[Cell], Wrong], depth: int
) -> Iterator[Fault]:
    """depth: 1 looks at whole processes, 2 at the services in one, 3 at single cells."""
    for place, group in groupby(cells, key=lambda cell: cell[:depth]):
        members = list(group)
        wrongs = {verdict(cell) for cell in members}
        if len(wrongs) > 1:
            yield from _shared(plan, members, verdict, depth + 1)
        elif wrong := wrongs.pop():
            message, *args = wrong
            process = plan.get("processes", place[0])
            yield fault(process, message, place_name(plan, place), *args, count=len(members), cell=place)


def place_name(plan: Plan, place: tuple[str, ...]) -> str:
    """A process, a service in it or a component of that, by ids, as a message names it."""
    records = map(plan.get, ("processes", "services", "components"), place)
    return " / ".join(named(record) for record in records if record)


def no_cells(plan: Plan) -> Iterator[Fault]:
    """The check cannot be decided where the matrix is empty."""
    if not effective(plan).cells:
        yield idle(
            plan,
            N_("There are no cells to check, because no process applies to a service."),
            field="raci",
            fix=N_("Enter the services and the processes of the plan."),
        )


def cells_by_role(plan: Plan, wanted: Callable[[Held], bool] = lambda held: True) -> Counter[str]:
    """Role → the number of cells in which it holds a letter that is wanted."""
    counted: Counter[str] = Counter()
    for duties, cells in effective(plan).duties.items():
        for held in duties.letters:
            if wanted(held):
                counted[held.role] += cells
    return counted


def role_names(plan: Plan, roles: Iterable[str]) -> str:
    return ", ".join(named(plan.get("roles", role)) for role in roles)
