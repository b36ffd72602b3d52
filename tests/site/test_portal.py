"""The portal on a site: what is offered to whom, what people say there, and what they are answered."""

from __future__ import annotations

import frappe
import pytest

from sm_planner.adapters.desk import landing, own_plans
from sm_planner.adapters.integrations import optional_apps
from sm_planner.adapters.portal import pages, readers, saying

READER, OTHER = "reader@example.org", "other.customer@example.org"
PORTAL = "SM Portal Stakeholder"
ENTRY, TITLE = "lending-entry", "Borrowing a book"
NOTHING = "No service is published for you here."


@pytest.fixture
def in_force(to_sign, sign) -> str:
    sign(to_sign)
    return to_sign


@pytest.fixture
def reader(in_force, make_user, acting_as):
    """A context in which a reader acts whom the group names; ``other`` belongs to another group."""
    for user in (READER, OTHER):
        make_user(PORTAL, name=user)
    frappe.db.set_value("SM Stakeholder", "readers", "portal_accounts", f"  {READER.upper()}\n")
    other = {"doctype": "SM Stakeholder", "title": "Others", "kind": "Customer", "portal_accounts": OTHER}
    frappe.get_doc(other).insert()
    return lambda user=READER: acting_as(user)


@pytest.fixture
def form(monkeypatch):
    """As if what is said came from a form, in a session of the user's own."""
    monkeypatch.setattr(saying, "own_form", lambda: None)


def test_a_reader_reads_the_levels_of_the_agreement_and_how_to_reach_somebody(reader, minimal):
    with reader():
        html = pages.services()
    (agreement,) = [one for one in minimal.agreements if one.kind == "SLA"]
    assert TITLE in html
    assert "no charge" in html
    assert minimal.get("stakeholders", "readers").complaint_channel in html
    assert all(
        f'<th scope="row">{target.metric} {target.priority}</th>' in html for target in agreement.targets[:1]
    )
    assert minimal.get("calendars", agreement.service_hours).title in html


def test_hours_are_told_in_the_zone_of_the_reader(reader):
    frappe.db.set_value("User", READER, "time_zone", "Pacific/Auckland")
    with reader():
        assert "Pacific/Auckland" in pages.services()
    frappe.db.set_value("User", READER, "time_zone", "Nowhere/Land")
    with reader():
        assert frappe.utils.get_system_timezone() in pages.services()


def test_who_belongs_to_no_group_reads_nothing_and_makes_the_site_read_no_plan(reader, monkeypatch):
    monkeypatch.setattr(own_plans, "in_force", lambda: pytest.fail("a plan was read"))
    with reader(OTHER):
        assert NOTHING in pages.services()
        assert TITLE not in pages.feedback("token", "", ENTRY)
        assert readers.find(OTHER, ENTRY) is None


def test_what_is_not_published_or_not_in_force_is_shown_to_nobody(reader, in_force):
    frappe.db.set_value("SM Catalogue Entry", ENTRY, "published", 0)
    with reader():
        assert NOTHING in pages.services()
    frappe.db.set_value("SM Catalogue Entry", ENTRY, "published", 1)
    frappe.db.set_value("SM Plan", in_force, "state", "Superseded")
    with reader():
        assert NOTHING in pages.services()


def test_staff_read_what_is_for_their_unit_and_a_disabled_account_reads_nothing(reader, in_force):
    frappe.db.set_value("SM Stakeholder", "readers", {"portal_accounts": "", "unit": " The Readers"})
    assert not list(readers.readings(READER))
    frappe.get_doc({"doctype": "SM Person", "title": "Rea", "user": READER, "unit": "the readers"}).insert()
    assert readers.find(READER, ENTRY)
    frappe.db.set_value("User", READER, "enabled", 0)
    assert not list(readers.readings(READER))


def test_portal_users_of_a_customer_belong_to_its_group_where_that_is_linked(site):
    assert optional_apps.stakeholders_of_customer(READER) == []  # no ERPNext here


