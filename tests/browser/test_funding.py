"""The funding request in the Desk: the sponsor reads one page, approves it, and it prints on one page."""

from __future__ import annotations

import re

from desk_kit import PLANNER, SPONSOR, call, decide, open_plan, show_tab

TITLE = "Approve this funding request"


def test_the_sponsor_reads_the_funding_request_and_approves_it(log_in, example, administrator, shoot):
    page = log_in(SPONSOR)
    open_plan(page, example)
    show_tab(page, "Money")
    panel = page.locator("[data-fieldname=funding_html] section")
    panel.get_by_text("Nobody has decided about the funding request yet.").wait_for()
    request = page.frame_locator("iframe.smp-page")
    request.get_by_text(re.compile("Tomasz Wieczorek asks Orla Kinsella for 1.132.700.EUR")).wait_for()
    shoot(page, "funding-request")

    decide(page, "Approve the Funding Request", TITLE, "As the board said.")

    panel.get_by_text(re.compile("Orla Kinsella approved the funding request on")).wait_for()
    request.get_by_text("As the board said.").wait_for()
    assert page.get_by_role("button", name="Approve the Funding Request").count() == 0
    shoot(page, "funding-approved")
    (kept,) = call(
        administrator,
        "frappe.client.get_list",
        doctype="SM Approval",
        filters={"register": "funding"},
        fields=["act", "owner", "reason"],
    )
    assert kept == {"act": "Approve", "owner": SPONSOR, "reason": "As the board said."}


def test_the_funding_request_prints_on_one_page(log_in, example, tmp_path):
    page = log_in(PLANNER)
    page.goto(f"/api/method/sm_planner.api.funding_page?plan={example}")
    page.get_by_role("heading", name="What happens otherwise").wait_for()
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1


def test_budget_and_payback_adds_up(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/query-report/Budget and Payback?plan={example}")
    page.get_by_text("The plan has paid for itself in 2029-12.").first.wait_for()
    total = page.locator(".dt-row-totalRow")
    total.wait_for()
    shoot(page, "budget-and-payback")
    assert "1,132,700" in total.inner_text()
