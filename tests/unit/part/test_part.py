"""What somebody's part is, its hash, what is due, and who has confirmed."""

import dataclasses
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.model import (
    COLLECTIONS,
    Acknowledgement,
    Person,
    Plan,
    Service,
    ValueStatement,
    Waiver,
)
from sm_planner.engine.model.roadmap import Phase, PhaseAcceptance
from sm_planner.engine.part.confirmation import State, asked_since, confirmed, shares
from sm_planner.engine.part.dues import Todo, dues
from sm_planner.engine.part.duties import For, part_of
from sm_planner.engine.part.knowing import affecting, changes, ways
from sm_planner.engine.sealing import seal

TODAY = date(2026, 6, 1)

TEXT = """
plan: {id: p, title: Plan, version: 2, period_start: 2026-01-01, next_review: 2026-07-01, plan_owner: pia, executive_sponsor: eva}
people:
  - {id: ana, title: Ana, unit: Desk, reports_to: eva}
  - {id: bo, title: Bo, unit: Desk}
  - {id: cy, title: Cy}
  - {id: eva, title: Eva}
  - {id: pia, title: Pia}
teams: [{id: ops, title: Ops, lead: bo, members: [{person: cy}]}]
roles:
  - {id: lead, title: Lead, holders: [{person: ana, from_date: 2026-02-01}]}
  - {id: hands, title: Hands, team: ops}
processes: [{id: incident, title: Incident, owner_role: lead}, {id: change, title: Change}]
stakeholders: [{id: desk, title: The desk, kind: Customer, unit: desk}]
services:
  - {id: mail, title: Mail, service_owner: ana, hierarchical_escalation: The director, dependencies: [{service: net}]}
  - {id: net, title: Network, teams: [ops]}
  - {id: till, title: Till, customers: [desk]}
components: [{id: disk, title: Disk, team: ops, services: [mail]}]
agreements:
  - {id: sla, title: SLA, kind: SLA, agreement_owner: ana, start_date: 2026-01-01, end_date: 2026-12-31, notice_months: 3, review_months: 6}
objectives:
  - {id: fast, title: Fast, objective_owner: ana, baseline: 1, target: 9, baseline_date: 2026-04-15, kpi_frequency: Monthly, due: 2026-12-31}
commitments: [{id: word, title: Word, person: ana}]
raci:
  - {process: incident, role: lead, letter: A, task: Decides}
  - {process: change, role: lead, letter: A}
  - {process: incident, role: hands, letter: R}
  - {process: change, role: hands, letter: I}
  - {process: change, service: till, role: hands, letter: R}
improvements:
  - {id: act, title: Act, improvement_owner: ana, due: 2026-05-20, status: In Progress}
  - {id: done, title: Done, improvement_owner: ana, due: 2026-05-20, status: Closed}
measurements: [{objective: fast, day: 2026-05-15, value: 3}]
evidence: [{commitment: word, day: 2026-05-01, kind: Decision}]
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_file.loads(TEXT, "test")


def changed(plan: Plan, collection: str, id: str, **values) -> Plan:
    records = tuple(
        dataclasses.replace(one, **values) if one.id == id else one for one in getattr(plan, collection)
    )
    return dataclasses.replace(plan, **{collection: records})


def acknowledged(plan: Plan, **values) -> Plan:
    fact = Acknowledgement(**{"person": "ana", "day": TODAY, **values})
    return dataclasses.replace(plan, acknowledgements=(*plan.acknowledgements, fact))


def test_a_part_is_what_somebody_is_named_for_and_his_letters_told_short(plan):
    part = part_of(plan, "ana", TODAY)
    assert [(one.what, one.record.id) for one in part.charges] == [
        (For.ROLE, "lead"),
        (For.PROCESS_OWNER, "incident"),
        (For.SERVICE, "mail"),
        (For.AGREEMENT, "sla"),
        (For.OBJECTIVE, "fast"),
        (For.COMMITMENT, "word"),
    ]
    (duty,) = part.duties  # two processes, three services: one line
    assert (duty.letter, duty.processes, duty.everywhere, duty.cells) == (
        "A",
        ("incident", "change"),
        True,
        6,
    )
    assert duty.tasks == (("incident", "Decides"),)


def test_members_and_leads_of_a_team_have_its_roles_and_what_it_runs_and_are_told_through_what(plan):
    for person in ("bo", "cy"):
        part = part_of(plan, person, TODAY)
        assert part.roles == ("hands",)
        assert part.of(For.TEAM_SERVICE, For.TEAM_COMPONENT) == ("net", "disk")
        assert {one.through.id for one in part.charges if one.what is For.ROLE} == {"ops"}
        assert [(duty.letter, duty.processes, duty.services) for duty in part.duties] == [
            ("R", ("incident",), ("mail", "net", "till")),
            ("R", ("change",), ("till",)),
        ]
        assert [(duty.processes, duty.services) for duty in part.informed] == [(("change",), ("mail", "net"))]


def test_a_role_that_has_ended_or_not_begun_is_no_part(plan):
    assert part_of(plan, "ana", date(2026, 1, 31)).roles == ()
    assert part_of(plan, "ana", date(2026, 1, 31)).duties == ()


def test_nobody_has_a_part_in_a_plan_that_does_not_know_him(plan):
    assert part_of(plan, "nobody", TODAY).charges == ()


@pytest.mark.parametrize(
    ("collection", "id", "values"),
    [
        ("objectives", "fast", {"target": 10.0}),
        ("agreements", "sla", {"notice_months": 6}),
        ("services", "mail", {"service_owner": "bo"}),
        ("raci", "incident / * / * / lead", {"letter": "AR"}),
        ("raci", "incident / * / * / lead", {"task": "Decides alone"}),
        ("commitments", "word", {"statement": "I come."}),
    ],
)
def test_the_hash_changes_with_ones_own_part(plan, collection, id, values):
    assert (
        part_of(changed(plan, collection, id, **values), "ana", TODAY).hash
        != part_of(plan, "ana", TODAY).hash
    )


@pytest.mark.parametrize(
    ("collection", "id", "values"),
    [
        ("services", "till", {"service_owner": "bo"}),
        ("people", "bo", {"unit": "Elsewhere"}),
        ("people", "ana", {"title": "Ana Maria"}),
        ("objectives", "fast", {"title": "Faster"}),
        ("improvements", "act", {"due": date(2027, 1, 1)}),
        ("raci", "change / * / * / hands", {"letter": "C"}),
    ],
)
def test_the_hash_does_not_change_with_the_rest_of_the_plan(plan, collection, id, values):
    assert (
        part_of(changed(plan, collection, id, **values), "ana", TODAY).hash
        == part_of(plan, "ana", TODAY).hash
    )


def test_another_version_of_the_plan_asks_nobody_again_and_another_value_asks_its_owner(plan):
    values = (ValueStatement(statement="Fewer calls", person="eva"),)
    signed = dataclasses.replace(plan, lineage="p", value_statements=values)
    before = part_of(signed, "eva", TODAY).hash
    next_version = dataclasses.replace(signed, id="p-v3", version=3)
    assert {one.what for one in part_of(signed, "eva", TODAY).charges} >= {For.SPONSOR, For.VALUE}
    assert part_of(next_version, "eva", TODAY).hash == before
    sooner = dataclasses.replace(values[0], due=date(2026, 9, 1))
    promised = dataclasses.replace(next_version, value_statements=(sooner,))
    assert part_of(promised, "eva", TODAY).hash != before
    assert part_of(promised, "ana", TODAY).hash == part_of(signed, "ana", TODAY).hash


def test_to_be_informed_of_more_asks_nobody_again(plan):
    before = part_of(plan, "cy", TODAY).hash
    without = dataclasses.replace(plan, raci=tuple(one for one in plan.raci if one.letter != "I"))
    assert part_of(without, "cy", TODAY).hash == before


def test_a_service_more_is_more_of_ones_part_where_one_has_a_letter_for_all(plan):
    more = dataclasses.replace(plan, services=(*plan.services, Service(id="new", title="New")))
    assert part_of(more, "ana", TODAY).hash != part_of(plan, "ana", TODAY).hash


@settings(max_examples=40)
@given(data=st.data())
def test_the_hash_does_not_depend_on_the_order_of_records(plan, data):
    mixed = {name: tuple(data.draw(st.permutations(getattr(plan, name)))) for name in COLLECTIONS}
    other = dataclasses.replace(plan, **mixed)
    for person in ("ana", "bo", "cy"):
        assert part_of(other, person, TODAY).hash == part_of(plan, person, TODAY).hash


def test_what_is_due_comes_by_its_day_and_what_is_done_does_not(plan):
    assert [(due.what, due.record.id, due.day) for due in dues(plan, "ana", TODAY)] == [
        (Todo.IMPROVE, "act", date(2026, 5, 20)),
        (Todo.MEASURE, "fast", date(2026, 6, 15)),
        (Todo.REVIEW_AGREEMENT, "sla", date(2026, 7, 1)),
        (Todo.SHOW, "word", date(2026, 7, 30)),
        (Todo.RENEW, "sla", date(2026, 9, 30)),
    ]
    assert [(due.what, due.day) for due in dues(plan, "pia", TODAY)] == [(Todo.REVIEW_PLAN, date(2026, 7, 1))]


def test_a_commitment_without_evidence_is_late_at_once(plan):
    bare = dataclasses.replace(plan, evidence=())
    (due,) = [due for due in dues(bare, "ana", TODAY) if due.what is Todo.SHOW]
    assert due.day is None
    assert due.is_late(TODAY)


def test_reviews_that_were_not_held_are_due_for_who_leads_and_who_takes_part(plan):
    text = (
        TEXT
        + """
