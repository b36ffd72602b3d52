"""Who decides by the decision rights of a plan: up to which limit, from when to when, and never by a draft."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timezone

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.approval import decision_rights, improvements, shown, waivers
from sm_planner.engine.model import Improvement, Person, Plan, Role, RoleHolder, Settings, Team, Waiver
from sm_planner.engine.model.approvals import APPROVE
from sm_planner.engine.model.money import BudgetLine
from sm_planner.engine.model.office import DecisionRight
from sm_planner.engine.model.parties import TeamMember
from sm_planner.engine.part.waiting import waiting
from sm_planner.engine.sealing import seal

TODAY = date(2027, 3, 1)
ACTION = Improvement(
    id="a",
    title="A",
    status="Assess",
    improvement_owner="ann",
    suggested_by="sue",
    due=date(2027, 6, 30),
    effort_days=10,
)
NAMES = ("ann", "bob", "cim", "fin", "lee", "own", "spo", "sue")
PLAN = Plan(
    id="p-1",
    lineage="p",
    version=1,
    state="Active",
    plan_owner="own",
    executive_sponsor="spo",
    people=tuple(Person(id=id, title=id.title()) for id in NAMES),
    roles=(
        Role(
            id="improver",
            title="Improver",
            holders=(RoleHolder(person="cim"), RoleHolder(person="sue", to_date=date(2027, 2, 28))),
        ),
    ),
    teams=(Team(id="desk", lead="lee", members=(TeamMember(person="ann"), TeamMember(person="bob"))),),
    decision_rights=(
        DecisionRight(what="Improvements", role="improver", up_to_days=20, up_to_amount=1_000),
        DecisionRight(what="Improvements", own_team=True, up_to_days=3),
        DecisionRight(what="Improvements", person="fin", up_to_days=5),
        DecisionRight(what="Spending", person="fin", up_to_amount=9_000),
        DecisionRight(what="Waivers", role="improver"),
    ),
    improvements=(ACTION,),
)


def changed(**values: object) -> Improvement:
    return dataclasses.replace(ACTION, **values)


def with_rights(*rights: DecisionRight, **values: object) -> Plan:
    return dataclasses.replace(PLAN, decision_rights=rights, **values)


def refused(plan: Plan, action: Improvement, person: str) -> str:
    return str(improvements.refuse_decision(plan, action, APPROVE, {person}, shown(action), TODAY) or "")


@pytest.mark.parametrize(
    ("days", "cost", "expected"),
    [
        (10, None, {"cim", "spo"}),
        (20, 1_000, {"cim", "spo"}),
        (20.5, None, {"spo"}),
        (10, 1_000.5, {"spo"}),
        (5, 9_000, {"fin", "spo"}),
        (5, 9_001, {"spo"}),
        (5.5, 9_000, {"spo"}),
        (3, None, {"bob", "cim", "fin", "lee", "spo"}),
        (3, 0, {"bob", "cim", "fin", "lee", "spo"}),
        (3, 1, {"cim", "fin", "spo"}),
    ],
)
def test_who_has_the_right_decides_up_to_its_limit_and_above_it_the_sponsor(days, cost, expected):
    assert improvements.deciders(PLAN, changed(effort_days=days, cost=cost), TODAY) == expected


def test_where_the_plan_states_rights_the_limits_of_the_settings_are_silent():
    generous = dataclasses.replace(
        with_rights(DecisionRight(what="Improvements", person="cim", up_to_days=20)),
        settings=Settings(small_change_days=99, sponsor_days=999, sponsor_cost=None),
    )

    assert improvements.deciders(generous, ACTION, TODAY) == {"cim", "spo"}
    assert "own" not in improvements.deciders(generous, changed(effort_days=1), TODAY)


@pytest.mark.parametrize("rights", [(), (DecisionRight(what="Waivers", person="cim"),)])
def test_where_the_plan_states_none_the_settings_hold(rights):
    assert improvements.deciders(with_rights(*rights), ACTION, TODAY) == {"own", "spo"}


@pytest.mark.parametrize(
    ("cost", "expected"), [(None, {"own", "spo"}), (0, {"own", "spo"}), (500, {"own", "spo"}), (501, {"spo"})]
)
def test_a_limit_of_spending_holds_beside_the_limits_of_the_settings(cost, expected):
    plan = with_rights(
        DecisionRight(what="Spending", person="own", up_to_amount=500),
        DecisionRight(what="Spending", person="own", up_to_amount=9_999, to_date=date(2027, 1, 31)),
    )

    assert improvements.deciders(plan, changed(cost=cost), TODAY) == expected
    assert "own" in expected or refused(plan, changed(cost=cost), "own") == (
        "This is above the limit of your decision right. It is decided about by: Spo."
    )


@pytest.mark.parametrize("state", ["Draft", "In Review", "To Sign", "Superseded"])
def test_a_version_that_is_not_in_force_gives_nobody_a_right(state):
    draft = dataclasses.replace(PLAN, state=state)

    assert improvements.deciders(draft, ACTION, TODAY) == {"own", "spo"}
    assert waivers.deciders(draft, TODAY) == {"spo"}


@pytest.mark.parametrize(
    ("right", "told"),
    [
        ({"to_date": date(2027, 2, 28)}, "Your decision right does not hold today."),
        ({"from_date": date(2027, 3, 2)}, "Your decision right does not hold today."),
        ({"up_to_days": 9}, "This is above the limit of your decision right."),
        ({"up_to_days": None}, "This is above the limit of your decision right."),
        ({"person": "bob"}, "The plan gives you no right to decide about this."),
        ({"what": "Spending"}, "The plan owner or the executive sponsor decides"),
    ],
)
def test_who_has_no_right_today_is_told_why_and_who_decides(right, told):
    values = {"what": "Improvements", "person": "fin", "up_to_days": 20, **right}

    answer = refused(with_rights(DecisionRight(**values)), ACTION, "fin")

    assert answer.startswith(told)
    assert values["what"] == "Spending" or answer.endswith("Spo.")


def test_a_right_without_any_limit_decides_about_nothing():
    plan = with_rights(DecisionRight(what="Improvements", person="fin"))

    assert improvements.deciders(plan, changed(effort_days=0, cost=0), TODAY) == {"spo"}


@pytest.mark.parametrize("who", ["own", "bob", "stranger"])
def test_who_is_named_by_no_right_does_not_decide(who):
    assert refused(PLAN, ACTION, who) == (
        "The plan gives you no right to decide about this. It is decided about by: Cim, Spo."
    )


def test_who_held_the_role_before_has_its_right_no_more():
    assert "sue" not in improvements.deciders(PLAN, changed(suggested_by=""), TODAY)
    assert "sue" in improvements.deciders(PLAN, changed(suggested_by=""), date(2027, 2, 28))


def test_nobody_is_let_decide_where_nobody_may():
    mine = changed(improvement_owner="spo")
    plan = with_rights(DecisionRight(what="Improvements", person="fin", up_to_days=1))

    assert improvements.deciders(plan, mine, TODAY) == frozenset()
    assert refused(plan, mine, "own").endswith("Nobody else may decide it.")


_people = st.sampled_from(["", *NAMES])
_rights = st.builds(
    DecisionRight,
    what=st.sampled_from(["Improvements", "Spending"]),
    person=_people,
    role=st.sampled_from(["", "improver"]),
    own_team=st.booleans(),
    up_to_days=st.none() | st.integers(0, 50),
    up_to_amount=st.none() | st.integers(0, 50),
)


@given(
    rights=st.lists(_rights, max_size=4),
    owner=_people,
    suggested_by=_people,
    days=st.none() | st.integers(0, 100),
    cost=st.none() | st.integers(0, 100),
)
def test_no_right_lets_anybody_decide_about_what_he_carries_out_or_suggested(
    rights, owner, suggested_by, days, cost
):
    action = changed(improvement_owner=owner, suggested_by=suggested_by, effort_days=days, cost=cost)

    found = improvements.deciders(with_rights(*rights), action, TODAY)

    assert not found & {"", owner, suggested_by}


def test_an_account_that_also_carries_it_out_decides_by_no_right():
    action = changed(improvement_owner="cim")
    told = improvements.refuse_decision(PLAN, action, APPROVE, {"cim", "fin"}, shown(action), TODAY)
    assert str(told) == "You carry out this improvement. Somebody else decides about it."


# Roles are shared by plans, and not changed by a signature


def sealed(plan: Plan) -> Plan:
    signed_at = datetime(2027, 1, 4, 9, tzinfo=timezone.utc)
    made = seal.make(plan, signer="spo", signed_at=signed_at, meaning="I stand behind it.", channel="site")
    return dataclasses.replace(plan, seals=(made,))


def holding(plan: Plan, *holders: RoleHolder) -> Plan:
    (role,) = plan.roles
    return dataclasses.replace(plan, roles=(dataclasses.replace(role, holders=holders),))


def test_who_was_entered_in_a_role_after_the_signature_has_no_right_of_it():
    signed = sealed(PLAN)

    now = holding(signed, RoleHolder(person="cim"), RoleHolder(person="own"))

    assert improvements.deciders(now, ACTION, TODAY) == {"cim", "spo"}
    assert refused(now, ACTION, "own").startswith("The plan gives you no right to decide about this.")


def test_who_left_a_role_after_the_signature_has_its_right_no_more():
    ended = holding(sealed(PLAN), RoleHolder(person="cim", to_date=date(2027, 2, 1)))

    assert improvements.deciders(ended, ACTION, TODAY) == {"spo"}


def test_a_term_that_was_made_longer_after_the_signature_gives_no_right():
    longer = holding(sealed(PLAN), RoleHolder(person="cim"), RoleHolder(person="sue"))

    assert "sue" not in improvements.deciders(longer, changed(suggested_by=""), TODAY)


def test_who_joined_the_team_of_the_owner_after_the_signature_has_no_right_of_it():
    signed, small = sealed(PLAN), changed(effort_days=3)
    (team,) = signed.teams
    joined = dataclasses.replace(team, members=(*team.members, TeamMember(person="own")))

    now = dataclasses.replace(signed, teams=(joined,))

    assert improvements.deciders(signed, small, TODAY) == {"bob", "cim", "fin", "lee", "spo"}
    assert improvements.deciders(now, small, TODAY) == {"bob", "cim", "fin", "lee", "spo"}


def test_a_seal_that_nobody_can_read_gives_no_right_by_role():
    signed = sealed(PLAN)
    broken = dataclasses.replace(signed.seals[0], content="{}")

    assert improvements.deciders(dataclasses.replace(signed, seals=(broken,)), ACTION, TODAY) == {"spo"}


# Waivers, and what waits for whom

WAIVER = Waiver(id="w", title="W", rule="SVC-01", requester="ann", reason="x", expires=date(2027, 6, 30))


def test_who_has_the_right_decides_about_waivers_and_not_about_his_own():
    def told(waiver: Waiver, *people: str) -> str:
        found = waivers.refuse_decision(PLAN, waiver, {*people}, shown(waiver), wrote=False, today=TODAY)
        return str(found or "")

    assert waivers.deciders(PLAN, TODAY) == {"cim", "spo"}
    assert told(WAIVER, "cim") == ""
    assert told(WAIVER, "own") == (
        "The plan gives you no right to decide about this. It is decided about by: Cim, Spo."
    )
    mine = dataclasses.replace(WAIVER, requester="cim")
    assert told(mine, "cim") == "You asked for this waiver. Somebody else decides about it."


def test_what_waits_names_those_who_have_the_right():
    plan = dataclasses.replace(PLAN, waivers=(dataclasses.replace(WAIVER, status="Requested"),))

    whom = {str(one.record): one.whom for one in waiting(plan, TODAY) if one.record}

    assert whom == {"A": ("cim", "spo"), "W": ("cim", "spo")}


def test_rights_name_people_whatever_their_days():
    (right, *_rest) = PLAN.decision_rights
    assert decision_rights.named_by(PLAN, right, TODAY) == {"cim"}


@pytest.mark.parametrize(("line", "expected"), [(1_000, {"cim", "spo"}), (1_000.5, {"spo"})])
def test_the_limit_holds_for_the_budget_lines_where_they_come_to_more_than_the_cost_that_is_told(
    line, expected
):
    bought = BudgetLine(
        id="b", title="B", kind="One-off", amount=line, start_date=date(2027, 4, 1), improvement="a"
    )
    plan = dataclasses.replace(PLAN, budget_lines=(bought,))
    assert improvements.deciders(plan, changed(cost=100), TODAY) == expected


def test_by_the_settings_too_the_budget_lines_count():
    bought = BudgetLine(
        id="b", title="B", kind="One-off", amount=6_000, start_date=date(2027, 4, 1), improvement="a"
    )
    settings = Settings(sponsor_cost=5_000)
    plan = with_rights(settings=settings)
    assert improvements.deciders(plan, changed(cost=100), TODAY) == {"own", "spo"}
    plan = dataclasses.replace(plan, budget_lines=(bought,))
    assert improvements.deciders(plan, changed(cost=100), TODAY) == {"spo"}


def test_what_an_improvement_costs_after_the_horizon_is_decided_about_too():
    yearly = BudgetLine(
        id="b",
        title="B",
        kind="Running",
        interval="Year",
        amount=600,
        start_date=date(2027, 4, 1),
        end_date=date(2031, 3, 31),
        improvement="a",
    )
    plan = dataclasses.replace(PLAN, horizon=date(2027, 12, 31), budget_lines=(yearly,))
    assert decision_rights.asked_for(plan, ACTION) == 2_400
    assert improvements.deciders(plan, ACTION, TODAY) == {"spo"}
