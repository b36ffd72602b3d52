"""Chain Feasibility: whether the agreements beneath each SLA can carry what it promises, and what would help."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timezone
from typing import Any

from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.chain import (
    ChainResult,
    Composition,
    Feasibility,
    Leg,
    Timing,
    Unjudged,
    Way,
    beneath,
)
from sm_planner.engine.chain.words import duration, moment, part_of, percent, percent_up, span
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.values import show
from sm_planner.engine.model.vocabulary import HAND_OVER
from sm_planner.engine.service_time.days import Budget
from sm_planner.engine.texts import N_, Text, listed, say, together
from sm_planner.reports.quantities import number
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("verdict", Text(N_("Verdict")), width=100),
    Column("sla", Text(N_("SLA")), width=200, collection="agreements", key="agreement_id"),
    Column("service", Text(N_("Service")), width=160, collection="services", key="service_id"),
    Column("target", Text(N_("Target")), width=120),
    Column("promised", Text(N_("Promised")), width=90),
    Column("slack", Text(N_("Least Slack")), width=110),
    Column("worst_start", Text(N_("Worst Start")), width=190),
    Column("late", Text(N_("Late (%)")), width=80),
    Column("certain", Text(N_("Certain (%)")), width=90),
    Column("independent", Text(N_("If Independent (%)")), width=110),
    Column("cause", Text(N_("Cause")), width=240, collection="agreements", key="cause_id"),
    Column("remedy", Text(N_("What Would Be Enough")), width=220),
    Column("legs", Text(N_("What Is Beneath")), width=360),
    Column("readings", Text(N_("How Long Tiers Keep It")), width=220),
    Column("missing", Text(N_("What Is Not Known")), width=300),
    Column("ask", Text(N_("What to Do")), width=300),
)
VERDICTS = {
    Feasibility.INFEASIBLE: Text(N_("Infeasible")),
    Feasibility.UNKNOWN: Text(N_("Unknown")),
    Feasibility.FEASIBLE: Text(N_("Feasible")),
}
"""From the one to look at first to the one that is well."""
NOT_JUDGED = Text(N_("Not judged"))
"""What stands in place of a verdict on a target that no chain carries."""
CHARTED = 12
"""Promises in the chart: those with the least slack."""


def report(
    plan: Plan,
    today: date,
    *,
    agreement: str = "",
    service: str = "",
    verdict: str = "",
    carried_by: str = "",
) -> Table:
    """The verdict on each target of the SLAs in force, for each service that they cover.

    agreement, service: only of that SLA, for that service (ids). verdict: rows of Infeasible, Unknown or Feasible alone;
    summary, chart and message count all.
    carried_by: only what rests on that OLA or UC (its id).
    Last come the targets that are not judged, each with the reason and with who beneath promises less of the same.
    """
    judged = beneath(plan, today)
    found = [
        result
        for result in judged.results
        if agreement in ("", result.agreement.id)
        and service in ("", result.service.id)
        and (not carried_by or carried_by in judged.carriers(result))
    ]
    left_out = [
        one
        for sla in judged.slas
        if agreement in ("", sla.id)
        for one in judged.unjudged(sla)
        if service in ("", one.service.id)
        and (not carried_by or any(carried_by == less.agreement.id for less in one.less))
    ]
    counts = Counter(result.verdict for result in found)
    order = list(VERDICTS)
    shown = [result for result in found if verdict in ("", result.verdict.value)]
    return Table(
        columns=COLUMNS,
        rows=[
            *(_row(result) for result in sorted(shown, key=lambda result: order.index(result.verdict))),
            *(_unjudged_row(one) for one in left_out if not verdict),
        ],
        summary=_summary(counts, len(left_out)),
        chart=_chart(found),
        message=_message(counts, len(left_out)),
    )


def figures(plan: Plan, today: date) -> Table:
    """What all promises of a plan come to: the report without its rows and its chart."""
    judged = beneath(plan, today)
    counts = Counter(result.verdict for result in judged.results)
    left_out = sum(len(tuple(judged.unjudged(sla))) for sla in judged.slas)
    return Table(columns=(), rows=[], summary=_summary(counts, left_out), message=_message(counts, left_out))


def _row(result: ChainResult) -> dict[str, Any]:
    return {
        **_about(result),
        "verdict": VERDICTS[result.verdict],
        "legs": _legs(result),
        "readings": _readings(result),
        "missing": together(gap.text for gap in result.gaps) if result.gaps else "",
        "ask": together(dict.fromkeys(gap.fix for gap in result.gaps)) if result.gaps else "",
        **_timed(result),
        **_composed(result),
        **_available(result),
        **_recovered(result),
    }


def _about(one: ChainResult | Unjudged) -> dict[str, Any]:
    """What a target is about, in a row that says nothing else yet."""
    return {
        **{column.fieldname: "" for column in COLUMNS},
        "sla": str(Ref.to(one.agreement)),
        "service": str(Ref.to(one.service)),
        "target": one.name,
        "promised": figure(one.target) if one.target.unit else "",
        "agreement_id": one.agreement.id,
        "service_id": one.service.id,
    }


def _unjudged_row(one: Unjudged) -> dict[str, Any]:
    less = (
        say(N_("“{0}” promises less: {1}."), Ref.to(agreement), figure(target))
        for agreement, target in one.less
    )
    return {
        **_about(one),
        "verdict": NOT_JUDGED,
        "missing": together((one.why, *less)),
        "ask": one.fix or "",
    }


def _timed(result: ChainResult) -> dict[str, Any]:
    timing = result.told_timing
    if timing is None:
        return {}
    solution = timing.solution
    return {
        "slack": duration(solution.worst_slack),
        "worst_start": moment(solution.worst_start, timing.zone),
        "late": part_of(solution.late, solution.starts),
        "cause": _promise(timing.guilty.leg),
        "remedy": _remedy(timing),
        "cause_id": timing.guilty.leg.agreement.id,
        "worst_start_utc": _utc(solution.worst_start),
        "worst_slack_seconds": solution.worst_slack,
        "late_seconds": solution.late,
        "start_seconds": solution.starts,
        "known_from_utc": _utc(solution.first),
        "known_to_utc": _utc(solution.last),
        "remedy_seconds": _seconds(timing.remedy),
        "remedy_in_sla_hours_seconds": _seconds(timing.remedy_in_hours),
        "slack_if_kept_seconds": result.timing.solution.worst_slack,
        "slack_at_once_seconds": result.at_once and result.at_once.solution.worst_slack,
    }


def _seconds(budget: Budget | None) -> int | None:
    """A remedy in seconds; days have no fixed number of them."""
    return budget if isinstance(budget, int) else None


def _composed(result: ChainResult) -> dict[str, Any]:
    composed = result.told_share
    if composed is None:
        return {}
    leg = composed.costliest
    row: dict[str, Any] = {
        "worst_start": moment(composed.worst_start, composed.zone),
        "certain": percent(float(composed.certain)),
        "independent": percent(float(composed.independent)),
        "worst_start_utc": _utc(composed.worst_start),
        "certain_share": float(composed.certain),
        "independent_share": float(composed.independent),
        "known_from_utc": _utc(composed.first),
        "known_to_utc": _utc(composed.last),
    }
    if composed.missing:
        row |= {
            "cause": _promise(leg),
            "cause_id": leg.agreement.id,
            "missing_share": float(composed.missing),
        }
    if not composed.kept:
        row |= {
            "remedy": _share_remedy(composed),
            "remedy_share": composed.remedy_share and float(composed.remedy_share),
            "remedy_seconds": _seconds(composed.remedy_budget),
        }
    return row


def _share_remedy(composed: Composition) -> Text:
    if composed.remedy_share is not None:
        share = percent_up(float(composed.remedy_share))
        return say(N_("{0} % within {1}"), share, span(composed.remedy_row.budget))
    if composed.remedy_budget is not None:
        share = percent(float(composed.remedy_row.share))
        return say(N_("{0} % within {1} in its hours"), share, span(composed.remedy_budget))
    return Text(N_("No value of it alone"))


def _readings(result: ChainResult) -> Text | str:
    """What becomes of the promise in both readings, where a tier does not say how long it keeps a ticket."""
    if result.at_once:
        figures = (duration(timing.solution.worst_slack) for timing in (result.at_once, result.timing))
        return say(N_("Least slack {0} if at once, {1} if only after its resolution time"), *figures)
    if result.composed_at_once:
        shares = (percent(float(one.certain)) for one in (result.composed_at_once, result.composed))
        return say(N_("{0} % certain if at once, {1} % if only after its resolution time"), *shares)
    return ""


def _remedy(timing: Timing) -> Text | str:
    if timing.feasible:
        return ""
    if timing.remedy:
        return say(N_("{0} in its hours"), span(timing.remedy))
    if timing.remedy_in_hours:
        return say(N_("{0} in the hours of the SLA"), span(timing.remedy_in_hours))
    return Text(N_("No value of it alone"))


def _available(result: ChainResult) -> dict[str, Any]:
    shares = result.shares
    if shares is None:
        return {}
    low, high = shares.bounds
    row: dict[str, Any] = {
        "legs": say(N_("{0} %"), percent(low))
        if low == high
        else say(N_("{0} % … {1} %"), percent(low), percent_up(high)),
        "availability_low": low,
        "availability_high": high,
    }
    if shares.kept is False and shares.guilty:
        weakest = shares.guilty
        remedy = (
            say(N_("{0} %"), percent_up(shares.remedy)) if shares.remedy else Text(N_("No value of it alone"))
        )
        row |= {
            "cause": _cause(weakest.about, weakest.agreement, say(N_("{0} %"), show(weakest.target.value))),
            "cause_id": weakest.agreement.id,
            "remedy": remedy,
        }
    return row


def _recovered(result: ChainResult) -> dict[str, Any]:
    if result.longest is None or result.longest.guilty is None:
        return {}
    about, agreement, target = result.longest.guilty
    return {"cause": _cause(about, agreement, figure(target)), "cause_id": agreement.id}


def _cause(about: Any, agreement: Agreement, promised: Text | str) -> Text:
    return Text("{0}, {1}: {2}", (str(Ref.to(about)), str(Ref.to(agreement)), promised))


def _legs(result: ChainResult) -> Text:
    """The ways; in each the stages after each other, in a stage the branches of which the latest counts."""
    return listed(map(_way, result.ways), "; ")


def _way(way: Way) -> Text:
    stages = (listed((listed(map(_leg, branch), " + ") for branch in stage), " | ") for stage in way.stages)
    return listed(stages, " → ")


def _leg(leg: Leg) -> Text:
    """A leg as its agreement promises it; a time of hand-over is told as one."""
    figures = listed((figure(row.target) for row in leg.rows), ", ")
    if leg.target.metric == HAND_OVER:
        figures = Text("{0}: {1}", (Text(HAND_OVER), figures))
    return Text("{0} ({1})", (str(Ref.to(leg.agreement)), figures))


def _promise(leg: Leg) -> Text:
    """What a leg promises for most cases, and by which agreement."""
    return Text("{0}: {1}, {2}", (str(Ref.to(leg.agreement)), name(leg.target), figure(leg.target)))


def _utc(unix: int) -> str:
    return datetime.fromtimestamp(unix, timezone.utc).isoformat()


def _summary(counts: Counter[Feasibility], left_out: int) -> tuple[Figure, ...]:
    infeasible = counts[Feasibility.INFEASIBLE]
    beside = (Figure(NOT_JUDGED, left_out),) if left_out else ()
    return (
        Figure(Text(N_("Chains")), counts.total()),
        Figure(VERDICTS[Feasibility.INFEASIBLE], infeasible, "Red" if infeasible else "Green"),
        Figure(VERDICTS[Feasibility.UNKNOWN], counts[Feasibility.UNKNOWN]),
        Figure(VERDICTS[Feasibility.FEASIBLE], counts[Feasibility.FEASIBLE], "Green"),
        *beside,
    )


def _chart(found: list[ChainResult]) -> Chart | None:
    """The least slack of each promise in time, in percent of what is promised: the tightest, where it is known."""
    slack = sorted(
        (
            (100 * timing.solution.worst_slack / timing.promised, result)
            for result in found
            if (timing := result.told_timing) and timing.promised
        ),
        key=lambda pair: pair[0],
    )
    if not slack:
        return None
    late = sum(1 for share, _ in slack if share < 0)
    return Chart(
        title=Text(N_("Least slack of each promise (% of what is promised; −100 also stands for less)")),
        labels=tuple(listed((str(Ref.to(result.service)), result.name)) for _, result in slack[:CHARTED]),
        datasets=(
            Dataset(Text(N_("Slack (%)")), tuple(max(-100, round(share)) for share, _ in slack[:CHARTED])),
        ),
        colors=("#0b5c6e",),
        reading=say(
            N_("Of {0} time promises whose chain is known, {1} end late; the tightest has {2} % of slack."),
            len(slack),
            late,
            number(round(slack[0][0])),
        ),
    )


def _message(counts: Counter[Feasibility], left_out: int) -> Text:
    """How the chains stand, and that there are promises on which they say nothing."""
    if not left_out:
        return _standing(counts)
    beside = say(N_("Promises on which no chain says anything: {0}; their lines tell why."), left_out)
    return together((_standing(counts), beside)) if counts else beside


def _standing(counts: Counter[Feasibility]) -> Text:
    if not counts:
        return Text(N_("No SLA is in force whose chain could be assessed."))
    if counts[Feasibility.INFEASIBLE]:
        return say(
            N_(
                "{0} of {1} promises cannot be kept, even if every party beneath keeps its own. Agree on "
                "what would be enough, or promise less."
            ),
            counts[Feasibility.INFEASIBLE],
            counts.total(),
        )
    if counts[Feasibility.UNKNOWN]:
        return say(
            N_("It is not known whether {0} of {1} promises can be kept. Add what each line asks for."),
            counts[Feasibility.UNKNOWN],
            counts.total(),
        )
    return Text(N_("All promises can be kept if every party beneath keeps its own."))
