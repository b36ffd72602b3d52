"""When which money of a budget is due."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.money import BudgetLine
from sm_planner.engine.model.values import show
from sm_planner.engine.model.vocabulary import RUNNING
from sm_planner.engine.rhythm.months import series

MONTHS = {"Month": 1, "Quarter": 3, "Year": 12}
"""Interval of a running line → its months."""


@dataclass(frozen=True)
class Flow:
    """An amount that a budget line makes due on a day."""

    day: date
    amount: Fraction
    line: BudgetLine


def exact(amount: float) -> Fraction:
    """An amount as it is written, without the error of binary numbers."""
    return Fraction(show(float(amount)))


def horizon(plan: Plan) -> date | None:
    """How far ahead money is counted: to the horizon of the vision, or to the end of the period of the plan."""
    return plan.horizon or plan.period_end


def lacking(plan: Plan, line: BudgetLine) -> tuple[str, ...]:
    """The fields of a line without which nobody knows what it costs in all."""
    wanted = ["kind", "amount", "start_date"]
    if line.kind == RUNNING:
        wanted += ["interval"] if horizon(plan) else ["interval", "end_date"]
    return tuple(name for name in wanted if getattr(line, name) in ("", None))


def committed(plan: Plan) -> tuple[Flow, ...]:
    """What the lines make due in all, also after the horizon, by day: what is granted, or decided about.

    A running line that has no end is due up to the horizon, and once where it begins after it. A line that does not say enough
    is not in it: see :func:`unknown`.
    """
    return plan.derived(_committed)


def costs(plan: Plan) -> tuple[Flow, ...]:
    """What the lines make due up to the horizon, by day."""
    return plan.derived(_costs)


def due_after(plan: Plan) -> Fraction:
    """What the lines make due after the horizon."""
    return total(committed(plan)) - total(costs(plan))


def unknown(plan: Plan) -> tuple[BudgetLine, ...]:
    """The lines of which nobody knows what they cost in all."""
    return tuple(line for line in plan.budget_lines if lacking(plan, line))


def _committed(plan: Plan) -> tuple[Flow, ...]:
    last = horizon(plan)
    known = (line for line in plan.budget_lines if not lacking(plan, line))
    found = [flow for line in known for flow in _due(line, last)]
    return tuple(sorted(found, key=lambda flow: (flow.day, flow.line.id)))


def _costs(plan: Plan) -> tuple[Flow, ...]:
    last = horizon(plan) or date.max
    return tuple(flow for flow in committed(plan) if flow.day <= last)


def _due(line: BudgetLine, horizon: date | None) -> Iterator[Flow]:
    amount, first = exact(line.amount), line.start_date
    if line.kind != RUNNING:
        yield Flow(first, amount, line)
        return
    last = line.end_date or max(horizon, first)
    for day in series(first, MONTHS[line.interval], first, last):
        yield Flow(day, amount, line)


def total(flows: Iterable[Flow], since: date | None = None, before: date | None = None) -> Fraction:
    """The sum of what is due from a day on, and before another; without days, of all."""
    return sum(
        (
            flow.amount
            for flow in flows
            if (since is None or since <= flow.day) and (before is None or flow.day < before)
        ),
        Fraction(),
    )


def by(flows: Iterable[Flow], key: Callable[[Flow], Hashable]) -> dict[Any, Fraction]:
    """The sums by what a key says of each flow, in the order in which they first come."""
    found: dict[Any, Fraction] = {}
    for flow in flows:
        found[key(flow)] = found.get(key(flow), Fraction()) + flow.amount
    return found


def by_kind(flow: Flow) -> str:
    return flow.line.kind


def by_category(flow: Flow) -> str:
    """Empty for a line without a category."""
    return flow.line.category


def by_year(flow: Flow) -> str:
    return str(flow.day.year)
