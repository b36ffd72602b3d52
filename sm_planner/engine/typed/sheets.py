"""Which records are added several at a time, and by which few columns: what a first plan needs to know of each.

Columns are fields of the model, whose labels and words they have. What a column does not ask is told on the form of
the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.fields import Spec, specs

WEEK = "windows"
"""The table of a calendar that is typed as one line: see :mod:`sm_planner.engine.service_time.week_line`."""


@dataclass(frozen=True)
class Column:
    """A field that is typed in a cell.

    field: of the record. within: the table of the record of whose rows it is a field; each thing in the cell is a row then.
    makes: whether a title that leads to no record makes one. needed: whether a row needs it, beyond what the model says.
    """

    field: str
    within: str = ""
    makes: bool = False
    needed: bool = False

    @property
    def name(self) -> str:
        """What the column is called by who fills it: the table where it stands for one."""
        return self.within or self.field


@dataclass(frozen=True)
class Sheet:
    """A table in which records are typed, one a row.

    collection: where the records belong. table: where the rows are no records, but rows of this table of one record, that
    is named beside them.
    """

    collection: str
    columns: tuple[Column, ...]
    table: str = ""

    @property
    def record(self) -> type:
        """The class of what a row makes."""
        record = COLLECTIONS[self.collection].record
        return specs(record)[self.table].row if self.table else record

    @cached_property
    def specs(self) -> dict[str, Spec]:
        """Column → the spec of what is typed into it."""
        return {column.name: self.spec(column) for column in self.columns}

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def spec(self, column: Column) -> Spec:
        """What is typed into a column."""
        declared = specs(self.record)
        return specs(declared[column.within].row)[column.field] if column.within else declared[column.field]

    def label(self, column: Column) -> str:
        """What stands above a column."""
        return specs(self.record)[column.name].label

    def several(self, column: Column) -> bool:
        """Whether a cell can name several things."""
        return bool(column.within) or self.spec(column).kind in ("links", "lines")

    def is_needed(self, column: Column) -> bool:
        """Whether a row cannot do without the column."""
        return column.needed or (not column.within and self.spec(column).required)


TITLE = Column("title", needed=True)


def _people(field: str, within: str = "") -> Column:
    """A column that names people: who is not there yet is made by the name."""
    return Column(field, within, makes=True)


SHEETS: dict[str, Sheet] = {
    "people": Sheet("people", (TITLE, Column("user"), Column("unit"), Column("level"))),
    "calendars": Sheet("calendars", (TITLE, Column(WEEK, needed=True), Column("timezone"))),
    "stakeholders": Sheet(
        "stakeholders", (TITLE, Column("kind"), Column("influence"), Column("interest"), _people("contact"))
    ),
    "suppliers": Sheet("suppliers", (TITLE, _people("manager"), Column("contact"), Column("escalation"))),
    "teams": Sheet(
        "teams",
        (
            TITLE,
            Column("kind"),
            Column("supplier", makes=True),
            _people("lead"),
            _people("person", "members"),
            Column("contact"),
        ),
    ),
    "services": Sheet(
        "services",
        (
            TITLE,
            Column("customer_facing"),
            _people("service_owner"),
            Column("customers", makes=True),
            Column("teams", makes=True),
            Column("importance"),
        ),
    ),
    "components": Sheet(
        "components",
        (TITLE, Column("kind"), Column("is_critical"), Column("services"), Column("team", makes=True)),
    ),
    "agreements": Sheet(
        "agreements",
        (
            TITLE,
            Column("kind"),
            Column("customer", makes=True),
            Column("team", makes=True),
            Column("supplier", makes=True),
            Column("service", "scope"),
            Column("service_hours"),
            Column("start_date"),
        ),
    ),
    "targets": Sheet(
        "agreements",
        (
            Column("metric"),
            Column("priority"),
            Column("value", needed=True),
            Column("unit"),
            Column("share_of_cases"),
        ),
        "targets",
    ),
    "roles": Sheet("roles", (TITLE, Column("kind"), _people("person", "holders"), _people("deputy"))),
    "processes": Sheet(
        "processes", (TITLE, Column("framework"), Column("owner_role", makes=True), Column("flow"))
    ),
    "objectives": Sheet(
        "objectives",
        (
            TITLE,
            Column("category"),
            Column("business_goal"),
            _people("objective_owner"),
            Column("kpi"),
            Column("unit"),
            Column("baseline"),
            Column("target"),
            Column("due"),
        ),
    ),
    "improvements": Sheet(
        "improvements",
        (
            TITLE,
            Column("dimension"),
            Column("objective"),
            Column("service"),
            _people("improvement_owner"),
            Column("start_date"),
            Column("due"),
        ),
    ),
    "catalogue": Sheet(
        "catalogue",
        (TITLE, Column("service"), Column("audience", makes=True), Column("price"), Column("delivery_time")),
    ),
    "requirements": Sheet(
        "requirements",
        (
            TITLE,
            Column("customer", makes=True),
            Column("service"),
            Column("metric"),
            Column("priority"),
            Column("value"),
            Column("unit"),
        ),
    ),
    "communications": Sheet(
        "communications",
        (
            TITLE,
            Column("stakeholders", makes=True),
            Column("channel"),
            _people("sender"),
            Column("frequency"),
            Column("first_date"),
        ),
    ),
}
"""What can be added several at a time → its columns. All are collections, but ``targets``: those of one agreement."""
