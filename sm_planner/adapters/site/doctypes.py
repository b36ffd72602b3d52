"""The model as DocTypes: which DocType holds which record, and how a value stands in its field.

Knows no Frappe, which reads the lists of this module before anything else (``hooks.py``): documents and database rows are
anything that has ``get`` (and ``set``, where one is changed).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sm_planner.engine.model import COLLECTIONS, Plan, Settings
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.plan import FACTS, REGISTERS
from sm_planner.engine.model.values import Refusal, ValueProblem, parse, plain_number, show, value_of
from sm_planner.engine.texts import N_, say
from sm_planner.engine.training import personal

PLAN, SCOPE, SETTINGS, SEAL = "SM Plan", "SM Plan Scope", "SM Settings", "SM Plan Seal"
LINEAGE = "SM Lineage"
EVENT, DELEGATION, SIGNER = "SM Sign-off Event", "SM Delegation", "SM Signer"
ACCOUNT_PASSWORD = "SM Account Password"  # noqa: S105
CALENDAR_FEED = "SM Calendar Feed"

DOCTYPES: dict[str, str] = {name: f"SM {collection.label}" for name, collection in COLLECTIONS.items()}
"""Collection → DocType of its records."""

COLLECTION_OF: dict[str, str] = {doctype: name for name, doctype in DOCTYPES.items()}

SHARED = tuple(name for name, collection in COLLECTIONS.items() if collection.shared)
"""Collections whose records can be in the scope of several plans, in an order in which links point backwards."""

PARTS = tuple(
    name for name, collection in COLLECTIONS.items() if not (collection.shared or collection.is_of_lineage)
)
"""Collections whose records belong to one version of a plan."""

LIVING = (*REGISTERS, *FACTS)
"""Collections whose records belong to a lineage, to all its versions at once."""

OF_PLAN = (*(DOCTYPES[part] for part in PARTS), SEAL, EVENT, DELEGATION)
"""DocTypes whose documents belong to the plan that their field ``plan`` names."""

OF_LINEAGE = tuple(DOCTYPES[name] for name in LIVING)
"""DocTypes whose documents belong to the lineage that their field ``lineage`` names; a fact may have none."""

PERSONAL = tuple(DOCTYPES[name] for name in personal.PERSONAL)
"""DocTypes that say what the person of their field ``person`` can do, and are for whoever that concerns."""

OF_ORGANISATION = (PLAN, *(DOCTYPES[name] for name in SHARED))
"""DocTypes whose documents belong to the organisation: plans, and what several plans can share."""

READ_ALONE = tuple(sorted((*OF_ORGANISATION, *OF_PLAN, LINEAGE, *OF_LINEAGE)))
"""DocTypes whose documents are read each by itself: all of the app but rows and settings."""

RECORDS: dict[str, type] = {
    PLAN: Plan,
    SETTINGS: Settings,
    **{DOCTYPES[name]: collection.record for name, collection in COLLECTIONS.items()},
}
"""DocType → class of the records that it holds; child DocTypes left out."""

TABLES = ("rows", "links")
"""Kinds of fields that are child tables."""

NUMBERS = ("number", "integer")
"""Kinds of fields that are numbers, which can be empty: an empty number is not 0."""

TEXT_BYTES = 65_535
"""Bytes in a text: what a Small Text field of Frappe holds."""

RENAMED = {"process": "sm_process"}
"""Fields that have another name in the DocTypes: ``process`` would hide the method of Frappe's ``Meta``."""

Record = TypeVar("Record")

_DOCTYPE_OF = {record_class: doctype for doctype, record_class in RECORDS.items()}


def doctype_of(record: Any) -> str:
    """The DocType that holds the record."""
    return _DOCTYPE_OF[type(record)]


def fieldname(name: str) -> str:
    """The name that a field of the model has in the DocTypes."""
    return RENAMED.get(name, name)


def child_doctype(spec: Spec) -> str:
    """The child DocType of a field of kind ``rows`` or ``links``."""
    if spec.kind == "links":
        return f"{DOCTYPES[spec.target]} Link"
    return "SM " + re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spec.row.__name__)


def stored(record_class: type) -> dict[str, Spec]:
    """The fields of a record that its own document holds: not what the lineage of a plan holds."""
    return {name: spec for name, spec in specs(record_class).items() if not spec.of_lineage}


def columns(record_class: type) -> list[str]:
    """The fields of a record that are columns of its DocType's own table."""
    return [
        fieldname(name) for name, spec in stored(record_class).items() if spec.kind not in (*TABLES, "key")
    ]


def numbers(record_class: type) -> dict[str, Spec]:
    """The numbers of a record or a row."""
    return {fieldname(name): spec for name, spec in specs(record_class).items() if spec.kind in NUMBERS}


def tables(record_class: type) -> dict[str, Spec]:
    """The fields of a record that are child tables."""
    return {name: spec for name, spec in specs(record_class).items() if spec.kind in TABLES}


