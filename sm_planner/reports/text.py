"""A report as plain text, for terminals and files."""

from __future__ import annotations

from typing import Any

from sm_planner.reports.table import Table

WIDEST = 60
"""Characters of a cell; longer ones are cut."""


def as_text(table: Table, columns: tuple[str, ...] = ()) -> str:
    """The rows under their headings. columns: only these, by fieldname."""
    plain = table.as_dict()
    shown = [column for column in plain["columns"] if not columns or column["fieldname"] in columns]
    lines = [[column["label"] for column in shown]]
    lines += [[_cell(row.get(column["fieldname"])) for column in shown] for row in plain["rows"]]
    widths = [max(len(line[position]) for line in lines) for position in range(len(shown))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cell(value: Any) -> str:
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
