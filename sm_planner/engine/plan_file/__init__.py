"""Plan files: a plan as a file that people write, and back: as YAML, or as a workbook (.xlsx).

``load``, ``read`` and ``loads`` read; every problem of a file is told at once, each with its file, line and column, or
its sheet and cell, and what to write instead. ``dump`` and ``dumps`` write; what is written reads as an equal plan.
"""

from __future__ import annotations

import os
from pathlib import Path

from sm_planner.engine.collecting import uncollected
from sm_planner.engine.model import Plan
from sm_planner.engine.plan_file.decode import decode
from sm_planner.engine.plan_file.encode import as_mapping, dump_yaml
from sm_planner.engine.reading.problems import Limit, Place, PlanFileError, Problem, fatal
from sm_planner.engine.reading.yaml_tree import Node, decoded, parse_yaml, read_bytes, read_file
from sm_planner.engine.texts import N_, say

__all__ = [
    "Limit",
    "Place",
    "PlanFileError",
    "Problem",
    "as_mapping",
    "convert",
    "decoded",
    "dump",
    "dumps",
    "load",
    "loads",
    "places",
    "read",
    "read_bytes",
    "tree",
    "write_whole",
]

WORKBOOK = ".xlsx"
_TEXTS = (".yaml", ".yml")
_OTHER_WORKBOOKS = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods")


def load(path: str | Path) -> Plan:
    """The plan in a file. Raises PlanFileError for its content, OSError where it cannot be opened."""
    return read(read_bytes(path), Path(path).name)


@uncollected()
def read(data: bytes | str, source: str, limit: Limit | None = None) -> Plan:
    """The plan in the content of a file. The file's name, source, tells a workbook from YAML.

    limit: where memory is shared, as in a web worker; without it, a file may take more than a gigabyte.
    """
    return decode(tree(data, source, limit))


@uncollected()
def loads(text: str, source: str = "plan") -> Plan:
    """The plan in a YAML text; source names it in problems."""
    return decode(parse_yaml(text, source))


def tree(data: bytes | str, source: str, limit: Limit | None = None) -> Node:
    """What stands in a file, before anything is known of what it means."""
    limits = {} if limit is None else {"limit": limit}
    suffix = Path(source).suffix.lower()
    if suffix in _OTHER_WORKBOOKS:
        raise fatal(
            Place(source),
            say(N_("Files of the type “{0}” cannot be read."), suffix),
            say(N_("Save it as .xlsx.")),
        )
    if suffix == WORKBOOK and isinstance(data, bytes):
        from sm_planner.engine.plan_file.workbook import parse_workbook

        return parse_workbook(data, source, **limits)
    return parse_yaml(decoded(data, source), source, **limits)


def places(path: str | Path) -> dict[tuple[str, str], Place]:
    """Where the records of a plan file stand: collection and id → place; the collection itself by an empty id."""
    root = tree(read_bytes(path), Path(path).name)
    found: dict[tuple[str, str], Place] = {}
    for collection, node in root.value.items():
        found[collection, ""] = root.key_places.get(collection, node.place)
        for item in node.value if isinstance(node.value, list) else ():
            written = item.value.get("id")
            if written:
                found[collection, written.value.strip()] = item.place
    return found


def dumps(plan: Plan) -> str:
    """The YAML text of a plan."""
    return dump_yaml(plan)


def dump(plan: Plan, path: str | Path) -> None:
    """Write a plan file, whole or not at all: a workbook where the name ends in .xlsx, else YAML.

    Where the plan, in this or another version, stands there as YAML already, the comments of that file are kept.
    Raises PlanFileError where a text is longer than a cell of a workbook can be.
    """
    path = Path(path)
    if path.suffix.lower() == WORKBOOK:
        from sm_planner.engine.plan_file.workbook_writer import workbook

        write_whole(path, workbook(plan))
    else:
        write_whole(path, _with_comments(path, plan))


def _with_comments(path: Path, plan: Plan) -> str:
    """The YAML text of a plan, with the comments of the file that it is going to replace."""
    from sm_planner.engine.plan_file.comments import keep_comments

    text = dumps(plan)
    try:
        old = read_file(path) if path.exists() else ""
        return keep_comments(old, text) if old and loads(old).lineage == plan.lineage else text
    except PlanFileError:
        return text


def convert(source: str | Path, target: str | Path) -> Plan:
    """Write the plan of one file as another, in the form that its name ends in; the plan.

    Both may be the same file, which is then written anew. Raises PlanFileError where source cannot be read, or where
    target cannot, or holds another plan: it is left as it is.
    """
    target = Path(target)
    if target.suffix.lower() not in (*_TEXTS, WORKBOOK):
        raise fatal(
            Place(target.name),
            say(N_("Files of the type “{0}” cannot be written."), target.suffix or target.name),
            say(N_("Use one of {0}."), ", ".join((*_TEXTS, WORKBOOK))),
        )
    plan = load(source)
    if target.exists() and (there := load(target)).lineage != plan.lineage:
        raise fatal(
            Place(target.name),
            say(N_("This file already holds another plan, “{0}”."), there.id),
            say(N_("Choose another file name, or move that file away.")),
        )
    dump(plan, target)
    return plan


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it never stands there half-written. Text is written as UTF-8."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
