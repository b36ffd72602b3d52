"""How cost and benefit run over time: from when on there is value, and when the plan has paid for itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import count

from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import ONE_OFF
from sm_planner.engine.money.benefits import Benefit, benefits
from sm_planner.engine.money.costs import Flow, by, by_kind, costs, horizon, unknown
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import N_, Number, Text, say


@dataclass(frozen=True)
class Month:
    """A month by its first day: what was due, and what came, from the beginning to its end."""

    first: date
    cost: Fraction
    benefit: Fraction

    @property
    def standing(self) -> Fraction:
        """What has come beyond what was due; less than nothing while that is still missing."""
        return self.benefit - self.cost


@dataclass(frozen=True)
class Course:
    """What a plan costs and brings, up to its horizon.

    begin: what is due once; running: what is due again and again; until_value: what of it is due before the value date. All of
    them over the lines that say enough; unknown_lines: how many do not. brings: up to the horizon. value_date: the first day
    on which value comes, in money or not. payback: the first day of the first month from whose end on the benefit is never
    again less than the cost. no_value_date, no_payback: why they are not known; None where they are.
    """

    horizon: date | None
    begin: Fraction
    running: Fraction
    until_value: Fraction | None
    brings: Fraction | None
    unknown_lines: int
    value_date: date | None
    payback: date | None
    no_value_date: Text | None
    no_payback: Text | None
    months: tuple[Month, ...]

    @property
    def cost(self) -> Fraction:
        return self.begin + self.running


def course(plan: Plan, today: date) -> Course:
    """How cost and benefit run, as it was planned. today: up to when what was reached is looked up."""
    flows, gains = costs(plan), benefits(plan, today)
    kinds = by(flows, by_kind)
    value_date = _value_date(plan, gains)
    months = tuple(_months(flows, gains, horizon(plan)))
    why_not = _no_payback(plan, gains)
    payback = None if why_not else _payback(months)
    if not (why_not or payback):
        why_not = _not_inside(plan, months)
    return Course(
        horizon=horizon(plan),
        begin=kinds.get(ONE_OFF, Fraction()),
        running=sum((cost for kind, cost in kinds.items() if kind != ONE_OFF), Fraction()),
        until_value=_until_value(flows, value_date),
        brings=months[-1].benefit if months and any(gain.since for gain in gains) else None,
        unknown_lines=len(unknown(plan)),
        value_date=value_date,
        payback=payback,
        no_value_date=None
        if value_date
        else say(N_("No value of the plan, and no benefit of an improvement, says from when on it comes.")),
        no_payback=why_not,
        months=months,
    )


def _value_date(plan: Plan, gains: tuple[Benefit, ...]) -> date | None:
    days = [value.money_from or value.due for value in plan.value_statements]
    return min(filter(None, [*days, *(gain.since for gain in gains)]), default=None)


def _until_value(flows: tuple[Flow, ...], value_date: date | None) -> Fraction | None:
    """What is due again and again before value comes; None where nobody knows when it does."""
    if value_date is None:
        return None
    running = (flow.amount for flow in flows if flow.line.kind != ONE_OFF and flow.day < value_date)
    return sum(running, Fraction())


def _months(flows: tuple[Flow, ...], gains: tuple[Benefit, ...], last: date | None) -> Iterator[Month]:
    """Every month from the first money that is due or comes, to the horizon."""
    days = [*(flow.day for flow in flows[:1]), *(gain.since for gain in gains if gain.since)]
    if not days or last is None:
        return
    first, cost, place = min(days).replace(day=1), Fraction(), 0
    for number in count():
        month, end = months_after(first, number), months_after(first, number + 1) - timedelta(days=1)
        if month > last:
            return
        end = min(end, last)
        while place < len(flows) and flows[place].day <= end:
            cost += flows[place].amount
            place += 1
        yield Month(month, cost, sum((gain.until(end) for gain in gains), Fraction()))


def _payback(months: tuple[Month, ...]) -> date | None:
    found = None
    for month in reversed(months):
        if month.standing < 0 or not month.cost:
            break
        found = month.first
    return found


def _no_payback(plan: Plan, gains: tuple[Benefit, ...]) -> Text | None:
    """Why nobody can know when the plan has paid for itself."""
    if not plan.budget_lines:
        return say(N_("The plan has no budget line."))
    if silent := unknown(plan):
        return say(
            N_("{0} of {1} budget lines do not say what they cost."), len(silent), len(plan.budget_lines)
        )
    if not any(line.amount for line in plan.budget_lines):
        return say(N_("The budget lines come to nothing, so that nothing has to come back."))
    if not gains:
        return say(N_("Nothing in the plan says what it brings a year in money."))
    if not any(gain.since for gain in gains):
        return say(N_("No benefit in money says from when on it comes."))
    if horizon(plan) is None:
        return say(N_("The plan has neither a horizon nor an end."))
    return None


def _not_inside(plan: Plan, months: tuple[Month, ...]) -> Text:
    if not months:
        return say(N_("All money is due, and comes, after the horizon of the plan: {0}."), horizon(plan))
    if not months[-1].cost:
        return say(N_("All money is due after the horizon of the plan: {0}."), horizon(plan))
    missing = -months[-1].standing
    return say(
        N_("By {0}, the horizon of the plan, {1} of what it costs has not come back."),
        horizon(plan),
        shown(missing),
    )


def shown(amount: Fraction) -> Number:
    """An amount in a sentence: to the cent, where it has any."""
    return Number(f"{float(amount):.2f}".removesuffix(".00"))
