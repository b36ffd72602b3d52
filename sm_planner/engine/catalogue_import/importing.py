"""Run an import: a foreign source, by a map, into a Plan and a report of what was left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sm_planner.engine.catalogue_import.coverage import Way, into, left_over, taken
from sm_planner.engine.catalogue_import.map_file import CollectionMap, FieldMap, Map
from sm_planner.engine.catalogue_import.sources import Source, read_source
from sm_planner.engine.fields import KEY_LENGTH, Spec, specs
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.plan_file.decode import decode
from sm_planner.engine.plan_file.problems import Place
from sm_planner.engine.plan_file.yaml_tree import Node
from sm_planner.engine.texts import N_, Text, say
from sm_planner.engine.values import ValueProblem, closest, parse, show


@dataclass(frozen=True)
class LeftOut:
    """A value of the source that found no place in the plan, and why."""

    place: Place
    record: str
    field: str
    value: str
    reason: Text

    def as_dict(self) -> dict[str, Any]:
        return {
            "source": self.place.source,
            "line": self.place.line,
            "record": self.record,
            "field": self.field,
            "value": self.value,
            "reason": str(self.reason),
        }

    def __str__(self) -> str:
        return f"{self.place}: {self.record} {self.field} “{self.value}”: {self.reason}"


@dataclass(frozen=True)
class Imported:
    """The plan, the values that were left out, and how many values no expression of the map names."""

    plan: Plan
    left_out: tuple[LeftOut, ...]
    unmapped: dict[str, int]

    def summary(self) -> str:
        """How many records there are of each kind."""
        counts = {name: len(records) for name, records in self.plan.index.items() if records}
        return ", ".join(f"{count} {name}" for name, count in counts.items())

    def as_dict(self) -> dict[str, Any]:
        return {
            "records": {name: len(records) for name, records in self.plan.index.items()},
            "left_out": [left_out.as_dict() for left_out in self.left_out],
            "unmapped": self.unmapped,
        }


@dataclass
class _Draft:
    """A record that is being made: the values of its fields, as texts and lists."""

    id: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)


def run(source: str | Path, map: Map) -> Imported:
    """Import a file. Raises PlanFileError where the source or the plan's own fields cannot be read."""
    return _Import(read_source(source), map).run()


class _Import:
    def __init__(self, source: Source, map: Map):
        self.source = source
        self.map = map
        self.left_out: list[LeftOut] = []

    def run(self) -> Imported:
        header = self._draft("plan", self.map.plan, specs(Plan), self.source.data, Place(self.source.name))
        drafts = {name: self._collection(name, part) for name, part in self.map.collections.items()}
        for name, records in drafts.items():
            for draft in records.values():
                self._keep_links(name, draft, drafts)
        root = _node({"plan": header.values if header else None}, Place(self.source.name))
        for name, records in drafts.items():
            place = Place(self.source.name)
            root.value[name] = Node([_node(draft.values, draft.place) for draft in records.values()], place)
        return Imported(decode(root), tuple(self.left_out), dict(self._unmapped()))

    def _collection(self, name: str, part: CollectionMap) -> dict[str, _Draft]:
        declared = specs(COLLECTIONS[name].record)
        records: dict[str, _Draft] = {}
        for item, place in self._items(part):
            draft = self._draft(name, part.fields, declared, item, place)
            if draft is None:
                continue
            first = records.setdefault(draft.id.casefold(), draft)
            if first is not draft:
                self._again(name, first, draft, part.distinct)
        return records

    def _items(self, part: CollectionMap) -> Iterator[tuple[Any, Place]]:
        found = part.items.search(self.source.data)
        for item in found if isinstance(found, list) else [found]:
            place = self.source.place(item)
            if part.each is None:
                yield item, place
            else:
                for value in part.each.search(item) or []:
                    yield {**item, "each": value}, place

    def _draft(
        self, name: str, fields: dict[str, FieldMap], declared: dict[str, Spec], item: Any, place: Place
    ) -> _Draft | None:
        draft = _Draft("", place)
        for field_name, field_map in fields.items():
            value = self._looked_up(field_map, field_map.expression.search(item))
            if value in (None, "", [], {}):
                continue
            spec = declared[field_name]
            report = _Reporter(self.left_out, place, f"{name} {draft.id}".strip(), field_name)
            draft.values[field_name] = _value(spec, value, report)
            if field_name == "id":
                draft.id = draft.values["id"] or ""
        if "id" in declared and not draft.id:
            _Reporter(self.left_out, place, name, "id")(item, say(N_("There is no id.")))
            return None
        return draft

    def _looked_up(self, field_map: FieldMap, value: Any) -> Any:
        return field_map.values.get(_written(value)) if field_map.values else value

    def _again(self, name: str, first: _Draft, again: _Draft, distinct: bool) -> None:
        """The same id again: distinct records pool their links, others are left out."""
        if not distinct:
            reason = say(N_("The id is taken by {0}."), first.place)
            _Reporter(self.left_out, again.place, name, "id")(again.id, reason)
            return
        for field_name, spec in specs(COLLECTIONS[name].record).items():
            if spec.kind == "links":
                both = [*first.values.get(field_name, []), *again.values.get(field_name, [])]
                first.values[field_name] = list(dict.fromkeys(both))

    def _keep_links(self, name: str, draft: _Draft, drafts: dict[str, dict[str, _Draft]]) -> None:
        """Take out links to records that the source does not hold."""

        def known(spec: Spec, id: str, field_name: str) -> bool:
            if id.casefold() in drafts.get(spec.target, {}):
                return True
            reason = say(N_("There is no such record in {0}."), spec.target)
            _Reporter(self.left_out, draft.place, f"{name} {draft.id}", field_name)(id, reason)
            return False

        for field_name, spec in specs(COLLECTIONS[name].record).items():
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

    def _unmapped(self) -> Counter[str]:
        """How many values stand at each way in the source that the map does not name."""
        used = set()
        for field_map in self.map.plan.values():
            used |= set.union(*taken(field_map.expression.parsed))
        for part in self.map.collections.values():
            items, besides = taken(part.items.parsed)
            used |= besides
            if isinstance(part.items.search(self.source.data), list):
                items = {into(way) for way in items}
            for start in items:
                used |= self._used_of_item(part, start)
        return left_over(self.source.data, used)

    def _used_of_item(self, part: CollectionMap, start: Way) -> set[Way]:
        used = set()
        each, besides = taken(part.each.parsed, start) if part.each else (set(), set())
        used |= besides
        for field_map in part.fields.values():
            for way in set.union(*taken(field_map.expression.parsed, start)):
                used |= {into(value) for value in each} if way == (*start, "each") else {way}
        return used


