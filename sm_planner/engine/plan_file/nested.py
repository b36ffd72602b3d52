"""What plan files had elsewhere before.

Facts beneath the record that they are about: ``measurements`` beneath an objective or an agreement, ``evidence`` beneath a
commitment and ``acknowledged`` at the holder of a role are read as if they stood in their sections, each with the id of the
record that it was beneath. The one upkeep of a component, ``maintenance_minutes`` and ``maintenance_days``, is read as the first
row of its ``maintenance``; a rhythm without a length said nothing, and is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sm_planner.engine.model.services import FORMER_UPKEEP
from sm_planner.engine.reading.yaml_tree import Node


@dataclass(frozen=True)
class Nested:
    """A field of a section's records that holds facts. facts: their section. link: the field that names the record."""

    section: str
    field: str
    facts: str
    link: str


NESTED = (
    Nested("objectives", "measurements", "measurements", "objective"),
    Nested("agreements", "measurements", "measurements", "agreement"),
    Nested("commitments", "evidence", "evidence", "commitment"),
)
HOLDERS, ACKNOWLEDGED, ACKNOWLEDGEMENTS = "holders", "acknowledged", "acknowledgements"


def unnest(root: Node) -> None:
    """Move the facts of a plan file to their sections. What has another form than expected stays for the reader to tell."""
    for nested in NESTED:
        for record in _mappings(root.value.get(nested.section)):
            held = record.value.get(nested.field)
            id = record.value.get("id")
            if id is None or held is None or not isinstance(held.value, (list, type(None))):
                continue
            for fact in held.value or ():
                if isinstance(fact.value, dict):
                    fact.value.setdefault(nested.link, id)
                _section(root, nested.facts, held).value.append(fact)
            _take(record, nested.field)
    for role in _mappings(root.value.get("roles")):
        for holder in _mappings(role.value.get(HOLDERS)):
            id, person, day = (role.value.get("id"), *map(holder.value.get, ("person", ACKNOWLEDGED)))
            if id is None or person is None or day is None:
                continue
            if day.value is not None:
                fact = Node({"person": person, "role": id, "day": day}, day.place)
                _section(root, ACKNOWLEDGEMENTS, day).value.append(fact)
            _take(holder, ACKNOWLEDGED)
    for component in _mappings(root.value.get("components")):
        held = {old: component.value[old] for old in FORMER_UPKEEP if old in component.value}
        if not held or "maintenance" in component.value:
            continue
        row = {FORMER_UPKEEP[old]: node for old, node in held.items() if node.value is not None}
        if "minutes" in row:
            place = row["minutes"].place
            component.value["maintenance"] = Node([Node(row, place)], place)
        for old in held:
            _take(component, old)


def _mappings(node: Node | None) -> Iterator[Node]:
    if node is not None and isinstance(node.value, list):
        yield from (item for item in node.value if isinstance(item.value, dict))


def _section(root: Node, name: str, beside: Node) -> Node:
    """The section of a plan file, made where there is none; where it is no list, the reader tells."""
    section = root.value.get(name)
    if section is None or section.value is None:
        section = root.value[name] = Node([], beside.place)
    return section if isinstance(section.value, list) else Node([], section.place)


def _take(node: Node, field: str) -> None:
    del node.value[field]
    node.key_places.pop(field, None)
