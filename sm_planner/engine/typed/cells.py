"""Cells of a table that were pasted into the rows of a record → the values that they mean, or what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sm_planner.engine.model.fields import Spec
from sm_planner.engine.model.values import ValueProblem, clean
from sm_planner.engine.texts import N_, say
from sm_planner.engine.typed.names import Names
from sm_planner.engine.typed.several import CellProblem
from sm_planner.engine.typed.written import Writing, read

MOST = 500
"""Rows that are pasted at once."""
READ = ("line", "text", "number", "integer", "date", "flag", "choice", "link")
"""Kinds of fields that a cell can hold."""


def mentioned(declared: Mapping[str, Spec], rows: Sequence[Mapping[str, str]]) -> dict[str, set[str]]:
    """Collection → what cells could call one of its records."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for field, text in row.items():
            if field in declared and declared[field].kind == "link" and clean(text):
                found[declared[field].target].add(clean(text))
    return found


def read_cells(
    declared: Mapping[str, Spec], rows: Sequence[Mapping[str, str]], names: Names, writing: Writing
) -> tuple[list[dict[str, Any]], list[CellProblem]]:
    """Of each row, field → value, empty cells left out; and what cannot be read. declared: the fields of a row."""
    values: list[dict[str, Any]] = []
    problems: list[CellProblem] = []
    for number, row in enumerate(rows, 1):
        found: dict[str, Any] = {}
        for field, text in row.items():
            if not clean(text):
                continue
            try:
                found[field] = _value(declared.get(field), text, names, writing)
            except ValueProblem as problem:
                problems.append(CellProblem(number, field, problem.message, problem.fix))
        values.append(found)
    return values, problems


def _value(spec: Spec | None, text: str, names: Names, writing: Writing) -> Any:
    if spec is None or spec.kind not in READ:
        raise ValueProblem(say(N_("Nothing can be pasted into this column.")), say(N_("Leave it out.")))
    return names.find(spec.target, clean(text)) if spec.kind == "link" else read(spec, text, writing)
