"""Change Impact: what the plan changes for each group, how ready it is, and what is missing to win it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sm_planner.engine.change.groups import affected
from sm_planner.engine.change.impacts import called, impacts_of, unanswered
from sm_planner.engine.checks import check
from sm_planner.engine.checks.change import RULES
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.model.change import ChangeImpact
from sm_planner.engine.model.vocabulary import CHANGE_IMPACTS, READINESS
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

NOT_RATED = N_("Not rated")

COLUMNS = (
    Column("group", Text(N_("Group")), width=180, collection="stakeholders", key="group_id"),
    Column("impact", Text(N_("Impact")), width=90),
    Column("readiness", Text(N_("Readiness")), width=110),
    Column("objections", Text(N_("Objections")), "Int", width=100),
    Column("unanswered", Text(N_("Not Answered")), "Int", width=110),
    Column("lacks", Text(N_("What Is Missing First")), width=280),
    Column("title", Text(N_("Change Impact")), width=180, collection="change_impacts", key="id"),
    Column("what_changes", Text(N_("What Changes")), width=240),
    Column("gain", Text(N_("What They Gain")), width=240),
    Column("champions", Text(N_("Champions")), width=180),
)
"""What asks for something first: a screen shows it without scrolling, and the words after it."""


def report(plan: Plan, today: date, *, impact: str = "") -> Table:
    """A row for each change impact, the greatest first, and for each group of which nothing is said. impact: only these."""
    gaps = _gaps(plan, today)
    unrated = [one for one in affected(plan) if not impacts_of(plan, one)]
    rows = [
        *(_unrated(one, gaps) for one in unrated if not impact),
        *(_row(plan, one, gaps) for one in by_weight(plan) if impact in ("", one.impact)),
    ]
    objections = sum(len(one.resistance) for one in plan.change_impacts)
    open_ones = sum(len(unanswered(one)) for one in plan.change_impacts)
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            Figure(Text(N_("Change Impacts")), len(plan.change_impacts)),
            Figure(Text(N_("Groups of Which Nothing Is Said")), len(unrated), "Red" if unrated else "Green"),
            Figure(Text(N_("Objections")), objections),
            Figure(Text(N_("Not Answered")), open_ones, "Red" if open_ones else "Green"),
        ),
        chart=_chart(plan) if plan.change_impacts else None,
        message=_message(plan, len(unrated), open_ones),
    )


def by_weight(plan: Plan) -> list[ChangeImpact]:
    """The greatest first, those without a rating before all."""
    return sorted(plan.change_impacts, key=_rank)


def _rank(impact: ChangeImpact) -> int:
    return -CHANGE_IMPACTS.index(impact.impact) if impact.impact else -len(CHANGE_IMPACTS)


def _gaps(plan: Plan, today: date) -> dict[tuple[str, str], Finding]:
    """Record → the first thing that the checks find missing."""
    found: dict[tuple[str, str], Finding] = {}
    for finding in check(plan, today, RULES).failed:
        found.setdefault((finding.record.collection, finding.record.id), finding)
    return found


def _row(plan: Plan, one: ChangeImpact, gaps: dict[tuple[str, str], Finding]) -> dict[str, Any]:
    stakeholder = plan.get("stakeholders", one.stakeholder)
    return {
        "group": called(plan, one),
        "group_id": one.stakeholder,
        "id": one.id,
        "title": one.title or one.id,
        "impact": one.impact and Text(one.impact),
        "what_changes": one.what_changes,
        "gain": one.gain or (stakeholder.value_proposition if stakeholder else ""),
        "readiness": one.readiness and Text(one.readiness),
        "champions": ", ".join(champions(plan, one)),
        "objections": len(one.resistance),
        "unanswered": len(unanswered(one)),
        "lacks": _told(gaps.get(("change_impacts", one.id))),
    }


def _unrated(one: Stakeholder, gaps: dict[tuple[str, str], Finding]) -> dict[str, Any]:
    return {
        "group": one.title or one.id,
        "group_id": one.id,
        "id": "",
        "title": "",
        "impact": Text(NOT_RATED),
        "what_changes": "",
        "gain": one.value_proposition,
        "readiness": "",
        "champions": "",
        "objections": 0,
        "unanswered": 0,
        "lacks": _told(gaps.get(("stakeholders", one.id)))
        or Text(N_("Nobody has said what changes for them.")),
    }


def champions(plan: Plan, impact: ChangeImpact) -> Iterator[str]:
    """The names of those who speak up for the plan there."""
    return (plan.title_of("people", row.person) for row in impact.champions)


def _told(finding: Finding | None) -> Text | str:
    return Text(finding.message, finding.args) if finding else ""


def _chart(plan: Plan) -> Chart:
    """How ready the groups are for which something changes, by how much changes."""
    counted = Counter((one.impact, one.readiness) for one in plan.change_impacts)
    steps = [*READINESS, *([""] if any(not readiness for _, readiness in counted) else ())]
    levels = [impact for impact in reversed(CHANGE_IMPACTS) if any(one == impact for one, _ in counted)]
    return Chart(
        title=Text(N_("Readiness by impact")),
        labels=tuple(Text(step or NOT_RATED) for step in steps),
        datasets=tuple(
            Dataset(Text(level), tuple(counted[level, step] for step in steps)) for level in levels
        )
        or (Dataset(Text(NOT_RATED), tuple(counted["", step] for step in steps)),),
        colors=tuple(_COLORS[level] for level in levels) or ("#64727e",),
        reading=say(
            N_("{0} of {1} groups are willing, or further."),
            sum(one.readiness in READINESS[2:] for one in plan.change_impacts),
            len(plan.change_impacts),
        ),
        stacked=True,
    )


_COLORS = {"High": "#a3151f", "Medium": "#c2590c", "Low": "#0b5c6e", "None": "#64727e"}


def _message(plan: Plan, unrated: int, open_ones: int) -> Text:
    if not plan.change_impacts:
        return Text(
            N_("Nobody has said what the plan changes for whom. Begin with the group for which most changes.")
        )
    if unrated:
        return say(N_("Of {0} groups nothing is said. Ask them what changes in their work."), unrated)
    if open_ones:
        return say(N_("Objections that nobody has answered: {0}."), open_ones)
    return Text(N_("It is known what changes for each group, and each objection is answered."))
