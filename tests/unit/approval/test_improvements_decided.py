"""Who decides about an improvement, what can be decided when, and what remains of it once something changes."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.approval import DECIDED_ABOUT, decisions, improvements, shown, what
from sm_planner.engine.model import Improvement, Person, Plan, Settings, Team
from sm_planner.engine.model.approvals import ACTS, APPROVE, CLOSE, REJECT, Approval
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.parties import TeamMember
from sm_planner.engine.model.vocabulary import IMPROVEMENT_STATES

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
PLAN = Plan(
    id="p",
    plan_owner="own",
    executive_sponsor="spo",
    people=tuple(Person(id=id, title=id.title()) for id in ("ann", "bob", "lee", "own", "spo", "sue")),
    teams=(
        Team(id="desk", lead="lee", members=(TeamMember(person="ann"), TeamMember(person="bob"))),
        Team(id="other", lead="own", members=(TeamMember(person="sue"),)),
    ),
    improvements=(ACTION,),
)


def changed(**values: object) -> Improvement:
    return dataclasses.replace(ACTION, **values)


def decided(act: str, number: int = 1, action: Improvement = ACTION) -> Approval:
    return Approval(
        register="improvements",
        entry=action.id,
        act=act,
        person="spo",
        number=number,
        day=date(2027, 1, 1),
        what=what(action),
    )


def with_approvals(*approvals: Approval) -> Plan:
    return dataclasses.replace(PLAN, approvals=approvals)


def refused(action: Improvement, act: str, *people: str) -> str:
    return str(improvements.refuse_decision(PLAN, action, act, {*people}, shown(action), TODAY) or "")


# Who


def test_plan_owner_and_sponsor_decide():
    assert improvements.deciders(PLAN, ACTION, TODAY) == {"own", "spo"}


@pytest.mark.parametrize(
    ("days", "cost", "expected"),
    [
        (3, None, {"own", "spo", "lee", "bob"}),
        (3, 0, {"own", "spo", "lee", "bob"}),
        (3, 1, {"own", "spo"}),
        (3.5, None, {"own", "spo"}),
        (None, None, {"own", "spo"}),
        (60, None, {"own", "spo"}),
        (60.5, None, {"spo"}),
        (1, 5_000, {"own", "spo"}),
        (1, 5_001, {"spo"}),
    ],
)
def test_the_limits_say_who_decides(days, cost, expected):
    plan = dataclasses.replace(PLAN, settings=Settings(sponsor_cost=5_000))

    assert improvements.deciders(plan, changed(effort_days=days, cost=cost), TODAY) == expected


def test_limits_that_are_empty_leave_it_to_plan_owner_and_sponsor():
    endless = dataclasses.replace(PLAN, settings=Settings(small_change_days=None, sponsor_days=None))

    assert improvements.deciders(endless, changed(effort_days=1), TODAY) == {"own", "spo"}
    assert improvements.deciders(endless, changed(effort_days=9_999, cost=10**9), TODAY) == {"own", "spo"}


def test_without_an_owner_no_team_decides():
    assert improvements.deciders(PLAN, changed(improvement_owner="", effort_days=1), TODAY) == {"own", "spo"}


_people = st.sampled_from(["", "ann", "bob", "lee", "own", "spo", "sue"])


def test_an_account_that_also_stands_for_the_owner_does_not_decide_for_somebody_else():
    action = changed()
    both = {*improvements.deciders(PLAN, action, TODAY), action.improvement_owner}
    assert "You carry out this improvement." in str(improvements.refuse_person(PLAN, action, both, TODAY))


@given(
    owner=_people,
    suggested_by=_people,
    days=st.none() | st.integers(0, 100),
    plan_owner=_people,
    sponsor=_people,
)
def test_nobody_decides_about_what_he_carries_out_or_suggested(
    owner, suggested_by, days, plan_owner, sponsor
):
    plan = dataclasses.replace(PLAN, plan_owner=plan_owner, executive_sponsor=sponsor)
    action = changed(improvement_owner=owner, suggested_by=suggested_by, effort_days=days)

    assert not improvements.deciders(plan, action, TODAY) & {"", owner, suggested_by}


@pytest.mark.parametrize(
    ("changes", "person", "told"),
    [
        ({}, "ann", "You carry out this improvement."),
        ({}, "sue", "You suggested this improvement."),
        ({"improvement_owner": "own"}, "own", "You carry out this improvement."),
        ({"suggested_by": "spo"}, "spo", "You suggested this improvement."),
        ({}, "bob", "The plan owner or the executive sponsor decides about this improvement."),
        ({}, "", "The plan owner or the executive sponsor decides about this improvement."),
        (
            {"effort_days": 1},
            "stranger",
            "The plan owner, the executive sponsor, or the team of the owner decides",
        ),
        ({"effort_days": 61}, "own", "So much effort or cost is decided about by the executive sponsor."),
    ],
)
def test_each_who_does_not_decide_is_told_why(changes, person, told):
    action = changed(**changes)

    assert refused(action, APPROVE, person).startswith(told)
    assert str(improvements.refuse_person(PLAN, action, {person}, TODAY)).startswith(told)


# What, and when


@pytest.mark.parametrize("status", IMPROVEMENT_STATES)
@pytest.mark.parametrize("act", ACTS)
def test_what_can_be_decided_depends_on_the_state(status, act):
    action = changed(status=status, benefit_actual=1, verdict="Reached")
    can = {
        "New": {APPROVE, REJECT},
        "Assess": {APPROVE, REJECT},
        "Verify": {CLOSE},
        "On Hold": {REJECT},
    }.get(status, set())

    told = refused(action, act, "spo")

    assert told == (
        "" if act in can else f"While it is {status}, this cannot be decided about an improvement: {act}."
    )


def test_what_is_not_said_cannot_be_decided_about_but_rejected():
    bare = Improvement(id="a", title="A")

    assert refused(bare, APPROVE, "spo") == (
        "Before this is decided, the improvement has to say: Owner, Due, Effort (Person-days)."
    )
    assert refused(bare, REJECT, "spo") == ""


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Benefit Reached, Verdict."),
        ({"benefit_actual": 0}, "Verdict."),
        ({"benefit_actual": 0, "verdict": "Missed", "follow_up": " "}, "Follow-up."),
    ],
)
def test_it_is_closed_with_what_came_of_it(values, told):
    assert refused(changed(status="Verify", **values), CLOSE, "spo").endswith(f"has to say: {told}")


@pytest.mark.parametrize(
    "values", [{"verdict": "Partly Reached"}, {"verdict": "Missed", "follow_up": "Another try."}]
)
def test_with_what_came_of_it_it_is_closed(values):
    assert refused(changed(status="Verify", benefit_actual=0, **values), CLOSE, "spo") == ""


def test_effort_of_nought_is_said():
    assert refused(changed(effort_days=0), APPROVE, "spo") == ""


def test_what_changed_since_it_was_read_is_read_again():
    read = shown(changed(answer="Yes."))

    told = improvements.refuse_decision(PLAN, ACTION, APPROVE, {"spo"}, read, TODAY)

    assert str(told) == "The improvement has changed since you opened it. Read it again."


def test_it_waits_for_whom_it_can_be_decided_by():
    ready = changed(id="ready")
    bare = changed(id="bare", due=None)
    idea = changed(id="new", status="New")
    done = changed(id="done", status="Verify", benefit_actual=1, verdict="Reached")
    under_way = changed(id="under-way", status="Verify")
    large = changed(id="large", effort_days=99)
    plan = dataclasses.replace(PLAN, improvements=(ready, bare, idea, done, under_way, large))

    def waiting(person: str) -> list[str]:
        return [one.id for one in improvements.awaiting(plan, person, TODAY)]

    assert waiting("spo") == ["ready", "done", "large"]
    assert waiting("own") == ["ready", "done"]
    assert waiting("ann") == waiting("bob") == []


# What remains of it

UNDER_APPROVAL = ("Approved", "In Progress", "Verify", "On Hold")


@pytest.mark.parametrize("status", UNDER_APPROVAL)
def test_what_was_approved_stays_as_long_as_it_stays_the_same(status):
    plan, now = with_approvals(decided(APPROVE)), changed(status=status)

    assert improvements.is_approved(plan, now)
    assert improvements.standing(plan, now, ACTION) == status


_OTHER = {
    "line": "Other",
    "text": "Other",
    "date": date(2030, 1, 1),
    "number": 7.5,
    "link": "bob",
    "links": ("b",),
    "choice": None,
    "flag": True,
}


def another(name: str) -> object:
    spec = specs(Improvement)[name]
    before = getattr(ACTION, name)
    return next(one for one in spec.choices if one != before) if spec.kind == "choice" else _OTHER[spec.kind]


@pytest.mark.parametrize("name", [name for name in DECIDED_ABOUT[Improvement] if name != "id"])
def test_what_was_approved_is_assessed_again_once_it_is_another(name):
    plan, now = with_approvals(decided(APPROVE)), changed(status="In Progress", **{name: another(name)})

    assert not improvements.is_approved(plan, now)
    assert improvements.standing(plan, now, ACTION) == "Assess"


@pytest.mark.parametrize(
    "name", [name for name in specs(Improvement) if name not in (*DECIDED_ABOUT[Improvement], "status")]
)
def test_what_is_only_sorted_or_linked_anew_or_has_come_further_stays_approved(name):
    plan, now = with_approvals(decided(APPROVE)), changed(status="In Progress", **{name: another(name)})

    assert improvements.is_approved(plan, now)
    assert improvements.standing(plan, now, ACTION) == "In Progress"


def test_the_last_decision_counts():
    rejected = with_approvals(decided(REJECT, 2), decided(APPROVE, 1))
    again = with_approvals(decided(REJECT, 1), decided(APPROVE, 2))

    assert improvements.standing(rejected, changed(status="Approved"), ACTION) == "Assess"
    assert improvements.standing(again, changed(status="Approved"), ACTION) == "Approved"


def test_an_approval_comes_back_with_what_was_approved():
    plan = with_approvals(decided(APPROVE))

    assert improvements.standing(plan, changed(status="Approved", due=date(2028, 1, 1)), ACTION) == "Assess"
    assert improvements.standing(plan, changed(status="Approved"), ACTION) == "Approved"


@pytest.mark.parametrize("status", ["New", "Assess", "Closed", "Rejected"])
def test_what_is_not_under_approval_stays_whatever_changes(status):
    now = changed(status=status, title="Other")

    assert improvements.standing(with_approvals(decided(APPROVE)), now, ACTION) == status


def test_where_nothing_was_ever_decided_the_state_is_the_claim_of_who_wrote_it():
    claimed = changed(status="In Progress")

    assert improvements.is_approved(PLAN, claimed)
    assert not improvements.is_approved(PLAN, ACTION)
    assert improvements.standing(PLAN, claimed, None) == "In Progress"
    assert improvements.standing(PLAN, claimed, changed(status="In Progress", objective="o")) == "In Progress"


def test_a_claim_does_not_outlast_a_change():
    assert improvements.standing(PLAN, changed(status="In Progress", title="Other"), ACTION) == "Assess"


@pytest.mark.parametrize("status", IMPROVEMENT_STATES)
def test_a_file_decides_nothing_on_a_site(status):
    assert improvements.undecided(status) == ("New" if status == "New" else "Assess")


def test_each_act_leads_to_its_state():
    assert improvements.OUTCOMES == {APPROVE: "Approved", REJECT: "Rejected", CLOSE: "Closed"}


def test_a_decision_without_a_number_stands_before_the_others():
    """As a row that was written past the site can be: it keeps nobody from reading the plan."""
    action = changed()
    kept = [
        Approval(register="improvements", entry=action.id, number=number, act=act, what=what(action))
        for number, act in ((1, APPROVE), (None, REJECT))
    ]
    plan = dataclasses.replace(PLAN, improvements=(action,), approvals=tuple(kept))
    assert [one.number for one in decisions(plan, action)] == [None, 1]
    assert improvements.is_approved(plan, action)
