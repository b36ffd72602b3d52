"""Files that Frappe makes of documents: their texts are no formulas, and its Data Import takes them back as they were.

Frappe makes the rows in four places, each of which knows the DocType. These are put right in this process, for the
DocTypes of the app; every other export is left to Frappe.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frappe.model.document import Document

from sm_planner.adapters.site import wraps
from sm_planner.adapters.site.ours import is_ours
from sm_planner.adapters.site.sheet_texts import as_written, kept_as_text
from sm_planner.adapters.site.wraps import Wrap


def _of_list(original: Callable[..., Any], doctype: str, data: list[Any], *args: Any) -> Any:
    made = original(doctype, data, *args)
    return _kept(made) if is_ours(doctype) else made


def _of_report(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> Any:
    columns, result = original(self, *args, **kwargs)
    return columns, _kept(result) if is_ours(self.ref_doctype) else result


def _of_template(original: Callable[..., Any], self: Any) -> Any:
    made = original(self)
    return _kept(made) if is_ours(self.doctype) else made


def _of_data(
    original: Callable[..., Any], self: Any, rows: Any, doctype: str, field: Any, doc: Any, at: int
) -> Any:
    if is_ours(doctype):
        doc = doc.copy()
        doc.update({name: kept_as_text(value) for name, value in doc.items()})
    return original(self, rows, doctype, field, doc, at)


def _of_import(
    original: Callable[..., Any], self: Any, doctype: str, columns: Any, values: Any, *args: Any
) -> Any:
    if is_ours(doctype):
        values = [as_written(value) for value in values]
    return original(self, doctype, columns, values, *args)


def _kept(rows: list[Any]) -> list[list[Any]]:
    return [[kept_as_text(cell) for cell in row] for row in rows]


LISTS = (
    Wrap("frappe.desk.reportview", "handle_duration_fieldtype_values", _of_list, frappe=16),
    Wrap("frappe.core.doctype.report.report", "Report.run_standard_report", _of_report, frappe=16),
)
TEMPLATES = (
    Wrap(
        "frappe.core.doctype.data_import.exporter",
        "Exporter.get_csv_array_for_export",
        _of_template,
        frappe=16,
    ),
)
DATA = (Wrap("frappe.core.doctype.data_export.exporter", "DataExporter.add_data_row", _of_data, frappe=16),)
IMPORTS = (Wrap("frappe.core.doctype.data_import.importer", "Row._parse_doc", _of_import, frappe=16),)


def keep_texts_of_lists() -> None:
    """In exports of lists, in answer to a request or by a job, and in mails of reports that show a list."""
    wraps.put_on(LISTS)


def keep_texts_of_templates() -> None:
    """In the files that the Data Import offers for filling in, with what is there already."""
    wraps.put_on(TEMPLATES)


def keep_texts_of_data() -> None:
    """In files of the Data Export."""
    wraps.put_on(DATA)


def read_texts_as_written(doc: Document, method: str) -> None:
    """Have the Data Import take such files back. Frappe calls this at the beginning of each import."""
    wraps.put_on(IMPORTS)
