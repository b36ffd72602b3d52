"""Agreement Terms: what holds for each agreement, and which one says it."""

from datetime import date

import pytest

from sm_planner.engine.model import Agreement, AgreementTarget, Calendar, Plan, SeverityMapping, Stakeholder
from sm_planner.reports.agreement_terms import report

TODAY = date(2026, 11, 29)


@pytest.fixture
def plan() -> Plan:
    return Plan(
        id="p",
        stakeholders=(Stakeholder(id="shops", title="Shops"),),
        calendars=(Calendar(id="day", title="Day Hours"),),
        agreements=(
            Agreement(
                id="all",
                title="General",
                kind="SLA",
                customer="shops",
                service_hours="day",
                start_date=date(2026, 1, 1),
                open_ended=True,
                notice_months=3,
                targets=(
                    AgreementTarget(metric="Resolution", priority="P1", value=4, unit="Hours"),
                    AgreementTarget(metric="Response", method="By hand"),
                ),
                severities=(SeverityMapping(priority="P1", severity="Sev 1"),),
            ),
            Agreement(id="one", kind="SLA", general_agreement="all", exceptions="Strikes"),
            Agreement(id="alone", title="Alone", kind="OLA", remedies="none"),
        ),
    )


def rows(table) -> list[tuple[str, ...]]:
    shown = table.as_dict()["rows"]
    return [tuple(row[name] for name in ("id", "term", "value", "origin_id", "taken_over")) for row in shown]


def test_each_term_is_told_with_the_agreement_that_says_it(plan):
    assert rows(report(plan, TODAY, agreement="one")) == [
        ("one", "Customer", "Shops", "all", "Taken over"),
        ("one", "Start Date", "2026-01-01", "all", "Taken over"),
        ("one", "Open-ended", "Open-ended", "all", "Taken over"),
        ("one", "Notice (Months)", "3", "all", "Taken over"),
        ("one", "Service Hours", "Day Hours", "all", "Taken over"),
        ("one", "Resolution P1", "4 Hours · Day Hours", "all", "Taken over"),
        ("one", "Response", "Response · By hand", "all", "Taken over"),
        ("one", "Severities", "P1 · Sev 1", "all", "Taken over"),
        ("one", "Exceptions", "Strikes", "one", ""),
    ]


def test_of_a_kind_and_only_what_is_taken_over(plan):
    assert {row[0] for row in rows(report(plan, TODAY))} == {"all", "one", "alone"}
    assert {row[0] for row in rows(report(plan, TODAY, kind="OLA"))} == {"alone"}
    assert len(rows(report(plan, TODAY, taken_over_only=True))) == 8


def test_figures_chart_and_message(plan):
    table = report(plan, TODAY)
    assert [figure.value for figure in table.summary] == [3, 18, 8]
    assert table.chart.labels == ("one", "General", "Alone")
    assert [dataset.values for dataset in table.chart.datasets] == [(1, 8, 1), (8, 0, 0)]
    assert str(table.chart.reading) == "“one” takes over most: 8 of the 9 terms that hold for it."
    assert str(table.message).startswith("What is taken over is changed in the agreement that says it")
    alone = report(plan, TODAY, kind="OLA")
    assert str(alone.chart.reading) == "No agreement takes over a term."
    assert "enter a general agreement" in str(alone.message)
    assert str(report(Plan(id="p"), TODAY).message).startswith("There is no agreement")
