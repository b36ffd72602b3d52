"""Event logs: a CSV file with a row for each change of a ticket → columns of events, in order.

A row that cannot be read is reported with its line, and makes its ticket one that cannot be judged: what is
missing may be the very change that stopped its clock. So does a row whose cells may stand in the wrong columns.

Rows of one time go by the map's order column, and else by the direction of the file, which is oldest first or newest
first. Where it has none, a ticket with such rows cannot be judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.attainment.events import MISSING, NONE, Codes, EventLog, RowFault, Seconds
from sm_planner.engine.attainment.log_cells import Cells, Names, UnreadableCell
from sm_planner.engine.attainment.log_map import LogMap, State
from sm_planner.engine.attainment.time_format import TICKS
from sm_planner.engine.model.values import closest
from sm_planner.engine.reading.csv_rows import Rows, csv_rows, is_ended, rows_inside
from sm_planner.engine.reading.problems import Place, PlanFileError, Problem, fatal
from sm_planner.engine.reading.yaml_tree import decoded
from sm_planner.engine.service_time.local_time import EPOCH
from sm_planner.engine.service_time.local_time_arrays import to_unix_array
from sm_planner.engine.texts import N_, Text, say

MAX_BYTES = 1_000_000_000
"""Size of a log, where it has a process of its own."""
MAX_PROBLEMS = 1_000
"""Problems that are told; all are counted."""


Watch = Callable[[Rows, int], Rows]
"""Rows and about how many there are → the same rows: whoever gives it can tell how far the reading is."""
_CONTRARY = 100
"""A file has a direction if at most one in this many of its rows goes against it."""


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
        raise fatal(
            Place(path.name),
            say(N_("The log is {0} MB large."), size // 1_000_000),
            say(N_("Keep it below {0} MB; split it by time."), most_bytes // 1_000_000),
        )
    data = path.read_bytes()
    if data.startswith(_ZIP):
        raise fatal(
            Place(path.name),
            say(N_("This is a workbook; a log must be a CSV file.")),
            say(N_("Save it as CSV.")),
        )
    return parse_log(decoded(data, path.name), log_map, path.name, watch)


_ZIP = b"PK\x03\x04"
"""What workbooks begin with."""


def parse_log(
    text: str, log_map: LogMap, source: str = "log", watch: Watch = lambda rows, length: rows
) -> EventLog:
    """The log in a text; ``source`` names it in problems. Raises PlanFileError, see read_log."""
    delimiter, rows = csv_rows(text, source, log_map.delimiter)
    *_, header = next(rows, (1, 1, []))
    header = [name.strip() for name in header]
    other = next((mark for mark in ",;\t|" if len(header) == 1 and mark in header[0]), "")
    if other:
        raise fatal(
            Place(source, 1, 1),
            say(N_("The headings are not separated by “{0}”."), delimiter),
            say(N_('In the map, write “delimiter: "{0}"”.'), other if other != "\t" else "\\t"),
        )
    reader = _LogReader(log_map, source, header, delimiter)
    for first, last, row in watch(rows, text.count("\n")):
        if last > first:
            reader.check_quotes(first, row)
        reader.take(first, row)
    return reader.log()


def _positions(header: list[str], log_map: LogMap, source: str) -> dict[str, int]:
    """Where the cell of each of the map's columns stands in a row."""
    problems = []
    for column in log_map.columns.values():
        there = header.count(column)
        if there == 1:
            continue
        if there:
            message = say(N_("The heading “{0}” occurs {1} times."), column, there)
            fix = say(N_("Give each column its own heading, so that it is clear which one the map means."))
        else:
            meant = closest(column, header)
            message = say(N_("There is no column “{0}”."), column)
            fix = (
                say(N_("In the map, write “{0}”."), meant) if meant else say(N_("Correct the map's columns."))
            )
        problems.append(Problem(Place(source, 1, 1), message, fix))
    if problems:
        raise PlanFileError(problems)
    return {name: header.index(column) for name, column in log_map.columns.items()}


