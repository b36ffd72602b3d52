"""The JSON Schema (draft 2020-12) of a plan file, from the model, so that editors complete and check it.

It knows the form of each field; links between records and what a plan needs are for the reader and the checks.
"""

from __future__ import annotations

from typing import Any

from sm_planner.engine.model import COLLECTIONS, Beside, Plan, Settings
from sm_planner.engine.model.fields import KEY_LENGTH, Spec, specs
from sm_planner.engine.model.values import KEY
from sm_planner.engine.plan_file.nested import ACKNOWLEDGED, HOLDERS, NESTED
from sm_planner.engine.plan_file.sections import BESIDE

_ID = {"type": "string", "pattern": f"^{KEY.pattern}$", "maxLength": KEY_LENGTH}
# What is written without quotes is a text where a text belongs, whatever YAML takes it for.
_TEXT = {"type": ["string", "number", "boolean"]}


def schema() -> dict[str, Any]:
    """The schema, as JSON values."""
    properties = {"plan": _record(Plan), "settings": _record(Settings)}
    for name, collection in COLLECTIONS.items():
        properties[name] = {
            "type": ["array", "null"],
            "description": f"{collection.label}, a list.",
            "items": _with_facts(name, _record(collection.record)),
        }
    properties[BESIDE] = {
        "type": ["array", "null"],
        "description": "What registers and facts name and the plan does not have, a list.",
        "items": _record(Beside),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Service management plan",
        "type": "object",
        "required": ["plan"],
        "additionalProperties": False,
        "properties": properties,
    }


def _with_facts(section: str, form: dict[str, Any]) -> dict[str, Any]:
    """The form of a collection's records, with the facts that may stand beneath them; see :mod:`nested`."""
    for one in NESTED:
        if one.section == section:
            beneath = _record(COLLECTIONS[one.facts].record)
            beneath["required"] = [name for name in beneath["required"] if name != one.link]
            title = COLLECTIONS[one.facts].several
            form["properties"][one.field] = {"title": title, "type": ["array", "null"], "items": beneath}
    if section == "roles":
        holder = form["properties"][HOLDERS]["items"]["properties"]
        spec = Spec("date", "Acknowledged")
        holder[ACKNOWLEDGED] = {"title": spec.label, **_value(spec)}
    return form


def _record(record: type) -> dict[str, Any]:
    declared = specs(record)
    return {
        "type": "object",
        "required": [name for name, spec in declared.items() if spec.required],
        "additionalProperties": False,
        "properties": {
            name: {"title": spec.label, **({"description": spec.help} if spec.help else {}), **_value(spec)}
            for name, spec in declared.items()
        },
    }


def _value(spec: Spec) -> dict[str, Any]:
    if spec.kind == "rows":
        return {"type": ["array", "null"], "items": _record(spec.row)}
    if spec.kind == "links":
        return {"type": ["array", "null"], "items": _ID, "uniqueItems": True}
    if spec.kind == "lines":
        return {"type": ["array", "null"], "items": _TEXT}
    one = _single(spec)
    return one if spec.required else {"anyOf": [one, {"type": "null"}]}


def _single(spec: Spec) -> dict[str, Any]:
    if spec.kind in ("key", "link"):
        return _ID
    if spec.kind == "choice":
        return {"enum": list(spec.choices)}
    if spec.kind == "flag":
        return {"type": "boolean"}
    if spec.kind == "date":
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if spec.kind in ("integer", "number"):
        limits = {"minimum": spec.minimum, "maximum": spec.maximum}
        return {"type": spec.kind, **{name: limit for name, limit in limits.items() if limit is not None}}
    if spec.words:
        return {**_TEXT, "examples": [name for pair in spec.words for name in pair]}
    return {**_TEXT, "maxLength": spec.length} if spec.kind == "line" else dict(_TEXT)
