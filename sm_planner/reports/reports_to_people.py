"""Reports to People: what is reported to whom, when it was issued and is due, whether it makes sense, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sm_planner.engine.communication.audience import named
from sm_planner.engine.model import Plan
from sm_planner.engine.model.reporting import ReportSpec
from sm_planner.engine.reporting.issues import Said, issued, last_issued, next_issue, said, sheets
from sm_planner.engine.reporting.outcomes import LAST, without_outcome
from sm_planner.engine.reporting.sending import month_due, waiting
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Report")), width=170, collection="report_specs", key="id"),
    Column("audience", Text(N_("Audience")), width=125),
    Column("owner", Text(N_("Owner")), width=110, collection="people", key="owner_id"),
    Column("next_issue", Text(N_("Next Issue")), "Date", width=100),
    Column("late", Text(N_("Days Late")), "Int", width=90),
    Column("makes_sense", Text(N_("Makes Sense To")), "Int", width=120),
    Column("asked", Text(N_("Readers")), "Int", width=80),
    Column("missing", Text(N_("What Is Missing")), width=160),
    Column("outcomes", Text(N_("What Came of It")), width=160),
    Column("frequency", Text(N_("How Often")), width=100),
    Column("last_issue", Text(N_("Last Issue")), "Date", width=100),
    Column("issues", Text(N_("Issues")), "Int", width=70),
)
"""What asks for something first: a screen shows it without scrolling."""


def report(plan: Plan, today: date, *, owner: str = "") -> Table:
    """A row for each report, what is late first, then by the next issue. owner: only those of this person."""
    rows = [_row(plan, one, today) for one in plan.report_specs if owner in ("", one.report_owner)]
    rows.sort(key=lambda row: (row["next_issue"] or date.max, row["id"]))
    late = [row for row in rows if row["late"]]
    lacking = [row for row in rows if row["missing"]]
    idle = [row for row in rows if row["idle"]]
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            Figure(Text(N_("Reports")), len(rows)),
            Figure(Text(N_("Overdue")), len(late), "Red" if late else "Green"),
            Figure(Text(N_("Readers Miss Something")), len(lacking), "Orange" if lacking else "Green"),
            Figure(Text(N_("Nothing Came of It")), len(idle), "Orange" if idle else "Green"),
        ),
        chart=_chart(rows),
        message=_message(plan, rows, late, today),
    )


def audience(plan: Plan, spec: ReportSpec) -> str:
    """For whom it is: groups, units, roles, teams and people."""
    return ", ".join((*named(plan, spec), *(plan.title_of("people", id) for id in spec.people)))


def _row(plan: Plan, spec: ReportSpec, today: date) -> dict[str, Any]:
    due, words = next_issue(plan, spec, today), said(plan, spec, today)
    issues = issued(plan, spec, today)
    return {
        "id": spec.id,
        "title": spec.title or spec.id,
        "audience": audience(plan, spec),
        "owner": plan.title_of("people", spec.report_owner),
        "owner_id": spec.report_owner,
        "frequency": spec.frequency and Text(spec.frequency),
        "next_issue": due,
        "late": (today - due).days if due and due < today else None,
        "last_issue": last_issued(plan, spec, today),
        "issues": len(issues) + len(sheets(plan, spec, today)),
        "makes_sense": len(words.makes_sense),
        "asked": len(words.makes_sense) + len(words.lacking) + len(words.silent),
        "missing": missing(plan, words),
        "outcomes": listed((_outcome(one) for one in reversed(issues[-LAST:]) if one.outcome), "; "),
        "idle": bool(without_outcome(issues)),
    }


def _outcome(issue: Any) -> Text:
    return say(N_("{0}: {1}"), issue.period_end, issue.decisions or Text(issue.outcome))


def missing(plan: Plan, words: Said) -> Text | str:
    """What readers miss, each in his words."""
    told = [say(N_("{0}: {1}"), plan.title_of("people", one.person), one.missing) for one in words.lacking]
    return listed(told, "; ") if told else ""


def _chart(rows: list[dict[str, Any]]) -> Chart | None:
    """How many readers of what was issued say that it makes sense, and how many do not or say nothing. None without any."""
    shown = [row for row in rows if row["asked"] and row["issues"]]
    if not shown:
        return None
    yes = tuple(row["makes_sense"] for row in shown)
    return Chart(
        title=Text(N_("What readers say of the reports")),
        labels=tuple(say(N_("{0}"), row["title"]) for row in shown),
        datasets=(
            Dataset(Text(N_("Makes Sense To")), yes),
            Dataset(Text(N_("Others")), tuple(row["asked"] - row["makes_sense"] for row in shown)),
        ),
        colors=("#0b5c6e", "#e8a33d"),
        reading=say(
            N_("Of {1} readers, the reports make sense to {0}."), sum(yes), sum(row["asked"] for row in shown)
        ),
        stacked=True,
    )


def _message(plan: Plan, rows: list[dict[str, Any]], late: list[dict[str, Any]], today: date) -> Text:
    """What to do first."""
    if not rows:
        return Text(
            N_("The plan reports nothing to anybody. Begin with the report that somebody asks you for.")
        )
    if late:
        return say(N_("Overdue: {0}. Begin with “{1}”."), len(late), late[0]["title"])
    month = month_due(plan, today)
    groups = waiting(plan, month) if month else ()
    if groups:
        names = listed(one.title or one.id for one in groups)
        return say(N_("The progress sheet of the month until {0} was not sent to: {1}."), month.last, names)
    return Text(N_("Nothing is overdue."))
