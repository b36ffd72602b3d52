"""The reports Risks, and Lessons and Notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Improvement, Person, Plan, Service
from sm_planner.engine.model.learning import BenchmarkNote, Lesson
from sm_planner.engine.model.risks import Risk, RiskCriterion
from sm_planner.reports import lessons, risks

TODAY = date(2026, 6, 1)
PLAN = Plan(
    id="p",
    people=(Person(id="bo", title="Bo"),),
    services=(Service(id="desk", title="Desk"),),
    improvements=(Improvement(id="card", title="Card"),),
    risk_criteria=(RiskCriterion(step="Likely", criterion="Once a year"),),
    risks=(
        Risk(
            id="fire",
            title="Fire",
            kind="Continuity",
            likelihood="Likely",
            impact="Major",
            risk_owner="bo",
            answer="Reduce",
            answer_until=date(2026, 5, 1),
            services=("desk",),
            actions=("card",),
        ),
        Risk(id="water", title="Water", likelihood="Rare", impact="Minor", risk_owner="bo", answer="Accept"),
        Risk(id="unrated", title="Unrated"),
        Risk(id="gone", title="Gone", status="Closed", likelihood="Likely", impact="Severe"),
    ),
    lessons=(
        Lesson(id="tell", title="Tell", learned_on=date(2026, 1, 1), source_kind="Review", action="card"),
        Lesson(id="late", title="Late", learned_on=date(2026, 2, 1), no_action="It is gone."),
        Lesson(id="open", title="Open", lesson_owner="bo"),
    ),
    benchmark_notes=(
        BenchmarkNote(
            id="others", title="Others", kind="Benchmark", noted_on=date(2026, 3, 1), figure=12.5, unit="days"
        ),
    ),
)


def test_the_heaviest_risk_comes_first_after_those_that_nobody_rated_and_closed_ones_last():
    rows = risks.report(PLAN, TODAY).as_dict()["rows"]
    assert [(row["title"], row["level"], row["score"], row["stands_out"]) for row in rows] == [
        ("Unrated", "not rated", None, "no answer, no owner"),
        ("Fire", "Critical", 16, "overdue"),
        ("Water", "Low", 2, ""),
        ("Gone", "Critical", 20, ""),
    ]
    assert (rows[1]["services"], rows[1]["actions"], rows[1]["owner"]) == ("Desk", "Card", "Bo")


def test_the_matrix_names_open_risks_in_their_cells_with_what_the_step_means():
    table = risks.report(PLAN, TODAY, show="Matrix").as_dict()
    assert [column["fieldname"] for column in table["columns"]][1:] == [
        "Negligible",
        "Minor",
        "Moderate",
        "Major",
        "Severe",
    ]
    likely, rare = table["rows"][1], table["rows"][4]
    assert (likely["likelihood"], likely["Major"], likely["Severe"]) == (
        "Likely: Once a year",
        "Critical: Fire",
        "Critical",
    )
    assert (rare["likelihood"], rare["Minor"]) == ("Rare", "Low: Water")


def test_risks_are_narrowed_and_the_message_says_what_to_do_first():
    assert len(risks.report(PLAN, TODAY, kind="Continuity").rows) == 1
    assert len(risks.report(PLAN, TODAY, owner="bo").rows) == 2
    told = risks.report(PLAN, TODAY)
    assert str(told.message) == "Risks that somebody should have looked at: 1. Begin with “Fire”."
    assert {str(figure.label): figure.value for figure in told.summary} == {
        "Open": 3,
        "Critical": 1,
        "High": 0,
        "Overdue": 1,
    }
    early = date(2026, 4, 1)
    assert str(risks.report(PLAN, early).message) == "Risks without a rating: 1. Begin with “Unrated”."
    rated = replace(PLAN, risks=PLAN.risks[:2])
    assert str(risks.report(rated, early).message) == "Nothing is overdue. The heaviest risk is “Fire”."
    assert str(risks.report(replace(PLAN, risks=PLAN.risks[3:]), TODAY).message) == "All risks are closed."
    assert "There are no risks here." in str(risks.report(replace(PLAN, risks=()), TODAY).message)


def test_lessons_and_notes_stand_together_the_latest_first_with_what_follows():
    rows = lessons.report(PLAN, TODAY).as_dict()["rows"]
    assert [(row["title"], row["what"], row["follows"], row["figure"]) for row in rows] == [
        ("Others", "Benchmark Note", "", "12.5 days"),
        ("Late", "Lesson", "Nothing: It is gone.", ""),
        ("Tell", "Lesson", "Card", ""),
        ("Open", "Lesson", "", ""),
    ]


def test_they_are_narrowed_to_one_of_them_or_to_a_kind():
    assert [row["id"] for row in lessons.report(PLAN, TODAY, show="Benchmark Notes").rows] == ["others"]
    assert [row["id"] for row in lessons.report(PLAN, TODAY, show="Lessons", kind="Review").rows] == ["tell"]
    told = lessons.report(PLAN, TODAY)
    assert str(told.message) == "Lessons from which nothing follows: 1. Begin with “Open”."
    assert "There are no lessons and notes here." in str(lessons.report(Plan(id="p"), TODAY).message)


def test_the_chart_counts_each_lesson_and_there_is_none_without_lessons():
    chart = lessons.report(PLAN, TODAY).chart
    assert list(map(str, chart.labels)) == ["Review", "Other"]
    assert [one.values for one in chart.datasets] == [(1, 1), (0, 1)]
    assert lessons.report(replace(PLAN, lessons=()), TODAY).chart is None
