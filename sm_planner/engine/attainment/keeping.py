"""What was attained, as measurements of the targets of agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from sm_planner.engine.agreements.measurements import share_to_enter
from sm_planner.engine.attainment.periods import PeriodLine
from sm_planner.engine.model import Measurement
from sm_planner.engine.model.fields import DECIMALS, LINE_LENGTH


def measurements(
    periods: Iterable[Iterable[PeriodLine]], day: date, log: str, digest: str
) -> Iterator[Measurement]:
    """A measurement of each target for each period of which it can be told: what as many cases as are promised took at most,
    or their average, in the target's unit.

    periods: of each target. day: up to which the log was judged, which is that of a period that is not over. log, digest: name
    and hash of its file, which become the evidence; of a long name the beginning.
    """
    source = f"{log[: LINE_LENGTH - len(digest) - 2].rstrip()}, {digest}"
    for line in (line for lines in periods for line in lines):
        if line.value is None or (line.at_least and line.kept is None):
            continue
        target, agreement = line.level.target, line.level.agreement
        yield Measurement(
            agreement=agreement.id,
            metric=target.metric,
            priority=target.priority,
            service=target.service,
            share_of_cases=share_to_enter(agreement, target),
            day=min(line.period.last, day),
            value=_written(line),
            evidence=source,
        )


def _written(line: PeriodLine) -> float:
    """The value with the decimals of numbers, on the side of the promise on which it is: late by a second is late.

    An average stays what it is, also where a single case went over its bound.
    """
    step = Fraction(1, 10**DECIMALS)
    promised, value = Fraction(str(line.level.target.value)), -(-line.value // step) * step
    if line.level.is_average:
        return float(value)
    if line.kept:
        value = min(value, promised)
    elif line.kept is False and value <= promised:
        value = promised + step
    return float(value)
