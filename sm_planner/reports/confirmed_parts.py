"""Confirmed Parts: how many people of each unit have confirmed their part in the plan, and who has not yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.part.confirmation import UnitShare, shares
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("unit", Text(N_("Unit")), width=200),
    Column("title", Text(N_("Person")), width=200, collection="people", key="id"),
    Column("how", Text(N_("Confirmation")), width=260),
    Column("since", Text(N_("Asked Since")), "Date", width=120),
    Column("last", Text(N_("Last Confirmed")), "Date", width=120),
    Column("asked", Text(N_("Asked")), "Int", width=80),
    Column("confirmed", Text(N_("Confirmed")), "Int", width=100),
    Column("entered_for", Text(N_("Entered for Them")), "Int", width=130),
    Column("share", Text(N_("Share (%)")), "Percent", width=100),
)


def report(plan: Plan, today: date) -> Table:
    """A row a unit, the one with the smallest share first, and beneath it those who have not confirmed."""
    units = sorted(shares(plan, today), key=lambda unit: (unit.percent, unit.unit))
    return Table(
        columns=COLUMNS,
        rows=[row for unit in units for row in _rows(plan, unit)],
        summary=_summary(units),
        chart=_chart(units) if units else None,
        message=_message(units),
    )


def _rows(plan: Plan, unit: UnitShare) -> Iterator[dict[str, Any]]:
    yield _line(
        unit,
        asked=unit.asked,
        confirmed=unit.confirmed,
        entered_for=unit.entered_for,
        share=round(unit.percent, 1),
    )
    for one in unit.waiting:
        fact = one.confirmation.fact
        yield _line(
            unit,
            id=one.person,
            title=plan.title_of("people", one.person),
            how=Text(one.confirmation.state.value),
            since=one.since,
            last=fact.day if fact else None,
        )


def _line(unit: UnitShare, **cells: Any) -> dict[str, Any]:
    blank = {"id": "", "title": "", "how": "", "since": None, "last": None}
    figures = dict.fromkeys(("asked", "confirmed", "entered_for", "share"))
    return {"unit": _name(unit), **blank, **figures, **cells}


def _name(unit: UnitShare) -> str | Text:
    return unit.unit or say(N_("People without a unit"))


def _summary(units: list[UnitShare]) -> tuple[Figure, ...]:
    asked, given = sum(unit.asked for unit in units), sum(unit.confirmed for unit in units)
    return (
        Figure(Text(N_("Asked")), asked),
        Figure(Text(N_("Confirmed")), given, "Green" if given == asked else "Red"),
        Figure(Text(N_("Entered for Them")), sum(unit.entered_for for unit in units)),
    )


def _chart(units: list[UnitShare]) -> Chart:
    return Chart(
        title=Text(N_("Confirmed parts by unit")),
        labels=tuple(map(_name, units)),
        datasets=(
            Dataset(Text(N_("Confirmed")), tuple(unit.confirmed for unit in units)),
            Dataset(Text(N_("Not confirmed")), tuple(len(unit.waiting) for unit in units)),
        ),
        colors=("#0b5c6e", "#64727e"),
        reading=_message(units),
        stacked=True,
    )


def _message(units: list[UnitShare]) -> Text:
    waiting = sum(len(unit.waiting) for unit in units)
    if not units:
        return Text(N_("Nobody has a part in the plan yet. Name people, roles and teams."))
    if waiting:
        return say(
            N_("{0} people have not confirmed their part. Ask them to open “My Part in the Plan”."), waiting
        )
    return Text(N_("Everybody has confirmed his part."))
