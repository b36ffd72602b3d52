"""What the plan book tells of improvements."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from sm_planner.engine.approval import what
from sm_planner.engine.model import Improvement, Person, Plan
from sm_planner.engine.model.approvals import Approval
from sm_planner.engine.model.improvements import ProgressReport
from sm_planner.reports.book import render

TODAY = date(2027, 3, 1)
URGENT = Improvement(
    id="urgent",
    title="Urgent",
    status="In Progress",
    benefit="High",
    urgency="Medium",
    effort="Low",
    due=date(2027, 2, 1),
    cost=4200,
    predecessors=("over",),
)
OVER = Improvement(
    id="over",
    title="Over",
    status="Closed",
    benefit="High",
    urgency="High",
    effort="Low",
    benefit_baseline=10,
    benefit_target=2,
    benefit_actual=4,
    verdict="Partly Reached",
)


def chapter(*improvements: Improvement) -> str:
    """The text of the chapter, without its tags."""
    plan = Plan(
        id="p",
        title="P",
        people=(Person(id="ann", title="Ann"),),
        improvements=improvements,
        progress_reports=(
            ProgressReport(improvement="urgent", day=date(2027, 1, 9), note="Begun", effort_days=1.5),
            ProgressReport(improvement="urgent", day=date(2027, 1, 20), note="Half", effort_days=2),
        ),
        approvals=(
            Approval(
                register="improvements",
                entry="urgent",
                number=1,
                act="Approve",
                person="ann",
                day=date(2027, 1, 2),
                reason="Cheap",
                what=what(URGENT),
            ),
        ),
    )
    html = render(plan, TODAY)
    begin = html.index('id="improvements"')
    text = unescape(re.sub(r"<[^>]+>", " ", html[begin : html.index("</section>", begin)]))
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def test_the_most_urgent_open_one_comes_first_and_what_is_over_last():
    text = chapter(OVER, URGENT, Improvement(id="blind", title="Blind"))

    assert text.index("Urgent") < text.index("Blind") < text.index("Over")
    assert "83 % In Progress" in text
    assert "1 February 2027 overdue" in text


def test_cost_order_approval_and_progress_are_told():
    text = chapter(URGENT, OVER)

    for told in (
        "Takes cost 4 200",
        "After Over",
        "Decided Approved by Ann on 2 January 2027. Cheap",
        "Progress 3.5 days spent · 20 January 2027: Half",
    ):
        assert told in text


def test_the_result_is_told_with_its_verdict_and_what_is_not_known_is_left_out():
    assert "Result Partly Reached, reached 4, 75 % of the way" in chapter(OVER)
    for label in ("Result", "What follows", "Learned", "Cause", "Hypothesis", "0 days"):
        assert label not in chapter(Improvement(id="bare", title="Bare"))
