"""The solver in time, against the reference vectors, a sweep of quarters, and every minute of random chains."""

from __future__ import annotations

from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from sm_planner.engine.chain.course import Hours, Step, latest, starts, through
from sm_planner.engine.chain.feasibility import Solver, end_of, simplified
from sm_planner.engine.service_time.days import Days, ServiceDays
from sm_planner.engine.service_time.service_hours import WEEK as WEEKDAYS, ServiceHours
from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.service_time.sla_clock_terms import ClockError

HOUR, DAY, WEEK = 3_600, 86_400, 604_800
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 31)  # a Monday, and weeks enough to follow every chain
OFFICE = Hours(ServiceHours("UTC", dict.fromkeys(WEEKDAYS[:5], ["09:00-17:00"])).compile(FIRST, LAST))
ALWAYS = Hours(ServiceHours.always("UTC").compile(FIRST, LAST))
MONDAY = ALWAYS.clock.first


def chain(*steps: Step):
    """A stage for each step."""
    return tuple(((step,),) for step in steps)


VECTORS = [
    # promise, legs, infeasible of 672 starts, worst slack in hours
    (Step(ALWAYS, 8 * HOUR), chain(Step(OFFICE, 4 * HOUR)), 507, -60),
    (Step(ALWAYS, 16 * HOUR), chain(Step(ALWAYS, 2 * HOUR), Step(OFFICE, 8 * HOUR)), 547, -58),
    (Step(OFFICE, 8 * HOUR), chain(Step(OFFICE, 4 * HOUR), Step(OFFICE, 4 * HOUR)), 0, 0),
    (Step(OFFICE, 8 * HOUR), chain(Step(OFFICE, 2 * HOUR), Step(ALWAYS, 4 * HOUR)), 0, 2),
]


