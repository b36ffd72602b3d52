"""What the audit of Frappe's marketplace looks for, and what life cycle and privacy need."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import sm_planner
from sm_planner import hooks

ROOT = Path(__file__).parents[3]
APP = ROOT / "sm_planner"


def test_the_app_is_named_as_its_package():
    assert hooks.app_name == sm_planner.__name__
    assert re.fullmatch(r"\d+\.\d+\.\d+", sm_planner.__version__)


@pytest.mark.parametrize(
    "hook", ["override_doctype_class", "override_whitelisted_methods", "extend_doctype_class"]
)
def test_nothing_of_others_is_overridden(hook):
    assert not hasattr(hooks, hook)


def test_no_event_is_heard_of_all_documents():
    assert "*" not in hooks.doc_events


def test_importing_the_package_does_nothing():
    body = ast.parse((APP / "__init__.py").read_text(encoding="utf-8")).body
    assert all(isinstance(node, (ast.Assign, ast.Expr)) for node in body)
    assert not [node for node in ast.walk(ast.Module(body, [])) if isinstance(node, ast.Call)]


def test_there_are_no_links_in_the_tree_and_no_second_list_of_requirements():
    assert [path for path in APP.rglob("*") if path.is_symlink()] == []
    assert not (ROOT / "requirements.txt").exists()


@pytest.mark.parametrize(
    "file",
    [
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "CHANGELOG.md",
        ".github/workflows/ci.yml",
        ".github/workflows/linters.yml",
        ".github/ISSUE_TEMPLATE/bug.yml",
    ],
)
def test_what_a_listing_asks_for_is_there(file):
    assert (ROOT / file).read_text(encoding="utf-8").strip()


def hooked() -> list[str]:
    """The functions that hooks name."""
    named = re.findall(r'"(sm_planner(?:\.\w+){2,})"', (APP / "hooks.py").read_text(encoding="utf-8"))
    return sorted(set(named))


@pytest.mark.parametrize("path", hooked())
def test_a_hook_names_a_function_that_is_there(path: str):
    module, _, function = path.rpartition(".")
    code = (ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")
    assert function in {node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)}


def test_the_life_cycle_is_hooked():
    hooked_names = {path.rpartition(".")[2] for path in hooked()}
    assert {
        "before_install",
        "after_install",
        "after_migrate",
        "before_uninstall",
        "after_app_install",
        "before_app_uninstall",
    } <= hooked_names


ALLOWED = {
    ("commands.py", "frappe.set_user"): "whoever runs a command says who acts",
    ("report_mails.py", "frappe.set_user"): "a mailed report holds what its reader may read, and no more",
    (
        "executive_view.py",
        "frappe.set_user",
    ): "the mail of each week holds what its reader may read, and no more",
    (
        "seal_keys.py",
        "subprocess",
    ): "a command of the machine's administrator may hold the key, without a shell",
}
"""File and what it does → why it may."""


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: str(path.relative_to(APP)))
def test_no_code_does_what_reviewers_refuse(path: Path):
    """Evaluating text, starting processes, acting as somebody else outside the command line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    modules = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    found = {"eval", "exec", "os.system", "frappe.safe_eval", "frappe.set_user"} & calls
    found |= {"subprocess"} & modules
    assert {what for what in found if (path.name, what) not in ALLOWED} == set()


def test_people_can_ask_what_is_kept_of_them():
    assert {entry["doctype"] for entry in hooks.user_data_fields} == {"SM Person"}
