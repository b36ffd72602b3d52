"""The catalogue of texts: ``make translations`` writes ``sm_planner/locale/main.pot`` and brings each language up to date.

It finds what Frappe's own ``bench generate-pot-file`` finds, and what that passes over: number cards, charts, tours,
workflows, print formats, frameworks of assessments, templates of plans. It needs no bench, and writes no line numbers, so that a catalogue only changes with its texts.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from checkout import ROOT
from jinja2.ext import babel_extract

from sm_planner.engine.assessment.frameworks import SHIPPED, read as read_frameworks
from sm_planner.engine.model.assessments import AssessmentFramework
from sm_planner.engine.templates.library import SHIPPED as TEMPLATES_OF_PLANS, read as read_template
from sm_planner.engine.templates.words import texts as texts_of_template

APP = ROOT / "sm_planner"
LOCALE = APP / "locale"
POT = LOCALE / "main.pot"

PYTHON = ("_", "_lt", "N_")
"""Functions of Python whose first argument is a text of the app."""
SCRIPT = re.compile(r"""\b__\(\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""")
"""A call of the Desk's ``__`` with a text. Babel's lexer passes over those in template strings within others."""

HEADER = "# Texts of SM Planner. Written by `make translations`; see docs/translations.md."

UNSAID = tuple(
    f'"{header}:'
    for header in (
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
"""Headers that are left out: a catalogue without changes stays as it is."""

SHOWN = {
    "DocType": ("name", "description"),
    "Report": ("name",),
    "Workspace": ("label", "title"),
    "Number Card": ("label",),
    "Dashboard": ("dashboard_name",),
    "Dashboard Chart": ("chart_name",),
    "Module Onboarding": ("title", "subtitle", "success_message"),
    "Onboarding Step": (
        "title",
        "description",
        "action_label",
        "report_description",
        "callback_title",
        "callback_message",
    ),
    "Form Tour": ("title",),
    "Notification": (),
    "Print Format": ("name",),
    "Workflow State": ("workflow_state_name",),
    "Workflow": (),
    "Workspace Sidebar": ("title",),
    "Desktop Icon": ("label",),
}
"""DocType of a record → the fields of it that users read."""

TEMPLATES = {
    "Notification": ("subject", "message"),
    "Print Format": ("html",),
    "Email Template": ("response_html",),
}
"""DocType of a record → the fields of it that are templates."""

ROWS = {
    "fields": ("label", "description"),
    "links": ("group", "label"),
    "shortcuts": ("label", "format"),
    "quick_lists": ("label",),
    "number_cards": ("label",),
    "charts": ("label",),
    "items": ("label",),
    "steps": ("title", "description", "label"),
    "permissions": ("role",),
    "transitions": ("action",),
}
"""Child table of a record → the fields of its rows that users read."""


def messages() -> dict[str, str]:
    """Every text of the app, with the file that it was found in first."""
    found: dict[str, str] = {}
    for path in sorted(APP.rglob("*")):
        if "node_modules" in path.parts or "dist" in path.parts:
            continue
        for text in _of_file(path):
            if text and any(letter.isalpha() for letter in text):
                found.setdefault(text, path.relative_to(APP.parent).as_posix())
    return found


def _of_file(path: Path) -> Iterator[str]:
    if path.suffix == ".json":
        records = json.loads(path.read_text(encoding="utf-8"))
        for record in records if isinstance(records, list) else [records]:
            yield from _of_record(record)
    elif path.suffix == ".py":
        yield from _of_python(path.read_text(encoding="utf-8"))
    elif path.suffix == ".js":
        for literal in SCRIPT.findall(path.read_text(encoding="utf-8")):
            yield ast.literal_eval(literal)
    elif path.suffix == ".html":
        yield from _of_template(path.read_bytes())
    elif path.parent == SHIPPED:
        for framework in read_frameworks(path.read_bytes(), path.name):
            yield from _of_framework(framework)
    elif path.parent == TEMPLATES_OF_PLANS and path.suffix == ".yaml":
        yield from texts_of_template(read_template(path))


def _of_framework(framework: AssessmentFramework) -> Iterator[str]:
    """What assessors read of a framework of ours."""
    yield from (framework.title, *framework.levels)
    for line in framework.lines:
        yield from (line.title, line.group, *line.levels, line.typical_evidence)


def _of_python(source: str) -> Iterator[str]:
    """Read by the parser: tokens, by which Babel reads, show what is within an f-string from Python 3.12 on only."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function = getattr(node.func, "id", getattr(node.func, "attr", ""))
        text = getattr(node.args[0], "value", None)
        if function in PYTHON and isinstance(text, str):
            yield text


def _of_template(template: bytes) -> Iterator[str]:
    yield from _called(babel_extract(BytesIO(template), {"_": None}, (), {"silent": "false"}))


def _called(calls: Any) -> Iterator[str]:
    """The first argument of each call that is a text: what follows fills it."""
    for _line, _function, arguments, *_rest in calls:
        first = arguments[0] if isinstance(arguments, tuple) else arguments
        if first:
            yield first


def _of_record(record: Any) -> Iterator[str]:
    doctype = record.get("doctype") if isinstance(record, dict) else None
    if doctype not in SHOWN:
        return
    for field in SHOWN[doctype]:
        yield record.get(field) or ""
    for field in TEMPLATES.get(doctype, ()):
        yield from _of_template((record.get(field) or "").encode())
    for table, fields in ROWS.items():
        for row in record.get(table) or ():
            for field in fields:
                yield row.get(field) or ""
            if row.get("fieldtype") == "Select":
                yield from (row.get("options") or "").split("\n")
    if doctype == "Workspace":
        for block in json.loads(record.get("content") or "[]"):
            if block["type"] in ("header", "paragraph"):
                yield block["data"]["text"]


def template() -> Catalog:
    """The catalogue without translations."""
    catalog = Catalog(project="SM Planner", charset="utf-8", fuzzy=False)
    for text, path in messages().items():
        catalog.add(text, locations=[(path, 0)])
    return catalog


def languages() -> list[Path]:
    return sorted(LOCALE.glob("*.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=None if path.suffix == ".pot" else path.stem)


def texts(catalog: Catalog) -> dict[str, str]:
    """Text → its translation, the header left out."""
    return {str(message.id): str(message.string or "") for message in catalog if message.id}


def _write(path: Path, catalog: Catalog) -> None:
    catalog.header_comment = HEADER
    buffer = BytesIO()
    write_po(buffer, catalog, width=None, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith(UNSAID)) + "\n", encoding="utf-8")


def main() -> int:
    """Write all catalogues; 1 if a language lacks translations."""
    fresh = template()
    LOCALE.mkdir(exist_ok=True)
    _write(POT, fresh)
    print(f"{len(fresh)} texts in {POT.relative_to(APP.parent)}")
    lacking = 0
    for path in languages():
        catalog = read(path)
        catalog.update(fresh, no_fuzzy_matching=True)
        _write(path, catalog)
        open_ = [text for text, told in texts(catalog).items() if not told]
        lacking += len(open_)
        print(f"{path.stem}: {len(open_)} without a translation")
        for text in open_:
            print(f"  {text!r}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
