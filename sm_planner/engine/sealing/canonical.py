"""The canonical form of a plan: the one sequence of bytes that stands for what a sponsor signs.

JSON by RFC 8785 (JSON Canonicalization Scheme). Records stand in the order of their ids, rows in their own
order. Empty fields are left out, so that a field that the model gains later changes no older plan as long as
it is empty; a field that means something else gets a new name, and a form that means something else a new
:data:`SCHEMA`. Facts of the site (user accounts, states, thresholds) are not part of it.

Promises stand in it by their collections. Of the registers, which move on while a plan is in force, a snapshot stands under
``registers``: that of the moment at which the version was sent to its sponsor. Facts are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sm_planner.engine.canonical_json import canonical_text, hash_of
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.collection import PROMISE, REGISTER
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.plan import REGISTERS
from sm_planner.engine.model.services import FORMER_UPKEEP

SCHEMA = 2
"""Version of the canonical form. 1: registers stood among the promises, and a plan had its next review."""

PROMISES = tuple(name for name, one in COLLECTIONS.items() if one.nature == PROMISE)

_NO_LONGER_PROMISED = ("next_review",)
"""Fields of the plan that were promised in schema 1."""


class LaterSchema(ValueError):
    """The content has a schema that this release does not know."""


def content(plan: Plan) -> dict[str, Any]:
    """What is signed, as JSON values: ``{"schema": 2, "plan": {…}, "people": [{…}, …], …, "registers": {…}}``."""
    form: dict[str, Any] = {"schema": SCHEMA, "plan": record_content(plan), **_collections(plan, PROMISES)}
    if held := snapshot(plan):
        form["registers"] = held
    return form


def snapshot(plan: Plan) -> dict[str, Any]:
    """The registers as they are signed: as they stood when the plan was sent to its sponsor, or as they are now.

    One that somebody made unreadable in the database stands there as it is, so that no signature is given for another.
    """
    if not plan.frozen:
        return registers(plan)
    try:
        held = json.loads(plan.frozen)
    except ValueError:
        held = None
    return held if isinstance(held, dict) else {"unreadable": [{"id": plan.frozen}]}


def registers(plan: Plan) -> dict[str, Any]:
    """The registers of now, as they are signed: collection → records, as JSON values."""
    return _collections(plan, REGISTERS)


def frozen(plan: Plan) -> str:
    """The registers of now as one text, to be kept as :attr:`Plan.frozen`."""
    return canonical_text(registers(plan))


def _collections(plan: Plan, names: Iterable[str]) -> dict[str, Any]:
    records = ((name, sorted(getattr(plan, name), key=lambda record: record.id)) for name in names)
    return {name: [record_content(record) for record in found] for name, found in records if found}


def content_hash(plan: Plan) -> str:
    """The hash of what is signed."""
    return hash_of(canonical_text(content(plan)))


def read(text: str) -> dict[str, Any]:
    """The JSON values of a canonical text of :func:`content`, whatever its schema, in the form of today's.

    What was promised by its schema and is not by today's is left out, or stands among the registers. Raises ValueError
    where it is none.
    """
    try:
        form = _as_today(json.loads(text))
        records = [(Plan, form["plan"])]
        for name, one in COLLECTIONS.items():
            held = form.get("registers", {}) if one.nature == REGISTER else form
            records += [(one.record, record) for record in held.get(name, ())]
        if all(_has_its_id(kind, record) for kind, record in records):
            return form
    except (AttributeError, KeyError, TypeError, RecursionError):
        pass
    raise ValueError("This is not the content of a plan.")


def _as_today(form: dict[str, Any]) -> dict[str, Any]:
    if form["schema"] > SCHEMA:
        raise LaterSchema("A later release made this content.")
    if form["schema"] == 1:
        moved = {name: form.pop(name) for name in ("improvements", "waivers") if name in form}
        plan = {name: value for name, value in form["plan"].items() if name not in _NO_LONGER_PROMISED}
        form = {**form, "plan": plan, **({"registers": moved} if moved else {})}
    if "components" in form:
        form = {**form, "components": [_with_upkeep_in_rows(component) for component in form["components"]]}
    return form


def _with_upkeep_in_rows(component: dict[str, Any]) -> dict[str, Any]:
    """A component whose only upkeep stood in fields of its own, before it became rows; a rhythm without a length is none."""
    row = {new: component[old] for old, new in FORMER_UPKEEP.items() if old in component}
    rest = {name: value for name, value in component.items() if name not in FORMER_UPKEEP}
    return {**rest, "maintenance": [row]} if "minutes" in row else rest


def _has_its_id(kind: type, record: Any) -> bool:
    """Whether this is a record at all: the kinds that have ids are known by them."""
    return isinstance(record, dict) and ("id" not in specs(kind) or isinstance(record.get("id"), str))


def record_content(record: Any) -> dict[str, Any]:
    """What is signed of one record, as JSON values."""
    return field_contents(record, [name for name, spec in specs(type(record)).items() if spec.sealed])


def field_contents(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """Some fields of a record as JSON values, those that are empty left out."""
    known = specs(type(record))
    return {name: _value(value) for name in names if (value := getattr(record, name)) != known[name].empty}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else record_content(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
