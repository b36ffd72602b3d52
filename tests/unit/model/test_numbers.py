"""Numbers as people write them in files, and as a column of a site keeps them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.model.fields import DECIMALS, Spec
from sm_planner.engine.model.values import LARGEST_NUMBER, ValueProblem, parse, plain_number, show

NUMBER = Spec("number", "Value")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("95,5", 95.5),
        ("95.5", 95.5),
        ("0,125", 0.125),
        ("-0,5", -0.5),
        (",5", 0.5),
        ("1.234", 1.234),
        ("1234,567", 1234.567),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("1 234,5", 1234.5),
        ("1\u00a0234.5", 1234.5),
        ("1\u202f234", 1234),
        ("1'234.5", 1234.5),
        ("1’234", 1234),
        (" 12 ", 12),
        ("1e3", 1000),
    ],
)
def test_a_number_is_read_as_people_write_it(written, meant):
    assert parse(NUMBER, plain_number(written)) == meant


@pytest.mark.parametrize(
    "written", ["1,234", "-999,999", "1,23,456", "1.234.5", "1.234,5,6", "12,5 %", "abc", "95,"]
)
def test_what_is_no_number_or_more_than_one_is_left_to_be_refused(written):
    assert plain_number(written) == written
    with pytest.raises(ValueProblem, match="is not a number"):
        parse(NUMBER, plain_number(written))


@given(
    st.decimals(-LARGEST_NUMBER + 1, LARGEST_NUMBER - 1, places=DECIMALS),
    st.sampled_from(["", ",", " ", "'"]),
)
def test_every_number_that_people_group_is_read_as_that_number_or_refused(number, group):
    written = f"{number:,.{DECIMALS}f}".replace(",", group)
    assert float(plain_number(written)) == float(number)


@given(st.decimals(-LARGEST_NUMBER + 1, LARGEST_NUMBER - 1, places=DECIMALS))
def test_a_column_with_nine_decimal_places_keeps_every_number(number):
    try:
        value = parse(NUMBER, str(float(number)))
    except ValueProblem:
        return
    assert float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-DECIMALS))) == value
    assert parse(NUMBER, show(value)) == value
