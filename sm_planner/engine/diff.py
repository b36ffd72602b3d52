"""What changed between two versions of a plan's content, record by record, in plain words.

Works on the canonical form (:mod:`sm_planner.engine.canonical`), so that a sealed version can be compared with
any other, whichever schema it was sealed under.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sm_planner.engine import canonical
from sm_planner.engine.fields import Spec, specs
from sm_planner.engine.model import COLLECTIONS, Plan, RaciEntry
from sm_planner.engine.texts import N_, Text, say

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Change:
    """One difference. field is empty where a whole record came or went; old and new are texts."""

    kind: str
    collection: str
    id: str
    title: str
    field: str = ""
    old: str = ""
    new: str = ""

    @property
    def text(self) -> Text:
        """The change in plain words."""
        what = (_record_label(self.collection), self.title or self.id)
        if not self.field:
            return say(N_("{0} {1} was added.") if self.kind == ADDED else N_("{0} {1} was removed."), *what)
        field = _field_label(self.collection, self.field)
        if self.kind == ADDED:
            return say(N_("{0} {1}: {2} now has “{3}”."), *what, field, self.new)
        if self.kind == REMOVED:
            return say(N_("{0} {1}: {2} no longer has “{3}”."), *what, field, self.old)
        if self.old == self.new:
            return say(N_("{0} {1}: {2} is in another order."), *what, field)
        return say(N_("{0} {1}: {2} was “{3}” and is “{4}”."), *what, field, self.old, self.new)

    def as_dict(self) -> dict[str, str]:
        return {
            "kind": self.kind,
            "collection": self.collection,
            "id": self.id,
            "title": self.title,
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "text": str(self.text),
        }


def diff_plans(old: Plan, new: Plan) -> tuple[Change, ...]:
    return diff(canonical.content(old), canonical.content(new))


def diff(old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    """The changes that lead from one content to the other; none if they say the same."""
    changes = list(_fields("plan", old["plan"]["id"], old["plan"], new["plan"]))
    for collection in dict.fromkeys((*COLLECTIONS, *old, *new)):
        if collection not in ("schema", "plan"):
            changes += _collection(collection, old.get(collection, []), new.get(collection, []))
    return tuple(changes)


def _collection(collection: str, old: list[dict], new: list[dict]) -> Iterator[Change]:
    before = {_id(collection, record): record for record in old}
    after = {_id(collection, record): record for record in new}
    for id in sorted({*before, *after}):
        if id not in before:
            yield Change(ADDED, collection, id, _title(after[id], id))
        elif id not in after:
            yield Change(REMOVED, collection, id, _title(before[id], id))
        elif before[id] != after[id]:
            yield from _fields(collection, id, before[id], after[id])


def _fields(collection: str, id: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    title = _title(new, id)
    for field in dict.fromkeys((*old, *new)):
        before, after = old.get(field), new.get(field)
        if before == after:
            continue
        if isinstance(before, list) or isinstance(after, list):
            yield from _items(Change(CHANGED, collection, id, title, field), before or [], after or [])
        else:
            kind = ADDED if before is None else REMOVED if after is None else CHANGED
            yield Change(kind, collection, id, title, field, _text(before), _text(after))


def _items(change: Change, old: list, new: list) -> Iterator[Change]:
    """The changes of a list: what went, what came, or only another order."""
    spec = _spec(change.collection, change.field)
    order = tuple(specs(spec.row)) if spec and spec.row else ()
    before, after = [_text(item, order) for item in old], [_text(item, order) for item in new]
    gone, came = _without(before, after), _without(after, before)
    where = (change.collection, change.id, change.title, change.field)
    for item in gone:
        yield Change(REMOVED, *where, old=item)
    for item in came:
        yield Change(ADDED, *where, new=item)
    if not gone and not came:
        yield change


def _without(items: list[str], others: list[str]) -> list[str]:
    """The items that the others lack, each counted as often as it stands there."""
    return list((Counter(items) - Counter(others)).elements())


def _text(value: Any, order: tuple[str, ...] = ()) -> str:
    """A value as a text; a row's values in the order of its fields, whatever order they came in."""
    if value is None:
        return ""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: (order.index(name) if name in order else len(order), name))
        return ", ".join(_text(value[name]) for name in names)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _id(collection: str, record: dict[str, Any]) -> str:
    if collection == "raci":
        return RaciEntry(**{name: record.get(name, "") for name in RaciEntry.__dataclass_fields__}).id
    return record["id"]


def _title(record: dict[str, Any], id: str) -> str:
    return record.get("title") or id


def _record_label(collection: str) -> str:
    if collection == "plan":
        return "Plan"
    return COLLECTIONS[collection].label if collection in COLLECTIONS else collection


def _field_label(collection: str, field: str) -> str:
    spec = _spec(collection, field)
    return spec.label if spec else field


def _spec(collection: str, field: str) -> Spec | None:
    """What the model knows of a field; None for one that it no longer has."""
    if collection == "plan":
        return specs(Plan).get(field)
    return specs(COLLECTIONS[collection].record).get(field) if collection in COLLECTIONS else None
