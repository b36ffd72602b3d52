"""Agreements as organisations write them, on a site: what came from the file is in the documents, on the forms, and in the file again."""

from __future__ import annotations

import json
from pathlib import Path

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_files
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine import plan_file
from sm_planner.engine.agreements import families
from sm_planner.engine.model import Plan
from sm_planner.engine.sealing import canonical

FOLDER = Path(__file__).parents[1] / "unit" / "data" / "agreements"
NAMES = ("college", "insurance", "laboratory", "library", "research-grid")


def written(name: str) -> Plan:
    return plan_file.load(FOLDER / f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_comes_back_from_the_site_as_it_was_in_its_file(name):
    plan = written(name)

    found = plan_reader.load(plan_writer.save(plan))

    assert canonical.content_hash(found) == canonical.content_hash(plan)
    for collection in ("agreements", "calendars", "services"):
        assert found.index[collection] == plan.index[collection]
    assert {(one.id, one.value) for one in found.measurements} == {
        (one.id, one.value) for one in plan.measurements
    }


@pytest.mark.parametrize("suffix", ["yaml", "xlsx"])
@pytest.mark.parametrize("name", ["research-grid", "laboratory"])
def test_an_uploaded_file_is_exported_as_it_was(name, suffix, tmp_path):
    plan = written(name)
    path = tmp_path / f"plan.{suffix}"
    plan_file.dump(plan, path)
    values = {"doctype": "File", "file_name": path.name, "content": path.read_bytes(), "is_private": 1}

    id = plan_files.import_file(frappe.get_doc(values).insert().file_url)
    api.export_plan(id)

    exported = plan_file.read(frappe.response.filecontent, "exported.yaml")
    assert canonical.content_hash(exported) == canonical.content_hash(plan)
    assert exported.index["agreements"] == plan.index["agreements"]


@pytest.mark.parametrize("name", ["research-grid", "laboratory"])
def test_the_forms_of_its_agreements_and_calendars_have_something_to_show(name):
    plan = written(name)
    plan_writer.save(plan)

    for agreement in plan.agreements:
        told = api.agreement_chain(agreement.id)
        json.dumps(told, default=str)
        if agreement.kind == "SLA" and not families.is_frame(plan, agreement):
            assert told["rows"], agreement.id
        json.dumps(api.agreement_terms(agreement.id), default=str)
        json.dumps(api.agreement_measurements(agreement.id), default=str)
    for calendar in plan.calendars:
        assert api.calendar_week(calendar.id)


def test_a_document_of_an_agreement_is_saved_again_without_a_change():
    plan = written("insurance")
    id = plan_writer.save(plan)

    frappe.get_doc("SM Agreement", "sla-claims").save()

    assert plan_reader.load(id).get("agreements", "sla-claims") == plan.get("agreements", "sla-claims")
