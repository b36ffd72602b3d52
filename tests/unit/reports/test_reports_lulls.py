"""Peaks and Lulls, and the Lull Finder: rules in words, whom a slot hurts, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from sm_planner.cli import cli
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import Plan
from sm_planner.engine.model.roadmap import BusyTime, BusyWeekday
from sm_planner.reports import lull_finder, peaks_and_lulls

TODAY = date(2027, 2, 1)


def find(plan: Plan, **asked):
    return lull_finder.report(
        plan, TODAY, **{"component": "record-database", "before": "2027-03-01", **asked}
    )


def test_the_best_slot_hurts_nobody(example):
    table = find(example)
    best = table.rows[0]
    assert str(table.message) == (
        "The best slot for “Patient Record Database” begins on 2027-02-14 01:30 and hurts nobody."
    )
    assert (str(best["weekday"]), str(best["start"]), str(best["end"]), str(best["latest_start"])) == (
        "Sunday",
        "2027-02-14 01:30",
        "2027-02-14 03:30",
        "2027-02-14 02:30",
    )
    assert (str(best["fit"]), str(best["hurts"]), best["start_utc"]) == (
        "Fits In",
        "Nobody is hurt",
        "2027-02-14T01:30:00Z",
    )


def test_whom_a_slot_hurts_and_why(example):
    table = find(example, begin="2027-02-02", before="2027-02-03", minutes=60 * 22)
    told = str(table.rows[0]["hurts"])
    assert (
        "Electronic Patient Record for Ward and Theatre Staff: Peak “Ward round and giving out of medicines”"
        in told
    )
    assert (
        "Electronic Patient Record for Ward and Theatre Staff: promised hours of “Patient record for wards"
        in told
    )
    assert "Appointments" in told
    assert table.rows[0]["in_peak"] >= 1
    assert str(table.message).startswith("There is no lull for “Patient Record Database”")


def test_why_there_is_no_slot(example):
    freeze = BusyTime(
        id="f", title="Freeze", kind="Blackout", from_date=date(2027, 1, 1), to_date=date(2027, 4, 1)
    )
    table = find(replace(example, busy_times=(*example.busy_times, freeze)))
    assert table.rows == []
    assert str(table.message) == (
        "There is no slot for “Patient Record Database”. "
        "Each slot meets a time in which nothing may be changed: “Freeze”."
    )


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"component": "no-such"}, "The plan has no “no-such”."),
        ({"begin": "soon"}, "Write days like 2027-01-31."),
        ({"before": "2037-01-01"}, "Choose at most two years."),
        (
            {"before": "2027-02-01"},
            "There is no slot for “Patient Record Database”. From 2027-02-01 to 2027-02-01 there",
        ),
    ],
)
def test_what_it_cannot_be_asked(example, asked, says):
    table = find(example, **asked)
    assert table.rows == []
    assert str(table.message).startswith(says)


def test_what_it_takes_where_nothing_is_chosen(example):
    assert "Patient Record Database" in str(lull_finder.report(example, TODAY).message)
    bare = replace(example, components=())
    assert str(lull_finder.report(bare, TODAY).message) == "Choose a component or a service."


def test_an_hour_that_comes_twice_has_its_offset():
    unix = 1_824_944_400  # 2027-10-31 01:00 UTC
    assert [str(lull_finder.at(unix + shift, "Europe/Berlin")) for shift in (-3600, 0, 3600)] == [
        "2027-10-31 02:00 +0200",
        "2027-10-31 02:00 +0100",
        "2027-10-31 03:00",
    ]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({}, "once"),
        ({"repeats": "Daily"}, "each day"),
        ({"repeats": "Yearly", "every": 2}, "every 2 years"),
        (
            {"repeats": "Weekly", "weekdays": (BusyWeekday(weekday="Monday"), BusyWeekday(weekday="Friday"))},
            "each week: Monday, Friday",
        ),
        (
            {"repeats": "Monthly", "every": 3, "weekdays": (BusyWeekday(weekday="Friday", which="Last"),)},
            "every 3 months: Last Friday",
        ),
    ],
)
def test_a_rule_in_words(rule, says):
    assert str(peaks_and_lulls.rule(BusyTime(id="x", **rule))) == says


def test_the_calendar_with_what_is_next_and_what_meets_a_peak(example):
    table = peaks_and_lulls.report(example, TODAY)
    told = {row["id"]: row for row in table.rows}
    window = told["database-sunday"]
    assert (str(window["comes_back"]), str(window["next_start"]), window["times"]) == (
        "each month: Second Sunday",
        "2027-02-14 02:00",
        11,
    )
    assert window["hours"] == 27.5
    assert window["meets"] == ""
    assert str(table.message) == "No planned work meets a peak."
    moved = tuple(
        replace(one, from_time="08:00", to_time="09:00") if one.id == "database-sunday" else one
        for one in example.busy_times
    )
    table = peaks_and_lulls.report(replace(example, busy_times=moved), TODAY, kind="Maintenance")
    (row,) = table.rows
    assert "Peak “Ward round and giving out of medicines” of Electronic Patient Record" in str(row["meets"])
    assert str(peaks_and_lulls.report(replace(example, busy_times=()), TODAY).message).startswith(
        "The business calendar is empty"
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--component", "record-database", "--minutes", "120", "--before", "2027-03-01"), 0),
        (("--service", "imaging", "--begin", "2027-03-01", "--before", "2027-03-01"), 1),
        ((), 2),
        (("--component", "record-database", "--service", "imaging"), 2),
        (("--component", "record-database", "--before", "soon"), 2),
        (("--component", "record-database", "--minutes", "0"), 2),
    ],
)
def test_the_command(arguments, status):
    ran = CliRunner().invoke(
        cli, ["lulls", str(example_path("example")), *arguments, "--as-of", "2027-02-01", "--json"]
    )
    assert ran.exit_code == status, ran.output