def table_columns(spec: Spec) -> list[str]:
    """The columns of a child table."""
    return ["record"] if spec.kind == "links" else columns(spec.row)


HOLDERS: dict[str, type] = {
    **RECORDS,
    **{
        child_doctype(spec): spec.row
        for record_class in RECORDS.values()
        for spec in tables(record_class).values()
        if spec.row
    },
}
"""DocType → class of the records, or of the rows, that it holds."""

ROWS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [SCOPE, *(child_doctype(spec) for kind in RECORDS.values() for spec in tables(kind).values())]
    )
)
"""The child DocTypes: of rows, of lists of links, and of the scope of a plan."""

NUMBER_FIELDS: dict[str, dict[str, Spec]] = {
    doctype: found for doctype, record_class in HOLDERS.items() if (found := numbers(record_class))
}
"""DocType, that of rows included → its numbers."""


def part_name(holder: str, id: str) -> str:
    """The name of a document that belongs to a plan, or to a lineage."""
    return f"{holder}-{id}"


def with_names(record: Record, plan: str, lineage: str) -> Record:
    """The record with its links as the site has them: those to what belongs to the plan or to its lineage by name."""
    return _map_links(
        record, lambda target, id: part_name(lineage if COLLECTIONS[target].is_of_lineage else plan, id)
    )


def with_ids(record: Record, ids: Mapping[tuple[str, str], str]) -> Record:
    """The record with its links as the model has them: by id. ids: collection and name of a document → its id."""
    return _map_links(record, lambda target, name: ids.get((target, name), name))


def links_by_name(record: Any) -> Iterator[tuple[str, str]]:
    """Collection and id or name of everything that a record links to and that belongs to a plan or a lineage."""
    for name, spec in _part_links(type(record)):
        value = getattr(record, name)
        yield from ((spec.target, one) for one in (value if spec.kind == "links" else (value,)) if one)


def _map_links(record: Record, change: Callable[[str, str], str]) -> Record:
    changed: dict[str, Any] = {}
    for name, spec in _part_links(type(record)):
        value = getattr(record, name)
        if value:
            changed[name] = (
                tuple(change(spec.target, one) for one in value)
                if spec.kind == "links"
                else change(spec.target, value)
            )
    return dataclasses.replace(record, **changed) if changed else record


@cache
def _part_links(record_class: type) -> tuple[tuple[str, Spec], ...]:
    """The fields of a record that link to what belongs to one plan, or to one lineage."""
    return tuple((name, spec) for name, spec in specs(record_class).items() if is_part(spec))


def is_part(spec: Spec) -> bool:
    """Whether the field links to records that belong to one plan, or to one lineage."""
    return spec.kind in ("link", "links") and not COLLECTIONS[spec.target].shared


def by_place(record_class: type[Record], columns: Sequence[str]) -> Callable[..., Record]:
    """What makes a record of a row of these columns, whose values stand in this order. It is given the row, and by
    name the values that are known otherwise: the id, and what stands in other tables."""
    reads = {column: (name, each) for name, column, each in _readers(record_class)}
    places = [(place, *reads[column]) for place, column in enumerate(columns) if column in reads]

    def made(row: Sequence[Any], **given: Any) -> Record:
        return record_class(**{name: each(row[place]) for place, name, each in places}, **given)

    return made


def read(record_class: type[Record], row: Mapping[str, Any], **given: Any) -> Record:
    """The record that stands in a document or database row. given: values that are known otherwise."""
    get = row.get
    values = {name: reads(get(column)) for name, column, reads in _readers(record_class)}
    return record_class(**values | given)


@cache
def _readers(record_class: type) -> tuple[tuple[str, str, Callable[[Any], Any]], ...]:
    """Field, its column, and what makes its value of what stands there: once for each class, which has many records."""
    return tuple(
        (name, fieldname(name), _reader(spec))
        for name, spec in stored(record_class).items()
        if spec.kind != "key"
    )


def _reader(spec: Spec) -> Callable[[Any], Any]:
    if spec.kind == "rows":
        return lambda raw: tuple([read(spec.row, row) for row in raw]) if raw else ()
    if spec.kind == "links":
        return lambda raw: tuple([row.get("record") for row in raw]) if raw else ()
    if spec.kind == "lines":
        return lambda raw: tuple([line for line in (raw or "").split("\n") if line])
    if spec.kind in NUMBERS:
        return lambda raw: raw
    if spec.kind == "flag":
        return bool
    empty = spec.empty
    return lambda raw: raw or empty


def record_of(document: Any) -> Any:
    """The record that a document holds, known by the id that it has in its plan, or by its name."""
    record_class = RECORDS[document.doctype]
    given = {"id": document.get("id") or document.name} if "id" in specs(record_class) else {}
    return read(record_class, document, **given)


