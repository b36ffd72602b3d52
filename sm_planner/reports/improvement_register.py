"""Improvement Register: what is worked on, the most urgent first, what it waits for, and who decides about it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sm_planner.engine.approval import decided
from sm_planner.engine.approval.improvements import ACTS, deciders, is_approved, is_ready
from sm_planner.engine.improvements.order import in_circle, waits_for
from sm_planner.engine.improvements.priority import by_priority, priority
from sm_planner.engine.improvements.results import is_overdue, reports
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.approvals import APPROVE, CLOSE, REJECT
from sm_planner.engine.model.vocabulary import CLOSED, IMPROVEMENT_STATES
from sm_planner.engine.part.asking import unanswered
from sm_planner.engine.roadmap.schedule import Step, roadmap
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Improvement")), width=240, collection="improvements", key="id"),
    Column("state", Text(N_("State")), width=110),
    Column("priority", Text(N_("Priority (%)")), "Percent", width=90),
    Column("stands_out", Text(N_("What Stands Out")), width=200),
    Column("owner", Text(N_("Owner")), width=140, collection="people", key="owner_id"),
    Column("start_date", Text(N_("Start")), "Date", width=100),
    Column("earliest_start", Text(N_("Earliest Start")), "Date", width=100),
    Column("waits_for", Text(N_("Waits For")), width=200),
    Column("due", Text(N_("Due")), "Date", width=100),
    Column("decided", Text(N_("Decided")), width=220),
    Column("decides", Text(N_("Decides Next")), width=200),
    Column("effort_days", Text(N_("Effort (Person-days)")), "Float", width=100),
    Column("cost", Text(N_("Cost")), "Float", width=90),
    Column("benefit_kpi", Text(N_("Benefit KPI")), width=200),
    Column("benefit_baseline", Text(N_("Baseline")), "Float", width=90),
    Column("benefit_target", Text(N_("Target")), "Float", width=90),
    Column("benefit_actual", Text(N_("Reached")), "Float", width=90),
    Column("verdict", Text(N_("Verdict")), width=110),
    Column("kind", Text(N_("Kind")), width=120),
    Column("dimension", Text(N_("Dimension")), width=100),
    Column("source", Text(N_("Source")), width=220),
    Column("reported", Text(N_("Last Report")), "Date", width=100),
)
OPEN, ENDED = "Open", "Ended"
GROUPS = (N_("Open"), N_("Ended"))
"""What a register can be narrowed to."""

_DECIDED = {
    APPROVE: N_("Approved by {0} on {1}"),
    REJECT: N_("Rejected by {0} on {1}"),
    CLOSE: N_("Closed by {0} on {1}"),
}


def report(
    plan: Plan, today: date, *, show: str = "", kind: str = "", dimension: str = "", owner: str = ""
) -> Table:
    """A row for each improvement, the most urgent first, and what has ended last.

    show: only open ones, or only those that have ended; figures, chart and message count both. kind, dimension, owner:
    only those.
    """
    found = [
        one
        for one in in_order(plan)
        if kind in ("", one.kind)
        and dimension in ("", one.dimension)
        and owner in ("", one.improvement_owner)
    ]
    rows = [_row(plan, one, today) for one in found if show in ("", OPEN if one.is_open else ENDED)]
    asked = {one.id for one in unanswered(plan)}
    open_ones = [one for one in found if one.is_open]
    late = [one for one in open_ones if is_overdue(one, today)]
    waiting = [one for one in open_ones if is_ready(one)]
    ideas = [one for one in open_ones if one.id in asked]
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            Figure(Text(N_("Open")), len(open_ones)),
            Figure(Text(N_("Overdue")), len(late), "Red" if late else "Green"),
            Figure(Text(N_("Waiting for a Decision")), len(waiting), "Red" if waiting else "Green"),
            Figure(Text(N_("Suggestions without an Answer")), len(ideas), "Red" if ideas else "Green"),
        ),
        chart=_chart(found),
        message=_message(plan, today, found, open_ones, late, waiting, ideas),
    )


def in_order(plan: Plan) -> list[Improvement]:
    """The improvements, the most urgent first, and what has ended after what is open."""
    return sorted(by_priority(plan), key=lambda one: not one.is_open)


def _row(plan: Plan, one: Improvement, today: date) -> dict[str, Any]:
    urgency, told = priority(one, plan.settings), reports(plan, one, today)
    step = roadmap(plan, today).step(one.id)
    return {
        "id": one.id,
        "title": one.title or one.id,
        "state": one.status and Text(one.status),
        "priority": None if urgency is None else round(urgency, 1),
        "stands_out": stands_out(plan, one, today),
        "owner": plan.title_of("people", one.improvement_owner),
        "owner_id": one.improvement_owner,
        "start_date": one.start_date,
        "earliest_start": step.earliest_start if step else None,
        "waits_for": ", ".join(other.title or other.id for other in waits_for(plan, one))
        if one.is_open
        else "",
        "due": one.due,
        "decided": what_was_decided(plan, one),
        "decides": _names(plan, one, today) if _is_decided_next(one) else "",
        "effort_days": one.effort_days,
        "cost": one.cost,
        "benefit_kpi": one.benefit_kpi,
        "benefit_baseline": one.benefit_baseline,
        "benefit_target": one.benefit_target,
        "benefit_actual": one.benefit_actual,
        "verdict": one.verdict and Text(one.verdict),
        "kind": one.kind and Text(one.kind),
        "dimension": one.dimension and Text(one.dimension),
        "source": source(one),
        "reported": told[-1].day if told else None,
    }


def stands_out(plan: Plan, one: Improvement, today: date) -> Text | str:
    """What somebody should look at, where the improvement is not over."""
    step = roadmap(plan, today).step(one.id)
    said = (
        (N_("overdue"), is_overdue(one, today)),
        (N_("waits for itself"), one.is_open and in_circle(plan, one)),
        (N_("starts before it can"), step is not None and _starts_too_early(plan, step)),
    )
    found = [Text(text) for text, is_so in said if is_so]
    return listed(found) if found else ""


def _starts_too_early(plan: Plan, step: Step) -> bool:
    """Whether it is begun, or to be, before all that it waits for is over."""
    one = step.improvement
    if not waits_for(plan, one) or one.start_date is None:
        return False
    return step.is_begun or (step.earliest_start is not None and one.start_date < step.earliest_start)


def what_was_decided(plan: Plan, one: Improvement) -> Text | str:
    """Who decided last about an improvement, what and when; that its state is only claimed; or nothing."""
    acts = decided(plan, one)
    if not acts:
        return Text(N_("Claimed: nobody decided about it here")) if is_approved(plan, one) else ""
    last = acts[-1]
    if last.act == APPROVE and not is_approved(plan, one):
        template = N_("Approved by {0} on {1}, but changed since")
    else:
        template = _DECIDED[last.act]
    return say(template, plan.title_of("people", last.person), last.day)


def _is_decided_next(one: Improvement) -> bool:
    """Whether the next step of an improvement is a decision, and not only that it could be rejected."""
    return any(act != REJECT for act in ACTS.get(one.status, ()))


def _names(plan: Plan, one: Improvement, today: date) -> Text | str:
    """Who decides about an improvement."""
    found = sorted(plan.title_of("people", id) for id in deciders(plan, one, today))
    return listed(found) if found else Text(N_("nobody may"))


def source(one: Improvement) -> Text | str:
    """Where an improvement comes from: the kind of source, and what it says of it."""
    if one.source_kind and one.source:
        return say(N_("{0}: {1}"), Text(one.source_kind), one.source)
    return Text(one.source_kind) if one.source_kind else one.source


def _chart(found: list[Improvement]) -> Chart | None:
    """How many improvements are in which state."""
    if not found:
        return None
    states = Counter(one.status for one in found)
    return Chart(
        title=Text(N_("Improvements by state")),
        labels=tuple(Text(state) for state in IMPROVEMENT_STATES),
        datasets=(Dataset(Text(N_("Improvements")), tuple(states[state] for state in IMPROVEMENT_STATES)),),
        colors=("#0b5c6e",),
        reading=say(
            N_("Of {1} improvements, open: {0}, closed: {2}."),
            sum(one.is_open for one in found),
            len(found),
            states[CLOSED],
        ),
    )


def _message(
    plan: Plan,
    today: date,
    found: list[Improvement],
    open_ones: list[Improvement],
    late: list[Improvement],
    waiting: list[Improvement],
    ideas: list[Improvement],
) -> Text:
    """What to do first."""
    if not found:
        return Text(N_("There are no improvements here. Enter what is to get better, or suggest it."))
    if late:
        return say(
            N_("{0} of {1} open improvements are overdue. Begin with “{2}”."),
            len(late),
            len(open_ones),
            late[0].title or late[0].id,
        )
    if waiting:
        first = waiting[0]
        return say(
            N_("Improvements that wait for a decision: {0}. Begin with “{1}”; who decides: {2}."),
            len(waiting),
            first.title or first.id,
            _names(plan, first, today),
        )
    if ideas:
        return say(
            N_("Suggestions that wait for an answer: {0}. Begin with “{1}”."),
            len(ideas),
            ideas[0].title or ideas[0].id,
        )
    unknown = [one for one in open_ones if priority(one, plan.settings) is None]
    if unknown:
        return say(
            N_(
                "The priority of {0} of {1} open improvements is not known. Enter their benefit, urgency and effort."
            ),
            len(unknown),
            len(open_ones),
        )
    if not open_ones:
        return Text(N_("All improvements are closed or rejected."))
    return say(
        N_("Nothing is overdue, and nothing waits for a decision. The most urgent improvement is “{0}”."),
        open_ones[0].title or open_ones[0].id,
    )
