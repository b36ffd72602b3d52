"""What was spent on an improvement, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.improvements import Improvement, ProgressReport


def is_overdue(improvement: Improvement, today: date) -> bool:
    """Whether an improvement should be over by now, and is not."""
    return improvement.is_open and improvement.due is not None and improvement.due < today


def reports(plan: Plan, improvement: Improvement, today: date) -> tuple[ProgressReport, ...]:
    """The progress reports of an improvement up to today, the oldest first."""
    return tuple(one for one in plan.derived(_reports).get(improvement.id, ()) if one.day <= today)


def _reports(plan: Plan) -> dict[str, list[ProgressReport]]:
    found: dict[str, list[ProgressReport]] = defaultdict(list)
    for one in sorted((one for one in plan.progress_reports if one.day), key=lambda one: one.day):
        found[one.improvement].append(one)
    return dict(found)


def spent(plan: Plan, improvement: Improvement, today: date) -> float | None:
    """The person-days that were reported; None where no report says any."""
    known = [one.effort_days for one in reports(plan, improvement, today) if one.effort_days is not None]
    return sum(known) if known else None


def reached(improvement: Improvement) -> float | None:
    """Which share of the way from baseline to target was gone, in percent; None where that cannot be known.

    Below 0 it became worse. Where baseline and target are the same, it was to be held: 100 where it was.
    """
    start, target, actual = (
        improvement.benefit_baseline,
        improvement.benefit_target,
        improvement.benefit_actual,
    )
    if start is None or target is None or actual is None:
        return None
    if start == target:
        return 100.0 if actual == target else None
    return 100 * (actual - start) / (target - start)
