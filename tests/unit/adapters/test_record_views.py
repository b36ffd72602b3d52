"""What forms show beside a record: the surroundings of a service, the week of a calendar, the effect of RACI."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import Calendar, CalendarHoliday, CalendarWindow, Plan, RaciEntry
from sm_planner.engine.model.services import CalendarChange, CalendarOpening
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.reports import chain_feasibility
from sm_planner.reports.calendar_week import week
from sm_planner.reports.raci_effect import effect
from sm_planner.reports.service_surroundings import as_dicts, surroundings
from sm_planner.reports.table import in_english, translated

TODAY = date(2026, 11, 24)


def week_of(one: Calendar, now: int, *others: Calendar):
    return week(Plan(id="plan", calendars=(one, *others)), one, now)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_file.load(example_path("example"))


def around(plan: Plan, service: str) -> dict[str, dict[str, list[str]]]:
    """Title of the group → id of the record → what is said about it."""
    groups = as_dicts(surroundings(plan, TODAY, service), lambda value: str(translated(value, in_english)))
    return {group["title"]: {line["id"]: line["details"] for line in group["lines"]} for group in groups}


def test_a_service_shows_what_it_rests_on_with_the_groups_that_stand_in_for_each_other(plan):
    found = around(plan, "patient-record")["Depends on"]
    assert found["hosting-main"][-1] == "1 of the group hosting must work"
    assert found["site-network"] == ["Live"]


def test_what_depends_on_a_service_is_told_through_others_too(plan):
    found = around(plan, "hosting-standby")["What depends on it"]
    assert "through other services" not in found["patient-record"]
    assert "through other services" in found["appointments"]


def test_a_service_shows_the_agreements_that_name_it_and_whether_they_hold(plan):
    ended = [
        replace(one, start_date=None, end_date=date(2026, 1, 1)) if one.id == "sla-dictation" else one
        for one in plan.agreements
    ]
    changed = replace(plan, agreements=tuple(ended))
    assert around(changed, "dictation")["Promised in"]["sla-dictation"][-1] == "not in force"
    assert "uc-echoline" in around(plan, "dictation")["Promised in"]


def calendar(*windows: tuple[str, str, str], **more: object) -> Calendar:
    rows = tuple(CalendarWindow(weekday=day, opens=opens, closes=closes) for day, opens, closes in windows)
    return Calendar(**{"id": "c", "timezone": "Europe/Berlin", "windows": rows, **more})


def at(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=timezone.utc).timestamp())


def test_a_window_over_midnight_is_drawn_on_both_of_its_days():
    found = week_of(calendar(("Sunday", "22:00", "06:00")), at(2026, 11, 24))
    assert found.days[6] == ((1320, 1440),)
    assert found.days[0] == ((0, 360),)
    assert found.hours == "8 h"


def test_overlapping_windows_are_drawn_once():
    found = week_of(calendar(("Monday", "20:00", "02:00"), ("Tuesday", "01:00", "03:00")), at(2026, 11, 24))
    assert found.days[1] == ((0, 120), (120, 180))
    assert found.hours == "7 h"


def test_the_next_opening_passes_over_holidays_and_stands_in_the_time_of_the_calendar():
    weekdays = [(day, "09:00", "17:00") for day in ("Thursday", "Friday", "Monday")]
    holidays = (CalendarHoliday(day=date(2026, 12, 25), title="Christmas"),)
    found = week_of(calendar(*weekdays, holidays=holidays), at(2026, 12, 24, 16, 30))
    assert not found.is_open
    assert found.changes.isoformat() == "2026-12-28T09:00:00+01:00"
    assert [one.title for one in found.holidays] == ["Christmas"]


def test_an_open_calendar_says_when_it_closes():
    found = week_of(calendar(("Tuesday", "09:00", "17:00")), at(2026, 11, 24, 9))
    assert found.is_open
    assert found.changes.isoformat() == "2026-11-24T17:00:00+01:00"


def test_what_is_always_open_or_not_valid_any_more_does_not_change():
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    always = week_of(calendar(*((day, "00:00", "24:00") for day in days)), at(2026, 11, 24))
    assert (always.is_open, always.changes) == (True, None)
    over = week_of(calendar(("Monday", "09:00", "17:00"), valid_until=date(2020, 1, 1)), at(2026, 11, 24))
    assert (over.is_open, over.changes) == (False, None)


def test_a_week_tells_make_up_days_and_the_hours_of_other_calendars():
    changes = (
        CalendarChange(first_day=date(2026, 11, 1), last_day=date(2026, 11, 24), calendar="exams"),
        CalendarChange(first_day=date(2026, 1, 1), last_day=date(2026, 1, 2), calendar="exams"),
        CalendarChange(first_day=date(2027, 1, 1), calendar="exams"),
    )
    openings = tuple(
        CalendarOpening(day=date(2026, month, 28), opens="09:00", closes="12:00") for month in (12, 10, 11)
    )
    exams = replace(calendar(("Sunday", "08:00", "20:00")), id="exams", title="Exams")
    usual = calendar(("Monday", "09:00", "17:00"), changes=changes, openings=openings)
    found = week_of(usual, at(2026, 11, 24), exams)
    assert found.days[6] == ((480, 1200),)
    assert [one.day for one in found.openings] == [date(2026, 11, 28), date(2026, 12, 28)]
    assert found.other_hours == (
        (date(2026, 11, 1), date(2026, 11, 24), "Exams"),
        (date(2027, 1, 1), None, "Exams"),
    )
    assert week_of(usual, at(2026, 11, 25), exams).days[0] == ((540, 1020),)


def test_a_calendar_that_cannot_be_counted_says_why():
    with pytest.raises(CalendarError, match="no time zone"):
        week_of(calendar(("Monday", "09:00", "17:00"), timezone=""), at(2026, 11, 24))


def with_raci(plan: Plan, *entries: RaciEntry) -> Plan:
    return replace(plan, raci=entries)


def test_an_entry_decides_where_nothing_more_specific_does(plan):
    process, role, other = plan.processes[0].id, plan.roles[0].id, plan.roles[1].id
    default = RaciEntry(process=process, role=role, letter="A")
    own = RaciEntry(process=process, service="imaging", role=role, letter="C")
    taken = RaciEntry(process=process, service="patient-portal", role=other, letter="A")
    found = effect(with_raci(plan, default, own, taken), default.id)
    by_service = {
        row["service"]: row for row in found.rows if row["service"] != "Standby Hosting at Fernhill"
    }
    assert by_service["Diagnostic Imaging"]["letter"] == "C"
    assert str(by_service["Diagnostic Imaging"]["origin"]) == "The entry for Diagnostic Imaging"
    assert by_service["Patient Portal"]["letter"] == "–"
    assert str(by_service["Patient Portal"]["origin"]) == "A more specific entry removed it"
    assert by_service["Staff Workplace"]["own"]
    assert not found.rows[0]["own"], "what needs attention comes first"
    assert str(found.message).startswith("It decides in ")


def test_na_decides_by_taking_the_role_out_unless_a_more_specific_one_does(plan):
    process, role = plan.processes[0].id, plan.roles[0].id
    out = RaciEntry(process=process, service="imaging", role=role, letter="N/A")
    found = effect(with_raci(plan, RaciEntry(process=process, role=role, letter="R"), out), out.id)
    assert {row["letter"] for row in found.rows} == {"–"}
    assert all(row["own"] for row in found.rows)


def test_the_targets_that_rest_on_an_agreement_are_found(plan):
    everything = chain_feasibility.report(plan, TODAY).rows
    beneath = chain_feasibility.report(plan, TODAY, carried_by="uc-lumenray").rows
    assert 0 < len(beneath) < len(everything)
    assert {row["service_id"] for row in beneath} <= {
        "imaging",
        "appointments",
        "laboratory-results",
        "patient-record",
        "patient-portal",
    }
    assert chain_feasibility.report(plan, TODAY, carried_by="nothing").rows == []
