"""What lives between two signatures, in the Desk and on the portal: one's own part, waivers, the home of a plan."""

from __future__ import annotations

from desk_kit import PLANNER, SPONSOR, call, decide, fits

OWNER = "siobhan.geraghty@example.org"
LINEAGE = "ardlough-service-plan"


def confirmed(administrator) -> list[dict]:
    """What the owner confirmed of herself."""
    return call(
        administrator,
        "frappe.client.get_list",
        doctype="SM Acknowledgement",
        filters={"owner": OWNER},
        fields=["person", "shown", "entered_by", "lineage"],
    )


def test_somebody_reads_and_confirms_her_part_in_the_desk_and_finds_it_on_the_portal(
    log_in, in_force, administrator, shoot
):
    page = log_in(OWNER)
    page.goto("/app/my-part")
    part = page.locator(".sm-part")
    part.get_by_text("Siobhán Geraghty").first.wait_for()
    shown = part.get_attribute("data-shown")
    shoot(page, "my-part")
    part.get_by_role("button", name="Confirm My Part").click()
    page.locator(".sm-part-ask.sm-part-done").wait_for()
    assert page.get_by_role("button", name="Confirm My Part").count() == 0
    (fact,) = confirmed(administrator)
    assert (fact["person"], fact["shown"], fact["entered_by"] or "", fact["lineage"]) == (
        "siobhan-geraghty",
        shown,
        "",
        LINEAGE,
    )

    page.get_by_role("button", name="Make", exact=True).click()
    address = page.locator(".sm-part-feed input")
    address.wait_for()
    assert "sm_planner.api.my_calendar?token=" in address.input_value()

    phone = log_in(OWNER, touch=True)
    phone.goto("/my-part")
    phone.locator(".sm-part-ask.sm-part-done").wait_for()
    fits(phone)
    shoot(phone, "my-part-phone")
    phone.get_by_role("button", name="Revoke").tap()
    phone.get_by_role("button", name="Make", exact=True).wait_for()


def test_the_page_itself_says_that_somebody_has_no_part_while_there_is_only_a_draft(log_in, example):
    page = log_in(OWNER, expected=("sm_planner.api.my_part", "403", "PermissionError"))
    page.goto("/app/my-part")
    page.get_by_text("You have no part in a plan in force here.").wait_for()
    page.wait_for_timeout(500)  # a dialog would have come by now
    assert page.locator(".modal.show").count() == 0


def test_what_is_confirmed_on_the_portal_is_confirmed(log_in, in_force, administrator):
    phone = log_in(OWNER, touch=True)
    phone.goto("/my-part")
    phone.get_by_role("button", name="Confirm My Part").tap()
    phone.locator(".sm-part-ask.sm-part-done").wait_for()
    assert [fact["person"] for fact in confirmed(administrator)] == ["siobhan-geraghty"]


def test_the_sponsor_decides_about_waivers_in_their_form(log_in, example, administrator, shoot):
    approved, rejected = (f"{LINEAGE}-{id}" for id in ("specialists-in-their-lines", "echoline-runs-out"))
    planner = log_in(PLANNER)
    planner.goto(f"/app/sm-waiver/{approved}")
    planner.get_by_text("This waiver waits for a decision.").wait_for()
    assert planner.get_by_role("button", name="Approve", exact=True).count() == 0

    sponsor = log_in(SPONSOR)
    sponsor.goto(f"/app/sm-waiver/{approved}")
    decide(sponsor, "Approve", "Approve this waiver until")
    sponsor.wait_for_function("() => cur_frm.doc.status === 'Approved' && !cur_frm.is_dirty()")
    assert sponsor.get_by_role("button", name="Approve", exact=True).count() == 0
    shoot(sponsor, "waiver-approved")

    sponsor.goto(f"/app/sm-waiver/{rejected}")
    decide(sponsor, "Reject", "Reject this waiver", "Sign the contract.")
    sponsor.wait_for_function(
        "name => cur_frm.doc.name === name && cur_frm.doc.status === 'Rejected'", arg=rejected
    )
    kept = call(
        administrator,
        "frappe.client.get_list",
        doctype="SM Approval",
        filters={"lineage": LINEAGE},
        fields=["entry", "act", "person", "reason", "owner"],
        order_by="entry asc",
    )
    assert [tuple(one.values()) for one in kept] == [
        ("echoline-runs-out", "Reject", "orla-kinsella", "Sign the contract.", SPONSOR),
        ("specialists-in-their-lines", "Approve", "orla-kinsella", "", SPONSOR),
    ]


def test_the_form_of_a_lineage_tells_what_is_in_force_and_what_moved(log_in, in_force, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-lineage/{LINEAGE}")
    home = page.locator("[data-fieldname=home_html] section.smp-panel")
    home.get_by_text("In Force", exact=True).wait_for()
    home.get_by_text("Unchanged since it was signed").wait_for()
    home.locator("dd", has_text="Orla Kinsella").wait_for()
    home.get_by_text("Health", exact=True).wait_for()
    assert home.get_by_text("In Preparation", exact=True).count() == 0
    assert page.get_by_role("button", name="Delete").count() == 0
    call(page, "sm_planner.api.start_revision", plan=in_force)
    (waiver, *_others) = call(
        page, "frappe.client.get_list", doctype="SM Waiver", filters={"lineage": LINEAGE}
    )
    call(
        page,
        "frappe.client.set_value",
        doctype="SM Waiver",
        name=waiver["name"],
        fieldname="expires",
        value="2029-01-31",
    )

    page.reload()
    home.get_by_text("In Preparation", exact=True).wait_for()
    home.get_by_text("Unchanged since it was signed").wait_for()
    home.locator("details summary", has_text="Since signing:").wait_for()
    shoot(page, "lineage")
    home.get_by_role("link", name="Version 2").click()
    page.wait_for_url(f"**/sm-plan/{LINEAGE}-v2")

    phone = log_in(PLANNER, touch=True)
    phone.goto(f"/app/sm-lineage/{LINEAGE}")
    phone.locator("[data-fieldname=home_html] section.smp-panel").wait_for()
    fits(phone)
    shoot(phone, "lineage-phone")
