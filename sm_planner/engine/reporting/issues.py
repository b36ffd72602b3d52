"""What was issued of a report, when it is due next, and what its readers say of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.communication.audience import groups
from sm_planner.engine.communication.runs import due_after
from sm_planner.engine.model import Plan
from sm_planner.engine.model.reporting import (
    MAKES_SENSE,
    ProgressSheet,
    ReportConfirmation,
    ReportIssue,
    ReportSpec,
)
from sm_planner.engine.reporting.readers import readers


@dataclass(frozen=True)
class Said:
    """What the readers of a report say of it, each by the last word. silent: the ids of those who say nothing."""

    makes_sense: tuple[ReportConfirmation, ...]
    lacking: tuple[ReportConfirmation, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """The last issue of a report as somebody reads it. said: his last word on it; None where he has said nothing of it."""

    spec: ReportSpec
    issue: ReportIssue
    said: ReportConfirmation | None


def issued(plan: Plan, spec: ReportSpec, today: date) -> tuple[ReportIssue, ...]:
    """The issues of a report up to a day, by their periods."""
    found = (one for one in plan.facts("report_issues", "report_specs", spec.id) if one.day <= today)
    return tuple(sorted(found, key=lambda one: (one.period_end or date.min, one.day)))


def sheets(plan: Plan, spec: ReportSpec, today: date) -> tuple[ProgressSheet, ...]:
    """The progress sheets that were sent up to a day of those that a report spec plans: to its groups, in each month."""
    wanted = {one.id for one in groups(plan, spec)} if spec.is_progress_sheet else ()
    return tuple(one for one in plan.progress_sheets if one.stakeholder in wanted and one.sent_on <= today)


def last_issued(plan: Plan, spec: ReportSpec, today: date) -> date | None:
    """The day of the last issue; of progress sheets the day on which the last month was out to each of its groups."""
    days = [one.day for one in issued(plan, spec, today)]
    return max((*days, *_months_out(plan, spec, today)), default=None)


def next_issue(plan: Plan, spec: ReportSpec, today: date) -> date | None:
    """The next day on which a report is to be issued, in the past where it is late; None where nothing more is."""
    return due_after(spec, last_issued(plan, spec, today))


def said(plan: Plan, spec: ReportSpec, today: date) -> Said:
    """What those say for whom the report is today: of whatever issue, the last word counts."""
    last: dict[str, ReportConfirmation] = {}
    for fact in plan.facts("report_confirmations", "report_specs", spec.id):
        if fact.day <= today:
            last[fact.person] = fact  # the oldest first
    people = readers(plan, spec, today)
    words = [last[person] for person in people if person in last]
    return Said(
        makes_sense=tuple(one for one in words if one.word == MAKES_SENSE),
        lacking=tuple(one for one in words if one.word != MAKES_SENSE),
        silent=tuple(person for person in people if person not in last),
    )


def to_confirm(plan: Plan, spec: ReportSpec, person: str, today: date) -> ReportIssue | None:
    """The last issue of a report, where somebody who reads it has not said anything of it; else None."""
    read = reading(plan, spec, person, today)
    return read.issue if read and read.said is None else None


def reading(plan: Plan, spec: ReportSpec, person: str, today: date) -> Reading | None:
    """The last issue of a report as somebody reads it; None where nothing was issued, or not for him."""
    last = next(iter(reversed(issued(plan, spec, today))), None)
    if last is None or person not in readers(plan, spec, today):
        return None
    words = [
        one
        for one in plan.facts("report_confirmations", "report_specs", spec.id)
        if one.person == person and one.period_end == last.period_end and last.day <= one.day <= today
    ]
    return Reading(spec, last, words[-1] if words else None)  # the oldest first


def read_by(plan: Plan, person: str, today: date) -> tuple[Reading, ...]:
    """The last issue of each report that somebody reads: what waits for his word first, then the latest."""
    found = [one for spec in plan.report_specs if (one := reading(plan, spec, person, today))]
    found.sort(key=lambda one: one.issue.day, reverse=True)
    return tuple(sorted(found, key=lambda one: one.said is not None))


def _months_out(plan: Plan, spec: ReportSpec, today: date) -> list[date]:
    months: dict[date, dict[str, date]] = defaultdict(dict)
    for sheet in sheets(plan, spec, today):
        months[sheet.day].setdefault(sheet.stakeholder, sheet.sent_on)
    whole = len(groups(plan, spec))
    return [max(sent.values()) for sent in months.values() if len(sent) == whole]
