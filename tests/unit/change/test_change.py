"""What changes for whom, how soon value is promised, and the sponsorship cascade."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.change.cascade import Standing, cascade
from sm_planner.engine.change.impacts import called, gain_of, impacts_of, unanswered
from sm_planner.engine.change.time_to_value import begins, promised, too_early
from sm_planner.engine.model import Commitment, Evidence, Person, Plan, Settings, Stakeholder
from sm_planner.engine.model.change import ChangeImpact, Resistance
from sm_planner.engine.model.goals import ValueStatement
from sm_planner.engine.model.roadmap import Phase
from sm_planner.engine.model.vocabulary import LEADERS
from sm_planner.engine.rhythm.months import months_after

TODAY = date(2026, 6, 1)
DESK = Stakeholder(
    id="desk", title="Desk", kind="Internal Team", unit="Operations", value_proposition="Sleep."
)
SHOPS = Stakeholder(id="shops", title="Shops", kind="Customer", unit="Sales")


def test_what_is_said_of_the_group_comes_before_what_is_said_of_its_unit():
    unit = ChangeImpact(id="u", unit=" operations", gain="Fewer calls.")
    own = ChangeImpact(id="o", stakeholder="desk", gain=" ")
    plan = Plan(id="p", stakeholders=(DESK, SHOPS), change_impacts=(unit, own))

    assert impacts_of(plan, DESK) == (own, unit)
    assert impacts_of(plan, SHOPS) == ()
    assert gain_of(plan, DESK) == "Fewer calls."
    assert [called(plan, one) for one in (own, unit)] == ["Desk", " operations"]


def test_a_group_without_a_unit_is_of_no_unit():
    nobody = Stakeholder(id="n", title="Nobody", kind="Customer")
    plan = Plan(id="p", stakeholders=(nobody,), change_impacts=(ChangeImpact(id="s", stakeholder="desk"),))

    assert impacts_of(plan, nobody) == ()


def test_what_is_promised_in_general_is_gained_where_the_plan_says_nothing():
    assert gain_of(Plan(id="p", stakeholders=(DESK,)), DESK) == "Sleep."


def test_an_answer_of_blanks_is_none():
    open_one = Resistance(objection="Bureaucracy.", answer=" ")
    impact = ChangeImpact(
        id="i", unit="Sales", resistance=(open_one, Resistance(objection="Slow.", answer="No."))
    )

    assert unanswered(impact) == (open_one,)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "The change impact is about nobody."),
        (
            {"stakeholder": "desk", "unit": "Sales"},
            "The change impact is about both a stakeholder and a unit.",
        ),
    ],
)
def test_an_impact_is_about_a_group_or_about_a_unit(values, says):
    assert [str(one.message) for one in ChangeImpact(id="i", **values).misfits()] == [says]
    assert [*ChangeImpact(id="i", unit="Sales").misfits()] == []


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(
    days, st.lists(st.tuples(days | st.none(), days | st.none(), st.booleans()), max_size=6), st.none() | days
)
def test_too_early_is_what_comes_within_a_year_without_a_reason(start, dated, phase):
    values = tuple(
        ValueStatement(statement=str(place), due=due, money_from=money, early_because="So." if told else "")
        for place, (due, money, told) in enumerate(dated)
    )
    plan = Plan(
        id="p", period_start=start, value_statements=values, phases=(Phase(id="a", start_date=phase),)
    )
    first = min(start, phase or start)

    found = too_early(plan)

    assert begins(plan) == first
    assert {one.value.statement for one in found} == {
        str(place)
        for place, (due, money, told) in enumerate(dated)
        if not told and any(day and day < months_after(first, 12) for day in (due, money))
    }
    assert [one.day for one in promised(plan)] == sorted(one.day for one in promised(plan))
    assert set(found) <= set(promised(plan))


def test_without_a_start_nothing_is_too_early():
    assert too_early(Plan(id="p", value_statements=(ValueStatement(statement="x", due=TODAY),))) == ()


def leader(level: str, unit: str = "Operations") -> Person:
    id = level.lower().replace(" ", "-")
    return Person(id=id, title=level, level=level, unit=unit)


def commitment(level: str, **values) -> Commitment:
    person = level.lower().replace(" ", "-")
    return Commitment(id=person, title=level, person=person, **values)


def cascade_of(committed=(), shown=(), **values):
    people = tuple(map(leader, LEADERS))
    evidence = tuple(
        Evidence(commitment=level.lower().replace(" ", "-"), day=TODAY - timedelta(days=ago), kind="Decision")
        for level, ago in shown
    )
    return cascade(
        Plan(
            id="p",
            people=people,
            stakeholders=(DESK, SHOPS),
            commitments=tuple(map(commitment, committed)),
            evidence=evidence,
            **values,
        ),
        TODAY,
    )


def test_support_ends_at_the_highest_level_at_which_nobody_has_committed():
    (lane,) = cascade_of(
        committed=("Top Management", "Senior Management", "First Line"),
        shown=(("Top Management", 90), ("Senior Management", 91)),
    )

    assert lane.unit == "Operations"
    assert [cell.standing for cell in lane.cells] == [
        Standing.BACKED,
        Standing.WORDS,
        Standing.HOLE,
        Standing.WORDS,
    ]
    assert lane.hole.level == "Middle Management"
    assert [person.id for person in lane.hole.asked] == ["middle-management"]


def test_where_no_age_is_set_old_evidence_counts():
    (lane,) = cascade_of(
        committed=("Top Management",),
        shown=(("Top Management", 900),),
        settings=Settings(engagement_days=None),
    )

    assert lane.cells[0].standing is Standing.BACKED


@given(st.sets(st.sampled_from(LEADERS)), st.sets(st.sampled_from(LEADERS)))
def test_who_commits_more_never_has_more_holes(some, others):
    def holes(committed):
        (lane,) = cascade_of(committed=tuple(committed))
        return {cell.level for cell in lane.cells if cell.standing is Standing.HOLE}

    assert holes(some | others) == holes(some) & holes(others)


def test_a_unit_of_customers_counts_once_somebody_of_the_plan_works_there():
    people = (leader("Top Management", unit="sales"),)
    found = cascade(Plan(id="p", people=people, stakeholders=(SHOPS,)), TODAY)

    assert [lane.unit for lane in found] == ["Sales"]
    assert cascade(Plan(id="p", stakeholders=(SHOPS,)), TODAY) == ()


def test_one_person_commits_for_several_units():
    people = (leader("Top Management", unit="Board"),)
    made = commitment("Top Management", units=("Operations", "SALES"))
    found = cascade(Plan(id="p", people=people, stakeholders=(DESK, SHOPS), commitments=(made,)), TODAY)

    assert {lane.unit: len(lane.cells[0].supporters) for lane in found} == {"Operations": 1, "Sales": 1}
