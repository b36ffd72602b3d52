"""The map of an event log: which column holds what, and what its states and values mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from sm_planner.engine.attainment.time_format import TimeFormat
from sm_planner.engine.catalogue_import.map_file import MapError, MapReader
from sm_planner.engine.model import PRIORITIES
from sm_planner.engine.model.values import closest
from sm_planner.engine.reading.problems import PlanFileError
from sm_planner.engine.reading.yaml_tree import MOST_OF_MAP, Node, parse_yaml, read_file
from sm_planner.engine.service_time.local_time import load_zone
from sm_planner.engine.texts import N_, say

COLUMNS = ("ticket", "state", "at", "opened", "order", "priority", "service", "party")
"""What a map can name a column for; a log has at least the first three."""
NEEDED_COLUMNS = COLUMNS[:3]
READINGS = ("report", "earlier", "later")
"""What is done about a local time that is not exactly one instant."""
PRIORITY_RULES = ("last", "first")
METRICS = ("Resolution", "Fulfilment")
"""What a log can be about: incidents are resolved, requests are fulfilled."""


class State(IntEnum):
    """What a state of the log means for the clock."""

    NEW = 0
    """The clock runs, nobody has answered yet."""
    WORKING = 1
    """The clock runs, somebody has answered."""
    WAITING = 2
    """The clock stands still, somebody has answered."""
    RESOLVED = 3
    """The ticket has ended, unless it is reopened."""
    CANCELLED = 4
    """The ticket has ended without an outcome, as one that was withdrawn or is a duplicate; it counts nowhere."""


STATES = {state.name.lower(): state for state in State}
"""How a map names what a state means."""


@dataclass(frozen=True)
class LogMap:
    """How a log is read; see docs/attainment.md, where each name is explained.

    columns: one of COLUMNS → the name of the log's column. states, priorities, services: value of the log →
    its meaning; a service or a priority that is not named is taken as it is.
    """

    columns: Mapping[str, str]
    states: Mapping[str, State]
    time_format: str
    timezone: str = "UTC"
    gap: str = "report"
    fold: str = "report"
    delimiter: str = ","
    missing: frozenset[str] = frozenset()
    priorities: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    service: str = ""
    process: str = ""
    priority_counts: str = "last"
    metric: str = "Resolution"


def load_log_map(path: str | Path) -> LogMap:
    """Read a map. Raises MapError with every problem at its line and column, OSError where it cannot be opened."""
    try:
        root = parse_yaml(read_file(path), Path(path).name, limit=MOST_OF_MAP)
    except PlanFileError as error:
        raise MapError(error.problems) from None
    reader = _LogMapReader()
    found = reader.log_map(root)
    if reader.problems:
        raise MapError(reader.problems)
    return found


_NAMES = (
    "times",
    "columns",
    "states",
    "delimiter",
    "missing",
    "priorities",
    "services",
    "service",
    "process",
    "priority_counts",
    "metric",
)


class _LogMapReader(MapReader):
    def log_map(self, root: Node) -> LogMap:
        mapping = self.mapping(root, _NAMES)
        self.require(root, mapping, "times", "columns", "states")
        times = self.times(mapping["times"]) if "times" in mapping else {}
        return LogMap(
            columns=self.columns(mapping["columns"]) if "columns" in mapping else {},
            states=self.states(mapping["states"]) if "states" in mapping else {},
            time_format=self.text(times, "format", ""),
            timezone=self.timezone(times),
            gap=self.choice(times, "gap", READINGS),
            fold=self.choice(times, "fold", READINGS),
            delimiter=self.delimiter(mapping),
            missing=self.missing(mapping),
            priorities=self.priorities(mapping["priorities"]) if "priorities" in mapping else {},
            services=self.texts(mapping["services"]) if "services" in mapping else {},
            service=self.text(mapping, "service", ""),
            process=self.text(mapping, "process", ""),
            priority_counts=self.choice(mapping, "priority_counts", PRIORITY_RULES),
            metric=self.choice(mapping, "metric", METRICS),
        )

    def times(self, node: Node) -> dict[str, Node]:
        times = self.mapping(node, ("format", "timezone", "gap", "fold"))
        self.require(node, times, "format")
        written = self.text(times, "format", "")
        if written:
            times_format = TimeFormat(written)
            problem = times_format.problem()
            if problem:
                fix = say(N_("Use the letters of Python's strptime, such as %Y-%m-%d %H:%M."))
                self.report(times["format"].place, problem, fix)
            elif not times_format.aware:
                self.require(node, times, "timezone")
        return times

    def columns(self, node: Node) -> dict[str, str]:
        columns = self.texts(node, COLUMNS)
        self.require(node, columns, *NEEDED_COLUMNS)
        if columns.get("at") and columns.get("at") == columns.get("opened"):
            self.report(
                node.place,
                say(N_("“at” and “opened” are the same column, so every ticket would end when it begins.")),
                say(
                    N_(
                        "Name the column with the time at which the state of a row began, or leave “opened” out."
                    )
                ),
            )
        return columns

    def timezone(self, times: dict[str, Node]) -> str:
        name = self.text(times, "timezone", "UTC")
        try:
            load_zone(name)
        except ValueError as error:
            self.report(
                times["timezone"].place,
                say(N_("This is not a time zone: {0}."), error),
                say(N_("Write an IANA name, such as Europe/Berlin.")),
            )
        said = TimeFormat(self.text(times, "format", "")).contradicts(name)
        if said:
            self.report(
                times["format"].place,
                say(N_("The format contains “{0}”, but the time zone is set to {1}."), said, name),
                say(N_("Write %z or %Z for it in the format, or set the time zone that it stands for.")),
            )
        return name

    def delimiter(self, mapping: dict[str, Node]) -> str:
        delimiter = self.text(mapping, "delimiter", ",")
        if len(delimiter) != 1:
            self.report(
                mapping["delimiter"].place,
                say(N_("“{0}” is not a single character."), delimiter),
                say(N_('Write one character, such as ";" or "\\t".')),
            )
        return delimiter

    def missing(self, mapping: dict[str, Node]) -> frozenset[str]:
        if "missing" not in mapping:
            return frozenset()
        node = mapping["missing"]
        if not isinstance(node.value, list):
            self.report(
                node.place, say(N_("A list is expected here.")), say(N_('Write it like ["?", "n/a"].'))
            )
            return frozenset()
        return frozenset(item.value for item in node.value if isinstance(item.value, str))

    def states(self, node: Node) -> dict[str, State]:
        return {name: STATES[meant] for name, meant in self.meanings(node, STATES).items()}

    def priorities(self, node: Node) -> dict[str, str]:
        return self.meanings(node, PRIORITIES)

    def meanings(self, node: Node, known: Mapping[str, State] | tuple[str, ...]) -> dict[str, str]:
        """Value of the log → one of the words that are known."""
        return {
            name: value.value
            for name, value in self.mapping(node).items()
            if self.is_known(value, tuple(known))
        }

    def choice(self, mapping: dict[str, Node], name: str, known: tuple[str, ...]) -> str:
        """A word of those that are known; the first where none is given."""
        if name in mapping and self.is_known(mapping[name], known):
            return mapping[name].value
        return known[0]

    def is_known(self, node: Node, known: tuple[str, ...]) -> bool:
        if node.value in known:
            return True
        word = node.value if isinstance(node.value, str) else ""
        meant = closest(word, known)
        self.report(
            node.place,
            say(N_("“{0}” is not known here."), word),
            say(N_("Write “{0}”."), meant) if meant else say(N_("Use one of {0}."), ", ".join(known)),
        )
        return False

    def texts(self, node: Node, known: tuple[str, ...] | None = None) -> dict[str, str]:
        mapping = self.mapping(node, known)
        return {name: self.text(mapping, name, "") for name in mapping}
