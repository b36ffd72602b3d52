"""IMP and OCM: whether the roadmap holds: dates that can be kept, teams that can do it, phases that somebody accepts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import lacking, missing, named, nothing_wanted
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, idle, rule, unknown
from sm_planner.engine.improvements.order import waits_for
from sm_planner.engine.model import Plan
from sm_planner.engine.model.roadmap import Phase
from sm_planner.engine.model.vocabulary import REFUSED, ROLL_OUT
from sm_planner.engine.rhythm.checkpoints import OPEN, said, state
from sm_planner.engine.roadmap.load import loads
from sm_planner.engine.roadmap.moves import too_early
from sm_planner.engine.roadmap.schedule import NO_DURATION, is_pinned, roadmap
from sm_planner.engine.texts import Number


@rule(
    "IMP-12",
    Severity.WARNING,
    GROWN,
    title=N_("The dates of the improvements can be kept"),
    why=N_("A date that nobody can keep is believed until the day on which it is missed."),
    fix=N_(
        "Move the date, start sooner, or do with less: the report “Roadmap” shows what would be possible."
    ),
    source="Mainville 2018",
)
def can_be_kept(plan: Plan, today: date) -> Iterator[Fault]:
    """By what they wait for and working days. What is overdue, or waits for itself, is told by other rules."""
    yield from nothing_wanted(plan)
    for step in roadmap(plan, today).steps:
        yield from lacking(step.improvement, "due")
        if step.reason.kind == NO_DURATION:
            yield from lacking(step.improvement, "effort_days")
    for step in too_early(plan, today):
        one = step.improvement
        yield fault(
            one,
            N_("“{0}” is due on {1}; by what it waits for and its working days it is not over before {2}."),
            named(one),
            one.due,
            step.earliest_end,
            field="due",
        )
    yield from _pinned_too_early(plan, today)


def _pinned_too_early(plan: Plan, today: date) -> Iterator[Fault]:
    ends = {step.improvement.id: step.earliest_end for step in roadmap(plan, today).steps}
    for step in roadmap(plan, today).steps:
        one = step.improvement
        if step.is_begun or not is_pinned(one, today):
            continue
        for other in waits_for(plan, one):
            end = ends.get(other.id)
            if end and end >= one.start_date:
                yield fault(
                    one,
                    N_("“{0}” is pinned to {1}, but “{2}”, for which it waits, is not over before {3}."),
                    named(one),
                    one.start_date,
                    named(other),
                    end,
                    field="start_date",
                )


@rule(
    "IMP-13",
    Severity.WARNING,
    GROWN,
    title=N_("No team has more to do for improvements in a quarter than it has people for"),
    why=N_("Who is promised to everything at once does all of it late, and the daily work as well."),
    fix=N_(
        "Move improvements to a later quarter, give the team more people for them, or have another team do some: the report "
        "“Team Load” shows the quarters."
    ),
    source="Mainville 2018",
)
def can_be_done(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_wanted(plan)
    found = loads(plan, today)
    if plan.improvements and not found:
        yield idle(
            plan,
            N_("No open improvement has both an effort and a team that does it."),
            field="improvements",
            fix=N_("Enter its effort and who does it, so that the load of the teams can be checked."),
        )
    for team in dict.fromkeys(load.team for load in found if load.has is None):
        yield unknown(
            team,
            N_("“{0}”: how many of its people can work on improvements is not known."),
            named(team),
            field="people_for_improvements",
        )
    for load in found:
        if load.is_overloaded:
            yield fault(
                load.team,
                N_("“{0}” has {1} person-days for improvements in {2}, and {3} are planned."),
                named(load.team),
                Number(f"{load.has:.1f}"),
                str(load.quarter),
                Number(f"{load.planned:.1f}"),
                field="people_for_improvements",
            )


@rule(
    "OCM-04",
    Severity.WARNING,
    COMPLETE,
    title=N_("The roll-out has phases, and each ends with somebody accepting it"),
    why=N_("What nobody accepts is never finished: the next phase builds on what does not work yet."),
    fix=N_(
        "Enter the phases with their dates, what has to be true at the end of each, who says so and when; then have that person "
        "say it."
    ),
    source="Ten steps",
)
def accepted_in_phases(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_wanted(plan)
    if all(phase.kind != ROLL_OUT for phase in plan.phases):
        yield fault(plan, N_("The plan has no phase in which it is rolled out."), field="phases")
    for phase in plan.phases:
        yield from missing(phase, "kind", "start_date", "end_date", "criteria", "accepted_by", "checkpoint")
        yield from _misdated(phase)
        yield from _not_accepted(plan, phase, today)
    for improvement in plan.improvements:
        phase = plan.get("phases", improvement.phase)
        if (
            phase
            and phase.end_date
            and improvement.is_open
            and improvement.due
            and improvement.due > phase.end_date
        ):
            yield fault(
                improvement,
                N_("“{0}” is due on {1}, after the end of its phase “{2}” on {3}."),
                named(improvement),
                improvement.due,
                named(phase),
                phase.end_date,
                field="due",
            )


def _misdated(phase: Phase) -> Iterator[Fault]:
    if phase.start_date and phase.end_date and phase.end_date < phase.start_date:
        yield fault(phase, N_("“{0}” ends before it starts."), named(phase), field="end_date")


def _not_accepted(plan: Plan, phase: Phase, today: date) -> Iterator[Fault]:
    found = state(plan, phase, today)
    if found == OPEN:
        yield fault(
            phase,
            N_("“{0}” was to be accepted on {1}, and nobody has said whether it is."),
            named(phase),
            phase.checkpoint,
            field="acceptances",
        )
    elif found == REFUSED:
        refused = said(plan, phase, today).day
        if not phase.checkpoint or phase.checkpoint <= refused:
            yield fault(
                phase,
                N_("“{0}” was refused on {1}, and has no new checkpoint."),
                named(phase),
                refused,
                field="checkpoint",
            )


RULES = (can_be_kept, can_be_done)
"""What is accepted in phases stands with the change: :mod:`sm_planner.engine.checks.change`."""
