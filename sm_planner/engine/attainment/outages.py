"""Outages of services: a CSV file with the headings service, from and to → intervals.

Times are in ISO 8601, such as 2027-03-28T02:15 or 2027-03-28T02:15+01:00. Without an offset they are those of the wall clock in
a time zone that is given; one that falls on a change of the clocks is told, because it may have been another hour. An outage
without an end lasts.
"""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from sm_planner.engine.model import Plan
from sm_planner.engine.reading.csv_rows import csv_rows
from sm_planner.engine.reading.problems import Place, PlanFileError, Problems, Suggestions, fatal
from sm_planner.engine.reading.yaml_tree import decoded
from sm_planner.engine.service_time.local_time import LocalTimeError, load_zone, to_unix
from sm_planner.engine.texts import N_, Text, say

MAX_BYTES = 50_000_000
HEADINGS = ("service", "from", "to")

Outages = dict[str, list[tuple[int, "int | None"]]]
"""Id of a service → its outages, half-open in Unix seconds; None is the end of one that lasts."""


def read_outages(path: str | Path, plan: Plan, zone: str = "UTC") -> Outages:
    """The outages in a file. Raises PlanFileError with every row that cannot be read, ValueError for an unknown time zone,
    OSError if the file cannot be opened."""
    path = Path(path)
    if path.stat().st_size > MAX_BYTES:
        raise fatal(Place(path.name), say(N_("The file is too large.")), say(N_("Split it by time.")))
    return parse_outages(decoded(path.read_bytes(), path.name), plan, zone, path.name)


def parse_outages(text: str, plan: Plan, zone: str = "UTC", source: str = "outages") -> Outages:
    """The outages in a text; ``source`` names it in problems. See read_outages."""
    load_zone(zone)
    _, rows = csv_rows(text, source)
    *_, header = next(rows, (1, 1, []))
    header = [name.strip().lower() for name in header]
    lacking = [name for name in HEADINGS if header.count(name) != 1]
    if lacking:
        raise fatal(
            Place(source, 1, 1),
            say(N_("There is no column “{0}”."), lacking[0]),
            say(N_("Give the file the headings service, from and to.")),
        )
    found: Outages = {}
    problems, suggestions = Problems(), Suggestions()
    for line, _, row in rows:
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        try:
            service, interval = _outage(plan, zone, cells, suggestions)
        except _UnreadableRow as error:
            problems.add(Place(source, line, 1), *error.args)
        else:
            found.setdefault(service, []).append(interval)
    if problems:
        raise PlanFileError(problems)
    return found


class _UnreadableRow(ValueError):
    """What is wrong, and what to do."""


def _outage(
    plan: Plan, zone: str, cells: dict[str, str], suggestions: Suggestions
) -> tuple[str, tuple[int, int | None]]:
    service = cells.get("service", "")
    if plan.get("services", service) is None:
        meant = suggestions.closest(service, [one.id for one in plan.services])
        raise _UnreadableRow(
            say(N_("The plan has no service “{0}”."), service),
            say(N_("Write “{0}”."), meant) if meant else say(N_("Write the id of a service of the plan.")),
        )
    start = _instant(cells.get("from", ""), zone)
    stop = _instant(cells["to"], zone) if cells.get("to") else None
    if stop is not None and stop < start:
        raise _UnreadableRow(say(N_("The outage ends before it begins.")), say(N_("Correct its times.")))
    return service, (start, stop)


def _instant(written: str, zone: str) -> int:
    """Whole Unix seconds; fractions of a second are left out."""
    try:
        moment = datetime.fromisoformat(
            written.removesuffix("Z") + ("+00:00" if written.endswith("Z") else "")
        )
    except ValueError:
        raise _UnreadableRow(
            say(N_("“{0}” is no time."), written), Text(N_("Write it like 2027-03-28T02:15."))
        ) from None
    if moment.tzinfo is not None:
        return int(moment.astimezone(timezone.utc).timestamp())
    try:
        return to_unix(moment, zone)
    except LocalTimeError as error:
        raise _UnreadableRow(
            say(N_("“{0}” falls on a change of the clocks."), written),
            say(N_("Write it with its offset, such as 2027-03-28T02:15+01:00.")),
        ) from error
