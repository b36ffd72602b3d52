"""What bench, pip and the marketplace expect of the project's own files."""

import ast
import sys
from pathlib import Path

import pytest

if sys.version_info < (3, 11):
    pytest.skip("tomllib comes with Python 3.11", allow_module_level=True)

import tomllib

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_bench_finds_the_files_by_which_it_knows_an_app():
    for name in ("hooks.py", "modules.txt", "patches.txt"):
        assert (ROOT / "sm_planner" / name).is_file()


def test_setup_py_names_the_package_literally():
    calls = [
        node
        for node in ast.walk(ast.parse((ROOT / "setup.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    names = [keyword.value.value for call in calls for keyword in call.keywords if keyword.arg == "name"]
    assert names == ["sm_planner"] == [PROJECT["project"]["name"]]


def test_frappe_is_asked_for_from_bench_and_never_from_the_package_index():
    wanted = [
        *PROJECT["project"]["dependencies"],
        *(item for items in PROJECT["project"]["optional-dependencies"].values() for item in items),
    ]
    assert not [item for item in wanted if item.startswith(("frappe", "erpnext"))]
    assert PROJECT["tool"]["bench"]["frappe-dependencies"] == {"frappe": ">=15.0.0,<17.0.0"}


def test_required_apps_stand_on_one_line_as_bench_reads_them():
    lines = (ROOT / "sm_planner" / "hooks.py").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("required_apps")] == ["required_apps = []"]


def test_only_the_app_package_is_installed():
    assert PROJECT["tool"]["setuptools"]["packages"]["find"]["include"] == ["sm_planner*"]


def test_every_patch_is_listed():
    listed = (ROOT / "sm_planner" / "patches.txt").read_text(encoding="utf-8").split()
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "sm_planner" / "patches").rglob("*.py")
        if path.name != "__init__.py"
    ]
    assert [module for module in modules if module not in listed] == []