class _LogReader:
    """Takes the rows of a log and makes columns of them."""

    def __init__(self, log_map: LogMap, source: str, header: list[str], delimiter: str) -> None:
        self._map = log_map
        self._source = source
        self._delimiter = delimiter
        self._width = len(header)
        self._positions = _positions(header, log_map, source)
        self._reach = max(self._positions.values()) + 1
        """Cells that a row needs, for the map's columns to stand in it."""
        self._missing = log_map.missing | {""}
        self._problems: list[Problem] = []
        self._unread = 0
        self._cells = Cells(log_map)
        self._tickets = Names()
        self._faults: dict[int, RowFault] = {}
        self._events: list[tuple[int, ...]] = []
        """Ticket, line, and the values of ``_empty`` in its order."""
        self._timeless: list[tuple[int, ...]] = []
        """The same, of rows without a time."""
        self._ended: list[tuple[int, list[str]]] = []
        """Line and cells of rows with a delimiter behind their last cell."""
        self._fitting = False
        """Whether there are rows that have as many cells as there are headings, or fewer."""
        self._shifted: list[list[str]] = []
        """Of rows with too many cells, the tickets that each may be of."""
        self._empty = {
            "at": MISSING,
            "opened": MISSING,
            "order": 0,
            "state": NONE,
            "priority": NONE,
            "service": NONE,
            "party": NONE,
        }

    def take(self, line: int, row: list[str]) -> None:
        """One row; what cannot be read is reported."""
        if is_ended(row, self._width):
            self._ended.append((line, row))
            return
        if len(row) > self._width:
            self._take_shifted(line, row)
            return
        self._fitting = True
        cells = self._named(row)
        id = cells.pop("ticket", None)
        if id is None:
            self._report(line, say(N_("The row has no ticket.")), say(N_("Enter the id of the ticket.")))
            return
        ticket = self._tickets[id]
        values = dict(self._empty)
        name = ""
        try:
            if len(row) < self._width and len(row) <= self._reach:
                raise UnreadableCell(
                    say(N_("The row ends after {0} of {1} cells."), len(row), self._width),
                    say(N_("Complete the row, and check whether the file was cut off.")),
                )
            for name, text in cells.items():
                values[name] = self._cells.read[name][text]
            for name in self._needed(cells):
                if name not in cells:
                    raise UnreadableCell(*_NO_VALUE)
        except UnreadableCell as error:
            self._faults[ticket] = RowFault.UNREADABLE
            if name:
                self._report_cell(line, name, *error.args)
            else:
                self._report(line, *error.args)
        else:
            rows = self._events if "at" in cells else self._timeless
            rows.append((ticket, line, *values.values()))

    def _needed(self, cells: dict[str, str]) -> tuple[str, ...]:
        """What a row must say: its state, and when that began, or else when its ticket was opened."""
        has_opening = "opened" in cells or "opened" not in self._positions
        return ("state",) if has_opening else ("at", "state")

    def _named(self, row: list[str]) -> dict[str, str]:
        """The cells of the map's columns in which something stands."""
        cells = {name: row[at].strip() for name, at in self._positions.items() if at < len(row)}
        return {name: cell for name, cell in cells.items() if cell not in self._missing}

    def check_quotes(self, line: int, row: list[str]) -> None:
        """Raises PlanFileError where a cell holds what is clearly another row of the log."""
        for inner in rows_inside(row, self._width, self._delimiter):
            cells = self._named(inner)
            try:
                for name in ("at", "state"):
                    self._cells.read[name][cells.get(name, "")]
            except UnreadableCell:
                continue
            raise fatal(
                Place(self._source, line, 1),
                say(N_("A quotation mark that opens in this row closes only in a later one.")),
                say(N_("Close it, or double it if it is part of the text.")),
            )

    def _take_shifted(self, line: int, row: list[str]) -> None:
        """A row with more cells than there are headings: from some cell on, they stand in the wrong columns."""
        at, surplus = self._positions["ticket"], len(row) - self._width
        ids = [cell.strip() for cell in row[at : at + surplus + 1]]
        self._shifted.append([id for id in ids if id not in self._missing])
        self._report(
            line,
            say(N_("The row has {0} cells, but there are {1} headings."), len(row), self._width),
            say(N_("Put cells that contain “{0}” in quotes."), self._delimiter),
        )

    def _settle_ended(self) -> None:
        """Rows with a delimiter behind their last cell are like others if all are like that."""
        alike = not self._fitting and not self._shifted
        for line, row in self._ended:
            if alike:
                self.take(line, row[:-1])
            else:
                self._take_shifted(line, row)

    def _settle_shifted(self) -> None:
        """A row that may be of some tickets makes each of them one with a fault."""
        for ids in self._shifted:
            for id in [id for id in ids if id in self._tickets] or ids[:1]:
                self._faults[self._tickets[id]] = RowFault.UNREADABLE

    def _settle_timeless(self) -> dict[int, int]:
        """Tickets whose only row has no time → the state that it gives: they are open, or it is not known since when.

        Such a row stands among the events as the opening of its ticket, still without a time of its own; where it does not
        say when that was, the ticket has a fault. In a ticket with more rows it is a problem.
        """
        rows = Counter(event[0] for event in (*self._events, *self._timeless))
        undated: dict[int, int] = {}
        opened, state = (2 + list(self._empty).index(name) for name in ("opened", "state"))
        for row in self._timeless:
            ticket, line = row[:2]
            if rows[ticket] > 1 or ticket in self._faults:
                self._faults[ticket] = RowFault.UNREADABLE
                self._report_cell(line, "at", *_NO_VALUE)
                continue
            if row[opened] == MISSING:
                self._faults[ticket] = RowFault.NO_START
                continue
            undated[ticket] = row[state]
            self._events.append((*row[:state], State.NEW, *row[state + 1 :]))
        return undated

    def log(self) -> EventLog:
        """All rows that were taken, in the order of ticket, time, order and line."""
        self._settle_ended()
        self._settle_shifted()
        undated = self._settle_timeless()
        columns = np.array(self._events, np.int64).reshape(-1, 2 + len(self._empty)).T
        ticket, line, at, opened, order, state, priority, service, party = columns
        at, unclear = self._instants("at", at, line)
        opened, unclear_too = self._instants("opened", opened, line)
        unclear |= unclear_too
        at = np.where(at == MISSING, opened, at)
        clear = np.flatnonzero(~unclear)
        direction, contrary = _direction(ticket[clear], line[clear], at[clear])
        rows = clear[np.lexsort((line[clear] * (direction or 1), order[clear], at[clear], ticket[clear]))]
        events = _Sorted(ticket[rows], at[rows], order[rows], opened[rows])
        fault = np.zeros(len(self._tickets), np.int64)
        fault[events.with_two_starts()] = RowFault.TWO_STARTS
        said = np.stack((state[rows], priority[rows], service[rows], party[rows]))
        doubtful = events.with_ties(said)
        fault[doubtful if not direction else doubtful[np.isin(doubtful, contrary)]] = RowFault.NO_ORDER
        for number, found in self._faults.items():
            fault[number] = found
        fault[ticket[unclear]] = RowFault.UNCLEAR
        of_ticket = np.full(len(self._tickets), NONE)
        of_ticket[list(undated)] = list(undated.values())
        whole = not ((at[rows] % TICKS).any() or (opened[rows][opened[rows] != MISSING] % TICKS).any())
        return EventLog(
            map=self._map,
            tickets=tuple(self._tickets),
            services=tuple(self._cells.services),
            parties=tuple(self._cells.parties),
            ticket=ticket[rows],
            at=_in_seconds(at[rows]) if whole else at[rows],
            opened=_in_seconds(opened[rows]) if whole else opened[rows],
            state=state[rows],
            priority=priority[rows],
            service=service[rows],
            party=party[rows],
            fault=fault,
            undated=of_ticket,
            ticks=1 if whole else TICKS,
            problems=tuple(sorted(self._problems, key=lambda problem: problem.place)),
            unread=self._unread,
        )

    def _instants(self, name: str, wall: Seconds, line: Codes) -> tuple[Seconds, NDArray[np.bool_]]:
        """Unix time of a column of times in microseconds, and which of them the map leaves unclear."""
        unclear = np.zeros(wall.shape, bool)
        if self._cells.aware:
            return wall, unclear
        given = wall != MISSING
        seconds, fraction = np.divmod(np.where(given, wall, 0), TICKS)
        read = to_unix_array(seconds, self._map.timezone)
        instants = read.earlier.copy()
        for twofold, rule, message in (
            (
                read.gap & given,
                self._map.gap,
                N_("{0} does not exist in {1}, because the clock was put forward."),
            ),
            (
                read.fold & given,
                self._map.fold,
                N_("{0} occurs twice in {1}, because the clock was put back."),
            ),
        ):
            if rule == "later":
                instants[twofold] = read.later[twofold]
            elif rule == "report":
                unclear |= twofold
                for row in np.flatnonzero(twofold).tolist():
                    shown = EPOCH + timedelta(seconds=int(seconds[row]))
                    fix = say(N_("In the map, say under times which of the two to use: earlier or later."))
                    self._report_cell(int(line[row]), name, say(message, shown, self._map.timezone), fix)
        return np.where(given, instants * TICKS + fraction, MISSING), unclear

    def _report_cell(self, line: int, name: str, message: Text, fix: Text) -> None:
        self._report(line, say(N_("{0}: {1}"), self._map.columns[name], message), fix)

    def _report(self, line: int, message: Text, fix: Text) -> None:
        self._unread += 1
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(Problem(Place(self._source, line, 1), message, fix))


