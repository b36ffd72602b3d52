"""Lessons and Notes: what was learned from own days and from others, and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.learning import BenchmarkNote, Lesson
from sm_planner.engine.model.vocabulary import LESSON_SOURCES, NOTE_KINDS
from sm_planner.engine.part.asking import without_action
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.quantities import number
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

LESSONS, NOTES = "Lessons", "Benchmark Notes"
SHOWN = (N_("Lessons"), N_("Benchmark Notes"))
KINDS = (*LESSON_SOURCES, *NOTE_KINDS)

COLUMNS = (
    Column("title", Text(N_("Learned")), width=240, key="id"),
    Column("what", Text(N_("What")), width=120),
    Column("kind", Text(N_("Kind")), width=120),
    Column("day", Text(N_("Day")), "Date", width=100),
    Column("source", Text(N_("Source")), width=200),
    Column("told", Text(N_("In Words")), width=320),
    Column("figure", Text(N_("Figure")), width=140),
    Column("owner", Text(N_("Owner")), width=140, collection="people", key="owner_id"),
    Column("follows", Text(N_("What Follows")), width=240),
    Column("serves", Text(N_("Serves")), width=200),
)


def report(plan: Plan, today: date, *, show: str = "", kind: str = "") -> Table:
    """A row for each lesson and each note, the latest first. show: only lessons, or only notes. kind: only those."""
    rows = [*_lessons(plan, show), *_notes(plan, show)]
    rows = [row for row in rows if kind in ("", row["kind"].template if row["kind"] else "")]
    rows.sort(key=lambda row: (row["day"] or date.min, row["id"]), reverse=True)
    counted = Counter(row["collection"] for row in rows)
    open_ones = without_action(plan)
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            Figure(Text(N_("Lessons")), counted["lessons"]),
            Figure(Text(N_("Benchmark Notes")), counted["benchmark_notes"]),
            Figure(
                Text(N_("Lessons from Which Nothing Follows")),
                len(open_ones),
                "Red" if open_ones else "Green",
            ),
        ),
        message=_message(plan, rows, open_ones),
        chart=_chart(plan),
    )


def _chart(plan: Plan) -> Chart | None:
    """From what the lessons come, and from how many of them something follows. None without any."""
    if not plan.lessons:
        return None
    open_ones = set(without_action(plan))
    kinds = [one.source_kind or LESSON_SOURCES[-1] for one in plan.lessons]
    sources = [source for source in LESSON_SOURCES if source in kinds]
    by_source = [
        [one for one, kind in zip(plan.lessons, kinds, strict=True) if kind == source] for source in sources
    ]
    idle = tuple(sum(one in open_ones for one in lessons) for lessons in by_source)
    followed = tuple(len(lessons) - count for lessons, count in zip(by_source, idle, strict=True))
    return Chart(
        title=Text(N_("Lessons by what they come from")),
        labels=tuple(map(Text, sources)),
        datasets=(
            Dataset(Text(N_("Something Follows")), followed),
            Dataset(Text(N_("Nothing Follows")), idle),
        ),
        colors=("#0b5c6e", "#e8a33d"),
        reading=say(
            N_("Something follows from {0} of {1} lessons."),
            len(plan.lessons) - len(open_ones),
            len(plan.lessons),
        ),
        stacked=True,
    )


def _lessons(plan: Plan, show: str) -> Iterator[dict[str, Any]]:
    for one in plan.lessons if show != NOTES else ():
        yield {
            **_named(one, "lessons"),
            "what": Text(N_("Lesson")),
            "kind": one.source_kind and Text(one.source_kind),
            "day": one.learned_on,
            "source": one.source,
            "told": one.learned,
            "figure": "",
            "owner": plan.title_of("people", one.lesson_owner),
            "owner_id": one.lesson_owner,
            "follows": follows(plan, one),
            "serves": plan.title_of("services", one.service),
        }


def _notes(plan: Plan, show: str) -> Iterator[dict[str, Any]]:
    for one in plan.benchmark_notes if show != LESSONS else ():
        yield {
            **_named(one, "benchmark_notes"),
            "what": Text(N_("Benchmark Note")),
            "kind": one.kind and Text(one.kind),
            "day": one.noted_on,
            "source": one.source,
            "told": one.finding,
            "figure": figure(one),
            "owner": plan.title_of("people", one.noted_by),
            "owner_id": one.noted_by,
            "follows": plan.title_of("improvements", one.improvement),
            "serves": plan.title_of("objectives", one.objective),
        }


def _named(one: Lesson | BenchmarkNote, collection: str) -> dict[str, str]:
    return {"id": one.id, "title": one.title or one.id, "collection": collection}


def figure(note: BenchmarkNote) -> str:
    """The figure of a note with its unit."""
    return " ".join(filter(None, (number(note.figure), note.unit))) if note.figure is not None else ""


def follows(plan: Plan, lesson: Lesson) -> Text | str:
    """What became of a lesson: an improvement, or why nothing does."""
    if lesson.action:
        return plan.title_of("improvements", lesson.action)
    return say(N_("Nothing: {0}"), lesson.no_action) if lesson.no_action else ""


def _message(plan: Plan, rows: list[dict[str, Any]], open_ones: tuple[Lesson, ...]) -> Text:
    """What to do first."""
    if not rows:
        return Text(N_("There are no lessons and notes here. Hold a sanity check of the last transition."))
    if open_ones:
        return say(
            N_("Lessons from which nothing follows: {0}. Begin with “{1}”."),
            len(open_ones),
            open_ones[0].title or open_ones[0].id,
        )
    return Text(N_("Something follows from each lesson, or somebody has said why not."))
