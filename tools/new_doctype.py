"""The DocTypes of a new collection, from what the model declares: ``python tools/new_doctype.py drills``.

Writes a folder for the records, and one for each of their tables that has none yet: definition, controller and list.
They are a beginning: the order of fields, sections and columns, the list and the controller are for who knows the
subject. What follows from the model is compared by ``test_doctypes_match_model.py`` from then on. It needs no bench;
``bench migrate`` makes the tables.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from textwrap import indent
from typing import Any

from checkout import ROOT

from sm_planner.adapters.site import doctypes, roles
from sm_planner.engine.checks.entry import TITLE, is_titled
from sm_planner.engine.model import COLLECTIONS, Collection
from sm_planner.engine.model.collection import FACT, PROMISE, REGISTER
from sm_planner.engine.model.fields import DECIMALS, KEY_LENGTH, LINE_LENGTH, Spec, specs

FOLDER = ROOT / "sm_planner" / "sm_planner" / "doctype"

FIELDTYPES = {
    "line": "Data",
    "number": "Float",
    "text": "Small Text",
    "lines": "Small Text",
    "choice": "Select",
    "link": "Link",
    "links": "Table MultiSelect",
    "rows": "Table",
    "date": "Date",
    "flag": "Check",
    "integer": "Int",
}
"""Kind of a field of the model → type of the field in its DocType."""

ENTERED_BY = "entered_by"
"""The field of a fact that the server sets."""

BASES = {PROMISE: "Part", REGISTER: "Register", FACT: "Fact"}
"""Nature of a collection → the class of its controllers, where nothing more is known of it."""

READ = frozenset(("read", "print", "email", "report"))
WRITE = READ | {"write", "create", "export"}
RULE = WRITE | {"delete"}
ALL = RULE | {"import", "share"}


def rights(collection: Collection) -> dict[str, frozenset[str]]:
    """Role → what it may do with the records of a collection.

    Parts of a draft are deleted by who plans, shared records by who manages; service owners write what they keep.
    Registers and facts are written by whom they are about, which their controllers see to.
    """
    if collection.by_server:
        seen = dict.fromkeys((roles.MANAGER, roles.PLANNER, roles.OWNER, roles.SPONSOR), READ)
        return {**seen, "System Manager": READ, roles.AUDITOR: READ | {"export"}}
    own = {PROMISE: (), REGISTER: ("write", "create"), FACT: ("write", "create", "delete")}[collection.nature]
    return {
        roles.MANAGER: ALL,
        "System Manager": ALL,
        roles.PLANNER: WRITE if collection.shared else RULE,
        roles.OWNER: READ.union(own) | ({"write"} if collection.kept_by else frozenset()),
        roles.SPONSOR: READ.union(own),
        roles.AUDITOR: READ | {"export"},
    }


def holder(collection: Collection) -> str:
    """The field that names what a record belongs to."""
    return "lineage" if collection.is_of_lineage else "plan"


def naming(collection: Collection) -> dict[str, str]:
    """How documents of a collection get their names."""
    if not collection.series:
        return {"autoname": "hash", "naming_rule": "Random"}
    name = f"{collection.series}-{{####}}" if collection.shared else f"{{{holder(collection)}}}-{{id}}"
    return {"autoname": f"format:{name}", "naming_rule": "Expression"}


def standing(collection: Collection) -> list[dict[str, Any]]:
    """The fields that say in which plan a record stands, and by which id it is known there."""
    if collection.shared:
        return []
    held_by = holder(collection)
    plan = {
        "allow_in_quick_entry": 1,
        "fieldname": held_by,
        "fieldtype": "Link",
        "in_list_view": 1,
        "in_standard_filter": 1,
        "label": "Plan",
        "options": doctypes.LINEAGE if collection.is_of_lineage else doctypes.PLAN,
        "reqd": int(collection.nature != FACT),
        "search_index": 1,
        "set_only_once": 1,
    }
    id = {
        "description": f"If empty, the next free number is used: {collection.series}-01, {collection.series}-02 and so on.",
        "fieldname": "id",
        "fieldtype": "Data",
        "label": "ID",
        "length": KEY_LENGTH,
        "no_copy": 1,
        "set_only_once": 1,
    }
    return [plan, id] if collection.series else [plan]


def field(record_class: type, name: str, spec: Spec) -> dict[str, Any]:
    """A field of a record or a row as its DocType has it."""
    shown: dict[str, Any] = {
        "fieldname": doctypes.fieldname(name),
        "fieldtype": "Autocomplete" if spec.words else FIELDTYPES[spec.kind],
        "label": spec.label,
    }
    if spec.help:
        shown["description"] = spec.help
    if spec.required:
        shown["reqd"] = 1
    if name == ENTERED_BY:
        shown |= {"no_copy": 1, "read_only": 1}
    if spec.length != LINE_LENGTH:
        shown["length"] = spec.length
    if spec.kind == "choice":
        shown["options"] = "\n".join(["", *spec.choices])
    elif spec.words:
        shown["options"] = "\n".join(words for _, words in spec.words)
    elif spec.kind == "link":
        shown["options"] = doctypes.DOCTYPES[spec.target]
    elif spec.kind in doctypes.TABLES:
        shown["options"] = doctypes.child_doctype(spec)
    elif spec.kind == "integer" and spec.minimum is not None:
        shown["non_negative"] = int(spec.minimum >= 0)
    elif spec.kind == "number":
        shown["precision"] = str(DECIMALS)
    default = record_class.__dataclass_fields__[name].default
    if spec.kind == "flag" or (spec.kind == "integer" and default is not None):
        shown["default"] = str(int(default))
    elif spec.kind == "choice" and default:
        shown["default"] = default
    return shown


def fields(record_class: type) -> list[dict[str, Any]]:
    """The fields of a record or a row that the model declares."""
    return [
        field(record_class, name, spec) for name, spec in specs(record_class).items() if spec.kind != "key"
    ]


def records(collection: Collection) -> dict[str, Any]:
    """The DocType of the records of a collection."""
    doctype = _doctype(doctypes.DOCTYPES[collection.name], fields(collection.record))
    if is_titled(collection.record):
        (title,) = (one for one in doctype["fields"] if one["fieldname"] == TITLE)
        doctype["fields"].remove(title)
        title |= {"allow_in_quick_entry": 1, "in_global_search": 1, "reqd": 1}
        doctype["fields"] = [title, *standing(collection), *doctype["fields"]]
        doctype |= {"search_fields": TITLE, "show_title_field_in_link": 1, "title_field": TITLE}
    else:
        doctype["fields"] = [*standing(collection), *doctype["fields"]]
    return {
        **doctype,
        **naming(collection),
        **({} if collection.by_server else {"allow_import": 1}),
        "description": " ".join((collection.record.__doc__ or "").partition("\n\n")[0].split()),
        "documentation": "/sm-planner-guide?page=planner",
        "permissions": [
            {**dict.fromkeys(sorted(may), 1), "role": role} for role, may in rights(collection).items()
        ],
        "track_changes": 1,
    }


def rows(spec: Spec) -> dict[str, Any]:
    """The child DocType of a table: of rows, or of a list of links."""
    shown = fields(spec.row) if spec.row else [_link(spec)]
    for one in shown:
        one["in_list_view"] = 1
    return {**_doctype(doctypes.child_doctype(spec), shown), "editable_grid": 1, "istable": 1}


def _link(spec: Spec) -> dict[str, Any]:
    return {
        "fieldname": "record",
        "fieldtype": "Link",
        "label": COLLECTIONS[spec.target].label,
        "options": doctypes.DOCTYPES[spec.target],
        "reqd": 1,
        "search_index": 1,
    }


def _doctype(name: str, shown: list[dict[str, Any]]) -> dict[str, Any]:
    now = f"{datetime.now():%Y-%m-%d %H:%M:%S.%f}"  # noqa: DTZ005
    return {
        "actions": [],
        "creation": now,
        "doctype": "DocType",
        "engine": "InnoDB",
        "fields": shown,
        "links": [],
        "modified": now,
        "modified_by": "Administrator",
        "module": "SM Planner",
        "name": name,
        "owner": "Administrator",
        "permissions": [],
        "sort_field": "modified",
        "sort_order": "DESC",
        "states": [],
    }


def types(doctype: dict[str, Any]) -> str:
    """The types of the fields in the controller of a DocType, as Frappe writes them there."""
    imports = {"from frappe.types import DF"}
    lines = (
        dict.fromkeys(("parent", "parentfield", "parenttype"), "DF.Data") if doctype.get("istable") else {}
    )
    for shown in doctype["fields"]:
        kind, options = shown["fieldtype"].replace(" ", ""), shown.get("options") or ""
        if kind in _NO_VALUE:
            continue
        name = f"DF.{kind}"
        if kind == "Select":
            name = f"DF.Literal{json.dumps(options.split(chr(10)))}"
        elif kind in ("Table", "TableMultiSelect"):
            imports.add(
                f"from sm_planner.sm_planner.doctype.{_stem(options)}.{_stem(options)} import {_class(options)}"
            )
            name += f"[{_class(options)}]"
        is_always_there = kind in _NEVER_NONE or shown.get("reqd")
        lines[shown["fieldname"]] = name if is_always_there else f"{name} | None"
    within = [*sorted(imports), "", *(f"{name}: {kind}" for name, kind in sorted(lines.items()))]
    return "\n".join(
        [_TYPES, *(f"    {line}" if line else "" for line in within), "# end: auto-generated types"]
    )


_TYPES = """\
# begin: auto-generated types
# This code is auto-generated. Do not modify anything in this block.

