"""LES: what was learned, from transitions, from others and from trying."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import empty, missing, named, nothing_in, nothing_wanted, wanted
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.learning.transitions import called, held, last_transition, replays
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import CLOSED, EXPERIMENT, NEW, OTHERWISE, VERIFY
from sm_planner.engine.part.asking import without_action
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import Text

NOTE_MONTHS = 12
"""For how many months a note about what others do is news."""


@rule(
    "LES-01",
    Severity.ERROR,
    GROWN,
    title=N_("The last transition was replayed against the plan, and what differed became lessons"),
    why=N_("A plan that was never held against something real says what its authors hoped."),
    fix=N_("Hold a sanity check of the last transition, and make a lesson of each difference."),
    source="Prakash 2016",
)
def replayed(plan: Plan, today: date) -> Iterator[Fault]:
    last = last_transition(plan, today)
    if last and not replays(plan, last):
        yield fault(
            last.service,
            N_("“{0}” was accepted on {1}, and nobody has replayed that against the plan."),
            named(last.service),
            last.day,
        )
    elif not last and not held(plan):
        yield fault(plan, N_("No transition was replayed against the plan."), field="sanity_checks")
    for check in held(plan):
        for row in check.answers:
            if row.outcome == OTHERWISE and empty(row.became):
                yield fault(
                    check,
                    N_("{0}: “{1}” was otherwise, and became no lesson."),
                    called(plan, check),
                    Text(row.question),
                    field="answers",
                )


@rule(
    "LES-02",
    Severity.WARNING,
    GROWN,
    title=N_("Each lesson has an action, or a reason for none"),
    why=N_("What was learned and changes nothing is learned again, at the same price."),
    fix=N_("Make an improvement of the lesson, or say why nothing is to be done."),
    source="Prakash 2016; HDI",
)
def acted_on(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "lessons")
    for lesson in without_action(plan):
        yield fault(
            lesson,
            N_("The lesson “{0}” has neither an action nor a reason for none."),
            named(lesson),
            field="action",
        )


@rule(
    "LES-03",
    Severity.INFORMATION,
    COMPLETE,
    title=N_("Somebody looked within the last twelve months what others do"),
    why=N_("Who looks at nobody else takes the own habits for the best that can be."),
    fix=N_(
        "Enter a benchmark note: a best practice, a figure of others or a trend, with its source and day."
    ),
    source="HDI",
)
def looked_at_others(plan: Plan, today: date) -> Iterator[Fault]:
    since = months_after(today, -NOTE_MONTHS)
    days = [one.noted_on for one in plan.benchmark_notes if one.noted_on and one.noted_on <= today]
    for note in plan.benchmark_notes:
        yield from missing(note, "noted_on", "source")
    if not plan.benchmark_notes:
        yield fault(plan, N_("The plan has no note about what others do."), field="benchmark_notes")
    elif days and max(days) < since:
        yield fault(
            plan, N_("The last note about what others do is of {0}."), max(days), field="benchmark_notes"
        )


@rule(
    "LES-04",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each experiment says what it expects and when it stops, and in the end what it showed"),
    why=N_("Without a limit an experiment becomes the usual way before anybody has decided that."),
    fix=N_("Fill in hypothesis and limit; once it is done, the check of the effect and what was learned."),
    source="HDI",
)
def tried_out(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_wanted(plan)
    for one in wanted(plan):
        if one.kind != EXPERIMENT:
            continue
        if one.status != NEW:
            yield from missing(one, "hypothesis", "stop_at")
        if one.status in (VERIFY, CLOSED):
            yield from missing(one, "effect", "learning")


RULES = (replayed, acted_on, looked_at_others, tried_out)
