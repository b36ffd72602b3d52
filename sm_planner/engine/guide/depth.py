"""What changes for a plan when its depth does: told before anybody raises or lowers it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sm_planner.engine.checks import CheckResult, Rule, asked, asked_in_addition, in_addition
from sm_planner.engine.checks.depths import COMPLETE, reaches
from sm_planner.engine.checks.pieces import Piece, pieces_of
from sm_planner.engine.guide.steps import STEPS, Step
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import DEPTHS


@dataclass(frozen=True)
class DepthChange:
    """A plan that goes to another depth.

    lowers: whether it is asked less. rules: those that come in addition, or go. result: what these say of the plan as it
    is: what would be found in addition, or would not be told any more. steps: those of the guide that begin, or are left out.
    pieces: those that come, or go.
    """

    depth: str
    lowers: bool
    rules: tuple[Rule, ...]
    result: CheckResult
    steps: tuple[Step, ...]
    pieces: tuple[Piece, ...]


def change_of_depth(plan: Plan, depth: str, today: date) -> DepthChange:
    """What changes if the plan goes to that depth; an empty one asks all."""
    lowers = reaches(plan.depth, depth or COMPLETE)
    more, less = (plan.depth, depth) if lowers else (depth, plan.depth)
    shallow = replace(plan, depth=less)
    steps = tuple(step for step in STEPS if reaches(more, step.depth) and not reaches(less, step.depth))
    kept = pieces_of(shallow)
    pieces = tuple(piece for piece in pieces_of(replace(plan, depth=more)) if piece not in kept)
    rules = asked_in_addition(shallow, more)
    return DepthChange(depth, lowers, rules, in_addition(shallow, more, today), steps, pieces)


def rules_by_depth(plan: Plan) -> dict[str, int]:
    """Depth → how many rules the plan would be asked."""
    return {depth: len(asked(replace(plan, depth=depth))) for depth in DEPTHS}
