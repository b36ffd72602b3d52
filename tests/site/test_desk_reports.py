"""Reports in the Desk: for who may read the plan, without writing, with links to the records."""

from __future__ import annotations

import dataclasses

import frappe
import pytest

from sm_planner.adapters import desk_reports, plan_documents
from sm_planner.reports import REPORTS


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_reads_and_writes_nothing(report, example):
    plan_documents.save(example)
    writes = frappe.local.db.transaction_writes

    columns, rows, _message, _chart, summary = desk_reports.run(report, {"plan": example.id})

    assert frappe.local.db.transaction_writes == writes
    assert rows
    assert summary
    assert {column["fieldname"] for column in columns} <= set(rows[0])


@pytest.mark.parametrize("report", REPORTS)
def test_who_may_not_read_the_plan_gets_no_report(report, example, make_user, acting_as):
    plan_documents.save(example)
    with acting_as(make_user()), pytest.raises(frappe.PermissionError):
        desk_reports.run(report, {"plan": example.id})


@pytest.mark.parametrize("report", REPORTS)
def test_without_a_plan_a_report_asks_for_one(report):
    assert desk_reports.run(report, {}) == ([], [], "Choose a plan.", None, [])


def test_findings_open_their_records(example):
    plan_documents.save(example)
    _columns, rows, *_rest = desk_reports.run("plan-findings", {"plan": example.id})

    for row in rows:
        assert frappe.db.exists(row["doctype"], row["name"]), row


def test_a_switch_that_is_off_is_off(example):
    plan_documents.save(example)
    short = desk_reports.run("raci-matrix", {"plan": example.id, "collapsed": 1})[1]
    full = desk_reports.run("raci-matrix", {"plan": example.id})[1]

    assert len(short) < len(full)


def test_what_users_wrote_is_no_html_in_a_report(minimal):
    service = dataclasses.replace(minimal.services[0], title="A <i>service</i>", service_owner="")
    plan_documents.save(dataclasses.replace(minimal, services=(service,)))
    _columns, rows, *_rest = desk_reports.run("plan-findings", {"plan": minimal.id})

    titles = [row["title"] for row in rows if row["collection"] == "services"]
    assert titles
    assert not any("<i>" in title for title in titles)
