"""What changed between two versions of a plan's content, record by record, in plain words.

Works on the canonical form (:mod:`sm_planner.engine.sealing.canonical`), so that a sealed version can be compared with
any other, whichever schema it was sealed under.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sm_planner.engine import canonical_json
from sm_planner.engine.agreements.targets import figure, looser, name
from sm_planner.engine.model import (
    COLLECTIONS,
    AgreementTarget,
    Answer,
    BusinessGoal,
    CalendarHoliday,
    CalendarWindow,
    ContextScan,
    DeclinedCategory,
    Obligation,
    Plan,
    RaciEntry,
    RelatedPlan,
    RoleHolder,
    ServiceChannel,
    ServiceDependency,
    SeverityMapping,
    Signer,
    SupportTier,
    ValueStatement,
)
from sm_planner.engine.model.agreements import (
    AgreementChange,
    AgreementCharge,
    AgreementConsequence,
    AgreementContact,
    AgreementDataTerm,
    AgreementEnvironment,
    AgreementEscalation,
    AgreementSupport,
)
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.services import CalendarChange, CalendarOpening
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.change import ADDED, CHANGED, REMOVED, STRONGER, WEAKER, Change, spec_of

ROW_KEYS: dict[type, tuple[str, ...]] = {
    AgreementChange: ("version",),
    AgreementCharge: ("charge", "service"),
    AgreementConsequence: ("metric", "own_metric", "priority", "worse_than"),
    AgreementContact: ("purpose",),
    AgreementDataTerm: ("topic", "service"),
    AgreementEnvironment: ("environment", "service"),
    AgreementEscalation: ("after_percent", "after", "unit", "metric", "priority"),
    AgreementSupport: ("item", "service"),
    AgreementTarget: ("metric", "own_metric", "service", "priority", "calendar"),
    Answer: ("question",),
    BusinessGoal: ("goal",),
    CalendarChange: ("first_day",),
    CalendarHoliday: ("day",),
    CalendarOpening: ("day", "opens"),
    CalendarWindow: ("weekday", "opens"),
    ContextScan: ("driver",),
    DeclinedCategory: ("category",),
    Obligation: ("title",),
    RelatedPlan: ("title",),
    RoleHolder: ("person",),
    ServiceChannel: ("kind",),
    ServiceDependency: ("service",),
    SeverityMapping: ("priority",),
    Signer: ("person",),
    SupportTier: ("tier",),
    ValueStatement: ("statement",),
}
"""Kind of row → the fields by which a row is known again in another version. Rows of other kinds have no more to
them than that."""

FIGURE = ("value", "unit", "own_unit", "direction", "share_of_cases", "statistic", "bound")
"""Fields of a target that are told together, as what it promises."""


def diff_plans(old: Plan, new: Plan) -> tuple[Change, ...]:
    """How one version differs from another: what is promised, and what is worked on."""
    before, after = canonical.content(old), canonical.content(new)
    return (*diff(before, after), *moved(before.get("registers", {}), after.get("registers", {})))


def diff(old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    """The changes of promises that lead from one content to the other; none if they promise the same."""
    changes = list(_fields("plan", old["plan"]["id"], old["plan"], new["plan"]))
    for collection in dict.fromkeys((*COLLECTIONS, *old, *new)):
        if collection not in ("schema", "plan", "registers"):
            changes += _collection(collection, old.get(collection, []), new.get(collection, []))
    return tuple(changes)


def moved(old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    """How the registers went on from one snapshot (see :func:`canonical.registers`) to another."""
    return tuple(
        change
        for collection in dict.fromkeys((*COLLECTIONS, *old, *new))
        if collection in old or collection in new
        for change in _collection(collection, old.get(collection, []), new.get(collection, []))
    )


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
    """The changes of a list: what its rows became, what went, what came, or only another order."""
    spec = spec_of(change.collection, change.field)
    row_class = spec.row if spec else None
    order = tuple(specs(row_class)) if row_class else ()
    kept, gone, came = _matched(row_class, old, new)
    changed = False
    for before, after in kept:
        for one in _parts(change, row_class, before, after):
            changed = True
            yield one
    for item in gone:
        yield replace(change, kind=REMOVED, old=_text(item, order))
    for item in came:
        yield replace(change, kind=ADDED, new=_text(item, order))
    if not (changed or gone or came):
        yield change


def _matched(row_class: type | None, old: list, new: list) -> tuple[list[tuple[dict, dict]], list, list]:
    """The rows that are in both lists but differ, those that went, and those that came."""
    gone, came = _without(old, new), _without(new, old)
    key = ROW_KEYS.get(row_class, ())
    before, after = _by_key(key, gone), _by_key(key, came)
    both = before.keys() & after.keys()
    return (
        [(row, after[found]) for found, row in before.items() if found in both],
        [row for row in gone if _key(key, row) not in both],
        [row for row in came if _key(key, row) not in both],
    )


def _by_key(key: tuple[str, ...], rows: list) -> dict[tuple, dict]:
    """The rows that can be told from each other by their key."""
    found: dict[tuple, list[dict]] = {}
    for row in rows if key else ():
        found.setdefault(_key(key, row), []).append(row)
    return {value: same[0] for value, same in found.items() if len(same) == 1}


def _key(key: tuple[str, ...], row: Any) -> tuple:
    return tuple(row.get(part) for part in key) if key else ()


def _parts(change: Change, row_class: type, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """The changes within a row. Value, unit and what else a target promises change together, as its figure."""
    parts = list(dict.fromkeys((*specs(row_class), *old, *new)))
    if row_class is AgreementTarget:
        before, after = _target(old), _target(new)
        change = replace(change, row=_target_name(after))
        if _promised(before) != _promised(after):
            yield _figure(change, before, after)
        parts = [part for part in parts if part not in FIGURE]
    else:
        known_by = (_text(new.get(part)) for part in ROW_KEYS[row_class])
        change = replace(change, row=" ".join(filter(None, known_by)))
    for part in parts:
        before, after = old.get(part), new.get(part)
        if before != after:
            kind = ADDED if before is None else REMOVED if after is None else CHANGED
            yield replace(change, kind=kind, part=part, old=_text(before), new=_text(after))


def _target(row: dict[str, Any]) -> AgreementTarget:
    return AgreementTarget(**{part: row[part] for part in specs(AgreementTarget) if part in row})


def _target_name(target: AgreementTarget) -> str:
    return f"{name(target)} ({target.calendar})" if target.calendar else str(name(target))


def _promised(target: AgreementTarget) -> str:
    return str(figure(target))


def _figure(change: Change, old: AgreementTarget, new: AgreementTarget) -> Change:
    before, after = _promised(old), _promised(new)
    trend = WEAKER if looser(new, old) else STRONGER if looser(old, new) else ""
    kind = CHANGED if before and after else ADDED if after else REMOVED
    return replace(change, kind=kind, old=before, new=after, trend=trend)


def _without(items: list, others: list) -> list:
    """The items that the others lack, each counted as often as it stands there."""
    left = Counter(map(canonical_json.canonical_text, others))
    lacking = []
    for item in items:
        text = canonical_json.canonical_text(item)
        if left[text]:
            left[text] -= 1
        else:
            lacking.append(item)
    return lacking


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
