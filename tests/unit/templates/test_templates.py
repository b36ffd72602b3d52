"""Templates by context: each is a plan that lacks only what people of the organisation can say, and doubles nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.chain import Feasibility, chains
from sm_planner.engine.checks import check
from sm_planner.engine.checks.finding import Severity
from sm_planner.engine.checks.raci import RULES as RACI_RULES
from sm_planner.engine.model import Plan, RaciEntry
from sm_planner.engine.model.parties import Person, Role
from sm_planner.engine.model.vocabulary import CONTEXT_TYPES, DEPTHS
from sm_planner.engine.templates import starting, taking
from sm_planner.engine.templates.library import TAKEN, shipped
from sm_planner.engine.templates.looking import mark_after, marks_after, unseen, unseen_fields
from sm_planner.engine.templates.words import in_words, texts

TODAY = date(2026, 11, 30)
FIRST, GROWN, _COMPLETE = DEPTHS
ALL = [(name, situation, depth) for name in shipped() for situation in CONTEXT_TYPES for depth in DEPTHS]
PEOPLE = (
    Person(
        id="ada", title="Ada", user="ada@example.org", level="Middle Management", authority="All of the desk"
    ),
    Person(id="berit", title="Berit", user="b@example.org", level="Top Management", authority="All of it"),
)
SAID_BY_PEOPLE = {"PLN-02", "PLN-03", "PLN-04", "PLN-17", "AGR-01", "CHN-01"}
"""Rules that only people can satisfy: scope, why, value, what they have looked at, and agreements that both sides sign."""


def begun(situation: str = "Improve", depth: str = FIRST) -> Plan:
    start = starting.Start(
        "Plan of the House",
        "House",
        situation,
        depth,
        "ada",
        "berit",
        "",
        date(2027, 1, 1),
        date(2027, 12, 31),
    )
    assert not list(starting.refusals(start))
    return replace(starting.begun(start, "house"), people=PEOPLE, zone="Europe/Berlin")


def taken(name: str, situation: str = "Improve", depth: str = FIRST, **more: object) -> taking.Taken:
    template = shipped()[name]
    return taking.take(begun(situation, depth), template.content(situation, depth), template.title, **more)


def test_there_is_one_for_each_context_the_smallest_first():
    assert list(shipped())[0] == "library"
    assert set(shipped()) == {
        "library",
        "it-service-desk",
        "facilities",
        "hospital-department",
        "shared-service-centre",
    }


@pytest.mark.parametrize(("name", "situation"), [(n, s) for n, s, depth in ALL if depth == FIRST])
def test_a_first_plan_lacks_only_what_people_can_say(name, situation):
    found = {finding.code for finding in check(taken(name, situation).plan, TODAY).findings}
    assert found == SAID_BY_PEOPLE


@pytest.mark.parametrize("name", shipped())
def test_what_a_template_promises_can_be_kept_once_it_is_signed(name):
    plan = signed(taken(name).plan)
    found = {finding.code for finding in check(plan, TODAY).findings}
    assert found == {"PLN-02", "PLN-03", "PLN-04", "PLN-17"}


@pytest.mark.parametrize(("name", "situation", "depth"), ALL)
def test_of_all_that_a_template_promises_the_chain_says_that_it_can_be_kept(name, situation, depth):
    plan = signed(taken(name, situation, depth).plan)
    verdicts = [one.verdict for one in chains(plan, TODAY)]
    assert len(verdicts) >= 10
    assert set(verdicts) == {Feasibility.FEASIBLE}


def signed(plan: Plan) -> Plan:
    """The plan with its agreements signed by both sides."""
    day = date(2026, 11, 1)
    both = [
        replace(one, status="", signed_by_provider=day, signed_by_customer=day) for one in plan.agreements
    ]
    return replace(plan, agreements=tuple(both))


@pytest.mark.parametrize(("name", "situation", "depth"), ALL)
def test_the_raci_has_one_a_and_an_r_in_each_process(name, situation, depth):
    plan = taken(name, situation, depth).plan
    letters = {process.id: Counter() for process in plan.processes}
    for entry in plan.raci:
        letters[entry.process].update(entry.letter)
    assert all(count["A"] == 1 and count["R"] >= 1 for count in letters.values())
    errors = [
        finding.code
        for finding in check(replace(plan, depth=depth), TODAY, RACI_RULES).failed
        if finding.severity.rank <= Severity.ERROR.rank
    ]
    assert set(errors) <= {"RAC-20"}  # which waits for the holders to confirm


@pytest.mark.parametrize(("name", "situation", "depth"), ALL)
def test_who_owns_a_process_answers_for_it_and_who_manages_it_has_work_to_do(name, situation, depth):
    plan = taken(name, situation, depth).plan
    letters = {(entry.process, entry.role): entry.letter for entry in plan.raci}
    for process in plan.processes:
        assert "A" in letters[process.id, process.owner_role], process.title
        assert letters[process.id, process.manager_role] in ("A", "AR", "R"), process.title


@pytest.mark.parametrize("situation", CONTEXT_TYPES)
def test_a_situation_brings_what_it_asks_for(situation):
    plan = taken("facilities", situation, GROWN).plan
    improvements = {one.id for one in plan.improvements}
    wanted = {
        "From Scratch": "one-place-to-ask",
        "Improve": "find-out-where-we-stand",
        "Transform": "train-those-whose-work-changes",
    }
    assert wanted.pop(situation) in improvements
    assert improvements.isdisjoint(wanted.values())
    kinds = {one.kind for one in plan.communications}
    assert ("Training Session" in kinds) == (situation == "Transform")


def test_what_is_taken_bears_the_title_of_the_template_and_stands_in_the_period():
    plan = taken("it-service-desk").plan
    records = [record for name in TAKEN for record in getattr(plan, name)]
    assert {record.taken_from for record in records} == {"IT Service Desk"}
    assert {one.due for one in plan.objectives} == {date(2027, 12, 31)}
    assert {(one.start_date, one.end_date) for one in plan.agreements} == {
        (date(2027, 1, 1), date(2027, 12, 31))
    }
    assert plan.review_rhythm[0].first_date == date(2027, 6, 30)
    assert {one.timezone for one in plan.calendars} == {"Europe/Berlin"}
    assert plan_file.loads(plan_file.dumps(plan)) == replace(plan, zone="UTC")


def test_days_move_with_the_period_and_never_beyond_its_end():
    plan = replace(begun(), period_start=date(2027, 4, 15), period_end=date(2027, 9, 30))
    assert taking.moved(date(2000, 1, 1), plan) == date(2027, 4, 15)
    assert taking.moved(date(2000, 2, 10), plan) == date(2027, 5, 24)
    assert taking.moved(date(2000, 12, 31), plan) == date(2027, 9, 30)
    assert taking.moved(date(2000, 1, 31), begun()) == date(2027, 1, 31)
    assert taking.moved(date(2000, 2, 29), begun()) == date(2027, 2, 28)
    assert taking.moved(date(2000, 2, 29), replace(begun(), period_start=None)) is None


def test_owner_and_sponsor_stand_in_until_others_are_named_or_nobody_does():
    plan = taken("library").plan
    assert {one.service_owner for one in plan.services} == {"ada"}
    alone = taken("library", stand_in=False).plan
    assert {one.service_owner for one in alone.services} == {""}
    assert {one.holders for one in alone.roles} == {()}


def test_taken_twice_nothing_comes_again():
    once = taken("hospital-department", depth=GROWN)
    again = taking.take(
        once.plan, shipped()["hospital-department"].content("Improve", GROWN), "Hospital Department"
    )
    assert (again.added, again.plan) == ({}, once.plan)
    assert sum(map(len, again.used.values())) > 30
    assert all(
        piece.there
        for piece in taking.pieces(shipped()["hospital-department"].content("Improve", GROWN), once.plan)
    )


def test_what_is_there_by_its_title_is_used_and_stays_unmarked_and_unchanged():
    own = Role(id="boss", title=" head of the  LIBRARY", kind="Governance")
    done = taking.take(
        replace(begun(), roles=(own,)), shipped()["library"].content("Improve", FIRST), "Library"
    )
    assert done.used == {"roles": (own,)}
    assert own in done.plan.roles
    assert {one.owner_role for one in done.plan.processes} == {"boss"}
    assert [one.letter for one in done.plan.raci if one.role == "boss"] == ["A", "A", "AR"]


def test_a_process_that_has_letters_keeps_them():
    first = taken("library").plan
    mine = (RaciEntry(process=first.processes[0].id, role=first.roles[0].id, letter="AR"),)
    content = shipped()["library"].content("Improve", FIRST)
    done = taking.take(replace(first, raci=mine), content, "Library")
    assert [one for one in done.plan.raci if one.process == first.processes[0].id] == list(mine)
    assert len(done.added["raci"]) == 6


def test_what_a_piece_cannot_do_without_comes_along_and_other_links_are_left_out():
    done = taken("library", chosen=[("raci", "change")])
    assert {name: len(records) for name, records in done.added.items()} == {
        "roles": 3,
        "processes": 1,
        "raci": 3,
    }
    done = taken("library", chosen=[("processes", "change"), ("objectives", "satisfaction")])
    assert done.plan.processes[0].owner_role == ""
    assert done.plan.objectives[0].services == ()
    assert done.plan.review_rhythm


def test_pieces_are_told_with_how_many_letters_and_what_they_need():
    offered = {one.key: one for one in taking.pieces(shipped()["library"].content("Improve", FIRST), begun())}
    letters = offered["raci", "incident"]
    assert (letters.title, letters.letters, letters.there) == (
        "Incident and Service Request Management",
        3,
        False,
    )
    assert set(letters.needs) == {
        ("processes", "incident"),
        *(("roles", one) for one in ("service-owner", "agent", "specialist")),
    }
    assert offered["agreements", "ola-desk"].needs
    assert offered["services", "lending"].needs == ()


def test_a_template_is_told_in_another_language():
    template = shipped()["library"]
    said = in_words(template.content("Improve", FIRST), str.upper)
    assert said.roles[0].title == "HEAD OF THE LIBRARY"
    assert said.roles[0].id == "service-owner"
    assert said.agreements[0].targets[0].method == "QUESTION TO FIRST ANSWER"
    assert said.calendars[0].windows == template.content("Improve", FIRST).calendars[0].windows
    assert {"Head of the Library", "Question to first answer", template.about} <= set(texts(template))


def test_the_mark_goes_with_any_change_that_a_person_makes():
    old = Role(id="agent", title="Agent", taken_from="Library")
    assert mark_after(old, old) == "Library"
    assert mark_after(old, replace(old, title="Clerk")) == ""
    assert mark_after(old, replace(old, taken_from="")) == ""


def test_nobody_but_a_template_sets_a_mark():
    marked = Role(id="agent", title="Agent", taken_from="Library")
    assert mark_after(None, marked) == ""
    assert mark_after(replace(marked, taken_from=""), marked) == ""
    assert mark_after(marked, replace(marked, taken_from="IT Service Desk")) == "Library"


def test_what_nobody_has_looked_at_is_told_by_template_and_kind():
    plan = taken("library").plan
    found = unseen(plan)
    assert {about for about, _kind in found} == {"Library"}
    assert len(found["Library", "raci"]) == 9
    told = [one for one in check(plan, TODAY).findings if one.code == "PLN-17"]
    assert {(one.field, one.count) for one in told} == {
        *((kind, len(records)) for (_t, kind), records in found.items()),
        ("provider_type", 1),
        ("review_rhythm", 1),
    }


def test_fields_of_the_plan_bear_the_mark_where_the_template_filled_them():
    assert taken("library").plan.taken_fields == ("provider_type", "review_rhythm")
    own = replace(begun(), provider_type="External")
    template = shipped()["library"]
    plan = taking.take(own, template.content("Improve", FIRST), template.title).plan
    assert (plan.provider_type, plan.taken_fields, plan.templates) == (
        "External",
        ("review_rhythm",),
        ("library",),
    )
    again = taking.take(
        replace(plan, taken_fields=()), shipped()["facilities"].content("Improve", FIRST), "Facilities"
    )
    assert (again.plan.taken_fields, again.plan.templates) == ((), ("library", "facilities"))


def test_a_field_of_the_plan_loses_its_mark_with_its_change_alone():
    plan = taken("library").plan
    assert marks_after(plan, replace(plan, vision="More readers")).taken_fields == plan.taken_fields
    assert marks_after(plan, replace(plan, provider_type="Both")).taken_fields == ("review_rhythm",)
    seldom = (replace(plan.review_rhythm[0], months=12),)
    assert marks_after(plan, replace(plan, review_rhythm=seldom)).taken_fields == ("provider_type",)
    assert unseen_fields(marks_after(plan, replace(plan, taken_fields=()))) == ()


def test_nobody_but_a_template_notes_fields_or_says_which_templates_there_are():
    plan = replace(begun(), provider_type="Internal")
    said = replace(plan, taken_fields=("provider_type",), templates=("library",))
    assert marks_after(None, said) == plan
    assert marks_after(plan, said) == plan
    assert marks_after(said, replace(said, templates=())) == said


def test_the_usual_period_is_a_year_from_the_next_month_on():
    assert starting.usual_period(TODAY) == (date(2026, 12, 1), date(2027, 11, 30))
    assert starting.usual_period(date(2027, 1, 31)) == (date(2027, 2, 1), date(2028, 1, 31))


def test_a_start_without_title_period_or_with_unknown_words_is_refused_in_words():
    start = starting.Start("", "", "Often", "Deep", "", "", "", None, None)
    assert [str(one) for one in starting.refusals(start)] == [
        "Give the plan a title.",
        "Choose the situation: From Scratch, Improve, Transform.",
        "Choose the depth: First Plan, Grown, Complete.",
        "Say when the plan begins, and when it ends.",
    ]
    late = replace(start, period_start=date(2027, 2, 1), period_end=date(2027, 1, 1))
    assert "The period ends on 2027-01-01, which is not after its start on 2027-02-01." in map(
        str, starting.refusals(late)
    )


def test_templates_bring_every_kind_that_bears_the_mark():
    contents = [template.content("", "") for template in shipped().values()]
    brought = {name for name in TAKEN for content in contents if getattr(content, name)}
    assert set(TAKEN) == brought
    assert len(TAKEN) == 12


@pytest.mark.parametrize(("name", "situation", "depth"), ALL)
def test_from_grown_on_services_stand_on_components_that_somebody_runs_and_watches(name, situation, depth):
    plan = taken(name, situation, depth).plan
    assert bool(plan.components) == (depth != FIRST)
    if depth == FIRST:
        return
    assert 2 <= len(plan.components) <= 4
    assert all(one.services and one.team for one in plan.components)
    assert all(one.monitoring_owner and one.alert_route and one.alarm_threshold for one in plan.components)
    assert {service for one in plan.components for service in one.services} == set(plan.index["services"])


@pytest.mark.parametrize(("name", "depth"), [(n, d) for n, s, d in ALL if s == "Improve" and d != FIRST])
def test_components_bring_no_finding_but_that_they_are_to_be_looked_at(name, depth):
    plan = signed(taken(name, depth=depth).plan)
    without = found_of(replace(plan, components=()))
    more = found_of(plan) - without
    assert more == Counter({("PLN-17", "components", ""): 1})
    assert {code for code, _field, _record in without - found_of(plan)} >= {"SVC-06"}


def found_of(plan: Plan) -> Counter:
    return Counter(
        (one.code, one.field, one.record.id if one.code != "PLN-17" else "")
        for one in check(plan, TODAY).findings
    )
