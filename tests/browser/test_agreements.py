"""The form of an agreement: each of its tabs, wide and on a phone, and what one enters of both sides."""

from __future__ import annotations

import pytest
from desk_kit import PLANNER, fits, rows_of, see_report, show_tab

TABS = ("Breach and Escalation", "Maintenance", "Both Sides", "Versions")


def opened(page) -> None:
    page.goto("/app/sm-agreement/sla-patient-record")
    page.wait_for_function("() => cur_frm && cur_frm.doctype === 'SM Agreement' && cur_frm.doc.duties")


@pytest.mark.parametrize("touch", [False, True])
def test_each_tab_shows_its_tables_within_the_screen(log_in, example, shoot, touch):
    page = log_in(PLANNER, touch=touch)
    opened(page)
    shoot(page, f"agreement-{'phone' if touch else 'wide'}")
    for tab in TABS:
        show_tab(page, tab)
        shoot(page, f"agreement-{tab}-{'phone' if touch else 'wide'}".lower().replace(" ", "-"))
        fits(page)


def test_columns_of_the_tables_fit_into_a_row(log_in, example):
    page = log_in(PLANNER)
    opened(page)
    widths = page.evaluate(
        """() => Object.fromEntries(cur_frm.fields.filter((field) => field.grid).map(({ df, grid }) =>
            [df.fieldname, grid.docfields.filter((one) => one.in_list_view)
                .reduce((sum, one) => sum + (one.columns || 0), 0)]))"""
    )
    assert {"duties", "support", "environments", "charges", "contacts", "escalations"} <= widths.keys()
    assert {name: width for name, width in widths.items() if width > 10} == {}


@pytest.mark.parametrize(
    "report",
    [
        "Agreement Terms",
        "Agreement Coverage",
        "Agreement Expiry",
        "Breaches and Credits",
        "SLA Chain Feasibility",
    ],
)
def test_each_report_about_agreements_opens(log_in, example, shoot, report):
    page = log_in(PLANNER)
    see_report(page, report, plan=example)
    shoot(page, report.lower().replace(" ", "-"))
    assert rows_of(page, report, plan=example)


def test_the_party_of_a_row_of_coverage_opens(log_in, example):
    page = log_in(PLANNER)
    see_report(page, "Agreement Coverage", plan=example)
    opened_by = {row["id"]: row["opens"] for row in rows_of(page, "Agreement Coverage", plan=example)}
    assert opened_by and all(opened_by.values())
