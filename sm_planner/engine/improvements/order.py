"""What has to be over before an improvement starts."""

from __future__ import annotations

from sm_planner.engine.circles import circles
from sm_planner.engine.model import Plan
from sm_planner.engine.model.improvements import Improvement


def waits_for(plan: Plan, improvement: Improvement) -> tuple[Improvement, ...]:
    """The predecessors of an improvement that are not over yet."""
    found = (plan.get("improvements", id) for id in improvement.predecessors)
    return tuple(one for one in found if one is not None and one.is_open)


def in_circle(plan: Plan, improvement: Improvement) -> bool:
    """Whether an improvement waits for itself, through however many others."""
    return improvement.id in plan.derived(_circles)


def rings(plan: Plan) -> tuple[tuple[Improvement, ...], ...]:
    """What waits for itself: of each group the shortest ring through the first of its ids, each waiting for the next."""
    return plan.derived(_rings)


def _rings(plan: Plan) -> tuple[tuple[Improvement, ...], ...]:
    waiting = plan.derived(_circles)
    groups = [sorted(group, key=lambda one: one.id) for group in plan.derived(_groups)]
    return tuple(_ring(plan, group) for group in groups if group[0].id in waiting)


def _ring(plan: Plan, group: list[Improvement]) -> tuple[Improvement, ...]:
    first, inside = group[0], {one.id for one in group}
    ways = [(first,)]
    seen = {first.id}
    for way in ways:  # which grows: the shorter ways come first
        for other in waits_for(plan, way[-1]):
            if other.id == first.id:
                return way
            if other.id in inside - seen:
                seen.add(other.id)
                ways.append((*way, other))
    raise AssertionError("a group that waits for itself holds no ring")


def _circles(plan: Plan) -> frozenset[str]:
    """The ids of all that waits for itself."""
    return frozenset(
        one.id
        for group in plan.derived(_groups)
        for one in group
        if len(group) > 1 or one in waits_for(plan, one)
    )


def _groups(plan: Plan) -> tuple[tuple[Improvement, ...], ...]:
    """The improvements, those together that wait for each other, after all that they wait for."""
    places = {one.id: place for place, one in enumerate(plan.improvements)}
    needs = [[places[other.id] for other in waits_for(plan, one)] for one in plan.improvements]
    return tuple(tuple(plan.improvements[place] for place in group) for group in circles(needs))
