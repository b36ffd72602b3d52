"""The monthly progress sheet in the Desk: seen before it is sent, sent, and on record; and how the report stands that plans it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_kit import PLANNER, call

SHEET = "SM Progress Sheet"
ACCOUNT = "Progress"


@pytest.fixture
def outgoing(administrator) -> Iterator[None]:
    """An account from which the site sends. Nothing leaves it: no job runs, and no server is there."""
    account = {
        "email_id": "site@example.org",
        "enable_outgoing": 1,
        "default_outgoing": 1,
        "smtp_server": "localhost",
    }
    call(
        administrator,
        "frappe.client.insert",
        doc={"doctype": "Email Account", "email_account_name": ACCOUNT, "awaiting_password": 1, **account},
    )
    yield
    call(administrator, "frappe.client.delete", doctype="Email Account", name=ACCOUNT)


def test_a_sheet_is_seen_sent_and_kept(log_in, example, outgoing, shoot):
    page = log_in(PLANNER, expected=("417",))  # the one refusal that is played
    page.goto(f"/app/sm-plan/{example}")
    page.wait_for_function("() => cur_frm && cur_frm.doc.lineage")
    lineage = page.evaluate("() => cur_frm.doc.lineage")
    page.goto(f"/app/sm-lineage/{lineage}")
    page.get_by_role("button", name="Progress Sheet", exact=True).click()
    dialog = page.locator(".modal.show")
    sheet = dialog.locator(".smp-sheet")
    sheet.locator("h3", has_text="What comes next").wait_for()
    dialog.locator("select").first.select_option("ward-staff")
    dialog.locator("p", has_text="siobhan.geraghty@example.org").wait_for()
    assert "Goals" in sheet.inner_text()
    shoot(page, "progress-sheet-preview")

    # What the server refuses, because it would send something else by now, is shown anew.
    page.route("**/*send_progress_sheet", lambda route: route.fulfill(status=417, json={}), times=1)
    dialog.locator(".btn-primary", has_text="Send").click()
    with page.expect_response("**/*preview_progress_sheet*"):
        page.locator(".modal.show .btn-primary", has_text="Yes").click()
    dialog.locator(".btn-primary:enabled", has_text="Send").wait_for()

    words = sheet.inner_text()
    dialog.locator(".btn-primary", has_text="Send").click()
    page.locator(".modal.show .btn-primary", has_text="Yes").click()
    page.wait_for_function("() => cur_frm && cur_frm.doctype === 'SM Progress Sheet'")
    kept = page.locator(".smp-sheet:visible")
    kept.wait_for()
    assert " ".join(kept.inner_text().split()) in " ".join(words.split())
    document = page.evaluate("() => cur_frm.doc")
    assert (document["stakeholder"], document["number"], len(document["content_hash"])) == (
        "ward-staff",
        1,
        64,
    )
    assert page.evaluate("() => cur_frm.perm[0].write || 0") == 0
    shoot(page, "progress-sheet-kept")

    page.goto(f"/app/sm-lineage/{lineage}")
    page.get_by_role("button", name="Progress Sheet", exact=True).click()
    sheet.locator("h3", has_text="What comes next").wait_for()
    dialog.locator("select").first.select_option("ward-staff")
    dialog.locator("[role=status]", has_text="This sheet was sent on").wait_for()
    dialog.locator("[data-fieldname=correction] textarea").wait_for()
    shoot(page, "progress-sheet-correction")


def test_a_report_tells_how_it_stands(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-report-spec/{example}-owner-page")
    panel = page.locator("[data-fieldname=standing_html] .smp-panel")
    panel.wait_for()
    assert "Two charts that nobody could explain are dropped." in panel.inner_text()
    assert "Bridget Moloney" in panel.inner_text()
    shoot(page, "report-spec")
    page.goto(f"/app/query-report/Reports to People?plan={example}")
    page.locator(".dt-cell", has_text="The page of the service owner").first.wait_for()
    shoot(page, "reports-to-people")
