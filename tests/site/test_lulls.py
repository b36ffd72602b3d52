"""Peaks and lulls on a site: a window that hits a ward's peak is moved to the slot that the finder gives; what nobody can follow is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.engine.checks import check
from sm_planner.engine.examples import example_path
from sm_planner.sm_planner.report.lull_finder import lull_finder
from sm_planner.sm_planner.report.peaks_and_lulls import peaks_and_lulls

BUSY = "SM Business Calendar Entry"
WINDOW, COMPONENT = "database-sunday", "record-database"
DUBLIN = ZoneInfo("Europe/Dublin")


@pytest.fixture
def hospital() -> str:
    """The example on the site; the name of its plan."""
    from sm_planner.adapters.documents import plan_writer
    from sm_planner.engine import plan_file

    return plan_writer.save(plan_file.load(example_path("example")))


def findings(plan: str, on: date) -> list[str]:
    found = check(plan_reader.load(plan), on).failed
    return [str(one.text) for one in found if one.code in ("CAL-02", "CAL-05")]


def put(**values: object) -> None:
    window = frappe.get_doc(BUSY, WINDOW)
    window.update({"repeats": "", "weekdays": [], "left_out": [], **values})
    window.save()


def test_a_window_in_the_wards_peak_is_moved_to_the_slot_that_the_finder_gives(hospital):
    day = max(getdate(), date(2027, 1, 4)) + timedelta(days=9)
    today = day - timedelta(days=8)
    assert findings(hospital, today) == []

    put(from_date=day, to_date=day, from_time="08:00", to_time="10:00")
    (said,) = findings(hospital, today)
    assert "“Ward round and giving out of medicines”" in said

    filters = {
        "plan": hospital,
        "component": COMPONENT,
        "begin": str(day),
        "before": str(day + timedelta(days=7)),
    }
    _, rows, message, _, summary = lull_finder.execute(filters)
    assert summary[1]["value"] == 120
    best = rows[0]
    assert best["in_peak"] == 0
    peaks = [row for row in rows if row["in_peak"]]
    assert all(row["in_peak"] == 0 or "Ward and Theatre Staff" in row["hurts"] for row in peaks)
    assert "Patient Record Database" in message

    begin, end = (
        datetime.fromisoformat(best[name].replace("Z", "+00:00")).astimezone(DUBLIN)
        for name in ("start_utc", "end_utc")
    )
    put(from_date=begin.date(), to_date=begin.date(), from_time=f"{begin:%H:%M}", to_time=f"{end:%H:%M}")
    assert findings(hospital, today) == []


def test_the_report_tells_rules_in_words(hospital):
    _, rows, message, *_ = peaks_and_lulls.execute({"plan": hospital})
    told = {row["id"]: row for row in rows}
    assert told[WINDOW]["comes_back"] == "each month: Second Sunday"
    assert told["ward-round"]["comes_back"] == "each day"
    assert told["ward-round"]["whose"] == "Nursing and Medicine"
    assert [row["id"] for row in peaks_and_lulls.execute({"plan": hospital, "kind": "Flat"})[1]] == [
        "departments-flat"
    ]


def test_the_finder_says_what_it_cannot_be_asked(hospital):
    assert "Patient Record Database" in lull_finder.execute({"plan": hospital})[2]
    assert lull_finder.execute({"plan": hospital, "service": "no-such"})[2] == "The plan has no “no-such”."
    asked = {"plan": hospital, "service": "imaging", "begin": "soon"}
    assert lull_finder.execute(asked)[2] == "Write days like 2027-01-31."
    assert (
        lull_finder.execute({**asked, "begin": "2027-01-01", "before": "2037-01-01"})[2]
        == "Choose at most two years."
    )
    with pytest.raises(frappe.ValidationError, match="whole number"):
        lull_finder.execute({"plan": hospital, "service": "imaging", "minutes": -1})


def test_who_may_not_read_the_plan_finds_nothing(hospital, make_user):
    make_user(name="stranger@example.org")
    frappe.set_user("stranger@example.org")
    assert not lull_finder.execute({"plan": hospital, "component": COMPONENT})[1]
    assert not peaks_and_lulls.execute({"plan": hospital})[1]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"from_time": "eight"}, "no hours"),
        ({"from_time": "25:00", "to_time": "26:00"}, "no hours"),
        ({"timezone": "Europe/Brelin"}, "Europe/Berlin"),
        ({"weekdays": [{"weekday": "Monday"}]}, "Weekdays say when it comes back"),
        ({"repeats": "Weekly", "repeats_until": "2027-02-01"}, "ends before it begins"),
        ({"kind": "Flat"}, "the word of a unit"),
    ],
)
def test_what_nobody_can_follow_is_refused(values, says):
    made = {
        "doctype": BUSY,
        "title": "Fair",
        "kind": "Peak",
        "from_date": "2027-03-01",
        "to_date": "2027-03-05",
    }
    with pytest.raises(frappe.ValidationError, match=says):
        frappe.get_doc({**made, **values}).insert()


def test_an_entry_comes_back_from_the_site_as_it_was_entered(minimal_on_site, minimal):
    assert set(plan_reader.load(minimal_on_site).busy_times) == set(minimal.busy_times)
