"""The puzzle board: which pieces of the plan are ready, started, blocked or missing.

A piece is missing while nothing of it is there, blocked while a check finds a blocker in it, started while a check
finds another fault or could not decide, and ready once all its checks pass. The findings of a piece say in words
what it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from sm_planner.engine.checks.finding import Finding, Severity, Verdict
from sm_planner.engine.checks.pieces import ALL_PIECES, Piece, piece_of, pieces_of
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_

if TYPE_CHECKING:
    from sm_planner.engine.checks import CheckResult


class State(str, Enum):
    READY = N_("Ready")
    STARTED = N_("Started")
    BLOCKED = N_("Blocked")
    MISSING = N_("Missing")


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
        return _counts(self.pieces)

    @property
    def by_section(self) -> dict[str, dict[str, int]]:
        """Section → state → number of pieces, in the order of the board."""
        sections = groupby(self.pieces, key=lambda piece: piece.piece.section)
        return {section: _counts(tuple(pieces)) for section, pieces in sections}


def _counts(pieces: tuple[PieceState, ...]) -> dict[str, int]:
    states = [piece.state for piece in pieces]
    return {state.value: states.count(state) for state in State}


def readiness(plan: Plan, result: CheckResult) -> Readiness:
    """The board of a plan, given what the checks say of it."""
    shown = pieces_of(plan)
    named = {piece.name: piece for piece in shown}
    findings: dict[str, list[Finding]] = {piece.name: [] for piece in shown}
    for finding in result.findings:
        if finding.code == ALL_PIECES:
            pieces = {named[str(finding.args[0])].name}
        else:
            pieces = {piece.name for piece in map(piece_of, (finding.code, *finding.waiting)) if piece}
        for piece in pieces:
            if piece in findings:
                findings[piece].append(finding)
    return Readiness(tuple(_state(plan, piece, tuple(findings[piece.name])) for piece in shown))


def _state(plan: Plan, piece: Piece, findings: tuple[Finding, ...]) -> PieceState:
    if not piece.begun(plan):
        state = State.MISSING
    elif any(map(_blocks, findings)):
        state = State.BLOCKED
    else:
        state = State.STARTED if findings else State.READY
    return PieceState(piece, state, findings)


def _blocks(finding: Finding) -> bool:
    """Whether a piece is bad rather than unfinished."""
    return (
        finding.severity is Severity.BLOCKER
        and finding.verdict is Verdict.FAILED
        and finding.code != ALL_PIECES
    )
