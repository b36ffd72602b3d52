"""Owner Scorecard: what became of what each owner answers for. What is not known is empty, and never 0."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.part.confirmation import State
from sm_planner.engine.part.duties import For
from sm_planner.engine.scorecard import Card, Score, What, cards
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

FIELDS = {
    What.TARGETS: "targets",
    What.OBJECTIVES: "objectives",
    What.ACTIONS: "actions",
    What.REVIEWS: "reviews",
}
"""What is counted → the name of its columns."""

BARS = {
    What.TARGETS: N_("Targets missed"),
    What.OBJECTIVES: N_("Objectives behind"),
    What.ACTIONS: N_("Actions late"),
    What.REVIEWS: N_("Reviews missed"),
}
"""What is counted → what the chart calls it, which counts what was not kept."""

COLUMNS = (
    Column("title", Text(N_("Owner")), width=180, collection="people", key="id"),
    Column("owns", Text(N_("Answers For")), width=260),
    Column("targets", Text(What.TARGETS.value), width=110),
    Column("targets_share", Text(N_("Targets (%)")), "Percent", width=100),
    Column("objectives", Text(What.OBJECTIVES.value), width=140),
    Column("objectives_share", Text(N_("Objectives (%)")), "Percent", width=110),
    Column("actions", Text(What.ACTIONS.value), width=120),
    Column("actions_share", Text(N_("Actions (%)")), "Percent", width=100),
    Column("reviews", Text(What.REVIEWS.value), width=130),
    Column("reviews_share", Text(N_("Reviews (%)")), "Percent", width=100),
    Column("confirmation", Text(N_("Own Part")), width=200),
    Column("missed", Text(N_("Not Kept")), width=360),
    Column("unknown", Text(N_("Not Known")), width=360),
)

OWNS = {
    For.SERVICE: (N_("1 service"), N_("{0} services")),
    For.AGREEMENT: (N_("1 agreement"), N_("{0} agreements")),
    For.OBJECTIVE: (N_("1 objective"), N_("{0} objectives")),
    For.PROCESS_OWNER: (N_("1 process"), N_("{0} processes")),
}
TOLD = 3
"""How many things of one kind a cell tells; the others are counted."""


def report(plan: Plan, today: date, *, owner: str = "") -> Table:
    """A row for each owner, the one first of whom most was not kept. owner: the id of the only one."""
    return table(plan, [one for one in cards(plan, today) if owner in ("", one.person)])


def table(plan: Plan, found: Sequence[Card]) -> Table:
    """The scorecards of owners as a table."""
    found = sorted(found, key=lambda one: (-len(one.missed), plan.title_of("people", one.person)))
    weak = [one for one in found if one.missed]
    return Table(
        columns=COLUMNS,
        rows=[_row(plan, one) for one in found],
        summary=(
            Figure(Text(N_("Owners")), len(found)),
            Figure(Text(N_("With Something Not Kept")), len(weak), "Red" if weak else "Green"),
            *(_figure(what, found) for what in What),
        ),
        chart=_chart(plan, weak) if weak else None,
        message=_message(plan, found, weak),
    )


def owns(card: Card) -> Text:
    """What somebody answers for, counted."""
    counts = [(OWNS[what], count) for what, count in card.owns]
    if card.improvements:
        counts.append(((N_("1 improvement"), N_("{0} improvements")), card.improvements))
    return listed(say(one) if count == 1 else say(many, count) for (one, many), count in counts)


def told(score: Score) -> Text | str:
    """How many of those that can be judged were kept; nothing where none can."""
    return say(N_("{0} of {1}"), score.kept, score.judged) if score.judged else ""


def _row(plan: Plan, card: Card) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": card.person,
        "title": plan.title_of("people", card.person),
        "owns": owns(card),
        "confirmation": Text(card.confirmation.state.value),
        "missed": first_of(card.missed),
        "unknown": first_of(card.unknown),
    }
    for what, field in FIELDS.items():
        score = card.scores[what]
        row[field] = told(score)
        row[f"{field}_share"] = None if score.percent is None else round(score.percent, 1)
    return row


def first_of(texts: Sequence[Text]) -> Text | str:
    """The first few of many, and how many there are besides."""
    if not texts:
        return ""
    shown = listed(texts[:TOLD], "; ")
    return say(N_("{0}; {1} more"), shown, len(texts) - TOLD) if len(texts) > TOLD else shown


def _figure(what: What, found: Sequence[Card]) -> Figure:
    """The share over all owners; what two of them answer for counts for each."""
    scores = [one.scores[what] for one in found]
    kept, judged = sum(one.kept for one in scores), sum(one.judged for one in scores)
    value = say(N_("{0} of {1}"), kept, judged) if judged else Text(N_("not known"))
    return Figure(Text(what.value), value, "Blue" if not judged else "Green" if kept == judged else "Red")


def _chart(plan: Plan, weak: Sequence[Card]) -> Chart:
    """What was not kept, by owner."""
    return Chart(
        title=Text(N_("What was not kept, by owner")),
        labels=tuple(plan.title_of("people", one.person) for one in weak),
        datasets=tuple(
            Dataset(Text(label), tuple(len(one.scores[what].missed) for one in weak))
            for what, label in BARS.items()
        ),
        colors=("#0b5c6e", "#b3541e", "#64727e", "#7a5c99"),
        reading=_reading(plan, weak),
        stacked=True,
    )


def _reading(plan: Plan, weak: Sequence[Card]) -> Text:
    first = weak[0]
    return say(
        N_("Most was not kept by {0}: {1}."), plan.title_of("people", first.person), first_of(first.missed)
    )


def _message(plan: Plan, found: Sequence[Card], weak: Sequence[Card]) -> Text:
    if not found:
        return Text(N_("Nobody owns a service, an agreement, an objective, a process or an improvement yet."))
    asked = sum(one.confirmation.state is State.NEVER for one in found)
    if weak:
        return say(
            N_("Ask in the next review what is done about what was not kept: {0} of {1} owners."),
            len(weak),
            len(found),
        )
    if asked:
        return say(N_("{0} owners have not confirmed their part yet."), asked)
    return Text(N_("As far as it is known, everything was kept."))
