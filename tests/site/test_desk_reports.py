"""Reports in the Desk: they read and write nothing, for who may read the plan, with a constant number of queries."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe
import pytest
from frappe.desk.query_report import run

from sm_planner.adapters import plan_documents
from sm_planner.engine.checks import check
from sm_planner.engine.model import Plan, Service

REPORTS = ("Plan Findings", "Plan Readiness", "RACI Matrix")
HOSTILE = "<img src=x onerror=alert(1)>"


@contextmanager
def queries() -> Iterator[list[str]]:
    made: list[str] = []
    original = frappe.local.db.sql

    def sql(query, *args, **kwargs):
        made.append(str(query))
        return original(query, *args, **kwargs)

    frappe.local.db.sql = sql
    try:
        yield made
    finally:
        del frappe.local.db.sql


def shown(report: str, plan: str, **filters: object) -> dict:
    """What the Desk gets of a report."""
    return run(report, {"plan": plan, **filters}, ignore_prepared_report=True)


def grown(plan: Plan, times: int) -> Plan:
    """The plan with many more services that have findings."""
    services = tuple(Service(id=f"more-{number}", title=f"Service {number}") for number in range(times))
    return dataclasses.replace(plan, services=plan.services + services)


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_there_for_all_who_work_with_plans(report):
    document = frappe.get_doc("Report", report)
    assert (document.ref_doctype, document.report_type) == ("SM Plan", "Script Report")
    roles = {row.role for row in document.roles}
    assert roles == {permission.role for permission in frappe.get_meta("SM Plan").permissions}


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_only_reads(report, example):
    plan_documents.save(example)
    with queries() as made:
        found = shown(report, example.id)
    assert found["result"]
    assert found["columns"]
    assert found["message"]
    assert found["report_summary"]
    writing = [query for query in made if not query.lstrip().lower().startswith(("select", "show"))]
    assert writing == []


@pytest.mark.parametrize("report", REPORTS)
def test_who_may_not_read_the_plan_gets_nothing_of_it(report, minimal, example, make_user, acting_as):
    plan_documents.save(minimal)
    plan_documents.save(example)
    user = make_user("SM Auditor")
    allowed = {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": minimal.id}
    frappe.get_doc(allowed).insert()
    with acting_as(user):
        assert shown(report, minimal.id)["columns"]
        for plan in (example.id, "no-such-plan"):
            refused = shown(report, plan)
            assert refused["message"] == "There is no plan of this name that you may read."
            assert not any(refused[part] for part in ("columns", "result", "chart", "report_summary"))


@pytest.mark.parametrize("report", REPORTS)
def test_who_has_nothing_to_do_with_plans_is_refused(report, minimal, make_user, acting_as):
    plan_documents.save(minimal)
    with acting_as(make_user()), pytest.raises(frappe.PermissionError):
        shown(report, minimal.id)


@pytest.mark.parametrize("report", REPORTS)
def test_the_number_of_queries_does_not_grow_with_the_plan(report, example):
    counts = []
    for plan in (example, grown(example, 40)):
        plan_documents.save(plan)
        shown(report, plan.id)
        with queries() as made:
            shown(report, plan.id)
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_every_finding_opens_the_document_that_it_is_about(example):
    plan_documents.save(grown(example, 1))
    found = shown("Plan Findings", example.id, not_evaluated=1)
    rows = [row for row in found["result"] if isinstance(row, dict)]
    today = date.fromisoformat(frappe.utils.today())
    assert len(rows) == len(check(plan_documents.load(example.id), today).findings) > 0
    for row in rows:
        assert frappe.db.exists(row["doctype"], row["name"]), row


def test_filters_narrow_a_report(example):
    plan_documents.save(example)
    found = shown("Plan Findings", example.id, family="RAC")
    assert {row["code"].partition("-")[0] for row in found["result"]} == {"RAC"}


@pytest.mark.parametrize("report", REPORTS)
def test_what_users_wrote_does_not_become_html(report, example):
    plan_documents.save(example)
    for doctype in ("SM Plan", "SM Service", "SM Role", "SM Process", "SM Agreement", "SM Objective"):
        for name in frappe.get_all(doctype, pluck="name", order_by="name asc"):
            frappe.db.set_value(doctype, name, "title", HOSTILE)
    found = shown(report, example.id)
    assert "<img" not in frappe.as_json(found)


def test_a_switch_that_is_off_is_off(example):
    plan_documents.save(example)
    short, full = (shown("RACI Matrix", example.id, **filters) for filters in ({"collapsed": 1}, {}))
    assert len(short["result"]) < len(full["result"])


@pytest.mark.parametrize("report", REPORTS)
def test_without_a_plan_a_report_asks_for_one(report):
    assert run(report, {}, ignore_prepared_report=True)["message"] == "Choose a plan."
