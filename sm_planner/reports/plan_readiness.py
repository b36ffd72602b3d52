"""Plan Readiness: the pieces of a plan, which are ready, and what the others lack."""

from __future__ import annotations

from datetime import date
from typing import Any

from sm_planner.engine.checks import check
from sm_planner.engine.checks.readiness import PieceState, Readiness, State, readiness
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("piece", Text(N_("Piece")), width=200, key="field"),
    Column("section", Text(N_("Section")), width=150),
    Column("state", Text(N_("State")), width=100),
    Column("lacks", Text(N_("What Is Missing First")), width=360),
    Column("fix", Text(N_("What to Do")), width=360),
    Column("findings", Text(N_("Findings")), "Int", width=90),
)


def report(plan: Plan, today: date, *, open_only: bool = False) -> Table:
    """The puzzle board of a plan. open_only: without the pieces that are ready."""
    return table(readiness(plan, check(plan, today)), open_only=open_only)


def table(board: Readiness, *, open_only: bool = False) -> Table:
    """A board that is already there, as a table."""
    counts = board.counts
    return Table(
        columns=COLUMNS,
        rows=[_row(piece) for piece in board.pieces if not (open_only and piece.state is State.READY)],
        summary=(
            Figure(Text(N_("Pieces ready")), counts[State.READY.value], "Green"),
            Figure(Text(N_("Started")), counts[State.STARTED.value]),
            *(
                Figure(Text(label), counts[state.value], "Red" if counts[state.value] else "Green")
                for state, label in ((State.BLOCKED, N_("Blocked")), (State.MISSING, N_("Missing")))
            ),
        ),
        chart=Chart(
            title=Text(N_("Pieces of the plan by section and state")),
            labels=tuple(map(Text, board.by_section)),
            datasets=tuple(
                Dataset(
                    Text(state.value), tuple(section[state.value] for section in board.by_section.values())
                )
                for state in State
            ),
            colors=("#1d6b3a", "#24548f", "#8a6a00", "#a3151f"),
            reading=_reading(board),
            stacked=True,
        ),
        message=_message(board),
    )


def _row(piece: PieceState) -> dict[str, Any]:
    first = piece.findings[0] if piece.findings else None
    return {
        "piece": Text(piece.piece.name),
        "section": Text(piece.piece.section),
        "state": Text(piece.state.value),
        "lacks": Text(first.message, first.args) if first else "",
        "fix": first.advice if first else "",
        "findings": len(piece.findings),
        "field": piece.piece.field,
    }


def _reading(board: Readiness) -> Text:
    """Which section lacks the most."""
    open_pieces = {
        section: sum(counts.values()) - counts[State.READY.value]
        for section, counts in board.by_section.items()
    }
    furthest = max(open_pieces, key=open_pieces.__getitem__)
    if not open_pieces[furthest]:
        return Text(N_("Every section is ready."))
    return say(
        N_("“{0}” has {1} pieces that are not ready; no section has more."),
        furthest,
        open_pieces[furthest],
    )


def _message(board: Readiness) -> Text:
    counts, pieces = board.counts, len(board.pieces)
    ready = counts[State.READY.value]
    if ready == pieces:
        return say(N_("All {0} pieces are ready."), pieces)
    if counts[State.MISSING.value]:
        return say(N_("{0} of {1} pieces are ready. Begin with what is missing."), ready, pieces)
    if counts[State.BLOCKED.value]:
        return say(N_("{0} of {1} pieces are ready. Settle the blocked ones first."), ready, pieces)
    return say(N_("{0} of {1} pieces are ready. Finish what is started."), ready, pieces)
