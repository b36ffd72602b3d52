"""Communication Plan: what is said to whom, when it was said last, when it is due next, and where it was silent for too long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sm_planner.engine.communication.audience import groups, named, not_preferred, senders
from sm_planner.engine.communication.briefing import Order, orders
from sm_planner.engine.communication.confirming import awaited, confirmed_by, hearers, is_unheard
from sm_planner.engine.communication.feedback import is_late, unanswered
from sm_planner.engine.communication.runs import Gap, gaps, held, next_due
from sm_planner.engine.model import Plan
from sm_planner.engine.model.communication import Communication
from sm_planner.engine.model.vocabulary import COMMUNICATION_KINDS, OTHER
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Communication")), width=220, collection="communications", key="id"),
    Column("kind", Text(N_("Kind")), width=130),
    Column("audience", Text(N_("Audience")), width=220),
    Column("channel", Text(N_("Channel")), width=180),
    Column("stands_out", Text(N_("What Stands Out")), width=240),
    Column("sender", Text(N_("Sender")), width=140, collection="people", key="sender_id"),
    Column("frequency", Text(N_("How Often")), width=100),
    Column("last_run", Text(N_("Last Run")), "Date", width=100),
    Column("reached", Text(N_("People Reached")), "Int", width=110),
    Column("confirmed", Text(N_("Confirmed")), width=100),
    Column("next_run", Text(N_("Next Run")), "Date", width=100),
    Column("gap", Text(N_("Days Late")), "Int", width=90),
    Column("runs", Text(N_("Runs")), "Int", width=70),
    Column("two_way", Text(N_("Two-way")), width=80),
)


def report(plan: Plan, today: date, *, kind: str = "", sender: str = "") -> Table:
    """A row for each communication, what is late first, then by the next run. kind, sender: only those."""
    wrong = [order for order in orders(plan, today) if not order.is_kept or order.unconfirmed]
    rows = [
        _row(plan, one, today, wrong)
        for one in plan.communications
        if kind in ("", one.kind) and (not sender or sender in senders(plan, one, today))
    ]
    rows.sort(key=lambda row: (row["next_run"] or date.max, row["id"]))
    late = [row for row in rows if row["gap"]]
    unheard = [
        group
        for group in plan.stakeholders
        if not any(group in groups(plan, one) for one in plan.communications)
    ]
    waiting = [one for one in unanswered(plan) if is_late(plan, one, today)]
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            Figure(Text(N_("Communications")), len(rows)),
            Figure(Text(N_("Overdue")), len(late), "Red" if late else "Green"),
            Figure(Text(N_("Groups That Hear Nothing")), len(unheard), "Red" if unheard else "Green"),
            Figure(
                Text(N_("Feedback without an Answer in Time")), len(waiting), "Red" if waiting else "Green"
            ),
        ),
        chart=_chart(rows),
        message=_message(rows, late, [one.title or one.id for one in unheard]),
    )


def _row(plan: Plan, one: Communication, today: date, wrong: Sequence[Order]) -> dict[str, Any]:
    runs = held(plan, one, today)
    last = runs[-1] if runs else None
    found = gaps(plan, one, today)
    said_by = senders(plan, one, today)
    return {
        "id": one.id,
        "title": one.title or one.id,
        "kind": one.kind and Text(one.kind),
        "audience": audience(plan, one),
        "channel": one.channel,
        "stands_out": stands_out(plan, one, today, found, wrong),
        "sender": ", ".join(plan.title_of("people", id) for id in said_by)
        or plan.title_of("roles", one.sender_role),
        "sender_id": said_by[0] if said_by else "",
        "frequency": one.frequency and Text(one.frequency),
        "last_run": last.day if last else None,
        "reached": reached(last) if last else None,
        "confirmed": confirmed(plan, one, today),
        "next_run": next_due(plan, one, today),
        "gap": found[-1].days if found and found[-1].is_open else None,
        "runs": len(runs),
        "two_way": Text(N_("Yes")) if one.two_way else Text(N_("No")),
    }


def audience(plan: Plan, one: Communication) -> str:
    """For whom it is: groups, units, roles and teams."""
    return ", ".join(named(plan, one))


def reached(run: Any) -> int | None:
    """How many heard a run, as far as it was noted."""
    return run.people_reached if run.people_reached is not None else len(run.reached) or None


def confirmed(plan: Plan, one: Communication, today: date) -> Text | str:
    """How many of those who heard the last run have confirmed it; empty where that is not asked."""
    run = awaited(plan, one, today)
    whom = hearers(plan, one, run) if run else ()
    return say(N_("{0} of {1}"), len(confirmed_by(plan, one, run, today)), len(whom)) if whom else ""


def stands_out(
    plan: Plan, one: Communication, today: date, found: Sequence[Gap], wrong: Sequence[Order]
) -> Text | str:
    """What somebody should look at: silence, what nobody confirmed, supervisors who hear it too late or have not confirmed
    it, a channel that the audience does not prefer."""
    said: list[Text] = []
    if found:
        gap = found[-1]
        text = N_("silent since {0}") if gap.is_open else N_("was silent until {0}")
        said.append(say(text, (gap.since or gap.wanted) if gap.is_open else gap.until))
    for order in wrong:
        if order.briefing.id == one.id:
            text = N_("{0} has not confirmed it") if order.is_kept else N_("{0} not briefed before")
            said.append(say(text, plan.title_of("people", order.whom)))
    if is_unheard(plan, one, today):
        said.append(say(N_("nobody has confirmed it")))
    for group in not_preferred(plan, one):
        said.append(say(N_("{0} would rather: {1}"), group.title or group.id, group.preferred_channel))
    return listed(said, "; ") if said else ""


def _chart(rows: Sequence[dict[str, Any]]) -> Chart | None:
    """How many communications of each kind are in time, and how many are overdue. None without any."""
    if not rows:
        return None
    kinds = [str(row["kind"]) or OTHER for row in rows]
    shown = [kind for kind in COMMUNICATION_KINDS if kind in kinds]
    late = tuple(
        sum(bool(row["gap"]) for row, own in zip(rows, kinds, strict=True) if own == kind) for kind in shown
    )
    return Chart(
        title=Text(N_("Communications by kind")),
        labels=tuple(map(Text, shown)),
        datasets=(
            Dataset(
                Text(N_("In Time")),
                tuple(kinds.count(kind) - of_it for kind, of_it in zip(shown, late, strict=True)),
            ),
            Dataset(Text(N_("Overdue")), late),
        ),
        colors=("#0b5c6e", "#e8a33d"),
        reading=say(N_("Of {1} communications, in time: {0}."), len(rows) - sum(late), len(rows)),
        stacked=True,
    )


def _message(rows: Sequence[dict[str, Any]], late: Sequence[dict[str, Any]], unheard: Sequence[str]) -> Text:
    """What to do first."""
    if not rows:
        return Text(N_("The plan says nothing here. Begin with the launch, which comes from the sponsor."))
    if unheard:
        return say(N_("No communication is for: {0}."), listed(unheard))
    if late:
        return say(N_("Overdue: {0}. Begin with “{1}”."), len(late), late[0]["title"])
    return Text(N_("Everybody hears of the plan, and nothing is overdue."))
