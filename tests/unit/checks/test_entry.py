"""What is refused where somebody enters a record, and what plan files may hold all the same."""

from __future__ import annotations

from typing import Any

import pytest

from sm_planner.engine.checks import entry
from sm_planner.engine.model import (
    Calendar,
    CalendarHoliday,
    CalendarWindow,
    Improvement,
    Person,
    RaciEntry,
    Service,
    ServiceDependency,
    Settings,
    Waiver,
)
from sm_planner.engine.model.values import id_from
from sm_planner.engine.sign_off.refusals import refuse_change

MONDAY = CalendarWindow(weekday="Monday", opens="09:00", closes="17:00")


def calendar(**changes: Any) -> Calendar:
    values = {"id": "c", "title": "Office hours", "timezone": "Europe/Dublin", "windows": (MONDAY,)}
    return Calendar(**{**values, **changes})


def waiver(**changes: Any) -> Waiver:
    values = {"id": "WVR-01", "title": "For now", "rule": "SVC-05", "requester": "a", "approver": "b"}
    return Waiver(**{**values, **changes})


def told(record: Any) -> list[str]:
    return [f"{one.field}: {one.message} {one.fix}" for one in entry.refusals(record)]


@pytest.mark.parametrize(
    "record",
    [calendar(), waiver(), Service(id="s", title="S"), Settings(), RaciEntry(process="p", letter="R")],
)
def test_what_is_in_order_is_taken(record):
    assert told(record) == []


@pytest.mark.parametrize("record", [Service(id="s"), waiver(title=""), calendar(title="")])
def test_a_record_is_entered_with_a_title(record):
    assert told(record) == ["title: This is missing. Fill it in."]


def test_nobody_reports_to_themselves():
    assert told(Person(id="p", title="P", reports_to="p")) == [
        "reports_to: This is the record itself. Choose another."
    ]


def test_an_improvement_does_not_wait_for_itself():
    assert told(Improvement(id="b", title="B", predecessors=("a", "b"))) == [
        "predecessors: This is the record itself. Choose another."
    ]
    assert told(Improvement(id="b", title="B", predecessors=("a",))) == []


def test_a_service_does_not_depend_on_itself_and_the_row_is_named():
    rows = (ServiceDependency(service="other"), ServiceDependency(service="s"))
    (refusal,) = entry.refusals(Service(id="s", title="S", dependencies=rows))
    assert (refusal.table, refusal.row, refusal.field) == ("dependencies", 2, "service")


def test_who_asks_for_a_waiver_does_not_approve_it():
    assert told(waiver(approver="a")) == ["approver: This is the same as under Requester. Choose another."]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("svc-15", "rule: “For now” waives svc-15, which is not a rule. Did you mean SVC-15?"),
        (
            "PLN-01",
            "rule: “For now” waives PLN-01, a blocker, which has to be fixed instead. Choose a rule from the list.",
        ),
        ("INT-04", "rule: “For now” waives INT-04, a rule about waivers. Choose a rule from the list."),
        ("?", "rule: “For now” waives ?, which is not a rule. Choose a rule from the list."),
    ],
)
def test_a_waiver_names_a_rule_that_can_be_waived(rule: str, expected: str):
    assert told(waiver(rule=rule)) == [expected]


def test_a_waiver_is_for_a_record_of_its_plan_and_titles_lead_to_ids():
    titles = {"plan": "The plan", "invoicing": "Invoicing", "SVC-0001": "Payroll"}
    assert list(entry.lost(waiver(record="invoicing"), titles)) == []
    assert list(entry.lost(waiver(record=""), titles)) == []
    (refusal,) = entry.lost(waiver(record="payroll"), titles)
    assert str(refusal.message) == "“For now” is for the record “payroll”, which is not in the plan."
    assert str(refusal.fix) == "Did you mean SVC-0001?"
    (refusal,) = entry.lost(waiver(record="?"), titles)
    assert str(refusal.fix) == "Choose a record from the list."


@pytest.mark.parametrize(
    ("zone", "fix"),
    [
        ("Dublin", "Did you mean Europe/Dublin?"),
        ("new york", "Did you mean America/New_York?"),
        ("Europe/Berln", "Did you mean Europe/Berlin?"),
        ("?", "Choose one from the list."),
    ],
)
def test_a_time_zone_is_one_that_clocks_know(zone: str, fix: str):
    assert told(calendar(timezone=zone)) == [
        f"timezone: “Office hours”: there is no time zone “{zone}”. {fix}"
    ]


def test_hours_are_times_of_the_clock():
    windows = (CalendarWindow(weekday="Monday", opens="8", closes="17:00"),)
    holidays = (CalendarHoliday(day=None, opens="noon"),)
    found = told(calendar(windows=windows, holidays=holidays))
    assert [line.partition(" Set the time zone")[0] for line in found] == [
        "windows: “Office hours”, Monday: 8 to 17:00 is not a valid period of time.",
        "holidays: “Office hours”, None: noon to - is not a valid period of time.",
    ]


def test_a_calendar_is_entered_with_a_time_zone_and_may_wait_for_its_windows():
    assert told(calendar(timezone="", windows=())) == ["timezone: This is missing. Fill it in."]
    assert told(calendar(windows=())) == []


@pytest.mark.parametrize(
    ("state", "fix"),
    [
        ("In Review", "Return the plan to Draft first."),
        ("To Sign", "Return the plan to Draft first."),
        ("Active", "Start a revision of the plan, or ask a planner to, and change it there."),
        ("Superseded", "Change the version that followed it."),
    ],
)
def test_who_may_not_change_a_plan_is_told_what_to_do(state: str, fix: str):
    refusal = refuse_change("Our plan (SMP-2027-001)", state)
    assert str(refusal) == (
        f"The plan “Our plan (SMP-2027-001)” is {state}. Only a Draft can be changed. {fix}"
    )


def test_a_draft_changes():
    assert refuse_change("Our plan", "Draft") is None


@pytest.mark.parametrize(
    ("title", "taken", "expected"),
    [
        ("Outpatient Appointments", (), "outpatient-appointments"),
        ("Ärzte & Pflege", (), "arzte-pflege"),
        ("Payroll", ("payroll",), "payroll-2"),
        ("Payroll", ("payroll", "payroll-2"), "payroll-3"),
        ("給与", (), ""),
        ("Расчёт", ("",), ""),
    ],
)
def test_an_id_is_made_from_a_title(title: str, taken: tuple[str, ...], expected: str):
    assert id_from(title, taken.__contains__) == expected


def test_an_id_from_a_title_has_room_for_its_number():
    first = id_from("a" * 200, lambda id: False)
    assert len(id_from("a" * 200, {first}.__contains__)) <= 100
    assert len(id_from("a" * 200, lambda id: False, 30)) <= 30
