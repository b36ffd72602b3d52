"""The guide through a plan: its steps in order, what each needs, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.checks import check
from sm_planner.engine.checks.mending import Place
from sm_planner.engine.checks.pieces import PIECES, depth_of
from sm_planner.engine.checks.readiness import State, readiness
from sm_planner.engine.examples import example_path
from sm_planner.engine.guide import LATER, Guide, Way, by_step, guide
from sm_planner.engine.guide.depth import change_of_depth, rules_by_depth
from sm_planner.engine.guide.steps import OF_PLACE, SEND, STEPS
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.vocabulary import DEPTHS

TODAY = date(2026, 11, 29)
FIRST, GROWN, COMPLETE = DEPTHS
AGREEMENTS = sorted((Path(__file__).parents[1] / "data/agreements").glob("*.yaml"))


def guided(plan: Plan) -> Guide:
    result = check(plan, TODAY)
    return guide(plan, result, readiness(plan, result))


def states(found: Guide) -> dict[str, str]:
    return {one.step.key: one.state for one in found.steps}


def step(found: Guide, key: str):
    return next(one for one in found.steps if one.step.key == key)


@pytest.fixture(scope="module")
def first() -> Plan:
    return plan_file.load(example_path("first"))


# The steps


def test_each_piece_is_put_together_in_one_step():
    names = [name for one in STEPS for name in one.pieces]
    assert sorted(names) == sorted(piece.name for piece in PIECES)


def test_the_order_is_the_natural_one():
    assert [one.key for one in STEPS] == [
        *("people", "mandate", "stakeholders", "teams", "hours", "services", "promises"),
        *("duties", "raci", "aims", "actions", "rhythm", "questions", "send"),
    ]


def test_what_a_step_holds_is_a_collection_or_a_field_and_stands_in_one_step():
    held = [place for one in STEPS for place in one.holds]
    assert len(held) == len(set(held))
    assert all(place in COLLECTIONS or place in specs(Plan) for place in held)
    assert all(OF_PLACE[need.collection].key == one.key for one in STEPS for need in one.needs)


def test_a_step_says_in_a_sentence_each_what_it_is_and_why():
    for one in STEPS:
        for text in (one.what, one.why):
            assert text.endswith(".") and text.count(". ") == 0
            assert len(text) <= 100, text


# From empty to complete


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_plan_from_empty_to_complete_passes_the_steps_in_order(minimal, depth):
    """Each step is filled in when it comes next: none before it opens again, and none is left out that the depth asks."""
    whole = replace(minimal, depth=depth)
    plan, passed = Plan(id=whole.id, title=whole.title, lineage=whole.lineage, version=1, depth=depth), []
    while any(one.lacking for one in guided(plan).steps):
        passed.append(guided(plan).current)
        assert len(passed) <= len(STEPS), passed
        plan = filled(plan, whole, passed[-1])
    assert passed == [one.step.key for one in guided(whole).asked]
    assert guided(whole).current == SEND


def filled(plan: Plan, whole: Plan, key: str) -> Plan:
    """The plan with what is written in a step taken from the whole one: with the mandate what no step holds of the plan."""
    names = {name for name, one in OF_PLACE.items() if one.key == key and name in specs(Plan) | COLLECTIONS}
    if key == "mandate":
        names |= specs(Plan).keys() - OF_PLACE.keys() - COLLECTIONS.keys() - {"id", "depth"}
    return replace(plan, **{name: getattr(whole, name) for name in names})


def test_an_empty_first_plan_begins_with_its_people():
    found = guided(Plan(id="p", title="P", depth=FIRST))
    assert found.current == "people"
    assert (found.done, len(found.asked)) == (0, 11)
    people = step(found, "people")
    assert (people.state, people.lacking) == (State.MISSING.value, 1)
    assert (people.next.way, people.next.place) == (Way.ADD, Place("people"))


def test_what_comes_after_the_next_thing_is_told_with_its_place():
    mandate = step(guided(Plan(id="p", title="P", depth=FIRST)), "mandate")
    places = [one.place.field for one in (mandate.next, *mandate.then)]
    assert places[:5] == ["executive_sponsor", "provider_type", "plan_owner", "period_start", "period_end"]
    assert len(places) == len(set(places)) == 9


@pytest.mark.parametrize(("depth", "later"), [(FIRST, {"actions", "questions"}), (GROWN, set()), ("", set())])
def test_what_the_depth_does_not_ask_comes_later(depth, later):
    found = guided(Plan(id="p", title="P", depth=depth))
    assert {key for key, state in states(found).items() if state == LATER} == later
    assert all(step(found, key).next is None and not step(found, key).lacking for key in later)


def test_what_nothing_needs_is_no_step_to_take(first):
    """A plan that is whole without teams is not asked for any."""
    found = guided(replace(first, teams=()))
    assert states(found)["teams"] == State.MISSING.value, "the service has no first contact now"
    nobody = replace(
        first, stakeholders=(), services=tuple(replace(one, customers=()) for one in first.services)
    )
    assert states(guided(nobody))["stakeholders"] == LATER
    promised_nothing = guided(replace(nobody, agreements=()))
    assert states(promised_nothing)["stakeholders"] == State.MISSING.value, (
        "a promise needs whom it is made to"
    )


# What comes next


def test_a_finding_is_settled_where_it_is_mended_and_not_where_its_rule_stands(first):
    """That a service has no objective is a rule about services, and is settled with the aims."""
    plan = replace(first, depth=GROWN)
    found = by_step(plan, check(plan, TODAY).findings)
    assert "SVC-05" in {one.code for one in found["aims"]}
    assert "SVC-05" not in {one.code for one in found["services"]}


def test_every_finding_but_those_with_nothing_to_check_stands_in_one_step(example):
    for plan in (example, Plan(id=example.id, title=example.title)):
        findings = check(plan, TODAY).findings
        found = [one for listed in by_step(plan, findings).values() for one in listed]
        told = [
            one for one in findings if one.verdict.value == "failed" or one.severity.value != "Information"
        ]
        assert sorted(map(id, found)) == sorted(map(id, told))


def test_a_blocker_comes_before_an_error_and_an_error_before_the_end(first):
    no_owner = replace(first.services[0], service_owner="")
    assert guided(replace(first, services=(no_owner,))).current == "services"
    both = replace(first, services=(no_owner,), objectives=())
    assert guided(both).current == "aims"


def test_a_missing_piece_of_records_that_are_there_is_filled_in_there(first):
    promise_nothing = tuple(replace(one, targets=()) for one in first.agreements)
    found = step(guided(replace(first, agreements=promise_nothing)), "promises")
    assert (found.next.way, found.next.place) == (Way.ADD, Place("agreements", "sla-tickets", "targets"))
    assert found.next.about == "Tickets for passengers"


def test_the_raci_leads_to_its_sheet_and_the_questions_to_theirs(first):
    assert step(guided(replace(first, raci=())), "raci").next.way is Way.SHEET
    found = step(guided(replace(first, depth=GROWN)), "questions")
    assert found.next.way is Way.QUESTIONS


def test_what_is_missing_about_a_record_is_added_with_a_link_to_it(first):
    """MOD-01: the first contact of a service has no agreement that says how soon it responds."""
    sla, _ola = first.agreements
    services = tuple(replace(one, teams=()) for one in first.services)
    found = step(guided(replace(first, agreements=(replace(sla, scope=()),), services=services)), "promises")
    assert found.next.way is Way.ADD
    assert (found.next.place.collection, found.next.place.about.id) == ("agreements", "tickets")


def test_a_service_whose_agreement_is_a_draft_leads_to_that_draft(first):
    sla, ola = first.agreements
    found = step(guided(replace(first, agreements=(replace(sla, status="Draft"), ola))), "promises")
    assert (found.next.way, found.next.place) == (Way.OPEN, Place("agreements", sla.id, "status"))
    assert (found.next.about, str(found.next.text)) == (
        sla.title,
        f"Set “{sla.title}” to In Force once the customer has agreed.",
    )
    others = [one.place for one in found.then]
    assert Place("agreements", sla.id, "status") not in others


def test_what_is_there_is_told_by_count_and_first_titles(example):
    (services, components, *_rest) = step(guided(example), "services").held
    assert (services.count, services.titles) == (12, tuple(one.title for one in example.services[:3]))
    assert components.count == 20
    assert step(guided(example), "raci").held[0].titles == (), "a letter has no title"
    sponsor, *_others = step(guided(example), "mandate").held
    assert sponsor.titles == ("Orla Kinsella",)


def test_only_a_draft_has_a_next_step(first):
    assert guided(first).current == SEND
    assert step(guided(first), SEND).next.way is Way.SEND
    sent = guided(replace(first, state="In Review"))
    assert sent.current == ""
    assert step(sent, SEND).state == State.READY.value


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_agreements_that_people_wrote_lack_nothing_but_what_their_findings_say(path):
    plan = plan_file.load(path)
    found = guided(plan)
    assert found.done == len(found.asked)
    errors = [one for one in check(plan, TODAY).failed if one.severity.value == "Error"]
    assert (found.current == SEND) == (not errors)


# Another depth


def test_what_grown_asks_in_addition_and_what_a_first_plan_leaves_out(first):
    more = change_of_depth(first, GROWN, TODAY)
    assert not more.lowers
    assert [one.key for one in more.steps] == ["actions", "questions"]
    assert "Components" in {piece.name for piece in more.pieces}
    less = change_of_depth(replace(first, depth=GROWN), FIRST, TODAY)
    assert less.lowers
    assert (less.rules, less.result, less.steps) == (more.rules, more.result, more.steps)


def test_a_plan_that_names_no_depth_is_lowered_by_any(first):
    asked_all = replace(first, depth="")
    assert change_of_depth(asked_all, GROWN, TODAY).lowers
    assert not change_of_depth(replace(first, depth=GROWN), "", TODAY).lowers
    assert change_of_depth(asked_all, COMPLETE, TODAY).rules == ()


def test_the_rules_are_counted_for_each_depth(first):
    counts = rules_by_depth(first)
    assert list(counts) == list(DEPTHS)
    assert counts[FIRST] < counts[GROWN] < counts[COMPLETE]


def test_a_step_begins_with_its_first_piece():
    for one in STEPS:
        asked = [depth_of(piece) for piece in PIECES if piece.name in one.pieces]
        assert one.needs or not asked or one.depth == min(asked, key=DEPTHS.index)
