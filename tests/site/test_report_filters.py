"""Filters of the reports on a site: declared like the forms of the Desk ask, and no reader has a report prepared."""

import re
import threading
from pathlib import Path

import frappe
import pytest

import sm_planner
from sm_planner.adapters.guards import report_filters
from sm_planner.adapters.guards.report_filters import DECLARED

FOLDER = Path(sm_planner.__file__).parent / "sm_planner" / "report"


def test_every_script_report_of_the_app_declares_its_filters():
    ours = {"module": "SM Planner", "report_type": "Script Report"}
    assert set(DECLARED) == set(frappe.get_all("Report", ours, pluck="name"))


@pytest.mark.parametrize("report", DECLARED)
def test_the_desk_asks_for_filters_that_are_declared_and_offers_what_they_can_be(report):
    name = frappe.scrub(report)
    code = (FOLDER / name / f"{name}.js").read_text(encoding="utf-8")
    fields = re.findall(r'fieldname: "(\w+)",.*?(?=fieldname:|\Z)', code, re.DOTALL)
    declared = DECLARED[report]

    assert set(fields) <= set(declared.defaults)
    for field, options in re.findall(r'fieldname: "(\w+)",[^}]*?options: \["",([^\]]*)\]', code):
        assert set(re.findall(r'"([^"]+)"', options)) == set(declared.options[field])


@pytest.mark.parametrize("report", DECLARED)
def test_a_switch_begins_off_as_the_desk_leaves_out_one_that_is_off(report):
    assert True not in [value for value in DECLARED[report].defaults.values() if isinstance(value, bool)]


def test_the_groups_are_those_of_the_report():
    pytest.importorskip("numpy")
    from sm_planner.reports.sla_attainment import GROUPS

    assert tuple(GROUPS) == report_filters.GROUPS


def enable_prepared_report(report: str, site: str) -> None:
    """What Frappe's clock would call."""


@pytest.mark.parametrize(("report", "stopped"), [("Plan Findings", True), ("Somebody's Report", False)])
def test_the_clock_that_has_slow_reports_prepared_for_everybody_is_stopped_for_ours_alone(report, stopped):
    clock = threading.Timer(60, enable_prepared_report, kwargs={"report": report, "site": "x"})
    clock.start()
    try:
        report_filters.begin("Plan Readiness", {})
        assert clock.finished.is_set() is stopped
    finally:
        clock.cancel()


def test_frappe_still_names_that_clock_so():
    """Where it changes that, the stop above stops nothing."""
    from frappe.core.doctype.report import report

    assert callable(report.enable_prepared_report)


def test_a_slow_report_is_not_prepared_for_everybody(monkeypatch):
    """As Frappe runs it, with a clock that rings at once where nobody stops it."""
    from frappe.core.doctype.report import report as frappes

    rung: list[str] = []

    def enable_prepared_report(report: str, site: str) -> None:
        rung.append(report)

    class Quick(threading.Timer):
        def __init__(self, interval, function, kwargs):
            super().__init__(0.3, function, kwargs=kwargs)

    def slow(name, filters):
        report_filters.begin("Plan Findings", filters)
        threading.Event().wait(0.6)
        return [], []

    monkeypatch.setattr(frappes, "enable_prepared_report", enable_prepared_report)
    monkeypatch.setattr(frappes.threading, "Timer", Quick)
    monkeypatch.setattr(frappes.Report, "execute_module", lambda self, filters: slow(self.name, filters))

    frappe.get_doc("Report", "Plan Findings").execute_script_report({})

    assert rung == []