reviews:
  - {kind: Plan Review, scheduled: 2026-06-10, chair: bo, attendance: [{person: cy}]}
  - {kind: Plan Review, scheduled: 2026-03-10, held_on: 2026-03-10, chair: bo}
"""
    )
    reviewed = plan_file.loads(text, "test")
    assert [(due.what, due.day) for due in dues(reviewed, "bo", TODAY)] == [(Todo.CHAIR, date(2026, 6, 10))]
    assert [(due.what, due.day) for due in dues(reviewed, "cy", TODAY)] == [(Todo.ATTEND, date(2026, 6, 10))]


def test_one_knows_whom_to_turn_to_and_what_one_depends_on(plan):
    part = part_of(plan, "ana", TODAY)
    assert [(way.what.name, way.whom, way.service and way.service.id) for way in ways(plan, part)] == [
        ("SUPERVISOR", "Eva", None),
        ("PLAN_OWNER", "Pia", None),
        ("SPONSOR", "Eva", None),
        ("HIERARCHICAL", "The director", "mail"),
    ]
    assert [(one.service.id, str(one.why)) for one in affecting(plan, part)] == [
        ("net", "Mail needs it."),
        ("till", "The desk uses it."),
    ]


def test_changes_since_the_version_before_are_those_of_ones_own_records(plan):
    before = changed(plan, "objectives", "fast", target=5.0)
    before = dataclasses.replace(changed(before, "services", "till", title="Cash"), version=1)
    made = seal.make(
        before,
        signer="eva",
        signed_at=datetime(2026, 3, 1, tzinfo=timezone.utc),
        meaning="I stand behind it.",
        channel="test",
    )
    now = dataclasses.replace(plan, seals=(made,))
    assert {(one.id, one.field) for one in changes(now, part_of(now, "ana", TODAY))} == {("fast", "target")}
    assert asked_since(now, "ana", TODAY) == date(2026, 3, 1)


def test_a_confirmation_holds_until_ones_own_part_changes(plan):
    known = acknowledged(plan, shown=part_of(plan, "ana", TODAY).hash)
    assert confirmed(known, "ana", TODAY).state is State.CONFIRMED
    assert confirmed(changed(known, "services", "till", title="Cash"), "ana", TODAY).given
    assert confirmed(changed(known, "objectives", "fast", target=10.0), "ana", TODAY).state is State.CHANGED


def test_what_somebody_else_entered_counts_as_entered_for_until_the_person_confirms(plan):
    entered = acknowledged(plan, entered_by="pia@example.org")
    assert confirmed(entered, "ana", TODAY).state is State.ENTERED_FOR
    own = acknowledged(entered, shown=part_of(plan, "ana", TODAY).hash)
    assert confirmed(own, "ana", TODAY).state is State.CONFIRMED


def test_all_roles_one_by_one_are_the_part_as_well_and_no_confirmation_is_none(plan):
    assert confirmed(acknowledged(plan, role="lead"), "ana", TODAY).state is State.CONFIRMED
    assert confirmed(plan, "ana", TODAY).state is State.NEVER
    assert confirmed(acknowledged(plan, day=date(2026, 6, 2)), "ana", TODAY).state is State.AHEAD


def test_the_share_by_unit_counts_whom_the_plan_asks_and_names_who_is_waited_for(plan):
    known = acknowledged(plan, entered_by="pia@example.org")
    known = changed(known, "people", "cy", enabled=False)  # is not asked
    found = {unit.unit: unit for unit in shares(known, TODAY)}
    assert set(found) == {"", "Desk"}
    desk = found["Desk"]
    assert (desk.asked, desk.confirmed, desk.entered_for, desk.percent) == (2, 1, 1, 50)
    assert [(one.person, one.confirmation.state) for one in desk.waiting] == [("bo", State.NEVER)]
    assert {one.person for one in found[""].waiting} == {"eva", "pia"}


def test_a_unit_is_one_however_it_is_written(plan):
    other_case = changed(plan, "people", "bo", unit=" desk ")
    assert [(one.unit, one.asked) for one in shares(other_case, TODAY) if one.unit] == [("Desk", 2)]


def test_a_rejected_waiver_is_nothing_to_renew(plan):
    waivers = tuple(
        Waiver(id=state, requester="cy", status=state, expires=date(2026, 9, 1))
        for state in ("Approved", "Rejected")
    )
    found = dues(dataclasses.replace(plan, waivers=waivers), "cy", TODAY)
    assert [one.record.id for one in found if one.what is Todo.RENEW_WAIVER] == ["Approved"]


def test_a_seal_that_does_not_hold_tells_no_changes(plan):
    before = dataclasses.replace(changed(plan, "objectives", "fast", target=5.0), version=1)
    signed_at = datetime(2026, 3, 1, tzinfo=timezone.utc)
    made = seal.make(before, signer="eva", signed_at=signed_at, meaning="Yes.", channel="test")
    for broken in (
        dataclasses.replace(made, content="{}"),
        dataclasses.replace(made, version=2, content="{}"),
    ):
        now = dataclasses.replace(plan, seals=(broken,))
        assert changes(now, part_of(now, "ana", TODAY)) == ()


@pytest.mark.parametrize(
    ("said", "is_due"),
    [((), True), ((("Refused", -1),), True), ((("Refused", 0),), False), ((("Accepted", -1),), False)],
)
def test_who_accepts_a_phase_is_told_of_its_checkpoint(said, is_due):
    phase = Phase(id="pilot", title="Pilot", accepted_by="eva", checkpoint=TODAY)
    facts = tuple(
        PhaseAcceptance(phase="pilot", day=TODAY + timedelta(days=days), result=result)
        for result, days in said
    )
    plan = Plan(id="p", people=(Person(id="eva", title="Eva"),), phases=(phase,), acceptances=facts)

    assert [(due.what, due.day) for due in dues(plan, "eva", TODAY)] == [(Todo.ACCEPT, TODAY)] * is_due
