"""Reports to people on a site: the sheet of the month is looked at, sent and kept; readers say what they miss; what came of it."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import re
from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import getdate
from seeds import account_with, acting, plan_before_sponsor, sign_as_sponsor

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import calendar_feed, script_reports
from sm_planner.adapters.documents import progress_sheets
from sm_planner.engine.checks import RULES, check
from sm_planner.engine.model.reporting import ReportSpec
from sm_planner.engine.reporting.sending import hash_of_sheet
from sm_planner.engine.reporting.sheet import month_of

pytestmark = pytest.mark.usefixtures("outgoing_account")

LEAD, DESK, PLANNER, SPONSOR = (f"{name}@example.org" for name in ("lead", "desk", "owner", "sponsor"))
SHEET, ISSUE, WORD, SPEC = (
    "SM Progress Sheet",
    "SM Report Issue",
    "SM Report Confirmation",
    "SM Report Spec",
)
HOSTILE = "Readers <img src=x onerror=alert(1)> & staff"
"""A title that came past Frappe, by SQL."""


def month_before(day: date, months: int = 1) -> date:
    """The last day of a month before that of a day."""
    for _ in range(months):
        day = month_of(day).first - timedelta(1)
    return day


@pytest.fixture
def plan(minimal) -> str:
    """A plan in force for months, with a sheet that omar owns and a page that omar and nadia read."""
    for name in (LEAD, DESK):
        account_with("SM Service Owner", name=name)
    people = tuple(
        dataclasses.replace(one, unit="Lending desk and computer room")
        if one.id in ("omar", "nadia")
        else one
        for one in minimal.people
    )
    shared = {"frequency": "Monthly", "first_date": month_before(getdate(), 3), "report_owner": "omar"}
    specs = (
        ReportSpec(
            id="sheet",
            title="What we did",
            report="Monthly Progress Sheet",
            stakeholders=("readers", "library-staff"),
            **shared,
        ),
        ReportSpec(id="page", title="The page", people=("omar", "nadia"), **shared),
    )
    written = dataclasses.replace(
        minimal,
        people=people,
        report_specs=specs,
    )
    name = plan_before_sponsor(written, omar=LEAD, nadia=DESK)
    sign_as_sponsor(name)
    # It has run for months: what was signed then is another question.
    frappe.db.set_value("SM Plan", name, "period_start", month_before(getdate(), 4) + timedelta(1))
    frappe.db.delete("Email Queue")  # of the sign-off
    return name


@pytest.fixture
def lineage(plan) -> str:
    return frappe.db.get_value("SM Plan", plan, "lineage")


def due(plan: str) -> str:
    """The last day of the month whose sheets have to be out."""
    loaded = plan_reader.load(plan)
    found = check(loaded, getdate(), rules("MON-09")).failed
    return str(found[0].args[1]) if found else ""


def rules(code: str):
    return [rule for rule in RULES if rule.code == code]


def found(plan: str, code: str) -> list[str]:
    return [one.record.id for one in check(plan_reader.load(plan), getdate(), rules(code)).failed]


def send(lineage: str, group: str, month: str, user: str = PLANNER, **values: str) -> str:
    with acting(user):
        shown = api.preview_progress_sheet(lineage, group, month, values.get("language", "en"))["shown"]
        return api.send_progress_sheet(lineage, group, month, shown, **values)


def queued() -> list[tuple[list[str], str, str]]:
    """Recipients, subject and HTML of each mail in the queue."""
    mails = []
    for name in frappe.get_all("Email Queue", pluck="name", order_by="creation asc"):
        doc = frappe.get_doc("Email Queue", name)
        message = email.message_from_string(doc.message, policy=email.policy.default)
        text = message.get_body(("html",)).get_content()
        mails.append((sorted(row.recipient for row in doc.recipients), message["Subject"], text))
    return mails


def test_the_sheet_of_the_month_is_seen_sent_and_kept_and_nobody_changes_it(plan, lineage):
    month = due(plan)
    objective = frappe.get_all("SM Objective", {"plan": plan}, pluck="name", limit=1)[0]
    frappe.db.set_value("SM Objective", objective, "title", HOSTILE)
    assert sorted(found(plan, "MON-09")) == ["library-staff", "readers"]
    with acting(PLANNER):
        seen = api.preview_progress_sheet(lineage, "library-staff", month)
    assert "<img" not in seen["html"]
    assert "‹img src=x" in seen["html"]
    assert "&amp; staff" in seen["html"]
    assert (seen["refused"], seen["sent_before"], seen["unreached"]) == ("", "", [])
    assert sorted(seen["recipients"]) == [
        f"Nadia Kern, {DESK}",
        f"Omar Said, {LEAD}",
        f"Paula Ritter, {PLANNER}",
    ]
    assert not frappe.db.count(SHEET), "looking keeps nothing"
    assert not frappe.db.count("Email Queue"), "and sends nothing"

    name = send(lineage, "library-staff", month)
    ((recipients, subject, mail),) = queued()
    assert recipients == sorted([LEAD, DESK, PLANNER])
    assert subject == seen["subject"]
    assert "‹img src=" in mail
    assert "&amp; staff" in mail
    assert "<img" not in mail[mail.index("Goals") :]
    kept = frappe.get_doc(SHEET, name)
    assert (str(kept.day), kept.number, kept.sent_on) == (month, 1, getdate())
    assert kept.sent_by == PLANNER
    assert kept.recipients.split("\n") == seen["recipients"]
    assert kept.content_hash == seen["shown"] == hash_of_sheet(kept.subject, kept.content)
    assert frappe.db.get_value("Email Queue", {"reference_name": name}, "reference_doctype") == SHEET
    assert found(plan, "MON-09") == ["readers"]
    send(lineage, "readers", month)
    assert found(plan, "MON-09") == []

    for user in ("Administrator", PLANNER, LEAD):
        with acting(user):
            mine = frappe.get_doc(SHEET, name)
            mine.content = "All is well."
            with pytest.raises(frappe.PermissionError):
                mine.save()
            with pytest.raises(frappe.PermissionError):
                frappe.delete_doc(SHEET, name)
            with pytest.raises(frappe.PermissionError):
                frappe.copy_doc(mine).insert()


def test_what_was_sent_is_sent_again_only_as_a_correction(plan, lineage):
    month = due(plan)
    send(lineage, "readers", month)
    with pytest.raises(frappe.ValidationError, match="was sent to Readers"):
        send(lineage, "readers", month)
    again = send(lineage, "readers", month, correction="A figure was wrong.")
    assert frappe.db.get_value(SHEET, again, ["number", "correction"]) == (2, "A figure was wrong.")
    with acting(PLANNER):
        assert api.preview_progress_sheet(lineage, "readers", month)["sent_before"] == str(getdate())


def test_only_what_was_seen_is_sent_of_a_month_that_is_over(plan, lineage):
    month = due(plan)
    with acting(PLANNER):
        with pytest.raises(frappe.ValidationError, match="not the one any more"):
            api.send_progress_sheet(lineage, "readers", month, "0" * 64)
        with pytest.raises(frappe.ValidationError, match="not over"):
            api.send_progress_sheet(lineage, "readers", str(getdate()), "0" * 64)
        with pytest.raises(frappe.ValidationError, match="no such group"):
            api.send_progress_sheet(lineage, "board", month, "0" * 64)
        with pytest.raises(frappe.ValidationError, match="is no day"):
            api.preview_progress_sheet(lineage, "readers", "soon")
        assert "not over" in api.preview_progress_sheet(lineage, "readers", str(getdate()))["refused"]
    assert not frappe.db.count(SHEET)
    assert not frappe.db.count("Email Queue")


def test_planners_and_who_owns_the_report_send_and_nobody_else_looks(plan, lineage):
    month = due(plan)
    with acting(DESK):
        assert api.progress_sheet_choices(lineage)["groups"] == []
        with pytest.raises(frappe.PermissionError, match="sent by planners"):
            api.preview_progress_sheet(lineage, "readers", month)
        with pytest.raises(frappe.PermissionError, match="sent by planners"):
            api.send_progress_sheet(lineage, "readers", month, "0" * 64)
    with acting(LEAD):  # he owns the report
        assert {one["id"] for one in api.progress_sheet_choices(lineage)["groups"]} == {
            "readers",
            "library-staff",
        }
    assert send(lineage, "readers", month, LEAD)


def test_who_has_no_address_is_named_and_a_group_without_any_is_refused(plan, lineage):
    month = due(plan)
    frappe.db.set_value("User", DESK, "enabled", 0)
    frappe.db.set_value("SM Person", "omar", "user", None)
    with acting(PLANNER):
        seen = api.preview_progress_sheet(lineage, "library-staff", month)
    assert (sorted(seen["unreached"]), seen["recipients"]) == (
        ["Nadia Kern", "Omar Said"],
        [f"Paula Ritter, {PLANNER}"],
    )
    name = send(lineage, "library-staff", month)
    assert frappe.db.get_value(SHEET, name, "unreached").split("\n") == seen["unreached"]
    frappe.db.set_value("SM Stakeholder", "readers", "contact", "omar")
    with acting(PLANNER):
        seen = api.preview_progress_sheet(lineage, "readers", month)
        assert "e-mail address" in seen["refused"]
        with pytest.raises(frappe.ValidationError, match="e-mail address"):
            api.send_progress_sheet(lineage, "readers", month, seen["shown"])


def test_a_site_that_sends_no_mail_says_so(plan, lineage):
    frappe.db.delete("Email Account")
    frappe.local.outgoing_email_account = {}
    frappe.clear_cache()
    with acting(PLANNER):
        assert "sends no mail" in api.preview_progress_sheet(lineage, "readers", due(plan))["refused"]


def test_a_sheet_is_written_in_the_language_that_is_chosen(plan, lineage, monkeypatch):
    monkeypatch.setattr(progress_sheets, "told", lambda text: f"{frappe.local.lang}: {text}")
    kept = frappe.get_doc(SHEET, send(lineage, "readers", due(plan), language="de"))
    assert (kept.language, kept.subject[:4]) == ("de", "de: ")
    assert "\n\nde: Goals\nde: Reached: " in kept.content
    assert frappe.local.lang == "en"
    with acting(PLANNER), pytest.raises(frappe.ValidationError, match="one of these languages"):
        api.preview_progress_sheet(lineage, "readers", due(plan), "xx")


def issued(plan: str, user: str = LEAD, days_ago: int = 1, **values: object) -> str:
    day = getdate() - timedelta(days_ago)
    with acting(user):
        made = {"report_spec": f"{plan}-page", "day": day, "period_end": day, **values}
        return frappe.get_doc({"doctype": ISSUE, **made}).insert().name


def test_readers_say_what_they_miss_in_their_own_session_and_it_stays(plan, lineage):
    with acting(DESK), pytest.raises(frappe.PermissionError, match="does not wait"):
        api.say_of_report(lineage, "page", "")  # nothing was issued
    issued(plan)
    assert found(plan, "MON-04") == ["page"]
    with acting(DESK):
        told = api.report_standing(f"{plan}-page")
        assert told["ask"] == str(getdate() - timedelta(1))
        name = api.say_of_report(lineage, "page", told["shown"], "The hours of the evening.")
    kept = frappe.get_doc(WORD, name)
    assert (kept.person, kept.word, kept.entered_by or "") == ("nadia", "Something Is Missing", "")
    with acting(DESK), pytest.raises(frappe.PermissionError, match="does not wait"):
        api.say_of_report(lineage, "page", told["shown"])
    told = api.report_standing(f"{plan}-page")
    assert (told["lacking"], told["silent"], told["ask"], told["shown"]) == (
        [["Nadia Kern", "The hours of the evening."]],
        1,
        "",
        "",
    )
    issued(plan, days_ago=0)
    with acting(DESK):
        api.say_of_report(lineage, "page", api.report_standing(f"{plan}-page")["shown"])
    assert found(plan, "MON-04") == []
    with acting(LEAD), pytest.raises(frappe.PermissionError):
        about = {"report_spec": f"{plan}-page", "period_end": getdate(), "person": "nadia"}
        frappe.get_doc({"doctype": WORD, **about, "word": "Makes Sense", "day": getdate()}).insert()
    with acting(PLANNER):  # who has no part in it enters it for others, which it says
        for_other = {"report_spec": f"{plan}-page", "period_end": getdate(), "person": "omar"}
        said = frappe.get_doc(
            {"doctype": WORD, **for_other, "word": "Makes Sense", "day": getdate()}
        ).insert()
    assert said.entered_by


def test_a_reader_without_the_desk_says_it_on_the_page_of_his_part_where_it_then_stands(plan, lineage):
    reader = account_with("SM Portal Stakeholder", name="reader@example.org")
    frappe.db.set_value("SM Person", "nadia", "user", reader)
    issued(plan)
    with acting(reader):
        assert not frappe.has_permission(SPEC, "read")
        page = api.my_part(lineage)["html"]
        (shown,) = set(re.findall(r'data-act="report" data-report="page" data-issue="([^"]+)"', page))
        with pytest.raises(frappe.ValidationError, match="Say what is missing"):
            api.say_of_report(lineage, "page", shown, "  ")
        api.say_of_report(lineage, "page", shown, "The hours <b>of the evening</b>.")
        page = api.my_part(lineage)["html"]
    assert 'data-act="report"' not in page
    assert "Something Is Missing (your word of " in page
    assert "<b>of the evening" not in page
    assert "of the evening" in page


def test_a_word_is_of_the_issue_that_was_shown_and_of_no_later_one(plan, lineage):
    issued(plan)
    with acting(DESK):
        shown = api.report_standing(f"{plan}-page")["shown"]
    issued(plan, days_ago=0, period_end=getdate() - timedelta(1))  # of the same period once more
    with acting(DESK):
        for other in (shown, ""):
            with pytest.raises(frappe.ValidationError, match="Another issue is the last by now"):
                api.say_of_report(lineage, "page", other)
        assert api.report_standing(f"{plan}-page")["shown"] not in (shown, "")


def test_a_sheet_of_a_plan_with_a_long_title_is_sent(plan, lineage):
    frappe.db.set_value("SM Plan", plan, "title", "Long " * 28)
    assert frappe.db.get_value(SHEET, send(lineage, "readers", due(plan)), "subject").startswith("Long Long")


def test_a_report_that_is_late_waits_for_its_owner(plan, lineage):
    def waits() -> list[list[str]]:
        text = "The report “The page” was to be issued."
        return [one["whom"] for one in api.lineage_home(lineage)["waiting"] if one["text"] == text]

    assert waits() == [["Omar Said"]]
    issued(plan, days_ago=0)
    assert waits() == []


def test_an_issue_is_entered_by_its_owner_and_what_came_of_it_is_added_once(plan):
    with pytest.raises(frappe.PermissionError):
        issued(plan, DESK)
    name = issued(plan)
    frappe.db.set_value(ISSUE, name, "creation", "2020-01-01 00:00:00", update_modified=False)
    with acting(LEAD):
        doc = frappe.get_doc(ISSUE, name)
        doc.outcome, doc.decisions = "Decided", "The desk opens at eight."
        doc.save()
    with acting(LEAD), pytest.raises(frappe.PermissionError, match="corrected only"):
        doc = frappe.get_doc(ISSUE, name)
        doc.decisions = "Nothing."
        doc.save()


def test_what_is_due_stands_in_the_calendar_of_its_owner_and_in_the_report(plan):
    assert "The page" in calendar_feed.calendar_of(LEAD)
    assert "The page" not in calendar_feed.calendar_of(DESK)
    issued(plan, days_ago=0)
    with acting(PLANNER):
        _columns, rows, *_more = script_reports.run("reports-to-people", {"plan": plan})
    row = {one["title"]: one for one in rows}["The page"]
    assert (row["issues"], row["asked"], row["last_issue"]) == (1, 2, str(getdate()))
