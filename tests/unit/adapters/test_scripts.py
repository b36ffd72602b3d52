"""The scripts of the Desk: one bundle of modules, one way to make HTML, nothing else on a page that is not ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import sm_planner
from sm_planner import hooks

APP = Path(sm_planner.__file__).parent
SCRIPTS = sorted(path for path in APP.rglob("*.js") if "dist" not in path.parts)
JS = APP / "public" / "js"
DESK = JS / "desk.js"
ENTRY = JS / "sm_planner.bundle.js"
MODULES = sorted(path for path in JS.rglob("*.js") if "dist" not in path.parts and path != DESK)
OF_FOLDERS = [path for path in SCRIPTS if JS not in path.parents]
HTML = JS / "shared" / "html.js"


def name_of(path: Path) -> str:
    return path.relative_to(APP).as_posix()


# What stands in a script


class Literal(NamedTuple):
    tag: str | None
    """What stands before a template: html`…`. None for a text in quotes."""
    text: str
    """Its text; `${}` for what a template takes in."""
    before: str
    """The code before it, to its left."""
    after: str
    """The code after it."""


CODE_BEFORE_REGEX = re.compile(r"(?:^|[(,=:\[!&|?{};+]|\breturn)\s*$")


def literals(code: str, begin: int = 0, end: int | None = None) -> Iterator[Literal]:
    """The texts and templates of a script, also those within templates."""
    place, end = begin, len(code) if end is None else end
    while place < end:
        if code.startswith("//", place):
            place = code.find("\n", place) % (len(code) + 1)
        elif code.startswith("/*", place):
            place = code.index("*/", place) + 2
        elif code[place] == "/" and CODE_BEFORE_REGEX.search(code[max(begin, place - 80) : place]):
            place = re.compile(r"/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\\[])+/\w*").match(code, place).end()
        elif code[place] in "\"'":
            found = re.compile(r"""(["'])((?:\\.|(?!\1).)*)\1""").match(code, place)
            yield Literal(None, found[2], code[begin:place], code[found.end() : end])
            place = found.end()
        elif code[place] == "`":
            text, held, after = template(code, place)
            tag = re.search(r"[\w.]*$", code[begin:place])[0]
            yield Literal(tag, text, code[begin : place - len(tag)], code[after:end])
            for first, last in held:
                yield from literals(code, first, last)
            place = after
        else:
            place += 1


def template(code: str, place: int) -> tuple[str, list[tuple[int, int]], int]:
    """Text of a template, where each `${…}` of it begins and ends, and where it ends itself."""
    text, held, place = "", [], place + 1
    while code[place] != "`":
        if code[place] == "\\":
            text, place = text + code[place : place + 2], place + 2
        elif code.startswith("${", place):
            last = end_of_braces(code, place + 2)
            held.append((place + 2, last))
            text, place = text + "${}", last + 1
        else:
            text, place = text + code[place], place + 1
    return text, held, place + 1


def end_of_braces(code: str, place: int) -> int:
    depth = 0
    while depth or code[place] != "}":
        if code[place] == "`":
            place = template(code, place)[2]
            continue
        if code[place] in "\"'":
            place = re.compile(r"""(["'])(?:\\.|(?!\1).)*\1""").match(code, place).end()
            continue
        depth += {"{": 1, "}": -1}.get(code[place], 0)
        place += 1
    return place


# HTML is made by one tag

MARKUP = re.compile(r"""</?[a-z!]|\b[a-z-]+=["']|&(?:[a-z]+|#x?\w+);""", re.IGNORECASE)
ELEMENT = re.compile(r"<[a-z]+>")
OTHER_HELPERS = re.compile(
    r"(?<!un)escape_html|escapeHTML|\.escape\(|saniti[sz]e|\bescape\w*\b\s*[=(]", re.IGNORECASE
)
SINKS = re.compile(
    r"\.html\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|parseHTML"
    r"|\.(?:append|prepend|before|replaceWith|wrap\w*)\((?!\$)|\.after\((?!\$)"
)


def faults(code: str) -> list[str]:
    """How a script makes HTML otherwise than by the tag of shared/html.js."""
    bare = without_comments(code)
    found = [f"escapes by itself: {name}" for name in OTHER_HELPERS.findall(bare)]
    found += [f"shows HTML by itself: {name}" for name in SINKS.findall(bare)]
    for tag, text, before, after in literals(code):
        made_by_jquery = before.endswith("$(") and after.startswith(")") and ELEMENT.fullmatch(text)
        if tag != "html" and MARKUP.search(text) and not made_by_jquery:
            found.append(f"HTML without the tag: {text}")
        if tag == "html" and (before.rstrip().endswith("+") or after.lstrip().startswith("+")):
            found.append(f"HTML that is strung together: {text}")
    return found


def without_comments(code: str) -> str:
    return re.sub(r"(?:^|(?<=\s))//[^\n]*|/\*.*?\*/", "", code, flags=re.DOTALL)


@pytest.mark.parametrize("path", [path for path in SCRIPTS if path != HTML], ids=name_of)
def test_html_is_made_by_the_one_tag_that_escapes(path: Path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'area = "<b>" + name + "</b>";',
        "area = '<b class=\"x\">';",
        "area = `<li>${name}</li>`;",
        "area = list.map((one) => `<li>${one}</li>`);",
        "area = html`<ul>${list.map((one) => `<li>${one}</li>`)}</ul>`;",
        "area = html`<ul>${one ? '<li>' : \"\"}</ul>`;",
        'area = html`<p ${open ? \'aria-current="step"\' : ""}></p>`;',
        "area = html`<p></p>` + name;",
        "area = name + html`<p></p>`;",
        "area = frappe.utils.escape_html(name);",
        "const escape = (text) => text.replace(/&/g, '&amp;');",
        'const told = name.replace(/</g, "&lt;");',
        "$area.html(name);",
        "$area.append(name);",
        "$area.after(name);",
        "area.innerHTML = name;",
        '$("<b onclick=run()>");',
        "// a comment\n$area.html(name);",
    ],
)
def test_html_that_is_made_otherwise_is_found(code: str):
    assert faults(code)


