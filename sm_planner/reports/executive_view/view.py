"""The shape of the executive view: four questions, and the figures that answer each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import N_, Text, listed, say

TOLD = 2
"""Records that a sentence names; the others are counted."""


class Tone(str, Enum):
    """How a figure looks: whether it is well, to be watched, or asks for something; UNKNOWN where that cannot be told."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ToSign:
    """A version that waits for the reader's signature. since: when it was sent; None where nobody noted it."""

    plan: str
    title: str
    version: int
    since: date | None = None


@dataclass(frozen=True)
class Reader:
    """Who reads. people: the ids of the people for whom he stands. to_sign: what waits for his signature."""

    people: frozenset[str] = frozenset()
    to_sign: tuple[ToSign, ...] = ()


@dataclass(frozen=True)
class Opens:
    """Where a figure leads: to these records, or to a page of the Desk.

    collection: of the records; ``plan`` for plans. records: ids of plans, each with the id of a record of it. report: the key in
    :data:`sm_planner.reports.REPORTS` of what shows them, with its filters: where there are no records, or too many for the
    address of a list. plan: the id of that which the report is about; empty for all plans in force. page: the name of a page, where there is neither.
    """

    collection: str = ""
    records: tuple[tuple[str, str], ...] = ()
    report: str = ""
    plan: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    page: str = ""

    def __bool__(self) -> bool:
        return bool(self.records or self.report or self.page)


@dataclass(frozen=True)
class Figure:
    """A figure. value: what it says in short, None where it is not known. sentence: what that means, or why it is not known.
    comparison: with what it is compared, and what that was, or why with nothing."""

    key: str
    label: Text
    value: Text | None
    sentence: Text
    comparison: Text
    tone: Tone
    opens: Opens

    @property
    def is_quiet(self) -> bool:
        """Whether nobody has to do or watch anything."""
        return self.tone is Tone.GOOD


@dataclass(frozen=True)
class Section:
    """A question, and the figures that answer it."""

    key: str
    question: Text
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class View:
    """What somebody is told of plans on a day. plans: those in force, by their titles."""

    plans: tuple[tuple[str, str], ...]
    today: date
    sections: tuple[Section, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for section in self.sections for figure in section.figures)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say."""
        return all(figure.is_quiet for figure in self.figures)


Held = tuple[Plan, Any]
"""A record, and the plan in which it stands."""


def month_before(today: date) -> date:
    return months_after(today, -1)


def opening(collection: str, found: Iterable[Held], report: str = "", **filters: str) -> Opens:
    """What opens these records, each once."""
    records = tuple(dict.fromkeys((plan.id, record.id) for plan, record in found))
    if not records:
        return Opens()
    return Opens(collection, records, report, records[0][0], tuple(sorted(filters.items())))


def report_about(plans: Sequence[Plan], report: str, **filters: str) -> Opens:
    """What opens a report about all of the plans: where there are several, those in force that the reader may read."""
    plan = plans[0].id if len(plans) == 1 else ""
    return Opens(report=report, plan=plan, filters=tuple(sorted(filters.items())))


def named(found: Sequence[Any]) -> Text:
    """The first few of records or texts, and how many there are besides."""
    texts = [one if isinstance(one, (str, Text)) else str(Ref.to(one)) for one in found]
    shown = listed((say(N_("“{0}”"), one) for one in texts[:TOLD]), ", ")
    more = len(texts) - TOLD
    return say(N_("{0} and {1} more"), shown, more) if more > 0 else shown


def counted(number: int) -> Text:
    return listed((str(number),))


def share_told(part: int, whole: int) -> Text:
    return say(N_("{0} of {1}"), part, whole)
