"""The one shape of a report: what the command line, the Desk, HTML and JSON all show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sm_planner.engine.texts import Number, Text

Translate = Callable[[str], str]
"""Template in English → template in the reader's language."""


def in_english(template: str) -> str:
    return template


Day = Callable[["date | Number"], str]
"""How the reader writes a day, or a number, within a text."""


def translated(value: Any, translate: Translate, day: Day = str) -> Any:
    """A :class:`Text` in the reader's language, a number in words as he writes it; anything else is data and stays as it is."""
    if isinstance(value, Text):
        return value.translated(translate, write=day)
    return day(value) if isinstance(value, Number) else value


@dataclass(frozen=True)
class Column:
    """A column. fieldtype: a column type of Frappe.

    collection, key: the cell names a record of this collection, whose id stands under the key of its row. Where
    a column names records of several collections, its rows say which, under the key ``collection``; where it names
    fields of the plan, these stand under the key.

    There are no Link columns: Frappe checks permissions for each of their rows, one by one, while a report
    has only what its reader may see.
    """

    fieldname: str
    label: Text | str
    fieldtype: str = "Data"
    width: int = 120
    options: str = ""
    collection: str = ""
    key: str = ""


@dataclass(frozen=True)
class Figure:
    """A number above the table. indicator: Green, Red or Blue; the Desk has no other colours."""

    label: Text
    value: int | float | str | Text
    indicator: str = "Blue"


@dataclass(frozen=True)
class Dataset:
    name: Text
    values: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """A bar chart. title: what it shows. reading: what one sees in it. stacked: data sets on top of each other."""

    title: Text
    labels: tuple[Text | str, ...]
    datasets: tuple[Dataset, ...]
    colors: tuple[str, ...]
    reading: Text | None = None
    stacked: bool = False


@dataclass(frozen=True)
class Table:
    """What a report shows. A cell is data, or a :class:`Text` that the face translates.

    message: how to read the table, and what to do next. heads: what rows that belong together stand beneath in the Desk, each a row
    of these columns, under the key that those hold as their ``head``. A row that holds none of these keys stands alone.
    """

    columns: tuple[Column, ...]
    rows: list[dict[str, Any]]
    summary: tuple[Figure, ...] = ()
    chart: Chart | None = None
    message: Text | None = None
    heads: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    def as_dict(self, translate: Translate = in_english, day: Day = str) -> dict[str, Any]:
        """The table in plain values, its texts translated: the stable shape of ``--json`` and of the Desk.

        day: how days and numbers within texts are written; a cell that is a day stays in ISO 8601. The chart is in the terms of frappe-charts.
        """

        def plain(value: Any) -> Any:
            value = translated(value, translate, day)
            return value.isoformat() if isinstance(value, date) else value

        return {
            "columns": [
                {
                    "fieldname": column.fieldname,
                    "label": plain(column.label),
                    "fieldtype": column.fieldtype,
                    "width": column.width,
                    "options": column.options,
                }
                for column in self.columns
            ],
            "rows": [{name: plain(cell) for name, cell in row.items()} for row in self.rows],
            "summary": [
                {"label": plain(figure.label), "value": plain(figure.value), "indicator": figure.indicator}
                for figure in self.summary
            ],
            "chart": self.chart
            and {
                "title": plain(self.chart.title),
                "reading": plain(self.chart.reading),
                "type": "bar",
                "data": {
                    "labels": [plain(label) for label in self.chart.labels],
                    "datasets": [
                        {"name": plain(dataset.name), "values": list(dataset.values)}
                        for dataset in self.chart.datasets
                    ],
                },
                "colors": list(self.chart.colors),
                "barOptions": {"stacked": self.chart.stacked},
            },
            "message": plain(self.message),
        }
