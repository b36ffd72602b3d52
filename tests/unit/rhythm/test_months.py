"""Days that come back every so many months."""

from calendar import monthrange
from datetime import date

from hypothesis import given, strategies as st

from sm_planner.engine.rhythm.months import months_after, series

_days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_a_series_of_the_31st_ends_short_months_and_comes_back_to_the_31st():
    found = series(date(2026, 10, 31), 1, date(2026, 10, 1), date(2027, 4, 1))
    assert [day.isoformat() for day in found] == [
        "2026-10-31",
        "2026-11-30",
        "2026-12-31",
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
    ]


def test_a_series_of_the_29th_of_february_comes_back_to_it_in_leap_years():
    found = series(date(2024, 2, 29), 12, date(2025, 1, 1), date(2028, 12, 31))
    assert [day.isoformat() for day in found] == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


@given(_days, st.integers(1, 60), _days, _days)
def test_a_series_is_what_counting_from_its_first_day_gives_between_two_days(first, months, since, until):
    counted = [months_after(first, number * months) for number in range(61 * 12 // months + 1)]
    expected = [day for day in counted if since <= day <= until]
    assert list(series(first, months, since, until)) == expected


@given(_days, st.integers(-600, 600))
def test_months_later_it_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    if not 1 <= day.year + months // 12 <= 9000:
        return
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])
