"""Roadmap: for each open improvement what is planned, what is possible at the earliest, and what the teams can do; and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sm_planner.engine.improvements.priority import priority
from sm_planner.engine.model import Plan
from sm_planner.engine.roadmap.schedule import (
    AFTER_UNKNOWN,
    AT_ONCE,
    IN_RING,
    MORE_WORK,
    NEVER,
    NO_DURATION,
    NOT_BEFORE,
    PEAK_TIME,
    PINNED,
    PREDECESSOR,
    TEAM_FULL,
    UNDER_WAY_ALREADY,
    Roadmap,
    Step,
    roadmap,
)
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Improvement")), width=240, collection="improvements", key="id"),
    Column("state", Text(N_("State")), width=110),
    Column("planned_start", Text(N_("Planned Start")), "Date", width=100),
    Column("planned_end", Text(N_("Due")), "Date", width=100),
    Column("earliest_start", Text(N_("Earliest Start")), "Date", width=100),
    Column("earliest_end", Text(N_("Earliest End")), "Date", width=100),
    Column("levelled_start", Text(N_("Levelled Start")), "Date", width=100),
    Column("levelled_end", Text(N_("Levelled End")), "Date", width=100),
    Column("late", Text(N_("Late (Days)")), "Int", width=90),
    Column("reason", Text(N_("What Sets the Date")), width=240),
    Column("slack", Text(N_("Slack (Working Days)")), "Int", width=100),
    Column("critical", Text(N_("Critical")), width=80),
    Column("team", Text(N_("Done By")), width=160, collection="teams", key="team_id"),
    Column("days", Text(N_("Working Days Left")), "Int", width=100),
    Column("work", Text(N_("Person-days Left")), "Float", width=100),
    Column("priority", Text(N_("Priority (%)")), "Percent", width=90),
    Column("phase", Text(N_("Phase")), width=140, collection="phases", key="phase_id"),
)
LATE, CRITICAL = "Late", "Critical"
GROUPS = (N_("Late"), N_("Critical"))
"""What a roadmap can be narrowed to."""

REASONS = {
    AT_ONCE: N_("can begin at once"),
    UNDER_WAY_ALREADY: N_("is under way"),
    PREDECESSOR: N_("waits for “{0}”"),
    TEAM_FULL: N_("“{0}” has nobody free before"),
    PEAK_TIME: N_("not during “{0}”"),
    NOT_BEFORE: N_("is not to start before"),
    PINNED: N_("is pinned"),
    MORE_WORK: N_("more work than days"),
    NO_DURATION: N_("no effort, and no dates"),
    IN_RING: N_("waits for itself"),
    AFTER_UNKNOWN: N_("waits for “{0}”, whose end is not known"),
    NEVER: N_("its team has nobody for it"),
}
_ABOUT = {
    PREDECESSOR: "improvements",
    AFTER_UNKNOWN: "improvements",
    TEAM_FULL: "teams",
    PEAK_TIME: "busy_times",
}


def report(plan: Plan, today: date, *, show: str = "", team: str = "") -> Table:
    """A row for each open improvement, by its levelled start. show: only the late, or the critical. team: only what it does.

    Figures, chart and message are of the whole roadmap.
    """
    told = roadmap(plan, today)
    wanted = {"": told.steps, LATE: told.late, CRITICAL: told.critical_path}[show]
    rows = [
        _row(plan, step) for step in in_order(wanted) if team in ("", step.team.id if step.team else None)
    ]
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=_summary(told),
        chart=_chart(told),
        message=message(told),
    )


def in_order(steps: Sequence[Step]) -> list[Step]:
    """By their levelled starts; what has none comes last."""
    return sorted(steps, key=lambda one: (one.start or date.max, one.end or date.max, one.improvement.id))


def _row(plan: Plan, step: Step) -> dict[str, Any]:
    one = step.improvement
    urgency = priority(one, plan.settings)
    return {
        "id": one.id,
        "title": one.title or one.id,
        "state": one.status and Text(one.status),
        "planned_start": one.start_date,
        "planned_end": one.due,
        "earliest_start": step.earliest_start,
        "earliest_end": step.earliest_end,
        "levelled_start": step.start,
        "levelled_end": step.end,
        "late": step.days_late if step.is_late else None,
        "reason": why(plan, step),
        "slack": step.slack,
        "critical": Text(N_("Yes")) if step.is_critical else "",
        "team": step.team.title or step.team.id if step.team else "",
        "team_id": step.team.id if step.team else "",
        "days": step.duration,
        "work": None if step.work is None else round(step.work, 1),
        "priority": None if urgency is None else round(urgency, 1),
        "phase": plan.title_of("phases", one.phase),
        "phase_id": one.phase,
    }


def why(plan: Plan, step: Step) -> Text:
    """What sets the levelled dates of an improvement, or why there are none."""
    kind, record = step.reason.kind, step.reason.record
    about = (plan.title_of(_ABOUT[kind], record),) if kind in _ABOUT else ()
    return say(REASONS[kind], *about)


def _summary(told: Roadmap) -> tuple[Figure, ...]:
    late = len(told.late)
    figures = (
        Figure(Text(N_("Open")), len(told.steps)),
        Figure(Text(N_("Late")), late, "Red" if late else "Green"),
        Figure(Text(N_("Critical")), len(told.critical_path)),
    )
    if told.gap is None:
        return figures
    return (*figures, Figure(Text(N_("Days to the Best Possible End")), told.gap))


def _chart(told: Roadmap) -> Chart | None:
    """How many days each late improvement is late."""
    late = sorted(told.late, key=lambda one: (-one.days_late, one.improvement.id))
    if not late:
        return None
    return Chart(
        title=Text(N_("Days late, as far as the teams can do it")),
        labels=tuple(one.improvement.title or one.improvement.id for one in late),
        datasets=(Dataset(Text(N_("Days")), tuple(one.days_late for one in late)),),
        colors=("#b3261e",),
        reading=say(
            N_("The latest is “{0}”, by {1} days."),
            late[0].improvement.title or late[0].improvement.id,
            late[0].days_late,
        ),
    )


def message(told: Roadmap) -> Text:
    """How the roadmap stands, and how good its dates are."""
    if not told.steps:
        return Text(N_("No improvement is open: there is nothing to plan."))
    if told.end is None:
        return Text(
            N_(
                "No improvement has dates or an effort, so that nothing can be planned. Enter them, and who does the work."
            )
        )
    path = [say(N_("“{0}”"), one.improvement.title or one.improvement.id) for one in told.critical_path]
    chain = listed(path) if path else Text(N_("no single chain"))
    if told.gap == 0:
        return say(
            N_(
                "By capacity all is over on {0}; no order could end sooner. What sets the end: {1}. "
                "Planned dates stay as they are until somebody moves them."
            ),
            told.end,
            chain,
        )
    return say(
        N_(
            "By capacity all is over on {0}; no order could end before {1} ({2} days sooner). What sets the end: {3}. "
            "Planned dates stay as they are until somebody moves them."
        ),
        told.end,
        told.least_end,
        told.gap,
        chain,
    )
