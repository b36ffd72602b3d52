"""How a plan lies in a workbook: a sheet a table, from the model.

*Plan* and *Settings* have a field a row: its name, its value, what it means. Every collection has a sheet with a record a
row. Child rows have sheets of their own, such as *Agreement Targets*, with the id of their record in the first column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sm_planner.engine.model import COLLECTIONS, Beside, Plan, RoleHolder, Settings
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.values import show
from sm_planner.engine.plan_file.nested import ACKNOWLEDGED, NESTED
from sm_planner.engine.plan_file.sections import BESIDE

CHOICES = "Choices"
"""The sheet with the words of the drop-down lists. Reading leaves it alone."""
NOTHING = "-"
"""Stands for an empty value where an empty cell means another one."""
_SPECIAL_TITLES = {"raci": "RACI"}


@dataclass(frozen=True)
class Column:
    """A field in a workbook. default: what it is when its cell is empty."""

    name: str
    heading: str
    spec: Spec
    default: Any

    @property
    def has_default(self) -> bool:
        """Whether an empty cell means a value, so that an empty value has to be written as NOTHING."""
        return self.default != self.spec.empty and self.spec.kind != "flag"


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook.

    section: where its rows belong in a plan file, such as ``services``. field: of child rows, the field that they are.
    parent: of child rows, the column with the id of their record; None where the plan itself has them.
    down: whether its fields stand below each other, in two columns.
    """

    title: str
    section: str
    record: type
    columns: tuple[Column, ...]
    field: str = ""
    parent: Column | None = None
    down: bool = False

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return (self.parent, *self.columns) if self.parent else self.columns


@cache
def sheets() -> tuple[Sheet, ...]:
    """All sheets in their order, each followed by those of its child rows."""
    found = [Sheet("Plan", "plan", Plan, _columns(Plan), down=True), *_children("plan", Plan, "", None)]
    for name, collection in COLLECTIONS.items():
        found.append(Sheet(collection_title(name), name, collection.record, _columns(collection.record)))
        found += _children(name, collection.record, f"{collection.label} ", _id_column(name))
    found.append(Sheet("Named Beside the Plan", BESIDE, Beside, _columns(Beside)))
    found.append(Sheet("Settings", "settings", Settings, _columns(Settings), down=True))
    return tuple(found)


@cache
def readable_sheets() -> tuple[Sheet, ...]:
    """All sheets, and those in which workbooks had facts before these had sheets of their own; see :mod:`nested`."""
    found = [_with_acknowledged(sheet) if sheet.record is RoleHolder else sheet for sheet in sheets()]
    for one in NESTED:
        collection, facts = COLLECTIONS[one.section], COLLECTIONS[one.facts]
        columns = tuple(column for column in _columns(facts.record) if column.name != one.link)
        title = f"{collection.label} {collection_title(one.facts)}"
        found.append(Sheet(title, one.section, facts.record, columns, one.field, _id_column(one.section)))
    return tuple(found)


def _with_acknowledged(sheet: Sheet) -> Sheet:
    spec = Spec("date", "Acknowledged")
    return replace(sheet, columns=(*sheet.columns, Column(ACKNOWLEDGED, spec.label, spec, None)))


def collection_title(name: str) -> str:
    """The title of a collection's sheet."""
    return _SPECIAL_TITLES.get(name, name.replace("_", " ").title())


def _id_column(name: str) -> Column:
    """The column of child rows with the id of their record in a collection."""
    spec = Spec("link", f"{COLLECTIONS[name].label} ID", "Whose row it is.", required=True, target=name)
    return Column(f"{name}_id", spec.label, spec, "")


def _children(section: str, record: type, prefix: str, parent: Column | None) -> list[Sheet]:
    return [
        Sheet(f"{prefix}{spec.label}", section, spec.row, _columns(spec.row), field, parent)
        for field, spec in specs(record).items()
        if spec.row
    ]


def _columns(record: type) -> tuple[Column, ...]:
    return tuple(
        Column(name, spec.label, spec, record.__dataclass_fields__[name].default)
        for name, spec in specs(record).items()
        if not spec.row
    )


def cell_value(column: Column, value: Any) -> Any:
    """What a cell holds for the value of a field: a text, number, date or flag, or None for an empty cell."""
    if value == column.spec.empty:
        if column.has_default:
            return NOTHING
        return value if value != column.default else None
    if column.spec.kind == "lines":
        return "\n".join(value)
    return ", ".join(value) if column.spec.kind == "links" else value


def cell_texts(spec: Spec, text: str) -> list[str]:
    """The items in a cell of a field with several values."""
    return [item for item in re.split(r"\n" if spec.kind == "lines" else r"[,;\n]", text) if item.strip()]


def note(column: Column, holds: str) -> str:
    """What is told about a field, in lines. holds: what the field holds, in words."""
    told = [column.spec.help, f"{column.name}: {holds}."]
    if column.spec.required:
        told.append("Required.")
    elif column.has_default:
        told.append(f"Empty: {show(column.default)}. {NOTHING} for none.")
    elif column.default is True:
        told.append("Empty: true.")
    elif column.spec.kind == "links":
        told.append("Several: with commas between.")
    elif column.spec.kind == "lines":
        told.append("Several: each on a line.")
    return "\n".join(filter(None, told))
