"""Hours of a week in one line: read as people write them, refused with their place, written so that they are read again."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.model.services import CalendarWindow
from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.service_time.week_line import WeekLineError, read_week, week_line

GERMAN = dict(
    zip(
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
        strict=True,
    )
)
WORKING = [f"{day} 08:00-18:00" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")]


def said(line: str) -> list[str]:
    return [f"{window.weekday[:3]} {window.opens}-{window.closes}" for window in read_week(line)]


@pytest.mark.parametrize(
    "line",
    [
        "Mon–Fri 8–18",
        "Mo–Fr 8–18 Uhr",
        "Mo-Fr 8:00-18:00",
        "mo. - fr. von 8 Uhr bis 18 Uhr",
        "Montag bis Freitag: 8.00 – 18.00 Uhr",
        "weekdays 8 to 18",
        "Workdays 08:00 bis 18:00",
        "Monday to Friday, 8am-6pm",
        "Mon, Tue, Wed, Thu and Fri 8h-18h",
        "Mon–Thu 8–18; Fri 8 a.m. – 6 p.m.",
        "Mon-Fri 8h00-18h00, Sat closed",
        "Mo+Di+Mi & Do, Fr 8–18, So geschlossen",
    ],
)
def test_one_week_is_written_in_many_ways(line):
    assert said(line) == WORKING


@pytest.mark.parametrize(
    "line, windows",
    [
        ("Mon–Fri 8–18, Sat 9–13", [*WORKING, "Sat 09:00-13:00"]),
        ("Mon 8:30-12:00 and 13-17", ["Mon 08:30-12:00", "Mon 13:00-17:00"]),
        ("Mon 8:30–12, 13–17, Tue 9–10", ["Mon 08:30-12:00", "Mon 13:00-17:00", "Tue 09:00-10:00"]),
        ("Fri 22–6", ["Fri 22:00-06:00"]),
        ("Fri 09:00–05:00", ["Fri 09:00-05:00"]),
        ("Sun 02:00–06:00, Mon 12:00–06:00", ["Mon 12:00-06:00", "Sun 02:00-06:00"]),
        ("Fri 22–24", ["Fri 22:00-24:00"]),
        ("Fri 10pm-12am", ["Fri 22:00-24:00"]),
        ("Fri 12am-12pm", ["Fri 00:00-12:00"]),
        ("Sat–Mon 9–10", ["Mon 09:00-10:00", "Sat 09:00-10:00", "Sun 09:00-10:00"]),
        ("weekend 0–24", ["Sat 00:00-24:00", "Sun 00:00-24:00"]),
        ("So rund um die Uhr", ["Sun 00:00-24:00"]),
        ("Sun 24 h, Mon 24 h", ["Mon 00:00-24:00", "Sun 00:00-24:00"]),
    ],
)
def test_days_have_their_times(line, windows):
    assert said(line) == windows


@pytest.mark.parametrize(
    "line",
    [
        "24x7",
        "24/7",
        " 24 × 7",
        "rund um die Uhr",
        "round the clock",
        "daily 0-24",
        "Always",
        "täglich 0–24 Uhr",
    ],
)
def test_all_hours_of_all_days(line):
    assert said(line) == [f"{day[:3]} 00:00-24:00" for day in WEEKDAYS]


@pytest.mark.parametrize(
    "line, told, place",
    [
        ("", "Nothing is written here.", ""),
        ("8–18", "“8” is not understood, at character 1. Write first on which days", "8"),
        ("Mon–Fri", "Something is missing at the end. Write from when to when", ""),
        ("Mon–Fri 8", "“8” is not understood, at character 9. Write until when", "8"),
        ("Mon–Fri 8–", "Something is missing at the end. Write until when", ""),
        ("Mon–Foo 8–18", "“Foo” is not understood, at character 5.", "Foo"),
        ("Mon–Fri 8–25", "“25” is no time of the day.", "25"),
        ("Mon 8:70–9", "“8:70” is no time of the day.", "8:70"),
        ("Mon 13pm–14pm", "“13pm” is no time of the day.", "13pm"),
        ("Mon 9–5pm", "“9–5pm” may be meant in two ways.", "9–5pm"),
        ("Mon 9–5", "“9–5” may be meant in two ways. Write the hours from 0 to 24", "9–5"),
        ("Mon 12–5", "“12–5” may be meant in two ways. Write the hours from 0 to 24", "12–5"),
        ("Mon 8–12, 1–5", "“1–5” may be meant in two ways. Write the hours from 0 to 24", "1–5"),
        ("Mon 14–14", "“14–14” may be meant in two ways. Write a whole day as 0–24.", "14–14"),
        ("daily 24–7", "“24–7” may be meant in two ways. Write the hours from 0 to 24", "24–7"),
        ("Werktags 8–18", "“Werktags” may be meant in two ways. Write the days themselves", "Werktags"),
        ("Mon–Fri 8–18, Fri 8–14", "Friday is said twice: “Fri 8–14”.", "Fri 8–14"),
        ("Mon 8–12 and 11–13", "“11–13” overlaps with the time before it.", "11–13"),
        ("Mon–Fri 8–18 except holidays", "“except” is not understood, at character 14.", "except"),
        ("Mon 8–18 ?", "“?” is not understood", "?"),
        ("weekend–Mon 8–9", "“weekend–Mon” is no span of days.", "weekend–Mon"),
        ("Mon, 8–18, 24", "“24” is not understood", "24"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(line, told, place):
    with pytest.raises(WeekLineError) as error:
        read_week(line)
    assert str(error.value).startswith(told)
    assert line[error.value.start : error.value.end] == place


MINUTES = st.integers(0, 24 * 4).map(lambda quarter: quarter * 15)


@st.composite
def weeks(draw):
    windows = []
    for day in WEEKDAYS:
        edges = sorted(draw(st.sets(MINUTES, max_size=4)))
        fits = edges and edges[0] > 0 and edges[-1] < 24 * 60
        if fits and draw(st.booleans()):  # the last goes over midnight
            edges = [*edges[1:], edges[0]]
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        windows += [
            CalendarWindow(weekday=day, opens=f"{a // 60:02}:{a % 60:02}", closes=f"{b // 60:02}:{b % 60:02}")
            for a, b in pairs
        ]
    return tuple(windows)


@given(weeks(), st.sampled_from([str, lambda text: GERMAN[text]]))
def test_what_is_written_in_a_line_is_read_as_the_same_windows(windows, translate):
    line = week_line(windows, translate)
    assert bool(line) == bool(windows)
    if windows:
        assert sorted(map(str, read_week(line))) == sorted(map(str, windows))


@given(st.text(max_size=30) | st.text(alphabet="MonFriSat–-, :0123456789andapm;24x7h", max_size=25))
def test_any_line_is_read_or_refused(line):
    try:
        assert all(window.weekday in WEEKDAYS for window in read_week(line))
    except WeekLineError as error:
        assert 0 <= error.start <= error.end <= len(line)


def test_windows_are_told_in_one_line():
    assert week_line(read_week("Mo–Fr 8–18 Uhr, Sa 9–13")) == "Mon–Fri 8–18, Sat 9–13"
    assert week_line(read_week("Mon–Wed 8–18, Thu 8–12, Fri 8–18")) == "Mon–Wed, Fri 8–18, Thu 8–12"
    assert week_line(read_week("24/7")) == "24x7"
    assert week_line([CalendarWindow(weekday="Monday", opens="x", closes="09:00")]) == ""
    assert week_line([]) == ""
