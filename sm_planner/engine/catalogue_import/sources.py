"""Foreign files → plain values, with the line that each mapping came from."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from sm_planner.engine.plan_file.problems import Place, PlanFileError, Problem
from sm_planner.engine.plan_file.yaml_tree import Node, parse_yaml, read_file
from sm_planner.engine.texts import N_, say

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_LITERALS = {"true": True, "True": True, "false": False, "False": False}


class Source:
    """The values of a foreign file: ``data`` for expressions, ``place`` to say where a mapping stands."""

    def __init__(self, name: str, data: Any, places: dict[int, Place]):
        self.name = name
        self.data = data
        self._places = places

    def place(self, item: Any) -> Place:
        """Where the item stands; the file alone if that is not known."""
        return self._places.get(id(item), Place(self.name))


def read_source(path: str | Path) -> Source:
    """Read a .yaml, .yml, .json or .csv file. Raises PlanFileError where it cannot be read."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise PlanFileError(
            [
                Problem(
                    Place(path.name),
                    say(N_("Files of the kind “{0}” are not read."), suffix or path.name),
                    say(N_("Use one of {0}."), ", ".join(_READERS)),
                )
            ]
        )
    return _READERS[suffix](read_file(path), path.name)


def _read_yaml(text: str, name: str) -> Source:
    places: dict[int, Place] = {}
    documents = [_plain(node, places) for node in parse_yaml(text, name, foreign=True).value]
    return Source(name, documents[0] if len(documents) == 1 else documents, places)


def _plain(node: Node, places: dict[int, Place]) -> Any:
    if isinstance(node.value, dict):
        plain: Any = {key: _plain(value, places) for key, value in node.value.items()}
        merged = plain.pop("<<", None)
        for other in merged if isinstance(merged, list) else [merged or {}]:
            plain = {**other, **plain}
    elif isinstance(node.value, list):
        plain = [_plain(item, places) for item in node.value]
    else:
        return _scalar(node)
    places[id(plain)] = node.place
    return plain


def _scalar(node: Node) -> Any:
    """The value of a scalar by YAML 1.2's core schema; what was quoted is a text."""
    if node.value is None or node.quoted:
        return node.value
    if node.value in _LITERALS:
        return _LITERALS[node.value]
    return json.loads(node.value) if _NUMBER.fullmatch(node.value) else node.value


def _read_json(text: str, name: str) -> Source:
    try:
        return Source(name, json.loads(text, parse_constant=_refuse_constant), {})
    except json.JSONDecodeError as error:
        place, reason = Place(name, error.lineno, error.colno), error.msg
    except (ValueError, RecursionError) as error:
        place, reason = Place(name), str(error)
    raise PlanFileError(
        [Problem(place, say(N_("This is not JSON: {0}."), reason), say(N_("Correct it here.")))]
    )


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


def _read_csv(text: str, name: str) -> Source:
    """Rows as a list of mappings, named by the first line; an empty cell is None."""
    sample = text[:10_000]
    delimiter = max(",;\t", key=sample.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    rows: list[dict[str, str | None]] = []
    places: dict[int, Place] = {}
    for row in reader:
        if "" in row:
            raise PlanFileError(
                [
                    Problem(
                        Place(name, reader.line_num, 1),
                        say(N_("This row has more cells than the first line has names.")),
                        say(N_("Put cells that contain “{0}” in quotes."), delimiter),
                    )
                ]
            )
        rows.append({key: value or None for key, value in row.items()})
        places[id(rows[-1])] = Place(name, reader.line_num, 1)
    return Source(name, rows, places)


_READERS = {".yaml": _read_yaml, ".yml": _read_yaml, ".json": _read_json, ".csv": _read_csv}