@dataclass
class _Reporter:
    """Reports a value of one field as left out."""

    left_out: list[LeftOut]
    place: Place
    record: str
    field: str

    def __call__(self, value: Any, reason: Text) -> None:
        self.left_out.append(LeftOut(self.place, self.record, self.field, _short(_written(value)), reason))


def _value(spec: Spec, value: Any, report: _Reporter) -> Any:
    """What an expression gave, made fit for a field; what does not fit is reported and left out."""
    if spec.kind == "rows":
        return [row for item in _list(value) if (row := _row(spec, item, report))]
    if spec.kind == "links":
        made = [slug(_written(item)) for item in _list(value) if item is not None]
        return list(dict.fromkeys(id for id in made if id))
    if spec.kind in ("key", "link"):
        return slug(_written(value))
    text = _written(value)
    if spec.kind == "choice":
        text = next((choice for choice in spec.choices if choice.casefold() == text.casefold()), text)
    elif spec.kind == "line":
        text = " ".join(text.split())
    try:
        parse(spec, text)
    except ValueProblem as problem:
        report(text, problem.message)
        return None
    return text


def _row(spec: Spec, item: Any, report: _Reporter) -> dict[str, Any] | None:
    declared = specs(spec.row)
    if not isinstance(item, dict) or not item.keys() <= declared.keys():
        unknown = sorted(item.keys() - declared.keys()) if isinstance(item, dict) else []
        meant = ", ".join(closest(name, declared) or "-" for name in unknown)
        report(
            item,
            say(
                N_("Rows of {0} are mappings with the fields {1}. {2}"),
                spec.label,
                ", ".join(declared),
                meant,
            ),
        )
        return None
    row = {name: _value(declared[name], value, report) for name, value in item.items() if value is not None}
    missing = [name for name, row_spec in declared.items() if row_spec.required and not row.get(name)]
    if missing:
        report(item, say(N_("{0} is missing."), ", ".join(missing)))
        return None
    return row


def slug(text: str) -> str:
    """A text made fit for an id: ASCII letters in lower case, digits and ``. _ @ : -``; at most 100 of them."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._@:]+", "-", ascii_text).strip("-._@:")[:KEY_LENGTH].rstrip("-._@:")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _written(value: Any) -> str:
    """A value as text: a list as lines."""
    if isinstance(value, list):
        return "\n".join(_written(item) for item in value if item is not None)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_written(item)}" for key, item in value.items())
    return show(value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "…"


def _node(value: Any, place: Place) -> Node:
    """A tree of nodes that all stand at one place."""
    if isinstance(value, dict):
        kept = {name: _node(item, place) for name, item in value.items() if item not in (None, "", [])}
        return Node(kept, place, dict.fromkeys(kept, place))
    if isinstance(value, list):
        return Node([_node(item, place) for item in value], place)
    return Node(value, place)
