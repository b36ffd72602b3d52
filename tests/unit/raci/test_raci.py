"""The effective RACI: what each cell inherits, and that nothing else decides about it."""

import dataclasses
from datetime import date
from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given

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
    Supplier,
    Team,
)
from sm_planner.engine.raci.effective import CELL_LEVELS, NOT_APPLICABLE, current_holders, effective, external

ROLES = ("desk", "expert", "owner")
PLAN = Plan(
    id="p",
    roles=tuple(Role(id=role) for role in ROLES),
    processes=(Process(id="incident"), Process(id="change")),
    services=(
        Service(id="mail"),
        Service(id="chat"),
        Service(id="idea", status="Pipeline"),
        Service(id="fax", status="Retired"),
    ),
    components=(
        Component(id="server", services=("mail", "chat")),
        Component(id="filter", services=("mail",)),
        Component(id="modem", services=("fax",)),
    ),
)


def plan_with(*entries: RaciEntry) -> Plan:
    return dataclasses.replace(PLAN, raci=entries)


def entry(role: str, letter: str, service: str = "", component: str = "", task: str = "") -> RaciEntry:
    return RaciEntry(
        process="incident", service=service, component=component, role=role, letter=letter, task=task
    )


def duties(plan: Plan, service: str = "mail", component: str = "server"):
    place = ("incident", service, component)
    return next(cell.duties for cell in effective(plan).cells if cell[:3] == place)


def letters(*entries: RaciEntry) -> dict[str, str]:
    """Role → letter in the cell of incident, mail and server."""
    return {held.role: held.letter for held in duties(plan_with(*entries)).letters}


def test_cells_are_processes_by_services_that_are_not_retired_by_their_components():
    places = [("mail", "server"), ("mail", "filter"), ("chat", "server"), ("idea", "")]
    expected = [(process, *place) for process in ("incident", "change") for place in places]
    assert [cell[:3] for cell in effective(PLAN).cells] == expected


def test_a_plan_without_processes_or_services_has_no_cells():
    assert effective(Plan(id="p")).cells == ()
    assert effective(dataclasses.replace(PLAN, processes=())).cells == ()


def test_a_default_reaches_every_cell_of_its_process_and_no_other():
    cells = effective(plan_with(entry("desk", "R"))).cells
    assert {cell.process for cell in cells if cell.duties.letters} == {"incident"}
    assert sum(bool(cell.duties.letters) for cell in cells) == 4


def test_an_entry_replaces_what_its_role_had_inherited():
    assert letters(entry("desk", "R"), entry("desk", "C", "mail")) == {"desk": "C"}


def test_a_component_takes_precedence_over_a_service_and_both_together_over_either():
    service = entry("desk", "C", "mail")
    component = entry("desk", "I", component="server")
    both = entry("desk", "R", "mail", "server")
    assert letters(service, component) == {"desk": "I"}
    assert letters(service, component, both) == {"desk": "R"}


def test_naming_an_a_takes_the_inherited_a_away():
    assert letters(entry("owner", "A"), entry("expert", "A", "mail")) == {"expert": "A"}


def test_who_had_both_keeps_the_r_when_an_a_is_named_and_the_a_when_an_r_is():
    default = entry("owner", "AR")
    assert letters(default, entry("expert", "A", "mail")) == {"expert": "A", "owner": "R"}
    assert letters(default, entry("desk", "R", "mail")) == {"desk": "R", "owner": "A"}
    assert letters(default, entry("expert", "AR", "mail")) == {"expert": "AR"}


def test_naming_an_r_takes_every_inherited_r_away():
    inherited = entry("desk", "R"), entry("expert", "R"), entry("owner", "A")
    assert letters(*inherited, entry("desk", "R", "mail")) == {"desk": "R", "owner": "A"}


def test_c_and_i_add_up():
    assert letters(
        entry("desk", "C"), entry("expert", "I", "mail"), entry("owner", "C", component="server")
    ) == {
        "desk": "C",
        "expert": "I",
        "owner": "C",
    }


def test_two_roles_named_at_one_level_both_hold_the_a():
    assert duties(plan_with(entry("desk", "A"), entry("owner", "AR"))).accountable == ("desk", "owner")


def test_not_applicable_with_a_role_takes_that_role_out():
    default = entry("owner", "A"), entry("desk", "R")
    assert letters(*default, entry("desk", NOT_APPLICABLE, "mail")) == {"owner": "A"}


def test_not_applicable_without_a_role_empties_the_cell_and_gives_the_reason():
    reason = entry("", NOT_APPLICABLE, "mail", task="The supplier does it.")
    found = duties(plan_with(entry("desk", "R"), entry("owner", "A", "mail"), reason))
    assert found.letters == ()
    assert found.not_applicable is reason


def test_more_specific_letters_make_a_process_apply_again_by_themselves():
    found = duties(
        plan_with(
            entry("owner", "A"), entry("", NOT_APPLICABLE, "mail"), entry("desk", "R", "mail", "server")
        )
    )
    assert found.not_applicable is None
    assert [held.role for held in found.letters] == ["desk"]


