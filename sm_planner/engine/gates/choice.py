"""How a tool does by its criteria."""

from __future__ import annotations

from sm_planner.engine.model.fields import DECIMALS
from sm_planner.engine.model.tools import BEST_SCORE, Tool, ToolCriterion


def result(tool: Tool) -> float | None:
    """The share of the best result that is possible, in percent; None where a weight or a score is not known, or all are 0."""
    known = [(row.weight, row.score) for row in tool.criteria]
    if any(weight is None or score is None for weight, score in known):
        return None
    best = sum(weight for weight, _ in known) * BEST_SCORE
    return round(100 * sum(weight * score for weight, score in known) / best, DECIMALS) if best else None


def failed(tool: Tool) -> tuple[ToolCriterion, ...]:
    """The criteria that a tool must meet, and does not."""
    return tuple(row for row in tool.criteria if row.must and row.score == 0)