def write(record: Any, names: Iterable[str] | None = None) -> dict[str, Any]:
    """The fields of the document that holds a record. names: these fields only."""
    declared = specs(type(record))
    return {
        fieldname(name): _write(declared[name], getattr(record, name))
        for name in (stored(type(record)) if names is None else names)
        if declared[name].kind != "key"
    }


def _write(spec: Spec, value: Any) -> Any:
    if spec.kind == "rows":
        return [write(row) for row in value]
    if spec.kind == "links":
        return [{"record": id} for id in value]
    if spec.kind == "lines":
        return "\n".join(value)
    return int(value) if spec.kind == "flag" else value


def changed(old: Any, new: Any) -> list[str]:
    """The fields in which two records differ."""
    return [name for name in specs(type(new)) if getattr(old, name) != getattr(new, name)]


def links(record: Any) -> Iterator[tuple[str, str, str]]:
    """Every link of a record and of its rows: field, collection, id."""
    for name, spec in _linking(type(record)):
        value = getattr(record, name)
        if not value:
            continue
        if spec.kind == "link":
            yield name, spec.target, value
        elif spec.kind == "links":
            for id in value:
                yield name, spec.target, id
        else:
            for row in value:
                for _, collection, id in links(row):
                    yield name, collection, id


@cache
def _linking(record_class: type) -> tuple[tuple[str, Spec], ...]:
    """The fields of a record, or of a row, that link to others, and those whose rows do."""
    return tuple(
        (name, spec)
        for name, spec in specs(record_class).items()
        if spec.kind in ("link", "links") or (spec.kind == "rows" and _linking(spec.row))
    )


def normalise(record_class: type, document: Any, translate: Callable[[str], str] = str) -> None:
    """Give every field of a document the one form of its value. What cannot be read stays as it is.

    translate: text → in the language of who wrote the document, and may have named a value by its words.
    """
    for name, spec in stored(record_class).items():
        if spec.kind == "rows":
            for row in document.get(name) or ():
                normalise(spec.row, row, translate)
        elif spec.kind not in ("links", "key", "flag"):
            if spec.words:
                document.set(name, value_of(spec, document.get(name) or "", translate))
            with suppress(ValueProblem):
                document.set(fieldname(name), _write(spec, _value(name, spec, document)))


def unreadable(record_class: type, document: Any) -> Iterator[Refusal]:
    """What a document holds, once its values have their one form, that is no value of the model.

    Where this is nothing, :func:`read` reads the document without failing; else it may not be read.
    """
    found = list(_unreadable_fields(record_class, document))
    yield from found
    if not found and hasattr(record_class, "misfits"):
        yield from read(record_class, document).misfits()


def _unreadable_fields(record_class: type, document: Any) -> Iterator[Refusal]:
    for name, spec in stored(record_class).items():
        if spec.kind == "rows":
            for number, row in enumerate(document.get(name) or (), 1):
                for refusal in unreadable(spec.row, row):
                    yield dataclasses.replace(refusal, row=number, table=name)
        elif spec.kind == "links":
            yield from _repeated(name, [row.get("record") for row in document.get(name) or ()])
        elif spec.kind not in ("key", "flag"):
            yield from _unreadable_value(name, spec, document)


def _unreadable_value(name: str, spec: Spec, document: Any) -> Iterator[Refusal]:
    try:
        value = _value(name, spec, document)
    except ValueProblem as problem:
        yield Refusal(name, problem.message, problem.fix)
        return
    if spec.required and value == spec.empty:
        yield Refusal(name, say(N_("This is missing.")), say(N_("Fill it in.")))


def _value(name: str, spec: Spec, document: Any) -> Any:
    """The value that a field of a document means. Raises ValueProblem where it means none."""
    return _parse(spec, _as_text(spec, document.get(fieldname(name))))


def _parse(spec: Spec, raw: str) -> Any:
    if spec.kind in ("text", "lines") and len(raw.encode()) > TEXT_BYTES:
        raise ValueProblem(
            say(N_("The text is {0} bytes long."), len(raw.encode())),
            say(N_("Shorten it to {0} bytes."), TEXT_BYTES),
        )
    if spec.kind == "lines":
        one = Spec("line", spec.label)
        return tuple(line for line in (parse(one, part) for part in raw.splitlines()) if line)
    if is_part(spec):
        return raw.strip()
    return parse(spec, raw)


def _as_text(spec: Spec, raw: Any) -> str:
    if spec.kind in NUMBERS and isinstance(raw, str):
        return plain_number(raw)
    return show(raw.date() if isinstance(raw, datetime) else raw)


def _repeated(field: str, ids: list[str]) -> Iterator[Refusal]:
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield Refusal(field, say(N_("“{0}” is in this list twice."), id), say(N_("Remove one of them.")))


def holders_of(child: str) -> list[str]:
    """The DocTypes that have rows of a child DocType."""
    if child == SCOPE:
        return [PLAN]
    return [
        doctype
        for doctype, record_class in RECORDS.items()
        if child in map(child_doctype, tables(record_class).values())
    ]
