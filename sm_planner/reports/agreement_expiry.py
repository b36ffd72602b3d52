"""Agreement Expiry: how agreements stand, when they end, by when notice has to be given, and what follows them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import Enum
from typing import Any

from sm_planner.engine.agreements.families import agreed
from sm_planner.engine.agreements.term import (
    ENDED,
    TermState,
    decide_by,
    end_after,
    end_of_term,
    ends_on,
    is_known,
    notice_by,
    runs_on,
    state_on,
)
from sm_planner.engine.agreements.terms import PARTY
from sm_planner.engine.checks import check
from sm_planner.engine.checks.agreements import renewed
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Agreement")), width=240, collection="agreements", key="id"),
    Column("kind", Text(N_("Kind")), width=70),
    Column("version", Text(N_("Version")), width=80),
    Column("state", Text(N_("State")), width=120),
    Column("party", Text(N_("Other Party")), width=180),
    Column("start_date", Text(N_("Start")), "Date", width=100),
    Column("end_date", Text(N_("End")), "Date", width=100),
    Column("days_left", Text(N_("Days Left")), "Int", width=90),
    Column("notice_by", Text(N_("Notice By")), "Date", width=100),
    Column("next_end", Text(N_("Next Possible End")), "Date", width=130),
    Column("replaces", Text(N_("Replaces")), width=180),
    Column("owner", Text(N_("Agreement Owner")), width=160),
    Column("lacks", Text(N_("What Is Missing")), width=360),
)


class State(str, Enum):
    """How near the end of an agreement is, from the one to look at first."""

    EXPIRED = N_("Expired")
    ENDS_SOON = N_("Ends soon")
    NOTICE_DUE = N_("Notice due")
    IN_NOTICE = N_("In Notice")
    NO_END = N_("No end date")
    LATER = N_("Later")
    UNTIL_NOTICE = N_("Until notice is given")
    SCHEDULED = N_("Scheduled")
    DRAFT = N_("Draft")
    ENDED = N_("Ended")


DECIDE = (State.EXPIRED, State.ENDS_SOON, State.NOTICE_DUE)
"""States in which somebody has to decide what comes next."""


def report(plan: Plan, today: date, *, kind: str = "", days: int = 90, ended: bool = False) -> Table:
    """The agreements by their end, those to decide about first.

    kind: only SLA, OLA or UC. days: how far ahead an end or a last day for notice counts as soon. ended: with
    those that were ended for good.
    """
    lacks = {finding.record.id: finding for finding in check(plan, today, (renewed,)).failed}
    found = [
        (agreement, state_of(agreement, today, days))
        for agreement in agreed(plan)
        if kind in ("", agreement.kind) and (ended or agreement.status != ENDED)
    ]
    order = list(State)
    found.sort(key=lambda item: (order.index(item[1]), next_end(item[0], today) or date.max, item[0].id))
    counts = Counter(state for _, state in found)
    return Table(
        columns=COLUMNS,
        rows=[_row(plan, agreement, state, today, lacks.get(agreement.id)) for agreement, state in found],
        summary=_summary(counts, sum(1 for agreement, _ in found if agreement.id in lacks)),
        chart=_chart(counts) if found else None,
        message=_message(counts, days),
    )


_STATES = {
    TermState.DRAFT: State.DRAFT,
    TermState.SCHEDULED: State.SCHEDULED,
    TermState.EXPIRED: State.EXPIRED,
    TermState.ENDED: State.ENDED,
}
"""States by date in which it does not matter how near an end is."""


def state_of(agreement: Agreement, today: date, days: int) -> State:
    """How near the end of an agreement is. It holds on its last day, and has expired on the next."""
    state = state_on(agreement, today)
    if state in _STATES:
        return _STATES[state]
    end, decision = ends_on(agreement), decide_by(agreement, today)
    if end and (end - today).days <= days:
        return State.ENDS_SOON
    if state is TermState.IN_NOTICE:
        return State.IN_NOTICE
    if decision and 0 <= (decision - today).days <= days:
        return State.NOTICE_DUE
    if not is_known(agreement):
        return State.NO_END
    return State.UNTIL_NOTICE if runs_on(agreement) else State.LATER


def next_end(agreement: Agreement, today: date) -> date | None:
    """The next day on which an agreement ends or can end, as seen on a day; None where that is not known."""
    day = max(today, agreement.start_date or today)
    return ends_on(agreement) or end_after(agreement, day) or end_of_term(agreement, day)


def _row(
    plan: Plan, agreement: Agreement, state: State, today: date, renewal: Finding | None
) -> dict[str, Any]:
    field = PARTY.get(agreement.kind)
    party = plan.title_of(specs(Agreement)[field].target, getattr(agreement, field)) if field else ""
    end = ends_on(agreement)
    return {
        "id": agreement.id,
        "title": agreement.title or agreement.id,
        "kind": agreement.kind,
        "version": agreement.version,
        "state": Text(state.value),
        "party": party,
        "start_date": agreement.start_date,
        "end_date": end,
        "days_left": (end - today).days if end else None,
        "notice_by": notice_by(agreement, max(today, agreement.start_date or today)),
        "next_end": next_end(agreement, today),
        "replaces": plan.title_of("agreements", agreement.replaces),
        "owner": plan.title_of("people", agreement.agreement_owner),
        "lacks": Text(renewal.message, renewal.args) if renewal else "",
    }


def _summary(counts: Counter[State], without: int) -> tuple[Figure, ...]:
    expired, soon, notice = (counts[state] for state in DECIDE)
    return (
        Figure(Text(N_("Agreements")), counts.total()),
        Figure(Text(State.EXPIRED.value), expired, "Red" if expired else "Green"),
        Figure(Text(State.ENDS_SOON.value), soon, "Red" if soon else "Green"),
        Figure(Text(State.NOTICE_DUE.value), notice, "Blue" if notice else "Green"),
        Figure(Text(N_("Without a renewal")), without, "Red" if without else "Green"),
    )


def _chart(counts: Counter[State]) -> Chart:
    states = [state for state in State if counts[state]]
    return Chart(
        title=Text(N_("Agreements by how they end")),
        labels=tuple(Text(state.value) for state in states),
        datasets=(Dataset(Text(N_("Agreements")), tuple(counts[state] for state in states)),),
        colors=("#0b5c6e",),
        reading=say(
            N_("{0} of {1} agreements need a decision."),
            sum(counts[state] for state in DECIDE),
            counts.total(),
        ),
    )


def _message(counts: Counter[State], days: int) -> Text:
    if not counts:
        return Text(N_("There are no agreements here yet. Enter what is promised, and by whom."))
    if counts[State.EXPIRED]:
        return say(
            N_("{0} agreements have expired, but are not ended. Renew them, or mark them as ended."),
            counts[State.EXPIRED],
        )
    if soon := counts[State.ENDS_SOON] + counts[State.NOTICE_DUE]:
        return say(
            N_("{0} agreements need a decision within {1} days: renew them, change them or let them end."),
            soon,
            days,
        )
    if counts[State.NO_END]:
        return say(
            N_("{0} agreements name no end. Agree on one, or say that they are open-ended."),
            counts[State.NO_END],
        )
    return say(N_("No agreement ends, and no notice is due, within {0} days."), days)
