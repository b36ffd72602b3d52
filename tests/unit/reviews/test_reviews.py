"""The agenda, what is kept when a review is held, and what comes of its decisions."""

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.checks import check
from sm_planner.engine.model import (
    Agreement,
    AgreementTarget,
    Improvement,
    Measurement,
    Objective,
    Person,
    Plan,
    Supplier,
    Team,
    Waiver,
)
from sm_planner.engine.model.money import BudgetActual, BudgetLine
from sm_planner.engine.model.parties import TeamMember
from sm_planner.engine.model.plan import ContextScan, Obligation
from sm_planner.engine.model.reviews import (
    Review,
    ReviewAttendance,
    ReviewDecision,
    ReviewInput,
    ReviewMember,
    Trigger,
)
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.model.vocabulary import REVIEW_KINDS, REVIEW_TOPICS
from sm_planner.engine.reviews import holding, outcomes
from sm_planner.engine.reviews.agenda import TOPICS_OF, agenda

TODAY = date(2026, 6, 1)
HELD = Review(
    kind="Plan Review",
    scheduled=date(2026, 3, 31),
    held_on=date(2026, 4, 2),
    chair="ana",
    inputs=(ReviewInput(topic="Findings and Trends", text="t", figures="Error: 9, Warning: 1"),),
    decisions=(
        ReviewDecision(text="Train the desk", kind="Improve", person="ana", due=date(2026, 5, 1)),
        ReviewDecision(text="Nothing new", kind="No Action"),
    ),
)
NOW = Review(kind="Plan Review", scheduled=date(2026, 6, 30), chair="ana")


def plan(**fields) -> Plan:
    given = {
        "people": (Person(id="ana", title="Ana Reis"), Person(id="bo", title="Bo Lind")),
        "executive_sponsor": "bo",
        "reviews": (HELD, NOW),
    }
    return Plan(id="p", title="Plan", period_start=date(2026, 1, 1), **(given | fields))


def told(found, name: str) -> list[str]:
    return next([str(point.text) for point in topic.points] for topic in found if topic.name == name)


def figures(found, name: str) -> str:
    return next(str(topic.figures or "") for topic in found if topic.name == name)


def test_a_review_of_the_plan_has_all_topics_and_begins_with_what_was_decided_before():
    found = agenda(plan(), NOW, TODAY)
    assert tuple(topic.name for topic in found) == REVIEW_TOPICS
    assert told(found, "Earlier Decisions") == ["Overdue: “Train the desk”, Ana Reis, due 2026-05-01"]
    assert figures(found, "Earlier Decisions") == "1 of 2 decisions are open"


def test_each_kind_of_review_has_topics_of_its_own_and_begins_with_earlier_decisions():
    assert set(TOPICS_OF) == set(REVIEW_KINDS)
    for kind in REVIEW_KINDS:
        found = agenda(plan(), Review(kind=kind, scheduled=TODAY), TODAY)
        assert found[0].name == "Earlier Decisions"


def test_a_review_of_a_supplier_looks_at_the_decisions_of_its_own_series_only():
    supplier = Review(kind="Supplier Review", about="Nordlys", scheduled=TODAY)
    assert told(agenda(plan(), supplier, TODAY), "Earlier Decisions") == []


def test_the_findings_are_counted_by_family_and_compared_with_the_review_before():
    points = told(agenda(plan(), NOW, TODAY), "Findings and Trends")
    assert any(point.startswith("Sponsor and commitment: ") for point in points)
    assert points[-1] == "At the review before: Error: 9, Warning: 1"


def test_objectives_that_fall_behind_are_told_with_how_far_they_are():
    objective = Objective(
        id="o",
        title="Fewer calls",
        baseline=10,
        target=0,
        baseline_date=date(2026, 1, 1),
        due=date(2026, 7, 1),
    )
    measured = Measurement(objective="o", day=date(2026, 5, 31), value=9)
    found = agenda(plan(objectives=(objective,), measurements=(measured,)), NOW, TODAY)
    assert told(found, "Objectives") == ["“Fewer calls”: Behind, 10 % of the way"]
    assert figures(found, "Objectives") == "0 of 1 reached, 0 on track"


