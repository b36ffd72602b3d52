"""What was measured: by period, by target and by value. Pure functions of the plan and a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sm_planner.engine.agreements.subject import metric_of
from sm_planner.engine.agreements.targets import is_kept, looseness, statistic_of
from sm_planner.engine.model import Agreement, AgreementTarget, Measurement, Plan, ValueStatement
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import AVERAGE

GRACE = {"Daily": 3, "Weekly": 7, "Monthly": 14, "Quarterly": 30, "Yearly": 60}
"""How often something is measured → days after the end of a period by which its figures can be there."""

TARGETS = "Monthly"
"""How often a target of an agreement is measured that does not say it itself."""

MONTHS = {"Monthly": 1, "Quarterly": 3, "Yearly": 12}
"""How often something is measured → the months of its period, where it has whole months."""


def measured_over(target: AgreementTarget) -> str:
    """How often a target is measured: the length of the periods in which it is kept or missed."""
    return target.measured_over or TARGETS


@dataclass(frozen=True)
class Period:
    """Whole days, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period(frequency: str, day: date) -> Period:
    """The period that a day lies in: the day, its week from Monday on, its month, quarter or year."""
    if frequency == "Daily":
        return Period(day, day)
    if frequency == "Weekly":
        first = day.toordinal() - day.weekday()
        return Period(_day(first), _day(first + 6))
    months = MONTHS[frequency]
    first = day.replace(month=day.month - (day.month - 1) % months, day=1)
    year, month = divmod(first.month - 1 + months, 12)
    is_last = first.year + year > date.max.year
    end = date.max if is_last else date(first.year + year, month + 1, 1) - timedelta(days=1)
    return Period(first, end)


def period_name(frequency: str, one: Period) -> str:
    """How a period is called: 2027-03-31, 2027-W13, 2027-03, 2027-Q1, 2027."""
    if frequency == "Weekly":
        year, week, _ = one.first.isocalendar()
        return f"{year}-W{week:02}"
    quarter = f"{one.first.year}-Q{(one.first.month + 2) // 3}"
    names = {"Daily": f"{one.first}", "Monthly": f"{one.first:%Y-%m}", "Quarterly": quarter}
    return names.get(frequency, f"{one.first:%Y}")


def proposed_day(frequency: str, today: date) -> date:
    """The last day of the period that ended last, for which one enters a measurement today; without a frequency, today."""
    return _day(period(frequency, today).first.toordinal() - 1) if frequency else today


def periods_due(
    frequency: str, today: date, count: int, since: date | None = None, until: date | None = None
) -> list[Period]:
    """The last periods whose figures have to be there, the latest first: at most so many.

    They lie wholly within since and until, and their grace is over.
    """
    after = _day(today.toordinal() - GRACE[frequency])
    if until and until < after:
        after = _day(until.toordinal() + 1)
    found: list[Period] = []
    first = period(frequency, after).first
    while len(found) < count and first > date.min:
        one = period(frequency, _day(first.toordinal() - 1))
        if since and one.first < since:
            break
        found.append(one)
        first = one.first
    return found


