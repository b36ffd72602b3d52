"""Doors for reports: what a reader asks of a report is checked, and changes nothing for others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import frappe
import pytest
import requests
from http_kit import Client, fresh, told

from sm_planner.adapters.guards.report_filters import DECLARED

pytestmark = pytest.mark.commits

RUN = "frappe.desk.query_report.run"
EXPORT = "frappe.desk.query_report.export_query"
PREPARE = "frappe.core.doctype.prepared_report.prepared_report.make_prepared_report"
NO_FILTER = "The report cannot be filtered this way."

JUNK: dict[str, Any] = {
    "R1 operator": {"plan": ["between", ["a", "z"]]},
    "R2 object": {"plan": {"name": "x"}},
    "R3 list of filters": ["between", ["a", "z"]],
    "R4 text": "between",
    "R5 number": 5,
    "R6 huge text": {"plan": "x" * 1_000_000},
    "R7 deep": "[" * 100_000,
    "R8 no JSON": "{",
}
TYPED: dict[str, tuple[str, Any]] = {
    "R9 no number": ("Agreement Expiry", {"days": "soon"}),
    "R9 huge number": ("Agreement Expiry", {"days": 10**12}),
    "R9 infinite number": ("Agreement Expiry", {"days": 1e400}),
    "R9 no switch": ("Plan Findings", {"waived": "perhaps"}),
    "R9 no choice": ("Plan Findings", {"severity": "Catastrophe"}),
    "R9 no group": ("SLA Attainment", {"by": "weekday"}),
}


@pytest.fixture(autouse=True)
def reports_as_they_are(commits: None) -> Iterator[None]:
    """No test leaves a report that is prepared, a job that waits, or an error in the log."""

    def prepared() -> list[str]:
        fresh()
        ours = {"name": ("in", list(DECLARED)), "prepared_report": 1}
        return frappe.get_all("Report", ours, pluck="name", order_by="name asc")

    def errors() -> int:
        return frappe.db.count("Error Log")

    before = prepared(), errors(), frappe.db.count("Prepared Report")
    yield
    assert (prepared(), errors(), frappe.db.count("Prepared Report")) == before == ([], *before[1:])


def assert_refused(answer: requests.Response) -> None:
    assert (answer.status_code, NO_FILTER in told(answer)) == (417, True), told(answer)[:2000]


@pytest.mark.parametrize("report", DECLARED)
def test_no_report_takes_an_operator_for_a_value(client, report):
    """R1"""
    for filters in (JUNK["R1 operator"], JUNK["R3 list of filters"]):
        assert_refused(client("auditor").call(RUN, report_name=report, filters=filters))


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("door", [RUN, EXPORT, PREPARE])
def test_filters_that_are_none_are_refused_in_words(client, door, junk):
    answer = client("author").call(
        door, report_name="Plan Findings", filters=JUNK[junk], file_format_type="CSV"
    )
    assert_refused(answer)


@pytest.mark.parametrize("junk", TYPED)
def test_values_of_another_kind_are_refused_in_words(client, junk):
    report, filters = TYPED[junk]
    assert_refused(client("auditor").call(RUN, report_name=report, filters=filters))


def by_cmd(client: Client, filters: Any) -> requests.Response:
    return client.post("/", cmd=RUN, report_name="Plan Findings", filters=filters)


def by_link(client: Client, filters: Any) -> requests.Response:
    return client.get(f"/api/method/{RUN}", report_name="Plan Findings", filters=filters)


def by_version_2(client: Client, filters: Any) -> requests.Response:
    return client.post(f"/api/v2/method/{RUN}", report_name="Plan Findings", filters=filters)


def in_the_background(client: Client, filters: Any) -> requests.Response:
    return client.call(
        EXPORT, report_name="Plan Findings", filters=filters, file_format_type="CSV", export_in_background=1
    )


@pytest.mark.parametrize("door", [by_cmd, by_link, by_version_2, in_the_background])
def test_every_way_to_a_report_asks(client, door):
    """R10"""
    assert_refused(door(client("author"), JUNK["R1 operator"]))


def test_no_prepared_report_is_kept_with_such_filters(client):
    """R11: by REST, as who may."""
    values = {"report_name": "Plan Findings", "filters": json.dumps(JUNK["R1 operator"])}
    assert_refused(client("system-manager").create("Prepared Report", **values))


def test_no_mail_of_a_report_is_kept_with_such_filters(client):
    """R12"""
    values = {
        "report": "Plan Findings",
        "user": "Administrator",
        "email_to": "somebody@example.org",
        "filters": json.dumps(JUNK["R1 operator"]),
    }
    assert_refused(client("system-manager").create("Auto Email Report", **values))


@pytest.mark.parametrize("report", DECLARED)
def test_what_the_desk_asks_is_answered(client, plan_in, report):
    plan = plan_in("Draft")
    for filters in (
        {},
        {"plan": plan},
        {"plan": plan, "waived": 1, "days": 30, "prepared_report_name": None},
    ):
        answer = client("auditor").call(RUN, report_name=report, filters=filters)
        assert answer.status_code == 200, told(answer)
