"""Reports: one shape, whose texts can be translated, from pure functions of a plan and a day."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.checks import check
from sm_planner.engine.checks.finding import Severity
from sm_planner.engine.checks.telling import lines
from sm_planner.engine.model import Component, Person, Plan, Process, RaciEntry, Role, RoleHolder, Service
from sm_planner.engine.texts import Text
from sm_planner.reports import REPORTS, chain_feasibility, plan_findings, plan_readiness, raci_matrix
from sm_planner.reports.several import PLAN_KEY, together
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

TODAY = date(2027, 2, 1)
FIELDTYPES = {"Data", "Int", "Float", "Percent", "Date"}


def test_a_table_in_plain_values_and_the_readers_language():
    table = Table(
        columns=(Column("due", Text("Due"), "Date"), Column("role:a", "Team Lead")),
        rows=[{"due": date(2027, 3, 1), "role:a": Text("until {0}", ("May",))}],
        summary=(Figure(Text("Due"), 1, "Red"),),
        chart=Chart(Text("Due"), (Text("Due"), "Team Lead"), (Dataset(Text("Due"), (1, 2)),), ("#0b5c6e",)),
        message=Text("Due"),
    )
    german = {"Due": "Fällig", "until {0}": "bis {0}"}
    assert table.as_dict(lambda text: german.get(text, text)) == {
        "columns": [
            {"fieldname": "due", "label": "Fällig", "fieldtype": "Date", "width": 120, "options": ""},
            {"fieldname": "role:a", "label": "Team Lead", "fieldtype": "Data", "width": 120, "options": ""},
        ],
        "rows": [{"due": "2027-03-01", "role:a": "bis May"}],
        "summary": [{"label": "Fällig", "value": 1, "indicator": "Red"}],
        "chart": {
            "title": "Fällig",
            "reading": None,
            "type": "bar",
            "data": {"labels": ["Fällig", "Team Lead"], "datasets": [{"name": "Fällig", "values": [1, 2]}]},
            "colors": ["#0b5c6e"],
            "barOptions": {"stacked": False},
        },
        "message": "Fällig",
    }


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_keeps_the_shape(name, example):
    table = REPORTS[name].run(example, TODAY)
    names = [column.fieldname for column in table.columns]
    assert len(set(names)) == len(names)
    assert {column.fieldtype for column in table.columns} <= FIELDTYPES
    assert all(set(names) <= set(row) for row in table.rows)
    assert {figure.indicator for figure in table.summary} <= {"Green", "Red", "Blue"}
    assert all(len(dataset.values) == len(table.chart.labels) for dataset in table.chart.datasets)
    assert table.chart.title and table.chart.reading
    assert table.message
    assert table.rows


@settings(max_examples=40)
@given(data=st.data())
def test_every_report_of_any_plan_is_json_and_the_same_each_time(data, plan_strategy):
    plan = data.draw(plan_strategy)
    for report in REPORTS.values():
        once = json.dumps(report.run(plan, TODAY).as_dict())
        assert once == json.dumps(report.run(replace(plan), TODAY).as_dict())


@pytest.mark.parametrize("report", [chain_feasibility, raci_matrix])
def test_figures_alone_are_those_of_the_whole_report(example, report):
    whole, alone = report.report(example, TODAY), report.figures(example, TODAY)
    assert (alone.summary, alone.message) == (whole.summary, whole.message)
    assert (bool(whole.rows), bool(whole.summary), alone.rows) == (True, True, [])


# Plan Findings


def test_findings_stand_in_the_order_of_their_lines_those_of_a_fault_together(example):
    table = plan_findings.report(example, TODAY)
    told = lines(example, check(example, TODAY))
    found = [finding for line in told for finding in line.all]
    assert [row["code"] for row in table.rows] == [finding.code for finding in found]
    assert table.rows[0]["message"] == Text(found[0].message, found[0].args)
    assert [str(row["meaning"]) for row in table.rows] == [
        line.meaning.value for line in told for _ in line.all
    ]
    several = {str(line.message) for line in told if len(line.all) > 1}
    assert {str(row["fault"]) for row in table.rows} == {"", *several}


def test_what_is_told_as_one_stands_beneath_its_line(example):
    table = plan_findings.report(example, TODAY)
    told = {line.key: line for line in lines(example, check(example, TODAY)) if len(line.all) > 1}
    assert table.heads.keys() == told.keys() != set()
    assert Counter(row["head"] for row in table.rows if row["head"]) == {
        key: len(line.all) for key, line in told.items()
    }
    for key, line in told.items():
        head = table.heads[key]
        assert head.keys() >= {column.fieldname for column in table.columns}
        assert (head["message"], head["fix"], head["code"]) == (line.message, line.advice, line.code)
        assert str(head["severity"]) == line.first.severity.value
        assert str(head["title"]) == f"{len(line.all)} findings"
        assert head["count"] is None  # a total of the column is that of the findings


def test_a_line_of_which_one_finding_is_shown_is_no_head_and_a_head_says_only_what_is_shown(example):
    bare = replace(example, raci=())
    whole = plan_findings.report(bare, TODAY)
    (missing,) = (key for key in whole.heads if key.startswith("PLN-06"))
    assert whole.heads[missing]["code"] == "PLN-06"
    weights = {str(row["severity"]) for row in whole.rows if row["head"] == missing}
    assert len(weights) > 1
    for severity in Severity:
        narrowed = plan_findings.report(bare, TODAY, severity=severity.value)
        assert {str(head["severity"]) for head in narrowed.heads.values()} <= {severity.value}
        shown = Counter(row["head"] for row in narrowed.rows)
        assert {key for key, count in shown.items() if key and count > 1} == narrowed.heads.keys()
        for key, head in narrowed.heads.items():
            assert head["code"] in ("", *(row["code"] for row in narrowed.rows if row["head"] == key))


def test_of_several_plans_each_has_its_own_lines(example, minimal):
    tables = [(plan, plan_findings.report(plan, TODAY)) for plan in (example, minimal)]
    both = together([*tables, (replace(example, id="next"), tables[0][1])])
    assert len(both.heads) == 2 * len(tables[0][1].heads) + len(tables[1][1].heads)
    for row in both.rows:
        assert not row["head"] or both.heads[row["head"]][PLAN_KEY] == row[PLAN_KEY]
    assert sum(bool(row["head"]) for row in both.rows) > len(both.heads)


def test_findings_can_be_narrowed(minimal):
    bare = replace(minimal, why="", executive_sponsor="")
    every = plan_findings.report(bare, TODAY).as_dict()["rows"]
    blockers = plan_findings.report(bare, TODAY, severity="Blocker").as_dict()["rows"]
    sponsor = plan_findings.report(bare, TODAY, family="SPN").as_dict()["rows"]
    decided = plan_findings.report(bare, TODAY, decided=True).as_dict()["rows"]
    assert blockers == [row for row in every if row["severity"] == "Blocker"] != []
    assert sponsor == [row for row in every if row["code"].startswith("SPN-")] != []
    assert decided == [row for row in every if row["verdict"] == "Failed"] != []


def test_the_summary_of_findings_counts_the_whole_plan(minimal):
    bare = replace(minimal, why="")
    narrowed = plan_findings.report(bare, TODAY, family="STK")
    assert narrowed.summary == plan_findings.report(bare, TODAY).summary
    assert narrowed.summary[0] == Figure(Text("Blocker"), check(bare, TODAY).counts["Blocker"], "Red")


def test_the_message_names_the_next_step(minimal):
    blocked = plan_findings.report(replace(minimal, why=""), TODAY)
    assert "Settle them first" in str(blocked.message)


def test_what_is_waived_is_counted_and_shown_when_asked_for(example):
    result = check(example, TODAY)
    shown = plan_findings.report(example, TODAY, waived=True)
    assert Figure(Text("Waived"), len(result.waived)) in shown.summary
    assert [str(row["verdict"]) for row in shown.rows].count("Waived") == len(result.waived) > 0
    assert "Waived" not in {str(row["verdict"]) for row in plan_findings.report(example, TODAY).rows}


# Plan Readiness


def test_readiness_has_a_row_for_every_piece_and_says_what_lacks(minimal):
    table = plan_readiness.report(replace(minimal, why=""), TODAY)
    rows = {str(row["piece"]): row for row in table.rows}
    assert str(rows["Why"]["state"]) == "Missing"
    assert rows["Why"]["lacks"]
    assert rows["Why"]["fix"]
    open_rows = plan_readiness.report(replace(minimal, why=""), TODAY, open_only=True).rows
    assert open_rows == [row for row in table.rows if str(row["state"]) != "Ready"]


def test_readiness_goes_section_by_section(minimal):
    table = plan_readiness.report(replace(minimal, why=""), TODAY)
    sections = list(dict.fromkeys(str(row["section"]) for row in table.rows))
    assert sections == [str(label) for label in table.chart.labels]
    drawn = sum(sum(dataset.values) for dataset in table.chart.datasets)
    assert drawn == len(table.rows)
    assert "Begin with what is missing" in str(table.message)


def test_readiness_says_to_settle_what_is_blocked_once_nothing_is_missing(minimal):
    wish = replace(minimal.objectives[0], kpi="")
    assert "Settle the blocked ones" in str(
        plan_readiness.report(replace(minimal, objectives=(wish,)), TODAY).message
    )


# RACI Matrix


@pytest.fixture
def matrix_plan() -> Plan:
    return Plan(
        id="p",
        title="P",
        roles=(Role(id="lead", title="Lead"), Role(id="team", title="Team"), Role(id="idle", title="Idle")),
        processes=(Process(id="inc", title="Incidents"), Process(id="chg", title="Changes")),
        services=(Service(id="mail", title="Mail"), Service(id="file", title="Files")),
        components=(
            Component(id="relay", title="Relay", services=("mail",)),
            Component(id="store", title="Store", services=("mail",)),
        ),
        raci=(
            RaciEntry(process="inc", role="lead", letter="A"),
            RaciEntry(process="inc", role="team", letter="R"),
            RaciEntry(process="inc", service="mail", component="store", role="lead", letter="AR"),
            RaciEntry(process="chg", role="team", letter="R"),
            RaciEntry(process="chg", service="file", letter="N/A", task="Files never change"),
        ),
    )


def shown(table: Table) -> list[tuple]:
    return [
        tuple(row[column["fieldname"]] for column in table.as_dict()["columns"])
        for row in table.as_dict()["rows"]
    ]


def test_a_row_a_cell_and_a_column_for_each_role_that_holds_a_letter(matrix_plan):
    table = raci_matrix.report(matrix_plan, TODAY)
    assert [str(column.label) for column in table.columns][4:] == ["Lead", "Team"]
    assert shown(table) == [
        ("Incidents", "Mail", "Relay", "Complete", "(A)", "(R)"),
        ("Incidents", "Mail", "Store", "Complete", "AR", ""),
        ("Incidents", "Files", "", "Complete", "(A)", "(R)"),
        ("Changes", "Mail", "Relay", "Nobody accountable", "", "(R)"),
        ("Changes", "Mail", "Store", "Nobody accountable", "", "(R)"),
        ("Changes", "Files", "", "Not applicable: Files never change", "", ""),
    ]
    assert [(str(figure.label), figure.value) for figure in table.summary] == [
        ("Cells", 6),
        ("Nobody accountable", 2),
        ("Several accountable", 0),
        ("Nobody responsible", 0),
        ("Not applicable", 1),
    ]


def test_the_matrix_can_be_narrowed_and_begin_with_its_gaps(matrix_plan):
    assert {row["process"] for row in raci_matrix.report(matrix_plan, TODAY, process="chg").rows} == {"chg"}
    assert {row["service"] for row in raci_matrix.report(matrix_plan, TODAY, service="file").rows} == {"file"}
    gaps_first = raci_matrix.report(matrix_plan, TODAY, gaps_first=True).rows
    assert [row["process"] for row in gaps_first] == ["chg", "chg", "inc", "inc", "inc", "chg"]


def test_the_matrix_can_be_narrowed_to_a_component_a_role_or_a_person(matrix_plan):
    lead = Role(
        id="lead", title="Lead", holders=(RoleHolder(person="ana"), RoleHolder(person="bo", to_date=TODAY))
    )
    plan = replace(
        matrix_plan, roles=(lead, *matrix_plan.roles[1:]), people=(Person(id="ana"), Person(id="bo"))
    )
    of_store = raci_matrix.report(plan, TODAY, component="store")
    assert {row["component"] for row in of_store.rows} == {"store"}
    of_lead = [
        ("Incidents", "Mail", "Relay", "Complete", "(A)"),
        ("Incidents", "Mail", "Store", "Complete", "AR"),
    ]
    of_lead.append(("Incidents", "Files", "", "Complete", "(A)"))
    assert shown(raci_matrix.report(plan, TODAY, role="lead")) == of_lead
    assert shown(raci_matrix.report(plan, TODAY, person="ana")) == of_lead
    assert raci_matrix.report(plan, date(2027, 2, 2), person="bo").rows == []
    assert raci_matrix.report(plan, TODAY, person="ana", role="team").rows == []
    collapsed = raci_matrix.report(plan, TODAY, role="lead", collapsed=True)
    assert shown(collapsed) == [
        ("Incidents", "All services", "", "Complete", "A"),
        ("Incidents", "Mail", "Store", "Complete", "AR"),
    ]


def test_a_collapsed_matrix_tells_the_rule_and_what_differs(matrix_plan):
    assert shown(raci_matrix.report(matrix_plan, TODAY, collapsed=True)) == [
        ("Incidents", "All services", "", "Complete", "A", "R"),
        ("Incidents", "Mail", "Store", "Complete", "AR", ""),
        ("Changes", "All services", "", "Nobody accountable", "", "R"),
        ("Changes", "Files", "", "Not applicable: Files never change", "", ""),
    ]


def test_components_with_the_same_duties_share_a_row_when_collapsed(matrix_plan):
    for_mail = RaciEntry(process="chg", service="mail", role="lead", letter="A")
    plan = replace(matrix_plan, raci=(*matrix_plan.raci, for_mail))
    assert shown(raci_matrix.report(plan, TODAY, process="chg", service="mail", collapsed=True))[1:] == [
        ("Changes", "Mail", "All components", "Complete", "A", "(R)")
    ]


def test_the_matrix_of_an_empty_plan_says_what_to_add():
    table = raci_matrix.report(Plan(id="p", title="P"), TODAY)
    assert table.rows == []
    assert table.chart is None
    assert "Add processes and services" in str(table.message)
