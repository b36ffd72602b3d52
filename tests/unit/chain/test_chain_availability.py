"""Availability over shared parts, against adding up the states of all parts; and what rests on what."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from sm_planner.engine.chain import availability as module
from sm_planner.engine.chain.availability import Unit, availability
from sm_planner.engine.chain.graph import LARGE, Graph, chosen
from sm_planner.engine.chain.structure import Structure
from sm_planner.engine.circles import circles
from sm_planner.engine.model import Component, Plan, Service, ServiceDependency


def components(service: str, *names: str, group: str = "", needed: int | None = None):
    return tuple(
        Component(id=name, services=(service,), parallel_group=group, needed=needed) for name in names
    )


def plan(needs: dict[str, str], *parts: Component) -> Plan:
    """needs: service → the services it depends on; "a|b" is a group of two."""
    services = []
    for id, needed in needs.items():
        rows = []
        for words in needed.split():
            group = words if "|" in words else ""
            rows += [ServiceDependency(service=name, parallel_group=group) for name in words.split("|")]
        services.append(Service(id=id, dependencies=tuple(rows)))
    return Plan(id="p", services=tuple(services), components=parts)


def bounds(of: Plan, figures: dict[str, float], service: int = 0):
    return availability(of.services[service], Structure(of), lambda part: Unit(part.id, figures.get(part.id)))


def test_three_parts_of_999_in_a_row_give_9970():
    of = plan({"mail": ""}, *components("mail", "a", "b", "c"))
    low, high = bounds(of, dict.fromkeys("abc", 0.999))
    assert low == high == pytest.approx(0.997002999)


def test_two_parts_of_99_beside_each_other_give_9999():
    of = plan({"mail": ""}, *components("mail", "a", "b", group="servers"))
    assert bounds(of, dict.fromkeys("ab", 0.99)).low == pytest.approx(0.9999)


def test_two_of_three_are_needed():
    of = plan({"mail": ""}, *components("mail", "a", "b", "c", group="servers", needed=2))
    assert bounds(of, dict.fromkeys("abc", 0.9)).low == pytest.approx(0.972)


def test_a_group_that_needs_all_its_members_is_no_group():
    of = plan({"mail": ""}, *components("mail", "a", "b", group="servers", needed=5))
    assert Structure(of).needs(of.services[0]).groups == ()
    assert bounds(of, dict.fromkeys("ab", 0.9)).low == pytest.approx(0.81)


def test_a_part_that_two_stand_ins_share_is_no_stand_in_for_itself():
    of = plan({"mail": "east|west", "east": "power", "west": "power", "power": ""}, *components("east", "e"))
    west = (*of.components, *components("west", "w"), *components("power", "p"))
    of = plan({"mail": "east|west", "east": "power", "west": "power", "power": ""}, *west)
    figures = {"e": 0.9, "w": 0.8, "p": 0.5}
    assert bounds(of, figures).low == pytest.approx(0.5 * (1 - 0.1 * 0.2))


def test_a_part_that_is_needed_anyway_counts_once():
    of = plan({"mail": "a|b c", "a": "c", "b": "c", "c": ""}, *components("c", "line"), *components("a", "x"))
    assert bounds(of, {"line": 0.5, "x": 0.25}).low == pytest.approx(0.5)  # b needs nothing but the line


def test_parts_without_a_figure_leave_bounds():
    of = plan({"mail": ""}, *components("mail", "a", "b"), *components("mail", "c", "d", group="disks"))
    assert bounds(of, {"a": 0.9, "b": 0.9, "c": 0.5}) == pytest.approx((0.81 * 0.5, 0.81))
    assert bounds(of, {"a": 0.9, "c": 0.5, "d": 0.5}) == pytest.approx((0, 0.9 * 0.75))


def test_services_that_depend_on_each_other_share_all_their_parts():
    of = plan({"mail": "chat", "chat": "mail"}, *components("mail", "a"), *components("chat", "b"))
    assert bounds(of, {"a": 0.9, "b": 0.8}, service=0) == bounds(of, {"a": 0.9, "b": 0.8}, service=1)
    assert bounds(of, {"a": 0.9, "b": 0.8}).low == pytest.approx(0.72)


@pytest.fixture
def many_shared() -> tuple[Plan, dict[str, float]]:
    """Three stand-ins, of which each pair shares six parts."""
    parts = [
        Component(id=f"{pair}{number}", services=tuple(pair))
        for pair in ("xy", "yz", "xz")
        for number in range(6)
    ]
    of = plan({"mail": "x|y|z", "x": "", "y": "", "z": ""}, *parts)
    return of, {part.id: 0.99 for part in parts}


def test_shared_parts_are_exact_up_to_a_number_of_states_and_then_leave_bounds(many_shared, monkeypatch):
    of, figures = many_shared
    pair = 0.99**6
    one_of_three = 3 * pair**2 - 2 * pair**3  # any two of the pairs
    assert bounds(of, figures) == (pytest.approx(one_of_three),) * 2
    monkeypatch.setattr(module, "MOST_STATES", 3)
    low, high = bounds(of, figures)
    assert low < one_of_three < high


def test_groups_that_are_too_large_to_write_out_leave_wide_bounds(many_shared, monkeypatch):
    of, figures = many_shared
    monkeypatch.setattr(module, "MOST_PLACES", 10)
    assert bounds(of, figures) == pytest.approx((0.99**18, 1.0))


def test_groups_within_groups_within_groups_end_somewhere():
    needs = {f"s{level}": f"s{level + 1}|t{level}" for level in range(60)}
    needs |= {f"t{level}": "" for level in range(60)} | {"s60": ""}
    of = plan(needs)
    low, high = bounds(of, {service.id: 0.5 for service in of.services if not service.dependencies})
    assert (low, high) == (pytest.approx(0.5**61), 1.0)


# Small plans against all states of their parts


@st.composite
def small_plans(draw) -> Plan:
    services = [f"s{number}" for number in range(draw(st.integers(1, 4)))]
    groups, needed = st.sampled_from(["", "", "g", "h"]), st.sampled_from([None, 1, 2])
    dependencies = st.builds(
        ServiceDependency, service=st.sampled_from(services), parallel_group=groups, needed=needed
    )
    carried = st.lists(st.sampled_from(services), unique=True, max_size=3).map(tuple)
    parts = st.fixed_dictionaries({"services": carried, "parallel_group": groups, "needed": needed})
    return Plan(
        id="p",
        services=tuple(
            Service(id=id, dependencies=tuple(draw(st.lists(dependencies, max_size=4)))) for id in services
        ),
        components=tuple(
            Component(id=f"c{number}", **fields)
            for number, fields in enumerate(draw(st.lists(parts, max_size=5)))
        ),
    )


@settings(max_examples=150)
@given(small_plans())
def test_small_plans_are_as_available_as_all_states_of_their_parts_add_up_to(by_states, of):
    structure = Structure(of)
    parts = [part.id for part in structure.parts]
    shares = {id: (0.5, 0.7, 0.9, 0.99)[number % 4] for number, id in enumerate(parts)}
    expected = by_states(of, {id: id for id in parts}, shares)
    for service in of.services:
        low, high = availability(service, structure, lambda part: Unit(part.id, shares[part.id]))
        assert low == high == pytest.approx(expected[service.id])


@settings(max_examples=150)
@given(small_plans(), st.data())
def test_parts_that_are_promised_as_one_work_or_fail_together(by_states, of, data):
    structure = Structure(of)
    units = {part.id: data.draw(st.sampled_from("uvw")) for part in structure.parts}
    shares = {"u": 0.5, "v": 0.7, "w": 0.9}
    expected = by_states(of, units, shares)
    for service in of.services:
        low, high = availability(
            service, structure, lambda part: Unit(units[part.id], shares[units[part.id]])
        )
        assert low == high == pytest.approx(expected[service.id])


# What rests on what


@given(st.lists(st.lists(st.integers(0, 7), max_size=4), min_size=8, max_size=8))
def test_closures_hold_what_can_be_reached_and_circles_come_after_what_they_need(needs):
    reached = [{node} for node in range(8)]
    for _ in range(8):
        reached = [
            seen.union(*(reached[needed] for needed in needs[node])) for node, seen in enumerate(reached)
        ]

    found = Graph(needs).unions([1 << node for node in range(8)])
    assert [set(chosen(range(8), bits)) for bits in found] == reached

    groups = list(circles(needs))
    assert sorted(node for group in groups for node in group) == list(range(8))
    for place, group in enumerate(groups):
        before = set().union(*groups[: place + 1])
        assert all(set(needs[node]) <= before for node in group)
        assert all(other in reached[node] for node in group for other in group)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.lists(st.integers(0, 7), max_size=4)), min_size=8, max_size=8)
)
def test_the_least_beneath_a_node_is_the_same_by_arrays(nodes):
    own, needs = zip(*nodes, strict=True)
    graph = Graph(needs)
    sets = graph.unions([1 << node for node in range(8)])

    expected = [min(chosen(own, bits)) for bits in sets]

    assert graph.least(own) == expected
    assert graph._least_by_arrays(own) == expected
    bits = np.array([[1 << node, node] for node in range(8)])
    assert graph.levels.over(np.bitwise_or, bits)[:, 0].tolist() == sets


def test_the_least_beneath_a_node_of_a_large_graph_comes_from_arrays():
    needs = [[node + 1] for node in range(LARGE - 1)] + [[]]
    graph = Graph(needs)

    assert graph.least(range(LARGE, 0, -1)) == [1] * LARGE
    assert "levels" in vars(graph)


def test_a_long_row_of_services_needs_no_deep_stack():
    count = 50_000
    needs = [[node + 1] for node in range(count - 1)] + [[0]]
    assert len(next(iter(circles(needs)))) == count
