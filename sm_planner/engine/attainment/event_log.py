"""Event logs: a CSV file with a row for each change of a ticket → columns of events, in order.

A row that cannot be read is reported with its line, and makes its ticket one that cannot be judged: what is
missing may be the very change that stopped its clock.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.attainment.events import MISSING, NONE, Codes, EventLog, Fault, Seconds
from sm_planner.engine.attainment.log_cells import Cells, Names, UnreadableCell
from sm_planner.engine.attainment.log_map import LogMap
from sm_planner.engine.local_time import EPOCH
from sm_planner.engine.local_time_arrays import to_unix_array
from sm_planner.engine.plan_file import Place, PlanFileError, Problem, decoded
from sm_planner.engine.texts import N_, Text, say
from sm_planner.engine.values import closest

MAX_BYTES = 1_000_000_000
"""Size of a log, where it has a process of its own."""
MAX_PROBLEMS = 1_000
"""Problems that are told; all are counted."""


Rows = Iterator[tuple[int, dict[str, str]]]
Watch = Callable[[Rows, int], Rows]
"""Rows and about how many there are → the same rows: whoever gives it can tell how far the reading is."""


def read_log(
    path: str | Path,
    log_map: LogMap,
    watch: Watch = lambda rows, length: rows,
    most_bytes: int = MAX_BYTES,
) -> EventLog:
    """Read a log. Raises PlanFileError where it is no CSV file with the map's columns, OSError if not opened."""
    path = Path(path)
    size = path.stat().st_size
    if size > most_bytes:
        raise _fatal(
            Place(path.name),
            say(N_("The log has {0} MB."), size // 1_000_000),
            say(N_("Keep it below {0} MB; split it by time."), most_bytes // 1_000_000),
        )
    return parse_log(decoded(path.read_bytes(), path.name), log_map, path.name, watch)


def parse_log(
    text: str, log_map: LogMap, source: str = "log", watch: Watch = lambda rows, length: rows
) -> EventLog:
    """The log in a text; ``source`` names it in problems. Raises PlanFileError, see read_log."""
    reader = _LogReader(log_map, source)
    for line, cells in watch(_rows(text, log_map, source), text.count("\n")):
        reader.take(line, cells)
    return reader.log()


def _rows(text: str, log_map: LogMap, source: str) -> Rows:
    """The line of each row, with the cells of the map's columns in which something stands."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=log_map.delimiter, strict=True)
    missing = log_map.missing | {""}
    try:
        header = [name.strip() for name in next(rows, [])]
        positions = _positions(header, log_map, source)
        for row in rows:
            if row:
                cells = {name: row[at].strip() for name, at in positions.items() if at < len(row)}
                yield rows.line_num, {name: cell for name, cell in cells.items() if cell not in missing}
    except csv.Error as error:
        raise _fatal(
            Place(source, rows.line_num, 1),
            say(N_("This is not CSV: {0}."), error),
            say(N_("Check the quotes here and on the lines before.")),
        ) from None


def _positions(header: list[str], log_map: LogMap, source: str) -> dict[str, int]:
    """Where the cell of each of the map's columns stands in a row."""
    problems = []
    for column in log_map.columns.values():
        if column not in header:
            meant = closest(column, header)
            fix = (
                say(N_("In the map, write “{0}”."), meant) if meant else say(N_("Correct the map's columns."))
            )
            problems.append(Problem(Place(source, 1, 1), say(N_("There is no column “{0}”."), column), fix))
    if problems:
        raise PlanFileError(problems)
    return {name: header.index(column) for name, column in log_map.columns.items()}


class _LogReader:
    """Takes the rows of a log and makes columns of them."""

    def __init__(self, log_map: LogMap, source: str) -> None:
        self._map = log_map
        self._source = source
        self._problems: list[Problem] = []
        self._unread = 0
        self._cells = Cells(log_map)
        self._tickets = Names()
        self._faults: dict[int, Fault] = {}
        self._events: list[tuple[int, ...]] = []
        """Ticket, line, and the values of ``_empty`` in its order."""
        self._empty = {
            "at": MISSING,
            "opened": MISSING,
            "order": 0,
            "state": NONE,
            "priority": NONE,
            "service": NONE,
            "party": NONE,
        }

    def take(self, line: int, cells: dict[str, str]) -> None:
        """One row; what cannot be read is reported."""
        id = cells.pop("ticket", None)
        if id is None:
            self._report(line, say(N_("The row has no ticket.")), say(N_("Give the ticket's id.")))
            return
        ticket = self._tickets[id]
        values = dict(self._empty)
        name = ""
        try:
            for name, text in cells.items():
                values[name] = self._cells.read[name][text]
            for name in ("at", "state"):
                if name not in cells:
                    raise UnreadableCell(say(N_("There is no value.")), say(N_("Give one.")))
        except UnreadableCell as error:
            self._faults[ticket] = Fault.UNREADABLE
            self._report_cell(line, name, *error.args)
        else:
            self._events.append((ticket, line, *values.values()))

    def log(self) -> EventLog:
        """All rows that were taken, in the order of ticket, time, order and line."""
        columns = np.array(self._events, np.int64).reshape(-1, 2 + len(self._empty)).T
        ticket, line, at, opened, order, state, priority, service, party = columns
        fault = np.zeros(len(self._tickets), np.int64)
        for number, found in self._faults.items():
            fault[number] = found
        at, unclear = self._instants("at", at, line)
        opened, unclear_too = self._instants("opened", opened, line)
        unclear |= unclear_too
        fault[ticket[unclear]] = Fault.UNCLEAR
        rows = np.lexsort((line, order, at, ticket))
        rows = rows[~unclear[rows]]
        return EventLog(
            map=self._map,
            tickets=tuple(self._tickets),
            services=tuple(self._cells.services),
            parties=tuple(self._cells.parties),
            ticket=ticket[rows],
            at=at[rows],
            opened=opened[rows],
            state=state[rows],
            priority=priority[rows],
            service=service[rows],
            party=party[rows],
            fault=fault,
            problems=tuple(sorted(self._problems, key=lambda problem: problem.place)),
            unread=self._unread,
        )

    def _instants(self, name: str, wall: Seconds, line: Codes) -> tuple[Seconds, NDArray[np.bool_]]:
        """Unix seconds of a column of times, and which of them the map leaves unclear."""
        unclear = np.zeros(wall.shape, bool)
        if self._cells.aware:
            return wall, unclear
        given = wall != MISSING
        read = to_unix_array(np.where(given, wall, 0), self._map.timezone)
        instants = np.where(given, read.earlier, MISSING)
        for twofold, rule, message in (
            (read.gap & given, self._map.gap, N_("{0} does not exist in {1}: the clock was put forward.")),
            (read.fold & given, self._map.fold, N_("{0} happens twice in {1}: the clock was put back.")),
        ):
            if rule == "later":
                instants[twofold] = read.later[twofold]
            elif rule == "report":
                unclear |= twofold
                for row in np.flatnonzero(twofold).tolist():
                    shown = EPOCH + timedelta(seconds=int(wall[row]))
                    fix = say(N_("In the map, say under times which reading to take: earlier or later."))
                    self._report_cell(int(line[row]), name, say(message, shown, self._map.timezone), fix)
        return instants, unclear

    def _report_cell(self, line: int, name: str, message: Text, fix: Text) -> None:
        self._report(line, say(N_("{0}: {1}"), self._map.columns[name], message), fix)

    def _report(self, line: int, message: Text, fix: Text) -> None:
        self._unread += 1
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(Problem(Place(self._source, line, 1), message, fix))


def _fatal(place: Place, message: Text, fix: Text) -> PlanFileError:
    return PlanFileError([Problem(place, message, fix)])
