"""Effort versus Result: what was spent on improvements, and what came of it. What is not known is empty, and never 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sm_planner.engine.improvements.results import reached, spent
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.vocabulary import VERDICTS
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.quantities import number
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Improvement")), width=240, collection="improvements", key="id"),
    Column("state", Text(N_("State")), width=110),
    Column("planned", Text(N_("Planned (Person-days)")), "Float", width=110),
    Column("spent", Text(N_("Spent (Person-days)")), "Float", width=110),
    Column("cost", Text(N_("Cost")), "Float", width=90),
    Column("benefit_kpi", Text(N_("Benefit KPI")), width=220),
    Column("benefit_baseline", Text(N_("Baseline")), "Float", width=90),
    Column("benefit_target", Text(N_("Target")), "Float", width=90),
    Column("benefit_actual", Text(N_("Reached")), "Float", width=90),
    Column("share", Text(N_("Share of the Way (%)")), "Percent", width=110),
    Column("verdict", Text(N_("Verdict")), width=120),
    Column("benefit_due", Text(N_("Benefit Due")), "Date", width=100),
)
NOT_KNOWN = ""
"""The verdict of an improvement of which nobody has said yet what came of it."""

LABELS = {**{verdict: Text(verdict) for verdict in VERDICTS}, NOT_KNOWN: Text(N_("Result not known"))}
COLORS = {"Reached": "Green", "Missed": "Red"}


@dataclass(frozen=True)
class _Spent:
    """An improvement, and the person-days that were reported; None where nobody told any."""

    improvement: Improvement
    days: float | None


def report(plan: Plan, today: date, *, kind: str = "", dimension: str = "") -> Table:
    """A row for each improvement that was taken up, the one first on which most was spent; then those of the most planned days.

    kind, dimension: only those.
    """
    found = [
        _Spent(one, spent(plan, one, today))
        for one in plan.improvements
        if one.is_taken_up and kind in ("", one.kind) and dimension in ("", one.dimension)
    ]
    found.sort(key=_order)
    return Table(
        columns=COLUMNS,
        rows=[_row(one) for one in found],
        summary=tuple(_summary(found)),
        chart=_chart(found),
        message=_message(found),
    )


def _order(one: _Spent) -> tuple[float, float, str]:
    return -(one.days or 0), -(one.improvement.effort_days or 0), one.improvement.id


def _row(row: _Spent) -> dict[str, Any]:
    one, share = row.improvement, reached(row.improvement)
    return {
        "id": one.id,
        "title": one.title or one.id,
        "state": one.status and Text(one.status),
        "planned": one.effort_days,
        "spent": row.days,
        "cost": one.cost,
        "benefit_kpi": one.benefit_kpi,
        "benefit_baseline": one.benefit_baseline,
        "benefit_target": one.benefit_target,
        "benefit_actual": one.benefit_actual,
        "share": None if share is None else round(share, 1),
        "verdict": one.verdict and Text(one.verdict),
        "benefit_due": one.benefit_due,
    }


def _of(found: Sequence[_Spent], *verdicts: str) -> list[_Spent]:
    return [one for one in found if one.improvement.verdict in verdicts]


def _days(found: Sequence[_Spent]) -> float | None:
    """The days that were reported; None where nobody told any."""
    known = [one.days for one in found if one.days is not None]
    return sum(known) if known else None


def _summary(found: Sequence[_Spent]) -> Iterator[Figure]:
    """The days that were spent, in all and by what came of them; where nobody told any, there is no figure."""
    total = _days(found)
    if total is not None:
        yield Figure(Text(N_("Days Spent")), total)
    for verdict, label in LABELS.items():
        days = _days(_of(found, verdict))
        if days is not None:
            yield Figure(say(N_("Days: {0}"), label), days, COLORS.get(verdict, "Blue"))
    silent = sum(one.days is None for one in found)
    yield Figure(Text(N_("Without Reported Days")), silent)


def _chart(found: Sequence[_Spent]) -> Chart | None:
    """The days that are known, planned and spent, by what came of them; nothing is drawn as spent where nobody told any."""
    if not found:
        return None
    parts = {verdict: _of(found, verdict) for verdict in LABELS}
    planned = {verdict: _planned(rows) for verdict, rows in parts.items()}
    return Chart(
        title=Text(N_("Known days, by what came of them")),
        labels=tuple(LABELS.values()),
        datasets=(Dataset(Text(N_("Planned")), tuple(planned.values())), *_bars_of_spent(found, parts)),
        colors=("#8694a0", "#0b5c6e"),
        reading=say(
            N_("Of {0} planned days, {1} are of improvements whose result is known."),
            number(sum(planned.values())),
            number(sum(planned[verdict] for verdict in VERDICTS)),
        ),
    )


def _bars_of_spent(found: Sequence[_Spent], parts: Mapping[str, Sequence[_Spent]]) -> Iterator[Dataset]:
    if _days(found) is not None:
        yield Dataset(Text(N_("Spent")), tuple(_days(rows) or 0 for rows in parts.values()))


def _planned(found: Sequence[_Spent]) -> float:
    return sum(one.improvement.effort_days or 0 for one in found)


def _message(found: Sequence[_Spent]) -> Text:
    """How much of the effort led to a result."""
    if not found:
        return Text(N_("No improvement has been taken up yet."))
    total = _days(found)
    if total is None:
        return Text(
            N_("It is not known how many days were spent. Have the owners of the improvements report them.")
        )
    unknown, missed = _of(found, NOT_KNOWN), _of(found, "Missed")
    if _days(unknown):
        return say(
            N_(
                "{0} of {1} days were spent on improvements whose result is not known, most of them on “{2}”. "
                "Measure their benefit."
            ),
            number(_days(unknown)),
            number(total),
            unknown[0].improvement.title or unknown[0].improvement.id,
        )
    if _days(missed):
        return say(
            N_(
                "{0} of {1} days were spent on improvements that missed their target, most of them on “{2}”. "
                "Say what follows."
            ),
            number(_days(missed)),
            number(total),
            missed[0].improvement.title or missed[0].improvement.id,
        )
    return say(
        N_("All of the {0} days that were reported brought what was wanted, at least in part."), number(total)
    )
