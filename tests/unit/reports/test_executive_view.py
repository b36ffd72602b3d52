"""The executive view: four questions, and figures that say what they are compared with, what they mean, and where they lead."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sm_planner.engine.agreements.measurements import results
from sm_planner.engine.agreements.targets import is_kept
from sm_planner.engine.agreements.terms import slas_in_force
from sm_planner.engine.model import AgreementTarget, Measurement, Plan
from sm_planner.engine.model.health import Health
from sm_planner.engine.texts import Text
from sm_planner.reports import REPORTS
from sm_planner.reports.executive_view import (
    Figure,
    Mail,
    Reader,
    Tone,
    ToSign,
    View,
    executive_view,
    mail,
    page,
    view as shape,
)
from sm_planner.reports.several import together

TODAY = date(2027, 6, 15)
NOBODY = Reader()
LINKS = {
    "page": "https://site.example/app/executive-view",
    "stop": "https://site.example/app/executive-view?mail=stop",
}


def figure(view: View, key: str) -> Figure:
    return next(one for one in view.figures if one.key == key)


def seen(plan: Plan, key: str, reader: Reader = NOBODY, today: date = TODAY) -> Figure:
    return figure(executive_view([plan], reader, today), key)


def written(view: View) -> Mail:
    def address(opens) -> str:
        return "https://site.example/" + (opens.page or opens.report or opens.collection) if opens else ""

    return mail(view, tell=str, address=address, links=LINKS)


def worse(target: AgreementTarget) -> float:
    return next(value for value in (target.value - 1, target.value + 1) if not is_kept(target, value))


def measured(plan: Plan, day: date, kept: bool) -> Plan:
    """The plan with a measurement of the first target of an SLA that can be compared."""
    agreement, result = next(
        (sla, result)
        for sla in slas_in_force(plan, TODAY)
        for result in results(plan, sla, TODAY)
        if result.is_comparable
    )
    target = result.target
    row = Measurement(
        agreement=agreement.id,
        metric=target.metric,
        priority=target.priority,
        service=target.service,
        share_of_cases=target.share_of_cases,
        day=day,
        value=target.value if kept else worse(target),
    )
    return replace(plan, measurements=(*plan.measurements, row))


def test_four_questions_stand_in_their_order(example):
    view = executive_view([example], NOBODY, TODAY)
    assert [section.key for section in view.sections] == ["waits", "promises", "improving", "risks"]
    assert view.plans == ((example.id, example.title),)


def test_every_figure_says_what_it_means_and_with_what_it_is_compared(example, minimal):
    for plan in (example, minimal, Plan(id="empty", title="Empty", lineage="empty")):
        for one in executive_view([plan], NOBODY, TODAY).figures:
            assert str(one.sentence).endswith((".", "?")), one.key
            assert str(one.comparison).endswith("."), one.key
            assert (one.value is None) == (one.tone is Tone.UNKNOWN), one.key
            if one.value is None:
                assert str(one.sentence).startswith(("Not known", "Of ")), one.key


def test_what_is_not_known_is_no_zero():
    plan = Plan(id="empty", title="Empty", lineage="empty")
    view = executive_view([plan], NOBODY, TODAY)
    unknown = {one.key for one in view.figures if one.value is None}
    assert unknown == {
        "targets_kept",
        "beneath_kept",
        "carried",
        "breaches",
        "objectives",
        "finished",
        "risks",
        "ending",
        "confirmed",
    }


def test_a_version_to_sign_comes_first_with_since_when(example):
    waiting = ToSign("SMP-2", "Next year", 2, TODAY - timedelta(days=3))
    one = seen(example, "to_sign", Reader(frozenset(), (waiting,)))
    assert (str(one.value), one.tone) == ("1", Tone.BAD)
    assert "“Next year, version 2”" in str(one.sentence)
    assert str(one.comparison) == "For 3 days, since 2027-06-12."
    assert one.opens.records == (("SMP-2", "SMP-2"),)
    assert seen(example, "to_sign").tone is Tone.GOOD


@pytest.mark.parametrize(("days", "said"), [(0, "Since today."), (1, "Since yesterday.")])
def test_since_when_is_said_as_people_say_it(example, days, said):
    waiting = ToSign("SMP-2", "Next year", 2, TODAY - timedelta(days=days))
    assert str(seen(example, "to_sign", Reader(frozenset(), (waiting,))).comparison) == said


def test_nothing_that_others_owe_is_asked_of_the_reader(example):
    sponsor = Reader(frozenset({example.executive_sponsor}))
    mine, of_nobody = seen(example, "my_late", sponsor), seen(example, "my_late")
    assert int(str(mine.value)) > 0
    assert str(of_nobody.value) == "0"
    assert "do not name you" in str(of_nobody.sentence)


def test_a_missed_promise_is_named_opened_and_compared_with_a_month_ago(example):
    before = measured(example, date(2027, 4, 30), kept=True)
    assert seen(before, "targets_kept").tone is Tone.WATCH, "kept, and others are not measured"
    assert str(seen(before, "targets_kept").value) == "1 of 1"

    now = seen(measured(before, date(2027, 5, 31), kept=False), "targets_kept")
    assert (str(now.value), now.tone) == ("0 of 1", Tone.BAD)
    assert str(now.comparison) == "A month ago: 1 of 1."
    assert str(now.sentence).startswith("Not kept: “")
    assert len(now.opens.records) == 1


def test_breaches_are_compared_with_the_three_months_before(example):
    plan = measured(measured(example, date(2027, 2, 28), kept=False), date(2027, 5, 31), kept=False)
    one = seen(plan, "breaches")
    assert str(one.value) == "1"
    assert str(one.comparison) == "In the three months before: 1."
    assert one.opens.collection == "agreements"
    assert len(one.opens.records) == 1
    assert seen(example, "breaches").value is None


def test_an_objective_that_falls_behind_is_named(example):
    one = seen(example, "objectives")
    assert "“Reminders that arrive”" in str(one.sentence)
    assert [id for _plan, id in one.opens.records] == [
        o.id for o in example.objectives if o.title == "Reminders that arrive"
    ]


def test_what_is_overdue_is_counted_and_compared(example):
    one = seen(example, "overdue")
    late = [i for i in example.improvements if i.is_taken_up and i.is_open and i.due and i.due < TODAY]
    assert int(str(one.value)) == len(late) == len(one.opens.records)
    assert (
        str(one.comparison)
        == f"A month ago, by the due dates of today: {sum(i.due < date(2027, 5, 15) for i in late)}."
    )
    assert seen(example, "overdue", today=date(2026, 11, 30)).tone is Tone.GOOD


def test_heavy_risks_are_those_that_are_open_and_high(example):
    one = seen(example, "risks")
    assert int(str(one.value)) == len(one.opens.records) > 0
    closed = replace(example, risks=tuple(replace(risk, status="Closed") for risk in example.risks))
    assert (str(seen(closed, "risks").value), seen(closed, "risks").tone) == ("0", Tone.GOOD)


def test_findings_of_the_night_are_taken_as_they_were_counted(example):
    counted = Health(day=TODAY, version=example.version, blockers=2, errors=5)
    one = seen(replace(example, health=(counted,)), "findings")
    assert (str(one.value), one.tone) == ("7", Tone.BAD)
    assert "2 of them" in str(one.sentence)
    assert (one.opens.report, one.opens.plan) == ("plan-findings", example.id)


def test_the_share_of_a_month_ago_is_told_as_it_was_counted(example):
    counted = Health(day=date(2027, 5, 10), version=1, confirmed=87.5)
    assert str(seen(replace(example, health=(counted,)), "confirmed").comparison) == "A month ago: 87.5 %."


def test_several_plans_add_up_and_lead_to_the_records_of_each(example):
    other = replace(example, id="other", title="Other")
    one, two = seen(example, "overdue"), figure(executive_view([example, other], NOBODY, TODAY), "overdue")
    assert int(str(two.value)) == 2 * int(str(one.value))
    assert {plan for plan, _id in two.opens.records} == {example.id, "other"}


def test_what_is_no_record_leads_to_the_report_about_all_plans(example):
    other = replace(example, id="other", title="Other")
    view = executive_view([example, other], NOBODY, TODAY)
    for key, keywords in (("findings", {"severity": "Blockers and Errors"}), ("confirmed", {})):
        two, opens = figure(view, key), figure(view, key).opens
        report = REPORTS[opens.report]
        assert (opens.plan, dict(opens.filters), report.several) == ("", keywords, True)
        table = together([(plan, report.run(plan, TODAY, **keywords)) for plan in (example, other)])
        assert {row["plan_id"] for row in table.rows} == {example.id, "other"}
        if key == "findings":
            assert int(str(two.value)) == len(table.rows)
        else:
            asked, given, _entered = (one.value for one in table.summary)
            assert str(two.value) == f"{given} of {asked}"


def test_what_was_counted_in_the_night_is_told_so(example):
    counted = Health(day=TODAY, version=example.version, blockers=2, errors=5)
    assert str(seen(replace(example, health=(counted,)), "findings").sentence).endswith(
        "Counted in the night."
    )
    assert "night" not in str(seen(example, "findings").sentence)


def test_reports_to_which_figures_lead_are_there(example):
    for plan in (example, measured(example, date(2027, 5, 31), kept=False)):
        for one in executive_view([plan], NOBODY, TODAY).figures:
            if one.opens.report:
                report = REPORTS[one.opens.report]
                assert {name for name, _value in one.opens.filters} <= {
                    *inspect.signature(report.run).parameters
                }, one.key


def test_page_and_mail_say_the_same_sentences(example):
    view = executive_view([example], Reader(frozenset({example.executive_sponsor})), TODAY)
    shown = page(view, tell=str, address=lambda opens: "/app" if opens else "")
    made = written(view)
    for one in view.figures:
        for text in (one.sentence, one.comparison):
            assert str(text) in made.text
            assert str(text) in shown, one.key
            assert str(text) in made.html, one.key


def test_a_mail_is_html_for_old_programs_and_text_for_others(example):
    made = written(executive_view([example], NOBODY, TODAY))
    for never in ("<style", "<script", "display: flex", "display: grid", "var(--", "class="):
        assert never not in made.html
    assert 'role="presentation"' in made.html
    assert "<" not in made.text.replace("<http", "")
    assert LINKS["page"] in made.html
    assert LINKS["stop"] in made.text
    assert "\n" not in made.subject


def test_a_title_is_no_markup(example):
    named = replace(example, title="<b>Plan</b>")
    view = executive_view([named], NOBODY, TODAY)
    assert "<b>Plan" not in written(view).html
    assert "<b>Plan" not in page(view, tell=str, address=lambda opens: "")


def test_where_there_is_nothing_to_say_the_mail_is_one_line(example):
    view = executive_view([example], NOBODY, TODAY)
    quiet = replace(
        view,
        sections=tuple(
            replace(part, figures=tuple(replace(one, tone=Tone.GOOD) for one in part.figures))
            for part in view.sections
        ),
    )
    made = written(quiet)
    first, *rest = [line for line in made.text.splitlines() if line]
    assert first == f"Nothing waits for you, and nothing is at risk: {example.title}."
    assert len(rest) == 2, "where to look, and how to end it"
    assert "<table" not in made.html


def test_named_counts_what_it_does_not_name():
    assert str(shape.named(["a", Text("b"), "c", "d"])) == "“a”, “b” and 2 more"
    assert str(shape.named(["a"])) == "“a”"
