"""The report Stakeholder Coverage."""

from datetime import date

from sm_planner.engine.checks import check
from sm_planner.engine.checks.stakeholders import RULES
from sm_planner.engine.model import Agreement, CustomerRequirement, Person, Plan, Service, Stakeholder
from sm_planner.reports import stakeholder_coverage

TODAY = date(2026, 7, 1)
PLAN = Plan(
    id="p",
    people=(Person(id="ana", title="Ana"),),
    stakeholders=(
        Stakeholder(
            id="press", title="Press", kind="Other", influence="Low", needs="News", preferred_channel="Mail"
        ),
        Stakeholder(id="unrated", title="Unrated", kind="Other"),
        Stakeholder(
            id="shops",
            title="Shops",
            kind="Customer",
            influence="High",
            contact="ana",
            champion=True,
            needs="Post",
            last_engagement=date(2026, 6, 1),
        ),
    ),
    services=(
        Service(id="mail", customers=("shops",)),
        Service(id="fax", customers=("shops",), status="Retired"),
    ),
    agreements=(
        Agreement(id="sla", kind="SLA", customer="shops"),
        Agreement(id="d", kind="SLA", status="Draft"),
    ),
    requirements=(CustomerRequirement(id="wish", title="Quick post", customer="shops"),),
)


def test_the_most_influential_come_first_with_what_binds_us_to_them():
    rows = stakeholder_coverage.report(PLAN, TODAY).rows
    assert [row["id"] for row in rows] == ["shops", "press", "unrated"]
    shops = rows[0]
    assert (shops["contact"], shops["services"], shops["agreements"], shops["requirements"]) == (
        "Ana",
        1,
        1,
        1,
    )


def test_gaps_are_what_the_checks_find_of_a_stakeholder_and_its_requirements():
    rows = {row["id"]: row for row in stakeholder_coverage.report(PLAN, TODAY).rows}
    failed = [finding for finding in check(PLAN, TODAY, RULES).failed if finding.record.collection != "plan"]
    assert sum(row["gaps"] for row in rows.values()) == len(failed)
    assert rows["press"]["gaps"] == 0
    about_wish = sum(finding.record.id == "wish" for finding in failed)
    assert rows["shops"]["gaps"] == about_wish + sum(finding.record.id == "shops" for finding in failed)
    assert about_wish > 0
    assert str(rows["unrated"]["lacks"]) == "“Unrated”: Needs is not filled in."


def test_stakeholders_can_be_narrowed_to_a_kind_or_to_those_with_gaps():
    assert [row["id"] for row in stakeholder_coverage.report(PLAN, TODAY, kind="Customer").rows] == ["shops"]
    assert [row["id"] for row in stakeholder_coverage.report(PLAN, TODAY, gaps_only=True).rows] == [
        "shops",
        "unrated",
    ]


def test_the_summary_and_the_chart_count_who_is_looked_after():
    table = stakeholder_coverage.report(PLAN, TODAY)
    assert [figure.value for figure in table.summary] == [3, 1, 2, 1]
    assert list(map(str, table.chart.labels)) == ["High", "Medium", "Low", "Not rated"]
    assert [dataset.values for dataset in table.chart.datasets] == [(0, 0, 1, 0), (1, 0, 0, 1)]
    assert str(table.message) == "1 of 3 stakeholders are looked after. Begin with the most influential."


def test_a_plan_without_stakeholders_says_so():
    table = stakeholder_coverage.report(Plan(id="p"), TODAY)
    assert table.chart is None
    assert "Add the ones that the plan affects" in str(table.message)
