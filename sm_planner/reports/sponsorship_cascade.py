"""Sponsorship Cascade: in each unit that the plan changes, who of each level stands behind it, and where support ends."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sm_planner.engine.change.cascade import Cell, Lane, Standing, Supporter, cascade
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import LEADERS
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

SHOWN = tuple(standing.value for standing in Standing)
COLORS = {Standing.BACKED: "#1d6b3a", Standing.WORDS: "#c2590c", Standing.HOLE: "#a3151f"}

COLUMNS = (
    Column("unit", Text(N_("Unit")), width=220),
    Column("level", Text(N_("Level")), width=150),
    Column("standing", Text(N_("Stands Behind It")), width=150),
    Column("title", Text(N_("Person")), width=180, collection="people", key="id"),
    Column("commitment", Text(N_("Commitment")), width=220),
    Column("shown", Text(N_("Last Shown")), "Date", width=110),
    Column("confirmed", Text(N_("Part Confirmed")), width=120),
    Column("spoke", Text(N_("Last Spoke")), "Date", width=110),
    Column("todo", Text(N_("What to Do")), width=300),
)


def report(plan: Plan, today: date, *, show: str = "") -> Table:
    """A row for each supporter, and for each level of a unit without one, from the top down. show: only that standing."""
    lanes = cascade(plan, today)
    counted = Counter(cell.standing for lane in lanes for cell in lane.cells)
    whole = sum(lane.hole is None for lane in lanes)
    return Table(
        columns=COLUMNS,
        rows=[
            row
            for lane in lanes
            for cell in lane.cells
            for row in _rows(lane, cell)
            if show in ("", row["standing"].template)
        ],
        summary=(
            Figure(Text(N_("Units")), len(lanes)),
            Figure(Text(N_("Supported to the First Line")), whole, "Green" if whole == len(lanes) else "Red"),
            Figure(
                Text(Standing.WORDS.value),
                counted[Standing.WORDS],
                "Red" if counted[Standing.WORDS] else "Green",
            ),
            Figure(Text(N_("Holes")), counted[Standing.HOLE], "Red" if counted[Standing.HOLE] else "Green"),
        ),
        chart=_chart(lanes) if lanes else None,
        message=_message(lanes),
    )


def _rows(lane: Lane, cell: Cell) -> list[dict[str, Any]]:
    blank = {
        "unit": lane.unit,
        "level": Text(cell.level),
        "id": "",
        "title": "",
        "commitment": "",
        "shown": None,
        "confirmed": "",
        "spoke": None,
    }
    if not cell.supporters:
        return [{**blank, "standing": Text(Standing.HOLE.value), "todo": whom_to_win(cell)}]
    return [
        {
            **blank,
            "standing": Text((Standing.BACKED if one.is_backed else Standing.WORDS).value),
            "id": one.person.id,
            "title": one.person.title or one.person.id,
            "commitment": one.commitment.title or one.commitment.id,
            "shown": one.shown,
            "confirmed": Text(N_("Yes")) if one.has_confirmed else Text(N_("No")),
            "spoke": one.spoke.day if one.spoke else None,
            "todo": _todo(one),
        }
        for one in cell.supporters
    ]


def whom_to_win(cell: Cell) -> Text:
    """Whom to ask where nobody of a level has committed."""
    names = [person.title or person.id for person in cell.asked]
    if names:
        return say(N_("Win {0}."), ", ".join(names[:3]))
    return say(N_("Find somebody of this level; one person may commit for several units."))


def _todo(one: Supporter) -> Text | str:
    if not one.is_backed:
        return say(N_("Ask what was done lately, and enter it as evidence."))
    return "" if one.has_confirmed else say(N_("Ask for the confirmation of the part."))


def _chart(lanes: tuple[Lane, ...]) -> Chart:
    """The units of each level, by who stands behind the plan."""
    counted = Counter((cell.level, cell.standing) for lane in lanes for cell in lane.cells)
    return Chart(
        title=Text(N_("Units by level and support")),
        labels=tuple(map(Text, LEADERS)),
        datasets=tuple(
            Dataset(Text(standing.value), tuple(counted[level, standing] for level in LEADERS))
            for standing in Standing
        ),
        colors=tuple(COLORS[standing] for standing in Standing),
        reading=reading(lanes),
        stacked=True,
    )


def reading(lanes: tuple[Lane, ...]) -> Text:
    """What the cascade says in one sentence."""
    return say(
        N_("In {0} of {1} units, leaders of every level have committed."),
        sum(lane.hole is None for lane in lanes),
        len(lanes),
    )


def _message(lanes: tuple[Lane, ...]) -> Text:
    if not lanes:
        return Text(N_("No internal team has a unit, so it is not known whom the sponsor has to win."))
    for lane in lanes:
        if lane.hole:
            return say(
                N_("Support ends in “{0}” at {1}. Close this hole first."), lane.unit, Text(lane.hole.level)
            )
    return Text(N_("Leaders of every level have committed in each unit."))
