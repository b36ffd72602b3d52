"""Risks: what may happen, how much it weighs, what is done about it; as a list, or as a matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sm_planner.engine.learning.risks import (
    acceptance_is_over,
    by_weight,
    criteria,
    is_overdue,
    weight,
    weight_of,
)
from sm_planner.engine.model import GRADES, Plan
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.model.vocabulary import IMPACTS, LIKELIHOODS
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

LIST, MATRIX = "List", "Matrix"
SHOWN = (N_("List"), N_("Matrix"))

COLUMNS = (
    Column("title", Text(N_("Risk")), width=240, collection="risks", key="id"),
    Column("level", Text(N_("Risk Level")), width=90),
    Column("score", Text(N_("Score")), "Int", width=70),
    Column("likelihood", Text(N_("Likelihood")), width=110),
    Column("impact", Text(N_("Impact")), width=100),
    Column("kind", Text(N_("Kind")), width=130),
    Column("state", Text(N_("State")), width=100),
    Column("stands_out", Text(N_("What Stands Out")), width=180),
    Column("owner", Text(N_("Owner")), width=140, collection="people", key="owner_id"),
    Column("answer", Text(N_("Answer")), width=90),
    Column("answer_until", Text(N_("Answer Holds Until")), "Date", width=120),
    Column("decided_by", Text(N_("Decided By")), width=140, collection="people", key="decided_by_id"),
    Column("next_look", Text(N_("Next Look")), "Date", width=100),
    Column("services", Text(N_("Services")), width=200),
    Column("actions", Text(N_("Actions")), width=200),
)
HIGH = GRADES[2:]


def report(plan: Plan, today: date, *, show: str = "", kind: str = "", owner: str = "") -> Table:
    """A row for each risk, the heaviest first and what is closed last; or a row for each likelihood.

    show: ``Matrix`` for the second. kind, owner: only those.
    """
    found = [one for one in by_weight(plan.risks) if kind in ("", one.kind) and owner in ("", one.risk_owner)]
    open_ones = [one for one in found if one.is_open]
    late = [one for one in open_ones if is_overdue(one, today)]
    levels = Counter(weighed.level for one in open_ones if (weighed := weight_of(one)))
    return Table(
        columns=matrix_columns() if show == MATRIX else COLUMNS,
        rows=matrix_rows(plan, open_ones) if show == MATRIX else [_row(plan, one, today) for one in found],
        summary=(
            Figure(Text(N_("Open")), len(open_ones)),
            *(
                Figure(Text(level), levels[level], "Red" if levels[level] else "Green")
                for level in reversed(HIGH)
            ),
            Figure(Text(N_("Overdue")), len(late), "Red" if late else "Green"),
        ),
        chart=_chart(levels),
        message=_message(found, open_ones, late),
    )


def _row(plan: Plan, one: Risk, today: date) -> dict[str, Any]:
    weighed = weight_of(one)
    return {
        "id": one.id,
        "title": one.title or one.id,
        "level": Text(weighed.level) if weighed else Text(N_("not rated")),
        "score": weighed.score if weighed else None,
        "likelihood": one.likelihood and Text(one.likelihood),
        "impact": one.impact and Text(one.impact),
        "kind": one.kind and Text(one.kind),
        "state": one.status and Text(one.status),
        "stands_out": stands_out(one, today),
        "owner": plan.title_of("people", one.risk_owner),
        "owner_id": one.risk_owner,
        "answer": one.answer and Text(one.answer),
        "answer_until": one.answer_until,
        "decided_by": plan.title_of("people", one.decided_by),
        "decided_by_id": one.decided_by,
        "next_look": one.next_look,
        "services": ", ".join(plan.title_of("services", id) for id in one.services),
        "actions": ", ".join(plan.title_of("improvements", id) for id in one.actions),
    }


def stands_out(one: Risk, today: date) -> Text | str:
    """What somebody should look at."""
    said = (
        (N_("acceptance is over"), acceptance_is_over(one, today)),
        (N_("overdue"), is_overdue(one, today) and not acceptance_is_over(one, today)),
        (N_("no answer"), one.is_open and not one.answer),
        (N_("no owner"), one.is_open and not one.risk_owner),
    )
    found = [Text(text) for text, is_so in said if is_so]
    return listed(found) if found else ""


def matrix_columns() -> tuple[Column, ...]:
    """Likelihood, and a column for each impact."""
    return (
        Column("likelihood", Text(N_("Likelihood")), width=220),
        *(Column(name, Text(name), width=200) for name in IMPACTS),
    )


def matrix_rows(plan: Plan, risks: Sequence[Risk]) -> list[dict[str, Any]]:
    """A row for each likelihood, the highest first: the level of each cell, and the risks that stand there."""
    rows = []
    for likelihood in reversed(LIKELIHOODS):
        row: dict[str, Any] = {"likelihood": explained(plan, likelihood)}
        for impact in IMPACTS:
            there = [one for one in risks if (one.likelihood, one.impact) == (likelihood, impact)]
            level = Text(weight(likelihood, impact).level)
            named = listed(one.title or one.id for one in there)
            row[impact] = say(N_("{0}: {1}"), level, named) if there else level
        rows.append(row)
    return rows


def explained(plan: Plan, step: str) -> Text:
    """A step of a scale with what the plan says that it means."""
    means = criteria(plan).get(step)
    return say(N_("{0}: {1}"), Text(step), means) if means else Text(step)


def _chart(levels: Counter[str]) -> Chart | None:
    """How many open risks have which level."""
    if not levels:
        return None
    return Chart(
        title=Text(N_("Open risks by level")),
        labels=tuple(Text(grade) for grade in GRADES),
        datasets=(Dataset(Text(N_("Risks")), tuple(levels[grade] for grade in GRADES)),),
        colors=("#0b5c6e",),
        reading=say(
            N_("Of {1} rated open risks, high or critical: {0}."),
            sum(levels[grade] for grade in HIGH),
            levels.total(),
        ),
    )


def _message(found: Sequence[Risk], open_ones: Sequence[Risk], late: Sequence[Risk]) -> Text:
    """What to do first."""
    if not found:
        return Text(
            N_("There are no risks here. Enter what may happen to the services, and who looks after it.")
        )
    if late:
        return say(
            N_("Risks that somebody should have looked at: {0}. Begin with “{1}”."),
            len(late),
            late[0].title or late[0].id,
        )
    unrated = [one for one in open_ones if weight_of(one) is None]
    if unrated:
        return say(
            N_("Risks without a rating: {0}. Begin with “{1}”."),
            len(unrated),
            unrated[0].title or unrated[0].id,
        )
    if not open_ones:
        return Text(N_("All risks are closed."))
    return say(N_("Nothing is overdue. The heaviest risk is “{0}”."), open_ones[0].title or open_ones[0].id)
