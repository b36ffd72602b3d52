"""Plan files: a plan as text that people write, and back.

``load`` and ``loads`` read; every problem of a file is told at once, each with its file, line and column and
what to write instead. ``dump`` and ``dumps`` write; what is written reads as an equal plan.
"""

from __future__ import annotations

import os
from pathlib import Path

from sm_planner.engine.model import Plan
from sm_planner.engine.plan_file.decode import decode
from sm_planner.engine.plan_file.encode import as_mapping, dump_yaml
from sm_planner.engine.plan_file.problems import Place, PlanFileError, Problem
from sm_planner.engine.plan_file.yaml_tree import decoded, parse_yaml, read_file

__all__ = [
    "Place",
    "PlanFileError",
    "Problem",
    "as_mapping",
    "decoded",
    "dump",
    "dumps",
    "load",
    "loads",
    "places",
]


def load(path: str | Path) -> Plan:
    """The plan in a file. Raises PlanFileError for its content, OSError where it cannot be opened."""
    return loads(read_file(path), Path(path).name)


def loads(text: str, source: str = "plan") -> Plan:
    """The plan in a text; source names it in problems."""
    return decode(parse_yaml(text, source))


def places(path: str | Path) -> dict[tuple[str, str], Place]:
    """Where the records of a plan file stand: collection and id → place; the collection itself by an empty id."""
    root = parse_yaml(read_file(path), Path(path).name)
    found: dict[tuple[str, str], Place] = {}
    for collection, node in root.value.items():
        found[collection, ""] = root.key_places[collection]
        for item in node.value if isinstance(node.value, list) else ():
            written = item.value.get("id")
            if written:
                found[collection, written.value.strip()] = item.place
    return found


def dumps(plan: Plan) -> str:
    """The text of a plan file."""
    return dump_yaml(plan)


def dump(plan: Plan, path: str | Path) -> None:
    """Write a plan file, whole or not at all."""
    write_whole(Path(path), dumps(plan))


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it never stands there half-written."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
