"""The size of the effort: days, people, months, what changes, and what of it is not known."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.effort import Span, size
from sm_planner.engine.model import (
    Improvement,
    Objective,
    Person,
    Plan,
    Role,
    RoleHolder,
    Service,
    Stakeholder,
    Team,
    ValueStatement,
)
from sm_planner.engine.model.money import BudgetLine
from sm_planner.engine.model.parties import TeamMember
from sm_planner.reports import plan_effort

TODAY = date(2027, 2, 1)
PEOPLE = tuple(Person(id=id, title=id.title()) for id in ("ann", "bob", "cy", "dee"))


def improvement(id: str, status: str = "New", days: float | None = 5, **values: object) -> Improvement:
    return Improvement(id=id, title=id, status=status, effort_days=days, **values)


def lines(plan: Plan) -> dict[str, dict]:
    return {row["key"]: row for row in plan_effort.report(plan, TODAY).as_dict()["rows"]}


def test_closed_and_rejected_improvements_are_no_effort_to_come_and_are_counted_apart():
    states = ("New", "Assess", "Approved", "In Progress", "Verify", "On Hold", "Closed", "Rejected")
    plan = Plan(id="p", improvements=tuple(improvement(state, state, 2) for state in states))

    told = size(plan, TODAY)

    assert (told.to_come.count, told.to_come.days) == (6, 12)
    assert [(part.count, part.days) for part in (told.on_hold, told.done, told.rejected)] == [(1, 2)] * 3
    assert lines(plan)["days_rejected"]["value"] == 2
    assert "Under way: 2;" in lines(plan)["days"]["note"]


def test_a_suggestion_is_no_effort_before_somebody_has_looked_at_it():
    def to_come(status: str) -> int:
        idea = improvement("a", status, 2, kind="Suggestion")
        return size(Plan(id="p", improvements=(idea,)), TODAY).to_come.count

    assert (to_come("New"), to_come("Assess")) == (0, 1)


def test_improvements_without_an_effort_are_said_and_not_taken_for_none():
    some = Plan(
        id="p", improvements=tuple(improvement(f"i{n}", days=n if n > 3 else None) for n in range(1, 10))
    )
    none = Plan(id="p", improvements=(improvement("a", days=None), improvement("b", days=None)))

    assert lines(some)["days"]["value"] == sum(range(4, 10))
    assert "3 of 9 improvements have no effort yet." in lines(some)["days"]["note"]
    assert str(plan_effort.report(some, TODAY).message).startswith("At least 39 days: 3 of 9")
    assert lines(none)["days"]["value"] is None
    assert "2 of 2 improvements have no effort yet." in lines(none)["days"]["note"]
    assert "Days of effort to come" not in [str(one.label) for one in plan_effort.report(none, TODAY).summary]


def test_the_chart_shows_the_known_days_by_what_became_of_the_improvements():
    plan = Plan(
        id="p",
        improvements=(
            improvement("a", days=3),
            improvement("b", "On Hold", 4),
            improvement("c", "Closed", 5),
            improvement("d", "Rejected", None),
        ),
    )
    chart = plan_effort.report(plan, TODAY).as_dict()["chart"]
    assert chart["data"]["datasets"][0]["values"] == [7, 4, 5, 0]


def test_an_empty_plan_knows_nothing_and_says_so():
    told = lines(Plan(id="p"))

    assert [key for key, line in told.items() if line["value"] is not None] == ["people"]
    assert told["days"]["note"] == "No improvement is to come."
    assert told["people_needed"]["note"] == "The plan has no team of our own."
    assert "roles_unfilled" not in told
    assert told["cost"]["note"] == "The plan has no budget line."


def test_people_needed_and_had_are_those_of_teams_that_say_what_they_need():
    def team(id: str, needed: int | None, *people: str, kind: str = "Internal") -> Team:
        members = tuple(TeamMember(person=person) for person in people)
        return Team(id=id, title=id, kind=kind, people_needed=needed, members=members)

    plan = Plan(
        id="p",
        people=PEOPLE,
        teams=(
            team("desk", 3, "ann", "bob"),
            team("floor", 1, "bob", "cy"),
            team("silent", None, "dee"),
            team("partner", 5, kind="External"),
        ),
    )

    staff = size(plan, TODAY).staffing

    assert (staff.needed, staff.had, staff.missing) == (4, 3, 1)
    assert (staff.teams, staff.silent, staff.external) == (3, 1, 1)
    assert lines(plan)["people_needed"]["note"] == (
        "1 of 3 teams do not say how many people they need. The people of partners are not known; their teams: 1."
    )
    assert lines(plan)["people_had"]["note"] == "Places that are not filled: 1."


def test_roles_count_as_unfilled_where_nobody_holds_them_today():
    held = RoleHolder(person="ann", from_date=date(2027, 1, 1))
    later = RoleHolder(person="bob", from_date=date(2027, 3, 1))
    plan = Plan(
        id="p",
        people=PEOPLE,
        teams=(Team(id="desk"),),
        roles=(
            Role(id="now", holders=(held,)),
            Role(id="later", holders=(later,)),
            Role(id="team", team="desk"),
        ),
    )

    duties = size(plan, TODAY).duties

    assert (duties.roles, duties.unfilled, duties.people) == (3, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), 12),
        (date(2027, 1, 15), date(2027, 1, 15), 1),
        (date(2027, 1, 15), date(2027, 3, 14), 2),
        (date(2027, 1, 15), date(2027, 3, 15), 3),
        (date(2027, 3, 1), date(2027, 1, 1), None),
        (None, date(2027, 1, 1), None),
    ],
)
def test_months_are_those_that_are_begun(first, last, months):
    assert Span(first, last, 0).months == months


@given(first=st.dates(date(2000, 1, 1), date(2090, 1, 1)), days=st.integers(0, 4000))
def test_months_never_shrink_when_the_last_day_moves_on(first, days):
    last = date.fromordinal(first.toordinal() + days)
    after = date.fromordinal(last.toordinal() + 1)
    assert 1 <= Span(first, last, 0).months <= Span(first, after, 0).months <= Span(first, last, 0).months + 1


def test_dates_that_are_missing_are_said():
    plan = Plan(
        id="p",
        improvements=(
            improvement("a", start_date=date(2027, 1, 1), due=date(2027, 4, 30)),
            improvement("b", due=date(2027, 6, 30)),
            improvement("c", "Closed", start_date=date(2020, 1, 1), due=date(2040, 1, 1)),
        ),
    )
    line = lines(plan)["months"]
    assert line["value"] == 6
    assert "1 of 2 improvements have no start or no due date." in line["note"]


def test_services_change_by_what_improvements_name_and_their_customers_are_affected():
    plan = Plan(
        id="p",
        people=PEOPLE,
        stakeholders=(Stakeholder(id="shops"), Stakeholder(id="press")),
        services=(
            Service(id="mail", customers=("shops",), service_owner="dee"),
            Service(id="print"),
            Service(id="old", status="Retired"),
        ),
        objectives=(Objective(id="faster", services=("mail",)),),
        improvements=(
            improvement("direct", service="print", improvement_owner="ann"),
            improvement("by-objective", objective="faster"),
            improvement("nowhere"),
            improvement("done", "Closed", service="old", improvement_owner="bob"),
        ),
    )

    affected = size(plan, TODAY).affected

    assert (affected.services, affected.everywhere, affected.in_scope) == (2, 1, 2)
    assert (affected.customers, affected.groups) == (1, 2)
    assert affected.people == 2  # ann and dee; bob's part is done
    assert "1 of 3 improvements name no service." in lines(plan)["services"]["note"]


def test_the_size_of_a_plan_does_not_depend_on_the_order_of_its_records(minimal):
    turned = dataclasses.replace(
        minimal, improvements=minimal.improvements[::-1], teams=minimal.teams[::-1], roles=minimal.roles[::-1]
    )
    assert size(turned, TODAY) == size(minimal, TODAY)


def test_money_to_begin_and_to_run_stands_beside_days_and_people():
    line = {"title": "A", "amount": 100, "start_date": date(2027, 1, 1)}
    plan = Plan(
        id="p",
        currency="EUR",
        horizon=date(2027, 12, 31),
        value_statements=(ValueStatement(statement="Calm", due=date(2027, 3, 1)),),
        budget_lines=(
            BudgetLine(id="a", kind="One-off", **line),
            BudgetLine(id="b", kind="Running", interval="Month", **line),
        ),
    )

    told = lines(plan)

    assert [told[key]["value"] for key in ("cost_begin", "cost_run", "cost")] == [100, 200, 1300]
    assert told["cost_run"]["note"] == "In EUR. Value comes from 2027-03-01 on."
    assert told["cost"]["note"] == "In EUR. Up to 2027-12-31."


def test_a_budget_of_which_nothing_is_known_is_no_budget_of_nothing():
    plan = Plan(id="p", budget_lines=(BudgetLine(id="a", title="A"),))

    told = lines(plan)

    assert [told[key]["value"] for key in ("cost_begin", "cost_run", "cost")] == [None, None, None]
    assert "1 of 1 budget lines do not say what they cost." in told["cost"]["note"]


def test_a_plan_of_which_nothing_is_known_says_of_each_line_why():
    plan = Plan(id="p", teams=(Team(id="desk", title="Desk"),), services=(Service(id="mail", title="Mail"),))
    rows = lines(plan)

    assert all(row["note"] for row in rows.values() if row["value"] is None)
    for key in ("days", "months", "services", "customers"):
        assert rows[key]["value"] is None
        assert "No improvement is to come." in rows[key]["note"]
    for key in ("people_needed", "people_had"):
        assert rows[key]["note"] == "1 of 1 teams do not say how many people they need."