def test_what_was_noticed_since_the_review_before_is_feedback_and_what_waits_is_a_change_ahead():
    triggers = (
        Trigger(id="a", title="Too slow", kind="Feedback", noticed_on=date(2026, 4, 2)),
        Trigger(id="b", title="Old complaint", kind="Feedback", noticed_on=date(2026, 4, 1), status="Done"),
        Trigger(id="c", title="New law", kind="Environment", status="Version Due"),
    )
    improvements = (
        Improvement(id="i", title="Card", kind="Suggestion"),
        Improvement(id="j", title="Late one", due=date(2026, 5, 1), status="Approved"),
    )
    found = agenda(plan(triggers=triggers, improvements=improvements), NOW, TODAY)
    assert told(found, "Feedback") == ["Feedback: “Too slow”", "Suggested: “Card”"]
    assert told(found, "Changes Ahead") == ["A new version is due: “New law”", "Feedback: “Too slow”"]
    assert told(found, "Opportunities for Improvement") == [
        "Overdue: “Late one”, due 2026-05-01",
        "Not decided yet: “Card”",
    ]


SLA = Agreement(
    id="sla",
    title="SLA",
    kind="SLA",
    targets=(AgreementTarget(metric="Availability", value=99.5, unit="Percent"),),
)
DOWN = Measurement(agreement="sla", metric="Availability", day=date(2026, 5, 31), value=98)


@pytest.mark.parametrize(
    ("topic", "fields", "expected", "in_figures"),
    [
        (
            "Changes in Context",
            {
                "context_scan": (
                    ContextScan(driver="Technology", finding="Cloud", scanned=date(2026, 4, 2)),
                    ContextScan(driver="Legal", finding="Old news", scanned=date(2026, 4, 1)),
                )
            },
            ["Technology: Cloud"],
            "",
        ),
        (
            "Policies",
            {"obligations": (Obligation(title="GDPR", how="Processor contracts"), Obligation(title="NIS 2"))},
            ["GDPR: Processor contracts", "NIS 2: not said how it is met"],
            "",
        ),
        (
            "Performance of Services",
            {
                "agreements": (SLA,),
                "measurements": (DOWN,),
                "improvements": (Improvement(id="i", agreement="sla"),),
            },
            ["“SLA”: Availability of 99.5 Percent was missed; it was 98 on 2026-05-31."],
            "Agreements in force: 1, measured: 1, missed targets: 1",
        ),
        (
            "Performance of Services",
            {"agreements": (SLA,), "measurements": (replace(DOWN, value=99.9),)},
            [],
            "Agreements in force: 1, measured: 1, missed targets: 0",
        ),
        (
            "Performance of Other Parties",
            {"agreements": (replace(SLA, id="uc", title="UC", kind="UC"),)},
            [],
            "Agreements in force: 1, measured: 0, missed targets: 0",
        ),
        (
            "Resources",
            {
                "teams": (Team(id="ops", title="Ops", people_needed=3, members=(TeamMember(person="ana"),)),),
                "improvements": (
                    Improvement(id="i", effort_days=2),
                    Improvement(id="j", effort_days=40, status="Rejected"),
                    Improvement(id="k", effort_days=40, status="Closed"),
                ),
            },
            ["“Ops” has 1 of 3 people"],
            "2 person-days for open improvements",
        ),
        (
            "Resources",
            {
                "budget_lines": tuple(
                    BudgetLine(id=id, title=id, kind="One-off", amount=100, start_date=date(2026, 1, 1))
                    for id in ("over", "kept", "silent")
                ),
                "actuals": (
                    BudgetActual(budget_line="over", day=date(2026, 2, 1), amount=100.5),
                    BudgetActual(budget_line="kept", day=date(2026, 2, 1), amount=100),
                ),
            },
            ["“over”: 100.50 spent, 100 budgeted so far"],
            "",
        ),
        (
            "Risks",
            {
                "risks": (
                    Risk(
                        id="r",
                        title="Fire",
                        status="Answered",
                        answer="Reduce",
                        answer_until=date(2026, 1, 31),
                        next_look=date(2026, 5, 31),
                    ),
                ),
            },
            ["not rated: “Fire”, Reduce", "Overdue: “Fire”, due 2026-05-31"],
            "Open risks: 1, high or critical: 0, without a rating: 1",
        ),
        (
            "Risks",
            {
                "waivers": tuple(
                    Waiver(id=state, title=state, expires=date(2026, 12, 31), status=state)
                    for state in ("Approved", "Rejected", "Requested")
                ),
                "suppliers": (
                    Supplier(id="n", title="Nordlys", risk_decision="Accept"),
                    Supplier(id="o", title="Other"),
                ),
            },
            ["Accepted until 2026-12-31: “Approved”", "Nordlys: Accept"],
            "",
        ),
    ],
)
def test_each_topic_tells_what_the_plan_knows_of_it(topic, fields, expected, in_figures):
    given = plan(**fields)
    found = agenda(given, NOW, TODAY)
    findings = {one.text for one in check(given, TODAY).findings}
    assert [text for text in told(found, topic) if text not in findings] == expected
    assert figures(found, topic) == in_figures