def test_a_reader_gives_feedback_a_planner_answers_and_the_reader_sees_it(
    reader, in_force, minimal, form, acting_as
):
    with reader():
        assert saying.give_feedback(ENTRY, "Complaint", " Closed at noon ", "<b>Why</b>?") == "said"
        kept = frappe.get_last_doc("SM Feedback", {"lineage": minimal.lineage, "owner": READER})
        assert "not answered yet" in pages.feedback("token", "said", "")
    assert (kept.title, kept.service, kept.stakeholder, kept.came_from) == (
        "Closed at noon",
        "lending",
        "readers",
        "Portal",
    )
    assert (kept.reported_by or "", kept.said_by) == ("", frappe.db.get_value("User", READER, "full_name"))
    kept.answer = "Open “until” one & two from Monday on."
    kept.save()
    with reader():
        html = pages.feedback("token", "", "")
    assert "Open “until” one &amp; two from Monday on." in html
    assert "<b>Why" not in html
    with reader(OTHER):  # who is no person either
        assert "Closed at noon" not in pages.feedback("token", "", "")


def test_feedback_has_the_person_of_the_account_as_author(reader, form, minimal):
    person = frappe.get_doc({"doctype": "SM Person", "title": "Rea", "user": READER}).insert()
    with reader():
        saying.give_feedback(ENTRY, "Praise", "Well done", "It was quick.")
    kept = frappe.get_last_doc("SM Feedback", {"owner": READER})
    assert (kept.reported_by, kept.said_by or "") == (person.name, "")


@pytest.mark.parametrize(
    ("entry", "kind", "title", "said"),
    [
        ("no-such-entry", "Comment", "Title", "Text"),
        ("", "Comment", "Title", "Text"),
        (ENTRY, "Order", "Title", "Text"),
        (ENTRY, "Comment", " ", "Text"),
        (ENTRY, "Comment", "Title", " "),
        (ENTRY, "Comment", "T" * 141, "Text"),
        (ENTRY, "Comment", "Title", "T" * 2001),
    ],
)
def test_what_cannot_be_taken_down_is_refused_in_the_same_words(reader, form, entry, kind, title, said):
    before = frappe.db.count("SM Feedback")
    with reader():
        assert saying.give_feedback(entry, kind, title, said) == "refused"
    with reader(OTHER):
        assert saying.give_feedback(ENTRY, "Comment", "Title", "Text") == "refused"
        assert saying.suggest(ENTRY, "Title", "Text") == "refused"
    assert frappe.db.count("SM Feedback") == before


def test_an_account_sends_so_much_within_an_hour_and_no_more(reader, form):
    with reader():
        notes = [
            saying.give_feedback(ENTRY, "Comment", f"No {number}", "Text") for number in range(saying.OF_ONE)
        ]
        assert {*notes} == {"said"}
        assert saying.give_feedback(ENTRY, "Comment", "One more", "Text") == "busy"
        assert saying.suggest(ENTRY, "One more", "Text") == "busy"


def test_a_reader_suggests_and_sees_what_becomes_of_it(reader, form, minimal):
    with reader():
        assert saying.suggest(ENTRY, "A box for returned books", "So that nobody waits.") == "suggested"
        html = pages.feedback("token", "suggested", "")
    idea = frappe.get_last_doc("SM Improvement", {"owner": READER})
    assert (idea.kind, idea.status, idea.service, idea.suggested_by or "") == (
        "Suggestion",
        "New",
        "lending",
        "",
    )
    assert "A box for returned books" in html
    with reader(OTHER):
        assert "A box for returned books" not in pages.feedback("token", "", "")
    assert "not answered yet" in html


def test_where_feedback_came_from_is_written_by_the_site_alone(reader, form, in_force, minimal):
    values = {"doctype": "SM Feedback", "lineage": minimal.lineage, "title": "Forged", "came_from": "Guest"}
    forged = frappe.get_doc(values).insert()
    assert not forged.came_from
    with reader():
        saying.give_feedback(ENTRY, "Comment", "Real", "Text")
    kept = frappe.get_last_doc("SM Feedback", {"owner": READER})
    kept.came_from = "Guest"
    kept.save()
    assert kept.came_from == "Portal"


