"""What has to be over before an improvement starts, and what waits for itself."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.improvements.order import in_circle, waits_for
from sm_planner.engine.model import Improvement, Plan

MAY = date(2027, 5, 1)


def action(id: str, *predecessors: str, due: date | None = None, status: str = "New") -> Improvement:
    return Improvement(id=id, title=id, predecessors=predecessors, due=due, status=status)


def plan_of(*improvements: Improvement) -> Plan:
    return Plan(id="p", improvements=improvements)


def circling(plan: Plan) -> set[str]:
    return {one.id for one in plan.improvements if in_circle(plan, one)}


@pytest.mark.parametrize("status", ["Closed", "Rejected"])
def test_what_is_over_is_not_waited_for(status):
    plan = plan_of(action("a", due=MAY, status=status), action("b", "a"))

    assert waits_for(plan, plan.get("improvements", "b")) == ()


def test_what_lies_between_two_circles_or_waits_for_one_does_not_wait_for_itself():
    plan = plan_of(
        action("a", "b"),
        action("b", "a"),
        action("between", "a"),
        action("y", "z", "between"),
        action("z", "y"),
        action("after", "z"),
        action("itself", "itself"),
    )

    assert circling(plan) == {"a", "b", "y", "z", "itself"}


def test_a_circle_ends_where_one_of_it_is_over():
    assert circling(plan_of(action("a", "b", status="Closed"), action("b", "a"))) == set()


def test_two_thousand_in_a_chain_are_put_in_order_without_recursion():
    count = 2_000
    chain = [action(f"i{n}", *([f"i{n - 1}"] if n else []), due=MAY) for n in range(count)]
    plan = plan_of(*reversed(chain))

    assert circling(plan) == set()
    closed = plan_of(action("i0", f"i{count - 1}", due=MAY), *chain[1:])
    assert len(circling(closed)) == count


MOST = 6


@given(
    links=st.sets(st.tuples(st.integers(0, MOST), st.integers(0, MOST))),
    over=st.sets(st.integers(0, MOST), max_size=2),
)
def test_in_a_circle_is_whatever_can_be_reached_from_itself(links, over):
    plan = plan_of(
        *(
            action(
                str(n),
                *(str(to) for of, to in sorted(links) if of == n),
                status="Closed" if n in over else "New",
            )
            for n in range(MOST + 1)
        )
    )
    reached = {(of, to) for of, to in links if to not in over}
    for through, of, to in product(range(MOST + 1), repeat=3):
        if (of, through) in reached and (through, to) in reached:
            reached.add((of, to))

    assert circling(plan) == {str(n) for n in range(MOST + 1) if (n, n) in reached}
