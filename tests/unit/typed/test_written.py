"""What people write into cells is read as they mean it, or refused with what to write instead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.model.fields import Spec
from sm_planner.engine.model.values import ValueProblem
from sm_planner.engine.typed.written import Writing, order_of, plain_day, read

GERMAN = {"High": "Hoch", "Low": "Niedrig", "Yes": "Ja", "No": "Nein"}
WRITING = Writing(lambda text: GERMAN.get(text, text), "dmy")
GRADE = Spec("choice", "Importance", choices=("Low", "High"))
UNIT = Spec("choice", "Unit", choices=("Minutes", "Hours", "Percent"))


@pytest.mark.parametrize(
    "kind, written, value",
    [
        ("number", "99,5", 99.5),
        ("number", "1.234,5", 1234.5),
        ("number", "", None),
        ("integer", "12", 12),
        ("date", "31.12.2027", date(2027, 12, 31)),
        ("date", "1.2.27", date(2027, 2, 1)),
        ("date", "2027-12-31", date(2027, 12, 31)),
        ("date", "2027-12-31 00:00:00", date(2027, 12, 31)),
        ("date", "3/4/2027", date(2027, 4, 3)),
        ("flag", "ja", True),
        ("flag", "x", True),
        ("flag", "NO", False),
        ("line", "  two  ", "two"),
    ],
)
def test_values_are_read_as_people_write_them(kind, written, value):
    assert read(Spec(kind, "Field"), written, WRITING) == value


def test_strokes_follow_the_reader():
    assert read(Spec("date", "Due"), "3/4/2027", Writing(days="mdy")) == date(2027, 3, 4)
    assert order_of("mm/dd/yyyy") == "mdy"
    assert order_of("dd.mm.yyyy") == "dmy"
    assert order_of("yyyy-mm-dd") == "ymd"
    assert order_of("nonsense") == "dmy"


def test_what_means_thousands_to_the_reader_is_not_taken_for_decimals():
    number = Spec("number", "Value")
    assert read(number, "99.995", Writing()) == 99.995
    assert read(number, "99,995.5", Writing(comma=True)) == 99995.5
    assert read(number, "12.50", Writing(comma=True)) == 12.5
    with pytest.raises(ValueProblem) as refused:
        read(number, "1.234", Writing(comma=True))
    assert f"{refused.value.message} {refused.value.fix}" == (
        "“1.234” may be meant in two ways. Write 1234 or 1,234."
    )


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_each_writing(day):
    for order, written in (
        ("dmy", f"{day.day}.{day.month}.{day.year}"),
        ("mdy", f"{day.month}/{day.day}/{day.year}"),
        ("dmy", f"{day.day:02}-{day.month:02}-{day.year}"),
        ("mdy", day.isoformat()),
    ):
        assert plain_day(written, order) == day.isoformat()


@pytest.mark.parametrize("written", ["Hoch", "hoch", "HIGH", "High"])
def test_choices_go_by_their_words_in_either_language(written):
    assert read(GRADE, written, WRITING) == "High"


def test_a_percentage_has_its_sign():
    assert read(UNIT, "%", WRITING) == "Percent"
    assert read(Spec("number", "Share of Cases (%)"), "80 %", WRITING) == 80


@pytest.mark.parametrize(
    "spec, written, told",
    [
        (GRADE, "Hohc", "This cannot be “Hohc”. Did you mean “High”?"),
        (GRADE, "zzz", "This cannot be “zzz”. Choose one from the list."),
        (Spec("flag", "Critical"), "maybe", "“maybe” is neither yes nor no. Write “Yes” or “No”."),
        (Spec("date", "Due"), "soon", "“soon” is not a date. Write year-month-day, such as 2027-03-31."),
        (Spec("date", "Due"), "31.2.2027", "The date 2027-02-31 does not exist. Enter a date that exists."),
        (Spec("number", "Value"), "ten", "“ten” is not a number."),
    ],
)
def test_what_cannot_be_read_is_told(spec, written, told):
    with pytest.raises(ValueProblem) as problem:
        read(spec, written, WRITING)
    assert str(problem.value).startswith(told)
