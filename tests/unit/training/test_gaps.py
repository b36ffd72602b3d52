"""What people can on a day, what they lack, and what closes it in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.model import Person, Plan, Role, Team
from sm_planner.engine.model.parties import RoleHolder, RoleSkill, TeamMember
from sm_planner.engine.model.training import (
    Skill,
    SkillRating,
    TaughtSkill,
    Training,
    TrainingAttendance,
    TrainingAudience,
)
from sm_planner.engine.model.vocabulary import SKILL_LEVELS
from sm_planner.engine.part.dues import Todo, dues
from sm_planner.engine.training.audience import meant, shares
from sm_planner.engine.training.gaps import State, gaps, needs
from sm_planner.engine.training.personal import shown_to
from sm_planner.engine.training.skills import level_had, rank
from sm_planner.reports import skill_gaps, training_plan

TODAY = date(2026, 6, 1)
DAYS = st.integers(-60, 60).map(lambda days: TODAY + timedelta(days))
LEVELS = st.sampled_from(SKILL_LEVELS)

RATED = SkillRating(person="ana", skill="phone", level="Practised", day=date(2026, 1, 1), source="Test")
CALLS = Training(
    id="calls",
    title="Calls",
    start_date=date(2026, 6, 10),
    end_date=date(2026, 6, 12),
    skills=(TaughtSkill(skill="phone", level="Advanced"),),
    audience=(TrainingAudience(role="desk"),),
)
PLAN = Plan(
    id="p",
    period_start=date(2026, 1, 1),
    people=(
        Person(id="ana", title="Ana", unit="Ward", level="Staff", reports_to="cy"),
        Person(id="bo", title="Bo", unit="ward ", level="First Line"),
        Person(id="cy", title="Cy"),
    ),
    skills=(Skill(id="phone", title="Telephone", kind="Technical"),),
    teams=(Team(id="night", title="Night", lead="bo", members=(TeamMember(person="cy"),)),),
    roles=(
        Role(
            id="desk",
            title="Desk",
            skills=(RoleSkill(skill="phone", level="Advanced"),),
            holders=(RoleHolder(person="ana", from_date=date(2026, 7, 1)),),
        ),
    ),
    trainings=(CALLS,),
)


def been(day: date, result: str = "Attended", person: str = "ana") -> TrainingAttendance:
    return TrainingAttendance(training="calls", person=person, day=day, result=result)


@given(st.lists(st.tuples(DAYS, LEVELS), max_size=6), st.lists(DAYS, max_size=4), DAYS)
def test_what_was_learned_never_takes_from_what_was_said_last(ratings, days, on):
    facts = tuple(replace(RATED, day=day, level=level) for day, level in dict(ratings).items())
    plan = replace(PLAN, skill_ratings=facts, attendances=tuple(map(been, set(days))))
    said = [fact.level for fact in sorted(facts, key=lambda fact: fact.day) if fact.day <= on]
    had = level_had(plan, "ana", "phone", on)
    assert rank(had) >= rank(said[-1] if said else "")
    later = {
        day for day in days if day <= on and day >= max((f.day for f in facts if f.day <= on), default=day)
    }
    assert (rank(had) >= rank("Advanced")) == bool(
        later or rank(said[-1] if said else "") >= rank("Advanced")
    )


@given(DAYS, DAYS)
def test_a_gap_is_closed_in_time_exactly_if_the_training_ends_by_the_start(ends, starts):
    training = replace(CALLS, start_date=None, end_date=ends)
    role = replace(PLAN.roles[0], holders=(RoleHolder(person="ana", from_date=starts),))
    (need,) = needs(replace(PLAN, trainings=(training,), roles=(role,)), TODAY)
    if ends < TODAY:
        assert (need.state, need.training) == (State.OPEN, None)
    else:
        begin = max(starts, PLAN.period_start)
        assert need.state is (State.IN_TIME if ends <= begin else State.LATE)


def test_a_certificate_that_expired_and_the_own_word_count_for_nothing():
    expired = replace(RATED, level="Expert", valid_until=date(2026, 5, 31))
    own = replace(RATED, level="Expert", day=date(2026, 5, 1), source="Own Word")
    assert level_had(replace(PLAN, skill_ratings=(expired,)), "ana", "phone", TODAY) == ""
    assert level_had(replace(PLAN, skill_ratings=(expired,)), "ana", "phone", date(2026, 5, 31)) == "Expert"
    assert level_had(replace(PLAN, skill_ratings=(RATED, own)), "ana", "phone", TODAY) == "Practised"


@pytest.mark.parametrize(
    ("result", "must_be_passed", "can"),
    [
        ("Attended", False, True),
        ("Attended", True, False),
        ("Passed", True, True),
        ("Not Passed", False, False),
        ("Absent", False, False),
    ],
)
def test_what_came_of_a_training_says_whether_it_was_learned(result, must_be_passed, can):
    training = replace(CALLS, must_be_passed=must_be_passed)
    plan = replace(PLAN, trainings=(training,), attendances=(been(TODAY, result),))
    assert bool(level_had(plan, "ana", "phone", TODAY)) is can
    assert [need.state for need in gaps(plan, TODAY)] == ([] if can else [State.OPEN])


def test_who_has_yet_to_be_there_is_not_there_already():
    plan = replace(PLAN, attendances=(been(date(2026, 6, 12)),))
    (need,) = needs(plan, TODAY)
    assert (need.state, need.training) == (State.IN_TIME, CALLS)
    assert needs(plan, date(2026, 6, 12))[0].state is State.HAD


def test_an_audience_is_who_fits_all_that_a_row_says():
    def people(**row: str) -> set[str]:
        return {*meant(PLAN, replace(CALLS, audience=(TrainingAudience(**row),)), TODAY)}

    assert people() == set()
    assert people(unit="WARD") == {"ana", "bo"}
    assert people(unit="WARD", level="Staff") == {"ana"}
    assert people(team="night") == {"bo", "cy"}
    assert people(role="desk") == {"ana"}
    assert people(role="desk", team="night") == set()
    assert meant(PLAN, replace(CALLS, everyone=True), TODAY) == {"ana", "bo", "cy"}


def test_who_has_gone_needs_nothing_any_more_and_a_team_fills_a_role_with_its_people():
    gone = RoleHolder(person="ana", to_date=date(2026, 5, 31))
    plan = replace(PLAN, roles=(replace(PLAN.roles[0], holders=(gone,), team="night"),))
    assert [need.person.id for need in needs(plan, TODAY)] == ["bo", "cy"]


def test_the_share_trained_is_told_by_unit_and_level():
    plan = replace(PLAN, trainings=(replace(CALLS, everyone=True),), attendances=(been(TODAY),))
    told = [(one.group.unit, one.group.level, one.asked, one.trained) for one in shares(plan, TODAY)]
    assert told == [("", "", 1, 0), ("Ward", "First Line", 1, 0), ("Ward", "Staff", 1, 1)]
    table = training_plan.report(plan, TODAY)
    assert [(row["asked"], row["trained"]) for row in table.rows] == [(3, 1), (1, 0), (1, 0), (1, 1)]
    assert len(training_plan.report(plan, TODAY, show="Trainings").rows) == 1


def test_own_trainings_ahead_are_among_what_somebody_must_do():
    def due(plan: Plan, today: date) -> list[date]:
        return [one.day for one in dues(plan, "ana", today) if one.what is Todo.LEARN]

    assert due(PLAN, TODAY) == [date(2026, 6, 10)]
    assert due(PLAN, date(2026, 6, 11)) == [date(2026, 6, 11)]
    assert due(PLAN, date(2026, 6, 13)) == []
    assert due(replace(PLAN, attendances=(been(TODAY),)), TODAY) == []


def test_of_the_skills_of_others_nothing_is_shown():
    plan = replace(PLAN, skill_ratings=(RATED,), attendances=(been(TODAY), been(TODAY, person="bo")))
    assert shown_to(plan, None) is plan
    shown = shown_to(plan, frozenset({"bo"}))
    assert shown.skill_ratings == ()
    assert [fact.person for fact in shown.attendances] == ["bo"]


def test_the_report_tells_what_nothing_closes_first():
    table = skill_gaps.report(replace(PLAN, trainings=()), TODAY)
    assert [(row["person"], str(row["state"])) for row in table.rows] == [("Ana", "Nothing Closes It")]
    assert "gaps that nothing closes: 1" in str(table.message)
    assert skill_gaps.report(PLAN, TODAY, state=State.HAD.value).rows == []


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ([("2026-01-05", "Attended", "2026-07-01")], [date(2026, 7, 1)]),
        ([("2026-01-05", "Attended", "2026-07-01"), ("2026-05-20", "Absent", "")], [date(2026, 7, 1)]),
        ([("2026-01-05", "Passed", "2026-07-01"), ("2026-05-20", "Not Passed", "")], [date(2026, 7, 1)]),
        (
            [("2026-01-05", "Passed", "2026-07-01"), ("2026-05-20", "Passed", "2027-07-01")],
            [date(2027, 7, 1)],
        ),
        ([("2026-01-05", "Passed", "2026-07-01"), ("2026-05-20", "Passed", "")], []),
        ([("2026-05-20", "Absent", "2026-07-01")], []),
        ([], []),
    ],
)
def test_what_runs_out_is_renewed_by_its_last_day_whatever_was_missed_since(facts, wanted):
    told = tuple(
        replace(
            been(date.fromisoformat(day), result), valid_until=date.fromisoformat(until) if until else None
        )
        for day, result, until in facts
    )
    found = dues(replace(PLAN, attendances=told), "ana", TODAY)
    assert [one.day for one in found if one.what is Todo.RENEW_TRAINING] == wanted
