"""The sign-off, as planner and sponsor see it in the Desk."""

from desk_kit import act, call, fits, open_plan, show_tab, wait_for_state

PLANNER = "tomasz.wieczorek@example.org"
SPONSOR = "orla.kinsella@example.org"
REFUSAL = ("417", "Traceback", "undefined")
"""What Frappe writes to the console when the server refuses something."""


def put_before_sponsor(log_in, example):
    """Let the planner take the example to its sponsor; the planner's page."""
    planner = log_in(PLANNER)
    open_plan(planner, example)
    for action, reached in (("Send for Review", "In Review"), ("Send to Sponsor", "To Sign")):
        act(planner, action)
        wait_for_state(planner, reached)
    return planner


def test_a_plan_goes_to_its_sponsor_is_signed_verified_and_revised(log_in, example, shoot):
    planner = log_in(PLANNER)
    open_plan(planner, example)
    planner.get_by_text("no blockers").wait_for()
    shoot(planner, "plan-form")
    act(planner, "Send for Review")
    wait_for_state(planner, "In Review")
    act(planner, "Send to Sponsor")
    wait_for_state(planner, "To Sign")

    sponsor = log_in(SPONSOR, expected=REFUSAL)
    open_plan(sponsor, example)
    show_tab(sponsor, "Sign-off")
    sponsor.get_by_text("Orla Kinsella signs this plan as its executive sponsor.").wait_for()
    act(sponsor, "Sign")
    dialog = sponsor.locator(".modal.show", has_text="Your signature seals exactly this content")
    dialog.wait_for()
    shoot(sponsor, "sign-dialog")
    dialog.locator("[data-fieldname=password] input").fill("not it")
    dialog.get_by_role("button", name="Sign", exact=True).click()
    sponsor.get_by_text("This is not your password.").wait_for()
    sponsor.locator(".modal.show .btn-modal-close").last.click()
    dialog.locator("[data-fieldname=password] input").fill("Planner-2027!")
    dialog.get_by_role("button", name="Sign", exact=True).click()
    wait_for_state(sponsor, "Active")
    show_tab(sponsor, "Sign-off")
    sponsor.get_by_text("The seal holds.").wait_for()
    sponsor.get_by_text("The plan is exactly as it was signed.").wait_for()
    shoot(sponsor, "sign-off")

    open_plan(planner, example)
    planner.get_by_role("button", name="Start Revision").click()
    planner.get_by_role("button", name="Yes").click()
    planner.wait_for_url("**/ardlough-service-plan-v2")
    wait_for_state(planner, "Draft")


def test_a_plan_with_blockers_is_refused_and_each_is_named(log_in, example):
    planner = log_in(PLANNER, expected=REFUSAL)
    open_plan(planner, example)
    planner.evaluate("() => cur_frm.set_value('why', '')")
    planner.keyboard.press("Control+s")
    planner.get_by_text("PLN-03").first.wait_for()
    act(planner, "Send for Review")
    wait_for_state(planner, "In Review")
    act(planner, "Send to Sponsor")
    told = planner.locator(".modal.show", has_text="What keeps the plan from its sponsor")
    told.get_by_text("PLN-03").wait_for()
    told.get_by_role(
        "button", name="Take It Back and Mend It"
    ).click()  # nobody else acted: no reason is asked for
    wait_for_state(planner, "Draft")


def test_reports_workspace_and_lists_show_without_an_error(log_in, example, shoot):
    page = log_in(PLANNER)
    for report, cell in (
        ("Plan Findings", "From repair to upkeep"),
        ("RACI Matrix", "Incident Management"),
        ("Plan Readiness", "Stakeholders"),
    ):
        page.goto(f"/app/query-report/{report}?plan={example}")
        page.locator(".dt-cell", has_text=cell).first.wait_for()
        shoot(page, report.lower().replace(" ", "-"))
    page.goto("/app/sm-planner")
    page.locator(".widget.number-widget-box").first.wait_for()
    shoot(page, "workspace")
    for listed in ("sm-plan", "sm-service", "sm-agreement", "sm-objective", "sm-improvement"):
        page.goto(f"/app/{listed}")
        page.locator(".list-row").first.wait_for()


