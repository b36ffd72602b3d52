"""Targets on which no chain says anything are told, with the reason and with who beneath promises less; so are those that
cannot be counted."""

from datetime import date

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.chain import beneath
from sm_planner.engine.chain.unjudged import JUDGED, WHY
from sm_planner.engine.model import METRICS
from sm_planner.reports import chain_feasibility

TODAY = date(2027, 2, 1)
PLAN = """
plan: {id: p, period_start: 2027-01-01}
calendars:
  - {id: office, title: Office Hours, timezone: Europe/Lisbon, windows: [{weekday: Monday, opens: "09:00", closes: "17:00"}]}
suppliers: [{id: makers, title: Makers}]
stakeholders: [{id: shops, title: Shops, kind: Customer}]
services: [{id: mail, title: E-mail, status: Live, customer_facing: true, customers: [shops]}]
components: [{id: server, title: Server, services: [mail], supplier: makers}, {id: disk, title: Disk, services: [mail], supplier: makers}]
agreements:
  - {id: sla, title: SLA, kind: SLA, customer: shops, service_hours: office, scope: [{service: mail}], targets: [%s]}
  - {id: uc, title: Contract, kind: UC, supplier: makers, service_hours: office, scope: [{service: mail}], targets: [%s]}
"""
ORDERS = "metric: Own, own_metric: Orders an Hour, unit: Own, own_unit: orders, direction: At Least"


def report_of(above: str, below: str = "", **only: str):
    return chain_feasibility.report(plan_file.loads(PLAN % (above, below), "test"), TODAY, **only)


def test_every_metric_is_judged_or_says_why_not():
    assert set(METRICS) == {*JUDGED, *WHY}


@pytest.mark.parametrize(
    ("above", "below", "less"),
    [
        ("metric: Reliability, value: 200, unit: Hours", "metric: Reliability, value: 8, unit: Days", "8 Days"),
        ("metric: Reliability, value: 200, unit: Hours", "metric: Reliability, value: 9, unit: Days", None),
        ("metric: Reliability, value: 99, unit: Percent", "metric: Reliability, value: 9, unit: Days", None),
        ("metric: Page Time, value: 2, unit: Seconds", "metric: Page Time, value: 2500, unit: Milliseconds", "2500 Milliseconds"),
        ("metric: Page Time, value: 2, unit: Seconds", "metric: Page Time, value: 1, unit: Seconds", None),
        (f"{ORDERS}, value: 100", f"{ORDERS}, value: 90", "at least 90 orders"),
        (f"{ORDERS}, value: 100", f"{ORDERS}, value: 90, priority: P1", None),
        (f"{ORDERS}, value: 100", f"{ORDERS.replace('Orders an', 'Bills an')}, value: 90", None),
        ("metric: Quality, value: 98, unit: Percent", "metric: Quality, value: 97, unit: Percent", "97 Percent"),
    ],
)  # fmt: skip
def test_who_promises_less_of_the_same_is_named_once(above, below, less):
    (row,) = report_of(f"{{{above}}}", f"{{{below}}}").rows
    told = str(row["missing"])
    assert str(row["verdict"]) == "Not judged"
    assert (f"“Contract” promises less: {less}." in told) == (less is not None)
    assert told.count("Contract") == (less is not None)
    assert bool(row["ask"]) == (less is not None)


def test_the_most_specific_agreement_speaks_for_a_party():
    text = PLAN % (
        "{metric: Page Time, value: 2, unit: Seconds}",
        "{metric: Page Time, value: 3, unit: Seconds}",
    )
    text += """
  - {id: own, title: Own, kind: UC, supplier: makers, scope: [{component: server}, {component: disk}], targets: [{metric: Page Time, value: 1, unit: Seconds}]}
"""
    plan = plan_file.loads(text.replace("\n\n", "\n"), "test")
    (one,) = beneath(plan, TODAY).unjudged(plan.agreements[0])
    assert one.less == ()


def test_the_report_counts_them_apart():
    above = "{metric: Recovery Time, value: 5, unit: Hours}, {metric: Page Time, value: 2, unit: Seconds}"
    below = "{metric: Recovery Time, value: 4, unit: Hours}"
    table = report_of(above, below)
    assert [str(row["verdict"]) for row in table.rows] == ["Feasible", "Not judged"]
    assert [(str(one.label), one.value) for one in table.summary][0::4] == [("Chains", 1), ("Not judged", 1)]
    assert "no chain says anything: 1" in str(table.message)
    assert [str(row["target"]) for row in report_of(above, below, verdict="Feasible").rows] == [
        "Recovery Time"
    ]
    assert [str(row["target"]) for row in report_of(above, below, carried_by="uc").rows] == ["Recovery Time"]


def test_alone_they_are_no_chain_that_holds():
    table = report_of("{metric: Page Time, value: 2, unit: Seconds}")
    assert str(table.message).startswith("Promises on which no chain says anything: 1")


@pytest.mark.parametrize(
    ("above", "told"),
    [
        ("value: 4, unit: Hours, share_of_cases: 0", "promises what cannot be counted: 0 % within 4 Hours."),
        ("value: 4, unit: Percent", "promises what cannot be counted: 4 Percent."),
        ("value: 4", "has no value and unit."),
    ],
)
def test_a_target_that_cannot_be_counted_says_what_is_wrong_with_it(above, told):
    (row,) = report_of(f"{{metric: Resolution, {above}}}").rows
    assert str(row["verdict"]) == "Unknown"
    assert str(row["missing"]) == f"“SLA”: Resolution {told}"
