"""Four people in the Desk: a planner who begins with nothing, a sponsor on a phone, an owner, an administrator."""

from __future__ import annotations

import pytest
from desk_kit import PASSWORD, act, call, fits, open_plan, show_tab, wait_for_state

from sm_planner.engine.checks.pieces import PIECES

PLANNER = "tomasz.wieczorek@example.org"
SPONSOR = "orla.kinsella@example.org"
OWNER = "siobhan.geraghty@example.org"
NEW = "A Plan from Nothing"
PHONE = {"width": 390, "height": 844}


def arrive(page, user: str) -> None:
    """Log in by the page that everybody sees."""
    page.context.clear_cookies()
    page.goto("/login")
    page.locator("#login_email").fill(user)
    page.locator("#login_password").fill(PASSWORD)
    page.locator(".form-login .btn-login").click()


def chip(page, piece: str):
    return page.locator(".smp-piece", has_text=piece)


def headline(page):
    return page.locator(".smp-headline")


@pytest.fixture
def swept(log_in, example):
    """Takes away the plans that the planner began."""
    yield
    page = log_in("Administrator", "admin")
    page.goto("/app/sm-settings")
    page.wait_for_selector("text=IT Departments")
    for plan in call(page, "frappe.client.get_list", doctype="SM Plan", filters={"title": NEW}):
        call(page, "frappe.client.delete", doctype="SM Plan", name=plan["name"])


def test_a_planner_comes_from_nothing_to_a_review_and_back(log_in, swept, shoot):
    planner = log_in(PLANNER)
    arrive(planner, PLANNER)
    planner.wait_for_url("**/sm-planner")

    planner.goto("/app/sm-plan/new")
    planner.get_by_role("button", name="Show the First Fields").wait_for()
    planner.locator("[data-fieldname=title] input").fill(NEW)
    planner.keyboard.press("Tab")
    planner.wait_for_function("() => cur_frm.doc.title")
    planner.keyboard.press("Control+s")
    planner.wait_for_url(lambda url: "/sm-plan/new" not in url)
    name = planner.url.rpartition("/")[2]
    chip(planner, "Objectives").wait_for()
    assert "undefined" not in planner.locator("[data-fieldname=findings_html]").inner_text()
    shoot(planner, "four-new-plan")

    # Each piece leads to where it is written; what is made from there belongs to the plan.
    chip(planner, "Objectives").click()
    planner.wait_for_url(lambda url: "sm-objective" in url and f"plan={name}" in url)
    planner.get_by_role("button", name="Add SM Objective").click()
    planner.wait_for_function(
        "name => cur_frm?.doctype === 'SM Objective' && cur_frm.doc.plan === name", arg=name
    )
    open_plan(planner, name)
    chip(planner, "Components").click()
    planner.wait_for_url("**/sm-component**")
    open_plan(planner, name)
    chip(planner, "Services").click()
    planner.locator(".form-tabs .nav-link.active", has_text="Scope").wait_for()

    # What is saved on another tab stands in the headline.
    show_tab(planner, "Sign-off")
    planner.evaluate("() => cur_frm.set_value('executive_sponsor', 'orla-kinsella')")
    planner.keyboard.press("Control+s")
    headline(planner).get_by_text("Sponsor: Orla Kinsella").wait_for()
    headline(planner).get_by_text(f"1 of {len(PIECES)} pieces ready").or_(
        headline(planner).get_by_text(f"0 of {len(PIECES)}")
    ).wait_for()
    headline(planner).get_by_text("blockers").first.wait_for()

    # A plan with blockers is not sent; each of them says where it is settled.
    act(planner, "Send for Review")
    wait_for_state(planner, "In Review")
    act(planner, "Send to Sponsor")
    told = planner.locator(".modal.show", has_text="What keeps the plan from its sponsor")
    told.get_by_role("link", name="Objectives").first.wait_for()
    shoot(planner, "four-why-not")
    told.get_by_role("button", name="Take It Back and Mend It").click()
    headline(planner).get_by_text("This is a draft.").wait_for()
    assert headline(planner).get_by_text("returned this plan on").count() == 0
    shoot(planner, "four-taken-back")


@pytest.fixture
def phone(log_in):
    """The sponsor, on a phone."""
    page = log_in(SPONSOR)
    page.set_viewport_size(PHONE)
    return page


def send(planner) -> None:
    for action, reached in (("Send for Review", "In Review"), ("Send to Sponsor", "To Sign")):
        act(planner, action)
        wait_for_state(planner, reached)


def test_a_sponsor_on_a_phone_returns_and_signs_and_the_owner_sees_it(log_in, example, phone, shoot):
    planner = log_in(PLANNER)
    open_plan(planner, example)
    planner.get_by_text("no blockers").wait_for()
    send(planner)

    # The sponsor lands before what waits for a signature, and sends the plan back without being told of a refusal.
    arrive(phone, SPONSOR)
    phone.wait_for_url("**/executive-view")
    waiting = phone.locator("[data-figure=to_sign]", has_text="Service Management Plan")
    waiting.wait_for()
    shoot(phone, "four-sponsor-home")
    waiting.get_by_role("link").click()
    headline(phone).get_by_text("waits for its sponsor").wait_for()
    phone.evaluate(
        "() => { cur_frm.selected_workflow_action = 'Return'; cur_frm.script_manager.trigger('before_workflow_action'); }"
    )
    phone.locator(".modal.show [data-fieldname=reason] textarea").fill("The figures are of last year.")
    phone.locator(".modal.show").get_by_role("button", name="Return", exact=True).click()
    headline(phone).get_by_text("returned this plan on").wait_for()
    assert phone.locator(".modal.show").count() == 0

    # The author finds the reason where the bell leads.
    open_plan(planner, example)
    headline(planner).get_by_text("Orla Kinsella returned this plan on").wait_for()
    headline(planner).get_by_text("The figures are of last year.").wait_for()
    send(planner)

    # The sponsor reads the book, finds the way back, and signs.
    open_plan(phone, example)
    phone.goto(f"/api/method/sm_planner.api.plan_book?plan={example}")
    fits(phone)
    shoot(phone, "four-book")
    phone.get_by_role("link", name="Back to the plan, to sign or return it").first.click()
    phone.get_by_role("button", name="Read and Sign").click()
    dialog = phone.locator(".modal.show", has_text="Your signature seals exactly this content")
    dialog.locator("[data-fieldname=password] input").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign", exact=True).click()
    headline(phone).get_by_text("This plan is signed").wait_for()
    shoot(phone, "four-signed")
    fits(phone)

    owner = log_in(OWNER)
    arrive(owner, OWNER)
    owner.wait_for_url("**/sm-planner")
    open_plan(owner, example)
    headline(owner).get_by_text("Version 1").wait_for()
    headline(owner).get_by_role("button", name="See its seal").click()
    owner.get_by_text("The seal holds.").wait_for()
    shoot(owner, "four-owner")


def test_an_administrator_finds_versions_and_prints_the_summary(log_in, example, shoot):
    page = log_in("Administrator", "admin")
    page.goto("/app/sm-plan")
    page.locator(".list-row-head", has_text="Version").wait_for()
    shoot(page, "four-list")
    page.goto(f"/app/print/SM Plan/{example}")
    page.wait_for_function("() => $('[data-fieldname=print_format] input').val() === 'SM Plan Summary'")
    page.goto("/app/sm-executive-view")
    page.get_by_text("Waiting for My Signature").first.wait_for()
    assert "undefined" not in page.locator(".layout-main-section").inner_text()