@pytest.mark.parametrize(
    "code",
    [
        'area = html`<ul class="x">${list.map((one) => html`<li>${one}</li>`)}</ul>`;',
        'const found = text.replace(/<(?=[a-z!/?])/gi, "‹");',
        "// <b>told</b> by escape_html(…)",
        "const address = `/api/method/${method}?plan=${plan}`;",
        "const area = $('<option>').attr('value', goal);",
        'if (one < other && other / 2 > 1) area = "a < b";',
    ],
)
def test_what_is_no_html_of_its_own_is_left_alone(code: str):
    assert faults(code) == []


def test_html_that_others_made_is_taken_over_in_the_cells_of_reports_and_from_a_template_of_the_server_alone():
    taking = {name_of(path) for path in SCRIPTS if re.search(r"\bsafe\b", path.read_text(encoding="utf-8"))}
    assert taking == {
        name_of(HTML),
        "public/js/executive/page.js",
        "public/js/forms/lineage.js",
        "public/js/forms/progress_sheet.js",
        "public/js/part/page.js",
        "public/js/reports/cells.js",
        "public/js/roadmap/page.js",
        "public/js/shared/progress_sheets.js",
    }


# Modules

IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"([^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?:async )?(?:const|function|class) (\w+)", re.MULTILINE)


def imports(path: Path) -> list[tuple[Path, set[str]]]:
    """The modules that one imports, and what of them."""
    found = IMPORT.findall(path.read_text(encoding="utf-8"))
    return [
        ((path.parent / other).resolve(), {name.strip() for name in names.split(",")} - {""})
        for names, other in found
    ]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_what_others_export_and_uses_it(path: Path):
    code = path.read_text(encoding="utf-8")
    assert len(re.findall(r"^import\b", code, re.MULTILINE)) == len(IMPORT.findall(code))
    for other, names in imports(path):
        assert names <= set(EXPORT.findall(other.read_text(encoding="utf-8"))), name_of(other)
        assert [name for name in names if len(re.findall(rf"\b{name}\b", code)) < 2] == []


def test_every_module_is_in_the_bundle():
    reached, waiting = set(), [ENTRY.resolve()]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [other for other, _names in imports(path)]
    assert reached == {path.resolve() for path in MODULES}


def test_every_export_is_imported():
    asked = {(path, name) for module in MODULES for path, names in imports(module) for name in names}
    exported = {
        (path.resolve(), name)
        for path in MODULES
        for name in EXPORT.findall(path.read_text(encoding="utf-8"))
    }
    assert exported - asked == set()


