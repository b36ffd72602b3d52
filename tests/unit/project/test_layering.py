"""The house has a plan: imports point one way, and the engine knows no site."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from sm_planner.engine.circles import circles

ROOT = Path(__file__).parents[3]


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_import_contracts_of_pyproject_are_kept():
    pytest.importorskip("importlinter")
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_modules_import_each_other_in_a_circle():
    """Those that a function imports, or that are for types alone, count too."""
    grimp = pytest.importorskip("grimp")
    graph = grimp.build_graph("sm_planner")
    modules = sorted(graph.modules)
    number = {module: place for place, module in enumerate(modules)}
    imported = [
        [number[one] for one in sorted(graph.find_modules_directly_imported_by(module))] for module in modules
    ]

    parts = [sorted(modules[one] for one in part) for part in circles(imported)]

    assert len(modules) > 300
    assert [part for part in parts if len(part) > 1] == []


@pytest.mark.parametrize("room", ["sm_planner.engine", "sm_planner.reports"])
def test_all_modules_of_a_pure_room_load_without_frappe(room):
    code = f"""
import importlib, pkgutil, sys
package = importlib.import_module({room!r})
for module in pkgutil.walk_packages(package.__path__, {room!r} + "."):
    importlib.import_module(module.name)
print("frappe" in sys.modules)
"""
    assert run_python(code).strip() == "False"


def test_the_command_line_loads_without_frappe():
    assert run_python("import sm_planner.cli, sys; print('frappe' in sys.modules)").strip() == "False"


def test_the_command_line_starts_with_click_alone():
    heavy = "{'yaml', 'jinja2', 'cryptography', 'numpy', 'jmespath', 'rfc8785'}"
    assert (
        run_python(f"import sm_planner.cli, sys; print(sorted({heavy} & set(sys.modules)))").strip() == "[]"
    )


def test_the_checks_load_without_numpy():
    """Every process that writes a plan loads them; arrays are for what works out chains and dates."""
    assert (
        run_python("import sm_planner.engine.checks, sys; print('numpy' in sys.modules)").strip() == "False"
    )


def test_what_frappe_reads_first_loads_the_model_and_no_library():
    """Every process of a site reads the hooks before it does anything."""
    code = """
import sys, sm_planner.hooks
wanted = ("sm_planner.engine.checks", "sm_planner.reports", "rfc8785", "numpy", "cryptography", "jmespath", "pygal")
print(sorted(name for name in sys.modules if name.startswith(wanted)))
"""
    assert run_python(code).strip() == "[]"


def test_commands_of_the_bench_load_the_app_when_they_run():
    """``bench`` reads the commands of every app, whichever is called."""
    tree = ast.parse((ROOT / "sm_planner" / "commands.py").read_text(encoding="utf-8"))
    read = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    read += [one.name for node in tree.body if isinstance(node, ast.Import) for one in node.names]
    assert "frappe.commands" in read
    assert [module for module in read if module.startswith("sm_planner")] == []


def test_the_engine_reads_no_clock():
    clocks = ("datetime.now(", "date.today(", "utcnow(", "time.time(")
    offenders = [
        f"{path.relative_to(ROOT)}: {clock}"
        for path in (ROOT / "sm_planner" / "engine").rglob("*.py")
        for clock in clocks
        if clock in path.read_text(encoding="utf-8")
    ]
    assert offenders == []
