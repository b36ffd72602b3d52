"""Which of several promises is the weakest, by how much it is kept or missed, and which agreement decides that."""

from __future__ import annotations

from collections.abc import Iterable

from sm_planner.engine.agreements.targets import figure, looseness
from sm_planner.engine.chain import ChainResult, Feasibility
from sm_planner.engine.chain.figures import weakest as weakest_figure
from sm_planner.engine.chain.words import duration, percent, percent_up
from sm_planner.engine.model import Agreement
from sm_planner.engine.texts import N_, Text, say

ORDER = (Feasibility.INFEASIBLE, Feasibility.UNKNOWN, Feasibility.FEASIBLE)
"""Verdicts from the one to look at first to the one that is well."""


def by_weakness(results: Iterable[ChainResult]) -> list[ChainResult]:
    """The weakest first: what cannot be kept by the most, then what is not known, then what is kept by the least."""
    return sorted(results, key=_weakness)


def _weakness(result: ChainResult) -> tuple[int, float]:
    share = slack_share(result)
    return ORDER.index(result.verdict), 0.0 if share is None else share


def slack_share(result: ChainResult) -> float | None:
    """What is left of a promise at worst, as a share of it; negative where it is missed. None where there is no figure.

    Of a time, what is left of it. Of a share of cases and of availability, what is certain beyond the promise, as a
    share of what the promise leaves open.
    """
    if timing := result.told_timing:
        return timing.solution.worst_slack / timing.promised if timing.promised else None
    if composed := result.told_share:
        return _beyond(float(composed.certain), float(composed.promised))
    if result.shares:
        return _beyond(result.shares.bounds.low, result.shares.promised)
    if result.longest and result.longest.guilty and result.longest.promised:
        return 1 - looseness(result.longest.guilty.target) / result.longest.promised
    return None


def _beyond(found: float, promised: float) -> float:
    return (found - promised) / (1 - promised) if promised < 1 else found - promised


def margin(result: ChainResult) -> Text | str:
    """The figure that a verdict rests on, in words; empty where there is none."""
    if timing := result.told_timing:
        slack = timing.solution.worst_slack
        return say(N_("{0} late at worst") if slack < 0 else N_("{0} left at worst"), duration(abs(slack)))
    if composed := result.told_share:
        return say(N_("{0} % in time for certain"), percent(float(composed.certain)))
    if result.shares:
        low, high = result.shares.bounds
        if low == high:
            return say(N_("{0} % beneath"), percent(low))
        return say(N_("{0} % to {1} % beneath"), percent(low), percent_up(high))
    if result.longest and result.longest.guilty:
        return say(N_("{0} beneath"), figure(result.longest.guilty.target))
    return ""


def decides(result: ChainResult) -> Agreement | None:
    """The agreement beneath that costs most of a promise: what to look at first. None where no figure is known."""
    if timing := result.told_timing:
        return timing.guilty.leg.agreement
    if composed := result.told_share:
        return composed.costliest.agreement
    if result.shares:
        found = result.shares.guilty or weakest_figure(result.shares.carried.figures)
        return found.agreement if found else None
    if result.longest and result.longest.guilty:
        return result.longest.guilty.agreement
    return None
