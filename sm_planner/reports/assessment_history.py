"""Assessment History: what each submitted assessment found, and how that went from one to the next."""

from __future__ import annotations

from datetime import date
from typing import Any

from sm_planner.engine.assessment.history import submitted
from sm_planner.engine.assessment.results import by_group, of_assessment
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import Assessment
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.quantities import number
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Assessment")), width=260, collection="assessments", key="id"),
    Column("as_of", Text(N_("Date")), "Date", width=100),
    Column("framework", Text(N_("Framework")), width=140),
    Column("framework_version", Text(N_("Framework Version")), width=90),
    Column("kind", Text(N_("Kind")), width=110),
    Column("assessor", Text(N_("Assessor")), width=150, collection="people", key="assessor_id"),
    Column("progress", Text(N_("Answered (%)")), "Percent", width=100),
    Column("mean", Text(N_("Mean Level")), "Float", width=90),
    Column("minimum", Text(N_("Lowest Level")), "Int", width=90),
    Column("below", Text(N_("Below Target")), "Int", width=100),
    Column("met", Text(N_("Reach the Goal (%)")), "Percent", width=120),
    Column("certifiable", Text(N_("Groups Certifiable")), width=200),
    Column("next_date", Text(N_("Next Assessment")), "Date", width=110),
)

COLORS = ("#0b5c6e", "#e8a33d")


def report(plan: Plan, today: date, *, framework: str = "") -> Table:
    """A row for each submitted assessment, the newest first: progress and result, side by side."""
    found = sorted(
        (one for name, all_of in submitted(plan).items() if framework in ("", name) for one in all_of),
        key=lambda one: (one.as_of or date.min, one.id),
    )
    below = of_assessment(found[-1]).below if found else 0
    return Table(
        columns=COLUMNS,
        rows=[_row(plan, one) for one in reversed(found)],
        summary=(
            Figure(Text(N_("Submitted Assessments")), len(found)),
            Figure(Text(N_("Below Target in the Newest")), below, "Red" if below else "Green"),
        ),
        chart=_trend(found),
        message=_trend_told(plan, found, framework),
    )


def _row(plan: Plan, one: Assessment) -> dict[str, Any]:
    total = of_assessment(one)
    certifiable = [group for group, of_group in by_group(one).items() if of_group.is_certifiable]
    return {
        "id": one.id,
        "title": one.title or one.id,
        "as_of": one.as_of,
        "framework": one.framework,
        "framework_version": one.framework_version,
        "kind": one.kind and Text(one.kind),
        "assessor_id": one.assessor,
        "assessor": plan.title_of("people", one.assessor),
        "progress": round(total.progress, 1),
        "mean": None if total.mean is None else round(total.mean, 2),
        "minimum": total.minimum,
        "below": total.below,
        "met": round(100 * total.met / total.in_scope, 1) if total.in_scope else None,
        "certifiable": listed(certifiable) if certifiable else "",
        "next_date": one.next_date,
    }


def _trend(found: list[Assessment]) -> Chart | None:
    """Mean and lowest level from one assessment to the next."""
    rated = [(one, total) for one, total in ((one, of_assessment(one)) for one in found) if total.assessed]
    if not rated:
        return None
    first, last = rated[0], rated[-1]
    return Chart(
        title=Text(N_("Levels from one assessment to the next")),
        labels=tuple(f"{one.as_of:%Y-%m} {one.title or one.id}" for one, _ in rated),
        datasets=(
            Dataset(Text(N_("Mean Level")), tuple(round(total.mean or 0.0, 2) for _, total in rated)),
            Dataset(Text(N_("Lowest Level")), tuple(float(total.minimum or 0) for _, total in rated)),
        ),
        colors=COLORS,
        reading=say(
            N_("The mean went from {0} in “{1}” to {2} in “{3}”."),
            number(round(first[1].mean or 0.0, 1)),
            first[0].title or first[0].id,
            number(round(last[1].mean or 0.0, 1)),
            last[0].title or last[0].id,
        ),
    )


def _trend_told(plan: Plan, found: list[Assessment], framework: str) -> Text:
    if not found:
        return Text(N_("No assessment was submitted yet. Assess where you stand, and submit the assessment."))
    begun = [one for one in plan.assessments if not one.is_submitted and framework in ("", one.framework)]
    if begun:
        return say(
            N_("“{0}” is not submitted yet: {1} lines are open."),
            begun[0].title or begun[0].id,
            of_assessment(begun[0]).open,
        )
    return say(N_("Submitted assessments: {0}. The newest is of {1}."), len(found), found[-1].as_of)
