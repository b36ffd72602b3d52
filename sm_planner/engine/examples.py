"""The sample plans that come with the project: for tests, the demo and a first try on a site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sm_planner.engine.checks.depths import FIRST, GROWN
from sm_planner.engine.gates.mandate import WHY_TEMPLATE
from sm_planner.engine.model import Plan
from sm_planner.engine.plan_file import tree
from sm_planner.engine.plan_file.decode import decode
from sm_planner.engine.reading.yaml_tree import Node, parse_yaml

FOLDER = Path(__file__).parents[2] / "fixtures" / "plans"
NEW = {FIRST: "first", GROWN: "minimal"}
"""Depth → the sample that a new plan of it begins with."""

NAMES = ("example", "minimal", "first")
EXAMPLE, FAULTS = "example", "faults"
_WHY = re.compile(r"^(  why: >-\n)(?:    .*\n)+", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """Something that is wrong in the faulty twin of the example.

    shows: the rules that tell it. change: record → its fields; ``plan`` is the plan itself. gone: records that the twin lacks.
    add: collection → records that the twin has beside.
    """

    says: str
    shows: tuple[str, ...]
    change: dict[str, Node] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    add: dict[str, Node] = field(default_factory=dict)

    def befall(self, plan: Node) -> None:
        """Bring it into the tree of a plan file."""
        for name, fields in self.change.items():
            _record(plan, name).value.update(fields.value)
        for name in self.gone:
            plan.value[name.partition("/")[0]].value.remove(_record(plan, name))
        for collection, records in self.add.items():
            plan.value[collection].value.extend(records.value)


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


def faults() -> tuple[Fault, ...]:
    """What is wrong in the faulty twin of the example, each time anew: trees are changed by whoever reads them."""
    root = parse_yaml(example_text(FAULTS), f"{FAULTS}.yaml")
    return tuple(_fault(node.value) for node in root.value)


def twin_with(faults: Iterable[Fault]) -> Plan:
    """The example with faults in it, which it does not have of its own."""
    root = tree(example_text(EXAMPLE), f"{EXAMPLE}.yaml")
    for one in faults:
        one.befall(root)
    return decode(root)


def faulty_twin() -> Plan:
    """The example with all that is wrong in its twin: findings of every family of rules."""
    return twin_with(faults())


def _fault(written: dict[str, Node]) -> Fault:
    def texts(name: str) -> tuple[str, ...]:
        return tuple(node.value for node in written[name].value) if name in written else ()

    def parts(name: str) -> dict[str, Node]:
        return written[name].value if name in written else {}

    return Fault(written["fault"].value, texts("shows"), parts("change"), texts("gone"), parts("add"))


def _record(plan: Node, name: str) -> Node:
    """The record of a tree that is named by its collection and id, or the plan itself."""
    collection, _slash, id = name.partition("/")
    node = plan.value[collection]
    return next(one for one in node.value if one.value["id"].value == id) if id else node
