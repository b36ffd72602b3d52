"""The report Reviews and Decisions."""

from datetime import date

from sm_planner.engine.model import Person, Plan
from sm_planner.engine.model.reviews import Review, ReviewDecision, ReviewRhythm
from sm_planner.reports import reviews

TODAY = date(2026, 7, 1)
PLAN = Plan(
    id="p",
    people=(Person(id="ana", title="Ana"),),
    review_rhythm=(ReviewRhythm(kind="Plan Review", months=3, first_date=date(2026, 3, 31), chair="ana"),),
    reviews=(
        Review(
            kind="Plan Review",
            scheduled=date(2026, 3, 31),
            held_on=date(2026, 4, 2),
            chair="ana",
            decisions=(
                ReviewDecision(text="Train", kind="Improve", person="ana", due=date(2026, 6, 1)),
                ReviewDecision(text="Stay", kind="No Action"),
            ),
        ),
        Review(kind="Plan Review", scheduled=date(2026, 9, 30), chair="ana"),
        Review(kind="Plan Review", scheduled=date(2026, 6, 30), chair="ana"),
        Review(kind="Planning Slot", scheduled=date(2026, 8, 1), skip_reason="Holidays"),
    ),
)


def test_each_decision_has_a_row_with_its_review_the_last_one_first_then_those_ahead():
    rows = reviews.report(PLAN, TODAY).as_dict()["rows"]
    assert [
        (row["scheduled"], row["state"], row["late"], row["decision"], row["outcome"]) for row in rows
    ] == [
        ("2026-06-30", "Overdue", 1, None, None),
        ("2026-03-31", "Held", 2, "Train", "Overdue"),
        ("2026-03-31", "Held", 2, "Stay", "Done"),
        ("2026-08-01", "Skipped", None, None, None),
        ("2026-09-30", "Planned", None, None, None),
    ]
    assert rows[0]["chair"] == "Ana"


def test_the_summary_counts_and_the_message_says_what_to_do():
    table = reviews.report(PLAN, TODAY)
    assert [figure.value for figure in table.summary] == [1, 1, 1, 1, 1]
    assert str(table.message) == "Overdue reviews: 1. Hold them, move them, or say why not."
    assert str(reviews.report(PLAN, date(2026, 6, 30)).message) == "Overdue decisions: 1. Ask their owners."


def test_where_nothing_is_overdue_the_next_review_is_told():
    calm = reviews.report(PLAN, date(2026, 6, 1), kind="Plan Review")
    assert str(calm.message) == "Nothing is overdue. The next review of the plan is on 2026-06-30."
    assert {row["kind"].template for row in calm.rows} == {"Plan Review"}


def test_a_plan_without_reviews_says_so():
    table = reviews.report(Plan(id="p"), TODAY)
    assert (table.rows, table.chart) == ([], None)
    assert "There are no reviews here yet" in str(table.message)
