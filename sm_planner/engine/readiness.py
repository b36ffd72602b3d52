"""The puzzle board: which pieces of the plan are ready, started or missing.

A piece is missing while nothing of it is there, started while a check finds fault with it or could not decide,
and ready once all its checks pass. The findings of a piece say in words what it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from sm_planner.engine.finding import Finding
from sm_planner.engine.model import Plan
from sm_planner.engine.pieces import PIECES, Piece

if TYPE_CHECKING:
    from sm_planner.engine.checks import CheckResult

ALL_PIECES = "PLN-06"
"""The check that speaks for every piece; its findings carry the field of theirs."""


class State(str, Enum):
    READY = "Ready"
    STARTED = "Started"
    MISSING = "Missing"


@dataclass(frozen=True)
class PieceState:
    """One piece on the board, with the findings that keep it from being ready."""

    piece: Piece
    state: State
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Readiness:
    """The board of a plan."""

    pieces: tuple[PieceState, ...]

    @property
    def share(self) -> float:
        """The share of pieces that are ready, from 0 to 1."""
        return self.counts[State.READY.value] / len(self.pieces)

    @property
    def counts(self) -> dict[str, int]:
        """State → number of pieces; every state is there."""
        states = [piece.state for piece in self.pieces]
        return {state.value: states.count(state) for state in State}


def readiness(plan: Plan, result: CheckResult) -> Readiness:
    """The board of a plan, given what the checks say of it."""
    findings: dict[str, list[Finding]] = {}
    for finding in result.findings:
        spoken_for = finding.field if finding.code == ALL_PIECES else finding.code
        findings.setdefault(spoken_for, []).append(finding)
    return Readiness(tuple(_state(plan, piece, findings) for piece in PIECES))


def _state(plan: Plan, piece: Piece, findings: dict[str, list[Finding]]) -> PieceState:
    own = tuple(
        finding for spoken_for in (piece.field, *piece.rules) for finding in findings.get(spoken_for, ())
    )
    if not piece.begun(plan):
        return PieceState(piece, State.MISSING, own)
    return PieceState(piece, State.STARTED if own else State.READY, own)
