"""Records out of a canonical form, as they were when it was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sm_planner.engine.model.fields import Spec, specs


def record_of(kind: type, values: Mapping[str, Any], **more: Any) -> Any:
    """The record that stands in a canonical form; what is not there is empty."""
    known = specs(kind)
    read = {
        name: _value(spec, values[name]) if name in values else spec.empty for name, spec in known.items()
    }
    return kind(**read, **more)


def _value(spec: Spec, value: Any) -> Any:
    if spec.kind == "rows":
        return tuple(record_of(spec.row, row) for row in value)
    if spec.kind in ("links", "lines"):
        return tuple(value)
    return date.fromisoformat(value) if spec.kind == "date" else value
