"""Days as budgets, extra openings and other hours: by the rule, and by walking from day to day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.chain.course import Hours, Step, starts, through
from sm_planner.engine.service_time.days import Days
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.service_time.service_hours import WEEK, ServiceHours
from sm_planner.engine.service_time.sla_clock_terms import BudgetError, ClockError, HorizonError, Pauses

OFFICE = {day: ["09:00-17:00"] for day in WEEK[:5]}
FIRST, LAST = date(2027, 3, 1), date(2027, 4, 30)


def at(text: str, zone: str = "Europe/Berlin") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def due(hours: ServiceHours, start: str, budget: Days, pauses=None) -> str:
    clock = hours.compile(FIRST, LAST)
    end = clock.due(at(start), budget, pauses)
    return f"{datetime.fromtimestamp(end, ZoneInfo(hours.timezone)):%a %d %b %H:%M}"


@pytest.mark.parametrize(
    ("start", "budget", "end"),
    [
        ("2027-03-01T10:00", Days(1, business=True), "Tue 02 Mar 17:00"),
        ("2027-03-01T08:00", Days(1, business=True), "Tue 02 Mar 17:00"),
        ("2027-03-01T17:00", Days(1, business=True), "Wed 03 Mar 17:00"),  # as on Tuesday
        ("2027-03-05T10:00", Days(1, business=True), "Mon 08 Mar 17:00"),
        ("2027-03-06T10:00", Days(1, business=True), "Tue 09 Mar 17:00"),  # as on Monday
        ("2027-03-01T10:00", Days(5, business=True), "Mon 08 Mar 17:00"),
        ("2027-03-25T10:00", Days(2, business=True), "Wed 31 Mar 17:00"),  # over Easter
        ("2027-03-01T10:00", Days(0, business=True), "Mon 01 Mar 17:00"),
        ("2027-03-01T10:00", Days(5), "Mon 08 Mar 17:00"),  # Saturday is closed
        ("2027-03-01T10:00", Days(3), "Thu 04 Mar 17:00"),
        ("2027-03-06T10:00", Days(7), "Mon 15 Mar 17:00"),
        ("2027-03-22T10:00", Days(7), "Tue 30 Mar 17:00"),  # Easter Monday is closed
    ],
)
def test_the_day_of_the_start_does_not_count_and_the_last_one_is_open(start, budget, end):
    easter = [date(2027, 3, 26), date(2027, 3, 29)]
    assert due(ServiceHours("Europe/Berlin", OFFICE, easter), start, budget) == end


def test_a_half_holiday_and_a_make_up_day_are_business_days():
    hours = ServiceHours(
        "Europe/Berlin", OFFICE, [(date(2027, 3, 5), "12:00-24:00")], [(date(2027, 3, 6), "10:00-14:00")]
    )
    assert due(hours, "2027-03-04T10:00", Days(1, business=True)) == "Fri 05 Mar 12:00"
    assert due(hours, "2027-03-04T10:00", Days(2, business=True)) == "Sat 06 Mar 14:00"
    assert due(hours, "2027-03-04T10:00", Days(3, business=True)) == "Mon 08 Mar 17:00"


def test_around_the_clock_a_day_ends_at_midnight():
    always = ServiceHours.always("Europe/Berlin")
    assert due(always, "2027-03-01T10:00", Days(1)) == "Wed 03 Mar 00:00"
    assert due(always, "2027-03-27T10:00", Days(1, business=True)) == "Mon 29 Mar 00:00"


def test_hours_over_midnight_belong_to_the_day_on_which_they_open():
    nights = ServiceHours("Europe/Berlin", {day: ["22:00-06:00"] for day in WEEK[:5]})
    assert due(nights, "2027-03-01T23:00", Days(1)) == "Wed 03 Mar 06:00"
    assert due(nights, "2027-03-02T03:00", Days(1)) == "Wed 03 Mar 06:00"  # still the night of Monday
    assert due(nights, "2027-03-05T23:00", Days(1)) == "Tue 09 Mar 06:00"


def test_a_pause_moves_the_end_by_the_service_time_that_was_paused():
    hours = ServiceHours("Europe/Berlin", OFFICE)
    pauses = [
        (at("2027-03-01T16:00"), at("2027-03-02T10:00")),
        (at("2027-03-02T18:00"), at("2027-03-03T08:00")),
    ]
    assert due(hours, "2027-03-01T10:00", Days(1, business=True), pauses) == "Wed 03 Mar 11:00"


def test_days_that_are_not_over_in_the_horizon_are_refused():
    clock = ServiceHours("Europe/Berlin", OFFICE).compile(FIRST, LAST)
    late = at("2027-04-30T10:00")
    with pytest.raises(BudgetError):
        clock.due(late, Days(1))
    with pytest.raises(BudgetError):
        clock.seconds(np.array([late]), Days(1))
    assert clock.seconds(late, Days(1), beyond=-5) == -5
    assert clock.seconds(np.array([at("2027-04-28T10:00"), late]), Days(1), beyond=-5).tolist() == [
        15 * 3600,
        -5,
    ]
    with pytest.raises(HorizonError):
        clock.due(clock.first - 1, Days(1))
    with pytest.raises(ClockError):
        clock.due(clock.first, Days(-1))
    assert clock.seconds(clock.first, 60) == 60


def test_days_in_finer_units():
    clock = ServiceHours("Europe/Berlin", OFFICE).compile(FIRST, LAST)
    start = at("2027-03-01T10:00")
    assert clock.finer(1000).due(start * 1000 + 7, Days(3)) == 1000 * clock.due(start, Days(3))


# Other hours


def test_other_hours_count_from_midnight_to_midnight_of_their_days():
    long = ServiceHours("Europe/Berlin", {day: ["08:00-20:00"] for day in WEEK})
    hours = ServiceHours("Europe/Berlin", OFFICE, changes=[(date(2027, 3, 4), date(2027, 3, 6), long)])
    clock = hours.compile(FIRST, LAST)
    assert clock.elapsed(at("2027-03-03T16:00"), at("2027-03-08T10:00")) == 3600 * (1 + 3 * 12 + 1)
    assert due(hours, "2027-03-03T10:00", Days(3, business=True)) == "Sat 06 Mar 20:00"
    assert due(hours, "2027-03-03T10:00", Days(4, business=True)) == "Mon 08 Mar 17:00"


def test_lasting_changes_follow_each_other_and_passing_ones_come_before_them():
    def whole(opens):
        return ServiceHours("UTC", {day: [f"{opens}-20:00"] for day in WEEK})

    ten, twelve, eighteen = whole("10:00"), whole("12:00"), whole("18:00")
    hours = ServiceHours(
        "UTC",
        OFFICE,
        changes=[
            (date(2027, 3, 20), None, twelve),
            (date(2027, 3, 10), None, ten),
            (date(2027, 3, 18), date(2027, 3, 22), eighteen),
        ],
    )
    assert [(one.first.day, one.last and one.last.day) for one in hours.changes] == [
        (10, 17),
        (18, 22),
        (23, None),
    ]
    clock = hours.compile(FIRST, LAST)
    opens = [f"{datetime.fromtimestamp(one, ZoneInfo('UTC')):%d %H}" for one in clock.opens]
    assert opens[6:10] == ["09 09", "10 10", "11 10", "12 10"]
    assert [one for one in opens if one[:2] in ("17", "18", "22", "23")][:4] == [
        "17 10",
        "18 18",
        "22 18",
        "23 12",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        [(date(2027, 3, 1), date(2027, 3, 5)), (date(2027, 3, 5), date(2027, 3, 9))],
        [(date(2027, 3, 1), None), (date(2027, 3, 1), None)],
        [(date(2027, 3, 5), date(2027, 3, 1))],
    ],
)
def test_changes_that_contradict_each_other_are_refused(changes):
    always = ServiceHours.always("UTC")
    with pytest.raises(ValueError, match="changes"):
        ServiceHours("UTC", OFFICE, changes=[(*days, always) for days in changes])


# The oracle walks from day to day, and from window to window


SPANS = ["09:00-17:00", "22:00-06:00", "00:00-24:00", "08:00-12:00", "18:00-02:00"]
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]


@st.composite
def rules(draw, zone=None, changed=False):
    zone = zone or draw(st.sampled_from(ZONES))
    days = draw(st.sets(st.sampled_from(WEEK), min_size=1))
    windows = {day: [draw(st.sampled_from(SPANS))] for day in days}
    near = st.integers(0, 40).map(lambda number: FIRST + timedelta(days=number))
    holidays = draw(st.sets(near, max_size=5))
    openings = [(day, draw(st.sampled_from(SPANS))) for day in draw(st.sets(near, max_size=3))]
    changes = []
    if changed:
        first = draw(near)
        last = draw(
            st.one_of(st.none(), st.integers(0, 20).map(lambda number: first + timedelta(days=number)))
        )
        changes = [(first, last, draw(rules(zone)))]
    return ServiceHours(zone, windows, holidays, openings, changes=changes)


def pieces_of(hours: ServiceHours, day: date) -> list[tuple[int, int]]:
    """The open time of the hours that begin on a day, in Unix seconds, by the minute of the wall."""
    spans = [span for opened, span in hours.openings if opened == day]
    base = datetime.combine(day, time())
    found = [(base + timedelta(seconds=a), base + timedelta(seconds=b)) for a, b in spans]
    if day not in hours.holidays:
        for a, b in hours.windows[day.weekday()]:
            opens, closes = base + timedelta(seconds=a), base + timedelta(seconds=b)
            if closes.date() in hours.holidays and closes.date() != day:
                closes = datetime.combine(closes.date(), time())
            found.append((opens, closes))
    zone = hours.timezone

    def instant(wall: datetime) -> int:
        midnight = beginning(wall.date(), zone)
        # The first instant of that day, or after it, at which the clock shows so much.
        low, high = midnight - 90_000, midnight + 180_000
        step = 1800
        for unix in range(low - low % step, high, step):
            if datetime.fromtimestamp(unix, ZoneInfo(zone)).replace(tzinfo=None) >= wall:
                return unix
        raise AssertionError

    real = [(instant(a), instant(b)) for a, b in found]
    return [(a, b) for a, b in real if a < b]


def days_of(hours: ServiceHours) -> list[tuple[date, list[tuple[int, int]]]]:
    """Each day with the open time that it owns, cut where other hours begin and end."""
    walked = []
    for number in range(-1, (LAST - FIRST).days + 2):
        day = FIRST + timedelta(days=number)
        for rule in (hours, *(change.hours for change in hours.changes)):
            kept = []
            for opens, closes in pieces_of(rule, day):
                for tail in range(3):  # the days on which a window over midnight goes on
                    on = day + timedelta(days=tail)
                    counts = next(
                        (
                            one.hours
                            for one in hours.changes
                            if one.first <= on and (one.last is None or on <= one.last)
                        ),
                        hours,
                    )
                    start = max(opens, beginning(on, hours.timezone))
                    stop = min(closes, beginning(on + timedelta(days=1), hours.timezone))
                    if counts is rule and start < stop:
                        kept.append((start, stop))
            if kept:
                walked.append((day, kept))
    return walked


def by_walking(walked, start: int, budget: Days) -> int | None:
    """The end of a budget of days, from day to day."""
    reached, ends = 0, []
    for day, pieces in walked:
        reached = max(reached, *(stop for _, stop in pieces))
        if ends and ends[-1][0] == day:
            ends[-1] = (day, reached)
        else:
            ends.append((day, reached))
    left = [(day, end) for day, end in ends if end > start]
    if not left:
        return None
    if budget.business:
        return left[budget.count][1] if budget.count < len(left) else None
    wanted = left[0][0] + timedelta(days=budget.count)
    return next((end for day, end in left if day >= wanted), None)


BUDGETS = st.builds(Days, st.integers(0, 9), st.booleans())


@settings(max_examples=150, deadline=None)
@given(st.data(), BUDGETS)
def test_days_as_a_walk_from_day_to_day_finds_them(data, budget):
    hours = data.draw(rules(changed=data.draw(st.booleans())))
    clock = hours.compile(FIRST, LAST)
    walked = days_of(hours)
    edges = sorted({edge for _, pieces in walked for piece in pieces for edge in piece})
    times = [t + d for t in edges for d in (-1, 0, 1) if clock.first <= t + d <= clock.last][:200]
    starts_of = np.array(times, np.int64)
    seconds = clock.seconds(starts_of, budget, beyond=-1)
    for start, in_array in zip(times, seconds.tolist(), strict=True):
        end = by_walking(walked, start, budget)
        if end is None or end > clock.last:
            assert in_array == -1
            with pytest.raises(BudgetError):
                clock.due(start, budget)
        else:
            assert clock.due(start, budget) == end
            assert clock.elapsed(start, end) == in_array
    known = starts_of[seconds >= 0]
    if known.size:
        pauses = Pauses(np.arange(known.size), known + 100, np.minimum(known + 9_000, clock.last))
        for ticket, start in enumerate(known.tolist()):
            own = [(start + 100, min(start + 9_000, clock.last))]
            if ticket % 7 == 0 and own[0][0] <= own[0][1]:
                try:
                    one = clock.due(start, budget, own)
                except BudgetError:
                    continue
                alone = Pauses(np.array([0]), pauses.start[[ticket]], pauses.stop[[ticket]])
                spent = seconds[seconds >= 0][[ticket]]
                assert clock.due(known[[ticket]], spent, alone).tolist() == [one]


@settings(max_examples=150, deadline=None)
@given(st.data(), BUDGETS, st.integers(0, 20 * 3600))
def test_a_course_through_days_is_exact_at_every_edge(data, budget, seconds):
    hours, other = (Hours(data.draw(rules()).compile(FIRST, LAST)) for _ in range(2))
    begun = starts(hours, max(hours.clock.first, other.clock.first), hours.clock.last)
    if begun and begun[0][0] < other.clock.first:
        return
    steps = [Step(other, seconds), Step(other, budget), Step(hours, 3600)]
    if data.draw(st.booleans()):
        steps = [steps[1], steps[0], steps[2]]
    course = begun
    for step in steps:
        if course and course[0][2] < step.hours.clock.first:
            return
        course = through(course, step)
    for start, stop, done, slope in course:
        for one in {start, (start + stop) // 2, stop - 1}:
            at_last = one
            for step in steps:
                at_last = step.due(at_last)
            assert done + slope * (one - start) == at_last
    followed = course[-1][1] if course else (begun[0][0] if begun else None)
    if followed is not None and any(start <= followed < stop for start, stop, _, _ in begun):
        with pytest.raises(ClockError):
            at_last = followed
            for step in steps:
                at_last = step.due(at_last)