def _day(ordinal: int) -> date:
    """A day by its number, kept within what dates can say."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def in_a_row(measured: tuple[Measurement, ...], is_missed: Callable[[Measurement], bool]) -> int:
    """How many of the latest measurements were missed one after another. measured: the oldest first."""
    count = 0
    for row in reversed(measured):
        if not is_missed(row):
            break
        count += 1
    return count


@dataclass(frozen=True)
class Breach:
    """Whether a target is breached as it stands, None if that cannot be told; and the first period of that breach."""

    is_breached: bool | None
    since: Period | None = None


def breached(target: AgreementTarget, kept: Sequence[bool | None]) -> list[bool | None]:
    """Whether a target is breached at the end of each period; None where it depends on what cannot be told.

    It is after one missed period, after so many one after another, or after so many out of the last few, as it says.
    kept: of one period after another, None where that cannot be told.
    """
    needed = target.breach_after or 1
    span = max(target.breach_within or needed, needed)
    found: list[bool | None] = []
    for place in range(len(kept)):
        last = kept[max(0, place - span + 1) : place + 1]
        missed, unknown = last.count(False), last.count(None)
        found.append(True if missed >= needed else None if missed + unknown >= needed else False)
    return found


def standing(target: AgreementTarget, periods: Sequence[tuple[Period, bool | None]]) -> Breach:
    """How a target stands after its last period. periods: all from the first to the last, each with whether it was kept."""
    found = breached(target, [kept for _, kept in periods])
    since = None
    for (one, _), state in zip(reversed(periods), reversed(found), strict=True):
        if state is not True:
            break
        since = one
    return Breach(found[-1] if found else None, since)


@dataclass(frozen=True)
class TargetResult:
    """What a target of an agreement came to: its measurements up to a day, the oldest first."""

    agreement: Agreement
    target: AgreementTarget
    measured: tuple[Measurement, ...]

    @property
    def latest(self) -> Measurement | None:
        return self.measured[-1] if self.measured else None

    @property
    def is_kept(self) -> bool | None:
        """Whether the target was kept when it was measured last; None where that cannot be told."""
        return not self.is_missed(self.latest) if self.latest and self.is_comparable else None

    @property
    def is_comparable(self) -> bool:
        return looseness(self.target) is not None

    def is_missed(self, row: Measurement) -> bool:
        """Whether a measurement missed the target. Asked only where it can be compared."""
        return not is_kept(self.target, row.value)

    @property
    def missed(self) -> tuple[Measurement, ...]:
        return tuple(row for row in self.measured if self.is_missed(row)) if self.is_comparable else ()

    @property
    def missed_on(self) -> date | None:
        """The day of the latest measurement that missed the target; None if none did."""
        return self.missed[-1].day if self.missed else None

    @property
    def missed_in_a_row(self) -> int:
        return in_a_row(self.measured, self.is_missed) if self.is_comparable else 0

    @cached_property
    def periods(self) -> tuple[tuple[Period, Measurement | None], ...]:
        """The periods from the first measured to the last, each with its latest measurement; None where there is none."""
        if not self.measured:
            return ()
        over = measured_over(self.target)
        latest = {period(over, row.day): row for row in self.measured}
        found, one, last = [], period(over, self.measured[0].day), period(over, self.measured[-1].day)
        while one.first < last.first:
            found.append((one, latest.get(one)))
            one = period(over, _day(one.last.toordinal() + 1))
        return (*found, (last, latest[last]))

    @property
    def breach(self) -> Breach:
        """Whether the target was breached when it was measured last, as far as its measurements tell."""
        return standing(self.target, self._kept) if self.is_comparable else Breach(None)

    @property
    def breaches(self) -> tuple[Measurement, ...]:
        """The measurements that missed the target in a period at whose end it was breached."""
        if not self.is_comparable:
            return ()
        states = breached(self.target, [kept for _, kept in self._kept])
        both = zip(self.periods, self._kept, states, strict=True)
        return tuple(row for (_, row), (_, kept), state in both if state and kept is False)

    @cached_property
    def _kept(self) -> list[tuple[Period, bool | None]]:
        return [(one, None if row is None else not self.is_missed(row)) for one, row in self.periods]


def results(plan: Plan, agreement: Agreement, today: date) -> Iterator[TargetResult]:
    """What each target of an agreement came to, up to today, in the order of the targets."""
    measured: dict[_Key, list[Measurement]] = {}
    for row in plan.measured(agreement):
        if row.day <= today:
            measured.setdefault(_key(row, row.share_of_cases), []).append(row)
    averages = {_key(one, None) for one in agreement.targets if is_average(one)}
    for target in agreement.targets:
        keys = dict.fromkeys(_key(target, share) for share in _shares(target, _key(target, None) in averages))
        rows = (row for key in keys for row in measured.get(key, ()))
        yield TargetResult(agreement, target, tuple(sorted(rows, key=lambda row: row.day)))


def share_to_enter(agreement: Agreement, target: AgreementTarget) -> float | None:
    """The share of cases that a measurement of a target names: that which is promised.

    What is promised of all cases needs none, unless there is an average of the same beside it.
    """
    beside = any(is_average(one) and _key(one, None) == _key(target, None) for one in agreement.targets)
    return _shares(target, beside)[0]


def is_average(target: AgreementTarget) -> bool:
    """Whether what is promised is the average of a period."""
    return statistic_of(target) == AVERAGE


def _shares(target: AgreementTarget, beside_average: bool) -> tuple[float | None, ...]:
    """The shares of cases by which a measurement is one of the target; the first is the one to enter."""
    if is_average(target):
        return (None,)
    if target.share_of_cases not in (None, 100):
        return (target.share_of_cases,)
    return (100,) if beside_average else (target.share_of_cases, None, 100)


_Key = tuple[str, str, str, str, "float | None"]


def _key(one: AgreementTarget | Measurement, share: float | None) -> _Key:
    """What a target and its measurements have in common."""
    return *metric_of(one), one.priority, one.service, share


def reached(plan: Plan, value: ValueStatement, today: date) -> Measurement | None:
    """What a value that the plan promises came to when it was measured last, up to today."""
    words = words_of_value(value.statement)
    measured = (
        row for row in plan.measurements if row.day <= today and words_of_value(row.value_statement) == words
    )
    return max(measured, key=lambda row: row.day, default=None)


def words_of_value(statement: str) -> str:
    """The words by which a measurement names a value: so much of them as fits into a line."""
    return folded(statement)[:LINE_LENGTH].rstrip()
