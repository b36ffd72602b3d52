"""What a RACI entry comes to: the cells that it is about, what its role holds there, and by which entry."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.model import Plan, RaciEntry
from sm_planner.engine.raci.effective import Cell, effective
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Column, Table

COLUMNS = (
    Column("service", Text(N_("Service"))),
    Column("component", Text(N_("Component"))),
    Column("letter", Text(N_("Letter"))),
    Column("origin", Text(N_("Comes from"))),
)
NOTHING = "–"
"""What a role holds that holds no letter."""


def effect(plan: Plan, entry: str) -> Table:
    """The cells that an entry (its id) is about. A row has ``own``: whether its letter comes from this entry."""
    about = plan.index["raci"][entry]
    cells = [cell for cell in effective(plan).cells if _covers(about, cell)]
    rows = [_row(plan, about, cell) for cell in cells]
    rows.sort(key=lambda row: row["own"])
    return Table(columns=COLUMNS, rows=rows, message=_message(about, rows))


def _covers(entry: RaciEntry, cell: Cell) -> bool:
    return (
        entry.process == cell.process
        and entry.service in ("", cell.service)
        and entry.component in ("", cell.component)
    )


def _row(plan: Plan, entry: RaciEntry, cell: Cell) -> dict[str, Any]:
    letter, origin = _decides(plan, entry, cell)
    return {
        "service": plan.title_of("services", cell.service),
        "component": plan.title_of("components", cell.component),
        "letter": letter,
        "origin": Text(N_("This entry")) if origin is entry else _place(plan, origin),
        "own": origin is entry,
    }


def _decides(plan: Plan, entry: RaciEntry, cell: Cell) -> tuple[str, RaciEntry | None]:
    """What the role of the entry holds in the cell, and by which entry; None: others took it away."""
    if cell.duties.not_applicable:
        return "N/A", cell.duties.not_applicable
    for held in cell.duties.letters:
        if held.role == entry.role:
            return held.letter, held.origin
    named = [other for other in plan.raci if other.role == entry.role and _covers(other, cell)]
    nearest = max(named, key=lambda other: bool(other.service) + 2 * bool(other.component))
    return NOTHING, nearest if nearest.letter == "N/A" else None


def _place(plan: Plan, origin: RaciEntry | None) -> Text | str:
    if origin is None:
        return Text(N_("A more specific entry removed it"))
    parts = [
        plan.title_of(collection, id)
        for collection, id in (("services", origin.service), ("components", origin.component))
        if id
    ]
    if not parts:
        return Text(N_("The default of the process"))
    return say(N_("The entry for {0}"), " · ".join(parts))


def _message(entry: RaciEntry, rows: list[dict[str, Any]]) -> Text:
    own = sum(row["own"] for row in rows)
    if not rows:
        return Text(
            N_(
                "No cell of the plan is covered by this entry. Add its process, service and component to the "
                "scope."
            )
        )
    if own == len(rows):
        return say(N_("It decides in every cell that it covers ({0})."), len(rows))
    if not own:
        return say(
            N_("It decides in none of the cells that it covers ({0}), because more specific entries do."),
            len(rows),
        )
    return say(N_("It decides in {0} of the {1} cells that it covers."), own, len(rows))
