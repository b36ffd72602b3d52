"""What a plan brings in money: a year, from when on, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sm_planner.engine.agreements.measurements import reached
from sm_planner.engine.model import Improvement, Plan, ValueStatement
from sm_planner.engine.model.vocabulary import VERDICTS
from sm_planner.engine.money.costs import exact
from sm_planner.engine.rhythm.months import months_after

REACHED, PARTLY, MISSED = VERDICTS


@dataclass(frozen=True)
class Benefit:
    """Money that an improvement, or a value that the plan promises, is to bring.

    improvement: its id; empty for a value. since: from when on, or None where nobody says. reached: what it brings a year in
    fact, as far as that is known. verdict: of an improvement, what was decided; of a value, what was measured last.
    """

    title: str
    improvement: str
    a_year: Fraction
    since: date | None
    reached: Fraction | None = None
    verdict: str = ""

    def until(self, day: date) -> Fraction:
        """What it has brought by the end of a day: a twelfth of a year with each month that is over. Nothing where nobody says
        since when."""
        if self.since is None or day < self.since:
            return Fraction()
        after = day + timedelta(days=1)
        months = (after.year - self.since.year) * 12 + after.month - self.since.month
        months -= months_after(self.since, months) > after
        return self.a_year * months / 12


def benefits(plan: Plan, today: date) -> tuple[Benefit, ...]:
    """What values and improvements are to bring in money; rejected improvements, and mere suggestions, bring none.

    today: up to when it is known what was reached.
    """
    return (*_of_values(plan, today), *_of_improvements(plan))


def _of_values(plan: Plan, today: date) -> Iterator[Benefit]:
    for value in plan.value_statements:
        if value.money_a_year is not None:
            measured = reached(plan, value, today)
            yield _of_value(value, measured.money if measured else None)


def _of_value(value: ValueStatement, measured: float | None) -> Benefit:
    return Benefit(
        title=value.statement,
        improvement="",
        a_year=exact(value.money_a_year),
        since=value.money_from or value.due,
        reached=None if measured is None else exact(measured),
        verdict="" if measured is None else _verdict(measured, value.money_a_year),
    )


def _verdict(measured: float, wanted: float) -> str:
    if measured >= wanted:
        return REACHED
    return PARTLY if measured > 0 else MISSED


def _of_improvements(plan: Plan) -> Iterator[Benefit]:
    for one in plan.improvements:
        if one.money_a_year is not None and one.is_taken_up:
            yield Benefit(
                title=one.title or one.id,
                improvement=one.id,
                a_year=exact(one.money_a_year),
                since=since(one),
                reached=None if one.money_reached is None else exact(one.money_reached),
                verdict=one.verdict,
            )


def since(improvement: Improvement) -> date | None:
    """From when on an improvement brings what it brings."""
    return improvement.money_from or improvement.benefit_due
