"""SLA attainment in the Desk: from a log that the user uploaded."""

from __future__ import annotations

import frappe
import pytest
from frappe.desk.query_report import run

from sm_planner.adapters.desk import sla_attainment
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine import plan_file

LOG = """number,incident_state,sys_updated_at,opened_at,sys_mod_count,priority,assignment_group
INC1,New,01-03-2016 09:00,01-03-2016 09:00,0,1 - Critical,Desk
INC1,Resolved,01-03-2016 10:00,01-03-2016 09:00,1,1 - Critical,Desk
INC2,New,01-03-2016 09:00,01-03-2016 09:00,0,1 - Critical,Desk
INC2,Resolved,03-03-2016 10:00,01-03-2016 09:00,1,1 - Critical,Desk
"""


@pytest.fixture
def plan(pytestconfig) -> str:
    """A plan with promises about incidents; its name."""
    return plan_writer.save(plan_file.load(pytestconfig.rootpath / "fixtures/plans/incidents.yaml"))


def upload(name: str, content: str) -> str:
    """A private file of the user of the session; its name."""
    file = {"doctype": "File", "file_name": name, "content": content, "is_private": 1}
    return frappe.get_doc(file).insert().name


def test_a_log_that_would_fill_the_memory_of_the_web_worker_is_refused(plan, monkeypatch):
    monkeypatch.setattr(sla_attainment, "MOST_BYTES", 100)
    found = attainment(plan, log=upload("log.csv", LOG))
    assert "The log is 0 MB large. Keep it below 0 MB; split it by time." in found["message"]


def attainment(plan: str, **filters: str) -> dict:
    filters = {"plan": plan, "map": "servicenow-incidents", **filters}
    return run("SLA Attainment", filters, ignore_prepared_report=True)


def test_a_log_is_judged_by_the_slas_of_the_plan(plan):
    found = attainment(plan, log=upload("log.csv", LOG))
    resolved = [row for row in found["result"] if row["metric"] == "Resolution" and row["met"]]
    assert [(row["priority"], row["met"], row["missed"], row["percent"]) for row in resolved] == [
        ("P1", 1, 1, 50.0)
    ]
    assert found["chart"]
    assert attainment(plan, log=upload("log.csv", LOG), by="month")["result"][0]["group"] == "2016-03"


def test_rows_that_are_not_judged_are_told_with_the_first_of_them(plan):
    shifted = LOG.replace("INC1,Resolved,01-03-2016 10:00", "INC1,Resolved,<b>,x,01-03-2016 10:00")
    told = attainment(plan, log=upload("log.csv", shifted))["message"]
    assert told.startswith("1 problems in the log keep tickets from being evaluated.")
    assert "The first of them: " in told
    assert (
        ":3:1: The row has 9 cells, but there are 7 headings. Put cells that contain “,” in quotes." in told
    )


def test_a_log_that_cannot_be_read_is_told_with_its_problems(plan):
    told = attainment(plan, log=upload("log.csv", "number,incident_stat<b>\nINC1,New\n"))["message"]
    assert "There is no column “incident_state”. In the map, write “incident_stat&lt;b&gt;”." in told
    assert "<b>" not in told


def test_a_file_that_one_may_not_read_is_refused(plan, make_user, acting_as):
    log = upload("log.csv", LOG)
    with acting_as(make_user("SM Auditor")):
        own = upload("own.csv", LOG)
        assert attainment(plan, log=own)["result"]
        for unreadable in (log, "no-such-file", "../../site_config.json"):
            assert attainment(plan, log=unreadable)["message"].startswith("There is no such file")
            own_map = attainment(plan, log=own, map=unreadable)["message"]
            assert own_map.startswith("There is no such file")


def test_without_a_log_the_report_says_what_it_needs(plan):
    assert attainment(plan)["message"].startswith("Choose a log and its map.")
