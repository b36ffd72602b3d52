"""Earliest dates, slack and the longest way, against networkx; dates by capacity against what no order may break."""

from __future__ import annotations

from dataclasses import replace

import networkx
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.roadmap import levelling, network
from sm_planner.engine.roadmap.network import Task
from sm_planner.engine.roadmap.working_days import EndOfTimeError, Off, WorkingDays

FIRST = 739_999
"""A Monday."""
EVERY_DAY = WorkingDays(range(7), (), FIRST)
WORKWEEK = WorkingDays(range(5), (Off(FIRST + 2, FIRST + 3, "fair"),), FIRST)


@st.composite
def networks(draw, days=(EVERY_DAY,)):
    count = draw(st.integers(1, 12))
    return [
        Task(
            days=draw(st.sampled_from(days)),
            duration=draw(st.integers(1, 9)),
            ready=FIRST + draw(st.integers(0, 5)),
            needs=tuple(sorted(draw(st.sets(st.integers(0, place - 1), max_size=3)))) if place else (),
            team=draw(st.sampled_from([None, 0, 1])),
            share=draw(st.sampled_from([0.0, 0.25, 0.5, 1.0])),
            rank=(draw(st.integers(0, 3)), place),
        )
        for place in range(count)
    ]


def in_networkx(tasks: list[Task]) -> networkx.DiGraph:
    """Each task as an edge of its duration; a way leads from a common start, which waits until the task is ready."""
    graph = networkx.DiGraph()
    for place, task in enumerate(tasks):
        graph.add_edge("start", ("in", place), weight=task.ready - FIRST)
        graph.add_edge(("in", place), ("out", place), weight=task.duration)
        graph.add_edge(("out", place), "end", weight=0)
        for needed in task.needs:
            graph.add_edge(("out", needed), ("in", place), weight=0)
    return graph


def longest(graph: networkx.DiGraph, source, target) -> int:
    reached = {source: 0}
    for node in networkx.topological_sort(graph):
        for _, after, weight in graph.out_edges(node, data="weight"):
            if node in reached:
                reached[after] = max(reached.get(after, 0), reached[node] + weight)
    return reached[target]


@given(networks())
def test_ends_slack_and_the_last_day_are_those_of_networkx(tasks):
    order = network.in_order([task.needs for task in tasks])
    spans = network.earliest(tasks, order)
    slack = network.slacks(tasks, order, spans)

    graph = in_networkx(tasks)
    last = networkx.dag_longest_path_length(graph)
    for place, (_, end) in enumerate(spans):
        before = longest(graph, "start", ("out", place))
        assert end == FIRST + before - 1
        assert slack[place] == last - before - longest(graph, ("out", place), "end")
    assert max(end for _, end in spans) == FIRST + last - 1
    assert any(found == 0 for found in slack)


@given(networks())
def test_the_way_that_begins_with_a_task_is_the_longest(tasks):
    order = network.in_order([task.needs for task in tasks])
    graph = in_networkx(tasks)

    assert network.tails(tasks, order) == [
        longest(graph, ("in", place), "end") for place in range(len(tasks))
    ]


@given(networks(days=(EVERY_DAY, WORKWEEK)))
@settings(max_examples=200)
def test_no_team_is_full_and_nothing_begins_too_soon(tasks):
    people, order = [1.0, 1.5], network.in_order([task.needs for task in tasks])
    spans = levelling.level(tasks, order, people, FIRST)
    least = levelling.least_end(tasks, network.earliest(tasks, order), people, [EVERY_DAY, EVERY_DAY])

    used = np.zeros((2, 2000))
    for task, (start, end) in zip(tasks, spans, strict=True):
        days = [day for day in range(start, end + 1) if task.days.count(day, day)]
        assert len(days) == task.duration
        assert (days[0], days[-1]) == (start, end)
        assert start >= max([task.ready, *(spans[needed][1] + 1 for needed in task.needs)])
        if task.team is not None:
            used[task.team, [day - FIRST for day in days]] += task.share
    assert (used <= np.array(people)[:, None] + 1e-6).all()
    assert max(end for _, end in spans) >= least


