"""Which values of a source an expression takes, and which are left over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.reading.problems import Place

Way = tuple[str, ...]
"""The way to a value: names, with ``[]`` for a step into a list and ``*`` for whatever name."""
_PASSING = frozenset(("not_null", "reverse", "sort", "sort_by", "to_array"))
"""Functions of JMESPath that give what they take."""
_PICKING = frozenset(("max", "max_by", "min", "min_by"))
"""Those that give one of the items."""


def taken(node: dict[str, Any], start: Way = ()) -> tuple[set[Way], set[Way]]:
    """Follow a parsed JMESPath expression from a place.

    Returns the ways to what it results in, and the ways to what it looks at besides (filters, arguments). In a list that
    the expression makes itself, ``[owner]``, a step into it may be none in the source: then both ways are given.
    """
    results, besides = _taken(node, start)
    if _makes_lists(node):
        for way in tuple(results):
            while way[-1:] == ("[]",) and len(way) > len(start) + 1:
                way = way[:-1]
                results.add(way)
    return results, besides


def _makes_lists(node: dict[str, Any]) -> bool:
    if node["type"] == "multi_select_list" or node.get("value") == "to_array":
        return True
    return any(_makes_lists(child) for child in node["children"] if isinstance(child, dict))


def _taken(node: dict[str, Any], start: Way) -> tuple[set[Way], set[Way]]:
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
    if kind == "function_expression":
        return _of_function(node["value"], children, start)
    results: set[Way] = set()
    looked_at: set[Way] = set()
    for child in children:
        if isinstance(child, dict):
            found, besides = _taken(child, start)
            results |= found
            looked_at |= besides
    if kind in ("or_expression", "and_expression", "multi_select_list", "multi_select_dict", "key_val_pair"):
        return results, looked_at
    return set(), results | looked_at


def _of_function(name: str, arguments: list[dict[str, Any]], start: Way) -> tuple[set[Way], set[Way]]:
    results: set[Way] = set()
    looked_at: set[Way] = set()
    for argument in arguments:
        if argument["type"] != "expref":
            found, besides = _taken(argument, start)
            results |= found
            looked_at |= besides
    of_items: set[Way] = set()
    for argument in arguments:
        if argument["type"] == "expref":
            for way in results:
                found, besides = _taken(argument["children"][0], into(way))
                of_items |= found
                looked_at |= besides
    if name == "map":
        return of_items, looked_at
    looked_at |= of_items
    if name in _PASSING:
        return results, looked_at
    if name in _PICKING:
        return {into(way) for way in results}, looked_at
    if name == "values":
        return {(*way, "*") for way in results}, looked_at
    return set(), looked_at if name == "keys" else looked_at | results


def _through(steps: Iterable[dict[str, Any]], starts: set[Way]) -> tuple[set[Way], set[Way]]:
    looked_at: set[Way] = set()
    for step in steps:
        reached: set[Way] = set()
        for start in starts:
            found, besides = _taken(step, start)
            reached |= found
            looked_at |= besides
        starts = reached
    return starts, looked_at


def _projection(kind: str, children: list[dict[str, Any]], start: Way) -> tuple[set[Way], set[Way]]:
    lists, looked_at = _taken(children[0], start)
    items = {(*way, "*") if kind == "value_projection" else into(way) for way in lists}
    if kind == "flatten":
        return items, looked_at
    if kind == "filter_projection":
        for way in items:
            found, besides = _taken(children[2], way)
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


class Ways:
    """Ways that are taken."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self._exact = frozenset(ways)
        self._open = tuple(way for way in self._exact if "*" in way)

    def __contains__(self, way: Way) -> bool:
        return way in self._exact or any(
            len(one) == len(way) and all(step in (there, "*") for step, there in zip(one, way, strict=True))
            for one in self._open
        )


Used = tuple[Ways, ...]


def left_over(
    data: Any, used: Ways, of_items: Mapping[int, Used], place_of: Callable[..., Place]
) -> dict[str, Left]:
    """The values at each way that no expression takes. Empty values do not count.

    used: ways of which the values are taken wherever they stand. of_items: Python's id of a mapping of the source → the
    ways that are taken of it alone, by the parts of the map that make a record of it.
    place_of: gives the place of a value, or else the one of what holds it.
    """
    found: dict[str, Left] = {}
    open_values: list[tuple[Way, Any, Place, Used]] = [((), data, place_of(data), (used,))]
    while open_values:
        way, value, place, ways = open_values.pop()
        if any(way in some for some in ways) or value in (None, "", [], {}):
            continue
        place = place_of(value, place)
        if isinstance(value, dict):
            ways = (*ways, *of_items.get(id(value), ()))
            open_values += [((*way, str(key)), item, place, ways) for key, item in reversed(value.items())]
        elif isinstance(value, list):
            open_values += [(into(way), item, place, ways) for item in reversed(value)]
        else:
            found.setdefault(written(way), Left(0, place)).count += 1
    return found


def written(way: Way) -> str:
    return ".".join(way).replace(".[]", "[]")


def mappings(data: Any) -> Iterator[dict[str, Any]]:
    """All mappings of a source."""
    open_values = [data]
    while open_values:
        value = open_values.pop()
        if isinstance(value, dict):
            yield value
            open_values += value.values()
        elif isinstance(value, list):
            open_values += value


def missing(data: Any, way: Way) -> tuple[str, list[str]] | None:
    """The first name on a way that nothing in the source has, and the names that stand there instead; None: all are."""
    here = [data]
    for step in way:
        if step == "[]":
            here = [item for value in here if isinstance(value, list) for item in value]
            continue
        there = [value for value in here if isinstance(value, dict)]
        found = [item for value in there for name, item in value.items() if step in (name, "*")]
        if not found:
            return (step, sorted({str(name) for value in there for name in value})) if there else None
        here = found
    return None
