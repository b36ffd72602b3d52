"""What the office of a plan makes of somebody's part: seat, rights, mandate, deputies; and when it asks him again."""

from __future__ import annotations

import dataclasses
from datetime import date

from sm_planner.engine.model import Person, Plan, Role, RoleHolder, Team
from sm_planner.engine.model.office import DecisionRight, GoverningMember, MandateItem
from sm_planner.engine.model.parties import TeamMember
from sm_planner.engine.part.duties import For, charges_of, hash_of_part

TODAY = date(2027, 3, 1)
PLAN = Plan(
    id="p",
    lineage="l",
    title="Plan",
    body_title="Board",
    mandate=(MandateItem(item="Other", what="Drills", role="lead"),),
    change_manager="lead",
    improvement_manager="lead",
    body_members=(GoverningMember(role="lead"), GoverningMember(person="bo")),
    decision_rights=(DecisionRight(what="Improvements", role="lead", up_to_days=5),),
    people=tuple(Person(id=id) for id in ("ana", "bo", "cy")),
    teams=(Team(id="desk", members=(TeamMember(person="cy"),)),),
    roles=(Role(id="lead", title="Lead", team="desk", deputy="bo", holders=(RoleHolder(person="ana"),)),),
)


def named(person: str) -> set[tuple[For, str]]:
    charges = charges_of(PLAN, person, TODAY)
    return {(one.what, str(one.record)) for one in charges}


def test_who_holds_a_role_of_the_office_answers_for_it():
    assert named("ana") == {
        (For.BODY, "Board"),
        (For.DECIDES, "Plan"),
        (For.MANDATE, "Drills"),
        (For.CHANGES, "Plan"),
        (For.IMPROVES, "Plan"),
        (For.ROLE, "Lead"),
    }


def test_a_member_and_deputy_by_name():
    assert named("bo") == {(For.BODY, "Board"), (For.DEPUTY, "Lead")}


def test_a_team_that_fills_the_role_has_neither_its_seat_nor_its_rights():
    assert {what for what, _ in named("cy")}.isdisjoint({For.BODY, For.DECIDES})
    assert (For.MANDATE, "Drills") in named("cy")


def test_another_mandate_asks_those_who_fill_its_role_again_and_nobody_else():
    (item,) = PLAN.mandate
    other = dataclasses.replace(PLAN, mandate=(dataclasses.replace(item, what="Drills and alarms"),))

    assert changed_for(other) == {"ana", "cy"}


def changed_for(other: Plan) -> set[str]:
    """The people who are asked again once the plan is another one."""
    return {
        one
        for one in ("ana", "bo", "cy")
        if hash_of_part(PLAN, one, TODAY) != hash_of_part(other, one, TODAY)
    }


def test_another_limit_asks_who_has_the_right_again_and_nobody_else():
    (right,) = PLAN.decision_rights
    other = dataclasses.replace(PLAN, decision_rights=(dataclasses.replace(right, up_to_days=9),))

    assert changed_for(other) == {"ana"}
