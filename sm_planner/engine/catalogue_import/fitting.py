"""What an expression of a map gave → the value of a field; what does not fit is told and left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sm_planner.engine.catalogue_import.map_file import FieldMap
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.values import ValueProblem, closest, parse, show
from sm_planner.engine.reading.problems import Place
from sm_planner.engine.texts import N_, Text, say

_SHOWN = 60
_SUGGESTED = 10
"""Unknown names of a row for which the name that was meant is looked for."""
"""Characters of a left-out value that are shown."""


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
        about = " ".join(filter(None, [self.record, self.field, f"“{self.value}”"]))
        return f"{self.place}: {about}: {self.reason}"


@dataclass
class Reporter:
    """Tells that a value of one field was left out."""

    left_out: list[LeftOut]
    place: Place
    record: str
    field: str

    def __call__(self, value: Any, reason: Text) -> None:
        line = " ".join(written(value).split())
        shown = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 3]}…"
        self.left_out.append(LeftOut(self.place, self.record, self.field, shown, reason))


def looked_up(field_map: FieldMap, value: Any, report: Reporter) -> Any:
    """The value by the field's own rules: what stands after a character, and what its list says for it."""
    if field_map.after:
        value = _after(value, field_map.after)
    if not field_map.values or value is None:
        return value
    if written(value) not in field_map.values:
        report(value, say(N_("The map has no value for it.")))
        return None
    return field_map.values[written(value)]


def _after(value: Any, characters: str) -> Any:
    """The value with each of its texts cut to what stands after the last of the characters."""
    if isinstance(value, str):
        return value[max(map(value.rfind, characters)) + 1 :]
    if isinstance(value, list):
        return [_after(item, characters) for item in value]
    return (
        {name: _after(item, characters) for name, item in value.items()} if isinstance(value, dict) else value
    )


def fit(spec: Spec, value: Any, report: Reporter) -> Any:
    """The value made fit for a field: a text, a list of texts, or rows; None if there is nothing left of it.

    Ids and links stay the names of the source: what ids they get, all names together tell.
    """
    if spec.kind == "rows":
        return [row for item in items(value) if (row := _row(spec, item, report))]
    if spec.kind == "links":
        made = [_name(item, report) for item in _flat(value)]
        return list(dict.fromkeys(name for name in made if name))
    if spec.kind == "lines":
        made = [_line(written(item)) for item in _flat(value)]
        return list(dict.fromkeys(text for text in made if text))
    if spec.kind in ("key", "link"):
        return _name(value, report)
    if spec.kind != "text" and isinstance(value, dict):
        report(value, say(N_("One value is expected here.")))
        return None
    text = written(value)
    if spec.kind == "choice":
        text = next((choice for choice in spec.choices if choice.casefold() == text.casefold()), text)
    elif spec.kind == "line":
        text = _line(text)
    try:
        parse(spec, text)
    except ValueProblem as problem:
        report(text, problem.message)
        return None
    return text


def _name(value: Any, report: Reporter) -> str | None:
    if isinstance(value, (dict, list)):
        report(value, say(N_("One name is expected here.")))
        return None
    name = _line(written(value))
    if not any(map(str.isalnum, name)):
        report(value, say(N_("No id can be made from this.")))
        return None
    return name


def _flat(value: Any) -> list[Any]:
    """The values of a list and of the lists in it."""
    if isinstance(value, list):
        return [item for one in value for item in _flat(one)]
    return [] if value is None else [value]


def _row(spec: Spec, item: Any, report: Reporter) -> dict[str, Any] | None:
    declared = specs(spec.row)
    if not isinstance(item, dict) or not item.keys() <= declared.keys():
        unknown = sorted(item.keys() - declared.keys()) if isinstance(item, dict) else []
        meant = ", ".join(closest(name, declared) or "-" for name in unknown[:_SUGGESTED])
        reason = say(
            N_("Rows of {0} are mappings with the fields {1}. {2}"), spec.label, ", ".join(declared), meant
        )
        report(item, reason)
        return None
    row = {name: fit(declared[name], value, report) for name, value in item.items() if value is not None}
    missing = [name for name, row_spec in declared.items() if row_spec.required and not row.get(name)]
    if missing:
        report(item, say(N_("{0} is missing."), ", ".join(missing)))
        return None
    return row


def items(value: Any) -> list[Any]:
    """The values of a list; any other value is a list of one."""
    return value if isinstance(value, list) else [value]


def written(value: Any) -> str:
    """A value as text: a list as lines."""
    if isinstance(value, list):
        return "\n".join(written(item) for item in value if item is not None)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {written(item)}" for key, item in value.items())
    return show(value)


def _line(text: str) -> str:
    return " ".join(text.split())
