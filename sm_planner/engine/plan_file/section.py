"""One section of a plan file as a file of its own: the same words, as YAML or as a workbook."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.plan_file import WORKBOOK, tree
from sm_planner.engine.plan_file.decode import decode_section
from sm_planner.engine.plan_file.encode import dump_sections
from sm_planner.engine.reading.problems import Limit


def read_section(
    data: bytes | str, source: str, collection: str, limit: Limit | None = None
) -> tuple[Any, ...]:
    """The records of a collection in a file that holds nothing else. Raises PlanFileError with all problems, at their places."""
    return decode_section(tree(data, source, limit), collection)


def dump_section(records: tuple[Any, ...], collection: str, ending: str) -> bytes:
    """The file of some records, whose name ends so: ``.xlsx`` for a workbook, else YAML."""
    plan = Plan(id="", **{collection: records})
    if ending.lower() == WORKBOOK:
        from sm_planner.engine.plan_file.workbook_writer import workbook

        return workbook(plan, (collection,))
    return dump_sections(plan, (collection,)).encode()
