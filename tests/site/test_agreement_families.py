"""Families of agreements on a site: what holds, where it comes from, and who may see it."""

from __future__ import annotations

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine import plan_file
from sm_planner.engine.agreements.families import in_effect
from sm_planner.reports import REPORTS

PLAN = """
plan: {id: families-1, title: Families, lineage: families}
people: [{id: fam-ana, title: Ana Reis}]
stakeholders: [{id: fam-shops, title: Shops, kind: Customer}]
suppliers: [{id: fam-makers, title: Makers}]
calendars:
  - {id: fam-night, title: Family Nights}
  - id: fam-office
    title: Family Office Hours
    timezone: Europe/Dublin
    windows: [{weekday: Monday, opens: "09:00", closes: "17:00"}]
services:
  - {id: fam-mail, title: Family Mail}
  - {id: fam-chat, title: Family Chat}
components: [{id: fam-server, title: Family Server, services: [fam-mail], supplier: fam-makers}]
agreements:
  - id: fam-general
    title: General for Shops
    kind: SLA
    agreement_owner: fam-ana
    customer: fam-shops
    start_date: 2020-01-01
    open_ended: true
    service_hours: fam-office
    exceptions: Strikes
    targets:
      - {metric: Response, value: 1, unit: Hours}
      - {metric: Resolution, value: 8, unit: Hours}
      - {metric: Availability, service: fam-chat, value: 99, unit: Percent}
  - id: fam-mail-sla
    title: Mail for Shops
    kind: SLA
    general_agreement: fam-general
    scope: [{service: fam-mail}]
    targets: [{metric: Resolution, value: 4, unit: Hours}]
  - id: fam-framework
    title: Framework
    kind: UC
    supplier: fam-makers
    start_date: 2020-01-01
    open_ended: true
    service_hours: fam-office
    targets: [{metric: Resolution, value: 2, unit: Hours}]
  - {id: fam-call-off, title: Call-off, kind: UC, general_agreement: fam-framework, scope: [{component: fam-server}]}
"""


@pytest.fixture
def plan() -> str:
    return plan_writer.save(plan_file.loads(PLAN, "test"))


def test_what_holds_is_told_term_by_term_with_its_origin(plan):
    found = api.agreement_terms("fam-mail-sla")
    told = [(one["what"], one["value"], one["origin"], one["inherited"]) for one in found["terms"]]
    assert ("Customer", "Shops", "fam-general", True) in told
    assert ("Exceptions", "Strikes", "fam-general", True) in told
    assert ("Resolution", "4 Hours · Family Office Hours", "fam-mail-sla", False) in told
    assert ("Response", "1 Hour · Family Office Hours", "fam-general", True) in told
    assert not [one for one in told if one[0] in ("Availability", "Title", "Kind")]
    assert {one["origin_title"] for one in found["terms"]} == {"General for Shops", "Mail for Shops"}
    assert found["message"].startswith(f"{sum(one[3] for one in told)} of the {len(told)} terms")


def test_a_document_says_otherwise_and_names_no_general_agreement_any_more(plan):
    document = frappe.get_doc("SM Agreement", "fam-mail-sla")
    document.exceptions = "None at all"
    document.precedence = "General Agreement"
    document.save()
    told = {
        one["what"]: (one["value"], one["origin"]) for one in api.agreement_terms("fam-mail-sla")["terms"]
    }
    assert told["Exceptions"] == ("Strikes", "fam-general")
    assert told["Resolution"] == ("8 Hours · Family Office Hours", "fam-general")
    document.general_agreement = document.precedence = ""
    document.save()
    told = api.agreement_terms("fam-mail-sla")
    assert {one["origin"] for one in told["terms"]} == {"fam-mail-sla"}
    assert "None at all" in {one["value"] for one in told["terms"]}


def test_an_agreement_is_no_general_agreement_of_itself(plan):
    document = frappe.get_doc("SM Agreement", "fam-general")
    document.general_agreement = document.name
    with pytest.raises(frappe.ValidationError):
        document.save()


def test_a_plan_has_the_general_agreements_of_its_agreements_and_sees_of_them_what_it_has(plan):
    """Another plan, which has one of the services alone: what is said of the other one is none of its."""
    other = frappe.get_doc(
        {
            "doctype": "SM Plan",
            "title": "Mail alone",
            "scope": [{"record_type": "SM Service", "record": "fam-mail"}],
        }
    ).insert()
    held = plan_reader.load(other.name)
    assert {one.id for one in held.agreements} == {
        "fam-general",
        "fam-mail-sla",
        "fam-framework",
        "fam-call-off",
    }
    assert [row.metric for row in held.get("agreements", "fam-general").targets] == ["Response", "Resolution"]
    call_off = in_effect(held, held.get("agreements", "fam-call-off"))
    assert (call_off.supplier, call_off.service_hours) == ("fam-makers", "fam-office")
    plan_writer.save(held)
    stored = frappe.get_doc("SM Agreement", "fam-general")
    assert {row.metric for row in stored.targets} == {"Response", "Resolution", "Availability"}


def test_chain_measurements_and_report_read_what_holds(plan):
    chain = api.agreement_chain("fam-mail-sla")
    assert {row["target"] for row in chain["rows"]} == {"Response", "Resolution"}
    assert {row["agreement_id"] for row in api.agreement_chain("fam-call-off")["rows"]} == {"fam-mail-sla"}
    series = api.agreement_measurements("fam-mail-sla")["series"]
    assert [one["title"] for one in series] == ["Resolution", "Response"]
    table = REPORTS["agreement-terms"].run(
        plan_reader.load(plan), frappe.utils.getdate(), agreement="fam-call-off"
    )
    assert {row["origin_id"] for row in table.rows} == {"fam-framework", "fam-call-off"}


def test_who_may_not_read_the_agreement_or_what_stands_above_it_is_not_told(plan, make_user, acting_as):
    with acting_as(make_user(name="nobody@example.org")), pytest.raises(frappe.PermissionError):
        api.agreement_terms("fam-mail-sla")
    user = make_user("SM Auditor", "SM Planner Manager")
    frappe.get_doc(
        {
            "doctype": "User Permission",
            "user": user,
            "allow": "SM Service Calendar",
            "for_value": "fam-night",
            "apply_to_all_doctypes": 0,
            "applicable_for": "SM Service Calendar",
        }
    ).insert()
    with acting_as(user):
        assert api.agreement_terms("fam-mail-sla") == {
            "refused": "You may not read everything above it, so what holds is not shown."
        }
