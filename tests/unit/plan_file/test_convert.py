"""``sm-planner convert``: YAML to a workbook and back, and YAML anew."""

import shutil

import pytest
from click.testing import CliRunner

from sm_planner.cli import cli
from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path


def convert(source, target, status=0):
    result = CliRunner().invoke(cli, ["convert", str(source), str(target)])
    assert result.exit_code == status, result.output
    return result.stderr if status else result.stdout


@pytest.fixture
def plan_path(tmp_path):
    return shutil.copy(example_path("minimal"), tmp_path / "plan.yaml")


def test_a_plan_goes_to_a_workbook_and_back(plan_path, tmp_path, minimal):
    assert convert(plan_path, tmp_path / "plan.xlsx") == f"{tmp_path / 'plan.xlsx'} is written.\n"
    convert(tmp_path / "plan.xlsx", tmp_path / "again.yaml")

    assert plan_file.load(tmp_path / "plan.xlsx") == minimal
    assert plan_file.load(tmp_path / "again.yaml") == minimal


def test_a_plan_that_was_worked_on_as_a_workbook_keeps_the_comments_of_its_yaml(plan_path, tmp_path, minimal):
    plan_path.write_text("# Ours.\n\n" + plan_path.read_text())
    convert(plan_path, tmp_path / "plan.xlsx")
    convert(tmp_path / "plan.xlsx", plan_path)

    assert plan_path.read_text().startswith("# Ours.\n\n# The smallest plan")
    assert plan_file.load(plan_path) == minimal


def test_yaml_is_written_anew(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("people: [{title: Ada, id: ada}] # all\nplan: {title: P, id: p}\n")
    convert(path, path)
    assert (
        path.read_text()
        == "plan:\n  id: p\n  title: P\n  lineage: p\n\npeople:  # all\n- id: ada\n  title: Ada\n"
    )


def test_another_plan_is_not_written_over(plan_path, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("plan: {id: other}\n")
    told = convert(plan_path, other, status=2)

    assert (
        told
        == "other.yaml: This file already holds another plan, “other”. Choose another file name, or move that file away.\n"
    )
    assert other.read_text() == "plan: {id: other}\n"


def test_a_file_that_cannot_be_read_is_not_written_over(plan_path, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("plan: [\n")
    assert convert(plan_path, other, status=2).startswith("other.yaml:2:1: This is not YAML")
    assert other.read_text() == "plan: [\n"


def test_a_kind_of_file_that_is_not_written_is_told_before_anything(tmp_path):
    told = convert("nowhere.yaml", tmp_path / "plan.ods", status=2)
    assert told == "plan.ods: Files of the type “.ods” cannot be written. Use one of .yaml, .yml, .xlsx.\n"


def test_findings_of_a_workbook_stand_at_their_rows(tmp_path):
    plan_file.dump(plan_file.load(example_path("example")), tmp_path / "plan.xlsx")
    places = plan_file.places(tmp_path / "plan.xlsx")
    assert str(places["services", "patient-record"]) == "plan.xlsx Services!A2"
    assert str(places["services", ""]) == "plan.xlsx Services"
