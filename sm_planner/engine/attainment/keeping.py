"""What was attained, as measurements of the targets of agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sm_planner.engine.agreements.targets import MINUTES
from sm_planner.engine.attainment.summary import PERCENTILES, Line
from sm_planner.engine.model import Measurement
from sm_planner.engine.model.fields import DECIMALS, LINE_LENGTH

KEPT = PERCENTILES[-1]
"""The percentile that is kept: what so many percent of the tickets took at most."""


def measurements(lines: Iterable[Line], day: date, log: str, digest: str) -> Iterator[Measurement]:
    """A measurement of each target of which tickets ended: what 95 % of them took at most, in the target's unit. Days of a
    calendar are no measure of service time: targets in days are left out.

    lines: by service level. day: up to which the log was judged. log, digest: name and hash of its file, which become the
    evidence; of a long name the beginning.
    """
    source = f"{log[: LINE_LENGTH - len(digest) - 2].rstrip()}, {digest}"
    for line in lines:
        target = line.level.target if line.level else None
        if target is None or not line.percentiles or target.unit not in MINUTES:
            continue
        yield Measurement(
            agreement=line.level.agreement.id,
            metric=target.metric,
            priority=target.priority,
            day=day,
            value=round(line.percentiles[KEPT] / 60 / MINUTES[target.unit], DECIMALS),
            evidence=source,
        )
