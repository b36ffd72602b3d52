"""The house has a plan: imports point one way, and the engine knows no site."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


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


def test_the_engine_reads_no_clock():
    clocks = ("datetime.now(", "date.today(", "utcnow(", "time.time(")
    offenders = [
        f"{path.relative_to(ROOT)}: {clock}"
        for path in (ROOT / "sm_planner" / "engine").rglob("*.py")
        for clock in clocks
        if clock in path.read_text(encoding="utf-8")
    ]
    assert offenders == []
