"""Who takes what is stuck, and who leads major incidents: it is part of what they answer for, and of nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Person, Plan, Role, RoleHolder, Service, Team
from sm_planner.engine.model.parties import TeamMember
from sm_planner.engine.model.services import EscalationStep
from sm_planner.engine.part.duties import For, charges_of, hash_of_part, part_of

TODAY = date(2027, 3, 1)
BY_NAME = EscalationStep(kind="Hierarchical", minutes=60, person="ana")
BY_ROLE = EscalationStep(kind="Hierarchical", minutes=120, role="lead")
BY_TEAM = EscalationStep(kind="Functional", minutes=15, team="ops")
MAIL = Service(id="mail", title="Mail", escalation=(BY_TEAM, BY_NAME, BY_ROLE))
EVERYBODY = ("ana", "bo", "cy", "di")
BARE = Plan(
    id="p",
    lineage="l",
    title="Plan",
    people=tuple(Person(id=id) for id in EVERYBODY),
    services=(replace(MAIL, escalation=()),),
    teams=(Team(id="ops", title="Ops", members=(TeamMember(person="cy"),)),),
    roles=(Role(id="lead", title="Lead", holders=(RoleHolder(person="bo"),)),),
)
PLAN = replace(BARE, services=(MAIL,), major_incident_lead="lead")
BEFORE = "c87565085ca202765023de3fd248d80b112980fd8f1fadd7e42af0eae7e29630"
"""The hash of the part of the plan owner before steps were part of anything."""


def steps(person: str) -> list[tuple[str, str]]:
    """The services whose paths go to somebody, and by what."""
    charges = charges_of(PLAN, person, TODAY)
    return [(str(one.record), str(one.through or "")) for one in charges if one.what is For.ESCALATION]


def asked_again(before: Plan, after: Plan) -> set[str]:
    return {one for one in EVERYBODY if hash_of_part(before, one, TODAY) != hash_of_part(after, one, TODAY)}


def test_a_step_goes_to_a_person_to_who_holds_a_role_and_to_a_team():
    assert [steps(one) for one in EVERYBODY] == [[("Mail", "")], [("Mail", "Lead")], [("Mail", "Ops")], []]


def test_two_steps_of_one_path_name_somebody_once():
    twice = replace(MAIL, escalation=(BY_NAME, replace(BY_NAME, minutes=240)))
    charges = charges_of(replace(PLAN, services=(twice,)), "ana", TODAY)
    assert [one.what for one in charges] == [For.ESCALATION]


def test_who_leads_major_incidents_is_told():
    (found,) = (one for one in charges_of(PLAN, "bo", TODAY) if one.what is For.MAJOR_INCIDENTS)
    assert (str(found.record), str(found.through)) == ("Plan", "Lead")
    named = {one for one in EVERYBODY if part_of(PLAN, one, TODAY).of(For.MAJOR_INCIDENTS)}
    assert named == {"bo"}


def test_a_path_asks_those_again_to_whom_it_goes_and_nobody_else():
    assert asked_again(BARE, PLAN) == {"ana", "bo", "cy"}
    later = replace(MAIL, escalation=(BY_TEAM, replace(BY_NAME, minutes=90), BY_ROLE))
    assert asked_again(PLAN, replace(PLAN, services=(later,))) == {"ana"}
    sooner = replace(MAIL, escalation=(replace(BY_TEAM, minutes=5), BY_NAME, BY_ROLE))
    assert asked_again(PLAN, replace(PLAN, services=(sooner,))) == {"cy"}


def test_who_is_in_no_path_confirmed_what_he_confirms_now():
    owned = replace(BARE, plan_owner="di")
    assert hash_of_part(owned, "di", TODAY) == BEFORE
    assert hash_of_part(replace(PLAN, plan_owner="di"), "di", TODAY) == BEFORE
