"""Reviews and decisions: when the plan was looked at, how late, what was decided, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.reviews import Review, ReviewDecision
from sm_planner.engine.rhythm.decisions import is_open
from sm_planner.engine.rhythm.occurrences import State, days_late, next_review, state
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("kind", Text(N_("Review")), width=140),
    Column("about", Text(N_("About")), width=130),
    Column("scheduled", Text(N_("Scheduled")), "Date", width=100),
    Column("day", Text(N_("Held, or to Be Held")), "Date", width=120),
    Column("state", Text(N_("State")), width=110),
    Column("late", Text(N_("Days Late")), "Int", width=80),
    Column("chair", Text(N_("Chair")), width=140, collection="people", key="chair_id"),
    Column("decision", Text(N_("Decision")), width=280),
    Column("decision_kind", Text(N_("Kind")), width=110),
    Column("owner", Text(N_("Owner")), width=140, collection="people", key="owner_id"),
    Column("due", Text(N_("Due")), "Date", width=100),
    Column("became", Text(N_("Became")), width=110),
    Column("outcome", Text(N_("Outcome")), width=100),
)
STATES = {one: Text(one.value) for one in State}
OPEN, OVERDUE, DONE = Text(N_("Open")), Text(N_("Overdue")), Text(N_("Done"))


def report(plan: Plan, today: date, *, kind: str = "") -> Table:
    """Each review with its decisions: the last one first, then those ahead, the next one first.

    kind: only reviews of that kind.
    """
    wanted = [review for review in plan.reviews if kind in ("", review.kind)]
    past = [review for review in wanted if (review.day or today) <= today]
    ahead = [review for review in wanted if (review.day or today) > today]
    found = [*sorted(past, key=_order, reverse=True), *sorted(ahead, key=_order)]
    rows = [row for review in found for row in _rows(plan, review, today)]
    states = Counter(state(review, today) for review in found)
    open_ones = Counter(row["outcome"] for row in rows)
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            Figure(Text(N_("Held")), states[State.HELD]),
            Figure(Text(N_("Overdue")), states[State.OVERDUE], "Red" if states[State.OVERDUE] else "Green"),
            Figure(Text(N_("Skipped")), states[State.SKIPPED]),
            Figure(Text(N_("Open Decisions")), open_ones[OPEN] + open_ones[OVERDUE]),
            Figure(
                Text(N_("Overdue Decisions")), open_ones[OVERDUE], "Red" if open_ones[OVERDUE] else "Green"
            ),
        ),
        chart=_chart(states),
        message=_message(plan, states, open_ones, today),
    )


def _order(review: Review) -> tuple[date, str]:
    return review.day or date.min, review.id


def _rows(plan: Plan, review: Review, today: date) -> Iterator[dict[str, Any]]:
    """A row for each decision, or one for a review without any."""
    shown = {
        "kind": Text(review.kind),
        "about": review.about,
        "scheduled": review.scheduled,
        "day": review.day,
        "state": STATES[state(review, today)],
        "late": days_late(review, today) or None,
        "chair": plan.title_of("people", review.chair),
        "chair_id": review.chair,
    }
    for decision in review.decisions or (None,):
        yield {**shown, **(_decision(plan, decision, today) if decision else _NO_DECISION)}


_NO_DECISION = dict.fromkeys(("decision", "decision_kind", "owner", "owner_id", "due", "became", "outcome"))


def _decision(plan: Plan, decision: ReviewDecision, today: date) -> dict[str, Any]:
    return {
        "decision": decision.text,
        "decision_kind": Text(decision.kind),
        "owner": plan.title_of("people", decision.person),
        "owner_id": decision.person,
        "due": decision.due,
        "became": decision.became,
        "outcome": outcome(plan, decision, today),
    }


def outcome(plan: Plan, decision: ReviewDecision, today: date) -> Text:
    """Whether something is left to do for a decision, and whether it is late."""
    if not is_open(plan, decision):
        return DONE
    return OVERDUE if decision.due and decision.due < today else OPEN


def _chart(states: Counter[State]) -> Chart | None:
    """How many reviews stand how."""
    if not states:
        return None
    return Chart(
        title=Text(N_("Reviews by state")),
        labels=tuple(STATES.values()),
        datasets=(Dataset(Text(N_("Reviews")), tuple(states[one] for one in State)),),
        colors=("#0b5c6e",),
        reading=say(
            N_("Of {1} reviews, held: {0}, overdue: {2}."),
            states[State.HELD],
            states.total(),
            states[State.OVERDUE],
        ),
    )


def _message(plan: Plan, states: Counter[State], outcomes: Counter[Text], today: date) -> Text:
    if not states:
        return Text(
            N_(
                "There are no reviews here yet. Enter the review rhythm in the plan, and plan the reviews ahead."
            )
        )
    if states[State.OVERDUE]:
        return say(N_("Overdue reviews: {0}. Hold them, move them, or say why not."), states[State.OVERDUE])
    if outcomes[OVERDUE]:
        return say(N_("Overdue decisions: {0}. Ask their owners."), outcomes[OVERDUE])
    ahead = next_review(plan, today)
    if ahead:
        return say(N_("Nothing is overdue. The next review of the plan is on {0}."), ahead)
    return Text(N_("Nothing is overdue."))
