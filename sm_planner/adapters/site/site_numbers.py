"""Numbers on a site: columns that can be empty, and texts that are not taken for numbers without asking.

An empty number of the model is not 0. Frappe makes number columns ``not null default 0``, and its Data Import makes a
number of every text: ``12,5`` becomes 125, ``abc`` becomes 0. Both are put right for the fields of the model, in the
classes of Frappe that do it and in this process; every other field is left to Frappe. See docs/decisions/0015.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

from sm_planner.adapters.site import wraps
from sm_planner.adapters.site.doctypes import NUMBER_FIELDS, SETTINGS
from sm_planner.adapters.site.wraps import Wrap
from sm_planner.engine.model.fields import DECIMALS, Spec
from sm_planner.engine.model.values import ValueProblem, number_fix, parse
from sm_planner.engine.texts import Number, Text, with_comma

FIELDTYPES = {"number": "Float", "integer": "Int"}
"""Kind of a number → type of its field."""

STANDARD = "#,###.##"
"""The number format of a site on which nobody chose one."""

WITH_COMMA = ("de",)
"""Languages in which people read a comma before decimals."""

FIXED = ("fieldtype", "length", "precision")
"""Properties of a number that decide what its column holds."""


def _is_number(column: Any) -> bool:
    return column.fieldname in NUMBER_FIELDS.get(column.table.doctype, ())


def _definition(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> str | None:
    """The type alone: without more, a column can be empty, and is so by default."""
    from frappe.database.schema import get_definition

    if not _is_number(self):
        return original(self, *args, **kwargs)
    return get_definition(self.fieldtype, self.precision, self.length)


def _default_changed(original: Callable[..., Any], self: Any, current: Any) -> bool:
    """A document is written with all its columns, so that no default of a column is ever taken."""
    return not _is_number(self) and original(self, current)


def _cell(original: Callable[..., Any], self: Any, value: Any, column: Any) -> Any:
    is_number = column.df.fieldname in NUMBER_FIELDS.get(column.df.parent, ())
    return value if is_number else original(self, value, column)


COLUMNS = (
    Wrap("frappe.database.schema", "DbColumn.get_definition", _definition, frappe=16),
    Wrap("frappe.database.schema", "DbColumn.default_changed", _default_changed, frappe=16),
)
CELLS = (Wrap("frappe.core.doctype.data_import.importer", "Row.parse_value", _cell, frappe=16),)


def let_columns_be_empty(*args: Any, **kwargs: Any) -> None:
    """Have Frappe make, and change, the columns of our numbers as columns that can be empty.

    Called before whatever may change a table in this process. Where it was not, Frappe says ``not null`` to a column
    with empty numbers, which the database refuses in strict mode; then nothing is changed.
    """
    wraps.put_on(COLUMNS)


def leave_cells_as_written(doc: Document, method: str) -> None:
    """Have the Data Import hand over the cells of our numbers as they are written, in this process.

    Frappe calls this at the beginning of each import, before it reads a row. The document reads, or refuses, the text
    then, as it does wherever it comes from.
    """
    wraps.put_on(CELLS)


def shown(value: Any) -> str:
    """A number as its reader writes it, with all its decimal places and no others; empty for none."""
    if not isinstance(value, (int, float)):
        return cstr(value)
    group, decimal = signs()
    whole, _point, places = f"{abs(value):.{DECIMALS}f}".rstrip("0").partition(".")
    sign = "-" if value < 0 else ""
    return f"{sign}{int(whole):,}".replace(",", group) + (decimal + places if places else "")


def signs() -> tuple[str, str]:
    """What the reader writes between thousands, and before decimals.

    As the site, or the user, writes numbers. Where nobody chose that, German is written with a comma before decimals.
    """
    chosen = frappe.defaults.get_user_default("number_format") or STANDARD
    if chosen == STANDARD and frappe.local.lang.partition("-")[0] in WITH_COMMA:
        return ".", ","
    found = re.findall("[^#]+", chosen)  # a number format names its signs, as in #.###,##
    return found[0], found[-1] if found[-1] != found[0] else {".": ","}.get(found[0], ".")


def user_number(number: Number) -> str:
    """A number in words as the reader writes it."""
    return with_comma(number) if signs()[1] == "," else str(number)


def with_example(fix: Text) -> Text:
    """What to write instead, in the writing of its reader."""
    return number_fix(shown(99.5)) if fix == number_fix("99.5") else fix


def put_right() -> None:
    """Give every number a column of its type that can be empty; what is one already is left alone.

    Texts of earlier versions become the numbers that they mean. A text that means none is kept in a comment on its
    document. A 0 of earlier versions that stood for empty becomes empty.
    """
    schema = frappe.qb.Schema("information_schema")
    found = (
        frappe.qb.from_(schema.columns)
        .select("table_name", "column_name", "data_type", "column_type", "is_nullable")
        .where(schema.columns.table_schema == frappe.conf.db_name)
        .where(schema.columns.table_name.isin([f"tab{doctype}" for doctype in NUMBER_FIELDS]))
        .run(as_dict=True)
    )
    for column in found:
        doctype, field = column.table_name.removeprefix("tab"), column.column_name
        spec = NUMBER_FIELDS[doctype].get(field)
        if spec and (column.data_type == "varchar" or column.is_nullable == "NO"):
            _put_right(doctype, field, spec, column)
    _put_settings_right()


def _put_right(doctype: str, field: str, spec: Spec, column: Any) -> None:
    from frappe.database.schema import get_definition

    kind = column.column_type
    if column.data_type == "varchar":
        _read_texts(doctype, field, spec)
        kind = get_definition(FIELDTYPES[spec.kind])
    frappe.db.change_column_type(doctype, field, kind, nullable=True)
    if not _may_be_zero(spec):
        frappe.db.set_value(doctype, {field: 0}, field, None, update_modified=False)


def _read_texts(doctype: str, field: str, spec: Spec) -> None:
    """Make texts of a column such as the database reads as the same number, or empty."""
    has_parent = frappe.get_meta(doctype).istable
    holder = ["parenttype", "parent", "idx"] if has_parent else []
    for row in frappe.get_all(
        doctype, filters={field: ("is", "set")}, fields=["name", field, *holder], order_by="name asc"
    ):
        number = _number(spec, row[field])
        if number is None:
            place = (row.parenttype, row.parent) if has_parent else (doctype, row.name)
            _keep_text(*place, spec, row[field], row.get("idx"))
        plain = None if number is None else f"{number:.{DECIMALS if spec.kind == 'number' else 0}f}"
        frappe.db.set_value(doctype, row.name, field, plain, update_modified=False)
    frappe.db.set_value(doctype, {field: ""}, field, None, update_modified=False)


def _number(spec: Spec, text: str) -> float | None:
    """The number that a text means, whether or not the field may hold it; None if it means none."""
    try:
        return parse(dataclasses.replace(spec, minimum=None, maximum=None), text)
    except ValueProblem:
        return None


def _keep_text(doctype: str, name: str, spec: Spec, text: str, row: int | None = None) -> None:
    label = _("{0}, row {1}").format(_(spec.label), row) if row else _(spec.label)
    frappe.get_doc(
        {
            "doctype": "Comment",
            "comment_type": "Info",
            "reference_doctype": doctype,
            "reference_name": name,
            "content": _("{0} held “{1}”, which is not a number. It is empty now.").format(
                label, frappe.utils.escape_html(text)
            ),
        }
    ).insert()


def _put_settings_right() -> None:
    """The same for the settings, whose values are all kept as texts."""
    for field, text in frappe.db.get_singles_dict(SETTINGS).items():
        spec = NUMBER_FIELDS[SETTINGS].get(field)
        if spec is None or text is None:
            continue
        number = _number(spec, text)
        if number is None and text:
            _keep_text(SETTINGS, SETTINGS, spec, text)
        if number is None or (number == 0 and not _may_be_zero(spec)):
            frappe.db.set_single_value(SETTINGS, field, None, update_modified=False)


def _may_be_zero(spec: Spec) -> bool:
    return spec.minimum is None or spec.minimum <= 0


def guard_property(setter: Document) -> None:
    """Refuse to change what the column of a number holds: a narrower one would round what was signed."""
    if setter.property in FIXED and setter.field_name in NUMBER_FIELDS.get(setter.doc_type, ()):
        frappe.throw(
            _("“{0}” of {1} stays as it is: numbers of plans keep all their decimal places.").format(
                _(NUMBER_FIELDS[setter.doc_type][setter.field_name].label), _(setter.doc_type)
            )
        )


def tell_browser(bootinfo: Any) -> None:
    """Tell the Desk which fields are numbers of the model, and how the user writes them, for ``fields/numbers.js``."""
    bootinfo.sm_planner_numbers = {doctype: list(fields) for doctype, fields in NUMBER_FIELDS.items()}
    group, decimal = signs()
    bootinfo.sm_planner_signs = {"group": group, "decimal": decimal}
