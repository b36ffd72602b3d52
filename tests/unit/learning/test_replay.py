"""The replay of a transition: what the plan says of its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.learning import holding, outcomes
from sm_planner.engine.learning.replay import needed_processes, replay
from sm_planner.engine.learning.transitions import called, last_transition, replays
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.learning import SanityAnswer, SanityCheck
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.model.services import (
    Calendar,
    CalendarChange,
    CalendarHoliday,
    CalendarOpening,
    CalendarWindow,
)
from sm_planner.engine.model.vocabulary import (
    AGREEMENT_HELD,
    AS_PLANNED,
    FIRST_CONTACT,
    FIT_OF_DAY,
    LETTERS_HELD,
    OTHERWISE,
    SANITY_QUESTIONS,
    WHO_WAS_TOLD,
)

TODAY = date(2027, 6, 1)
TUESDAY = date(2027, 2, 2)
CHECK = SanityCheck(service="lending", day=TUESDAY, lead="paula")


def says(plan: Plan, question: str, check: SanityCheck = CHECK) -> list[str]:
    return [str(text) for text in replay(plan, check)[question]]


def changed(plan: Plan, collection: str, **changes) -> Plan:
    """The plan in which all records of a collection are changed alike."""
    assert collection in COLLECTIONS
    return replace(plan, **{collection: tuple(replace(one, **changes) for one in getattr(plan, collection))})


def test_each_question_is_answered(minimal):
    told = replay(minimal, CHECK)
    assert tuple(told) == SANITY_QUESTIONS
    assert all(told.values())


def test_first_contact_with_its_channels_and_where_none_is_named(minimal):
    assert says(minimal, FIRST_CONTACT) == ["Lending Desk: Computer Room, by Phone."]
    assert says(changed(minimal, "services", channels=()), FIRST_CONTACT) == [
        "Lending Desk: Computer Room, by no channel that the plan names."
    ]
    assert says(changed(minimal, "services", support_tiers=()), FIRST_CONTACT) == [
        "Lending Desk: the plan names no first contact."
    ]


def test_the_agreements_that_held_on_the_day(minimal):
    assert says(minimal, AGREEMENT_HELD) == ["Lending Desk: “Lending for readers” with Readers held."]
    before = replace(CHECK, day=date(2026, 12, 31))
    assert says(minimal, AGREEMENT_HELD, before) == [
        "Lending Desk: no agreement with customers held on that day."
    ]
    late = changed(minimal, "agreements", signed_by_customer=date(2027, 2, 3))
    assert "not signed by both sides on that day" in says(late, AGREEMENT_HELD)[0]


def test_an_agreement_with_another_customer_does_not_count_for_a_customer(minimal):
    other = replace(minimal.stakeholders[0], id="schools", title="Schools")
    (service,) = minimal.services
    plan = replace(
        minimal,
        stakeholders=(*minimal.stakeholders, other),
        services=(replace(service, customers=("readers", "schools")),),
    )
    check = replace(CHECK, service="", customer="schools")
    assert says(plan, AGREEMENT_HELD, check) == [
        "Lending Desk: no agreement with customers held on that day."
    ]
    assert says(plan, WHO_WAS_TOLD, check)[0].startswith("Schools: by Paula Ritter")


def test_who_has_the_letters_of_the_processes_that_carry_a_transition(minimal):
    assert [one.flow for one in needed_processes(minimal)] == ["Incident", "Change", "Release"]
    assert says(minimal, LETTERS_HELD)[1] == "Changes / Lending Desk: A Service Owner; R Technician."


def test_missing_letters_are_named_and_roles_that_nobody_held_on_the_day(minimal):
    without = tuple(one for one in minimal.raci if (one.process, one.letter) != ("change", "R"))
    told = says(replace(minimal, raci=without), LETTERS_HELD, replace(CHECK, day=date(2026, 9, 30)))
    assert "Changes / Lending Desk: nobody is responsible (R) for Lending System." in told
    assert "Nobody held the role Service Owner on that day." in told
    assert says(replace(minimal, processes=()), LETTERS_HELD) == [
        "The plan has no process that could have carried it."
    ]


def test_a_process_that_does_not_apply_says_so(minimal):
    entry = minimal.raci[0]
    no_change = replace(entry, process="change", role="", letter="N/A", task="We change nothing.")
    assert "Changes / Lending Desk: does not apply." in says(
        replace(minimal, raci=(*minimal.raci, no_change)), LETTERS_HELD
    )


def test_all_processes_are_asked_where_no_flow_is_said(minimal):
    assert len(needed_processes(changed(minimal, "processes", flow=""))) == len(minimal.processes)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (TUESDAY, "Opening Hours: Tuesday, open 10:00-18:00."),
        (date(2027, 2, 1), "Opening Hours: Monday, no service hours."),
        (date(2027, 3, 26), "Opening Hours: Good Friday, closed all day."),
        (date(2026, 12, 31), "Lending Desk: no service hours were promised for that day."),
    ],
)
def test_whether_the_day_was_one_on_which_it_could_be_supported(minimal, day, told):
    assert says(minimal, FIT_OF_DAY, replace(CHECK, day=day)) == [told]


def test_a_make_up_day_and_the_hours_of_another_calendar(minimal):
    saturday = replace(CHECK, day=date(2027, 2, 6))
    opening = CalendarOpening(day=saturday.day, opens="10:00", closes="14:00")
    closed = (CalendarHoliday(day=saturday.day, title="Closed"),)
    opened = changed(minimal, "calendars", openings=(opening,), holidays=closed)
    assert says(opened, FIT_OF_DAY, saturday) == ["Opening Hours: Saturday, open 10:00-14:00."]

    windows = (CalendarWindow(weekday="Tuesday", opens="12:00", closes="15:00"),)
    short = Calendar(id="short", title="Short", windows=windows)
    changes = (
        CalendarChange(first_day=date(2027, 1, 1), calendar="late"),
        CalendarChange(first_day=TUESDAY, last_day=TUESDAY, calendar="short"),
    )
    other = changed(minimal, "calendars", changes=changes)
    other = replace(other, calendars=(*other.calendars, short))
    assert says(other, FIT_OF_DAY) == [
        "Opening Hours: on that day the hours of Short counted.",
        "Short: Tuesday, open 12:00-15:00.",
    ]


def test_a_holiday_of_some_hours_and_a_calendar_that_does_not_hold(minimal):
    part = (CalendarHoliday(day=TUESDAY, title="Staff meeting", opens="12:00", closes="14:00"),)
    assert says(changed(minimal, "calendars", holidays=part), FIT_OF_DAY) == [
        "Opening Hours: Staff meeting, closed from 12:00 to 14:00.",
        "Opening Hours: Tuesday, open 10:00-18:00.",
    ]
    later = changed(minimal, "calendars", valid_from=date(2027, 3, 1))
    assert says(later, FIT_OF_DAY) == ["Opening Hours: not valid on that day."]


def test_a_day_on_which_the_service_was_not_to_be_changed_is_told(minimal):
    term = BusyTime(
        id="term",
        title="Start of term",
        kind="Blackout",
        from_date=TUESDAY,
        to_date=TUESDAY,
        service=CHECK.service,
    )
    everybody = replace(term, id="fair", title="Book fair", kind="Peak", service="")
    others = (
        replace(term, id="team", service="", team="desk"),
        replace(term, id="lull", kind="Lull"),
        replace(term, id="over", from_date=date(2026, 1, 1), to_date=date(2026, 1, 2)),
        replace(term, id="other", service="other"),
    )
    busy = (term, everybody, *others)

    assert says(replace(minimal, busy_times=busy), FIT_OF_DAY)[1:] == [
        f"Lending Desk: not to be changed from {TUESDAY} to {TUESDAY}, by “Start of term” (Blackout).",
        f"Lending Desk: not to be changed from {TUESDAY} to {TUESDAY}, by “Book fair” (Peak).",
    ]


def test_who_is_told_by_whom_and_by_the_raci(minimal):
    assert says(minimal, WHO_WAS_TOLD) == [
        "Readers: by Paula Ritter, Notice at the desk.",
        "By the RACI: Lead of the Desk.",
    ]
    nobody = replace(changed(minimal, "services", customers=()), raci=())
    assert says(nobody, WHO_WAS_TOLD) == ["Lending Desk: the plan names nobody who is told."]


def test_a_customer_of_no_service_is_answered_too(minimal):
    check = replace(CHECK, service="", customer="library-staff")
    assert {text for question in SANITY_QUESTIONS for text in says(minimal, question, check)} == {
        "The plan has no service that this is about."
    }


# Holding


def all_answered(outcome: str = AS_PLANNED) -> SanityCheck:
    return replace(
        CHECK,
        answers=tuple(
            SanityAnswer(question=one, happened="So.", outcome=outcome) for one in SANITY_QUESTIONS
        ),
    )


def test_a_check_is_held_once_and_when_all_is_answered():
    assert "Who Is Told" in str(holding.refusal(CHECK))
    assert holding.refusal(all_answered()) is None
    assert "was held on" in str(holding.refusal(replace(all_answered(), held_on=TODAY)))


def test_holding_keeps_what_the_plan_says_and_what_people_entered(minimal):
    held = holding.hold(replace(all_answered(), answers=all_answered().answers[::-1]), minimal, TODAY)
    assert held.held_on == TODAY
    assert [row.question for row in held.answers] == list(SANITY_QUESTIONS[::-1])
    assert {row.happened for row in held.answers} == {"So."}
    assert held.answers[-1].plan_says == "Lending Desk: Computer Room, by Phone."


def test_rows_that_are_missing_are_added(minimal):
    told = holding.answered(CHECK, minimal)
    assert [row.question for row in told.answers] == list(SANITY_QUESTIONS)
    assert holding.answered(told, minimal) == told
    assert holding.answered(replace(CHECK, day=None), minimal).answers == ()


# What comes of it


def test_only_a_difference_of_a_held_check_becomes_a_lesson_and_once(minimal):
    held = replace(all_answered(OTHERWISE), held_on=TODAY)
    assert outcomes.lesson_refusal(held, 1) is None
    assert "not held yet" in str(outcomes.lesson_refusal(all_answered(OTHERWISE), 1))
    assert "no lesson" in str(outcomes.lesson_refusal(replace(all_answered(), held_on=TODAY), 1))
    assert "has no answer 9" in str(outcomes.lesson_refusal(held, 9))
    done = outcomes.became(held, 1, "tell")
    assert "became tell" in str(outcomes.lesson_refusal(done, 1))
    assert [row.became for row in done.answers] == ["tell", "", "", "", ""]
    lesson = outcomes.lesson(held, 2, "Sign first.\nThen begin.", str(called(minimal, held)), TODAY)
    assert (lesson.title, lesson.source, lesson.source_record, lesson.lesson_owner) == (
        "Sign first.",
        "Sanity check of Lending Desk, 2027-02-02",
        held.id,
        "paula",
    )


def test_the_last_transition_of_the_plan_of_a_service_and_of_a_customer(minimal):
    (service,) = minimal.services
    old = replace(service, id="old", title="Old", accepted_on=date(2027, 1, 5), customers=())
    plan = replace(minimal, services=(replace(service, accepted_on=TUESDAY), old))
    readers = plan.get("stakeholders", "readers")
    assert last_transition(minimal, TODAY) is None
    assert last_transition(plan, TODAY).service.id == "lending"
    assert last_transition(plan, date(2027, 2, 1)).service.id == "old"
    assert last_transition(plan, TODAY, old).day == date(2027, 1, 5)
    assert last_transition(plan, TODAY, readers).service.id == "lending"
    held = replace(plan, sanity_checks=(replace(CHECK, held_on=TODAY),))
    assert replays(held, last_transition(plan, TODAY))
    assert not replays(replace(plan, sanity_checks=(CHECK,)), last_transition(plan, TODAY))


def test_what_the_samples_say_was_held_is_what_the_replay_says(minimal, example):
    """But for what of it was moved on since, which is why it is kept."""
    for plan in (minimal, example):
        (check,) = plan.sanity_checks
        for row in check.answers:
            assert row.plan_says.split("\n") == says(plan, row.question, check)
