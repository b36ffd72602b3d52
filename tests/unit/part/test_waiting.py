"""What in a plan waits for whom."""

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Improvement, Person, Plan, Waiver
from sm_planner.engine.model.assessments import GapDecision
from sm_planner.engine.model.money import BudgetLine
from sm_planner.engine.model.reporting import ReportIssue, ReportSpec
from sm_planner.engine.model.reviews import Review
from sm_planner.engine.model.roadmap import Phase
from sm_planner.engine.part.waiting import waiting

TODAY = date(2026, 6, 1)
READY = {"improvement_owner": "ana", "due": date(2026, 12, 31), "effort_days": 20}
PEOPLE = (Person(id="ana", title="Ana"), Person(id="bo", title="Bo"), Person(id="pia", title="Pia"))


def told(**fields) -> list[tuple[str, tuple[str, ...]]]:
    plan = Plan(id="p", plan_owner="pia", executive_sponsor="bo", people=PEOPLE, **fields)
    confirmations = "have not confirmed their parts."
    return [(str(one.text), one.whom) for one in waiting(plan, TODAY) if confirmations not in str(one.text)]


def test_decisions_wait_for_whoever_may_take_them():
    assessed = Improvement(id="a", title="A", status="Assess", **READY)
    done = replace(assessed, id="b", title="B", status="Verify", benefit_actual=1.0, verdict="Reached")
    large = replace(assessed, id="c", title="C", effort_days=100.0)

    assert told(improvements=(assessed, done, large, replace(assessed, id="d", status="New"))) == [
        ("“A” waits for approval.", ("bo", "pia")),
        ("“B” waits to be closed.", ("bo", "pia")),
        ("“C” waits for approval.", ("bo",)),
    ]


def test_what_says_too_little_to_be_decided_waits_for_nobody():
    assert told(improvements=(Improvement(id="a", status="Assess"),)) == []


def test_suggestions_wait_for_an_answer_of_the_plan_owner():
    idea = Improvement(id="a", title="A bell", kind="Suggestion")
    assert told(improvements=(idea, replace(idea, id="b", answer="No."))) == [
        ("The suggestion “A bell” waits for an answer.", ("pia",))
    ]


def test_a_waiver_waits_for_who_signs_and_not_for_who_asked():
    asked = Waiver(id="w", title="For now", status="Requested", expires=date(2027, 1, 1), requester="bo")
    assert told(
        waivers=(asked, replace(asked, id="v", requester="ana"), replace(asked, id="u", expires=None))
    ) == [
        ("The waiver “For now” waits for a decision.", ()),
        ("The waiver “For now” waits for a decision.", ("bo",)),
    ]


def test_a_gap_to_live_with_waits_for_a_decision_once_it_says_why_and_until_when():
    asked = GapDecision(id="g", title="Log", reason="Later.", expires=date(2027, 1, 1), requester="bo")
    others = (replace(asked, id="h", reason=" "), replace(asked, id="i", status="Approved"))
    assert told(gap_decisions=(asked, *others)) == [
        ("“Log” asks to live with a gap, and waits for a decision.", ("pia",))
    ]


def test_a_funding_request_waits_for_the_sponsor():
    line = BudgetLine(id="l", kind="One-off", amount=1, start_date=TODAY)
    assert told(budget_lines=(line,)) == []
    assert told(budget_lines=(line,), currency="EUR") == [
        ("The funding request waits for a decision.", ("bo",))
    ]


def test_a_checkpoint_that_has_passed_waits_for_who_accepts():
    phase = Phase(id="pilot", title="Pilot", accepted_by="ana", checkpoint=date(2026, 5, 31))
    assert told(phases=(phase, replace(phase, id="later", checkpoint=TODAY))) == [
        ("Nobody has said whether the phase “Pilot” is accepted.", ("ana",))
    ]


def test_what_is_late_waits_for_who_does_it():
    late = Improvement(id="a", title="A", status="In Progress", **{**READY, "due": date(2026, 5, 31)})
    review = Review(kind="Plan Review", scheduled=date(2026, 5, 1), chair="bo")
    held = replace(review, scheduled=date(2026, 4, 1), held_on=date(2026, 4, 1))
    assert [
        whom
        for _text, whom in told(improvements=(late, replace(late, id="b", due=TODAY)), reviews=(held, review))
    ] == [
        ("ana",),
        ("bo",),
    ]


def test_a_report_whose_issue_is_late_waits_for_its_owner():
    page = ReportSpec(id="r", title="The page", frequency="Monthly", first_date=date(2026, 4, 10))
    owned = replace(page, report_owner="ana")
    late = [
        ("The report “The page” was to be issued.", ("ana",)),
    ]
    assert told(report_specs=(owned,)) == late
    may = ReportIssue(report_spec="r", period_end=date(2026, 4, 30), day=date(2026, 5, 10))
    assert told(report_specs=(owned,), report_issues=(may,)) == []
    april = replace(may, period_end=date(2026, 3, 31), day=date(2026, 4, 10))
    assert told(report_specs=(owned,), report_issues=(april,)) == late
    assert told(report_specs=(replace(owned, first_date=TODAY),)) == []  # the day itself is not over
    assert [whom for _text, whom in told(report_specs=(page,))] == [()]


def test_those_who_have_not_confirmed_are_counted_and_named():
    plan = Plan(id="p", plan_owner="pia", executive_sponsor="bo", people=PEOPLE)
    (one,) = waiting(plan, TODAY)
    assert (str(one.text), sorted(one.whom)) == ("2 people have not confirmed their parts.", ["bo", "pia"])
    (one,) = waiting(replace(plan, plan_owner=""), TODAY)
    assert (str(one.text), one.whom) == ("1 person has not confirmed the own part.", ("bo",))
