"""Are promises kept: targets with customers and with those beneath, breaches, and whether the chain can carry them at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.agreements.breaches import Due, by_period, due
from sm_planner.engine.agreements.measurements import TargetResult, results
from sm_planner.engine.agreements.targets import name
from sm_planner.engine.agreements.terms import day_of_plan, slas_in_force, underpinning_in_force
from sm_planner.engine.chain import Feasibility, chains
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.executive_view.view import (
    Figure,
    Opens,
    Tone,
    counted,
    month_before,
    named,
    opening,
    share_told,
)

SPAN = 3
"""Months over which breaches are counted, and those before with which they are compared."""

TARGETS = "target-results"
Holding = Callable[[Plan, date], tuple[Agreement, ...]]
Results = Sequence[tuple[Plan, TargetResult]]
"""What targets came to, each with its plan."""


def figures(plans: Sequence[Plan], today: date) -> tuple[Figure, ...]:
    then = month_before(today)
    promised = _results(plans, today, slas_in_force)
    promised_then = _results(plans, then, slas_in_force)
    beneath = _results(plans, today, underpinning_in_force)
    beneath_then = _results(plans, then, underpinning_in_force)
    return (
        _kept("targets_kept", N_("Promises to Customers Kept"), promised, promised_then),
        _breaches(promised, today),
        _carried(plans, today),
        _kept("beneath_kept", N_("Kept by Teams and Suppliers"), beneath, beneath_then),
    )


@dataclass(frozen=True)
class _Standing:
    """The targets of agreements as they stood on a day, each with its plan."""

    kept: list[tuple[Plan, TargetResult]]
    missed: list[tuple[Plan, TargetResult]]
    unknown: list[tuple[Plan, TargetResult]]

    @property
    def judged(self) -> int:
        return len(self.kept) + len(self.missed)


def _results(plans: Sequence[Plan], day: date, holding: Holding) -> Results:
    return [
        (plan, result)
        for plan in plans
        for agreement in holding(plan, day_of_plan(plan, day))
        for result in results(plan, agreement, day)
    ]


def _standing(came_to: Results) -> _Standing:
    found = _Standing([], [], [])
    for plan, result in came_to:
        breached = result.breach.is_breached
        place = found.unknown if breached is None else found.missed if breached else found.kept
        place.append((plan, result))
    return found


def _kept(key: str, label: str, results_now: Results, results_before: Results) -> Figure:
    """The targets that are not breached as they were measured last, of those that were; and how it was a month before."""
    now, before = _standing(results_now), _standing(results_before)
    shown = now.missed or now.unknown or now.kept
    return Figure(
        key=key,
        label=Text(label),
        value=share_told(len(now.kept), now.judged) if now.judged else None,
        sentence=_sentence(now),
        comparison=say(N_("A month ago: {0} of {1}."), len(before.kept), before.judged)
        if before.judged
        else Text(N_("A month ago nothing was measured.")),
        tone=Tone.UNKNOWN
        if not now.judged
        else Tone.BAD
        if now.missed
        else Tone.WATCH
        if now.unknown
        else Tone.GOOD,
        opens=opening("agreements", ((plan, one.agreement) for plan, one in shown), TARGETS),
    )


def _sentence(now: _Standing) -> Text:
    unknown = len(now.unknown)
    if not now.judged and not unknown:
        return Text(N_("Not known, because no agreement in force has a target."))
    if not now.judged:
        return say(N_("Not known. Targets without a measurement that can be judged: {0}."), unknown)
    if now.missed:
        told = named([say(N_("{0}, {1}"), Ref.to(one.agreement), name(one.target)) for _, one in now.missed])
        said = say(N_("Not kept: {0}."), told)
    else:
        said = Text(N_("Everything that was measured was kept."))
    return say(N_("{0} Not measured: {1}."), said, unknown) if unknown else said


def _breaches(promised: Results, today: date) -> Figure:
    """Missed periods at whose end a target with customers was breached: in the last months, and in those before."""
    middle, start = months_after(today, -SPAN), months_after(today, -2 * SPAN)
    found = [
        (plan, one)
        for plan, result in promised
        for one in {one.result.period: one for one in due(by_period(result))}.values()
    ]
    now = [(plan, one) for plan, one in found if middle < one.result.period.last <= today]
    before = sum(start < one.result.period.last <= middle for _, one in found)
    measured = any(row.day > start for _, result in promised for row in result.measured)
    return Figure(
        key="breaches",
        label=Text(N_("Breaches in Three Months")),
        value=counted(len(now)) if measured else None,
        sentence=_breached(now)
        if now
        else Text(N_("No target with customers was breached in a period that was measured."))
        if measured
        else Text(N_("Not known, because nothing was measured in six months.")),
        comparison=say(N_("In the three months before: {0}."), before)
        if measured
        else Text(N_("Nothing to compare with.")),
        tone=Tone.UNKNOWN
        if not measured
        else Tone.BAD
        if len(now) > before
        else Tone.WATCH
        if now
        else Tone.GOOD,
        opens=opening(
            "agreements", ((plan, one.result.agreement) for plan, one in now), "breaches-and-credits"
        ),
    )


def _breached(now: Sequence[tuple[Plan, Due]]) -> Text:
    latest = sorted(now, key=lambda pair: pair[1].result.period.last, reverse=True)
    told = named(
        [say(N_("{0}, {1}"), Ref.to(one.result.agreement), name(one.result.target)) for _, one in latest]
    )
    credits = sum(bool(one.credit_percent) for _, one in now)
    if credits:
        return say(N_("The latest: {0}. Credits are due for {1} of {2}."), told, credits, len(now))
    return say(N_("The latest: {0}. No credit is due."), told)


def _carried(plans: Sequence[Plan], today: date) -> Figure:
    """The promises that those beneath can carry, of all that are judged."""
    judged = [(plan, one) for plan in plans for one in chains(plan, today)]
    of = {verdict: [(plan, one) for plan, one in judged if one.verdict is verdict] for verdict in Feasibility}
    failing, unknown = of[Feasibility.INFEASIBLE], of[Feasibility.UNKNOWN]
    known = len(judged) - len(unknown)
    if failing:
        told = named([say(N_("{0}, {1}"), Ref.to(one.agreement), one.name) for _, one in failing])
        sentence = say(
            N_("Cannot be kept by what is agreed beneath: {0}. Agree on more there, or promise less."), told
        )
    elif not judged:
        sentence = Text(N_("Not known, because no SLA in force has a target that a chain carries."))
    elif unknown:
        sentence = say(N_("Of {0} it cannot be said, because an agreement beneath is silent."), len(unknown))
    else:
        sentence = Text(N_("If every party beneath keeps its promise, all of yours are kept."))
    return Figure(
        key="carried",
        label=Text(N_("Promises That Can Be Kept")),
        value=share_told(len(of[Feasibility.FEASIBLE]), len(judged)) if known else None,
        sentence=sentence,
        comparison=say(N_("Target: all {0}."), len(judged))
        if judged
        else Text(N_("Nothing to compare with.")),
        tone=Tone.BAD if failing else Tone.UNKNOWN if not known else Tone.WATCH if unknown else Tone.GOOD,
        opens=_opens_chain(failing or unknown or judged, bool(failing), bool(unknown)),
    )


def _opens_chain(shown: Sequence[tuple[Plan, object]], failing: bool, unknown: bool) -> Opens:
    verdict = Feasibility.INFEASIBLE if failing else Feasibility.UNKNOWN if unknown else None
    filters = {"verdict": verdict.value} if verdict else {}
    return opening(
        "agreements", ((plan, one.agreement) for plan, one in shown), "chain-feasibility", **filters
    )
