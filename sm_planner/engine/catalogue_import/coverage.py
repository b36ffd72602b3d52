"""Which values of a source an expression takes, and which are left over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.plan_file.problems import Place

Way = tuple[str, ...]
"""The way to a value: names, with ``[]`` for a step into a list."""


def taken(node: dict[str, Any], start: Way = ()) -> tuple[set[Way], set[Way]]:
    """Follow a parsed JMESPath expression from a place.

    Returns the ways to what it results in, and the ways to what it looks at besides (filters, arguments).
    """
    kind, children = node["type"], node["children"]
    if kind in ("current", "identity"):
        return {start}, set()
    if kind == "field":
        return {(*start, node["value"])}, set()
    if kind in ("index", "slice"):
        return {(*start, "[]")}, set()
    if kind in ("subexpression", "index_expression", "pipe"):
        return _through(children, {start})
    if kind in ("projection", "value_projection", "filter_projection", "flatten"):
        return _projection(kind, children, start)
    results: set[Way] = set()
    looked_at: set[Way] = set()
    for child in children:
        if isinstance(child, dict):
            found, besides = taken(child, start)
            results |= found
            looked_at |= besides
    if kind in ("or_expression", "and_expression", "multi_select_list", "multi_select_dict", "key_val_pair"):
        return results, looked_at
    return set(), results | looked_at


def _through(steps: Iterable[dict[str, Any]], starts: set[Way]) -> tuple[set[Way], set[Way]]:
    looked_at: set[Way] = set()
    for step in steps:
        reached: set[Way] = set()
        for start in starts:
            found, besides = taken(step, start)
            reached |= found
            looked_at |= besides
        starts = reached
    return starts, looked_at


def _projection(kind: str, children: list[dict[str, Any]], start: Way) -> tuple[set[Way], set[Way]]:
    lists, looked_at = taken(children[0], start)
    items = {way if kind == "value_projection" else into(way) for way in lists}
    if kind == "flatten":
        return items, looked_at
    if kind == "filter_projection":
        for way in items:
            found, besides = taken(children[2], way)
            looked_at |= found | besides
    reached, besides = _through(children[1:2], items)
    return reached, looked_at | besides


def into(way: Way) -> Way:
    """A step into a list; flattened lists count as one."""
    return way if way and way[-1] == "[]" else (*way, "[]")


@dataclass
class Left:
    """Values at one way: how many there are, and where the first of them stands."""

    count: int
    first: Place


def left_over(data: Any, used: set[Way], place_of: Callable[..., Place]) -> dict[str, Left]:
    """The values at each way that no expression takes. Empty values do not count.

    What an expression takes of some items counts as taken of all that stand at the same way.
    place_of: gives the place of a value, or else the one of what holds it.
    """
    found: dict[str, Left] = {}
    open_values: list[tuple[Way, Any, Place]] = [((), data, place_of(data))]
    while open_values:
        way, value, place = open_values.pop()
        if way in used or value in (None, "", [], {}):
            continue
        place = place_of(value, place)
        if isinstance(value, dict):
            open_values += [((*way, str(key)), item, place) for key, item in reversed(value.items())]
        elif isinstance(value, list):
            open_values += [(into(way), item, place) for item in reversed(value)]
        else:
            found.setdefault(written(way), Left(0, place)).count += 1
    return found


def written(way: Way) -> str:
    return ".".join(way).replace(".[]", "[]")
