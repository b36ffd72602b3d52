"""Lists of holidays of other programs: holidays are told from days off that come back each week."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, strategies as st

from sm_planner.engine.service_time.holiday_lists import ListedDay, sort

SATURDAYS = [date(2026, 1, 3) + timedelta(weeks=number) for number in range(52)]
UNITY, CHRISTMAS = date(2026, 10, 3), date(2026, 12, 26)


def a_year(text: str, **named: str) -> list[ListedDay]:
    return [ListedDay(day, named.get(day.isoformat(), text), True) for day in SATURDAYS]


def test_holidays_that_fall_on_a_day_off_are_holidays():
    days = sort(
        a_year("Samstag", **{"2026-10-03": "Tag der Deutschen Einheit", "2026-12-26": "2. Weihnachtstag"})
    )
    assert days.holidays == {UNITY: "Tag der Deutschen Einheit", CHRISTMAS: "2. Weihnachtstag"}
    assert len(days.days_off) == 50


def test_in_a_short_list_the_names_of_weekdays_tell_days_off_from_holidays():
    rows = [ListedDay(UNITY, "Unity", True), ListedDay(date(2026, 10, 4), "sunday", True)]
    days = sort(rows, ["Saturday", "Sunday"])
    assert days.holidays == {UNITY: "Unity"}
    assert days.days_off == (date(2026, 10, 4),)


def test_a_holiday_that_stands_on_days_off_of_many_years_is_none_of_every_week():
    rows = a_year("Weekend", **{day.isoformat(): "Founders' Day" for day in SATURDAYS[:3]})
    assert len(sort(rows).holidays) == 3


def test_a_day_off_without_a_text_is_one():
    assert sort([ListedDay(UNITY, "", True)]).days_off == (UNITY,)


def test_half_days_are_told_apart_because_no_list_has_their_hours():
    days = sort([ListedDay(UNITY, "Eve", False, half_day=True), ListedDay(CHRISTMAS, "Christmas", False)])
    assert (days.holidays, days.half_days) == ({CHRISTMAS: "Christmas"}, (UNITY,))


def test_a_day_that_stands_twice_is_a_holiday_rather_than_a_day_off():
    rows = [ListedDay(UNITY, "Saturday", True), ListedDay(UNITY, "Unity", False)]
    days = sort(rows, ["Saturday"])
    assert (days.holidays, days.days_off) == ({UNITY: "Unity"}, ())


@given(
    st.lists(
        st.builds(
            ListedDay,
            st.dates(date(2026, 1, 1), date(2026, 3, 1)),
            st.sampled_from(["", "Saturday", "Feast", "Fair"]),
            st.booleans(),
            st.booleans(),
        )
    )
)
def test_no_day_is_lost_and_none_is_told_twice(rows):
    days = sort(rows, ["Saturday"])
    told = [*days.holidays, *days.days_off, *days.half_days]
    assert sorted(told) == sorted({row.day for row in rows})
    named = {row.day for row in rows if not row.weekly_off and not row.half_day}
    assert named <= set(days.holidays)
