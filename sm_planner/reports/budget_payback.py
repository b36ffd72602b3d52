"""Budget and Payback: what each line costs, what was spent of it, what comes back, and when that has paid for it.

Each column of money adds up: what a row does not know is empty, and counts as nothing in no sum that is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import ONE_OFF
from sm_planner.engine.money import Benefit, Course, costs, course, due_after, horizon
from sm_planner.engine.money.actuals import Compared, compared
from sm_planner.engine.money.benefits import benefits
from sm_planner.engine.money.costs import by
from sm_planner.engine.rhythm.quarters import Quarter
from sm_planner.engine.texts import N_, Text, say, together
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

BENEFIT = N_("Benefit")

MOST_QUARTERS = 8
"""Quarters in the chart; a longer time is told by years."""

COLUMNS = (
    Column("title", Text(N_("Budget Line or Benefit")), width=260, key="id"),
    Column("kind", Text(N_("Kind")), width=90),
    Column("category", Text(N_("Category")), width=160),
    Column("state", Text(N_("State")), width=110),
    Column("start_date", Text(N_("From")), "Date", width=100),
    Column("end_date", Text(N_("To")), "Date", width=100),
    Column("once", Text(N_("Once")), "Float", width=110),
    Column("running", Text(N_("Running")), "Float", width=110),
    Column("cost", Text(N_("Cost in All")), "Float", width=120),
    Column("due", Text(N_("Due So Far")), "Float", width=110),
    Column("spent", Text(N_("Spent So Far")), "Float", width=110),
    Column("over", Text(N_("Over")), "Float", width=100),
    Column("a_year", Text(N_("Brings a Year")), "Float", width=110),
    Column("reached", Text(N_("Reached a Year")), "Float", width=110),
    Column("brings", Text(N_("Brings in All")), "Float", width=120),
)


def report(plan: Plan, today: date, *, category: str = "") -> Table:
    """A row for each budget line, then one for each benefit in money. category: the lines of that one alone.

    cost, brings: up to the horizon. over: what was spent beyond what was due, of lines of which somebody said what was spent.
    Figures, chart and message are of the whole plan.
    """
    lines = compared(plan, today)
    wanted = [one for one in lines if category in ("", one.line.category)]
    gains = () if category else benefits(plan, today)
    found = course(plan, today)
    return Table(
        columns=COLUMNS,
        rows=[*_rows_of_lines(plan, wanted), *(_row_of_benefit(plan, one) for one in gains)],
        summary=tuple(_summary(lines, found, due_after(plan))),
        chart=chart_of(found, _message(plan, found)),
        message=_message(plan, found),
    )


def _plain(amount: Fraction | None) -> float | None:
    return None if amount is None else float(amount)


def _rows_of_lines(plan: Plan, lines: Sequence[Compared]) -> Iterator[dict[str, Any]]:
    costs_of = by(costs(plan), lambda flow: flow.line.id)
    for one in lines:
        cost = None if one.due is None else costs_of.get(one.line.id, Fraction())
        yield _row_of_line(plan, one, cost)


def _row_of_line(plan: Plan, one: Compared, cost: Fraction | None) -> dict[str, Any]:
    line = one.line
    is_once = line.kind == ONE_OFF
    return {
        **dict.fromkeys(column.fieldname for column in COLUMNS),
        "collection": "budget_lines",
        "id": line.id,
        "title": line.title or line.id,
        "kind": Text(line.kind) if line.kind else "",
        "category": Text(line.category) if line.category else "",
        "state": Text(line.status) if line.status else "",
        "start_date": line.start_date,
        "end_date": line.start_date if is_once else line.end_date or horizon(plan),
        "once": _plain(cost) if is_once else None,
        "running": None if is_once else _plain(cost),
        "cost": _plain(cost),
        "due": _plain(one.due),
        "spent": _plain(one.spent),
        "over": _plain(one.over),
    }


def _row_of_benefit(plan: Plan, one: Benefit) -> dict[str, Any]:
    last = horizon(plan)
    return {
        **dict.fromkeys(column.fieldname for column in COLUMNS),
        "collection": "improvements" if one.improvement else "plan",
        "id": one.improvement or plan.id,
        "title": one.title,
        "kind": Text(BENEFIT),
        "category": "",
        "state": Text(one.verdict) if one.verdict else "",
        "start_date": one.since,
        "end_date": last,
        "a_year": float(one.a_year),
        "reached": _plain(one.reached),
        "brings": float(one.until(last)) if one.since and last else None,
    }


def _summary(lines: Sequence[Compared], found: Course, after: Fraction) -> Iterator[Figure]:
    yield Figure(Text(N_("Cost to begin")), float(found.begin))
    if found.until_value is not None:
        yield Figure(Text(N_("Cost to run until value comes")), float(found.until_value))
    yield Figure(Text(N_("Cost in all")), float(found.cost))
    if after:
        yield Figure(Text(N_("Due after the horizon")), float(after))
    if found.brings is not None:
        yield Figure(Text(N_("Brings in all")), float(found.brings))
    told = [one.over for one in lines if one.over is not None]
    if told:
        over = sum(told, Fraction())
        yield Figure(Text(N_("Spent beyond the budget")), float(over), "Red" if over > 0 else "Green")


def _message(plan: Plan, found: Course) -> Text:
    """When value comes and when it has paid, or why nobody knows."""
    value = found.no_value_date or say(N_("Value comes from {0} on."), found.value_date)
    told = [value, paid(found)]
    if plan.currency:
        told.append(say(N_("All amounts are in {0}."), plan.currency))
    if found.unknown_lines:
        silent = say(
            N_("{0} of {1} budget lines do not say what they cost."),
            found.unknown_lines,
            len(plan.budget_lines),
        )
        if silent != found.no_payback:
            told.append(silent)
    return together(told)


def month(day: date | None) -> str:
    """A month in a sentence, such as 2029-12."""
    return f"{day:%Y-%m}" if day else ""


def periods(found: Course) -> tuple[tuple[str, Fraction, Fraction], ...]:
    """Each quarter, or each year where there are many: cost and benefit up to its end."""
    by_quarter = {str(Quarter.of(one.first)): (one.cost, one.benefit) for one in found.months}
    by_year = {str(one.first.year): (one.cost, one.benefit) for one in found.months}
    last = by_quarter if len(by_quarter) <= MOST_QUARTERS else by_year
    return tuple((label, *both) for label, both in last.items())


def chart_of(found: Course, reading: Text) -> Chart | None:
    """Cost and benefit from the beginning: where the second reaches the first, the plan has paid. None without any."""
    told = periods(found)
    if not told:
        return None
    return Chart(
        title=Text(N_("What was due and what comes, added up")),
        labels=tuple(label for label, _, _ in told),
        datasets=(
            Dataset(Text(N_("Cost")), tuple(float(cost) for _, cost, _ in told)),
            Dataset(Text(N_("Benefit")), tuple(round(float(benefit), 2) for _, _, benefit in told)),
        ),
        colors=("#9c4108", "#1d6b3a"),
        reading=reading,
    )


def paid(found: Course) -> Text:
    """When the plan has paid for itself, or why nobody knows."""
    return found.no_payback or say(N_("The plan has paid for itself in {0}."), month(found.payback))
