"""Facts in plan files: sections of their own, and beneath their records as files had them before."""

from __future__ import annotations

import dataclasses
import io
from datetime import date

import openpyxl
import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.model import Acknowledgement, Beside, Evidence, Measurement
from sm_planner.engine.model.services import MaintenanceNeed
from sm_planner.engine.plan_file import PlanFileError

NESTED = """
plan: {id: p, title: Plan}
people: [{id: ann, title: Ann}]
roles:
  - {id: boss, title: Boss, holders: [{person: ann, acknowledged: 2026-10-01}]}
agreements:
  - {id: sla, kind: SLA, measurements: [{day: 2026-10-31, metric: Response, priority: P1, value: 3}]}
commitments:
  - {id: money, person: ann, evidence: [{day: 2026-09-01, kind: Funding, reference: Minutes}]}
objectives:
  - {id: calls, title: Fewer calls, measurements: [{day: 2026-10-31, value: 80}]}
"""

FACTS = {
    "measurements": (
        Measurement(objective="calls", day=date(2026, 10, 31), value=80.0),
        Measurement(agreement="sla", metric="Response", priority="P1", day=date(2026, 10, 31), value=3.0),
    ),
    "evidence": (Evidence(commitment="money", day=date(2026, 9, 1), kind="Funding", reference="Minutes"),),
    "acknowledgements": (Acknowledgement(person="ann", role="boss", day=date(2026, 10, 1)),),
}


def problems_of(text: str) -> list[str]:
    with pytest.raises(PlanFileError) as caught:
        plan_file.loads(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("section", FACTS)
def test_facts_beneath_their_records_are_read_into_their_sections(section):
    assert getattr(plan_file.loads(NESTED), section) == FACTS[section]


def test_facts_are_written_as_sections_of_their_own():
    text = plan_file.dumps(plan_file.loads(NESTED))

    assert "measurements:\n- objective: calls" in text
    assert "acknowledged:" not in text
    assert plan_file.loads(text) == plan_file.loads(NESTED)


def test_a_fact_beneath_its_record_is_told_with_its_line_where_it_is_wrong():
    wrong = NESTED.replace("value: 80", "value: eighty")

    (problem,) = problems_of(wrong)
    assert problem.startswith("plan:11:") and "“eighty” is not a number." in problem


@pytest.mark.parametrize("held", ["5", "{day: 2026-01-01}", "[5]"])
def test_what_has_another_form_beneath_a_record_is_told_and_nothing_else_breaks(held):
    text = NESTED.replace("[{day: 2026-10-31, value: 80}]", held)

    assert problems_of(text)


def test_the_same_fact_in_both_places_is_there_twice():
    text = NESTED + "measurements: [{objective: calls, day: 2026-10-31, value: 81}]\n"

    assert any("a second time" in problem for problem in problems_of(text))


def test_workbooks_of_before_have_facts_in_the_sheets_of_then():
    book = openpyxl.load_workbook(io.BytesIO(_workbook(NESTED)))
    for title in ("Measurements", "Evidence", "Acknowledgements"):
        del book[title]
    _sheet(
        book,
        "Objective Measurements",
        ["Objective ID", "Last Day of the Period", "Value"],
        ["calls", date(2026, 10, 31), 80],
    )
    _sheet(
        book,
        "Agreement Measurements",
        ["Agreement ID", "Last Day of the Period", "Metric", "Priority", "Value"],
        ["sla", date(2026, 10, 31), "Response", "P1", 3],
    )
    _sheet(
        book,
        "Commitment Evidence",
        ["Commitment ID", "Date", "Kind", "Reference"],
        ["money", date(2026, 9, 1), "Funding", "Minutes"],
    )
    holders = book["Role Holders"]
    column = holders.max_column + 1
    holders.cell(1, column, "Acknowledged")
    holders.cell(2, column, date(2026, 10, 1))
    written = io.BytesIO()
    book.save(written)

    plan = plan_file.read(written.getvalue(), "plan.xlsx")

    assert {section: getattr(plan, section) for section in FACTS} == FACTS


def test_registers_and_facts_may_name_what_stands_beside_the_plan_and_promises_may_not():
    beside = "beside: [{collection: people, id: nurse, title: Ann Nurse}]\n"
    waiver = "waivers: [{id: w, rule: SVC-05, requester: nurse}]\n"
    promise = "services: [{id: s, title: S, service_owner: nurse}]\n"
    head = "plan: {id: p, title: P}\n"

    plan = plan_file.loads(head + waiver + beside)

    assert plan.beside == (Beside(collection="people", id="nurse", title="Ann Nurse"),)
    assert plan.title_of("people", "nurse") == "Ann Nurse"
    assert plan.get("people", "nurse") is None
    assert plan_file.loads(plan_file.dumps(plan)) == plan
    assert plan_file.read(_workbook(head + waiver + beside), "plan.xlsx") == plan
    assert any("“nurse” is not in people" in problem for problem in problems_of(head + waiver))
    assert any("“nurse” is not in people" in problem for problem in problems_of(head + promise + beside))


def test_beside_a_plan_stands_what_a_section_could_hold():
    text = "plan: {id: p, title: P}\nbeside: [{collection: persons, id: nurse}]\n"

    assert any("“persons” is not a section of a plan file." in problem for problem in problems_of(text))
    assert len(problems_of("plan: {id: p, title: P}\nbeside: 5\n")) == 1


def test_facts_are_found_by_what_they_are_about_the_oldest_first():
    plan = plan_file.loads(NESTED)
    later = Measurement(objective="calls", day=date(2026, 11, 30), value=75.0)
    plan = dataclasses.replace(plan, measurements=(later, *plan.measurements))

    assert [fact.value for fact in plan.measured(plan.objectives[0])] == [80.0, 75.0]
    assert [fact.value for fact in plan.measured(plan.agreements[0])] == [3.0]
    assert plan.shown_by(plan.commitments[0]) == FACTS["evidence"]
    assert plan.acknowledged("boss", "ann") == FACTS["acknowledgements"]
    assert plan.acknowledged("boss", "nobody") == ()


def _workbook(text: str) -> bytes:
    from sm_planner.engine.plan_file.workbook_writer import workbook

    return workbook(plan_file.loads(text))


def _sheet(book: openpyxl.Workbook, title: str, *rows: list) -> None:
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)


UPKEEP = """
plan: {id: p, title: Plan}
components:
  - {id: database, title: Database, maintenance_minutes: 120, maintenance_days: 40}
  - {id: queue, title: Queue, maintenance_minutes: , maintenance_days: }
  - {id: cache, title: Cache, maintenance_days: 40}
"""


def test_the_only_upkeep_of_a_component_in_files_of_before_is_its_first_row():
    database, queue, cache = plan_file.loads(UPKEEP).components

    assert database.maintenance == (MaintenanceNeed(minutes=120, every_days=40),)
    assert queue.maintenance == ()
    assert cache.maintenance == ()  # how often, and not for how long: no upkeep that could be planned


def test_an_upkeep_of_before_is_told_with_its_line_where_it_is_wrong():
    (problem,) = problems_of(UPKEEP.replace("120", "long"))

    assert "4:" in problem and "“long”" in problem
