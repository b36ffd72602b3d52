"""Run an import: a foreign source, by a map, into a Plan and a report of what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jmespath

from sm_planner.engine.catalogue_import.coverage import Left, Way, into, left_over, taken
from sm_planner.engine.catalogue_import.fitting import LeftOut, Reporter, fit, items, looked_up
from sm_planner.engine.catalogue_import.map_file import CollectionMap, FieldMap, Map
from sm_planner.engine.catalogue_import.sources import Source, read_source
from sm_planner.engine.fields import Spec, specs
from sm_planner.engine.model import COLLECTIONS, Plan, RaciEntry
from sm_planner.engine.plan_file.decode import decode
from sm_planner.engine.plan_file.problems import Place
from sm_planner.engine.plan_file.yaml_tree import Node
from sm_planner.engine.texts import N_, say

_EMPTY = (None, "", [], {})


@dataclass(frozen=True)
class Imported:
    """The plan, the values that were left out, and how many values no expression of the map names.

    unmapped: way in the source → how many values stand there; first_unmapped: where the first of them stands.
    """

    plan: Plan
    left_out: tuple[LeftOut, ...]
    unmapped: dict[str, int]
    first_unmapped: dict[str, Place]

    def summary(self) -> str:
        """How many records there are of each kind."""
        counts = {name: len(records) for name, records in self.plan.index.items() if records}
        return ", ".join(f"{count} {name}" for name, count in counts.items())

    def as_dict(self) -> dict[str, Any]:
        return {
            "records": {name: len(records) for name, records in self.plan.index.items()},
            "left_out": [left_out.as_dict() for left_out in self.left_out],
            "unmapped": self.unmapped,
            "first_unmapped": {way: str(place) for way, place in self.first_unmapped.items()},
        }


@dataclass
class _Draft:
    """A record that is being made: the values of its fields, as texts and lists."""

    id: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)


_Drafts = dict[str, dict[str, _Draft]]
"""Collection → id in lower case → draft."""


def run(source: str | Path, map: Map) -> Imported:
    """Import a file. Raises PlanFileError where the source or the plan's own fields cannot be read."""
    return _Import(read_source(source), map).run()


