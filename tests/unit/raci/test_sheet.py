"""The RACI as a sheet: what rows take over, what changes come to, and that nothing written is lost."""

from __future__ import annotations

import dataclasses
from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given

from sm_planner.engine.checks import check, raci
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
from sm_planner.engine.plan_file import dumps, loads
from sm_planner.engine.raci import sheet
from sm_planner.engine.raci.effective import duties_at, effective
from sm_planner.engine.raci.sheet import NOTHING, Change, Said, Spot

TODAY = date(2027, 1, 4)
PLAN = Plan(
    id="p",
    people=(Person(id="ann", title="Ann"), Person(id="bob", title="Bob")),
    suppliers=(Supplier(id="helpco"),),
    teams=(Team(id="first", supplier="helpco"),),
    roles=(
        Role(id="desk", title="Service Desk", team="first"),
        Role(
            id="expert",
            holders=(RoleHolder(person="ann"), RoleHolder(person="bob", to_date=date(2026, 1, 1))),
        ),
        Role(id="owner"),
    ),
    processes=(Process(id="incident", title="Incidents"), Process(id="change")),
    services=(
        Service(id="mail", title="Mail"),
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
PLACES = [
    (process, service, component)
    for process in ("incident", "change")
    for service, component in (
        ("", ""),
        ("mail", ""),
        ("chat", ""),
        ("idea", ""),
        ("", "server"),
        ("", "filter"),
        ("mail", "server"),
        ("mail", "filter"),
        ("chat", "server"),
    )
]
SPOTS = [Spot(*place, role) for place in PLACES for role in ("", "desk", "expert", "owner")]


def entry(spot: Spot, letter: str, task: str = "", taken_from: str = "") -> RaciEntry:
    return RaciEntry(**spot._asdict(), letter=letter, task=task, taken_from=taken_from)


def plan_with(*entries: RaciEntry) -> Plan:
    return dataclasses.replace(PLAN, raci=entries)


def letters_of(spot: Spot) -> tuple[str, ...]:
    return LETTERS if spot.role else ("N/A",)


WORDS = st.sampled_from(["", "answers the phone", "not here"])
CELLS = st.sets(st.sampled_from(SPOTS), max_size=14).flatmap(
    lambda spots: st.fixed_dictionaries(
        {
            spot: st.tuples(st.sampled_from(letters_of(spot)), WORDS).map(lambda given: Said(*given))
            for spot in spots
        }
    )
)
PLANS = CELLS.map(lambda cells: plan_with(*(entry(spot, *said) for spot, said in cells.items())))


def written(plan: Plan) -> dict[Spot, Said]:
    return {spot: sheet.said(one) for spot, one in sheet.own(plan).items()}


def shown(plan: Plan) -> dict:
    """What the rows take over, by value."""
    return {
        (process, *place): (duties.letters, duties.not_applicable)
        for process, places in sheet.refined(plan).items()
        for place, duties in places.items()
    }


def difference(before: Plan, after: dict[Spot, Said]) -> list[Change]:
    stood = written(before)
    return [
        Change(spot, after.get(spot, NOTHING), stood.get(spot, NOTHING))
        for spot in stood.keys() | after.keys()
        if after.get(spot, NOTHING) != stood.get(spot, NOTHING)
    ]


@given(PLANS, CELLS)
def test_what_is_saved_and_loaded_again_shows_the_same(before, wanted):
    changes = difference(before, wanted)
    assert list(sheet.refusals(before, changes)) == []
    assert sheet.conflicts(before, changes) == ()
    assert set(sheet.due(before, changes)) == set(changes)

    after = loads(dumps(sheet.edited(before, changes)))

    assert written(after) == wanted
    assert sheet.due(after, changes) == ()
    assert shown(after) == shown(sheet.edited(before, changes))


@given(PLANS)
def test_a_cell_shows_what_the_matrix_says(plan):
    refined = sheet.refined(plan)
    for cell in effective(plan).cells:
        assert _same(plan, cell)
        listed = refined.get(cell.process, {})
        shown = listed.get((cell.service, cell.component)) or listed.get((cell.service, ""))
        shown = shown or effective(plan).defaults[cell.process]
        assert (shown.letters, shown.not_applicable) == (cell.duties.letters, cell.duties.not_applicable)


def _same(plan: Plan, cell) -> bool:
    found = duties_at(plan, *cell[:3])
    return (found.letters, found.not_applicable) == (cell.duties.letters, cell.duties.not_applicable)


@given(PLANS)
def test_gaps_are_the_cells_that_are_not_settled(plan):
    open_cells = {cell[:3] for cell in effective(plan).cells if not cell.duties.is_settled}
    told = sheet.gaps(plan)

    def covers(place, cell):
        return all(mine in ("", theirs) for mine, theirs in zip(place, cell, strict=True))

    assert {
        cell[:3] for cell in effective(plan).cells if any(covers(gap, cell[:3]) for gap in told)
    } == open_cells


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_a_row(place):
    assert sheet.has_row(PLAN, place)


@pytest.mark.parametrize(
    "place",
    [
        ("problem", "", ""),
        ("incident", "fax", ""),
        ("incident", "chat", "filter"),
        ("incident", "", "modem"),
        ("incident", "gone", ""),
    ],
)
def test_no_row_where_the_plan_has_no_cell(place):
    assert not sheet.has_row(PLAN, place)
    (refusal,) = sheet.refusals(PLAN, [Change(Spot(*place, "desk"), Said("A"))])
    assert "not in the plan any more" in str(refusal)
    assert list(sheet.refusals(PLAN, [Change(Spot(*place, "desk"), NOTHING, Said("A"))])) == []


@pytest.mark.parametrize(
    ("spot", "letter", "says"),
    [
        (Spot("incident", role="desk"), "X", "Incidents · Service Desk: “X” is no letter."),
        (Spot("incident", role="gone"), "A", "Incidents · gone: the plan has no such role any more."),
        (Spot("incident", "mail"), "A", "Incidents · Mail: only N/A can be entered without a role."),
    ],
)
def test_what_cannot_be_written_is_refused_at_its_cell(spot, letter, says):
    (refusal,) = sheet.refusals(PLAN, [Change(spot, Said(letter))])
    assert str(refusal).startswith(says)


def test_a_cell_is_named_once():
    change = Change(Spot("incident", role="desk"), Said("A"))
    (refusal,) = sheet.refusals(PLAN, [change, change])
    assert "named twice" in str(refusal)


def test_a_change_of_somebody_else_is_a_conflict_unless_both_want_the_same():
    spot = Spot("incident", role="desk")
    plan = plan_with(entry(spot, "R", "takes calls"))
    mine = Change(spot, Said("A"), NOTHING)

    assert sheet.conflicts(plan, [mine]) == (mine,)
    assert sheet.conflicts(plan, [Change(spot, NOTHING, Said("C"))])
    assert sheet.conflicts(plan, [Change(spot, Said("A"), Said("R", "takes calls"))]) == ()
    assert sheet.conflicts(plan, [Change(spot, Said("R", "takes calls"), NOTHING)]) == ()


def test_what_somebody_has_looked_at_is_not_taken_from_a_template_any_more():
    spot, other = Spot("incident", role="desk"), Spot("incident", role="owner")
    plan = plan_with(entry(spot, "R", taken_from="it-desk"), entry(other, "A", taken_from="it-desk"))
    looked = Change(spot, Said("R"), Said("R"))

    assert sheet.due(plan, [looked]) == (looked,)
    after = sheet.own(sheet.edited(plan, [looked]))
    assert (after[spot].taken_from, after[other].taken_from) == ("", "it-desk")
    assert sheet.due(sheet.edited(plan, [looked]), [looked]) == ()


def test_columns_tell_who_holds_a_role_today_and_which_supplier_fills_it():
    desk, expert, _owner = sheet.columns(PLAN, TODAY)
    assert (desk.people, desk.team, desk.supplier) == ((), "first", "helpco")
    assert (expert.people, expert.supplier, expert.external) == (("ann",), "", False)


def test_every_letter_has_a_spelling_and_every_spelling_a_letter():
    assert set(sheet.SPELLINGS.values()) == {*LETTERS, ""}
    assert all(spelling == spelling.upper().replace(" ", "") for spelling in sheet.SPELLINGS)


def test_findings_about_a_cell_say_which():
    spots = [Spot(process, role="desk") for process in ("incident", "change")]
    plan = plan_with(*(entry(spot, "AR") for spot in spots), entry(Spot("incident", "mail", "server"), "N/A"))
    found = check(plan, TODAY, raci.RULES).findings
    assert {one.cell for one in found if one.code == "RAC-03"} == {("incident", "mail", "server")}
    assert all(sheet.has_row(plan, (*one.cell, "", "")[:3]) for one in found if one.cell)
