"""How an agreement stands on a day, and when it ends: held to an oracle that walks day by day."""

from __future__ import annotations

import random
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sm_planner.engine.agreements.term import (
    TermState,
    decide_by,
    end_after,
    end_of_term,
    ends_on,
    months_on,
    notice_by,
    state_on,
    told,
)
from sm_planner.engine.agreements.terms import in_force
from sm_planner.engine.model import Agreement
from sm_planner.engine.model.vocabulary import AGREEMENT_STATES, NOTICE_TO

DAY = timedelta(days=1)
TODAY = date(2026, 11, 30)

RENEWED = Agreement(
    id="uc",
    kind="UC",
    start_date=date(2026, 1, 1),
    end_date=date(2027, 12, 31),
    renewal_months=12,
    notice_months=3,
)
OPEN = Agreement(id="sla", kind="SLA", start_date=date(2026, 1, 1), open_ended=True, notice_months=3)
FIXED = Agreement(id="ola", kind="OLA", start_date=date(2026, 1, 1), end_date=date(2026, 12, 31))


def is_last_of_month(day: date) -> bool:
    return (day + DAY).month != day.month


# The oracle: no arithmetic of months, but walks from day to day.


def walked(day: date, months: int) -> date:
    """The same day of the month, so many months on: the walk passes that many firsts, and then as many days as there are."""
    wanted, passed = day.day, 0
    while passed < months:
        day += DAY
        passed += day.day == 1
    while day.day < wanted and not is_last_of_month(day):
        day += DAY
    return day


def term_ends(agreement: Agreement, until: date) -> set[date]:
    """The ends of its terms: a term that ends with a month is followed by whole months, any other is counted by its day."""
    end = agreement.end_date
    if end is None or agreement.open_ended:
        return set()
    found, passed, day = {end}, 0, end
    if not agreement.renewal_months:
        return found
    while day <= until:
        day += DAY
        passed += day.day == 1
        # the walk began in the month of the end: after so many firsts, it is in a month of a renewal
        if not passed or passed % agreement.renewal_months:
            continue
        by_day = is_last_of_month(day) if is_last_of_month(end) else day.day == end.day
        is_short = is_last_of_month(day) and day.day < end.day
        if by_day or is_short:
            found.add(day)
    return found


def can_end(agreement: Agreement, day: date, ends: set[date]) -> bool:
    """Whether notice can end it on a day, if it is in time."""
    to = agreement.notice_to
    if not agreement.open_ended and agreement.end_date and to in ("", "End of the Term"):
        return day in ends
    if not agreement.open_ended and not agreement.renewal_months and day == agreement.end_date:
        return True
    return {
        "": True,
        "Any Day": True,
        "End of a Month": is_last_of_month(day),
        "End of a Quarter": is_last_of_month(day) and day.month in (3, 6, 9, 12),
        "End of a Year": (day.month, day.day) == (12, 31),
        "End of the Term": False,
    }[to]


def walked_end(agreement: Agreement, notice: date) -> date | None:
    """The first day on which it can end after a notice, looked for from day to day; a fixed term ends anyway."""
    is_fixed = agreement.end_date and not agreement.open_ended and not agreement.renewal_months
    earliest = walked(notice, agreement.notice_months)
    ends = term_ends(agreement, earliest + timedelta(days=31 * (agreement.renewal_months or 1) + 366))
    if is_fixed and earliest > agreement.end_date:
        return agreement.end_date
    day = earliest
    while not can_end(agreement, day, ends):
        day += DAY
    return day


def days_around(rng: random.Random) -> date:
    """Days of which many lie where months differ: the last of a month, the 28th to the 31st, leap days."""
    year, month = rng.randint(2023, 2033), rng.randint(1, 12)
    last = monthrange(year, month)[1]
    return date(year, month, rng.choice((1, 15, min(28, last), min(29, last), min(30, last), last)))