def test_modules_do_not_import_each_other_in_a_circle():
    graph = {path.resolve(): [other for other, _names in imports(path)] for path in MODULES}
    while ends := {path for path, others in graph.items() if not others}:
        graph = {
            path: [other for other in others if other not in ends]
            for path, others in graph.items()
            if path not in ends
        }
    assert graph == {}


# Where a script is found

REGISTERED = re.compile(r'(?:frappe\.ui\.form\.on|\bon_form)\("([^"]+)"')


@pytest.mark.parametrize("path", sorted((JS / "forms").glob("*.js")), ids=name_of)
def test_the_script_of_a_form_bears_the_name_of_its_doctype(path: Path):
    registered = set(REGISTERED.findall(path.read_text(encoding="utf-8")))
    assert {doctype.lower().replace(" ", "_") for doctype in registered} == {f"sm_{path.stem}"}
    assert (APP / "sm_planner" / "doctype" / f"sm_{path.stem}").is_dir()


def test_folders_hold_what_the_desk_looks_for_there_and_no_forms():
    assert not hasattr(hooks, "doctype_js")
    of_doctypes = [path for path in OF_FOLDERS if path.parts[-3] == "doctype"]
    assert [path for path in of_doctypes if not re.fullmatch(r".+_(list|calendar)", path.stem)] == []
    assert [path for path in OF_FOLDERS if path.parts[-3] not in ("doctype", "page", "report")] == []


def given_by_the_bundle() -> list[str]:
    """What the scripts of folders may ask for, such as ``lists.day``."""
    groups = re.findall(r"^  (lists|pages|reports): \{([^}]+)\},$", ENTRY.read_text("utf-8"), re.MULTILINE)
    return [f"{group}.{name}" for group, names in groups for name in re.findall(r"\w+", names)]


@pytest.mark.parametrize("path", OF_FOLDERS, ids=name_of)
def test_a_script_of_a_folder_declares_nothing_and_asks_the_bundle_for_what_it_has(path: Path):
    """The Desk runs those of reports in the scope of the page."""
    code = path.read_text(encoding="utf-8")
    assert re.findall(r"^(?:const|let|var|function|class|async) .*", code, re.MULTILINE) == []
    asked = {name for name in re.findall(r"\bsm_planner\.([\w.]+)", code) if not name.startswith("api.")}
    acts = re.findall(r"^  (\w+),$", ENTRY.read_text(encoding="utf-8"), re.MULTILINE)
    assert asked - {"about_plan", "load"} <= {*given_by_the_bundle(), *acts}


@pytest.mark.parametrize("path", [path for path in OF_FOLDERS if path.parts[-3] == "report"], ids=name_of)
def test_the_script_of_a_report_can_run_before_the_bundle_is_there(path: Path):
    """Charts on a workspace run it for its filters."""
    at_once = re.sub(r"\(\S+\) => sm_planner\.reports\.\w+", "", path.read_text(encoding="utf-8"))
    assert "sm_planner.reports" not in at_once


def test_what_the_bundle_gives_is_asked_for():
    told = "\n".join(path.read_text(encoding="utf-8") for path in (DESK, *OF_FOLDERS))
    names = given_by_the_bundle()
    assert len(names) > 5
    assert [name for name in names if f"sm_planner.{name}" not in told] == []


# What others notice of it


def test_every_page_of_the_desk_loads_a_small_loader_alone():
    (address,) = hooks.app_include_js
    assert address == f"/assets/sm_planner/js/{DESK.name}?v={sm_planner.__version__}"
    assert DESK.stat().st_size < 3000


def test_addresses_of_what_every_page_loads_change_with_the_version():
    """Browsers keep files of /assets for a year."""
    for address in (*hooks.app_include_js, *hooks.app_include_css):
        assert address.endswith(f"?v={sm_planner.__version__}")


GLOBAL = re.compile(r"\b(?:window|globalThis|self)\.\w+\s*(?:\|\|)?=[^=]|frappe\.provide\(.*")


def test_nothing_is_global_but_the_one_name():
    found = {
        (name_of(path), made) for path in SCRIPTS for made in GLOBAL.findall(path.read_text(encoding="utf-8"))
    }
    assert found == {("public/js/desk.js", 'frappe.provide("sm_planner");')}
