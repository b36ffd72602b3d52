"""What is due when a target is breached: credits and escalations, by the consequences that its agreement names.

What a breach of a target brings are the consequences of the agreement: of those that speak of the target and whose "worse than" was
reached, the hardest counts; of equal ones that which speaks of the target most closely. Each period that is missed while the
target is breached is due what its own figure reaches.

Pure functions of results of periods, wherever those come from: measurements, or the log of a ticket system.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from sm_planner.engine.agreements.measurements import (
    MONTHS,
    Period,
    TargetResult,
    breached,
    measured_over,
)
from sm_planner.engine.agreements.subject import metric_of
from sm_planner.engine.agreements.targets import is_kept
from sm_planner.engine.model import Agreement, AgreementTarget
from sm_planner.engine.model.agreements import AgreementConsequence
from sm_planner.engine.texts import N_, Text, listed, say

BETTER_NOT_TOLD = Text(N_("It is not known how far the target was missed; harder consequences may be due."))
"""What is said where harder tiers cannot be excluded."""


@dataclass(frozen=True)
class Result:
    """What a target came to in a period.

    value: in the unit of the target: what so many cases took at most as are promised, or the average, or the share; None if it
    is not known. at_least: whether it may still get worse, because of cases that have not ended. kept: None if it cannot be
    told. cases: how many there were; None if that is not known.
    """

    agreement: Agreement
    target: AgreementTarget
    period: Period
    value: Fraction | float | None
    kept: bool | None
    at_least: bool = False
    cases: int | None = None


def by_period(found: TargetResult) -> tuple[Result, ...]:
    """What the measurements of a target say of each of its periods, from the first measured to the last."""
    return tuple(
        Result(
            found.agreement,
            found.target,
            one,
            None if row is None else row.value,
            None if row is None else not found.is_missed(row),
        )
        for one, row in (found.periods if found.is_comparable else ())
    )


@dataclass(frozen=True)
class Due:
    """What is due for a period in which a target was breached.

    consequence: None if the agreement names none. credit_percent: of what is paid for the period. money: in the currency of the
    plan; None where it is not known or nothing is due, and then ``unknown`` says why. doubt: why more may be due.
    """

    result: Result
    consequence: AgreementConsequence | None
    money: Fraction | None = None
    unknown: Text | None = None
    doubt: Text | None = None

    @property
    def credit_percent(self) -> float | None:
        return self.consequence.credit_percent if self.consequence else None


def due(results: Iterable[Result]) -> Iterator[Due]:
    """What is due for each missed period at whose end the target is breached, in order.

    results: of one target, each of its periods from the first to the last; of one that was not missed for want of cases
    ``kept`` is true.
    """
    results = tuple(results)
    if not results:
        return
    states = breached(results[0].target, [one.kept for one in results])
    for result, state in zip(results, states, strict=True):
        if state and result.kept is False:
            yield from _due(result)


def _due(result: Result) -> Iterator[Due]:
    reached = consequences(result)
    doubt = BETTER_NOT_TOLD if _may_be_harder(result, reached) else None
    for one in reached:
        money, unknown = _credit(result, one)
        yield Due(result, one, money, unknown, doubt)
    if not reached:
        yield Due(result, None, doubt=doubt)


def consequences(result: Result) -> tuple[AgreementConsequence, ...]:
    """The consequences that a missed period of a target reaches: the hardest; several if they say so of the same."""
    reached = [
        one
        for one in result.agreement.consequences
        if speaks_of(one, result.target) and _reached(one, result)
    ]
    if not reached:
        return ()
    hardest = max(reached, key=lambda one: (_hardness(one, result.target), _closeness(one)))
    best = (_hardness(hardest, result.target), _closeness(hardest))
    return tuple(one for one in reached if (_hardness(one, result.target), _closeness(one)) == best)


def speaks_of(one: AgreementConsequence, target: AgreementTarget) -> bool:
    """Whether a consequence is due for a breach of a target. One for a priority is none for a target of all priorities: of
    what was missed there, nobody says how much was of that priority."""
    return (one.metric == "" or metric_of(one) == metric_of(target)) and one.priority in ("", target.priority)


def _reached(one: AgreementConsequence, result: Result) -> bool:
    """Whether the period was as bad as the consequence asks; one without a figure asks for no more than that it is missed."""
    if one.worse_than is None:
        return True
    return result.value is not None and _is_worse(result.target, result.value, one.worse_than)


def _is_worse(target: AgreementTarget, value: Fraction | float, than: float) -> bool:
    return not is_kept(_with_value(target, than), value)


def _with_value(target: AgreementTarget, value: float) -> AgreementTarget:
    return replace(target, value=value)


def _may_be_harder(result: Result, reached: tuple[AgreementConsequence, ...]) -> bool:
    """Whether a harder tier than those reached may still come, or be due already without our knowing it."""
    if result.value is not None and not result.at_least:
        return False
    known = max((_hardness(one, result.target) for one in reached), default=None)
    return any(
        speaks_of(one, result.target)
        and one not in reached
        and one.worse_than is not None
        and (known is None or _hardness(one, result.target) > known)
        for one in result.agreement.consequences
    )


def _hardness(one: AgreementConsequence, target: AgreementTarget) -> tuple[bool, Fraction]:
    """Grows as a tier is harder to reach: the target itself comes first."""
    if one.worse_than is None:
        return False, Fraction(0)
    far = Fraction(str(one.worse_than))
    grows = is_kept(_with_value(target, 1), 0)  # less is better, so a larger figure is harder to reach
    return True, far if grows else -far


def _closeness(one: AgreementConsequence) -> int:
    return sum(map(bool, (one.metric, one.priority)))


def _credit(result: Result, one: AgreementConsequence) -> tuple[Fraction | None, Text | None]:
    """The money that a consequence brings, or why it is not known; neither where no credit is agreed."""
    if not one.credit_percent:
        return None, None
    paid, unknown = paid_for(result)
    if paid is None:
        return None, unknown
    return paid * Fraction(str(one.credit_percent)) / 100, None


def paid_for(result: Result) -> tuple[Fraction | None, Text | None]:
    """What is paid for the period of a result by its agreement, or why that is not known.

    Charges that come once are paid for no period. Those of other services do not count where the target is about one service.
    Where no charge is named, the cost of the agreement counts.
    """
    agreement, months = result.agreement, MONTHS.get(measured_over(result.target))
    charges = [
        one for one in agreement.charges if one.per != "Once" and _is_about(one.service, result.target)
    ]
    lacking = [one.charge for one in charges if one.price is None or (one.price and not one.per)]
    if lacking:
        return None, say(N_("It is not said what is paid for {0}."), listed(lacking, ", "))
    if not charges and agreement.unit_cost is None:
        return None, Text(N_("The agreement names no charge and no cost per month."))
    each = [(one.per, Fraction(str(one.price))) for one in charges if one.price]
    if not charges:
        each = [("Month", Fraction(str(agreement.unit_cost)))]
    if any(per == "Case" for per, _ in each) and result.cases is None:
        return None, Text(N_("It is paid for each case, and it is not known how many there were."))
    if months is None and any(per != "Case" for per, _ in each):
        return None, Text(N_("It is paid by the month, and the target is measured over shorter periods."))
    factors = {"Case": result.cases, "Month": months, "Quarter": _part(months, 3), "Year": _part(months, 12)}
    return sum((price * factors[per] for per, price in each), Fraction(0)), None


def _part(months: int | None, of: int) -> Fraction | None:
    return None if months is None else Fraction(months, of)


def _is_about(service: str, target: AgreementTarget) -> bool:
    return not target.service or service in ("", target.service)
