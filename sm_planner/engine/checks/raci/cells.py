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
from sm_planner.engine.raci.effective import Cell, Duties, effective
from sm_planner.engine.texts import Text, say

Wrong = tuple[str | date | Text, ...]
"""A message in which {0} is the place, and the rest of its arguments; empty if nothing is wrong."""

ADVICE = {
    "Nobody is accountable for {0}.": N_(
        "Give one role the A for {0}: the one that decides where the others disagree."
    ),
    "Several roles are accountable for {0}: {1}.": N_(
        "For {0}, leave the A with one of these roles, and give the others a C or an I: {1}."
    ),
    "Nobody is responsible for {0}.": N_(
        "Give the R for {0} to the role that does the work. A role that also decides about it gets A/R."
    ),
    "No role has a part in {0}.": N_(
        "For {0}, give an A and an R; or enter N/A without a role, and say why it does not apply."
    ),
    "{0} does not apply, but no reason is given.": N_(
        "In the entry N/A for {0}, say why it does not apply; or give letters to the roles that take part."
    ),
    "Too many have a part in {0}: {1}.": N_(
        "For {0}, take letters away until each number is within its limit ({1}), or split the work."
    ),
    "Somebody outside the organisation is accountable for {0}: {1}.": N_(
        "Give the A for {0} to a role of the organisation, and leave the R with {1}."
    ),
    "Nobody is consulted or informed about {0}.": N_(
        "For {0}, give a C to a role that could advise, or an I to one that has to know."
    ),
    "No agreement in force covers what {1} does for {0}.": N_(
        "Add {0} to the scope of an agreement with the partner that fills {1}, or give the R to another role."
    ),
}
"""What is wrong with a place of the matrix → what to change there; both are filled by the same words."""

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
            words = place_name(plan, place), *args
            fix = say(ADVICE[message], *words) if message in ADVICE else ""
            yield fault(process, message, *words, count=len(members), fix=fix, cell=place)


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


def cells_by_role(plan: Plan, wanted: Callable[[str], bool] = lambda letter: True) -> Counter[str]:
    """Role → the number of cells in which it holds a letter that is wanted."""
    counted: Counter[str] = Counter()
    for (role, letter), cells in plan.derived(_cells_by_letter).items():
        if wanted(letter):
            counted[role] += cells
    return counted


def _cells_by_letter(plan: Plan) -> Counter[tuple[str, str]]:
    """Role and letter → the number of cells in which the role holds it."""
    counted: Counter[tuple[str, str]] = Counter()
    for duties, cells in effective(plan).duties.items():
        for role, letter, _origin in duties.letters:
            counted[role, letter] += cells
    return counted


def role_names(plan: Plan, roles: Iterable[str]) -> str:
    return ", ".join(named(plan.get("roles", role)) for role in roles)
