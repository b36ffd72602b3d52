"""The availability of services by period, against what SLAs promise: from outages, in the hours of each service.

A period is judged as far as its agreement holds. Agreed maintenance windows are no promised time; that they were announced in
time is taken as done. What is left of the error budget is that of the whole period; so a period that is not over is missed once more was lost than it allows, and else it is open. An
average is that of the services that a target covers; *Never Worse Than* then limits each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from sm_planner.engine.agreements.maintenance import agreed_windows, is_countable, rows_for
from sm_planner.engine.agreements.measurements import Period, is_average, measured_over, period
from sm_planner.engine.agreements.targets import calendar_of, holding, is_kept, looseness
from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.attainment.availability import Availability, availability_of
from sm_planner.engine.attainment.outages import Outages
from sm_planner.engine.attainment.outcomes import Outcome
from sm_planner.engine.attainment.terms import Terms
from sm_planner.engine.model import Agreement, AgreementTarget, Plan
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.texts import N_, Text

AVAILABILITY = "Availability"


@dataclass(frozen=True)
class Uptime:
    """How available a service was in a period, under a target.

    service: empty for the average of all that the target covers. so_far: up to the day of judgement. whole: what the whole
    period promises, with what was down so far; both None where ``unknown`` says why nothing can be counted. percent: exactly.
    kept: None if it cannot be told yet, or if the target promises nothing to this row alone.
    """

    agreement: Agreement
    target: AgreementTarget
    service: str
    period: Period
    is_over: bool
    so_far: Availability | None = None
    whole: Availability | None = None
    percent: Fraction | None = None
    kept: bool | None = None
    unknown: Text | None = None

    @property
    def promised(self) -> float | None:
        """What the row has to reach, in percent; None where an average limits no single service."""
        if not (self.service and is_average(self.target)):
            return self.target.value
        return self.target.bound

    @property
    def budget_left(self) -> int | None:
        """Seconds that may still be down in the whole period; less than 0 if the target is missed."""
        if self.whole is None or self.promised is None or not self.service:
            return None
        return self.whole.budget_left(self.promised)


def uptime(plan: Plan, outages: Outages, since: date, today: date) -> Iterator[Uptime]:
    """A row for each availability that an SLA promises, each service and each period from ``since`` to ``today``.

    A service without an outage was there all the time. An outage that lasts goes on until the end of ``today``.
    """
    first, last = period("Yearly", since).first, period("Yearly", today).last
    terms = Terms(plan, first - timedelta(days=1), last + timedelta(days=1))
    for agreement in terms.agreements:
        services = dict.fromkeys(row.service for row in agreement.scope if row.service and not row.component)
        for target in agreement.targets:
            if target.metric == AVAILABILITY and looseness(target) is not None:
                held = [one for one in services if target in holding(agreement.targets, one)]
                for one in _periods(target, since, today):
                    yield from _of_period(terms, agreement, target, held, one, outages, today)


def _periods(target: AgreementTarget, since: date, today: date) -> Iterator[Period]:
    one = period(measured_over(target), since)
    while one.first <= today:
        yield one
        one = period(measured_over(target), one.last + timedelta(days=1))


def _of_period(
    terms: Terms,
    agreement: Agreement,
    target: AgreementTarget,
    services: list[str],
    one: Period,
    outages: Outages,
    today: date,
) -> Iterator[Uptime]:
    end = ends_on(agreement)
    held = Period(max(one.first, agreement.start_date or one.first), min(one.last, end or one.last))
    if held.first > held.last or held.first > today:
        return
    rows = [_of_service(terms, agreement, target, service, one, held, outages, today) for service in services]
    yield from rows
    known = [row.percent for row in rows if row.percent is not None]
    if is_average(target) and rows and len(known) == len(rows):
        mean = sum(known, Fraction(0)) / len(known)
        is_over = one.last < today
        worst = any(row.kept is False for row in rows)
        kept = False if worst else mean >= Fraction(str(target.value)) if is_over else None
        yield Uptime(agreement, target, "", one, is_over, percent=mean, kept=kept)


def _of_service(
    terms: Terms,
    agreement: Agreement,
    target: AgreementTarget,
    service: str,
    one: Period,
    held: Period,
    outages: Outages,
    today: date,
) -> Uptime:
    row = Uptime(agreement, target, service, one, is_over=one.last < today)
    calendar = calendar_of(agreement, target, service)
    clock = terms.clock(calendar)
    if not isinstance(clock, Clock):
        return replace(row, unknown=Text(clock.text))
    zone = terms.zone(calendar)
    day = timedelta(days=1)
    begins, ends = beginning(held.first, zone), beginning(held.last + day, zone)
    until = min(ends, beginning(today + day, zone))
    if begins < clock.first or ends > clock.last:
        return replace(row, unknown=Text(Outcome.OUTSIDE.text))
    if not all(map(is_countable, rows_for(agreement, service))):
        return replace(row, unknown=UNPLACED)
    planned = agreed_windows(terms.plan, agreement, service, held.first - day, held.last)
    lost = [
        (start, min(until if stop is None else stop, until))
        for start, stop in outages.get(service, ())
        if start < until
    ]
    so_far = availability_of(clock, begins, until, lost, planned)
    whole = availability_of(clock, begins, ends, lost, planned)
    row = replace(row, so_far=so_far, whole=whole, percent=so_far.percent)
    if row.promised is None or not whole.promised:
        return row
    least = replace(target, value=row.promised)
    return replace(row, kept=_kept(least, so_far, whole, row.is_over))


UNPLACED = Text(N_("It is not said on which day a maintenance window comes"))


def _kept(least: AgreementTarget, so_far: Availability, whole: Availability, is_over: bool) -> bool | None:
    """Whether a service was there enough; before the period is over, only whether it cannot be any more."""
    if is_kept(least, whole.percent):
        return True if is_over else None
    return False