_NO_VALUE = (say(N_("The value is missing.")), say(N_("Enter one.")))


def _in_seconds(times: Seconds) -> Seconds:
    return np.where(times == MISSING, MISSING, times // TICKS)


def _direction(ticket: Codes, line: Codes, at: Seconds) -> tuple[int, Codes]:
    """How the rows of a file follow each other, and the tickets that have rows against it.

    1: oldest first; -1: newest first; 0: neither. The rows of the same tickets say it, and all rows where those do not.
    """
    for own in (True, False):
        rows = np.lexsort((line, ticket)) if own else np.argsort(line)
        step = np.sign(np.diff(at[rows]))
        if own:
            step[ticket[rows][1:] != ticket[rows][:-1]] = 0
        up, down = int((step > 0).sum()), int((step < 0).sum())
        if up or down:
            break
    else:
        return 0, ticket[:0]
    direction = 1 if down * _CONTRARY <= up else -1 if up * _CONTRARY <= down else 0
    against = ticket[rows][1:][step == -direction] if own and direction else ticket[:0]
    return direction, against


@dataclass(frozen=True)
class _Sorted:
    """Events in the order of ticket, time and order, as columns."""

    ticket: Codes
    at: Seconds
    order: Codes
    opened: Seconds

    def with_ties(self, said: Codes) -> Codes:
        """Tickets in which events of one time and order say different things; ``said``: rows of columns."""
        tied = np.ones(max(self.ticket.size - 1, 0), bool)
        for column in (self.ticket, self.at, self.order):
            tied &= column[1:] == column[:-1]
        tied &= (said[:, 1:] != said[:, :-1]).any(axis=0)
        return np.unique(self.ticket[1:][tied])

    def with_two_starts(self) -> Codes:
        """Tickets whose events differ in when they were opened."""
        given = self.opened != MISSING
        ticket, opened = self.ticket[given], self.opened[given]
        differs = (ticket[1:] == ticket[:-1]) & (opened[1:] != opened[:-1])
        return np.unique(ticket[1:][differs])