from typing import TYPE_CHECKING

if TYPE_CHECKING:"""
_NO_VALUE = ("SectionBreak", "ColumnBreak", "TabBreak", "HTML")
_NEVER_NONE = ("Check", "Float", "Int", "Select", "Table", "TableMultiSelect")


def _stem(doctype: str) -> str:
    """The name of a DocType's folder and files."""
    return doctype.lower().replace(" ", "_").replace("-", "_")


def _class(doctype: str) -> str:
    """The name of a DocType's controller."""
    return doctype.replace(" ", "").replace("-", "")


def _controller(doctype: dict[str, Any], base: str) -> str:
    body = indent(f"{types(doctype)}\npass\n", "    ")
    head = f"from sm_planner.adapters.documents.record import {base}"
    return f"{head}\n\n\nclass {_class(doctype['name'])}({base}):\n{body}"


def _list(doctype: dict[str, Any]) -> str:
    return f'frappe.listview_settings["{doctype["name"]}"] = {{\n  hide_name_column: true,\n}};\n'


def files(collection: Collection) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """The DocTypes of a collection, each with the files of its folder: how the name ends → content."""
    doctype = records(collection)
    base = BASES[collection.nature]
    if collection.nature == PROMISE:
        base = "Record" if collection.shared else "NamedPart" if collection.series else base
    listed = {"_list.js": _list(doctype)} if is_titled(collection.record) else {}
    yield doctype, {".py": _controller(doctype, base), **listed}
    for spec in doctypes.tables(collection.record).values():
        table = rows(spec)
        yield table, {".py": _controller(table, "Row")}


def write(collection: Collection) -> list[Path]:
    """Write the folders that are not there yet. Returns them."""
    written = []
    for doctype, others in files(collection):
        name = _stem(doctype["name"])
        folder = FOLDER / name
        if folder.exists():
            continue
        doctype["field_order"] = [one["fieldname"] for one in doctype["fields"]]
        definition = json.dumps(doctype, indent=1, sort_keys=True, separators=(",", ": "))
        folder.mkdir()
        for end, content in {".json": definition, **others}.items():
            (folder / f"{name}{end}").write_text(content, encoding="utf-8")
        (folder / "__init__.py").touch()
        written.append(folder)
    return written


def main(names: list[str]) -> int:
    """Write the DocTypes of the collections named; 1 where one of them is none, or no collection is named."""
    unknown = [name for name in names if name not in COLLECTIONS]
    if unknown or not names:
        print(f"Name collections of the model: {', '.join(COLLECTIONS)}.", file=sys.stderr)
        return 1
    for name in names:
        for folder in write(COLLECTIONS[name]):
            print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
