"""Plan Readiness: the pieces of a plan, which are ready, and what the others lack."""

from __future__ import annotations

from datetime import date
from typing import Any

from sm_planner.engine.checks import check
from sm_planner.engine.model import Plan
from sm_planner.engine.readiness import PieceState, Readiness, State, readiness
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("piece", Text(N_("Piece")), width=200),
    Column("state", Text(N_("State")), width=100),
    Column("lacks", Text(N_("What It Lacks First")), width=360),
    Column("fix", Text(N_("What to Do")), width=360),
    Column("findings", Text(N_("Findings")), "Int", width=90),
)

_COLORS = {State.READY.value: "#1d6b3a", State.STARTED.value: "#24548f", State.MISSING.value: "#a3151f"}


def report(plan: Plan, today: date, *, open_only: bool = False) -> Table:
    """The puzzle board of a plan. open_only: without the pieces that are ready."""
    return table(readiness(plan, check(plan, today)), open_only=open_only)


def table(board: Readiness, *, open_only: bool = False) -> Table:
    """A board that is already there, as a table."""
    counts = board.counts
    shown = [state for state in counts if counts[state]]  # an empty slice cannot be drawn
    return Table(
        columns=COLUMNS,
        rows=[_row(piece) for piece in board.pieces if not (open_only and piece.state is State.READY)],
        summary=(
            Figure(Text(N_("Pieces ready")), counts[State.READY.value], "Green"),
            Figure(Text(N_("Started")), counts[State.STARTED.value]),
            Figure(
                Text(N_("Missing")),
                counts[State.MISSING.value],
                "Red" if counts[State.MISSING.value] else "Green",
            ),
        ),
        chart=Chart(
            type="percentage",
            labels=tuple(Text(state) for state in shown),
            datasets=(Dataset(Text(N_("Pieces")), tuple(counts[state] for state in shown)),),
            colors=tuple(_COLORS[state] for state in shown),
        ),
        message=_message(board),
    )


def _row(piece: PieceState) -> dict[str, Any]:
    first = piece.findings[0] if piece.findings else None
    return {
        "piece": Text(piece.piece.name),
        "state": Text(piece.state.value),
        "lacks": Text(first.message, first.args) if first else "",
        "fix": Text(first.fix) if first else "",
        "findings": len(piece.findings),
        "field": piece.piece.field,
    }


def _message(board: Readiness) -> Text:
    ready, missing, pieces = (
        board.counts[State.READY.value],
        board.counts[State.MISSING.value],
        len(board.pieces),
    )
    if ready == pieces:
        return say(N_("All {0} pieces are ready."), pieces)
    if missing:
        return say(N_("{0} of {1} pieces are ready. Begin with what is missing."), ready, pieces)
    return say(N_("{0} of {1} pieces are ready. Finish what is started."), ready, pieces)
