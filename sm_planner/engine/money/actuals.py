"""Budget against actual, and the actuals that a ledger holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sm_planner.engine.model import Plan
from sm_planner.engine.model.money import BudgetActual, BudgetLine
from sm_planner.engine.money.costs import committed, exact, lacking
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import N_, Text, say

LEDGER = "Ledger"
_OF_LEDGER = re.compile(rf"{LEDGER} (\d{{4}})-(0[1-9]|1[0-2])(: .*)?")
"""The source of an actual that a ledger gave: of which month it is."""


def refuse_source(fact: BudgetActual, old: BudgetActual | None) -> Text | None:
    """Why nobody types that the ledger said what was spent: the next take-over would correct by it."""
    if _OF_LEDGER.fullmatch(fact.source) and (old is None or old.source != fact.source):
        return say(
            N_(
                "Only what is taken over from the ledger names it as its source. Name the paper that you have."
            )
        )
    return None


@dataclass(frozen=True)
class Compared:
    """A budget line on a day. due: what was to be spent by then; None where the line does not say. spent: what was; None
    where nobody has said."""

    line: BudgetLine
    due: Fraction | None
    spent: Fraction | None
    last: date | None

    @property
    def over(self) -> Fraction | None:
        """What was spent beyond what was due; None where either is not known."""
        return None if self.due is None or self.spent is None else self.spent - self.due


def compared(plan: Plan, today: date) -> tuple[Compared, ...]:
    """Each line of the budget against what was spent of it, up to today."""
    due: dict[str, Fraction] = defaultdict(Fraction)
    for flow in committed(plan):
        if flow.day <= today:
            due[flow.line.id] += flow.amount
    return tuple(_compared(plan, line, due[line.id], today) for line in plan.budget_lines)


def _compared(plan: Plan, line: BudgetLine, due: Fraction, today: date) -> Compared:
    told = [one for one in plan.facts("actuals", "budget_lines", line.id) if one.day and one.day <= today]
    return Compared(
        line=line,
        due=None if lacking(plan, line) else due,
        spent=sum((exact(one.amount or 0) for one in told), Fraction()) if told else None,
        last=told[-1].day if told else None,
    )


@dataclass(frozen=True)
class Booked:
    """What a ledger holds of a cost center and an account, on a day: debit less credit."""

    cost_center: str
    account: str
    day: date
    amount: float


def from_ledger(plan: Plan, booked: Iterable[Booked], today: date) -> Iterator[BudgetActual]:
    """The actuals that a ledger gives and the plan does not have yet: one for each line and each month that is over.

    A month of which the ledger says something else by now gets one more, of the difference, on the day before today.
    """
    lines = {(line.cost_center, line.account): line for line in from_ledger_lines(plan)}
    months: dict[tuple[str, date], Fraction] = defaultdict(Fraction)
    this_month = today.replace(day=1)
    for one in booked:
        line = lines.get((one.cost_center, one.account))
        if line and one.day < this_month and _is_within(line, one.day):
            months[line.id, one.day.replace(day=1)] += exact(one.amount)
    known = _known(plan)
    for id, month in sorted({*months, *known}):
        source = f"{LEDGER} {month:%Y-%m}"
        amount, before = months.get((id, month), Fraction()), known.get((id, month))
        last = months_after(month, 1) - timedelta(days=1)
        if before is None and amount:
            yield BudgetActual(budget_line=id, day=last, amount=float(amount), source=source)
        elif before is not None and amount != before:
            day = today - timedelta(days=1)
            yield BudgetActual(
                budget_line=id, day=day, amount=float(amount - before), source=f"{source}: corrected {today}"
            )


def _known(plan: Plan) -> dict[tuple[str, date], Fraction]:
    """Line and month → what a ledger gave of it before."""
    found: dict[tuple[str, date], Fraction] = defaultdict(Fraction)
    lines = {line.id for line in from_ledger_lines(plan)}
    for actual in plan.actuals:
        told = _OF_LEDGER.fullmatch(actual.source)
        if told and actual.budget_line in lines:
            month = date(int(told[1]), int(told[2]), 1)
            found[actual.budget_line, month] += exact(actual.amount or 0)
    return dict(found)


def from_ledger_lines(plan: Plan) -> tuple[BudgetLine, ...]:
    """The lines whose actuals a ledger can give: those that name a cost center and an account."""
    return tuple(line for line in plan.budget_lines if line.cost_center and line.account)


def _is_within(line: BudgetLine, day: date) -> bool:
    """Whether a day lies in the period of a line."""
    return (line.start_date is None or line.start_date <= day) and (
        line.end_date is None or day <= line.end_date
    )


def ambiguous(plan: Plan) -> Text | None:
    """Why the ledger cannot tell lines from each other; None where it can."""
    seen: dict[tuple[str, str], BudgetLine] = {}
    for line in from_ledger_lines(plan):
        other = seen.setdefault((line.cost_center, line.account), line)
        if other is not line:
            return say(
                N_(
                    "“{0}” and “{1}” name the same cost center and account, so that the ledger cannot tell them apart."
                ),
                other.title or other.id,
                line.title or line.id,
            )
    return None
