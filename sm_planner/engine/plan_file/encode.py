"""A Plan → the plain mapping of a plan file, and its YAML text."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from sm_planner.engine.model import COLLECTIONS, Plan, Settings
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.plan_file.sections import BESIDE

_FLOW_COLLECTIONS = frozenset(("raci",))
"""Collections that are written one record a line."""

_Base = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Flow(dict):
    """A mapping that is written on one line."""


class _FlowList(list):
    """A list that is written on one line."""


class _Dumper(_Base):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.Dumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    _Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)
)
_Dumper.add_representer(
    _FlowList,
    lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True),
)


def as_mapping(plan: Plan) -> dict[str, Any]:
    """The plan as nested dicts and lists, as it stands in a plan file; empty fields are left out."""
    mapping: dict[str, Any] = {"plan": record_mapping(plan)}
    if plan.settings != Settings():
        mapping["settings"] = record_mapping(plan.settings)
    for name in COLLECTIONS:
        records = [record_mapping(record) for record in getattr(plan, name)]
        if records:
            mapping[name] = [_Flow(record) for record in records] if name in _FLOW_COLLECTIONS else records
    if plan.beside:
        mapping[BESIDE] = [_Flow(record_mapping(one)) for one in plan.beside]
    return mapping


def record_mapping(record: Any) -> dict[str, Any]:
    """A record's fields that are not as a new record has them, by name."""
    mapping = {}
    for name, spec in specs(type(record)).items():
        value = getattr(record, name)
        if value != _default(type(record), name):
            mapping[name] = _plain(spec, value)
    return mapping


def _default(record_class: type, name: str) -> Any:
    return record_class.__dataclass_fields__[name].default


def _plain(spec: Spec, value: Any) -> Any:
    if spec.kind == "rows":
        return [_Flow(record_mapping(row)) for row in value]
    if spec.kind in ("links", "lines"):
        return _FlowList(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (bool, int, float, date)):
        return value
    return value if value is not None else spec.empty


def dump_yaml(plan: Plan) -> str:
    """The YAML text of a plan. Reading it gives an equal plan."""
    return _dumped(as_mapping(plan))


def dump_sections(plan: Plan, names: tuple[str, ...]) -> str:
    """The YAML text of some collections of a plan."""
    return _dumped({name: part for name, part in as_mapping(plan).items() if name in names})


def _dumped(mapping: dict[str, Any]) -> str:
    parts = [
        yaml.dump({name: part}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
        for name, part in mapping.items()
    ]
    return "\n".join(parts)
