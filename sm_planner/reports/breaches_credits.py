"""Breaches and Credits: which targets were breached by what was measured, and what is due for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from sm_planner.engine.agreements.breaches import Due, by_period, due
from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.measurements import Period, measured_over, period_name, results
from sm_planner.engine.agreements.targets import figure, name, unit_of
from sm_planner.engine.model import Agreement, AgreementTarget, Plan
from sm_planner.engine.model.values import folded, show
from sm_planner.engine.texts import N_, Text, listed, say, together
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("agreement", Text(N_("Agreement")), width=200, collection="agreements", key="id"),
    Column("target", Text(N_("Target")), width=120),
    Column("promised", Text(N_("Promised")), width=150),
    Column("period", Text(N_("Period")), width=90),
    Column("reached", Text(N_("Reached")), width=110),
    Column("credit", Text(N_("Credit (%)")), "Float", width=90),
    Column("money", Text(N_("Credit")), "Float", width=100),
    Column("unknown", Text(N_("Not Known")), width=260),
    Column("escalate_to", Text(N_("Escalated To")), width=150),
    Column("what_else", Text(N_("What Else")), width=220),
)


def report(plan: Plan, today: date, *, kind: str = "") -> Table:
    """A row for each consequence of each period in which a target was breached. kind: only of agreements of that kind.

    A breach that has no agreed consequence has a row as well. Drafts promise nothing.
    """
    dues = [
        one
        for agreement in promising(plan)
        if kind in ("", agreement.kind) and agreement.status != "Draft"
        for result in results(plan, agreement, today)
        for one in due(by_period(result))
    ]
    return Table(
        columns=COLUMNS,
        rows=[row(plan, one) for one in dues],
        summary=_summary(dues),
        chart=_chart(dues),
        message=_message(plan, dues),
    )


def row(plan: Plan, one: Due) -> dict[str, Any]:
    """What is due for a period, as a row of a table."""
    agreement, target, consequence = one.result.agreement, one.result.target, one.consequence
    doubts = [text for text in (one.unknown, one.doubt) if text]
    return {
        "id": agreement.id,
        "agreement": agreement.title or agreement.id,
        "target": name(target),
        "promised": figure(target),
        "period": period_name(measured_over(target), one.result.period),
        "reached": reached(target, one.result.value, one.result.at_least),
        "credit": one.credit_percent,
        "money": None if one.money is None else round(float(one.money), 2),
        "unknown": (together(doubts) if len(doubts) > 1 else doubts[0]) if doubts else "",
        "escalate_to": plan.title_of("roles", consequence.escalate_to) if consequence else "",
        "what_else": what_else(agreement, one),
    }


def what_else(agreement: Agreement, one: Due) -> Text | str:
    """What is due besides money; where no consequence is agreed, what the agreement says in words, or that it says nothing."""
    if one.consequence is None:
        return (
            agreement.remedies
            if _says_something(agreement.remedies)
            else Text(N_("No consequence is agreed."))
        )
    note, days = one.consequence.note, one.consequence.due_days
    if days is None:
        return note
    return say(N_("{0}, within {1} days"), note or Text(N_("To be done")), days)


def _says_something(remedies: str) -> bool:
    """Whether remedies are named in words; “none” stands for that there are none."""
    return folded(remedies) not in ("", "none")


def reached(target: AgreementTarget, value: Fraction | float | None, at_least: bool = False) -> Text | str:
    """What was reached, in the unit of the target: "5.5 Hours"; of what may still get worse, the least that it is."""
    if value is None:
        return ""
    told = listed((show(round(float(value), 2)), unit_of(target)), " ")
    return say(N_("{0} or worse"), told) if at_least else told


def _breaches(dues: Iterable[Due]) -> set[tuple[str, AgreementTarget, Period]]:
    return {(one.result.agreement.id, one.result.target, one.result.period) for one in dues}


def _chart(dues: list[Due]) -> Chart | None:
    """In how many periods each target was breached."""
    counts: Counter[tuple[str, AgreementTarget]] = Counter()
    titles: dict[tuple[str, AgreementTarget], Text] = {}
    for one in {(it.result.agreement.id, it.result.target, it.result.period): it for it in dues}.values():
        agreement, target = one.result.agreement, one.result.target
        counts[agreement.id, target] += 1
        titles[agreement.id, target] = say(N_("{0}: {1}"), agreement.title or agreement.id, name(target))
    if not counts:
        return None
    return Chart(
        title=Text(N_("Periods in which targets were breached")),
        labels=tuple(titles.values()),
        datasets=(Dataset(Text(N_("Breached")), tuple(counts.values())),),
        colors=("#a3151f",),
        reading=say(
            N_("{0} targets were breached, in {1} periods together."), len(counts), sum(counts.values())
        ),
    )


def _summary(dues: list[Due]) -> tuple[Figure, ...]:
    count, known = (
        len(_breaches(dues)),
        sum((one.money for one in dues if one.money is not None), Fraction(0)),
    )
    unknown = sum(one.unknown is not None for one in dues)
    return (
        Figure(Text(N_("Periods in which a target was breached")), count, "Red" if count else "Green"),
        Figure(Text(N_("Credits that are known")), round(float(known), 2)),
        Figure(Text(N_("Credits that are not known")), unknown, "Red" if unknown else "Green"),
    )


def _message(plan: Plan, dues: list[Due]) -> Text:
    if not dues:
        return Text(N_("As far as it was measured, no target was breached."))
    told = []
    if any(one.consequence is None for one in dues):
        told.append(Text(N_("Some breaches have no agreed consequence. Add what is due to the agreement.")))
    if any(one.unknown for one in dues):
        told.append(
            Text(N_("Some credits are not known: enter what is paid under Charges of the agreement."))
        )
    if plan.currency:
        told.append(say(N_("All amounts are in {0}."), plan.currency))
    if not told:
        return Text(N_("What is due follows from the consequences that the agreements name."))
    return together(told) if len(told) > 1 else told[0]
