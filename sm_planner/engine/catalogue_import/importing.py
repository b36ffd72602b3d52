"""Run an import: a foreign source, by a map, into a Plan and a report of what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jmespath

from sm_planner.engine.catalogue_import.coverage import (
    Left,
    Used,
    Way,
    Ways,
    into,
    left_over,
    mappings,
    taken,
)
from sm_planner.engine.catalogue_import.fitting import LeftOut, Reporter, fit, items, looked_up
from sm_planner.engine.catalogue_import.functions import OPTIONS
from sm_planner.engine.catalogue_import.ids import Known, forms, ids_of, is_lossy, key_of
from sm_planner.engine.catalogue_import.map_file import CollectionMap, FieldMap, Map
from sm_planner.engine.catalogue_import.misnamed import misnamed
from sm_planner.engine.catalogue_import.sources import Source, read_source
from sm_planner.engine.model import COLLECTIONS, Plan, RaciEntry
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.values import slug
from sm_planner.engine.plan_file.decode import decode
from sm_planner.engine.reading.problems import Place, PlanFileError, Problem
from sm_planner.engine.reading.yaml_tree import Node
from sm_planner.engine.texts import N_, say

_EMPTY = (None, "", [], {})


@dataclass(frozen=True)
class Imported:
    """The plan, the values that were left out, and how many values no expression of the map names.

    unmapped: way in the source → how many values stand there; first_unmapped: where the first of them stands.
    misnamed: what the map names and the source does not have.
    """

    plan: Plan
    left_out: tuple[LeftOut, ...]
    unmapped: dict[str, int]
    first_unmapped: dict[str, Place]
    misnamed: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the map placed nothing: the plan holds no record."""
        return not any(self.plan.index.values())

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
            "misnamed": [problem.as_dict() for problem in self.misnamed],
        }


@dataclass
class _Draft:
    """A record that is being made: the values of its fields, as texts and lists.

    name: what the source calls it, and ids and links are before all names are known; afterwards links are keys of other
    drafts. forms: the name from its shortest form to the whole.
    """

    name: str
    place: Place
    forms: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


_Drafts = dict[str, dict[str, _Draft]]
"""Collection → key of the name → draft."""
_Link = Callable[[Spec, str, str], "str | None"]
"""Takes the spec, the value and the name of a link; gives what it is instead, or None where it is none."""


def run(source: str | Path, map: Map) -> Imported:
    """Import a file. Raises PlanFileError where the source or the plan's own fields cannot be read."""
    return _Import(read_source(source, documents=map.documents), map).run()


