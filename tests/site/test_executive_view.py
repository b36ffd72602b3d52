"""The executive view on a site: what each reader sees, where its figures lead, and the mail of each week."""

from __future__ import annotations

import email
import email.policy
import re
from urllib.parse import parse_qs, unquote, urlsplit

import frappe
import pytest
from frappe.desk.query_report import run as run_report
from seeds import plan_before_sponsor

from sm_planner import api, hooks
from sm_planner.adapters.desk import executive_view
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.site.presentation import in_language

SPONSOR = "sponsor@example.org"
JOB = "sm_planner.adapters.desk.executive_view.send_mails"


def sent() -> dict[str, email.message.EmailMessage]:
    """Recipient → mail of what is queued."""
    found = {}
    for name in frappe.get_all("Email Queue", pluck="name", order_by="creation asc"):
        queued = frappe.get_doc("Email Queue", name)
        message = email.message_from_string(queued.message, policy=email.policy.default)
        found |= {row.recipient: message for row in queued.recipients}
    frappe.db.delete("Email Queue")
    return found


def seeing_nothing(user: str) -> str:
    """An account that may read another plan alone."""
    other = frappe.get_doc({"doctype": "SM Plan", "title": "Another"}).insert().name
    frappe.get_doc(
        {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": other}
    ).insert(ignore_permissions=True)
    return user


def links(html: str) -> list[str]:
    return [
        frappe.utils.strip_html(link).replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', html)
    ]


def test_the_sponsor_reads_the_four_questions_of_his_plan(in_force, minimal, acting_as):
    with acting_as(SPONSOR):
        shown = api.executive_view()
    questions = ("What waits for me", "Are promises kept", "Do we improve", "What is at risk")
    places = [shown["html"].index(question) for question in questions]
    assert places == sorted(places)
    assert minimal.title in shown["html"]
    assert shown["plan"] == ""


def test_a_version_to_sign_leads_to_itself(to_sign, acting_as):
    with acting_as(SPONSOR):
        html = api.executive_view()["html"]
    assert "Read and sign, or return" in html
    assert "Since today." in html
    assert f"/sm-plan/{to_sign}" in html


def test_a_version_to_sign_that_its_signer_may_not_read_is_not_told(to_sign, minimal, acting_as):
    with acting_as(SPONSOR):
        assert minimal.title in api.executive_view()["html"]
    seeing_nothing(SPONSOR)
    with acting_as(SPONSOR):
        assert minimal.title not in api.executive_view()["html"]


def test_who_may_not_read_a_plan_is_told_nothing_of_it(in_force, minimal, make_user, acting_as):
    with acting_as(seeing_nothing(make_user("SM Executive Sponsor", name="other@example.org"))):
        assert not frappe.has_permission("SM Plan", "read", in_force)
        html = api.executive_view()["html"]
        with pytest.raises(frappe.PermissionError):
            api.executive_view(in_force)
    assert minimal.title not in html
    assert "No plan is in force that you may read." in html
    assert not any(one.title in html for one in minimal.objectives)


def test_figures_lead_to_lists_of_exactly_their_records(example, example_on_site):
    frappe.db.set_value("SM Plan", example_on_site, "state", "Active")
    heavy = {one.id for one in example.risks if one.is_open}
    for link in links(api.executive_view(example_on_site)["html"]):
        parts = urlsplit(link)
        if parts.path.endswith("/sm-risk"):
            (operator, names) = frappe.parse_json(parse_qs(parts.query)["name"][0])
            assert operator == "in"
            assert {frappe.db.get_value("SM Risk", name, "id") for name in names} <= heavy
            assert len(names) == frappe.db.count("SM Risk", {"name": ("in", names)}) > 1
            break
    else:
        pytest.fail("no figure leads to the risks")


def figures(html: str) -> dict[str, tuple[str, str]]:
    """Figure → what it says in short, and where it leads."""
    found = {}
    for item in re.findall(r'<li class="sm-executive-figure.*?</li>', html, re.DOTALL):
        key = re.search(r'data-figure="(\w+)"', item)[1]
        value = re.search(r'sm-executive-value">(.*?) <span', item, re.DOTALL)[1]
        found[key] = value, next(iter(links(item)), "")
    return found


def opened(link: str) -> dict:
    """What the report shows to which a figure leads, as the Desk asks for it."""
    parts = urlsplit(link)
    filters = {name: value for name, (value,) in parse_qs(parts.query).items()}
    return run_report(unquote(parts.path.rpartition("/")[2]), filters, ignore_prepared_report=True)


@pytest.mark.parametrize("several", [False, True])
def test_figures_show_as_many_as_their_way_in(
    several, example, minimal_on_site, give_accounts, acting_as, make_user
):
    example_on_site = plan_writer.save(example)
    give_accounts(example)  # so that they are asked to confirm their parts, which some have not
    half = frappe.get_all("SM Acknowledgement", pluck="name", order_by="name asc")[::2]
    frappe.db.delete("SM Acknowledgement", {"name": ("in", half)})
    frappe.db.set_value("SM Plan", example_on_site, "state", "Active")
    frappe.db.set_value("SM Plan", minimal_on_site, "state", "Active" if several else "Draft")
    with acting_as(make_user("SM Auditor", name="auditor@example.org")):
        shown = figures(api.executive_view()["html"])
        findings, confirmed = (opened(shown[key][1]) for key in ("findings", "confirmed"))

    assert (
        ("all_in_force=1" in shown["findings"][1]) == ("all_in_force=1" in shown["confirmed"][1]) == several
    )
    told = [
        row for row in findings["result"] if not row.get("is_head")
    ]  # without the lines that they stand beneath
    assert int(shown["findings"][0]) == len(told) > 0
    assert {row["severity_key"] for row in findings["result"]} <= {"Blocker", "Error"}
    given, asked = map(int, shown["confirmed"][0].split(" of "))
    summary = {one["label"]: int(one["value"]) for one in confirmed["report_summary"]}
    assert (summary["Confirmed"], summary["Asked"]) == (given, asked)
    assert sum(bool(row["id"]) for row in confirmed["result"]) == asked - given
    assert 0 < given < asked
    if several:
        for found in (findings, confirmed):
            about = {row["plan_id"] for row in found["result"]}
            assert about <= {example_on_site, minimal_on_site}
        assert {row["plan_id"] for row in findings["result"]} == {example_on_site, minimal_on_site}
        assert all(
            frappe.db.exists(row["opens"]["doctype"], row["opens"]["name"])
            for row in told
            if row["opens"]["name"]
        )
    for key in ("risks", "ending", "overdue"):
        value, link = shown[key]
        if int(value):
            _operator, names = frappe.parse_json(parse_qs(urlsplit(link).query)["name"][0])
            assert int(value) == len(names), key


def test_a_report_about_all_plans_in_force_has_none_that_its_reader_may_not_read(
    example, minimal_on_site, acting_as, make_user
):
    example_on_site = plan_writer.save(example)
    for plan in (example_on_site, minimal_on_site):
        frappe.db.set_value("SM Plan", plan, "state", "Active")
    user = make_user("SM Auditor", name="auditor@example.org")
    allowed = {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": minimal_on_site}
    frappe.get_doc(allowed).insert(ignore_permissions=True)
    asked = {"plan": example_on_site, "all_in_force": 1}
    with acting_as(user):
        found = run_report("Plan Findings", asked, ignore_prepared_report=True)
        assert {row["plan_id"] for row in found["result"]} == {minimal_on_site}
        assert example.title not in frappe.as_json(found)
    frappe.db.set_value("SM Plan", minimal_on_site, "state", "Draft")
    with acting_as(user):
        found = run_report("Plan Findings", asked, ignore_prepared_report=True)
    assert (found["message"], found["result"]) == ("No plan is in force that you may read.", [])


def test_the_mail_goes_to_the_sponsor_once_a_week_with_the_same_sentences(
    in_force, minimal, outgoing_account
):
    executive_view.send_mails()
    mails = sent()
    assert set(mails) == {SPONSOR}
    message = mails[SPONSOR]
    html = message.get_body(("html",)).get_content()
    text = message.get_body(("plain",)).get_content()
    for said in ("What waits for me", "No plan waits for your signature."):
        assert said in html
    assert "WHAT WAITS FOR ME" in text
    assert minimal.title in text
    desk = frappe.utils.get_url(frappe.utils.get_absolute_url("SM Plan", "x").rpartition("/sm-plan")[0])
    ours = [link for link in links(html) if "sm-" in link or "executive-view" in link]
    assert ours
    assert all(link.startswith(desk + "/") for link in ours)

    executive_view.send_mails()
    assert sent() == {}, "once a week"


def test_who_wants_none_gets_none_and_who_wants_one_gets_what_he_may_read(
    in_force, minimal, outgoing_account, make_user, acting_as
):
    auditor = make_user("SM Auditor", name="auditor@example.org")
    other = seeing_nothing(make_user("SM Executive Sponsor", name="other@example.org"))
    with acting_as(SPONSOR):
        api.choose_weekly_mail(False)
    for user in (auditor, other):
        with acting_as(user):
            api.choose_weekly_mail(True)
    with acting_as(SPONSOR):
        assert "checked" not in api.executive_view()["html"]

    executive_view.send_mails()

    assert set(sent()) == {auditor}, "the other may read no plan in force"
    assert frappe.session.user == "Administrator"


def test_who_has_switched_off_the_mails_of_the_site_gets_none(in_force, outgoing_account):
    if not frappe.db.exists("Notification Settings", SPONSOR):
        frappe.get_doc({"doctype": "Notification Settings", "user": SPONSOR}).insert(ignore_permissions=True)
    frappe.db.set_value("Notification Settings", SPONSOR, "enable_email_notifications", 0)
    executive_view.send_mails()
    assert sent() == {}


def test_a_sponsor_without_a_role_gets_none_and_nothing_goes_wrong(in_force, outgoing_account):
    user = frappe.get_doc("User", SPONSOR)
    user.set("roles", [])
    user.save(ignore_permissions=True)
    logged = frappe.db.count("Error Log")
    executive_view.send_mails()
    assert sent() == {}
    assert frappe.db.count("Error Log") == logged


def test_the_mail_is_in_the_language_of_its_reader(in_force, outgoing_account, monkeypatch):
    frappe.db.set_value("User", SPONSOR, "language", "de")
    monkeypatch.setattr(executive_view, "told", lambda text: f"{frappe.local.lang}: {text}")
    executive_view.send_mails()
    message = sent()[SPONSOR]
    assert message["Subject"].startswith("de: Executive view of ")
    assert "DE: WHAT WAITS FOR ME" in message.get_body(("plain",)).get_content()
    assert frappe.local.lang == "en"


def test_what_goes_wrong_with_one_reader_is_logged(in_force, outgoing_account, monkeypatch):
    monkeypatch.setattr(executive_view, "_mail", lambda *_: 1 / 0)
    executive_view.send_mails()
    assert sent() == {}
    assert frappe.db.exists(
        "Error Log", {"method": f"SM Planner: the executive view could not be sent to {SPONSOR}"}
    )
    assert frappe.session.user == "Administrator"


def test_the_job_runs_once_a_week():
    assert [JOB in jobs for jobs in hooks.scheduler_events["cron"].values()] == [True]
    assert frappe.get_attr(JOB) is executive_view.send_mails


def test_a_plan_in_preparation_is_in_nobodys_view(minimal, acting_as):
    plan_before_sponsor(minimal)
    with acting_as(SPONSOR), in_language("en"):
        assert "No plan is in force that you may read." in api.executive_view()["html"]
