"""Relationships: who spoke with each stakeholder last, about what, what came of it, and where the relationship goes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sm_planner.engine.engagement.relationship import (
    Relationship,
    Trend,
    is_told_before,
    last_engaged,
    relationship,
)
from sm_planner.engine.model import INFLUENCE, Plan, Stakeholder
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

SCORES = (1, 2, 3, 4, 5)
LOW = 2
"""Up to which score a relationship is in trouble."""

COLUMNS = (
    Column("title", Text(N_("Stakeholder")), width=200, collection="stakeholders", key="id"),
    Column("influence", Text(N_("Influence")), width=90),
    Column("contact", Text(N_("Relationship Manager")), width=150, collection="people", key="contact_id"),
    Column("score", Text(N_("Score")), "Int", width=70),
    Column("trend", Text(N_("Trend")), width=100),
    Column("scores", Text(N_("Scores So Far")), width=120),
    Column("note", Text(N_("Why This Score")), width=220),
    Column("last", Text(N_("Last Engagement")), "Date", width=120),
    Column("who", Text(N_("Who Spoke")), width=150, collection="people", key="who_id"),
    Column("about", Text(N_("About")), width=240),
    Column("outcome", Text(N_("What Came of It")), width=240),
    Column("engagements", Text(N_("Engagements")), "Int", width=100),
    Column("waits", Text(N_("Silent Too Long")), width=130),
)


def report(plan: Plan, today: date, *, kind: str = "") -> Table:
    """A row a stakeholder, the most influential first; among them those in trouble. kind: only these."""
    found = {one.id: relationship(plan, one, today) for one in plan.stakeholders}
    silent = {one.id for one in plan.stakeholders if _is_silent(plan, one, today)}
    shown = [one for one in plan.stakeholders if kind in ("", one.kind)]
    shown.sort(key=lambda one: (_rank(one), found[one.id].score or 0))
    falling = sum(one.trend is Trend.FALLING for one in found.values())
    low = sum(one.score is not None and one.score <= LOW for one in found.values())
    return Table(
        columns=COLUMNS,
        rows=[_row(plan, one, found[one.id], one.id in silent, today) for one in shown],
        summary=(
            Figure(Text(N_("Engagements")), sum(one.day <= today for one in plan.engagements)),
            Figure(Text(N_("Silent Too Long")), len(silent), "Red" if silent else "Green"),
            Figure(Text(N_("Falling")), falling, "Red" if falling else "Green"),
            Figure(Text(N_("In Trouble")), low, "Red" if low else "Green"),
        ),
        chart=_chart(found) if any(one.scores for one in found.values()) else None,
        message=_message(plan, found, silent),
    )


def _rank(stakeholder: Stakeholder) -> int:
    return -INFLUENCE.index(stakeholder.influence) if stakeholder.influence else 1


def _is_silent(plan: Plan, stakeholder: Stakeholder, today: date) -> bool:
    """Whether nobody has spoken with a stakeholder of high influence for longer than the settings allow, as STK-04 has it."""
    longest = plan.settings.engagement_days
    if longest is None or stakeholder.influence != "High":
        return False
    last = last_engaged(plan, stakeholder, today)
    return last is None or last < today - timedelta(days=longest)


def _row(plan: Plan, one: Stakeholder, found: Relationship, is_silent: bool, today: date) -> dict[str, Any]:
    told_before = is_told_before(one, found)
    last = None if told_before else found.last
    noted = next((given for given in reversed(found.engagements) if given.score is not None), None)
    return {
        "id": one.id,
        "title": one.title or one.id,
        "influence": one.influence and Text(one.influence),
        "contact": plan.title_of("people", one.contact),
        "contact_id": one.contact,
        "score": found.score,
        "trend": Text(found.trend.value),
        "scores": " → ".join(map(str, found.scores)),
        "note": noted.score_note if noted else "",
        "last": last_engaged(plan, one, today),
        "who": plan.title_of("people", last.person) if last else "",
        "who_id": last.person if last else "",
        "about": Text(N_("told before")) if told_before else last.about if last else "",
        "outcome": last.outcome if last else "",
        "engagements": len(found.engagements),
        "waits": Text(N_("Yes")) if is_silent else "",
    }


def _chart(found: dict[str, Relationship]) -> Chart:
    """Stakeholders by their latest score."""
    counted = Counter(one.score for one in found.values())
    rated = sum(counted[score] for score in SCORES)
    return Chart(
        title=Text(N_("Stakeholders by the score of the relationship")),
        labels=tuple(map(str, SCORES)),
        datasets=(Dataset(Text(N_("Stakeholders")), tuple(counted[score] for score in SCORES)),),
        colors=("#0b5c6e",),
        reading=say(N_("{0} of {1} relationships have a score."), rated, len(found)),
    )


def _message(plan: Plan, found: dict[str, Relationship], silent: set[str]) -> Text:
    if not plan.stakeholders:
        return Text(N_("There are no stakeholders yet. Add the ones that the plan affects."))
    if silent:
        first = next(one for one in sorted(plan.stakeholders, key=_rank) if one.id in silent)
        return say(N_("Speak with “{0}” first."), first.title or first.id)
    if not any(one.scores for one in found.values()):
        return Text(N_("No relationship has a score yet. Enter one with the next engagement."))
    return Text(N_("Nobody of high influence was left alone too long."))
