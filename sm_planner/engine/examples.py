"""The sample plans that come with the project: for tests, the demo and a first try on a site."""

from __future__ import annotations

import re
from pathlib import Path

from sm_planner.engine.checks.depths import FIRST, GROWN
from sm_planner.engine.gates.mandate import WHY_TEMPLATE

FOLDER = Path(__file__).parents[2] / "fixtures" / "plans"
NEW = {FIRST: "first", GROWN: "minimal"}
"""Depth → the sample that a new plan of it begins with."""

NAMES = ("example", "minimal", "first")
_WHY = re.compile(r"^(  why: >-\n)(?:    .*\n)+", re.MULTILINE)


def example_path(name: str) -> Path:
    """Where a sample plan stands. Raises FileNotFoundError where the project's fixtures are not installed."""
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise FileNotFoundError(2, "The sample plans come with the project's checkout only", str(path))
    return path


def example_text(name: str) -> str:
    return example_path(name).read_text(encoding="utf-8")


def new_plan_text(depth: str = FIRST) -> str:
    """The file of a new plan of a depth, with a why that is still to be written (see PLN-03).

    It is the smallest sample of that depth; there is none for a complete plan, which grows out of a grown one.
    """
    return _WHY.sub(rf"\g<1>    {WHY_TEMPLATE}\n", example_text(NEW[depth]))