def test_a_sponsor_returns_and_signs_a_plan_on_a_phone(log_in, example, shoot):
    put_before_sponsor(log_in, example)

    phone = log_in(SPONSOR)
    phone.set_viewport_size({"width": 390, "height": 844})
    open_plan(phone, example)
    phone.get_by_role("button", name="Read and Sign").click()
    dialog = phone.locator(".modal.show", has_text="Your signature seals exactly this content")
    dialog.wait_for()
    shoot(phone, "phone-sign")
    phone.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
    shoot(phone, "phone-sign-dark")
    fits(phone)
    sign = dialog.get_by_role("button", name="Sign", exact=True)
    sign.scroll_into_view_if_needed()
    box = sign.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    dialog.locator("[data-fieldname=password] input").fill("Planner-2027!")
    shoot(phone, "phone-sign-password")
    sign.click()
    phone.locator(".smp-headline", has_text="This plan is signed").wait_for()
    phone.locator(".smp-headline").get_by_role("button", name="See its seal").click()
    phone.get_by_text("The seal holds.").wait_for()
    phone.get_by_text("What happened: 4").wait_for()
    shoot(phone, "phone-sealed")
    fits(phone)


MOST_TAPS = 5
"""From the link of the mail to the signature, beside the proof."""


def test_a_sponsor_signs_on_a_phone_with_few_taps_and_a_proof(log_in, example, shoot):
    put_before_sponsor(log_in, example)

    phone = log_in(SPONSOR, touch=True)
    phone.goto("/api/method/ping")
    phone.set_content(f'<a href="/app/sm-plan/{example}">Open the plan</a>')
    taps = []

    def tap(what) -> None:
        what.tap()
        taps.append(what)

    tap(phone.get_by_role("link", name="Open the plan"))
    tap(phone.get_by_role("button", name="Read and Sign"))
    dialog = phone.locator(".modal.show", has_text="Your signature seals exactly this content")
    password = dialog.locator("[data-fieldname=password] input")
    tap(password)
    phone.keyboard.type("Planner-2027!")  # the proof
    shoot(phone, "phone-proof")
    tap(dialog.get_by_role("button", name="Sign", exact=True))

    phone.locator(".smp-headline", has_text="This plan is signed").wait_for()
    assert len(taps) <= MOST_TAPS
    show_tab(phone, "Sign-off")
    phone.get_by_text("password given again, in a browser").first.wait_for()
    shoot(phone, "phone-proof-sealed")
    fits(phone)


def test_a_sponsor_whose_password_was_changed_reads_why_to_wait(log_in, example, shoot):
    put_before_sponsor(log_in, example)
    phone = log_in(SPONSOR, touch=True)
    phone.goto("/app")
    phone.wait_for_function("() => window.frappe && frappe.csrf_token")
    own = {"doctype": "User", "name": SPONSOR, "fieldname": "new_password", "value": "Another-2027!"}
    call(phone, "frappe.client.set_value", **own)

    open_plan(phone, example)
    phone.get_by_role("button", name="Read and Sign").tap()

    dialog = phone.locator(".modal.show", has_text="was changed after this log-in")
    link = dialog.get_by_role("link", name="Log out")
    link.wait_for()
    assert link.bounding_box()["y"] < 844
    assert dialog.get_by_role("button", name="Sign", exact=True).is_disabled()
    assert dialog.locator("[data-fieldname=password]").count() == 0
    shoot(phone, "phone-wait")
    fits(phone)


def test_a_plan_is_returned_with_a_reason_that_its_author_reads(log_in, example, shoot):
    planner = log_in(PLANNER)
    open_plan(planner, example)
    act(planner, "Send for Review")
    wait_for_state(planner, "In Review")
    act(planner, "Return")
    planner.locator(".modal.show [data-fieldname=reason] textarea").fill("The figures are of last year.")
    shoot(planner, "return")
    planner.locator(".modal.show").get_by_role("button", name="Return").click()
    wait_for_state(planner, "Draft")
    planner.locator(".smp-headline", has_text="returned this plan on").wait_for()
    show_tab(planner, "Sign-off")
    planner.locator(".smp-log", has_text="The figures are of last year.").wait_for()
    shoot(planner, "returned")


def test_a_sponsor_lets_a_deputy_sign(log_in, example, shoot):
    sponsor = log_in(SPONSOR)
    open_plan(sponsor, example)
    show_tab(sponsor, "Sign-off")
    sponsor.get_by_role("button", name="Let a deputy sign").click()
    sponsor.wait_for_url("**/sm-delegation/new-*")
    sponsor.wait_for_function("() => cur_frm.doctype === 'SM Delegation' && cur_frm.doc.principal")
    shoot(sponsor, "delegation")
    assert sponsor.evaluate("() => cur_frm.doc.plan") == example