@given(networks(), st.randoms())
def test_the_dates_do_not_depend_on_the_order_in_which_the_tasks_stand(tasks, chance):
    places = list(range(len(tasks)))
    chance.shuffle(places)
    new = {place: number for number, place in enumerate(places)}
    moved = [replace(tasks[place], needs=tuple(new[one] for one in tasks[place].needs)) for place in places]

    spans = levelling.level(tasks, network.in_order([task.needs for task in tasks]), [1.0, 1.5], FIRST)
    others = levelling.level(moved, network.in_order([task.needs for task in moved]), [1.0, 1.5], FIRST)

    assert others == [spans[place] for place in places]


@given(networks())
def test_with_people_enough_all_is_done_as_early_as_can_be(tasks):
    order = network.in_order([task.needs for task in tasks])

    assert levelling.level(tasks, order, [1000.0, None], FIRST) == network.earliest(tasks, order)


def task(duration: int, share: float, *needs: int, rank: int, **more) -> Task:
    return Task(EVERY_DAY, duration, FIRST, needs, team=0, share=share, rank=(rank,), **more)


def test_the_lesser_rank_comes_first_and_gaps_are_filled():
    tasks = [
        task(3, 1.0, rank=1),
        task(2, 1.0, rank=0),
        task(4, 1.0, 1, rank=2, fixed=None),
        task(1, 0.5, rank=3, fixed=(FIRST + 2, FIRST + 2)),
    ]

    spans = levelling.level(tasks, network.in_order([one.needs for one in tasks]), [1.0], FIRST)

    assert spans == [
        (FIRST + 3, FIRST + 5),
        (FIRST, FIRST + 1),
        (FIRST + 6, FIRST + 9),
        (FIRST + 2, FIRST + 2),
    ]


def test_what_is_fixed_takes_people_whom_the_team_does_not_have_and_the_others_wait():
    tasks = [task(3, 2.0, rank=0, fixed=(FIRST, FIRST + 2)), task(1, 0.5, rank=1)]

    assert levelling.level(tasks, [0, 1], [1.0], FIRST)[1] == (FIRST + 3, FIRST + 3)


def test_a_team_without_people_never_does_it():
    tasks = [task(3, 0.5, rank=0), task(1, 0.0, 0, rank=1)]

    assert levelling.level(tasks, [0, 1], [0.0], FIRST) == [None, None]


def test_a_ring_and_what_waits_for_it_are_left_out_of_the_order():
    assert network.in_order([(1,), (0,), (1,), (), (3,)]) == [3, 4]


def test_days_off_are_no_working_days_and_say_why():
    days = WorkingDays(range(5), (Off(FIRST + 1, FIRST + 1), Off(FIRST + 3, FIRST + 8, "fair")), FIRST)

    assert [days.day(number) - FIRST for number in range(4)] == [0, 2, 9, 10]
    assert days.number(FIRST + 3) == 2
    assert days.number_back(FIRST + 8) == 1
    assert days.count(FIRST + 1, FIRST + 9) == 2
    assert days.reason_off(FIRST + 1, FIRST + 2) == ""
    assert days.reason_off(FIRST + 1, FIRST + 3) == "fair"
    assert days.reason_off(FIRST + 5, FIRST + 6) == ""  # a weekend is off anyway


@pytest.mark.parametrize("weekdays", [(), (0,)])
def test_there_is_an_end_of_time(weekdays):
    with pytest.raises(EndOfTimeError):
        WorkingDays(weekdays, (), FIRST).day(10_000_000)


@given(st.sets(st.integers(0, 6), min_size=1), st.lists(st.tuples(st.integers(0, 900), st.integers(0, 40))))
def test_working_days_are_those_that_one_counts_by_hand(weekdays, off):
    days = WorkingDays(weekdays, [Off(FIRST + a, FIRST + a + b) for a, b in off], FIRST)
    closed = {FIRST + day for a, b in off for day in range(a, a + b + 1)}
    wanted = [
        day for day in range(FIRST, FIRST + 1000) if (day - FIRST) % 7 in weekdays and day not in closed
    ]

    assert [days.day(number) for number in range(len(wanted))] == wanted
    assert days.count(FIRST, FIRST + 999) == len(wanted)
