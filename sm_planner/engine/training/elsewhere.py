"""Attendance that other programs keep, as facts of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.training import TrainingAttendance
from sm_planner.engine.model.vocabulary import ABSENT, ATTENDED, NOT_PASSED, PASSED


@dataclass(frozen=True)
class Noted:
    """What another program says: who took part in which training, when, with what result. source: where that stands."""

    training: str
    person: str
    day: date
    result: str
    source: str
    valid_until: date | None = None


_BEST = (PASSED, ATTENDED, NOT_PASSED, ABSENT)
"""Results, the best first."""


def to_add(plan: Plan, noted: Iterable[Noted], today: date) -> tuple[TrainingAttendance, ...]:
    """The facts that the plan does not have yet, in the order of their days.

    What it has for that person, training and day stays as it was entered; days to come were attended by nobody. Where several
    say something of one day, the best result counts: who missed the morning may have come in the afternoon.
    """
    known = {fact.id for fact in plan.attendances}
    found: dict[str, TrainingAttendance] = {}
    for one in sorted(
        noted, key=lambda one: (one.day, one.training, one.person, _BEST.index(one.result), one.source)
    ):
        fact = TrainingAttendance(
            training=one.training,
            person=one.person,
            result=one.result,
            evidence=one.source,
            valid_until=one.valid_until,
            day=one.day,
        )
        if one.day <= today and fact.id not in known:
            found.setdefault(fact.id, fact)
    return tuple(found.values())
