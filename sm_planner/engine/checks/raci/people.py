"""RAC: what the matrix asks of each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby, product

from sm_planner.engine.checks.conditions import named, not_set, nothing_in
from sm_planner.engine.checks.depths import COMPLETE
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.raci.cells import no_cells, place_name
from sm_planner.engine.model import Person, Plan, Process
from sm_planner.engine.model.values import folded
from sm_planner.engine.raci.effective import Cell, Duties, effective
from sm_planner.engine.raci.load import Holders, Load, load
from sm_planner.engine.texts import say


@rule(
    "RAC-07",
    Severity.WARNING,
    COMPLETE,
    title=N_("Nobody carries more than one person can"),
    why=N_("People who answer for everything decide late; people who are in every cell have time for none."),
    fix=N_("Hand some of the letters down or over to others; the settings say how many are too many."),
    source="common RACI practice",
)
def not_overloaded(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    most = plan.settings
    cells = len(effective(plan).cells)
    for person, carried in _loads(plan, today):
        if most.most_accountable_cells and carried.accountable > most.most_accountable_cells:
            yield fault(
                person,
                N_("“{0}” is accountable in {1} cells, more than {2}."),
                named(person),
                carried.accountable,
                most.most_accountable_cells,
                count=carried.accountable,
                fix=say(
                    N_("Give the A of at least {0} of these cells to roles that others hold."),
                    carried.accountable - most.most_accountable_cells,
                ),
            )
        if most.most_responsible_cells and carried.responsible > most.most_responsible_cells:
            yield fault(
                person,
                N_("“{0}” is responsible in {1} cells, more than {2}."),
                named(person),
                carried.responsible,
                most.most_responsible_cells,
                count=carried.responsible,
                fix=say(
                    N_("Give the R of at least {0} of these cells to roles that others hold."),
                    carried.responsible - most.most_responsible_cells,
                ),
            )
        if most.largest_cell_share and carried.cells * 100 > most.largest_cell_share * cells:
            yield fault(
                person,
                N_("“{0}” has a part in {1} of {2} cells, more than {3} %."),
                named(person),
                carried.cells,
                cells,
                most.largest_cell_share,
                count=carried.cells,
                fix=say(
                    N_("Give the letters of at least {0} of these cells to roles that others hold."),
                    carried.cells - int(most.largest_cell_share * cells // 100),
                ),
            )


@rule(
    "RAC-11",
    Severity.WARNING,
    COMPLETE,
    title=N_("Nobody both answers for and does nearly all of the work alone"),
    why=N_("If one person does the work alone and answers for it, nobody checks it and nobody can step in."),
    fix=N_("Give the R or the A of some cells to another role; the settings say which share is too large."),
    source="common tool practice",
)
def not_alone(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    most = plan.settings.largest_lone_share
    for person, carried in _loads(plan, today):
        if most and carried.alone * 100 > most * carried.cells:
            yield fault(
                person,
                N_("“{0}” is accountable and the only one responsible in {1} of {2} cells, more than {3} %."),
                named(person),
                carried.alone,
                carried.cells,
                most,
                count=carried.alone,
                fix=say(
                    N_(
                        "In at least {0} of these cells, give the A, or an R too, to a role that somebody else holds."
                    ),
                    carried.alone - int(most * carried.cells // 100),
                ),
            )


def _loads(plan: Plan, today: date) -> Iterator[tuple[Person, Load]]:
    for person, carried in load(plan, today).items():
        yield plan.get("people", person), carried


@rule(
    "RAC-10",
    Severity.ERROR,
    COMPLETE,
    title=N_("Duties that check each other lie with different people"),
    why=N_("People who approve their own work, or check their own books, neither approve nor check."),
    fix=N_("Give one of the two letters to a role that somebody else holds. The settings list the pairs."),
    source="common tool practice",
)
def duties_segregated(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    if not plan.settings.segregated:
        yield not_set(plan, N_("The settings list no duties to keep apart."))
    cells = {
        process: list(group) for process, group in groupby(effective(plan).cells, lambda cell: cell.process)
    }
    holders = Holders(plan, today)
    for line in plan.settings.segregated:
        names = line.split("/")
        pair = [_processes_called(plan, name) for name in names]
        if len(pair) != 2:
            yield unknown(
                plan,
                N_("The settings keep “{0}” apart, which is not a pair of processes."),
                line,
                fix=N_("Write two processes with a slash between them, such as change / release."),
            )
        elif not all(pair):
            lacking = ", ".join(
                f"“{name.strip()}”" for name, found in zip(names, pair, strict=True) if not found
            )
            yield unknown(
                plan,
                N_(
                    "The settings keep “{0}” apart, but no process of the plan has this title, id or flow: {1}."
                ),
                line,
                lacking,
                fix=N_(
                    "Write the pair in the settings with the titles of two processes, or their flows; or remove "
                    "it."
                ),
            )
        else:
            yield from _held_together(plan, product(*pair), cells, holders)


def _held_together(
    plan: Plan,
    pairs: Iterable[tuple[Process, Process]],
    cells: Mapping[str, list[Cell]],
    holders: Holders,
) -> Iterator[Fault]:
    """Who answers for the first of a pair and does the second. cells: those of each process, by its id."""
    for approve, implement in pairs:
        both = zip(cells.get(approve.id, ()), cells.get(implement.id, ()), strict=True)
        for person, places in _conflicts(both, holders).items():
            yield fault(
                plan.get("people", person),
                N_("“{0}” is accountable for {1} and responsible for {2}, for example for {3}."),
                named(plan.get("people", person)),
                named(approve),
                named(implement),
                place_name(plan, places[0][:3]),
                count=len(places),
            )


def _processes_called(plan: Plan, name: str) -> list[Process]:
    """The process of that id, else those of that title, else those that carry the flow of that name."""
    for field in ("id", "title", "flow"):
        found = [process for process in plan.processes if folded(getattr(process, field)) == folded(name)]
        if found:
            return found
    return []


def _conflicts(pairs: Iterator[tuple[Cell, Cell]], holders: Holders) -> dict[str, list[Cell]]:
    """Person → the cells of the second process in which he does what he answers for in the first.

    pairs: the cells of two processes for the same service and component.
    """
    known: dict[tuple[Duties, Duties], list[str]] = {}
    found: dict[str, list[Cell]] = {}
    for first, second in pairs:
        both = first.duties, second.duties
        if both not in known:
            known[both] = sorted(holders.of(both[0].accountable) & holders.of(both[1].responsible))
        for person in known[both]:
            found.setdefault(person, []).append(second)
    return found


@rule(
    "RAC-19",
    Severity.WARNING,
    COMPLETE,
    title=N_("Every member of a team is responsible or accountable for something"),
    why=N_("A name without a duty is either not needed or forgotten."),
    fix=N_("Give a role with an R or an A to the person or the team, or remove the person from the team."),
    source="Pollock 2019; common RACI practice",
)
def everybody_needed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "teams")
    yield from no_cells(plan)
    working = {
        held.role
        for duties in effective(plan).duties
        for held in duties.letters
        if held.letter not in ("C", "I")
    }
    on_duty = Holders(plan, today).of(working)
    teams_on_duty = {role.team for role in plan.roles if role.id in working}
    for team in plan.teams:
        if team.id in teams_on_duty:
            continue
        for member in team.members:
            if member.person not in on_duty:
                person = plan.get("people", member.person)
                yield fault(
                    team,
                    N_("“{0}”: “{1}” is neither responsible nor accountable for anything."),
                    named(team),
                    named(person),
                    fix=say(
                        N_("Give “{1}”, or “{0}”, a role with an R or an A; or take “{1}” out of the team."),
                        named(team),
                        named(person),
                    ),
                    field="members",
                )


RULES = (not_overloaded, duties_segregated, not_alone, everybody_needed)
