"""Frameworks: those that come with SM Planner, and an organisation's own.

A framework is a file of the form of a plan file with the section ``assessment_frameworks`` alone, so that it can be written
as YAML or in a spreadsheet program, and every problem is told at its line, or its sheet and cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import AssessmentFramework
from sm_planner.engine.plan_file import read_bytes
from sm_planner.engine.plan_file.section import dump_section, read_section
from sm_planner.engine.reading.problems import Limit

SHIPPED = Path(__file__).parents[2] / "frameworks"
"""Frameworks that come with SM Planner."""

SECTION = "assessment_frameworks"


@cache
def shipped() -> dict[str, AssessmentFramework]:
    """Id → framework that comes with SM Planner."""
    return {
        one.id: one for path in sorted(SHIPPED.glob("*.yaml")) for one in read(read_bytes(path), path.name)
    }


def known(plan: Plan) -> dict[str, AssessmentFramework]:
    """Id → framework by which a plan can be assessed: one of its own goes before one of ours that has the same id."""
    return {**shipped(), **plan.index[SECTION]}


def read(data: bytes | str, source: str, limit: Limit | None = None) -> tuple[AssessmentFramework, ...]:
    """The frameworks in a file; source, its name, tells a workbook from YAML. Raises PlanFileError with all problems."""
    return read_section(data, source, SECTION, limit)


def dump(frameworks: Iterable[AssessmentFramework], ending: str) -> bytes:
    """The file of frameworks, whose name ends so: ``.xlsx`` or ``.yaml``."""
    return dump_section(tuple(frameworks), SECTION, ending)


def narratives(framework: AssessmentFramework) -> dict[str, tuple[str, ...]]:
    """Code of a line → how each of its levels looks, from 0 on."""
    found: dict[str, tuple[str, ...]] = {}
    of_group: dict[str, tuple[str, ...]] = {}
    for one in framework.lines:
        if one.levels:
            of_group[one.group] = one.levels
        found[one.code] = of_group.get(one.group, framework.levels)
    return found