def made(rng: random.Random) -> Agreement:
    kind = rng.choice(("open", "fixed", "renewed", "renewed"))
    start = days_around(rng)
    end = None if kind == "open" else max(days_around(rng), start)
    return Agreement(
        id="a",
        kind="UC",
        start_date=start,
        end_date=end,
        open_ended=kind == "open",
        renewal_months=rng.choice((1, 2, 3, 6, 12, 12, 24, 120, rng.randint(1, 120)))
        if kind == "renewed"
        else None,
        notice_months=rng.choice((0, 1, 2, 3, 6, 12)),
        notice_to=rng.choice(("", *(NOTICE_TO[:4] if kind == "open" else NOTICE_TO))),
    )


@pytest.mark.parametrize("seed", range(60))
def test_it_ends_when_a_walk_from_day_to_day_finds_an_end(seed):
    rng = random.Random(seed)  # noqa: S311
    for _ in range(10):
        agreement, notice = made(rng), days_around(rng)
        assert end_after(agreement, notice) == walked_end(agreement, notice), agreement
        given = replace(agreement, notice_given=notice)
        assert ends_on(given) == walked_end(agreement, notice)


@pytest.mark.parametrize("seed", range(60))
def test_notice_is_in_time_up_to_the_last_day_and_not_on_the_next(seed):
    rng = random.Random(1000 + seed)  # noqa: S311
    for _ in range(10):
        agreement, day = made(rng), days_around(rng)
        end, last = end_after(agreement, day), notice_by(agreement, day)
        assert walked(last, agreement.notice_months) <= end
        assert walked(last + DAY, agreement.notice_months) > end
        if agreement.open_ended or agreement.renewal_months:
            assert last >= day
            assert end_after(agreement, last) == end
            assert end_after(agreement, last + DAY) > end


@pytest.mark.parametrize("months", range(1, 121))
def test_each_renewal_ends_so_many_months_after_the_one_before(months):
    for end in (
        date(2023, 12, 31),
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 6, 30),
        date(2026, 1, 30),
    ):
        agreement = replace(RENEWED, end_date=end, renewal_months=months)
        ends = sorted(term_ends(agreement, date(2046, 1, 1)))
        for before, after in zip(ends, ends[1:], strict=False):
            assert end_of_term(agreement, before) == before
            assert end_of_term(agreement, before + DAY) == after
            assert end_of_term(agreement, after - DAY) == after


@pytest.mark.parametrize("seed", range(20))
def test_it_holds_on_each_day_from_its_start_to_its_end_and_on_no_other(seed):
    rng = random.Random(2000 + seed)  # noqa: S311
    agreement = made(rng)
    if rng.random() < 0.6:
        agreement = replace(agreement, notice_given=max(days_around(rng), agreement.start_date))
    end = ends_on(agreement)
    day = agreement.start_date - timedelta(days=40)
    last = (end or day + timedelta(days=4000)) + timedelta(days=40)
    while day <= last:
        holds = agreement.start_date <= day and (end is None or day <= end)
        assert in_force(agreement, day) is holds
        assert (state_on(agreement, day) in (TermState.IN_FORCE, TermState.IN_NOTICE)) is holds
        if day < agreement.start_date:
            assert state_on(agreement, day) is TermState.SCHEDULED
        day += DAY


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 6, 30), 6, date(2027, 12, 31)),
        (date(2027, 6, 30), -3, date(2027, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2027, 1, 30), 1, date(2027, 2, 28)),
        (date(2027, 12, 31), -3, date(2027, 9, 30)),
        (date.max, 12, date.max),
        (date(1, 1, 15), -3, date.min),
    ],
)
def test_months_lead_from_the_last_of_a_month_to_the_last_of_another(day, months, then):
    assert months_on(day, months) == then


def test_what_its_status_says_counts_before_its_days():
    draft, ended = (replace(FIXED, status=status) for status in (AGREEMENT_STATES[0], AGREEMENT_STATES[2]))
    assert (state_on(draft, TODAY), state_on(ended, TODAY)) == (TermState.DRAFT, TermState.ENDED)
    assert not in_force(draft, TODAY)
    assert not in_force(ended, TODAY)


def test_a_fixed_term_holds_on_its_last_day_and_has_expired_on_the_next():
    assert state_on(FIXED, date(2026, 12, 31)) is TermState.IN_FORCE
    assert state_on(FIXED, date(2027, 1, 1)) is TermState.EXPIRED