class _Import:
    def __init__(self, source: Source, map: Map):
        self.source = source
        self.map = map
        self.data = items(source.data) if map.documents else source.data
        self.left_out = [LeftOut(one.place, "", one.name, "", one.reason) for one in source.unread]

    def run(self) -> Imported:
        file = self.source.file
        header = self._draft("plan", Plan, self.map.plan, self.data, file) or _Draft("", file)
        drafts = {name: self._collection(name, parts) for name, parts in self.map.collections.items()}
        self._keep_links("plan", Plan, header, drafts)
        while self._drop_unfit(drafts):
            pass
        root = _node({"plan": header.values}, file)
        for name, records in drafts.items():
            root.value[name] = Node([_node(draft.values, draft.place) for draft in records.values()], file)
        left = self._unmapped()
        return Imported(
            decode(root),
            tuple(self.left_out),
            {way: one.count for way, one in left.items()},
            {way: one.first for way, one in left.items()},
        )

    def _reporter(self, place: Place, name: str, draft: _Draft, field_name: str) -> Reporter:
        return Reporter(self.left_out, place, f"{name} {draft.id}".strip(), field_name)

    def _collection(self, name: str, parts: tuple[CollectionMap, ...]) -> dict[str, _Draft]:
        records: dict[str, _Draft] = {}
        for part in parts:
            for item, place in self._items(name, part):
                draft = self._draft(name, COLLECTIONS[name].record, part.fields, item, place)
                if draft is None:
                    continue
                first = records.setdefault(draft.id.casefold(), draft)
                if first is not draft:
                    self._again(name, first, draft, part.distinct)
        return records

    def _items(self, name: str, part: CollectionMap) -> Iterator[tuple[Any, Place]]:
        report = Reporter(self.left_out, self.source.file, name, "from")
        for item in items(self._searched(part.items, self.data, report)):
            place = self.source.place(item)
            if item is None:
                continue
            if part.each is None:
                yield item, place
                continue
            report = Reporter(self.left_out, place, name, "each")
            for value in items(self._searched(part.each, item, report)):
                if value is not None:
                    whole = item if isinstance(item, dict) else {}
                    yield {**whole, "each": value}, self.source.place(value, place)

    def _searched(self, expression: Any, data: Any, report: Reporter) -> Any:
        """What an expression finds; nothing, and told, where it cannot work on what stands there."""
        try:
            return expression.search(data)
        except jmespath.exceptions.JMESPathError as error:
            report(data, say(N_("The map's expression does not fit it: {0}"), str(error).splitlines()[0]))
            return None

    def _draft(
        self, name: str, record: type, fields: dict[str, FieldMap], item: Any, place: Place
    ) -> _Draft | None:
        """The record that a map makes of an item; None, and told, where it has no id."""
        declared = specs(record)
        draft = _Draft("", place)
        for field_name, field_map in fields.items():
            report = self._reporter(place, name, draft, field_name)
            found = self._searched(field_map.expression, item, report)
            report.place = self.source.place(found, place)
            value = looked_up(field_map, found, report)
            if value in _EMPTY:
                continue
            draft.values[field_name] = fit(declared[field_name], value, report)
            if field_name == "id":
                draft.id = draft.values["id"] or ""
        if "id" not in declared:
            links = {
                name: draft.values.get(name) or "" for name, spec in declared.items() if spec.kind == "link"
            }
            draft.id = record(**links).id
        elif not draft.id:
            self._reporter(place, name, draft, "id")(item, say(N_("There is no id.")))
            return None
        return draft

    def _again(self, name: str, first: _Draft, again: _Draft, distinct: bool) -> None:
        """The same id again: distinct records are one, with the links and rows of both; others are left out."""
        if not distinct:
            reason = say(N_("The id is taken by {0}."), first.place)
            Reporter(self.left_out, again.place, name, "id")(again.id, reason)
            return
        for field_name, value in again.values.items():
            there = first.values.get(field_name)
            if isinstance(value, list):
                first.values[field_name] = [
                    *(there or []),
                    *(one for one in value if one not in (there or [])),
                ]
            elif there is None:
                first.values[field_name] = value
            elif value is not None and value != there:
                reason = say(N_("It is “{0}” at {1}."), there, first.place)
                self._reporter(again.place, name, again, field_name)(value, reason)

    def _drop_unfit(self, drafts: _Drafts) -> bool:
        """Take out links to what is not there, then records that lack what they must have; whether any did."""
        dropped = False
        for name, records in drafts.items():
            record = COLLECTIONS[name].record
            for id, draft in list(records.items()):
                self._keep_links(name, record, draft, drafts)
                missing = [
                    field_name
                    for field_name, spec in specs(record).items()
                    if spec.required and draft.values.get(field_name) in _EMPTY
                ]
                if (
                    record is RaciEntry
                    and not draft.values.get("role")
                    and draft.values.get("letter") != "N/A"
                ):
                    missing.append("role")
                if missing:
                    report = Reporter(self.left_out, draft.place, name, ", ".join(missing))
                    report(draft.id, say(N_("{0} is missing."), ", ".join(missing)))
                    del records[id]
                    dropped = True
        return dropped

    def _keep_links(self, name: str, record: type, draft: _Draft, drafts: _Drafts) -> None:
        """Take out links to records that the source does not hold."""

        def known(spec: Spec, id: str, field_name: str) -> bool:
            if id.casefold() in drafts.get(spec.target, {}):
                return True
            reason = say(N_("There is no such record in {0}."), spec.target)
            self._reporter(draft.place, name, draft, field_name)(id, reason)
            return False

        for field_name, spec in specs(record).items():
            value = draft.values.get(field_name)
            if not value:
                continue
            if spec.kind == "link" and not known(spec, value, field_name):
                del draft.values[field_name]
            elif spec.kind == "links":
                draft.values[field_name] = [id for id in value if known(spec, id, field_name)]
            elif spec.kind == "rows":
                draft.values[field_name] = [
                    row
                    for row in value
                    if all(
                        known(row_spec, row[row_field], f"{field_name}.{row_field}")
                        for row_field, row_spec in specs(spec.row).items()
                        if row_spec.kind == "link" and row.get(row_field)
                    )
                ]

    def _unmapped(self) -> dict[str, Left]:
        """What stands at each way in the source that the map does not name."""
        used: set[Way] = set()
        for field_map in self.map.plan.values():
            used |= set.union(*taken(field_map.expression.parsed))
        for part in (part for parts in self.map.collections.values() for part in parts):
            starts, besides = taken(part.items.parsed)
            used |= besides
            starts |= {into(way) for way in starts}
            for start in starts:
                used |= self._used_of_item(part, start)
        return left_over(self.data, used, self.source.place)

    def _used_of_item(self, part: CollectionMap, start: Way) -> set[Way]:
        used: set[Way] = set()
        each, besides = taken(part.each.parsed, start) if part.each else (set(), set())
        used |= besides
        for field_map in part.fields.values():
            for way in set.union(*taken(field_map.expression.parsed, start)):
                used |= {into(value) for value in each} if way == (*start, "each") else {way}
        return used


def _node(value: Any, place: Place) -> Node:
    """A tree of nodes that all stand at one place."""
    if isinstance(value, dict):
        kept = {name: _node(item, place) for name, item in value.items() if item not in _EMPTY}
        return Node(kept, place, dict.fromkeys(kept, place))
    if isinstance(value, list):
        return Node([_node(item, place) for item in value], place)
    return Node(value, place)
