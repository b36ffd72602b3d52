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


def hidden_above(make_user) -> str:
    """An account that may read the agreement with a customer, and not the general one with another."""
    frappe.get_doc({"doctype": "SM Stakeholder", "title": "Others", "kind": "Customer"}).insert(
        set_name="fam-others"
    )
    user = make_user("SM Planner Manager")
    permission = {"user": user, "allow": "SM Stakeholder", "for_value": "fam-others"}
    frappe.get_doc({"doctype": "User Permission", "apply_to_all_doctypes": 1, **permission}).insert()
    return user


def test_what_stands_in_an_agreement_that_one_may_not_read_is_told_nowhere(plan, make_user, acting_as):
    frappe.db.set_value("SM Agreement", "fam-general", {"open_ended": 0, "end_date": "2033-03-31"})
    days = ("2033-01-01", "2033-12-31")
    assert {row["name"] for row in api.agreement_calendar(*days)} >= {"fam-general", "fam-mail-sla"}
    assert str(api.next_agreement_version("fam-mail-sla")["start_date"]) == "2033-04-01"
    with acting_as(hidden_above(make_user)):
        assert frappe.has_permission("SM Agreement", "read", "fam-mail-sla")
        assert not frappe.has_permission("SM Agreement", "read", "fam-general")
        refused = {"refused": "You may not read everything above it, so what holds is not shown."}
        assert api.agreement_terms("fam-mail-sla") == refused
        assert api.agreement_measurements("fam-mail-sla") == refused
        assert api.agreement_chain("fam-mail-sla") == refused
        assert api.agreement_term("fam-mail-sla") == {}
        assert not api.next_agreement_version("fam-mail-sla")["start_date"]
        assert {row["name"] for row in api.agreement_calendar(*days)}.isdisjoint(
            {"fam-general", "fam-mail-sla"}
        )


PANELS = {
    "term": lambda: api.agreement_term("fam-mail-sla"),
    "terms": lambda: api.agreement_terms("fam-mail-sla"),
    "measurements": lambda: api.agreement_measurements("fam-mail-sla"),
    "chain": lambda: api.agreement_chain("fam-mail-sla"),
    "calendar of the list": lambda: api.agreement_calendar("2026-01-01", "2026-12-31"),
    "next version": lambda: api.next_agreement_version("fam-mail-sla"),
    "week": lambda: api.calendar_week("fam-office"),
    "plan": lambda: plan_reader.load("families-1"),
}


def test_the_number_of_queries_does_not_grow_with_families_and_other_hours(plan, count_queries):
    def counts() -> dict[str, int]:
        found = {}
        for panel, ask in PANELS.items():
            ask()
            with count_queries() as made:
                ask()
            found[panel] = len(made)
        return found

    other_hours(1)
    few = counts()
    other_hours(5)
    top = "fam-general"
    for number in range(4):  # one above the other, and some beneath
        values = {
            "doctype": "SM Agreement",
            "kind": "SLA",
            "customer": "fam-shops",
            "start_date": "2020-01-01",
        }
        higher = frappe.get_doc({**values, "title": f"Higher {number}", "open_ended": 1}).insert().name
        frappe.db.set_value("SM Agreement", top, "general_agreement", higher)
        top = higher
        beneath = {**values, "title": f"Beneath {number}", "general_agreement": "fam-general"}
        frappe.get_doc({**beneath, "scope": [{"service": "fam-mail"}]}).insert()
    assert counts() == few
    assert len(plan_reader.load(plan).agreements) == 4 + 4 + 4
    assert len(plan_reader.load(plan).calendars) > 5


def other_hours(count: int) -> None:
    """Let the hours of so many calendars count on days of the office, and each on days of the next."""
    above = "fam-office"
    for number in range(count):
        name = f"fam-hours-{count}-{number}"
        windows = [{"weekday": "Monday", "opens": "08:00", "closes": "12:00"}]
        values = {"doctype": "SM Service Calendar", "title": name, "timezone": "Europe/Dublin"}
        frappe.get_doc({**values, "windows": windows}).insert(set_name=name)
        document = frappe.get_doc("SM Service Calendar", above)
        document.append("changes", {"first_day": f"209{count}-0{number + 1}-01", "calendar": name})
        document.save()
        above = name
