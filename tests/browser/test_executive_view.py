"""The executive view in the Desk: four questions, a way from a figure to exactly its records, the mail, and a telephone."""

from __future__ import annotations

from desk_kit import SPONSOR, call, fits

PHONE = {"width": 390, "height": 844}


def opened(page, query: str = ""):
    page.goto(f"/app/executive-view{query}")
    page.locator(".sm-executive-figure").first.wait_for()
    return page


def test_figures_answer_four_questions_lead_to_their_records_and_come_by_mail(log_in, in_force, shoot):
    sponsor = opened(log_in(SPONSOR))
    assert sponsor.locator(".sm-executive h3").all_inner_texts() == [
        "What waits for me",
        "Are promises kept",
        "Do we improve",
        "What is at risk",
    ]
    shoot(sponsor, "executive-view")
    sponsor.evaluate("document.documentElement.setAttribute('data-theme', 'dark')")
    shoot(sponsor, "executive-view-dark")

    found = sponsor.locator("[data-figure=findings]")
    count = int(found.locator(".sm-executive-value").inner_text().split()[0])
    address = found.get_by_role("link").get_attribute("href")
    several = (
        address.split("?")[0] + "?all_in_force=1&severity=Blockers%20and%20Errors"
    )  # as of several plans
    for way in (address, several):
        sponsor.goto(way)
        sponsor.wait_for_function(
            "(count) => frappe.query_report?.data?.filter((row) => row.code && !row.is_head).length === count",
            arg=count,
        )
    assert sponsor.evaluate("() => frappe.query_report.columns[0].fieldname") == "plan_title"
    assert sponsor.evaluate("() => frappe.query_report.get_filter_value('plan')") in (None, "")
    shoot(sponsor, "executive-view-findings")
    opened(sponsor)

    risks = sponsor.locator("[data-figure=risks]")
    count = int(risks.locator(".sm-executive-value").inner_text().split()[0])
    risks.get_by_role("link").click()
    sponsor.wait_for_url("**/sm-risk**")
    assert count > 1
    sponsor.get_by_text(f"{count} of {count}", exact=True).wait_for()

    sponsor.set_viewport_size(PHONE)
    opened(sponsor)
    call(sponsor, "sm_planner.api.choose_weekly_mail", wanted=True)  # whatever was chosen on this site before
    opened(sponsor, "?mail=stop")
    box = sponsor.get_by_role("checkbox", name="Send me this every Monday")
    assert box.is_checked()
    sponsor.get_by_role("status").get_by_text("Clear the box").wait_for()
    fits(sponsor)
    shoot(sponsor, "executive-view-phone")
    with sponsor.expect_response("**/sm_planner.api.choose_weekly_mail"):
        sponsor.keyboard.press("Space")
    sponsor.get_by_role("status").get_by_text("You get no more mails").wait_for()

    opened(sponsor)
    assert not sponsor.get_by_role("checkbox", name="Send me this every Monday").is_checked()