def test_taking_a_role_out_does_not_make_a_process_apply_again():
    reason = entry("", NOT_APPLICABLE)
    assert duties(plan_with(reason, entry("desk", NOT_APPLICABLE, "mail"))).not_applicable is reason


def test_a_letter_knows_the_entry_and_the_level_that_it_comes_from():
    given = (
        entry("owner", "AR"),
        entry("expert", "A", "mail"),
        entry("desk", "C", component="server"),
    )
    found = {held.role: held for held in duties(plan_with(*given)).letters}
    assert [found[entry.role].origin for entry in given] == list(given)
    assert [found[entry.role].level for entry in given] == list(CELL_LEVELS[:3])


def test_cells_that_inherit_the_same_share_it():
    matrix = effective(plan_with(entry("desk", "R"), entry("owner", "A", "mail", "filter")))
    of_incident = [cell.duties for cell in matrix.cells if cell.process == "incident"]
    assert len(set(of_incident)) == 2
    assert sum(matrix.duties.values()) == len(matrix.cells)


def test_the_matrix_of_a_plan_is_computed_once_and_not_shared_with_its_copies():
    plan = plan_with(entry("desk", "R"))
    assert effective(plan) is effective(plan)
    assert effective(dataclasses.replace(plan, raci=())) is not effective(plan)


def rules_of_the_house(entries: tuple[RaciEntry, ...], process: str, service: str, component: str):
    """What a cell holds, told role by role and letter by letter instead of level by level."""
    levels = [
        (process, "", ""),
        (process, service, ""),
        (process, "", component),
        (process, service, component),
    ]
    if not component:
        levels = levels[:2]
    given = {
        (level, entry.role): entry
        for level, place in enumerate(levels)
        for entry in entries
        if (entry.process, entry.service, entry.component) == place
    }
    closed = max((level for level, role in given if not role), default=-1)
    valid = {key: entry for key, entry in given.items() if key[0] > closed}

    def named_after(level: int, letter: str) -> bool:
        return any(
            later > level and letter in entry.letter and entry.letter != NOT_APPLICABLE
            for (later, _), entry in valid.items()
        )

    held = {}
    for role in ROLES:
        last = max((level for level, name in valid if name == role), default=None)
        if last is None or valid[last, role].letter == NOT_APPLICABLE:
            continue
        said = valid[last, role].letter
        left = "".join(letter for letter in said if letter in "CI" or not named_after(last, letter))
        if left:
            held[role] = left, valid[last, role]
    applies = any(entry.letter != NOT_APPLICABLE for entry in valid.values())
    return held, None if applies or closed < 0 else given[closed, ""]


def as_told(found):
    return {held.role: (held.letter, held.origin) for held in found.letters}, found.not_applicable


ENTRIES = st.lists(
    st.builds(
        RaciEntry,
        process=st.sampled_from(("incident", "change")),
        service=st.sampled_from(("", "mail", "chat", "idea", "fax")),
        component=st.sampled_from(("", "server", "filter", "modem")),
        role=st.sampled_from(ROLES),
        letter=st.sampled_from(LETTERS),
    )
    | st.builds(
        RaciEntry,
        process=st.sampled_from(("incident", "change")),
        service=st.sampled_from(("", "mail", "chat")),
        component=st.sampled_from(("", "server")),
        letter=st.just(NOT_APPLICABLE),
    ),
    max_size=25,
    unique_by=lambda entry: entry.id,
)


@given(ENTRIES)
def test_every_cell_holds_what_the_rules_say(entries):
    for cell in effective(plan_with(*entries)).cells:
        assert as_told(cell.duties) == rules_of_the_house(tuple(entries), *cell[:3])


@given(st.data())
def test_the_order_of_entries_does_not_matter(data):
    entries = data.draw(ENTRIES)
    shuffled = data.draw(st.permutations(entries))
    for cell, other in zip(
        effective(plan_with(*entries)).cells, effective(plan_with(*shuffled)).cells, strict=True
    ):
        assert cell.duties.letters == other.duties.letters
        assert cell.duties.not_applicable == other.duties.not_applicable


@pytest.mark.parametrize(
    ("role", "outside"),
    [
        (Role(id="r", kind="Process"), False),
        (Role(id="r", kind="Partner"), True),
        (Role(id="r", supplier="telco"), True),
        (Role(id="r", team="hotline"), True),
        (Role(id="r", team="network"), False),
    ],
)
def test_a_role_is_external_by_its_kind_its_supplier_or_its_team(role, outside):
    plan = Plan(
        id="p",
        suppliers=(Supplier(id="telco"),),
        teams=(Team(id="hotline", kind="External"), Team(id="network")),
    )
    assert external(role, plan) is outside


@pytest.mark.parametrize(("start", "end"), list(product((None, date(2026, 6, 1)), repeat=2)))
def test_a_holder_is_current_from_the_first_to_the_last_day(start, end):
    plan = Plan(id="p", people=(Person(id="ana"),))
    role = Role(id="r", holders=(RoleHolder(person="ana", from_date=start, to_date=end),))
    assert current_holders(role, plan, date(2026, 6, 1)) == plan.people
    assert bool(current_holders(role, plan, date(2026, 5, 31))) is (start is None)
    assert bool(current_holders(role, plan, date(2026, 6, 2))) is (end is None)
