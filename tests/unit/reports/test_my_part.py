"""The page of somebody's part, where no test on a site shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Person, Plan, Role, RoleHolder
from sm_planner.engine.model.office import MandateItem
from sm_planner.engine.model.reporting import ReportConfirmation, ReportIssue, ReportSpec
from sm_planner.reports.my_part import Feed, View, html

TODAY = date(2027, 3, 1)


def test_a_mandate_of_the_list_is_told_in_the_language_of_the_reader_and_own_words_as_they_are():
    plan = Plan(
        id="p",
        mandate=(
            MandateItem(item="Own the Tools", role="lead"),
            MandateItem(item="Other", what="Drills {0}", role="lead"),
        ),
        people=(Person(id="ana", title="Ana"),),
        roles=(Role(id="lead", title="Lead", holders=(RoleHolder(person="ana"),)),),
    )

    page = html(
        View.of(plan, "ana", TODAY),
        (),
        Feed(),
        (),
        lambda text: text.replace("Own the Tools", "Besitzt die Werkzeuge"),
    )

    assert "Besitzt die Werkzeuge, Drills {0}" in page


def test_a_report_waits_for_the_word_of_its_reader_and_then_tells_what_he_said():
    february = date(2027, 2, 28)
    plan = Plan(
        id="p",
        people=(Person(id="ana", title="Ana"), Person(id="bo", title="Bo")),
        report_specs=(ReportSpec(id="page", title="The <page>", purpose="Who waits.", people=("ana",)),),
        report_issues=(ReportIssue(report_spec="page", period_end=february, day=TODAY, reference="Shelf 3"),),
    )

    def page(plan: Plan, person: str = "ana") -> str:
        return html(View.of(plan, person, TODAY), (), Feed(), ())

    asked = page(plan)
    assert "The &lt;page&gt;" in asked
    assert asked.count(f'data-act="report" data-report="page" data-issue="page / {february} / {TODAY}"') == 2
    assert all(
        words in asked for words in ("Who waits.", "Shelf 3", "It Makes Sense", "Something Is Missing")
    )
    assert "What you read" not in page(plan, "bo")

    word = {"report_spec": "page", "period_end": february, "person": "ana", "day": TODAY}
    lacks = ReportConfirmation(**word, word="Something Is Missing", missing="The <hours>.")
    told = page(replace(plan, report_confirmations=(lacks,)))
    assert 'data-act="report"' not in told
    assert "Something Is Missing (your word of 2027-03-01)" in told
    assert "The &lt;hours&gt;." in told

    entered = ReportConfirmation(**word, word="Makes Sense", entered_by="boss@example.org")
    assert "Makes Sense (entered by boss@example.org)" in page(replace(plan, report_confirmations=(entered,)))
