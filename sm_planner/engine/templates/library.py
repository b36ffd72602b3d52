"""The templates that come with SM Planner, as data: a file each in ``sm_planner/plan_templates``.

A file has the sections of a :mod:`plan file <sm_planner.engine.plan_file>`, and beside them::

    template: {id: …, title: …, about: …, parts: [beginnings]}   # what several have in common, of the folder "parts"
    agreements:
    - {id: …, targets: {Response: {values: [15 Minutes, 1 Hours], method: …, source: …}}}   # of P1, P2 …; measured monthly
    raci:                       # process → role → letter
      incident: {service-owner: A, agent: R}
    more:                       # what belongs to some situations, or to some depths of a plan, alone
      - {depth: Grown, processes: […]}
      - {situations: [Improve], improvements: […]}

Two people stand for those whom the new plan names: ``plan-owner`` and ``sponsor``. Days are those of a plan for the year
:data:`YEAR`, and are moved into the period of the new one; the time zone of calendars is :data:`ZONE`, and becomes its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.vocabulary import DEPTHS, MONTHLY, PRIORITIES
from sm_planner.engine.plan_file.decode import decode
from sm_planner.engine.reading.yaml_tree import Node, parse_yaml, read_file

SHIPPED = Path(__file__).parents[2] / "plan_templates"
YEAR, ZONE = 2000, "UTC"
PLAN_OWNER, SPONSOR = "plan-owner", "sponsor"
ID = "template"
"""The id of what a template holds, read as a plan."""
_STAND_INS = f"""
- {{id: {PLAN_OWNER}, title: Plan owner}}
- {{id: {SPONSOR}, title: Executive sponsor}}
"""


@dataclass(frozen=True)
class Template:
    """What people choose by: a title, and for whom it is. path: its file."""

    id: str
    title: str
    about: str
    path: Path

    def content(self, situation: str, depth: str) -> Plan:
        """What it holds for a situation and a depth of the plan (an empty one: all of it), as a plan in :data:`YEAR`."""
        return _content(self.path, situation, depth)


@cache
def shipped() -> dict[str, Template]:
    """Id → template, the smallest context first."""
    found = [read(path) for path in SHIPPED.glob("*.yaml")]
    return {one.id: one for one in sorted(found, key=lambda one: (len(one.content("", "").roles), one.id))}


def read(path: Path) -> Template:
    """The template of a file."""
    said = _tree(path).value["template"].value
    return Template(said["id"].value, said["title"].value, said["about"].value, path)


@cache
def _content(path: Path, situation: str, depth: str) -> Plan:
    root = _tree(path)
    said, more = root.value.pop("template"), root.value.pop("more")
    for name in ("template", "more"):
        del root.key_places[name]
    for part in (*more.value, *_common(said)):
        if _applies(part, situation, depth):
            _add(root, part)
    if letters := root.value.get("raci"):
        letters.value = list(_entries(letters))
    for agreement in root.value["agreements"].value if "agreements" in root.value else ():
        targets = agreement.value["targets"]
        targets.value = list(_targets(targets))
    root.value["people"] = parse_yaml(_STAND_INS, path.name)
    root.value["plan"].value.update(_header(said.value["id"].value).value)
    return decode(root)


def _tree(path: Path) -> Node:
    return parse_yaml(read_file(path), path.name)


def _common(said: Node) -> Iterator[Node]:
    """The parts that a template has in common with others."""
    for name in said.value["parts"].value:
        yield from _tree(SHIPPED / "parts" / f"{name.value}.yaml").value["more"].value


def _header(template: str) -> Node:
    period = f"period_start: {YEAR}-01-01\nperiod_end: {YEAR}-12-31"
    people = f"plan_owner: {PLAN_OWNER}\nexecutive_sponsor: {SPONSOR}"
    return parse_yaml(f"id: {ID}\n{period}\n{people}\ntemplates: [{template}]", ID)


def _applies(part: Node, situation: str, depth: str) -> bool:
    """Whether a part belongs to a situation and a depth; where none is asked for, all do."""
    situations, least = part.value.get("situations"), part.value.get("depth")
    if situations and situation and situation not in [one.value for one in situations.value]:
        return False
    return not (least and depth) or DEPTHS.index(least.value) <= DEPTHS.index(depth)


def _add(root: Node, part: Node) -> None:
    for name, node in part.value.items():
        if name in ("situations", "depth"):
            continue
        there = root.value.setdefault(name, Node({} if name == "raci" else [], node.place))
        if name == "raci":
            for process, letters in node.value.items():
                there.value.setdefault(process, Node({}, letters.place)).value.update(letters.value)
        else:
            there.value.extend(node.value)


def _entries(letters: Node) -> Iterator[Node]:
    """Process → role → letter as the entries of a plan file."""
    for process, roles in letters.value.items():
        for role, letter in roles.value.items():
            place = letter.place
            yield Node({"process": Node(process, place), "role": Node(role, place), "letter": letter}, place)


def _targets(metrics: Node) -> Iterator[Node]:
    """Metric → values, the highest priority first, as the targets of a plan file."""
    for metric, said in metrics.value.items():
        place = said.place
        for priority, written in zip(PRIORITIES, said.value["values"].value, strict=False):
            value, _space, unit = written.value.partition(" ")
            row = {
                "metric": metric,
                "priority": priority,
                "value": value,
                "unit": unit,
                "measured_over": MONTHLY,
            }
            named = {name: Node(text, place) for name, text in row.items()}
            yield Node({**named, "method": said.value["method"], "source": said.value["source"]}, place)


TAKEN = tuple(name for name, one in COLLECTIONS.items() if "taken_from" in specs(one.record))
"""Collections whose records can be taken from a template."""
