"""The roadmap of a plan: what is taken for the duration, what sets each date, the load of the teams, proposals."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sm_planner.engine.improvements.order import rings
from sm_planner.engine.model import (
    Calendar,
    CalendarHoliday,
    CalendarWindow,
    Component,
    Improvement,
    Plan,
    ProgressReport,
    Service,
    Stakeholder,
    Team,
)
from sm_planner.engine.model.parties import TeamMember
from sm_planner.engine.model.roadmap import BusyTime, Phase, PhaseAcceptance
from sm_planner.engine.rhythm import checkpoints
from sm_planner.engine.rhythm.quarters import Quarter, quarters
from sm_planner.engine.roadmap.load import loads
from sm_planner.engine.roadmap.moves import Move, applied, proposals, refuse_move
from sm_planner.engine.roadmap.schedule import Reason, roadmap
from sm_planner.engine.roadmap.themes import GOAL, LEVELLED, OBJECTIVE, PHASE, themes
from sm_planner.reports import roadmap as roadmap_report

MONDAY = date(2027, 3, 1)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def action(id: str, *predecessors: str, **fields) -> Improvement:
    return Improvement(**{"id": id, "title": id.upper(), "predecessors": predecessors, **fields})


def team(id: str = "desk", people: float = 1, **fields) -> Team:
    return Team(id=id, title=id.title(), people_for_improvements=people, **fields)


def plan_of(*improvements: Improvement, **collections) -> Plan:
    return Plan(id="p", improvements=improvements, **{"teams": (team(),), **collections})


def step(plan: Plan, id: str = "a"):
    return roadmap(plan, MONDAY).step(id)


@pytest.mark.parametrize(
    ("fields", "duration", "share"),
    [
        ({"start_date": day(0), "due": day(11), "effort_days": 5}, 10, 0.5),
        ({"start_date": day(0), "due": day(1), "effort_days": 5, "work_team": "desk"}, 5, 1),
        ({"effort_days": 5, "work_team": "two"}, 3, 5 / 3),
        ({"effort_days": 5}, 5, 1),
        ({"start_date": day(0), "due": day(11)}, 10, 0),
        ({"start_date": day(-30), "due": day(4), "effort_days": 2}, 5, 0.4),
        ({"start_date": day(5), "due": day(6), "effort_days": 2}, 1, 2),
    ],
    ids=[
        "from start to due",
        "longer than planned, as the team has one person",
        "by effort and people",
        "by one person where no team is known",
        "without an effort there is no load",
        "started late: what is left until it is due",
        "a weekend is no time",
    ],
)
def test_how_long_an_improvement_takes(fields, duration, share):
    plan = plan_of(action("a", **fields), teams=(team(), team("two", 2)))

    assert (step(plan).duration, step(plan).share) == (duration, pytest.approx(share))


def begun(*reported: tuple[int, float]) -> Plan:
    one = action("a", status="In Progress", start_date=day(-14), due=day(4), effort_days=15, work_team="desk")
    reports = [
        ProgressReport(improvement="a", day=day(at), note="n", effort_days=spent) for at, spent in reported
    ]
    return plan_of(one, progress_reports=tuple(reports))


@pytest.mark.parametrize(
    ("reported", "work", "duration"), [((), 5, 5), (((-10, 4), (-3, 8)), 3, 5), (((-10, 4),), 11, 11)]
)
def test_of_what_was_begun_that_is_left_which_nobody_has_reported(reported, work, duration):
    found = step(begun(*reported))

    assert (found.work, found.duration) == (pytest.approx(work), duration)
    assert found.start == day(-14)


def test_the_working_days_are_those_of_the_calendar_of_the_team():
    monday = CalendarWindow(weekday="Monday", opens="09:00", closes="17:00")
    half = CalendarHoliday(day=day(14), opens="12:00", closes="17:00")
    calendar = Calendar(id="c", windows=(monday,), holidays=(CalendarHoliday(day=day(7)), half))
    plan = plan_of(
        action("a", effort_days=3, work_team="desk"), teams=(team(calendar="c"),), calendars=(calendar,)
    )

    assert (step(plan).start, step(plan).end) == (day(0), day(21))


def busy(**about: str) -> BusyTime:
    return BusyTime(
        **{"id": "fair", "title": "Fair", "kind": "Peak", "from_date": day(0), "to_date": day(6), **about}
    )


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"team": "desk"},
        {"service": "mail"},
        {"component": "server"},
        {"unit": " shops"},
        {"kind": "Blackout"},
    ],
)
def test_nobody_works_in_a_peak(about):
    plan = plan_of(
        action("a", effort_days=1, work_team="desk", service="mail"),
        busy_times=(busy(**about),),
        stakeholders=(Stakeholder(id="shops", unit="Shops"),),
        services=(Service(id="mail", customers=("shops",)),),
        components=(Component(id="server", services=("mail",)),),
    )

    assert step(plan).start == day(7)
    assert step(plan).reason == Reason("peak", "fair")


@pytest.mark.parametrize(
    "about",
    [{"team": "other"}, {"service": "phone"}, {"unit": "Wards"}, {"kind": "Lull"}, {"to_date": day(-1)}],
)
def test_the_peak_of_another_or_a_lull_holds_nobody_up(about):
    plan = plan_of(
        action("a", effort_days=1, work_team="desk", service="mail"),
        busy_times=(busy(**about),),
        teams=(team(), team("other")),
        services=(Service(id="mail"), Service(id="phone")),
    )

    assert step(plan).start == day(0)


def test_each_date_says_what_sets_it():
    plan = plan_of(
        action("a", effort_days=5, work_team="desk", benefit="High", urgency="High", effort="Low"),
        action("b", "a", effort_days=2),
        action("c", effort_days=2, work_team="desk"),
        action("d", effort_days=2, not_before=day(9)),
        action("e", pinned=True, start_date=day(2), due=day(3), effort_days=1),
        action("f", status="In Progress", start_date=day(-7), due=day(1), effort_days=4),
        action("g", start_date=day(1), due=day(2), effort_days=6, work_team="other"),
        teams=(team(), team("other")),
    )

    reasons = {one.improvement.id: one.reason for one in roadmap(plan, MONDAY).steps}

    assert reasons == {
        "a": Reason("at once"),
        "b": Reason("predecessor", "a"),
        "c": Reason("team full", "desk"),
        "d": Reason("not before"),
        "e": Reason("pinned"),
        "f": Reason("under way"),
        "g": Reason("more work"),
    }
    assert step(plan, "g").days_late == 5


def test_what_has_no_dates_says_why():
    plan = plan_of(
        action("a", "b", effort_days=1),
        action("b", "a", effort_days=1),
        action("c", "a", effort_days=1),
        action("d"),
        action("e", "d", effort_days=1),
        action("f", effort_days=1, work_team="desk"),
        teams=(team(people=0),),
    )

    found = {one.improvement.id: (one.reason.kind, one.reason.record) for one in roadmap(plan, MONDAY).steps}

    assert found == {
        "a": ("ring", ""),
        "b": ("ring", ""),
        "c": ("after unknown", "a"),
        "d": ("no duration", ""),
        "e": ("after unknown", "d"),
        "f": ("never", ""),
    }
    assert roadmap(plan, MONDAY).end is None


def test_a_ring_is_told_once_by_its_shortest_way():
    plan = plan_of(
        action("a", "b", "c"), action("b", "c"), action("c", "a"), action("d", "d"), action("e", "a")
    )

    assert [[one.id for one in ring] for ring in rings(plan)] == [["a", "c"], ["d"]]


def test_what_has_no_slack_is_the_critical_path():
    plan = plan_of(
        action("a", effort_days=5), action("b", "a", effort_days=5), action("c", effort_days=3), teams=()
    )

    found = roadmap(plan, MONDAY)

    assert [one.improvement.id for one in found.critical_path] == ["a", "b"]
    assert step(plan, "c").slack == 7
    assert (found.end, found.least_end, found.gap) == (day(11), day(11), 0)


def test_the_gap_says_how_far_the_dates_can_be_from_the_best():
    """The more urgent one comes first, and all that follows the other waits."""
    plan = plan_of(
        action("a", effort_days=5, work_team="desk", benefit="High", urgency="High", effort="Low"),
        action("b", effort_days=5, work_team="desk"),
        action("c", "b", effort_days=5, work_team="other"),
        teams=(team(), team("other")),
    )

    found = roadmap(plan, MONDAY)

    assert (found.end, found.least_end, found.gap) == (day(18), day(11), 7)


def test_what_an_urgent_one_waits_for_is_as_urgent():
    plan = plan_of(
        action("a", effort_days=5, work_team="desk"),
        action("b", effort_days=5, work_team="desk", benefit="High", urgency="Low", effort="Low"),
        action("c", "a", effort_days=1, benefit="High", urgency="High", effort="Low"),
    )

    assert step(plan, "a").start == day(0)
    assert step(plan, "b").start == day(7)


def test_suggestions_and_what_is_over_take_nobody():
    plan = plan_of(
        action("a", effort_days=5, work_team="desk"),
        action("b", kind="Suggestion", effort_days=5, work_team="desk"),
        action("c", status="Rejected", effort_days=5),
        action("d", status="Closed", effort_days=5),
    )

    assert [one.improvement.id for one in roadmap(plan, MONDAY).steps] == ["a"]


def test_the_team_is_that_of_the_owner_where_there_is_one_alone():
    teams = (
        Team(id="one", title="One", lead="ada"),
        Team(id="two", title="Two", members=(TeamMember(person="bo"), TeamMember(person="cy"))),
        Team(id="three", title="Three", members=(TeamMember(person="cy"),)),
    )
    owned = [action(person, effort_days=1, improvement_owner=person) for person in ("ada", "bo", "cy")]

    found = roadmap(plan_of(*owned, teams=teams), MONDAY).steps

    assert [one.team and one.team.id for one in found] == ["one", "two", None]


def test_the_load_of_a_quarter_is_what_is_left_against_what_the_team_has():
    plan = plan_of(
        action("a", effort_days=20, work_team="desk", start_date=date(2027, 3, 22), due=date(2027, 4, 9)),
        action("b", effort_days=3, work_team="desk", start_date=day(-30), due=day(-3)),
        action("c", effort_days=3, start_date=day(1), due=day(2)),
        teams=(team(people=2),),
    )

    first, second = loads(plan, MONDAY)

    assert (first.quarter, first.has, first.is_overloaded) == (Quarter(2027, 1), 46, False)
    assert first.planned == pytest.approx(20 * 8 / 15 + 3)
    assert second.planned == pytest.approx(20 * 7 / 15)
    assert first.planned + second.planned == pytest.approx(first.levelled + second.levelled)


def test_quarters_follow_each_other():
    assert [str(one) for one in quarters(date(2027, 12, 31), date(2028, 4, 1))] == [
        "Q4 2027",
        "Q1 2028",
        "Q2 2028",
    ]
    assert Quarter(2027, 4).last == date(2027, 12, 31)


def test_new_dates_are_proposed_where_others_are_possible_and_approved_ones_are_assessed_again():
    plan = plan_of(
        action("a", status="Approved", effort_days=5, work_team="desk", start_date=day(7), due=day(11)),
        action("b", effort_days=5, start_date=day(0), due=day(4)),
        action("c", pinned=True, effort_days=1, start_date=day(8), due=day(8)),
        action("d", status="Verify", effort_days=1, start_date=day(8), due=day(8)),
    )

    (move,) = proposals(plan, MONDAY)

    assert (move.improvement.id, move.start_date, move.due) == ("a", day(0), day(4))
    assert move.assessed_again
    assert applied(plan, [move]).get("improvements", "a").due == day(4)
    assert applied(plan, [move]).get("improvements", "b") == plan.get("improvements", "b")


@pytest.mark.parametrize(
    ("fields", "seen", "says"),
    [
        ({}, (day(7), day(11)), ""),
        ({}, (day(7), day(12)), "have changed since you looked"),
        ({"status": "Closed"}, (day(7), day(11)), "is over"),
        ({"pinned": True}, (day(7), day(11)), "is pinned"),
    ],
)
def test_what_is_refused_of_new_dates(fields, seen, says):
    move = Move(action("a", start_date=day(7), due=day(11), **fields), day(0), day(4))

    assert says in str(refuse_move(move, seen, MONDAY) or "")
    assert bool(says) == bool(refuse_move(move, seen, MONDAY))


def test_dates_in_the_wrong_order_are_refused():
    move = Move(action("a", start_date=day(7), due=day(11)), day(4), day(0))

    assert "not before it" in str(refuse_move(move, (day(7), day(11)), MONDAY))


def test_an_improvement_lies_in_each_quarter_in_which_it_is_worked_on(example):
    found = themes(example, date(2027, 2, 1))

    rows = {row.title: row.cells for row in found.themes}
    cost = rows[example.get("objectives", "contact-cost").title]
    in_quarters = {
        str(quarter): [one.improvement.id for one in cell]
        for quarter, cell in zip(found.quarters, cost, strict=True)
    }
    assert in_quarters["Q2 2027"] == ["leave-dictation"]
    assert in_quarters["Q1 2028"] == ["self-service-requests"]
    assert all(len(cells) == len(found.quarters) for cells in rows.values())


@pytest.mark.parametrize("by", [OBJECTIVE, GOAL, PHASE])
def test_every_open_improvement_has_one_theme(example, by):
    found = themes(example, date(2027, 2, 1), by, LEVELLED)

    shown = [{one.improvement.id for cell in row.cells for one in cell} for row in found.themes]
    undated = {one.improvement.id for one in found.undated}
    assert sum(map(len, shown)) + len(undated) == len(roadmap(example, date(2027, 2, 1)).steps)
    assert set().union(*shown, undated) == {
        one.improvement.id for one in roadmap(example, date(2027, 2, 1)).steps
    }


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((), "Not Accepted Yet"),
        (((-5, "Refused"),), "Not Accepted Yet"),
        (((-3, "Refused"),), "Refused"),
        (((-2, "Refused"),), "Refused"),
        (((-5, "Refused"), (-2, "Accepted")), "Accepted"),
        (((3, "Accepted"),), "Not Accepted Yet"),
    ],
)
def test_the_last_that_was_said_of_a_phase_counts(said, state):
    phase = Phase(id="pilot", title="Pilot", checkpoint=day(-3))
    facts = tuple(PhaseAcceptance(phase="pilot", day=day(at), result=result) for at, result in said)

    assert checkpoints.state(plan_of(phases=(phase,), acceptances=facts), phase, MONDAY) == state


def test_a_checkpoint_that_lies_ahead_is_no_fault():
    phase = Phase(id="pilot", title="Pilot", checkpoint=day(0))

    assert checkpoints.state(plan_of(phases=(phase,)), phase, MONDAY) == "Ahead"


def test_the_same_plan_gives_the_same_dates_in_whatever_order_it_tells_them(example):
    shuffled = list(example.improvements)
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, no secret

    told = {one.improvement.id: (one.start, one.end) for one in roadmap(example, MONDAY).steps}
    again = roadmap(replace(example, improvements=tuple(shuffled)), MONDAY)

    assert {one.improvement.id: (one.start, one.end) for one in again.steps} == told


def test_days_at_the_end_of_time_break_nothing():
    plan = plan_of(
        action("a", effort_days=5, work_team="desk", start_date=day(0), due=date.max),
        action("b", effort_days=5, work_team="other"),
        action("c", pinned=True, effort_days=5, work_team="other", start_date=day(0), due=date.max),
        action("d", "a", effort_days=5),
        teams=(team(), team("other")),
        busy_times=(busy(team="other", to_date=date.max),),
    )

    assert step(plan, "b").reason == Reason("never")
    assert step(plan, "d").start is None
    assert loads(plan, MONDAY)
    assert themes(plan, MONDAY).quarters[-1] == Quarter(9999, 4)


def test_the_message_says_days_to_gain_only_where_there_are_some():
    alone = plan_of(action("a", effort_days=5, work_team="desk"))
    told = str(roadmap_report.message(roadmap(alone, MONDAY)))
    assert "no order could end sooner. What sets the end: “A”." in told