class _Import:
    def __init__(self, source: Source, map: Map):
        self.source = source
        self.map = map
        self.left_out = [LeftOut(one.place, "", one.name, one.value, one.reason) for one in source.unread]
        self.seen: dict[int, list[CollectionMap]] = {}
        """Python's id of each mapping of the source that was an item → the parts of the map that it was one of."""
        self.found: set[int] = set()
        """Python's ids of the parts that found an item."""
        self.of_all: set[int] = set()
        """Those that found a text or a number: what they take counts wherever it stands."""

    def run(self) -> Imported:
        file = self.source.file
        header = self._draft("plan", Plan, self.map.plan, self.source.data, file) or _Draft("", file)
        drafts = {name: self._collection(name, parts) for name, parts in self.map.collections.items()}
        known = {name: Known(records) for name, records in drafts.items()}
        self._link("plan", Plan, header, self._named(known, "plan", header))
        for name, records in drafts.items():
            for draft in records.values():
                self._link(name, COLLECTIONS[name].record, draft, self._named(known, name, draft))
        while self._drop_unfit(drafts):
            pass
        self._link("plan", Plan, header, self._kept(drafts, "plan", header))
        wrong = misnamed(self.map, self.source, self.found)
        try:
            plan = decode(self._tree(header, drafts))
        except PlanFileError as error:
            raise PlanFileError((*wrong, *error.problems)) from None
        left = self._unmapped()
        return Imported(
            plan,
            tuple(self.left_out),
            {way: one.count for way, one in left.items()},
            {way: one.first for way, one in left.items()},
            wrong,
        )

    def _tree(self, header: _Draft, drafts: _Drafts) -> Node:
        """The plan as a tree: ids instead of names and keys."""
        ids = {
            name: ids_of({key: draft.forms for key, draft in records.items()}, slug(COLLECTIONS[name].label))
            for name, records in drafts.items()
            if "id" in specs(COLLECTIONS[name].record)
        }

        def id_of(spec: Spec, key: str, field_name: str) -> str:
            return ids[spec.target][key]

        self._link("plan", Plan, header, id_of)
        if header.forms:
            (header.values["id"],) = ids_of({header.name: header.forms}, "plan").values()
        file = self.source.file
        root = _node({"plan": header.values}, file)
        for name, records in drafts.items():
            made: dict[str, _Draft] = {}
            for key, draft in records.items():
                self._link(name, COLLECTIONS[name].record, draft, id_of)
                if name in ids:
                    draft.values["id"] = ids[name][key]
                    self._keep_name(name, draft)
                first = made.setdefault(draft.values.get("id") or _id_of_links(name, draft), draft)
                if first is not draft:
                    self._taken(name, draft, first)
            root.value[name] = Node([_node(draft.values, draft.place) for draft in made.values()], file)
        return root

    def _keep_name(self, name: str, draft: _Draft) -> None:
        """A name that its id cannot stand for is the title of a record that has none."""
        title = specs(COLLECTIONS[name].record).get("title")
        if title and not draft.values.get("title") and is_lossy(draft.name):
            draft.values["title"] = fit(title, draft.name, self._reporter(draft.place, name, draft, "title"))

    def _reporter(self, place: Place, name: str, draft: _Draft, field_name: str) -> Reporter:
        return Reporter(self.left_out, place, f"{name} {draft.name}".strip(), field_name)

    def _collection(self, name: str, parts: tuple[CollectionMap, ...]) -> dict[str, _Draft]:
        records: dict[str, _Draft] = {}
        for part in parts:
            for item, place in self._items(name, part):
                draft = self._draft(name, COLLECTIONS[name].record, part.fields, item, place)
                if draft is None:
                    continue
                first = records.setdefault(key_of(draft.name), draft)
                if first is not draft:
                    self._again(name, first, draft, part.distinct)
        return records

    def _items(self, name: str, part: CollectionMap) -> Iterator[tuple[Any, Place]]:
        report = Reporter(self.left_out, self.source.file, name, "from")
        for item in items(self._searched(part.items, self.source.data, report)):
            place = self.source.place(item)
            if item is None:
                continue
            self.found.add(id(part))
            if isinstance(item, dict):
                self.seen.setdefault(id(item), []).append(part)
            else:
                self.of_all.add(id(part))
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
            return expression.search(data, OPTIONS)
        except jmespath.exceptions.JMESPathError as error:
            report(data, say(N_("The expression in the map does not fit: {0}"), str(error).splitlines()[0]))
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
                draft.name = draft.values["id"] or ""
                draft.forms = forms(draft.name, field_map.short)
        if "id" not in declared:
            draft.name = _id_of_links(name, draft)
        elif not draft.name:
            self._reporter(place, name, draft, "id")(item, say(N_("The id is missing.")))
            return None
        return draft

    def _again(self, name: str, first: _Draft, again: _Draft, distinct: bool) -> None:
        """The same id again: distinct records are one, with the links and rows of both; others are left out."""
        if not distinct:
            self._taken(name, again, first)
            return
        declared = specs(COLLECTIONS[name].record)
        for field_name, value in again.values.items():
            there = first.values.get(field_name)
            is_name = declared[field_name].kind in ("key", "link")
            if is_name and there and value and key_of(there) == key_of(value):
                continue
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

    def _taken(self, name: str, again: _Draft, first: _Draft) -> None:
        reason = say(N_("The id is already used by {0}."), first.place)
        Reporter(self.left_out, again.place, name, "id")(again.name, reason)

    def _drop_unfit(self, drafts: _Drafts) -> bool:
        """Take out links to what is not there, then records that lack what they must have; whether any did."""
        dropped = False
        for name, records in drafts.items():
            record = COLLECTIONS[name].record
            for key, draft in list(records.items()):
                self._link(name, record, draft, self._kept(drafts, name, draft))
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
                    report(draft.name, say(N_("{0} is missing."), ", ".join(missing)))
                    del records[key]
                    dropped = True
        return dropped

    def _named(self, known: dict[str, Known], name: str, draft: _Draft) -> _Link:
        """Names that stand in links → the keys of the records that are called so; none and told, where there are not one."""

        def key(spec: Spec, called: str, field_name: str) -> str | None:
            found = known[spec.target].find(called) if spec.target in known else []
            report = self._reporter(draft.place, name, draft, field_name)
            if not found:
                report(called, say(N_("There is no such record in {0}."), spec.target))
            elif len(found) > 1:
                report(called, say(N_("It must be one of {0}."), ", ".join(found)))
            elif spec.target == name and found[0] == key_of(draft.name):
                report(called, say(N_("It refers to itself.")))
            else:
                return found[0]
            return None

        return key

    def _kept(self, drafts: _Drafts, name: str, draft: _Draft) -> _Link:
        """Keys that stand in links, of the records that are still there."""

        def kept(spec: Spec, key: str, field_name: str) -> str | None:
            if key in drafts[spec.target]:
                return key
            reason = say(N_("There is no such record in {0}."), spec.target)
            self._reporter(draft.place, name, draft, field_name)(key, reason)
            return None

        return kept

    def _link(self, name: str, record: type, draft: _Draft, link: _Link) -> None:
        """Put what ``link`` gives in the place of each link of a record; each stands there once."""
        for field_name, spec in specs(record).items():
            value = draft.values.get(field_name)
            if not value:
                continue
            if spec.kind == "link":
                draft.values[field_name] = link(spec, value, field_name)
            elif spec.kind == "links":
                found = dict.fromkeys(link(spec, one, field_name) for one in value)
                draft.values[field_name] = [one for one in found if one is not None]
            elif spec.kind == "rows":
                rows = (_linked_row(spec, row, field_name, link) for row in value)
                draft.values[field_name] = _once(row for row in rows if row is not None)

    def _unmapped(self) -> dict[str, Left]:
        """What stands at each way in the source that the map does not name."""
        used: set[Way] = set()
        for field_map in self.map.plan.values():
            used |= set.union(*taken(field_map.expression.parsed))
        of_parts: dict[int, Ways] = {}
        own = {id(mapping) for mapping in mappings(self.source.data)}
        made = {id(part) for item, parts in self.seen.items() if item not in own for part in parts}
        for part in (part for parts in self.map.collections.values() for part in parts):
            starts, besides = taken(part.items.parsed)
            used |= besides | (starts if id(part) in made else set())
            starts |= {into(way) for way in starts}
            of_part = set[Way]().union(*(self._used_of_item(part, start) for start in starts))
            of_parts[id(part)] = Ways(of_part)
            if id(part) in self.of_all | made:
                used |= of_part
        of_items: dict[int, Used] = {
            item: tuple(of_parts[id(part)] for part in parts) for item, parts in self.seen.items()
        }
        return left_over(self.source.data, Ways(used), of_items, self.source.place)

    def _used_of_item(self, part: CollectionMap, start: Way) -> set[Way]:
        each, used = taken(part.each.parsed, start) if part.each else (set(), set())
        values = {one for way in each for one in (way, into(way))}
        name = len(start) + 1
        for field_map in part.fields.values():
            for way in set.union(*taken(field_map.expression.parsed, start)):
                of_each = part.each and way[:name] == (*start, "each")
                used |= {(*value, *way[name:]) for value in values} if of_each else {way}
        return used


def _id_of_links(name: str, draft: _Draft) -> str:
    """The id of a record that is told apart by what it links."""
    record = COLLECTIONS[name].record
    declared = specs(record).items()
    return record(
        **{field: draft.values.get(field) or "" for field, spec in declared if spec.kind == "link"}
    ).id


def _linked_row(spec: Spec, row: dict[str, Any], field_name: str, link: _Link) -> dict[str, Any] | None:
    """A row with what ``link`` gives in the place of each of its links; None where it gives nothing for one."""
    linked = dict(row)
    for row_field, row_spec in specs(spec.row).items():
        if row_spec.kind == "link" and row.get(row_field):
            linked[row_field] = link(row_spec, row[row_field], f"{field_name}.{row_field}")
            if linked[row_field] is None:
                return None
    return linked


def _once(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return found


def _node(value: Any, place: Place) -> Node:
    """A tree of nodes that all stand at one place."""
    if isinstance(value, dict):
        kept = {name: _node(item, place) for name, item in value.items() if item not in _EMPTY}
        return Node(kept, place, dict.fromkeys(kept, place))
    if isinstance(value, list):
        return Node([_node(item, place) for item in value], place)
    return Node(value, place)
