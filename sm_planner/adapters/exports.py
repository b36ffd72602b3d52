"""Files that Frappe makes of documents: their texts are no formulas, and its Data Import takes them back as they were.

Frappe makes the rows in four places, each of which knows the DocType. These are put right in this process, for the
DocTypes of the app; every other export is left to Frappe.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frappe.model.document import Document

from sm_planner.adapters.sheet_texts import as_written, kept_as_text
from sm_planner.adapters.site.ours import is_ours


def keep_texts_of_lists() -> None:
    """In exports of lists, in answer to a request or by a job, and in mails of reports that show a list."""
    from frappe.core.doctype.report.report import Report
    from frappe.desk import reportview

    def rows(original: Callable[..., Any], doctype: str, data: list[Any], *args: Any) -> Any:
        made = original(doctype, data, *args)
        return _kept(made) if is_ours(doctype) else made

    def of_report(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> Any:
        columns, result = original(self, *args, **kwargs)
        return columns, _kept(result) if is_ours(self.ref_doctype) else result

    wrap(reportview, "handle_duration_fieldtype_values", rows)
    wrap(Report, "run_standard_report", of_report)


def keep_texts_of_templates() -> None:
    """In the files that the Data Import offers for filling in, with what is there already."""
    from frappe.core.doctype.data_import.exporter import Exporter

    def rows(original: Callable[..., Any], self: Any) -> Any:
        made = original(self)
        return _kept(made) if is_ours(self.doctype) else made

    wrap(Exporter, "get_csv_array_for_export", rows)


def keep_texts_of_data() -> None:
    """In files of the Data Export."""
    from frappe.core.doctype.data_export.exporter import DataExporter

    def row(
        original: Callable[..., Any], self: Any, rows: Any, doctype: str, field: Any, doc: Any, at: int
    ) -> Any:
        if is_ours(doctype):
            doc = doc.copy()
            doc.update({name: kept_as_text(value) for name, value in doc.items()})
        return original(self, rows, doctype, field, doc, at)

    wrap(DataExporter, "add_data_row", row)


def read_texts_as_written(doc: Document, method: str) -> None:
    """Have the Data Import take such files back. Frappe calls this at the beginning of each import."""
    from frappe.core.doctype.data_import.importer import Row

    def row(
        original: Callable[..., Any], self: Any, doctype: str, columns: Any, values: Any, *args: Any
    ) -> Any:
        if is_ours(doctype):
            values = [as_written(value) for value in values]
        return original(self, doctype, columns, values, *args)

    wrap(Row, "_parse_doc", row)


def _kept(rows: list[Any]) -> list[list[Any]]:
    return [[kept_as_text(cell) for cell in row] for row in rows]


def wrap(holder: Any, name: str, wrapper: Callable[..., Any]) -> None:
    """Put a function around one of Frappe's, which it gets first; once in a process."""
    original = getattr(holder, name)
    if hasattr(original, "sm_planner"):
        return

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return wrapper(original, *args, **kwargs)

    wrapped.sm_planner = True
    setattr(holder, name, wrapped)
