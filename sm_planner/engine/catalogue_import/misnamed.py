"""What a map names and its source does not have: misspelt columns, sheets and names, with the nearest that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sm_planner.engine.catalogue_import.coverage import Way, into, missing, taken
from sm_planner.engine.catalogue_import.map_file import CollectionMap, Map
from sm_planner.engine.catalogue_import.sources import Source
from sm_planner.engine.model.values import closest
from sm_planner.engine.reading.problems import Place, Problem
from sm_planner.engine.texts import N_, Text, say

_SHOWN = 10
"""Names that are shown where none is near."""


def misnamed(map: Map, source: Source, found: Collection[int]) -> tuple[Problem, ...]:
    """A problem for each name in an expression that is not there; found: Python's ids of the parts that found an item.

    A table has all its columns, so that every other name is told. In YAML and JSON what is optional may be nowhere: a
    name is told there if a part finds nothing because of it, or if one is there that is much like it and that the map
    does not take.
    """
    parts = [part for parts in map.collections.values() for part in parts]
    fields = [
        *((one.place, way, ()) for one in map.plan.values() for way in _ways(one.expression, ())),
        *(of_field for part in parts for of_field in _of_fields(part) if id(part) in found),
    ]
    named = {name for _, way, _ in fields for name in way}
    problems: dict[Problem, None] = {}
    for part in (part for part in parts if id(part) not in found):
        lacks = (missing(source.data, way) for way in sorted(_ways(part.items, ())))
        problems.update(dict.fromkeys(_named_nothing(part.place, lack) for lack in lacks if lack))
    for place, way, start in fields:
        columns = source.headings.get(start[:-1]) if start[-1:] == ("[]",) else None
        if columns is None:
            lack = missing(source.data, way)
            near = closest(lack[0], lack[1]) if lack else ""
            if lack and near and near not in named:
                problems[_named_nothing(place, lack)] = None
        elif way[len(start)] not in columns:
            message = say(N_("There is no column “{0}”."), way[len(start)])
            problems[Problem(place, message, _instead(way[len(start)], columns))] = None
    return tuple(problems)


def _of_fields(part: CollectionMap) -> Iterator[tuple[Place, Way, Way]]:
    """Of each field of a part, and of its ``each``: its place, the ways that it names, and the way to its item."""
    for start in sorted({start for way in taken(part.items.parsed)[0] for start in (way, into(way))}):
        expressions = [(one.place, one.expression) for one in part.fields.values()]
        for place, expression in (*expressions, *([(part.each_place, part.each)] if part.each else [])):
            for way in sorted(_ways(expression, start)):
                if len(way) > len(start) and not (part.each and way[len(start)] == "each"):
                    yield place, way, start


def _ways(expression: Any, start: Way) -> set[Way]:
    return set.union(*taken(expression.parsed, start))


def _named_nothing(place: Place, lack: tuple[str, list[str]]) -> Problem:
    name, there = lack
    return Problem(place, say(N_("The source has no “{0}”."), name), _instead(name, there))


def _instead(name: str, there: Collection[str]) -> Text:
    near = closest(name, there)
    if near:
        return say(N_("Write “{0}”."), near)
    return say(
        N_("Use one of {0}."), ", ".join((*list(there)[:_SHOWN], *(("…",) if len(there) > _SHOWN else ())))
    )