@pytest.mark.parametrize(("promise", "stages", "infeasible", "worst"), VECTORS)
def test_the_reference_vectors_by_a_sweep_and_by_the_solver(promise, stages, infeasible, worst):
    slacks = [promise.due(start) - end_of(stages, start) for start in range(MONDAY, MONDAY + WEEK, HOUR // 4)]
    assert len(slacks) == 672
    assert sum(slack < 0 for slack in slacks) == infeasible
    assert min(slacks) == worst * HOUR

    solution = Solver().solve(promise, stages, MONDAY, MONDAY + WEEK)
    assert solution.worst_slack == worst * HOUR
    assert bool(solution.late) == bool(infeasible)
    if promise.hours is ALWAYS:  # else the sweep counts starts outside the hours too
        assert solution.late / solution.starts == pytest.approx(infeasible / 672, abs=8 / 672)


def test_late_seconds_are_counted_one_by_one():
    # Of each weekday, only 05:00 to 13:00 is in time, both seconds included: 5 · (8 h + 1 s).
    solution = Solver().solve(Step(ALWAYS, 8 * HOUR), chain(Step(OFFICE, 4 * HOUR)), MONDAY, MONDAY + WEEK)
    assert solution.starts == WEEK
    assert solution.late == WEEK - 5 * (8 * HOUR + 1)
    assert solution.worst_start == MONDAY + 4 * DAY + 13 * HOUR + 1  # one second after Friday 13:00


def test_late_seconds_are_counted_where_the_slack_grows_with_the_start():
    # Done at 10:00 whenever it starts before 09:00; due eight hours after its start: in time from 02:00 on.
    solution = Solver().solve(Step(ALWAYS, 8 * HOUR), chain(Step(OFFICE, HOUR)), MONDAY, MONDAY + 9 * HOUR)
    assert (solution.late, solution.worst_start, solution.worst_slack) == (2 * HOUR, MONDAY, -2 * HOUR)


def test_a_night_shift_is_an_hour_short_when_clocks_are_put_forward():
    nights = ServiceHours("Europe/Berlin", {"saturday": ["22:00-06:00"]})
    shifts = Hours(nights.compile(date(2027, 3, 27), date(2027, 4, 30)))
    always = Hours(ServiceHours.always("Europe/Berlin").compile(date(2027, 3, 27), date(2027, 4, 30)))
    spring = shifts.opens[0]
    promise, stages = Step(always, 8 * HOUR), chain(Step(shifts, 8 * HOUR))

    assert Solver().solve(promise, stages, spring, spring + 1).worst_slack < -6 * DAY
    assert Solver().solve(promise, stages, shifts.opens[1], shifts.opens[1] + 1).worst_slack == 0


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("always", "office", "overtaking"),
    [
        (8 * HOUR, HOUR, 2 * HOUR),  # until 02:00 the wait for the morning is longer than eight hours
        (16 * HOUR, 0, 17 * HOUR),  # at 17:00 both are done in the morning, a second later only one is
    ],
)
def test_the_latest_branch_counts_even_where_another_overtakes_it(always, office, overtaking, turned):
    branches = ((Step(ALWAYS, always),), (Step(OFFICE, office),))[:: -1 if turned else 1]
    course = latest(through(starts(ALWAYS, MONDAY, MONDAY + 2 * DAY), *branch) for branch in branches)

    slopes = [slope for start, stop, _, slope in course if start <= MONDAY + overtaking < stop]
    assert slopes == [1]  # from there on the one that runs around the clock is later
    assert [course[0][0], course[-1][1]] == [MONDAY, MONDAY + 2 * DAY]
    for start, stop, done, slope in course:
        for at in (start, (start + stop) // 2, stop - 1):
            assert done + slope * (at - start) == end_of((branches,), at)


def test_starts_that_cannot_be_followed_are_left_out():
    promise, stages = Step(ALWAYS, HOUR), chain(Step(OFFICE, HOUR))
    solution = Solver().solve(promise, stages, MONDAY, ALWAYS.clock.last)
    assert solution.last == OFFICE.closes[-1] - HOUR + 1
    assert Solver().solve(promise, stages, OFFICE.closes[-1], ALWAYS.clock.last) is None
    assert (
        Solver().solve(Step(OFFICE, HOUR), stages, MONDAY, MONDAY + HOUR) is None
    )  # nothing starts at night


def test_steps_in_the_same_hours_are_one_and_shorter_branches_go():
    stages = (
        ((Step(OFFICE, 1), Step(OFFICE, 2)), (Step(OFFICE, 2),)),
        ((Step(OFFICE, 4),),),
        (
            (Step(ALWAYS, 1), Step(OFFICE, 3)),
            (Step(ALWAYS, 3), Step(OFFICE, 1)),
            (Step(ALWAYS, 1), Step(OFFICE, 2)),
        ),
    )
    first, second = simplified(stages)
    assert first == ((Step(OFFICE, 7),),)
    assert set(second) == {(Step(ALWAYS, 1), Step(OFFICE, 3)), (Step(ALWAYS, 3), Step(OFFICE, 1))}


def test_a_branch_goes_that_is_outlasted_in_fewer_hours_by_as_long_a_budget():
    both = {(Step(ALWAYS, 5),), (Step(OFFICE, 4),)}
    assert set(simplified([tuple(both)])[0]) == both
    assert simplified([((Step(ALWAYS, 4),), (Step(OFFICE, 4),))]) == (((Step(OFFICE, 4),),),)
    known_longer = Hours(ServiceHours.always("UTC").compile(FIRST, date(2027, 4, 30)))
    assert OFFICE.within(known_longer)
    assert not known_longer.within(ALWAYS)


@pytest.mark.parametrize(
    ("promise", "hours", "minutes", "most"),
    [
        (Step(OFFICE, 8 * HOUR), OFFICE, 600, 480 - 60),
        (Step(ALWAYS, 8 * HOUR), ALWAYS, 600, 420),
        (Step(ALWAYS, 8 * HOUR), OFFICE, 240, None),
        (Step(OFFICE, 30 * 60), OFFICE, 60, None),
    ],
)
def test_the_largest_budget_that_would_do(promise, hours, minutes, most):
    def stages(minutes):
        return (chain(Step(promise.hours, HOUR), Step(hours, 60 * minutes)),)

    solution = Solver().latest(promise, stages(minutes), MONDAY, MONDAY + WEEK)
    assert Solver().most(promise, stages, 1, minutes, solution) == most


def test_the_most_days_that_would_do():
    promise = Step(OFFICE, Days(5, business=True))

    def stages(count):
        return (chain(Step(OFFICE, Days(count, business=True)), Step(OFFICE, Days(1, business=True))),)

    solution = Solver().latest(promise, stages(5), MONDAY, MONDAY + WEEK)
    assert solution.late == solution.starts
    assert Solver().most(promise, stages, 0, 5, solution) == 3  # the second starts on the day after


# Random chains against every second around every minute


@st.composite
def random_hours(draw) -> Hours:
    """Open windows with edges on whole minutes over two days, then around the clock, so that chains end."""
    edges = sorted(draw(st.sets(st.integers(0, 2_880), min_size=2, max_size=10)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    windows = [(60 * opens, 60 * closes) for opens, closes in pairs]
    days = [(opens // DAY, closes) for opens, closes in windows]
    days += [(day, (day + 1) * DAY) for day in range(3, 20)]
    return Hours(Clock(0, 20 * DAY, [*windows, (3 * DAY, 20 * DAY)], lambda: ServiceDays(days)))


DAYS = st.builds(Days, st.integers(0, 2), st.booleans())


@st.composite
def random_chains(draw):
    hours = draw(st.lists(random_hours(), min_size=1, max_size=3))
    minutes = st.integers(0, 300)
    budgets = st.one_of(minutes.map(lambda minutes: 60 * minutes), DAYS)
    steps = st.builds(Step, st.sampled_from(hours), budgets)
    branches = st.lists(steps, min_size=1, max_size=2).map(tuple)
    stages = draw(st.lists(st.lists(branches, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2))
    promised = draw(st.one_of(st.integers(0, 1_000).map(lambda minutes: 60 * minutes), DAYS))
    return Step(draw(st.sampled_from(hours)), promised), tuple(stages)


@settings(max_examples=120)
@given(random_chains(), st.integers(0, 2_000), st.integers(1, 400))
def test_random_chains_are_decided_as_by_looking_at_each_start(chain, first, minutes):
    promise, stages = chain
    first, last = 60 * first, 60 * (first + minutes)
    solution = Solver().solve(promise, stages, first, last)

    windows = zip(promise.hours.opens, promise.hours.closes, strict=True)
    spans = [(max(opens, first), min(closes, last)) for opens, closes in windows]
    slacks = {
        start: promise.due(start) - end_of(stages, start)
        for opens, closes in spans
        for minute in range(opens, closes, 60)
        for start in (minute, minute + 1, minute + 59)
    }
    assume(slacks)
    worst = min(slacks.values())
    assert solution.starts == sum(max(closes - opens, 0) for opens, closes in spans)
    assert solution.worst_slack == worst
    assert solution.worst_start == min(start for start, slack in slacks.items() if slack == worst)
    # Between the second after a minute and the last before the next, all is linear and whole minutes apart.
    assert solution.late == sum(
        _late(slacks[minute], slacks[minute + 1], slacks[minute + 59])
        for minute in slacks
        if minute % 60 == 0
    )


def _late(at_minute: int, after: int, before_next: int) -> int:
    late = sum(after + (before_next - after) // 58 * second < 0 for second in range(59))
    return late + (at_minute < 0)


@settings(max_examples=60)
@given(random_chains())
def test_simplified_stages_end_at_the_same_times(chain):
    _, stages = chain
    for start in range(0, 2 * DAY, 61 * 60):
        assert end_of(simplified(stages), start) == end_of(stages, start)


def test_an_end_beyond_the_horizon_is_no_end():
    with pytest.raises(ClockError, match="missing in the horizon"):
        end_of(chain(Step(OFFICE, 1_000 * HOUR)), MONDAY)
