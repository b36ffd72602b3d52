"""Agreement Terms: what holds for each agreement, and which agreement of its family says it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sm_planner.engine.agreements.effective_terms import Told, told_terms
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("agreement", Text(N_("Agreement")), width=220, collection="agreements", key="id"),
    Column("kind", Text(N_("Kind")), width=70),
    Column("term", Text(N_("Subject")), width=200),
    Column("value", Text(N_("What Holds")), width=380),
    Column("origin", Text(N_("Said In")), width=220, collection="agreements", key="origin_id"),
    Column("taken_over", Text(N_("Taken Over")), width=110),
)
MOST = 12
"""Agreements in the chart: those that take over most."""


def report(
    plan: Plan, today: date, *, agreement: str = "", kind: str = "", taken_over_only: bool = False
) -> Table:
    """A row for each term that holds. agreement: only of this one, by its id. kind: only SLA, OLA or UC. taken_over_only:
    only what comes from a general agreement."""
    found = [
        (one, term)
        for one in plan.agreements
        if agreement in ("", one.id) and kind in ("", one.kind)
        for term in told_terms(plan, one)
    ]
    taken_over = sum(1 for _, term in found if term.inherited)
    return Table(
        columns=COLUMNS,
        rows=[_row(one, term) for one, term in found if term.inherited or not taken_over_only],
        summary=(
            Figure(Text(N_("Agreements")), len({one.id for one, _ in found})),
            Figure(Text(N_("Terms that hold")), len(found)),
            Figure(Text(N_("Taken over")), taken_over),
        ),
        chart=_chart(found) if found else None,
        message=_message(found, taken_over),
    )


def _row(agreement: Agreement, term: Told) -> dict[str, Any]:
    return {
        "id": agreement.id,
        "agreement": agreement.title or agreement.id,
        "kind": Text(agreement.kind),
        "term": term.what,
        "value": term.value,
        "origin": term.origin.title or term.origin.id,
        "origin_id": term.origin.id,
        "taken_over": Text(N_("Taken over")) if term.inherited else "",
    }


def _chart(found: list[tuple[Agreement, Told]]) -> Chart:
    """How many terms each agreement says itself, and how many it takes over."""
    counts: dict[str, list[int]] = {}
    titles: dict[str, str] = {}
    for agreement, term in found:
        titles[agreement.id] = agreement.title or agreement.id
        counts.setdefault(agreement.id, [0, 0])[term.inherited] += 1
    shown = sorted(counts, key=lambda id: -counts[id][1])[:MOST]
    most = shown[0]
    return Chart(
        title=Text(N_("Terms by where they come from")),
        labels=tuple(titles[id] for id in shown),
        datasets=(
            Dataset(Text(N_("Said itself")), tuple(counts[id][0] for id in shown)),
            Dataset(Text(N_("Taken over")), tuple(counts[id][1] for id in shown)),
        ),
        colors=("#0b5c6e", "#64727e"),
        reading=say(
            N_("“{0}” takes over most: {1} of the {2} terms that hold for it."),
            titles[most],
            counts[most][1],
            sum(counts[most]),
        )
        if counts[most][1]
        else Text(N_("No agreement takes over a term.")),
        stacked=True,
    )


def _message(found: list[tuple[Agreement, Told]], taken_over: int) -> Text:
    if not found:
        return Text(N_("There is no agreement whose terms could be shown."))
    if not taken_over:
        return Text(
            N_(
                "Each agreement says all its terms itself. What several have in common can be said once: enter a general "
                "agreement, and name it in each of them."
            )
        )
    return Text(
        N_(
            "What is taken over is changed in the agreement that says it, or said otherwise in the one beneath."
        )
    )
