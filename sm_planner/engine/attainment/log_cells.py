"""Cells of an event log: what their texts mean by the map."""

from __future__ import annotations

import re
from collections.abc import Callable

from sm_planner.engine.attainment.log_map import STATES, LogMap, State
from sm_planner.engine.attainment.time_format import TimeFormat, ticks
from sm_planner.engine.model import PRIORITIES
from sm_planner.engine.texts import N_, say

YEARS = range(1970, 2170)
"""Years of a time in a log; any other is a slip or a placeholder such as 9999-12-31."""


_CANCELLED = frozenset(("cancelled", "canceled", "duplicate"))
"""States that need no map to be understood."""


class UnreadableCell(ValueError):
    """A cell that cannot be read: what is wrong (Text), and what to do (Text)."""


class Names(dict[str, int]):
    """Names → their numbers, in the order of their first appearance."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


class Cells:
    """Reads the cells of a log: ``read[column][text]`` is a number, or raises UnreadableCell.

    Times become microseconds on the wall, or since 1970 UTC where the map's format has an offset (``aware``);
    states and priorities become their codes, services and parties numbers of ``services`` and ``parties``.
    """

    def __init__(self, log_map: LogMap) -> None:
        self._map = log_map
        self._format = TimeFormat(log_map.time_format)
        self.aware = self._format.aware
        self.services = Names({log_map.service: 0} if log_map.service else ())
        self.parties = Names()
        time = _Memo(self._time)
        self.read: dict[str, dict[str, int]] = {
            "at": time,
            "opened": time,
            "order": _Memo(_whole_number),
            "state": _Memo(self._state),
            "priority": _Memo(self._priority),
            "service": _Memo(lambda value: self.services[log_map.services.get(value, value)]),
            "party": self.parties,
        }

    def _time(self, value: str) -> int:
        try:
            time = self._format.read(value)
        except ValueError:
            raise UnreadableCell(say(N_("“{0}” is not a time."), value), self._format.advice()) from None
        if time.year not in YEARS:
            raise UnreadableCell(
                say(N_("The year {0} is out of range."), time.year),
                say(N_("Use years from {0} to {1}."), YEARS[0], YEARS[-1]),
            )
        return ticks(time)

    def _state(self, value: str) -> int:
        if value in self._map.states:
            return self._map.states[value]
        if value.casefold() in _CANCELLED:
            return State.CANCELLED
        raise UnreadableCell(
            say(N_("The map does not know the state “{0}”."), value),
            say(N_("Say in the map, under states, which of {0} it is."), ", ".join(STATES)),
        )

    def _priority(self, value: str) -> int:
        priority = self._map.priorities.get(value, value)
        if priority not in PRIORITIES:
            raise UnreadableCell(
                say(N_("The map does not know the priority “{0}”."), value),
                say(N_("Say in the map, under priorities, which of {0} it is."), ", ".join(PRIORITIES)),
            )
        return PRIORITIES.index(priority)


class _Memo(dict[str, int]):
    """What a text means, read once: logs repeat themselves."""

    def __init__(self, read: Callable[[str], int]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, value: str) -> int:
        self[value] = meant = self._read(value)
        return meant


def _whole_number(value: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,18}", value):
        raise UnreadableCell(
            say(N_("“{0}” is not a whole number."), value), say(N_("Write digits only, such as 12."))
        )
    return int(value)
