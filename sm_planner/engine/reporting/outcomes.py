"""Whether something came of the issues of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sm_planner.engine.model.reporting import ReportIssue

LAST = 3
"""How many issues may lead to nothing, one after another."""


def without_outcome(issues: Sequence[ReportIssue]) -> tuple[ReportIssue, ...]:
    """The last issues, where there are enough of them and nothing came of any; else none. issues: the oldest first."""
    last = tuple(issues[-LAST:])
    return last if len(last) == LAST and not any(one.outcome for one in last) else ()


def adds_outcome(new: ReportIssue, old: ReportIssue) -> bool:
    """Whether nothing is written but what came of an issue, of which nothing was known: that shows later than a fact can be
    corrected."""
    told = replace(new, outcome="", decisions=old.decisions, entered_by=old.entered_by)
    return bool(new.outcome) and not old.outcome and told == old
