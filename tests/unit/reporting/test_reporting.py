"""Who reads a report and who is sent a sheet, when a report is due, what readers say, and what a progress sheet tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, strategies as st

from sm_planner.engine.model import (
    Agreement,
    AgreementTarget,
    Improvement,
    Measurement,
    Objective,
    Person,
    Plan,
    Role,
    RoleHolder,
    Stakeholder,
)
from sm_planner.engine.model.approvals import CLOSE, Approval
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.reporting import (
    LACKS,
    MAKES_SENSE,
    OWN_REPORTS,
    PROGRESS_SHEET,
    ProgressSheet,
    ReportConfirmation,
    ReportIssue,
    ReportSpec,
)
from sm_planner.engine.part.dues import Todo, dues
from sm_planner.engine.reporting import issues, outcomes, readers, sending
from sm_planner.engine.reporting.sheet import MOST, month_of, sheet
from sm_planner.reports import REPORTS, progress_sheet, reports_to_people

TODAY = date(2026, 6, 20)
MAY = month_of(date(2026, 5, 7))
WARDS = Stakeholder(id="wards", title="Wards", unit="Nursing", contact="cy")
TOWN = Stakeholder(id="town", title="The town")
BO = Person(id="bo", title="Bo", unit=" nursing", user="bo@example.org")
AL = Person(id="al", title="Al", unit="Works")
CY = Person(id="cy", title="Cy", user="cy@example.org")
PAGE = ReportSpec(
    id="page", title="The page", frequency="Monthly", first_date=date(2026, 1, 10), report_owner="al"
)
SHEET = replace(PAGE, id="sheet", report=PROGRESS_SHEET, stakeholders=("wards",))
PLAN = Plan(id="p", title="Plan", people=(BO, AL, CY), stakeholders=(WARDS, TOWN), report_specs=(PAGE,))


def issue(day: date, **values: object) -> ReportIssue:
    return ReportIssue(report_spec="page", period_end=day.replace(day=1) - timedelta(1), day=day, **values)


def sent(group: str, day: date, on: date, number: int = 1) -> ProgressSheet:
    return ProgressSheet(stakeholder=group, day=day, sent_on=on, number=number)


def test_the_reports_of_the_app_are_there():
    assert {*OWN_REPORTS} - {PROGRESS_SHEET} <= {*(one.title for one in REPORTS.values())} | {
        "SLA Attainment"
    }


def test_readers_are_those_of_groups_roles_teams_and_by_name():
    role = Role(
        id="lead",
        title="Lead",
        holders=(RoleHolder(person="cy"), RoleHolder(person="al", to_date=date(2026, 1, 1))),
    )
    plan = replace(PLAN, roles=(role,))
    spec = replace(PAGE, stakeholders=("wards", "town"), roles=("lead",), people=("al", "bo", "gone"))
    assert readers.readers(plan, spec, TODAY) == ("cy", "bo", "al")
    assert not readers.has_audience(PAGE)
    assert readers.has_audience(replace(PAGE, people=("al",)))


def test_a_sheet_goes_to_the_group_to_who_looks_after_it_and_to_whom_the_spec_names():
    assert readers.sheet_readers(PLAN, WARDS, TODAY) == ("bo", "cy")
    assert readers.sheet_readers(PLAN, TOWN, TODAY) == ()
    plan = replace(PLAN, report_specs=(replace(SHEET, units=("Works",), people=("al",)),))
    assert readers.sheet_readers(plan, WARDS, TODAY) == ("bo", "cy", "al")
    units = replace(PLAN, report_specs=(replace(SHEET, units=("Works",)),))
    assert readers.sheet_readers(units, WARDS, TODAY) == (
        "bo",
        "cy",
    )  # the sheet of the wards is not for the works


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ((), date(2026, 1, 10)),
        ((date(2026, 1, 12),), date(2026, 2, 10)),
        ((date(2026, 1, 12), date(2026, 5, 30)), date(2026, 7, 10)),
        ((date(2026, 7, 10),), date(2026, 1, 10)),  # which lies ahead
    ],
)
def test_a_report_is_due_again_by_its_series(days, due):
    plan = replace(PLAN, report_issues=tuple(map(issue, days)))
    assert issues.next_issue(plan, PAGE, TODAY) == due
    assert [one.day for one in dues(plan, "al", TODAY) if one.what is Todo.ISSUE] == [due]
    assert not [one for one in dues(plan, "bo", TODAY) if one.what is Todo.ISSUE]


def test_sheets_are_out_when_each_group_has_been_sent_one():
    spec = replace(SHEET, stakeholders=("wards", "town"))
    plan = replace(PLAN, report_specs=(spec,), progress_sheets=(sent("wards", MAY.last, date(2026, 6, 2)),))
    assert issues.last_issued(plan, spec, TODAY) is None
    both = (*plan.progress_sheets, sent("town", MAY.last, date(2026, 6, 5)))
    assert issues.last_issued(replace(plan, progress_sheets=both), spec, TODAY) == date(2026, 6, 5)


def test_sheets_count_for_the_report_that_plans_them():
    town = replace(SHEET, id="other", stakeholders=("town",))
    plan = replace(
        PLAN,
        report_specs=(SHEET, town, PAGE),
        progress_sheets=(sent("wards", MAY.last, date(2026, 6, 2)), sent("wards", MAY.last, TODAY, 2)),
    )
    rows = {row["id"]: row["issues"] for row in reports_to_people.report(plan, TODAY).rows}
    assert rows == {"sheet": 2, "other": 0, "page": 0}
    assert len(issues.sheets(plan, SHEET, date(2026, 6, 2))) == 1


def test_a_word_is_of_the_issue_that_was_there_on_its_day():
    first = issue(date(2026, 6, 9))
    again = replace(first, day=date(2026, 6, 15))
    word = ReportConfirmation(
        report_spec="page", period_end=first.period_end, person="bo", word=MAKES_SENSE, day=date(2026, 6, 10)
    )
    spec = replace(PAGE, people=("bo",))
    plan = replace(PLAN, report_specs=(spec,), report_issues=(first,), report_confirmations=(word,))
    assert issues.to_confirm(plan, spec, "bo", TODAY) is None
    assert issues.to_confirm(plan, spec, "bo", date(2026, 6, 9)) == first  # it was said the day after
    assert issues.to_confirm(replace(plan, report_issues=(first, again)), spec, "bo", TODAY) == again


def test_the_last_word_of_a_reader_counts_and_one_is_asked_once_for_an_issue():
    spec = replace(PAGE, people=("bo", "al"))
    first, second = issue(date(2026, 5, 9)), issue(date(2026, 6, 9))

    def word(person: str, of: ReportIssue, says: str, day: date, **more: str) -> ReportConfirmation:
        return ReportConfirmation(
            report_spec="page", period_end=of.period_end, person=person, word=says, day=day, **more
        )

    words = (
        word("bo", first, LACKS, date(2026, 5, 10), missing="Lifts"),
        word("bo", second, MAKES_SENSE, date(2026, 6, 10)),
        word("cy", second, LACKS, date(2026, 6, 10), missing="All"),  # not for him
    )
    plan = replace(PLAN, report_specs=(spec,), report_issues=(first, second), report_confirmations=words)
    found = issues.said(plan, spec, TODAY)
    assert ([one.person for one in found.makes_sense], found.lacking, found.silent) == (["bo"], (), ("al",))
    assert issues.to_confirm(plan, spec, "al", TODAY) == second
    assert issues.to_confirm(plan, spec, "bo", TODAY) is None
    assert issues.to_confirm(plan, spec, "cy", TODAY) is None
    before = issues.said(plan, spec, date(2026, 5, 20))
    assert [one.person for one in before.lacking] == ["bo"]


def test_what_came_of_an_issue_is_added_once():
    old = issue(date(2026, 6, 9), entered_by="Al")
    decided = replace(old, outcome="Decided", decisions="The lift first.")
    assert outcomes.adds_outcome(decided, old)
    assert not outcomes.adds_outcome(replace(decided, decisions="Nothing."), decided)
    assert not outcomes.adds_outcome(replace(decided, reference="Elsewhere"), old)
    assert not outcomes.adds_outcome(old, old)


@pytest.mark.parametrize(
    "record",
    [
        ReportIssue(outcome="Decided", decisions=" "),
        ReportConfirmation(word=LACKS),
    ],
)
def test_a_decision_and_what_is_missing_are_said(record):
    (refusal,) = record.misfits()
    assert refusal.field in ("decisions", "missing")


# Sending


def test_a_month_is_sent_once_it_is_over_and_again_only_as_a_correction():
    plan = replace(PLAN, progress_sheets=(sent("wards", MAY.last, date(2026, 6, 2)),))
    assert "is not over" in str(sending.refuse(plan, TOWN, month_of(TODAY), "", TODAY))
    assert sending.refuse(plan, TOWN, MAY, "", TODAY) is None
    assert "was sent to Wards on 2026-06-02" in str(sending.refuse(plan, WARDS, MAY, " ", TODAY))
    assert sending.refuse(plan, WARDS, MAY, "A figure was wrong.", TODAY) is None
    assert "is not over" in str(sending.refuse(plan, TOWN, MAY, "", MAY.last))
    assert sending.refuse(plan, TOWN, MAY, "", MAY.last + timedelta(1)) is None


def test_planners_the_plan_owner_and_who_owns_the_report_may_send():
    plan = replace(PLAN, plan_owner="cy", report_specs=(SHEET,))
    may = {one: sending.may_send(plan, WARDS, frozenset({one}), plans=False) for one in ("al", "bo", "cy")}
    assert may == {"al": True, "bo": False, "cy": True}
    assert not sending.may_send(plan, TOWN, frozenset({"al"}), plans=False)
    assert sending.may_send(plan, TOWN, frozenset(), plans=True)
    assert not sending.may_send(PLAN, TOWN, frozenset(), plans=False)  # a plan without an owner is nobody's


def test_a_group_waits_until_it_is_sent_the_month_or_a_later_one():
    april = month_of(date(2026, 4, 1))
    plan = replace(
        PLAN, progress_sheets=(sent("wards", MAY.last, TODAY), sent("town", date(2026, 3, 31), TODAY))
    )
    assert sending.waiting(plan, april) == (TOWN,)
    assert sending.month_due(plan, TODAY) == MAY
    assert sending.month_due(plan, date(2026, 6, 14)) == april
    assert sending.month_due(replace(plan, period_start=date(2026, 5, 2)), TODAY) is None


# The sheet


def told(plan: Plan, group: Stakeholder = WARDS, today: date = TODAY) -> list[tuple[str, str, list[str]]]:
    return [
        (str(part.title), str(part.figures), list(map(str, part.shown)))
        for part in sheet(plan, group, MAY, today).parts
    ]


def goal(id: str, **values: object) -> Objective:
    begin = {"baseline": 0.0, "target": 100.0, "baseline_date": date(2026, 1, 1), "due": date(2026, 12, 31)}
    return Objective(id=id, **{"title": id.title(), **begin, **values})


def test_goals_are_judged_at_the_end_of_the_month_and_what_is_not_known_says_why():
    plan = replace(
        PLAN,
        objectives=(
            goal("new"),
            goal("old"),
            goal("slow"),
            goal("late", due=date(2026, 5, 10)),
            goal("mute"),
            goal("vague", target=None),
            goal("others", stakeholders=("town",)),
        ),
        measurements=tuple(
            Measurement(objective=id, day=day, value=value)
            for id, day, value in (
                ("new", date(2026, 5, 31), 100.0),
                ("old", date(2026, 4, 30), 120.0),
                ("slow", date(2026, 5, 31), 1.0),
                ("late", date(2026, 5, 31), 50.0),
                ("mute", date(2026, 6, 1), 100.0),  # after the month
            )
        ),
    )
    title, figures, lines = told(plan)[0]
    assert (title, figures) == ("Goals", "Reached: 2. On track: 0. Behind or overdue: 2. Not known: 2.")
    assert lines == [
        "Reached this month: New",
        "Slow: behind",
        "Late: overdue since 2026-05-10",
        "Not known: Mute: not measured yet",
        "Not known: Vague: without baseline and target it cannot be measured",
    ]


def test_promises_are_those_to_the_group_as_they_were_measured_in_the_month():
    def agreement(id: str, customer: str) -> Agreement:
        targets = tuple(
            AgreementTarget(metric=one, value=99.0, unit="Percent") for one in ("Availability", "Quality")
        )
        return Agreement(
            id=id, title=id.upper(), kind="SLA", status="In Force", customer=customer, targets=targets
        )

    metric = agreement("a", "wards").targets[0].metric
    plan = replace(
        PLAN,
        agreements=(agreement("a", "wards"), agreement("b", "others")),
        measurements=(
            Measurement(agreement="a", metric=metric, day=date(2026, 5, 31), value=98.0),
            Measurement(agreement="b", metric=metric, day=date(2026, 5, 31), value=99.5),
        ),
    )
    _title, figures, lines = told(plan)[1]
    assert figures == "Kept: 0 of 1 that were measured."
    assert lines[0].startswith("Not kept: A, ")
    assert lines[1] == "Not known: A: 1 of 2 targets not measured this month"
    _title, figures, lines = told(plan, TOWN)[1]  # to whom nothing was promised by itself
    assert figures == "Kept: 1 of 2 that were measured."
    assert told(PLAN)[1][1] == "Not known, because no agreement with customers was in force."


def test_actions_are_done_late_or_not_known_and_the_next_month_follows():
    def action(id: str, due: date | None, status: str = "In Progress") -> Improvement:
        return Improvement(id=id, title=id.title(), due=due, status=status, improvement_owner="al")

    def closed(id: str, day: date) -> Approval:
        return Approval(
            register="improvements", entry=id, number=1, act=CLOSE, person="al", day=day, what="h"
        )

    plan = replace(
        PLAN,
        improvements=(
            action("done", date(2026, 5, 2), "Closed"),
            action("afterwards", date(2026, 5, 31), "Closed"),
            action("late", date(2026, 5, 31)),
            action("open", date(2026, 6, 30)),
            action("whenever", None),
            action("somehow", date(2026, 5, 9), "Closed"),
            action("no", date(2026, 5, 9), "Rejected"),
        ),
        approvals=(closed("done", date(2026, 5, 20)), closed("afterwards", date(2026, 6, 3))),
    )
    _title, figures, lines = told(plan)[2]
    assert figures == "Done this month: 1. Late: 2. Not known: 2."
    assert lines == [
        "Done: Done",
        "Late: Afterwards, due on 2026-05-31",
        "Late: Late, due on 2026-05-31",
        "Not known: Whenever: nobody said by when",
        "Not known: Somehow: nobody noted when it was closed",
    ]
    _title, figures, lines = told(plan)[3]
    assert (figures, lines) == ("Planned from 2026-06-01 to 2026-06-30: 1.", ["2026-06-30: to be done: Open"])
    assert not any("Al" in line for part in told(plan) for line in part[2])  # nobody is rated


@given(st.integers(0, 40))
def test_no_part_is_longer_than_one_reads(count):
    many = tuple(goal(f"g{number}") for number in range(count))
    (_title, figures, lines), *_rest = told(replace(PLAN, objectives=many))
    assert figures.endswith(f"Not known: {count}.")
    assert len(lines) == (count if count <= MOST else MOST + 1)


@given(st.text(max_size=40))
def test_the_mail_says_what_is_kept_and_no_title_becomes_a_tag(title):
    plan = replace(PLAN, title=title, objectives=(goal("g", title=f"<b>{title}</b>"),))
    made = sheet(plan, WARDS, MAY, TODAY)
    text = progress_sheet.text(made, str)
    mail = progress_sheet.html(text)
    assert "<" not in text
    assert ">" not in progress_sheet.subject(made, str)
    for tag in ("<b>", "<script"):
        assert tag not in mail
    assert mail.count("<h3") == 4


@example("x" * LINE_LENGTH)
@given(st.text(min_size=1, max_size=LINE_LENGTH))
def test_the_subject_is_a_line_and_keeps_the_month(title):
    subject = progress_sheet.subject(sheet(replace(PLAN, title=title), WARDS, MAY, TODAY), str)
    assert len(subject) <= LINE_LENGTH
    assert subject.endswith(": progress from 2026-05-01 to 2026-05-31")


def test_the_sheet_of_the_example_is_made_of_what_is_there(example):
    group = example.get("stakeholders", "ward-staff")
    made = sheet(example, group, month_of(date(2026, 10, 1)), date(2026, 11, 29))
    text = progress_sheet.text(made, str)
    assert "Behind or overdue: 1." in text
    assert "• Reminders that arrive: behind" in text
    assert made == sheet(example, group, month_of(date(2026, 10, 31)), date(2027, 2, 1))


# The report


def test_the_report_begins_with_what_is_late_and_tells_what_came_of_it():
    came = issue(date(2026, 6, 9), outcome="Decided", decisions="The lift first.")
    other = replace(PAGE, id="late", title="Another", people=("bo",))
    plan = replace(PLAN, report_specs=(PAGE, other), report_issues=(came,))
    table = reports_to_people.report(plan, TODAY)
    assert [row["id"] for row in table.rows] == ["late", "page"]
    assert (table.rows[0]["late"], table.rows[1]["late"]) == (161, None)
    assert str(table.rows[1]["outcomes"]) == "2026-05-31: The lift first."
    assert str(table.message) == "Overdue: 1. Begin with “Another”."
    assert reports_to_people.report(plan, TODAY, owner="bo").rows == []
    assert reports_to_people.report(Plan(id="p"), TODAY).chart is None


def test_who_reads_reports_is_shown_the_last_issue_of_each_with_his_own_word():
    minutes = replace(PAGE, id="minutes", title="Minutes", people=("bo",))
    page = replace(PAGE, people=("bo", "al"))
    silent = replace(PAGE, id="silent", people=("bo",))
    april, may = issue(date(2026, 5, 10)), issue(date(2026, 6, 10))
    other = replace(may, report_spec="minutes", day=date(2026, 6, 1))
    word = ReportConfirmation(
        report_spec="page", period_end=april.period_end, person="bo", word=MAKES_SENSE, day=date(2026, 5, 11)
    )
    plan = replace(
        PLAN,
        report_specs=(minutes, page, silent),
        report_issues=(april, may, other),
        report_confirmations=(word,),
    )

    def read(plan: Plan, person: str) -> list[tuple[str, date, str]]:
        found = issues.read_by(plan, person, TODAY)
        return [(one.spec.id, one.issue.day, one.said.word if one.said else "") for one in found]

    assert read(plan, "bo") == [("page", may.day, ""), ("minutes", other.day, "")]
    assert read(plan, "al") == [("page", may.day, "")]
    assert read(plan, "cy") == []
    said = replace(word, period_end=may.period_end, word=LACKS, missing="Hours", day=TODAY)
    plan = replace(plan, report_confirmations=(word, said))
    assert read(plan, "bo") == [("minutes", other.day, ""), ("page", may.day, LACKS)]
