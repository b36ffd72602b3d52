"""Team Load: what each team has to do for improvements in each quarter, against what it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.roadmap.load import Load, loads
from sm_planner.engine.texts import N_, Number, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("team", Text(N_("Team")), width=200, collection="teams", key="id"),
    Column("quarter", Text(N_("Quarter")), width=90),
    Column("has", Text(N_("Has (Person-days)")), "Float", width=110),
    Column("planned", Text(N_("Planned (Person-days)")), "Float", width=110),
    Column("share", Text(N_("Planned (%)")), "Percent", width=90),
    Column("levelled", Text(N_("Levelled (Person-days)")), "Float", width=110),
    Column("state", Text(N_("State")), width=120),
)
FITS, TOO_MUCH, NOT_KNOWN = N_("Fits"), N_("Too Much"), N_("Not Known")


def report(plan: Plan, today: date, *, team: str = "") -> Table:
    """A row for each team and quarter, from today on. team: only that one."""
    found = [load for load in loads(plan, today) if team in ("", load.team.id)]
    over = [load for load in found if load.is_overloaded]
    return Table(
        columns=COLUMNS,
        rows=[_row(load) for load in found],
        summary=(
            Figure(Text(N_("Teams")), len({load.team.id for load in found})),
            Figure(Text(N_("Quarters with Too Much")), len(over), "Red" if over else "Green"),
        ),
        chart=_chart(found),
        message=_message(found, over),
    )


def state(load: Load) -> Text:
    if load.has is None:
        return Text(NOT_KNOWN)
    return Text(TOO_MUCH if load.is_overloaded else FITS)


def _row(load: Load) -> dict[str, Any]:
    return {
        "id": load.team.id,
        "team": load.team.title or load.team.id,
        "quarter": str(load.quarter),
        "has": None if load.has is None else round(load.has, 1),
        "planned": round(load.planned, 1),
        "share": round(100 * load.planned / load.has, 1) if load.has else None,
        "levelled": round(load.levelled, 1),
        "state": state(load),
    }


def _chart(found: Sequence[Load]) -> Chart | None:
    """What all these teams have, and what is planned, quarter by quarter."""
    if not found:
        return None
    quarters = sorted({load.quarter for load in found})

    def total(name: str) -> tuple[float, ...]:
        return tuple(
            round(sum(getattr(load, name) or 0 for load in found if load.quarter == quarter), 1)
            for quarter in quarters
        )

    return Chart(
        title=Text(N_("Person-days for improvements")),
        labels=tuple(str(quarter) for quarter in quarters),
        datasets=(
            Dataset(Text(N_("Has")), total("has")),
            Dataset(Text(N_("Planned")), total("planned")),
            Dataset(Text(N_("Levelled")), total("levelled")),
        ),
        colors=("#9aa5b1", "#24548f", "#0b7a5c"),
        reading=say(N_("All teams together: {0} person-days planned."), Number(f"{sum(total('planned')):g}")),
    )


def _message(found: Sequence[Load], over: Sequence[Load]) -> Text:
    if not found:
        return Text(N_("No open improvement has both an effort and a team that does it."))
    if over:
        worst = max(over, key=lambda load: (load.planned - load.has, load.team.id))
        return say(
            N_(
                "Team quarters with more planned than there is: {0}. Begin with “{1}” in {2}: {3} of {4} person-days."
            ),
            len(over),
            worst.team.title or worst.team.id,
            str(worst.quarter),
            Number(f"{worst.planned:.1f}"),
            Number(f"{worst.has:.1f}"),
        )
    return Text(N_("No team has more to do than it has people for."))
