"""The canonical form of a plan: the one sequence of bytes that stands for what a sponsor signs.

JSON by RFC 8785 (JSON Canonicalization Scheme). Records stand in the order of their ids, rows in their own
order. Empty fields are left out, so that a field that the model gains later changes no older plan as long as
it is empty; a field that means something else gets a new name, and a form that means something else a new
:data:`SCHEMA`. Facts of the site (user accounts, states, thresholds) are not part of it.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sm_planner.engine.canonical_json import canonical_text, hash_of
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import specs

SCHEMA = 1
"""Version of the canonical form."""


def content(plan: Plan) -> dict[str, Any]:
    """What is signed, as JSON values: ``{"schema": 1, "plan": {…}, "people": [{…}, …], …}``."""
    form: dict[str, Any] = {"schema": SCHEMA, "plan": record_content(plan)}
    for name in COLLECTIONS:
        records = sorted(getattr(plan, name), key=lambda record: record.id)
        if records:
            form[name] = [record_content(record) for record in records]
    return form


def content_hash(plan: Plan) -> str:
    """The hash of what is signed."""
    return hash_of(canonical_text(content(plan)))


def read(text: str) -> dict[str, Any]:
    """The JSON values of a canonical text of :func:`content`. Raises ValueError where it is none."""
    try:
        form = json.loads(text)
        records = [(Plan, form["plan"])]
        records += [
            (one.record, record) for name, one in COLLECTIONS.items() for record in form.get(name, ())
        ]
        if all(_has_its_id(kind, record) for kind, record in records):
            return form
    except (AttributeError, KeyError, TypeError, RecursionError):
        pass
    raise ValueError("This is not the content of a plan.")


def _has_its_id(kind: type, record: Any) -> bool:
    """Whether this is a record at all: the kinds that have ids are known by them."""
    return isinstance(record, dict) and ("id" not in specs(kind) or isinstance(record.get("id"), str))


def record_content(record: Any) -> dict[str, Any]:
    """What is signed of one record, as JSON values."""
    return {
        name: _value(value)
        for name, spec in specs(type(record)).items()
        if spec.sealed and (value := getattr(record, name)) != spec.empty
    }


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else record_content(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
