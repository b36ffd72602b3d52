"""The service map of a plan on a site: what it answers, to whom, and how a revision is compared with what was signed."""

from __future__ import annotations

import json

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader

AUDITOR = "auditor@example.org"
PLANNER = "planner@example.org"
BESIDE = 30
"""Queries that the map may make beside those that read a plan."""


def boxes_of(told):
    return {box["key"]: box for lane in told["lanes"] for box in lane["boxes"]}


@pytest.fixture
def reader(example_on_site, make_user) -> str:
    make_user("SM Auditor", name=AUDITOR)
    frappe.set_user(AUDITOR)
    return example_on_site


def test_the_map_of_the_example_leads_to_its_records(reader, count_queries):
    api.service_map(reader)  # DocTypes are read once
    with count_queries() as to_load:
        plan_reader.load(reader)
    with count_queries() as queries:
        told = api.service_map(reader)

    assert (told["plan"], told["page"], told["now_version"]) == (reader, 1, "")
    assert told["counts"] == {"Comes": 2, "Goes": 3, "Changes": 8}
    assert (told["agreements_from"], told["agreements_to"]) == ("2027-01-01", "2028-12-31")
    boxes = boxes_of(told)
    end = "ends on 2027-06-30; none holds after it."
    assert any(end in one for one in boxes["services/services/dictation"]["changes"])
    customer = boxes["customers/stakeholders/ward-staff"]
    assert (customer["difference"], "Agreements" in customer["changed"]) == ("Changes", True)
    for box in boxes.values():
        assert frappe.db.exists(box["doctype"], box["id"])
        assert box["id"] in box["address"]
    assert len(json.dumps(told)) < 60_000
    assert len(queries) <= len(to_load) + BESIDE


def test_a_box_tells_its_weakest_link_and_leads_to_what_decides(reader):
    told = api.service_map_box(reader, "services", "imaging")

    first = told["promises"][0]
    assert (first["verdict_key"], first["decides_id"]) == ("Infeasible", "uc-lumenray")
    assert first["decides_address"].endswith("/sm-agreement/uc-lumenray")
    assert {"CHN-03", "AGR-12"} <= {finding["code"] for finding in told["findings"]}
    assert all(finding["opens"]["doctype"] for finding in told["findings"])
    with pytest.raises(frappe.ValidationError, match="no such box"):
        api.service_map_box(reader, "services", "none")
    with pytest.raises(frappe.ValidationError, match="no such box"):
        api.service_map_box(reader, "raci", "imaging")


def test_a_search_and_a_record_lead_to_their_box(reader):
    (found,) = api.find_on_service_map(reader, "digital dictation")
    assert (found["key"], found["page"], found["lane"]) == ("services/services/dictation", 1, "Services")

    told = api.service_map(at="services/dictation", by="importance")
    assert (told["plan"], told["chosen"]) == (reader, "services/services/dictation")
    assert "services/services/dictation" in boxes_of(told)
    assert api.service_map(reader, at="services/none")["chosen"] == ""


def test_who_may_not_read_the_plan_gets_nothing(example_on_site, make_user):
    make_user("Website Manager", name="other@example.org")
    frappe.set_user("other@example.org")

    for ask in (
        lambda: api.service_map(example_on_site),
        lambda: api.service_map(),
        lambda: api.service_map_box(example_on_site, "services", "imaging"),
        lambda: api.find_on_service_map(example_on_site, "imaging"),
    ):
        with pytest.raises(frappe.PermissionError):
            ask()


def test_a_revision_is_compared_with_the_version_in_force_as_it_was_signed(minimal, in_force, make_user):
    make_user("SM Planner Manager", name=PLANNER)
    frappe.set_user(PLANNER)
    assert api.service_map(in_force)["now_version"] == ""

    draft = frappe.get_doc("SM Plan", api.start_revision(in_force))
    service = frappe.get_doc({"doctype": "SM Service", "title": "Reading Room"}).insert()
    draft.append("scope", {"record_type": "SM Service", "record": service.name})
    draft.save()
    told = api.service_map(draft.name)

    assert told["now_version"] == minimal.version
    added = boxes_of(told)[f"services/services/{service.name}"]
    assert (added["difference"], added["now"]) == ("Comes", None)
    assert told["unproven_version"] == ""

    seal = frappe.db.get_value("SM Plan Seal", {"plan": in_force}, ["name", "content"], as_dict=True)
    frappe.db.set_value("SM Plan Seal", seal.name, "content", seal.content.replace("Live", "Gone"))
    told = api.service_map(draft.name)
    assert (told["now_version"], told["unproven_version"]) == ("", minimal.version)
