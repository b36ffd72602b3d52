"""Functions of Frappe that have one of ours around them: put on once, taken off again, and still needed."""

from __future__ import annotations

from functools import partial

import frappe
import pytest

from sm_planner.adapters.guards import exports, report_mails
from sm_planner.adapters.site import site_numbers, wraps
from sm_planner.adapters.site.wraps import Wrap

ALL = (
    *site_numbers.COLUMNS,
    *site_numbers.CELLS,
    *exports.LISTS,
    *exports.TEMPLATES,
    *exports.DATA,
    *exports.IMPORTS,
    *report_mails.READERS,
)
named = partial(pytest.mark.parametrize, "wrap", ALL, ids=lambda wrap: wrap.function)


def in_place(wrap: Wrap):
    holder, name = wrap.place()
    return getattr(holder, name)


@pytest.fixture(autouse=True)
def as_frappe_has_them():
    """Before each test and after it; what needs one puts it on."""
    wraps.take_off()
    yield
    wraps.take_off()


@named()
def test_a_function_is_wrapped_once_and_given_back_as_it_was(wrap):
    original = in_place(wrap)

    wraps.put_on([wrap])
    wraps.put_on([wrap])
    put_on = in_place(wrap)
    wraps.take_off()
    wraps.take_off()

    assert (put_on.sm_planner, put_on.__wrapped__) == (wrap, original)
    assert in_place(wrap) is original


@named()
def test_what_another_app_has_put_around_ours_stays(wrap):
    holder, name = wrap.place()
    original = in_place(wrap)
    wraps.put_on([wrap])
    ours = in_place(wrap)
    try:
        setattr(holder, name, lambda *args: ours(*args))
        theirs = in_place(wrap)
        wraps.take_off()
        wraps.put_on([wrap])
        assert in_place(wrap) is theirs
    finally:
        setattr(holder, name, ours)
        wraps.take_off()
    assert in_place(wrap) is original


@named()
def test_somebody_has_looked_whether_this_frappe_still_needs_it(wrap):
    assert int(frappe.__version__.partition(".")[0]) <= wrap.frappe
