"""The RACI matrix as arrays says what the plain modules say."""

import dataclasses
from datetime import date

from hypothesis import given, strategies as st

from sm_planner.engine import raci_arrays
from sm_planner.engine.model import (
    LETTERS,
    Component,
    Person,
    Plan,
    Process,
    RaciEntry,
    Role,
    RoleHolder,
    Service,
)
from sm_planner.engine.raci import effective
from sm_planner.engine.raci_load import Load, load

TODAY = date(2026, 6, 1)
PEOPLE = ("ana", "bo", "cy")
ROLES = ("desk", "expert", "owner")
PLAN = Plan(
    id="p",
    roles=tuple(Role(id=role) for role in ROLES),
    processes=(Process(id="incident"), Process(id="change")),
    services=(Service(id="mail"), Service(id="chat")),
    components=(Component(id="server", services=("mail",)), Component(id="filter", services=("mail",))),
)
PLANS = st.lists(
    st.builds(
        RaciEntry,
        process=st.sampled_from(("incident", "change")),
        service=st.sampled_from(("", "mail", "chat")),
        component=st.sampled_from(("", "server")),
        role=st.sampled_from(ROLES),
        letter=st.sampled_from(LETTERS),
    ),
    max_size=15,
    unique_by=lambda entry: entry.id,
).map(lambda entries: dataclasses.replace(PLAN, raci=tuple(entries)))
HELD = st.fixed_dictionaries({role: st.sets(st.sampled_from(PEOPLE)) for role in ROLES})
SHARED = st.sets(st.sampled_from(ROLES))


def staffed(plan: Plan, held: dict[str, set[str]], shared: set[str]) -> Plan:
    roles = tuple(
        Role(
            id=role.id,
            supplier="telco" if role.id in shared else "",
            holders=tuple(RoleHolder(person=person) for person in sorted(held[role.id])),
        )
        for role in plan.roles
    )
    return dataclasses.replace(plan, roles=roles, people=tuple(Person(id=person) for person in PEOPLE))


@given(PLANS)
def test_the_pivot_and_the_counts_of_any_matrix_are_its_cells(plan):
    letters = raci_arrays.letters_of(plan)
    matrix, counted = raci_arrays.pivot(letters), raci_arrays.counts(letters)
    cells = effective(plan).cells
    assert matrix.shape == (len(plan.roles), len(cells))
    for number, cell in enumerate(cells):
        held = {held.role: raci_arrays.BITS[held.letter] for held in cell.duties.letters}
        assert matrix[:, number].tolist() == [held.get(role.id, 0) for role in plan.roles]
        assert counted.accountable[number] == len(cell.duties.accountable)
        assert counted.responsible[number] == len(cell.duties.responsible)


@given(PLANS, HELD, SHARED)
def test_the_load_of_everybody_is_the_same_both_ways(unstaffed, held, shared):
    plan = staffed(unstaffed, held, shared)
    matrix = raci_arrays.pivot(raci_arrays.letters_of(plan))
    numbers = {role.id: number for number, role in enumerate(plan.roles)}
    of_person = [[numbers[role] for role, people in held.items() if person in people] for person in PEOPLE]
    loads = raci_arrays.loads(matrix, of_person, [numbers[role] for role in shared])
    assert dict(zip(PEOPLE, loads, strict=True)) == load(plan, TODAY)


def test_cells_beyond_one_chunk_are_counted_too(monkeypatch):
    monkeypatch.setattr(raci_arrays, "CHUNK", 2)
    plan = dataclasses.replace(PLAN, raci=(RaciEntry(process="incident", role="desk", letter="AR"),))
    matrix = raci_arrays.pivot(raci_arrays.letters_of(plan))
    assert raci_arrays.loads(matrix, [[0]]) == [Load(accountable=3, responsible=3, alone=3, cells=3)]


def test_a_plan_without_letters_has_an_empty_matrix():
    matrix = raci_arrays.pivot(raci_arrays.letters_of(PLAN))
    assert not matrix.any()
    assert raci_arrays.loads(matrix, [[0], []]) == [Load(), Load()]
