"""SLA Attainment: what was promised and what was kept, from the log of a ticket system.

It needs a log beside the plan, and so it is not among the REPORTS that a plan and a day are enough for.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.attainment import (
    PERCENTILES,
    EventLog,
    Line,
    Tickets,
    by_period,
    evaluate,
    summarise,
    tickets_of,
)
from sm_planner.engine.chain.words import moment
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, say, together
from sm_planner.reports import target_periods
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

GROUPS: dict[str, Text] = {
    "service-level": Text(N_("Agreement")),
    "service": Text(N_("Service")),
    "priority": Text(N_("Priority")),
    "party": Text(N_("Party")),
    "month": Text(N_("Month")),
    "period": Text(N_("Agreement")),
}
"""What the rows can be about, with the heading of their column."""
_COLLECTIONS = {"service-level": "agreements", "service": "services"}
_LEVEL_COLUMNS = (
    Column("priority", Text(N_("Priority")), width=70),
    Column("promised", Text(N_("Promised")), width=90),
)
_COLUMNS = (
    Column("met", Text(N_("Met")), "Int", width=70),
    Column("missed", Text(N_("Missed")), "Int", width=70),
    Column("percent", Text(N_("Met of Evaluated (%)")), "Float", width=90),
    Column("not_evaluated", Text(N_("Not Evaluated")), "Int", width=90),
    *(
        Column(f"p{percent}", say(N_("{0} % Took at Most (Hours)"), percent), "Float", width=110)
        for percent in PERCENTILES
    ),
    Column("over", Text(N_("Minutes Over")), "Int", width=90),
    Column("worst", Text(N_("Furthest Over")), width=240),
    Column("reason", Text(N_("Mostly Not Evaluated Because")), width=300),
)


def report(plan: Plan, today: date, *, log: EventLog, by: str = "service-level") -> Table:
    """A row for each service level, service, priority, party or month (``by``), and each metric.

    By period, a row for each target and each period in which it is kept or missed as a whole. The log is judged as it stood at its last event, or at the end of ``today`` where it goes on after that.
    """
    until = log.known_until(today)
    tickets = tickets_of(log, until)
    verdicts = evaluate(plan, tickets, until)
    lines = summarise(verdicts, "service-level" if by == "period" else by)
    if by == "period":
        rows = target_periods.rows(plan, by_period(verdicts, today))
        return Table(
            columns=target_periods.COLUMNS,
            rows=rows,
            summary=(*target_periods.summary(rows), *_summary(tickets, lines, log)),
            chart=target_periods.chart(rows),
            message=_message(tickets, lines, log, until),
        )
    return Table(
        columns=(
            Column("group", GROUPS[by], width=180, collection=_COLLECTIONS.get(by, ""), key=_key(by)),
            Column("metric", Text(N_("Metric")), width=90),
            *(_LEVEL_COLUMNS if by == "service-level" else ()),
            *_COLUMNS,
        ),
        rows=[_row(plan, by, line) for line in lines],
        summary=_summary(tickets, lines, log),
        chart=_chart(plan, by, lines) if lines else None,
        message=_message(tickets, lines, log, until),
    )


def _row(plan: Plan, by: str, line: Line) -> dict[str, Any]:
    percentiles = {f"p{percent}": None for percent in PERCENTILES}
    percentiles |= {f"p{percent}": round(seconds / 3600, 2) for percent, seconds in line.percentiles.items()}
    target = line.level.target if line.level else None
    return {
        "group": _name(plan, by, line),
        "id": line.group,
        "metric": Text(line.metric) if line.metric else "",
        "priority": target.priority if target else "",
        "promised": figure(target) if target else "",
        "met": line.met,
        "missed": line.missed,
        "percent": _rounded_down(line),
        "not_evaluated": sum(line.not_evaluated.values()),
        **percentiles,
        "over": line.over // 60,
        "worst": ", ".join(f"{offender.ticket} ({offender.over // 60})" for offender in line.worst),
        "reason": _main_reason(line),
        "reasons": {kind.name.lower(): count for kind, count in line.not_evaluated.items()},
    }


def _key(by: str) -> str:
    return "id" if by in _COLLECTIONS else ""


def _name(plan: Plan, by: str, line: Line) -> Text | str:
    if not line.group:
        return Text(N_("None"))
    return plan.title_of(_COLLECTIONS[by], line.group) if by in _COLLECTIONS else line.group


def _rounded_down(line: Line) -> float | None:
    """Percent with two decimals: 100 says that all were met, not nearly all."""
    return None if line.percent is None else int(line.percent * 100) / 100


def _main_reason(line: Line) -> Text | str:
    """Why most of what was not evaluated was not."""
    counts = line.not_evaluated
    return Text(max(counts, key=counts.__getitem__).text) if counts else ""


def _summary(tickets: Tickets, lines: list[Line], log: EventLog) -> tuple[Figure, ...]:
    figures = [Figure(Text(N_("Tickets")), len(tickets))]
    for metric in sorted({line.metric for line in lines if line.metric}):
        met = sum(line.met for line in lines if line.metric == metric)
        missed = sum(line.missed for line in lines if line.metric == metric)
        figures.append(Figure(say(N_("{0} met"), Text(metric)), met, "Green" if met else "Blue"))
        figures.append(Figure(say(N_("{0} missed"), Text(metric)), missed, "Red" if missed else "Green"))
    not_evaluated = sum(sum(line.not_evaluated.values()) for line in lines)
    beside = (
        Figure(Text(N_("Left out: cancelled")), tickets.left_out),
        Figure(Text(N_("Events after the evaluation date")), tickets.later_events),
        Figure(Text(N_("Tickets that begin after it")), tickets.later_tickets),
    )
    return (
        *figures,
        Figure(Text(N_("Not evaluated")), not_evaluated),
        *(figure for figure in beside if figure.value),
        Figure(Text(N_("Problems in the log")), log.unread, "Red" if log.unread else "Green"),
    )


def _chart(plan: Plan, by: str, lines: list[Line]) -> Chart:
    return Chart(
        title=Text(N_("Promises met, missed and not evaluated")),
        labels=tuple(
            say(N_("{0}: {1}"), _name(plan, by, line), _what(line)) if line.metric else _name(plan, by, line)
            for line in lines
        ),
        datasets=(
            Dataset(Text(N_("Met")), tuple(line.met for line in lines)),
            Dataset(Text(N_("Missed")), tuple(line.missed for line in lines)),
            Dataset(Text(N_("Not evaluated")), tuple(sum(line.not_evaluated.values()) for line in lines)),
        ),
        colors=("#1d6b3a", "#a3151f", "#64727e"),
        reading=say(
            N_("Of {0} promises that could be evaluated, {1} were met."),
            sum(line.met + line.missed for line in lines),
            sum(line.met for line in lines),
        ),
        stacked=True,
    )


def _what(line: Line) -> Text:
    return name(line.level.target) if line.level and line.level.target else Text(line.metric)


def _message(tickets: Tickets, lines: list[Line], log: EventLog, until: int) -> Text:
    """What to do first; and what of the log no row is about."""
    told = [_advice(lines, log, until)]
    if log.problems:
        first = log.problems[0]
        told.append(say(N_("The first of them: {0}: {1} {2}"), first.place, first.message, first.fix))
    if tickets.later_events:
        told.append(
            say(
                N_(
                    "{0} events are after the evaluation date and are ignored; {1} tickets begin only then. If "
                    "this is not possible, check the time format in the map."
                ),
                tickets.later_events,
                tickets.later_tickets,
            )
        )
    if tickets.left_out:
        told.append(say(N_("{0} tickets were cancelled and are not counted."), tickets.left_out))
    return together(told) if len(told) > 1 else told[0]


def _advice(lines: list[Line], log: EventLog, until: int) -> Text:
    if not lines and not log.unread:
        return Text(N_("The log holds no tickets up to this day."))
    if log.unread:
        return say(
            N_(
                "{0} problems in the log keep tickets from being evaluated. Settle them in the log or its "
                "map first."
            ),
            log.unread,
        )
    if all(line.percent is None for line in lines):
        return Text(N_("Nothing could be evaluated. The last column says why; begin with the most frequent."))
    return say(
        N_("As of {0} UTC. Begin with what is missed most, and with the party that is furthest over."),
        moment(until, "UTC"),
    )
