"""What installing, migrating and uninstalling do, as far as it can be tried without doing it."""

from __future__ import annotations

import json
from pathlib import Path

import frappe
import pytest

from sm_planner import install
from sm_planner.adapters import archive, plan_documents
from sm_planner.adapters.doctypes import SEAL, SETTINGS
from sm_planner.engine import plan_file


def stored() -> dict[str, object]:
    return dict(frappe.db.get_singles_dict(SETTINGS))


def test_a_threshold_that_a_new_version_brings_gets_its_default_and_nothing_else_changes():
    frappe.db.set_single_value(SETTINGS, {"why_min_length": 120, "most_objectives": 0})
    frappe.db.delete("Singles", {"doctype": SETTINGS, "field": "most_map_nodes"})
    frappe.clear_document_cache(SETTINGS, SETTINGS)
    before = stored()

    install.after_migrate()

    assert stored() == {
        **before,
        "most_map_nodes": "60",
        **{k: stored()[k] for k in ("modified", "modified_by")},
    }


def test_a_second_migrate_changes_nothing():
    install.after_migrate()
    before = stored()
    install.after_migrate()
    assert stored() == before


def test_an_unknown_version_of_frappe_is_refused_before_anything_is_changed(monkeypatch):
    monkeypatch.setattr(frappe, "__version__", "14.99.0")
    with pytest.raises(
        frappe.ValidationError, match="SM Planner runs on Frappe 15, 16; this is Frappe 14.99.0"
    ):
        install.before_install()


@pytest.mark.parametrize("version", ["15.55.1", "16.4.1"])
def test_the_supported_versions_are_let_through(monkeypatch, version):
    monkeypatch.setattr(frappe, "__version__", version)
    install.before_install()


def sealed(plan: str, number: int) -> None:
    row = {
        "name": f"seal-{plan}-{number}",
        "plan": plan,
        "lineage": plan,
        "number": number,
        "version": 1,
        "schema_version": 1,
    }
    frappe.get_doc({"doctype": SEAL, **row}).db_insert()


def test_signed_plans_are_not_uninstalled_before_they_are_archived(minimal, tmp_path: Path):
    name = plan_documents.save(minimal)
    sealed(minimal.lineage or name, 1)
    with pytest.raises(frappe.ValidationError, match="signed versions of plans. Keep them first"):
        install.before_uninstall()

    archive.write(tmp_path)

    archive.refuse_unless_archived()
    assert plan_file.load(tmp_path / f"{name}.yaml").title == minimal.title
    kept = json.loads((tmp_path / f"{name}.seals.json").read_text(encoding="utf-8"))
    assert [seal["number"] for seal in kept["seals"]] == [1]

    sealed("another", 2)
    with pytest.raises(frappe.ValidationError, match="Keep them first"):
        archive.refuse_unless_archived()


def test_what_was_made_about_documents_goes_with_them(minimal):
    name = plan_documents.save(minimal)
    frappe.get_doc(
        {"doctype": "ToDo", "description": "x", "reference_type": "SM Plan", "reference_name": name}
    ).insert()
    kept = frappe.get_doc({"doctype": "ToDo", "description": "y"}).insert()

    install.remove_left_behind()

    assert not frappe.db.exists("ToDo", {"reference_type": "SM Plan"})
    assert frappe.db.exists("ToDo", kept.name)
    assert not frappe.db.exists("Kanban Board", install.BOARD)
    assert not frappe.db.exists("Kanban Board Column", {"parent": install.BOARD})
    assert not frappe.db.exists("Onboarding Step", "SM Write the Plan")


def test_the_board_has_a_column_for_each_state_of_an_improvement():
    install.remove_left_behind()
    install.ensure_board()
    install.ensure_board()
    board = frappe.get_doc("Kanban Board", install.BOARD)
    states = frappe.get_meta("SM Improvement").get_options("status").split("\n")
    assert [column.column_name for column in board.columns] == [state for state in states if state]