def test_notice_changes_nothing_before_its_day_and_not_that_a_fixed_term_ends():
    given = replace(OPEN, notice_given=date(2026, 12, 5))
    assert state_on(given, date(2026, 12, 4)) is TermState.IN_FORCE
    assert state_on(given, date(2026, 12, 5)) is TermState.IN_NOTICE
    assert state_on(given, date(2027, 3, 5)) is TermState.IN_NOTICE
    assert state_on(given, date(2027, 3, 6)) is TermState.EXPIRED
    fixed = replace(FIXED, notice_months=3, notice_given=date(2026, 12, 1))
    assert ends_on(fixed) == FIXED.end_date


def test_where_no_notice_period_is_named_the_end_is_not_known():
    for agreement in (replace(OPEN, notice_months=None), replace(RENEWED, notice_months=None)):
        given = replace(agreement, notice_given=date(2026, 6, 1))
        assert ends_on(given) is None
        assert notice_by(agreement, TODAY) is None
        assert state_on(given, date(2040, 1, 1)) is TermState.IN_NOTICE
        assert "not known" in str(told(given, TODAY))


def test_by_when_somebody_has_to_decide():
    assert decide_by(RENEWED, date(2027, 9, 30)) == date(2027, 9, 30)
    assert decide_by(RENEWED, date(2027, 10, 1)) == date(2028, 9, 30)
    assert decide_by(replace(RENEWED, notice_months=None), date(2028, 3, 1)) == date(2028, 12, 31)
    assert decide_by(replace(RENEWED, notice_to="Any Day"), TODAY) is None
    assert decide_by(OPEN, TODAY) is None
    assert decide_by(FIXED, TODAY) == FIXED.end_date
    assert decide_by(replace(FIXED, notice_months=2), TODAY) == date(2026, 10, 31)
    assert decide_by(replace(OPEN, notice_given=date(2026, 11, 5)), TODAY) == date(2027, 2, 5)


@pytest.mark.parametrize(
    ("agreement", "sentence"),
    [
        (
            RENEWED,
            "In force until 2027-12-31, then renewed for 12 months unless notice is given by 2027-09-30.",
        ),
        (
            replace(RENEWED, renewal_months=1, notice_months=None),
            "In force until 2027-12-31, then renewed for a month unless notice is given; by when is not said.",
        ),
        (
            replace(RENEWED, notice_to="End of a Month", notice_months=1),
            "In force until 2027-12-31, then renewed for 12 months. Notice given by 2026-11-30 ends it on 2026-12-31.",
        ),
        (OPEN, "In force without an end. Notice given on 2026-11-30 ends it on 2027-02-28."),
        (
            replace(OPEN, notice_to="End of a Quarter"),
            "In force without an end. Notice given by 2026-12-31 ends it on 2027-03-31.",
        ),
        (
            replace(OPEN, notice_months=None),
            "In force without an end; how long before its end notice is given is not said.",
        ),
        (FIXED, "In force until 2026-12-31."),
        (
            replace(FIXED, end_date=date(2028, 1, 31), notice_months=0, notice_to="End of a Year"),
            "In force until 2028-01-31. Notice given by 2026-12-31 ends it on 2026-12-31.",
        ),
        (replace(FIXED, end_date=None), "In force; how long is not said."),
        (replace(FIXED, end_date=date(2026, 6, 30)), "Expired: it held until 2026-06-30."),
        (
            replace(OPEN, notice_given=date(2026, 11, 2)),
            "Notice was given on 2026-11-02: it ends on 2027-02-02.",
        ),
        (
            replace(FIXED, start_date=date(2026, 12, 1)),
            "Not in force yet: it begins on 2026-12-01. In force until 2026-12-31.",
        ),
        (replace(FIXED, status="Draft"), "A draft: it does not hold."),
        (replace(FIXED, status="Ended"), "Ended: it does not hold any more."),
    ],
)
def test_the_term_is_told_in_words(agreement, sentence):
    assert str(told(agreement, TODAY)) == sentence
