"""How far an objective has come: from its baseline, its target and what was measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sm_planner.engine.agreements.measurements import in_a_row
from sm_planner.engine.model import Measurement, Objective


class State(str, Enum):
    REACHED = "Reached"
    ON_TRACK = "On track"
    BEHIND = "Behind"
    OVERDUE = "Overdue"
    NOT_MEASURED = "Not measured"
    NOT_MEASURABLE = "Not measurable"


@dataclass(frozen=True)
class Progress:
    """latest: the last measurement up to today. share: the part of the way from baseline to target, in percent.

    The share is below 0 where things got worse and above 100 beyond the target; None if it cannot be told.
    """

    state: State
    latest: Measurement | None = None
    share: float | None = None


def progress(objective: Objective, measured: Iterable[Measurement], today: date) -> Progress:
    """The progress of an objective on a day, by what was measured of it.

    It is behind if a smaller part of the way than of the time from baseline to due date is behind it, both at
    the latest measurement; without both dates it is on track while it is not overdue.
    """
    if None in (objective.baseline, objective.target) or objective.baseline == objective.target:
        return Progress(State.NOT_MEASURABLE)
    known = [row for row in measured if row.day and row.day <= today and row.value is not None]
    overdue = objective.due is not None and objective.due < today
    if not known:
        return Progress(State.OVERDUE if overdue else State.NOT_MEASURED)
    latest = max(known, key=lambda row: row.day)
    share = 100 * (latest.value - objective.baseline) / (objective.target - objective.baseline)
    if share >= 100:
        return Progress(State.REACHED, latest, share)
    if overdue:
        return Progress(State.OVERDUE, latest, share)
    expected = _expected(objective, latest.day)
    behind = expected is not None and share < expected
    return Progress(State.BEHIND if behind else State.ON_TRACK, latest, share)


def behind_in_a_row(objective: Objective, measured: Iterable[Measurement], today: date) -> int:
    """At how many of the latest measurements, one after another, the objective was behind, or late."""
    known = tuple(row for row in measured if row.day and row.day <= today)
    late = (State.BEHIND, State.OVERDUE)
    return in_a_row(known, lambda row: progress(objective, known, row.day).state in late)


def _expected(objective: Objective, day: date) -> float | None:
    """The part of the time from baseline to due date that has passed on a day, in percent."""
    begin, due = objective.baseline_date, objective.due
    if begin is None or due is None or begin >= due:
        return None
    return 100 * (day - begin).days / (due - begin).days
