"""The path of docs/architecture.md, "Follow one collection", walked in a copy of the project.

A collection with a table of rows is declared. The files that the path names are touched, what it runs is run, and
nothing else; then whatever compares the house with the model must be content.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import sm_planner

pytest.importorskip("babel", reason="Babel is not installed")
if not shutil.which("make"):
    pytest.skip("make is not installed", allow_module_level=True)

ROOT = Path(sm_planner.__file__).parents[1]
DATA = ROOT / "tests" / "unit" / "data" / "one_collection"
COPIED = (
    "sm_planner",
    "tools",
    "docs",
    "fixtures",
    "tests/unit",
    "tests/kept_seals",
    "Makefile",
    "pyproject.toml",
    "README.md",
)

GENERATED = {
    "docs/plan-file.md",
    "docs/permissions.md",
    "sm_planner/locale/main.pot",
    "sm_planner/sm_planner/doctype/sm_plan/sm_plan.json",
    "sm_planner/workspace_sidebar/sm_planner.json",
}
"""What the commands of the path write, beside the folders of the DocTypes."""

COMPARING = (
    "test_book.py::test_the_book_tells_of_every_collection",
    "test_doctypes_match_model.py",
    "test_frappe_json.py",
    "test_kept_seals.py",
    "test_link_choices.py",
    "test_permission_matrix.py",
    "test_schema.py",
    "test_translations.py",
)
"""Tests that compare what is written elsewhere with the model, and the seals that were kept."""


@dataclass(frozen=True)
class House:
    """A copy of the project with one collection more. written: the files that are new or changed."""

    root: Path
    by_hand: tuple[str, ...]
    written: frozenset[str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return run(self.root, *command)

    def test(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def succeed(root: Path, *command: str) -> None:
    done = run(root, *command)
    assert done.returncode == 0, done.stdout + done.stderr


def fingerprints(root: Path) -> Iterator[tuple[str, str]]:
    for path in root.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def before(text: str, mark: str, line: str) -> str:
    """The text with a line more, before the first that begins with a mark."""
    changed, times = re.subn(rf"^(?={re.escape(mark)})", line, text, count=1, flags=re.MULTILINE)
    assert times == 1, mark
    return changed


def declare(text: str) -> str:
    text = before(text, "from sm_planner.engine.model.vocabulary", f"{IMPORT}\n")
    return before(text, "    settings: Settings", f"    {FIELD}\n\n")


IMPORT = "from sm_planner.engine.model.drill import Drill"
FIELD = "drills: tuple[Drill, ...] = collection(Drill)"


def add_chapter(text: str) -> str:
    return before(text, '    Chapter("readiness"', '    Chapter("drills", N_("Drills"), nothing_more),\n')


def add_link(text: str) -> str:
    """A link behind that to the waivers."""
    workspace = json.loads(text)
    links = workspace["links"]
    (place,) = (number for number, link in enumerate(links) if link.get("link_to") == "SM Waiver")
    links.insert(place + 1, {**links[place], "label": "Drills", "link_to": "SM Drill"})
    return json.dumps(workspace, indent=1, sort_keys=True, separators=(",", ": "))


def translate(text: str) -> str:
    """A German for each text that has none."""
    return re.sub(
        r'^msgid "(.+)"\nmsgstr ""$', r'msgid "\1"\nmsgstr "\1 (deutsch)"', text, flags=re.MULTILINE
    )


BY_HAND: dict[str, Callable[[str], str]] = {
    "sm_planner/engine/model/drill.py": lambda _: (DATA / "drill.py").read_text(encoding="utf-8"),
    "sm_planner/engine/model/plan.py": declare,
    "sm_planner/reports/book/chapters.py": add_chapter,
    "sm_planner/reports/book/templates/chapters/drills.html": lambda _: (DATA / "drills.html").read_text(
        encoding="utf-8"
    ),
    "sm_planner/sm_planner/workspace/sm_planner/sm_planner.json": add_link,
    "sm_planner/locale/de.po": translate,
}
"""What one writes: file → what becomes of its text."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    root = tmp_path_factory.mktemp("house")
    for name in COPIED:
        source, target = ROOT / name, root / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, target)
    shutil.copy(DATA / "knows_drills.py", root / "tests" / "unit" / "test_knows_drills.py")
    was = dict(fingerprints(root))

    *first, german = BY_HAND
    for name in first:
        write(root / name)
    succeed(root, sys.executable, "tools/new_doctype.py", "drills")
    succeed(root, "make", "docs", "READY=pyproject.toml", f"BIN={Path(sys.executable).parent}")
    lacking = run(root, sys.executable, "tools/translations.py")
    assert lacking.returncode == 1, lacking.stdout + lacking.stderr
    write(root / german)
    succeed(root, sys.executable, "tools/translations.py")

    written = {name for name, content in fingerprints(root) if was.get(name) != content}
    return House(root, tuple(BY_HAND), frozenset(written))


def write(path: Path) -> None:
    name = next(name for name in BY_HAND if path.as_posix().endswith(name))
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(BY_HAND[name](text), encoding="utf-8")


def is_of_the_doctypes(name: str) -> bool:
    return name.startswith("sm_planner/sm_planner/doctype/sm_drill")


def test_tools_use_the_checkout_in_which_they_stand(house: House, tmp_path: Path):
    other = tmp_path / "sm_planner"
    other.mkdir()
    (other / "__init__.py").touch()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, str(house.root / "tools" / "translations.py"))
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_six_files_are_written_by_hand_beside_the_doctypes(house):
    assert len(house.by_hand) == 6
    assert {name for name in house.written if not is_of_the_doctypes(name)} == {*house.by_hand, *GENERATED}


def test_the_path_is_the_one_that_the_page_describes(house):
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = page.partition("## Follow one collection")[2].partition("\n## ")[0]
    for name in (*house.by_hand, *GENERATED):
        place = name.removeprefix("sm_planner/")
        place = place.replace("drill.py", "<subject>.py").replace("drills.html", "<collection>.html")
        assert f"`{place}`" in section


def test_all_that_is_compared_with_the_model_is_content(house):
    tests = []
    for name in COMPARING:
        file, *one = name.split("::")
        (path,) = (house.root / "tests" / "unit").rglob(file)
        tests.append("::".join([str(path), *one]))

    done = house.test(*tests)

    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr


def test_everything_knows_the_collection(house):
    done = house.test("tests/unit/test_knows_drills.py")

    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr
