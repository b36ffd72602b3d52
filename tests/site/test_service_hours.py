"""Service calendars on the Desk with extra openings and other hours, and a target in business days."""

from __future__ import annotations

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.site import stored_records
from sm_planner.engine.agreements.targets import budget, figure
from sm_planner.engine.model import Plan
from sm_planner.engine.service_time.calendars import hours_of
from sm_planner.engine.service_time.days import Days

FIVE = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def calendar(name: str, opens: str, closes: str, **fields):
    windows = [{"weekday": day, "opens": opens, "closes": closes} for day in FIVE]
    return frappe.get_doc(
        {
            "doctype": "SM Service Calendar",
            "__newname": name,
            "title": name.title(),
            "timezone": "Europe/Dublin",
            "windows": windows,
            **fields,
        }
    )


@pytest.fixture
def two_calendars():
    long = calendar("till-long", "08:00", "20:00").insert()
    usual = calendar(
        "till-hours",
        "09:00",
        "17:00",
        openings=[{"day": "2090-02-18", "title": "Stocktaking", "opens": "09:00", "closes": "18:00"}],
        changes=[{"first_day": "2090-07-01", "calendar": long.name, "note": "Summer"}],
    ).insert()
    return usual, long


def test_a_plan_knows_the_calendars_whose_hours_count_on_some_days_of_its_own(two_calendars):
    usual, long = two_calendars
    vacation = calendar("till-vacation", "10:00", "12:00").insert()
    long.append("changes", {"first_day": "2091-01-01", "calendar": vacation.name})
    long.save()

    plan = plan_reader.plan_of_scope(Plan(id="p"), [("calendars", usual.name)])

    assert {one.id for one in plan.calendars} == {usual.name, long.name, vacation.name}
    assert hours_of(plan.get("calendars", usual.name), plan).changes


def test_openings_and_other_hours_are_stored_and_counted(two_calendars):
    usual, long = (one.reload() for one in two_calendars)
    assert usual.countable
    names = stored_records.with_other_hours([usual.name])
    assert names == {usual.name, long.name}
    plan = Plan(id="p", calendars=stored_records.shared("calendars", names))
    hours = hours_of(plan.get("calendars", usual.name), plan)
    assert [str(day) for day, _ in hours.openings] == ["2090-02-18"]
    assert [(str(one.first), one.last) for one in hours.changes] == [("2090-07-01", None)]
    week = api.calendar_week(usual.name)
    assert week["openings"] == [
        {"day": "2090-02-18", "title": "Stocktaking", "opens": "09:00", "closes": "18:00"}
    ]
    assert week["other_hours"] == [{"first": "2090-07-01", "last": "", "calendar": long.title}]


def test_a_calendar_tells_when_the_hours_that_it_takes_over_can_no_longer_be_counted(two_calendars):
    usual, long = two_calendars
    long.reload()
    long.valid_from = "2090-07-02"
    long.save()
    assert not usual.reload().countable
    assert "Till-Long" in api.calendar_week(usual.name)["refused"]
    long.reload()
    long.valid_from = None
    long.save()
    assert usual.reload().countable


def test_a_calendar_does_not_take_over_its_own_hours(two_calendars):
    usual, _ = two_calendars
    usual.reload()
    usual.append("changes", {"first_day": "2091-01-01", "calendar": usual.name})
    with pytest.raises(frappe.ValidationError):
        usual.save()


def test_a_target_in_business_days_for_a_share_of_the_cases(two_calendars):
    usual, _ = two_calendars
    document = frappe.get_doc(
        {
            "doctype": "SM Agreement",
            "title": "Tills",
            "kind": "OLA",
            "service_hours": usual.name,
            "targets": [
                {"metric": "Resolution", "value": 16, "unit": "Hours", "share_of_cases": 80},
                {"metric": "Resolution", "value": 5, "unit": "Business Days"},
                {
                    "metric": "Own",
                    "own_metric": "Seats",
                    "value": 40,
                    "unit": "Own",
                    "own_unit": "seats",
                    "direction": "At Least",
                },
            ],
            "maintenance": [
                {
                    "repeats": "Monthly",
                    "which": "Second",
                    "weekday": "Sunday",
                    "opens": "22:00",
                    "closes": "02:00",
                }
            ],
        }
    ).insert()
    (stored,) = stored_records.shared("agreements", [document.name])
    assert [str(figure(target)) for target in stored.targets] == [
        "80 % within 16 Hours",
        "5 Business Days",
        "at least 40 seats",
    ]
    assert budget(stored.targets[1]) == Days(5, business=True)
    assert stored.maintenance[0].which == "Second"