def test_the_open_reviews_before_one_that_is_held_are_noted_as_skipped():
    january, april, july = (Review(kind="Plan Review", scheduled=date(2026, month, 1)) for month in (1, 4, 7))
    held = Review(kind="Plan Review", scheduled=date(2025, 10, 1), held_on=date(2025, 10, 1))
    other = Review(kind="Supplier Review", about="Nordlys", scheduled=date(2026, 1, 1))
    given = plan(reviews=(held, january, april, july, other))
    assert holding.passed_over(given, april, TODAY) == (
        replace(january, skip_reason="One of these reviews was held on 2026-06-01."),
    )


def test_holding_keeps_what_is_known_today_and_says_where_nothing_is():
    held = holding.hold(NOW, plan(review_members=(ReviewMember(person="ana"),)), TODAY)
    assert held.held_on == TODAY
    assert [row.topic for row in held.inputs] == list(REVIEW_TOPICS)
    assert {row.as_of for row in held.inputs} == {TODAY}
    assert all(row.text and row.source for row in held.inputs)
    risks = next(row for row in held.inputs if row.topic == "Risks")
    assert (risks.text, risks.source) == ("No data", "Risks, Waivers, Suppliers")
    assert [(row.person, row.attended) for row in held.attendance] == [("ana", False), ("bo", False)]


def test_who_was_noted_as_present_before_the_review_is_held_stays_so():
    noted = replace(NOW, attendance=(ReviewAttendance(person="bo", attended=True),))
    held = holding.hold(noted, plan(), TODAY)
    assert [(row.person, row.attended) for row in held.attendance] == [("bo", True), ("ana", False)]


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (NOW, "None"),
        (HELD, "This review was held on 2026-04-02."),
        (replace(NOW, skip_reason="Merger"), "This review is skipped. Empty the reason first."),
    ],
)
def test_a_review_is_held_once_and_not_while_it_is_skipped(review, expected):
    assert str(holding.refusal(review)) == expected


def test_who_takes_part_confirms_the_attendance_once_and_after_the_review():
    held = holding.hold(NOW, plan(), TODAY)
    assert str(holding.attendance_refusal(NOW, "bo")) == "This review was not held yet."
    assert str(holding.attendance_refusal(held, "cy")).startswith("You are not among those")
    confirmed = holding.attended(held, "bo", TODAY, "{}")
    assert [(row.person, row.attended, row.confirmed) for row in confirmed.attendance] == [
        ("ana", False, None),
        ("bo", True, TODAY),
    ]
    assert str(holding.attendance_refusal(confirmed, "bo")) == "You confirmed your attendance on 2026-06-01."


def test_a_decision_becomes_an_improvement_with_its_owner_and_date():
    made = outcomes.improvement(HELD.decisions[0], str(outcomes.source(HELD, 1)), HELD)
    assert made == Improvement(
        id="",
        title="Train the desk",
        status="New",
        source_kind="Review Decision",
        source="Plan Review of 2026-04-02, decision 1",
        source_record=HELD.id,
        improvement_owner="ana",
        due=date(2026, 5, 1),
    )


def test_a_decision_becomes_a_trigger_that_makes_a_version_due():
    made = outcomes.trigger(HELD.decisions[0], "source", "Goal Changed", "ana", TODAY)
    assert (made.kind, made.status, made.decided_on) == ("Goal Changed", "Version Due", TODAY)


def test_the_title_of_what_a_long_decision_becomes_is_its_first_line_cut_to_length():
    decision = ReviewDecision(text="x" * 200 + "\nmore", kind="Improve")
    assert outcomes.improvement(decision, "s", HELD).title == "x" * 139 + "…"


@pytest.mark.parametrize(
    ("review", "number", "expected"),
    [
        (HELD, 1, "None"),
        (HELD, 2, "Nothing is to be done for this decision."),
        (HELD, 3, "This review has no decision 3."),
        (HELD, 0, "This review has no decision 0."),
        (NOW, 1, "This review was not held yet."),
        (outcomes.decided(HELD, 1, became="IMP-01"), 1, "This decision became IMP-01."),
        (outcomes.decided(HELD, 1, done_on=TODAY), 1, "This decision was done on 2026-06-01."),
    ],
)
def test_a_decision_becomes_something_once(review, number, expected):
    assert str(outcomes.refusal(review, number)) == expected