def test_guests_say_something_only_where_the_site_and_the_entry_say_so(reader, in_force, acting_as):
    frappe.set_user("Guest")
    readers.forget_for_guests()
    with pytest.raises(frappe.DoesNotExistError):
        pages.guests("")
    with pytest.raises(frappe.DoesNotExistError):
        saying.say_as_guest(ENTRY, "Title", "Text", "", "")
    frappe.db.set_single_value("SM Settings", "guest_feedback", 1)
    with pytest.raises(frappe.DoesNotExistError):
        pages.guests("")
    frappe.db.set_value("SM Catalogue Entry", ENTRY, "for_guests", 1)
    readers.forget_for_guests()
    html = pages.guests("thanks")
    assert TITLE in html
    assert "no charge" not in html
    before = frappe.db.count("SM Feedback")
    assert saying.say_as_guest(ENTRY, "Title", "Text", "", "https://spam.example") == "thanks"
    assert saying.say_as_guest("no-such-entry", "Title", "Text", "", "") == "refused"
    assert frappe.db.count("SM Feedback") == before
    assert saying.say_as_guest(ENTRY, "Title", "Text", "Ida, 555-01", "") == "thanks"
    kept = frappe.get_last_doc("SM Feedback")
    assert (kept.came_from, kept.said_by, kept.owner, kept.reported_by or "") == (
        "Guest",
        "Ida, 555-01",
        "Guest",
        "",
    )


def test_all_guests_together_send_so_much_within_a_day(reader, in_force, monkeypatch):
    frappe.db.set_single_value("SM Settings", "guest_feedback", 1)
    frappe.db.set_value("SM Catalogue Entry", ENTRY, "for_guests", 1)
    readers.forget_for_guests()
    monkeypatch.setattr(saying, "OF_GUESTS", 1)
    frappe.set_user("Guest")
    assert saying.say_as_guest(ENTRY, "Title", "Text", "", "") == "thanks"
    assert saying.say_as_guest(ENTRY, "Title", "Text", "", "") == "busy"


def test_who_has_no_part_lands_on_the_services(reader):
    assert landing.portal_page(READER) == "/service-plan"
    frappe.get_doc({"doctype": "SM Person", "title": "Rea", "user": READER}).insert()
    assert landing.portal_page(READER) == "/my-part"


def test_signed_plans_are_listed_for_who_may_read_them(reader, in_force, minimal):
    frappe.share.add_docshare("SM Plan", in_force, READER, read=1, flags={"ignore_share_permission": True})
    with reader():
        assert f"plan_book?plan={in_force}" in pages.services()
    with reader(OTHER):
        assert "plan_book" not in pages.services()


def test_nothing_of_the_portal_is_stored_in_the_settings_of_the_site(site):
    assert not frappe.get_all("Portal Menu Item", {"route": ("like", "/service-plan%")})


def test_the_number_of_queries_does_not_grow_with_what_somebody_said(reader, form, count_queries):
    def queries() -> int:
        with reader(), count_queries() as asked:
            pages.feedback("token", "", "")
        return len(asked)

    with reader():
        for send in (saying.give_feedback, lambda *said: saying.suggest(said[0], *said[2:])):
            send(ENTRY, "Comment", "One", "Text")
    queries()  # what is remembered from then on
    before = queries()
    with reader():
        for number in range(3):
            saying.give_feedback(ENTRY, "Comment", f"No {number}", "Text")
            saying.suggest(ENTRY, f"No {number}", "Text")
    assert queries() == before


def test_the_latest_of_what_somebody_said_are_shown(reader, form, monkeypatch):
    frappe.get_doc({"doctype": "SM Person", "title": "Rea", "user": READER}).insert()
    monkeypatch.setattr(pages, "SHOWN", 2)
    with reader():
        for number, day in enumerate(("2026-01-01", "2026-01-03", "2026-01-02")):
            assert saying.give_feedback(ENTRY, "Comment", f"No {number} said", "Text") == "said"
            name = frappe.get_last_doc("SM Feedback", {"title": f"No {number} said"}).name
            frappe.db.set_value("SM Feedback", name, "reported_on", day)
        html = pages.feedback("token", "", "")
    assert "No 0 said" not in html
    assert html.index("No 1 said") < html.index("No 2 said")
