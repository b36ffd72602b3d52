"""The report RACI Gaps and Load."""

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Person, Plan, Process, RaciEntry, Role, RoleHolder, Service, Settings
from sm_planner.reports import raci_gaps

TODAY = date(2026, 7, 1)
PLAN = Plan(
    id="p",
    people=(Person(id="ana", title="Ana"), Person(id="bo", title="Bo"), Person(id="cy", title="Cy")),
    roles=(
        Role(id="lead", title="Lead", holders=(RoleHolder(person="ana"),)),
        Role(id="desk", title="Desk", holders=(RoleHolder(person="bo"), RoleHolder(person="ana"))),
    ),
    processes=(Process(id="inc", title="Incidents"), Process(id="chg", title="Changes")),
    services=(Service(id="mail", title="Mail"), Service(id="file", title="Files")),
    raci=(
        RaciEntry(process="inc", role="lead", letter="A"),
        RaciEntry(process="inc", role="desk", letter="R"),
        RaciEntry(process="chg", service="mail", role="desk", letter="C"),
    ),
)


def told(**filters) -> list[tuple]:
    fields = ("about", "title", "code", "cells", "share", "accountable", "responsible", "alone")
    rows = raci_gaps.report(PLAN, TODAY, **filters).as_dict()["rows"]
    return [tuple(row[field] for field in fields) for row in rows]


def test_gaps_come_first_then_people_then_roles_by_their_cells():
    assert told() == [
        ("Gap", "Changes", "RAC-01", 2, 50.0, None, None, None),
        ("Gap", "Changes", "RAC-02", 2, 50.0, None, None, None),
        ("Gap", "Changes", "RAC-03", 1, 25.0, None, None, None),
        ("Person", "Ana", "", 3, 75.0, 2, 2, 0),
        ("Person", "Bo", "", 3, 75.0, 0, 2, 0),
        ("Person", "Cy", "", 0, 0.0, 0, 0, 0),
        ("Role", "Desk", "", 3, 75.0, 0, 2, None),
        ("Role", "Lead", "", 2, 50.0, 2, 0, None),
    ]


def test_the_report_can_be_about_one_thing():
    assert {row[0] for row in told(about="Person")} == {"Person"}
    assert {row[0] for row in told(about="Gap")} == {"Gap"}


def test_who_has_too_much_is_told_by_the_rule_that_says_so():
    plan = replace(PLAN, settings=Settings(largest_cell_share=70, most_accountable_cells=1))
    people = [row for row in raci_gaps.report(plan, TODAY).rows if row["code"] == "RAC-07"]
    assert [(row["title"], str(row["message"])) for row in people] == [
        ("Ana", "“Ana” has a part in 3 of 4 cells, more than 70 %."),
        ("Ana", "“Ana” is accountable in 2 cells, more than 1."),
        ("Bo", "“Bo” has a part in 3 of 4 cells, more than 70 %."),
    ]


def test_the_summary_counts_cells_with_a_gap_and_people_without_a_letter():
    table = raci_gaps.report(PLAN, TODAY)
    assert [(str(figure.label), figure.value) for figure in table.summary] == [
        ("Cells", 4),
        ("Cells with a gap", 2),
        ("People with too many letters", 0),
        ("People without a letter", 1),
    ]
    assert table.chart.labels == ("Ana", "Bo")


def test_the_message_goes_from_no_cells_over_gaps_to_load_to_nothing():
    whole = replace(
        PLAN, processes=PLAN.processes[:1], raci=PLAN.raci[:2], settings=Settings(largest_cell_share=None)
    )
    heavy = replace(whole, settings=Settings(most_responsible_cells=1))
    messages = [str(raci_gaps.report(plan, TODAY).message) for plan in (Plan(id="p"), PLAN, heavy, whole)]
    assert [message.split(".")[0] for message in messages] == [
        "There are no cells yet",
        "Close the gaps first; each line says where they are, and how many cells they affect",
        "There are no gaps",
        "There are no gaps, and nobody has too many letters",
    ]
