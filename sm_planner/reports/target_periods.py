"""The targets of SLAs by period, from the log of a ticket system: shares, averages, breaches and what is due for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from sm_planner.engine.agreements.breaches import Due, due
from sm_planner.engine.agreements.measurements import Period, measured_over, period_name, standing
from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.attainment import PeriodLine
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports import breaches_credits
from sm_planner.reports.table import Chart, Column, Dataset, Figure

COLUMNS = (
    Column("group", Text(N_("Agreement")), width=180, collection="agreements", key="id"),
    Column("target", Text(N_("Target")), width=110),
    Column("promised", Text(N_("Promised")), width=150),
    Column("period", Text(N_("Period")), width=90),
    Column("state", Text(N_("State")), width=150),
    Column("cases", Text(N_("Cases")), "Int", width=70),
    Column("met", Text(N_("Met")), "Int", width=70),
    Column("missed", Text(N_("Missed")), "Int", width=70),
    Column("pending", Text(N_("Not Ended")), "Int", width=80),
    Column("not_evaluated", Text(N_("Not Evaluated")), "Int", width=90),
    Column("percent", Text(N_("Met of Evaluated (%)")), "Float", width=90),
    Column("worst", Text(N_("At Worst (%)")), "Float", width=80),
    Column("best", Text(N_("At Best (%)")), "Float", width=80),
    Column("reached", Text(N_("Reached")), width=120),
    Column("breached", Text(N_("Breached Since")), width=110),
    Column("due", Text(N_("What Is Due")), width=240),
)
KEPT, MISSED = Text(N_("Met")), Text(N_("Missed"))
NO_CASES = Text(N_("No case was evaluated"))
NOT_OVER = Text(N_("The period is not over"))
OPEN_DECIDE = Text(N_("Open cases decide"))


def state_of(line: PeriodLine) -> Text:
    """Whether a target was kept in a period, or why that cannot be told."""
    if line.kept is not None:
        return KEPT if line.kept else MISSED
    if not line.is_over:
        return NOT_OVER
    return OPEN_DECIDE if line.pending else NO_CASES


def rows(plan: Plan, found: list[list[PeriodLine]]) -> list[dict[str, Any]]:
    """A row for each target and period in which cases started."""
    return [row for lines in found for row in _of_target(plan, lines)]


def _of_target(plan: Plan, lines: list[PeriodLine]) -> Iterable[dict[str, Any]]:
    judged = [line for line in lines if line.is_over or line.kept is False]
    dues: dict[Period, list[Due]] = defaultdict(list)
    for one in due(line.result for line in judged):
        dues[one.result.period].append(one)
    for line in lines:
        if line.cases:
            before = [
                (one.period, one.result.kept) for one in judged if one.period.first <= line.period.first
            ]
            yield _row(plan, line, before if line in judged else [], dues[line.period])


def _row(
    plan: Plan, line: PeriodLine, before: list[tuple[Period, bool | None]], dues: list[Due]
) -> dict[str, Any]:
    target, agreement = line.level.target, line.level.agreement
    breach, over = standing(target, before), measured_over(target)
    return {
        "id": agreement.id,
        "group": agreement.title or agreement.id,
        "metric": Text(target.metric),
        "priority": target.priority,
        "target": name(target),
        "promised": figure(target),
        "period": period_name(over, line.period),
        "state": state_of(line),
        "cases": line.cases,
        "met": line.met,
        "missed": line.missed,
        "pending": line.pending,
        "not_evaluated": sum(line.not_evaluated.values()),
        "percent": _rounded_down(line.share),
        "worst": _rounded_down(line.worst) if line.pending else None,
        "best": _rounded_down(line.best) if line.pending else None,
        "reached": breaches_credits.reached(target, line.value, line.at_least),
        "breached": period_name(over, breach.since) if breach.is_breached else "",
        "due": _told(plan, dues),
        "dues": [_plain(one) for one in dues],
        "kept": line.kept,
        "value": None if line.value is None else float(line.value),
        "first_day": line.period.first,
        "last_day": line.period.last,
    }


def _told(plan: Plan, dues: list[Due]) -> Text | str:
    """What is due for a period, in a cell."""
    return listed([_due(plan, one) for one in dues], "; ") if dues else ""


def _due(plan: Plan, one: Due) -> Text:
    found = breaches_credits.row(plan, one)
    parts: list[Text | str] = []
    if found["credit"]:
        money = found["unknown"] if found["money"] is None else breaches_credits.show(found["money"])
        parts.append(say(N_("Credit of {0} % ({1})"), breaches_credits.show(found["credit"]), money))
    if found["escalate_to"]:
        parts.append(say(N_("escalated to {0}"), found["escalate_to"]))
    if found["what_else"]:
        parts.append(found["what_else"])
    return listed(parts, ", ")


def _plain(one: Due) -> dict[str, Any]:
    """The same for machines."""
    return {
        "credit_percent": one.credit_percent,
        "money": None if one.money is None else float(one.money),
        "unknown": str(one.unknown) if one.unknown else "",
        "escalate_to": one.consequence.escalate_to if one.consequence else "",
    }


def _rounded_down(share: Fraction | None) -> float | None:
    return None if share is None else int(share * 100) / 100


def summary(shown: list[dict[str, Any]]) -> tuple[Figure, ...]:
    """How many periods of targets were met and missed, and of how many it cannot be told."""
    states = Counter(row["kept"] for row in shown)
    return (
        Figure(KEPT, states[True], "Green" if states[True] else "Blue"),
        Figure(MISSED, states[False], "Red" if states[False] else "Green"),
        Figure(Text(N_("Cannot be told yet")), states[None]),
    )


def chart(shown: list[dict[str, Any]]) -> Chart | None:
    """Of each target, in how many periods it was met, missed, and not told."""
    counts: dict[tuple[str, str, str], tuple[Text, Counter[bool | None]]] = {}
    for row in shown:
        label = say(N_("{0}: {1}"), row["group"], listed((row["target"], row["promised"]), " "))
        counts.setdefault((row["id"], str(row["target"]), str(row["promised"])), (label, Counter()))[1][
            row["kept"]
        ] += 1
    if not counts:
        return None
    datasets = ((KEPT, True), (MISSED, False), (Text(N_("Cannot be told yet")), None))
    return Chart(
        title=Text(N_("Periods in which targets were met")),
        labels=tuple(label for label, _ in counts.values()),
        datasets=tuple(
            Dataset(text, tuple(count[kept] for _, count in counts.values())) for text, kept in datasets
        ),
        colors=("#1d6b3a", "#a3151f", "#64727e"),
        reading=say(
            N_("Of {0} periods of targets that can be told, {1} were met."),
            sum(row["kept"] is not None for row in shown),
            sum(row["kept"] is True for row in shown),
        ),
        stacked=True,
    )
