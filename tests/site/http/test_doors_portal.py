"""Doors of the portal: what is not for the reader, what others said, words in another's name, too many of them, and guests.

``rea`` reads what is published for the readers of the library; ``ole`` belongs to another group; neither has the Desk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import API, PASSWORD, Client, assert_unchanged, fresh, lineage, told, with_key

from sm_planner.adapters.portal import readers, saying

pytestmark = pytest.mark.commits

FEEDBACK, SERVICES, PAGE, GUEST = (
    "SM Feedback",
    "/service-plan",
    "/service-plan-feedback",
    "/service-plan-guest",
)
TITLE, OTHER = "Borrowing a book", "The corner of the staff"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
REFUSED, SAID, BUSY = "note=refused", "note=said", "note=busy"


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str], people: dict[str, str]) -> Iterator[str]:
    """A plan in force that publishes one service for one group, to which ``rea`` belongs; its name."""
    name = make_plan("Active")
    for who in ("rea", "ole"):
        account = people[who] = people["nobody"].replace("nobody", who)
        user = {"doctype": "User", "email": account, "first_name": who, "send_welcome_email": 0}
        role = [{"role": "SM Portal Stakeholder"}]
        frappe.get_doc({**user, "new_password": PASSWORD, "roles": role}).insert()
    frappe.db.set_value("SM Stakeholder", f"{name}-readers", "portal_accounts", people["rea"])
    frappe.db.set_value("SM Stakeholder", f"{name}-library-staff", "portal_accounts", people["ole"])
    staff = {"doctype": "SM Catalogue Entry", "title": OTHER, "service": f"{name}-lending", "published": 1}
    audience = [{"record": f"{name}-library-staff"}]
    frappe.get_doc({**staff, "audience": audience}).insert(set_name=f"{name}-staff-entry")
    frappe.db.commit()
    forget_limits()
    yield name
    fresh()
    forget_limits()
    frappe.db.set_single_value("SM Settings", "guest_feedback", 0)
    for doctype in (FEEDBACK, "SM Improvement"):
        frappe.db.delete(
            doctype, {"lineage": lineage(name), "owner": ("in", [people["rea"], people["ole"], "Guest"])}
        )
    frappe.db.delete("Contact Email", {"email_id": ("in", [people["rea"], people["ole"]])})
    people.pop("rea")
    people.pop("ole")
    frappe.db.commit()


@pytest.fixture(autouse=True)
def limits(plan: str, people: dict[str, str]) -> None:
    """What was sent before counts for nobody."""
    forget_limits()
    frappe.db.delete(FEEDBACK, {"lineage": lineage(plan), "owner": ("in", [people["rea"], "Guest"])})
    frappe.db.commit()


def forget_limits() -> None:
    frappe.cache.delete_keys("rl:")
    readers.forget_for_guests()


def entry(plan: str) -> str:
    return f"{plan}-lending-entry"


@pytest.fixture
def rea(server: str, plan: str, people: dict[str, str]) -> Client:
    return Client(server, people["rea"])


@pytest.fixture
def ole(server: str, plan: str, people: dict[str, str]) -> Client:
    return Client(server, people["ole"])


def send(client: Client, function: str, token: str | None = "", **values: str) -> requests.Response:
    """Send a form of the page, without following where it leads. token: empty to take that of the page."""
    if token == "":
        found = TOKEN.search(client.get(PAGE).text)
        token = found.group(1) if found else ""
    given = {**values, **({"csrf_token": token} if token else {})}
    return client.session.post(
        f"{client.address}{API}.{function}", data=given, timeout=60, allow_redirects=False
    )


def say(client: Client, plan: str, token: str | None = "", **values: str) -> requests.Response:
    about = {"offer": entry(plan), "kind": "Question", "title": "When?", "said": "At noon?"}
    return send(client, "give_feedback", token, **{**about, **values})


def suggest(client: Client, plan: str, token: str | None = "", **values: str) -> requests.Response:
    return send(
        client, "suggest_about_service", token, **{"title": "A box", "description": "For books", **values}
    )


def kept(plan: str) -> list:
    fresh()
    fields = ["name", "title", "said", "came_from", "reported_by", "said_by", "owner", "answer"]
    said = {"lineage": lineage(plan), "owner": ("not like", "%-author@%")}
    return frappe.get_all(FEEDBACK, said, fields, order_by="creation asc")


def leads_to(answer: requests.Response, note: str) -> bool:
    return answer.status_code == 302 and note in answer.headers["Location"]


def test_a_reader_reads_what_is_for_him_and_no_document(rea, plan):
    """O2"""
    page = rea.get(SERVICES)
    assert (page.status_code, TITLE in page.text, OTHER in page.text) == (200, True, False)
    for doctype in (
        "SM Plan",
        "SM Service",
        "SM Catalogue Entry",
        "SM Agreement",
        FEEDBACK,
        "SM Stakeholder",
    ):
        assert rea.get(f"/api/resource/{doctype}").status_code == 403, doctype
    assert "plan_book" not in page.text
    assert rea.get(f"{API}.plan_book", plan=plan).status_code == 403


def test_who_belongs_to_another_customer_reads_nothing_of_it(ole, plan):
    """O3"""
    for path in (SERVICES, f"{PAGE}?about={entry(plan)}", PAGE):
        page = ole.get(path)
        assert (page.status_code, OTHER in page.text) == (200, True), path
        assert (TITLE in page.text, entry(plan) in page.text) == (False, False), path


def test_what_is_not_for_somebody_and_what_is_not_there_is_answered_alike(ole, plan):
    """O4"""
    token = TOKEN.search(ole.get(PAGE).text).group(1)
    with assert_unchanged(plan):
        for send_it in (say, suggest):
            names = (entry(plan), "there-is-none", "' or 1=1", "")
            answers = [send_it(ole, plan, token, offer=name) for name in names]
            assert all(leads_to(answer, REFUSED) for answer in answers)
            assert len({(one.headers["Location"], one.text) for one in answers}) == 1
        pages = [ole.get(f"{PAGE}?about={name}").text for name in (entry(plan), "there-is-none")]
    assert pages[0] == pages[1]


def test_nobody_reads_the_portal_without_a_log_in(client, plan):
    """O5"""
    for path in (SERVICES, PAGE):
        page = client("guest").get(path)
        assert (page.status_code, TITLE in page.text) == (403, False), path
    for function in ("give_feedback", "suggest_about_service", "confirm_part"):
        assert client("guest").post(f"{API}.{function}", offer=entry(plan)).status_code == 403


def test_a_disabled_account_is_let_in_nowhere(server, rea, plan, people):
    """O6"""
    assert TITLE in rea.get(SERVICES).text
    frappe.db.set_value("User", people["rea"], "enabled", 0)
    frappe.db.commit()
    frappe.clear_cache(user=people["rea"])
    try:
        assert TITLE not in rea.get(SERVICES).text
        assert not leads_to(say(rea, plan, "x"), SAID)
    finally:
        frappe.db.set_value("User", people["rea"], "enabled", 1)
        frappe.db.commit()
        frappe.clear_cache(user=people["rea"])
    assert kept(plan) == []


def test_a_form_of_another_site_sends_nothing(rea, plan):
    """O7"""
    before_page = say(rea, plan, None)
    assert before_page.status_code == 400, told(before_page)
    rea.get(PAGE)
    for token in (None, "0" * 56):
        answer = say(rea, plan, token)
        assert answer.status_code == 400, told(answer)
    assert kept(plan) == []


def test_a_link_sends_nothing(rea, plan):
    """O8"""
    values = {"offer": entry(plan), "kind": "Praise", "title": "x", "said": "x"}
    for function in ("give_feedback", "suggest_about_service", "confirm_part", "give_guest_feedback"):
        assert rea.get(f"{API}.{function}", **values).status_code == 403, function
    assert kept(plan) == []


def test_a_key_says_nothing_for_a_person(server, plan, people):
    """O9"""
    answer = say(with_key(server, people["rea"]), plan, None)
    assert answer.status_code == 403, told(answer)
    assert kept(plan) == []


def test_an_author_a_source_and_an_answer_are_not_forged(rea, plan, people):
    """O10"""
    forged = {
        "owner": people["author"],
        "reported_by": f"{plan}-edith",
        "said_by": "The Mayor",
        "came_from": "Guest",
        "answer": "Granted.",
        "doctype": "SM Plan",
    }
    answer = say(rea, plan, **forged)
    assert leads_to(answer, SAID), told(answer)
    (one,) = kept(plan)
    assert (one.owner, one.reported_by or "", one.said_by, one.came_from, one.answer or "") == (
        people["rea"],
        "",
        "rea",
        "Portal",
        "",
    )


def test_script_in_feedback_is_text_on_the_page(rea, plan):
    """O11"""
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    assert leads_to(say(rea, plan, title=f"A{script}", said=f"B{script}"), SAID)
    page = rea.get(f"{PAGE}?note=%3Cscript%3Ealert(2)%3C/script%3E&about=%22%3E%3Cscript%3Ealert(3)").text
    for part in ("<script>alert", "<img src=x", "onerror=alert(1)>"):
        assert part not in page
    assert ("alert(2)" in page, "alert(3)" in page) == (False, False)


def test_what_others_said_and_were_answered_is_not_shown(rea, ole, plan):
    """O12"""
    assert leads_to(say(rea, plan, title="Mine alone"), SAID)
    (one,) = kept(plan)
    frappe.db.set_value(FEEDBACK, one.name, "answer", "For you alone")
    frappe.db.commit()
    assert "For you alone" in rea.get(PAGE).text
    page = ole.get(PAGE).text
    assert ("Mine alone" in page, "For you alone" in page) == (False, False)
    assert rea.put(FEEDBACK, one.name, answer="Granted").status_code in (400, 403)
    assert ole.get(f"/api/resource/{FEEDBACK}/{one.name}").status_code == 403


def test_an_account_sends_no_more_than_so_much(rea, plan):
    """O13"""
    token = TOKEN.search(rea.get(PAGE).text).group(1)
    answers = [say(rea, plan, token, title=f"No {number}") for number in range(saying.OF_ONE + 1)]
    assert [leads_to(one, SAID) for one in answers] == [True] * saying.OF_ONE + [False]
    assert leads_to(answers[-1], BUSY)
    assert len(kept(plan)) == saying.OF_ONE


def test_one_address_sends_no_more_than_so_much(rea, plan):
    """O14"""
    token = TOKEN.search(rea.get(PAGE).text).group(1)
    states = {say(rea, plan, token, title="").status_code for _number in range(61)}
    assert states == {302, 429}
    assert kept(plan) == []


def test_texts_longer_than_the_form_takes_are_refused(rea, plan):
    """O15"""
    for values in ({"title": "T" * 141}, {"said": "T" * 2001}, {"said": "\n"}, {"kind": "Order"}):
        assert leads_to(say(rea, plan, **values), REFUSED), values
    assert kept(plan) == []


def test_guests_find_nothing_where_the_site_takes_nothing_of_them(client, plan):
    """O16"""
    guest = client("guest")
    page = guest.get(GUEST)
    assert (page.status_code, TITLE in page.text) == (404, False)
    for name in (entry(plan), "there-is-none"):
        answer = send(guest, "give_guest_feedback", None, offer=name, title="x", said="x")
        assert answer.status_code == 404, told(answer)
    assert kept(plan) == []


@pytest.fixture
def for_guests(plan: str) -> Iterator[None]:
    frappe.db.set_single_value("SM Settings", "guest_feedback", 1)
    frappe.db.set_value("SM Catalogue Entry", entry(plan), "for_guests", 1)
    frappe.db.commit()
    frappe.clear_document_cache("SM Settings", "SM Settings")
    forget_limits()
    yield
    fresh()
    frappe.db.set_single_value("SM Settings", "guest_feedback", 0)
    frappe.db.commit()
    forget_limits()


def test_guests_read_titles_and_say_something_that_is_marked_as_theirs(client, plan, for_guests, people):
    """O17"""
    guest = client("guest")
    page = guest.get(GUEST)
    assert (page.status_code, TITLE in page.text, "no charge" in page.text) == (200, True, False)
    values = {"title": "<b>x</b>", "said": "x", "owner": people["author"], "reported_by": f"{plan}-edith"}
    assert leads_to(send(guest, "give_guest_feedback", None, offer=entry(plan), **values), "note=thanks")
    (one,) = kept(plan)
    assert (one.owner, one.came_from, one.reported_by or "") == ("Guest", "Guest", "")
    machine = send(guest, "give_guest_feedback", None, offer=entry(plan), title="x", said="x", website="x")
    assert leads_to(machine, "note=thanks")
    hidden = send(guest, "give_guest_feedback", None, offer=f"{plan}-none", title="x", said="x")
    assert leads_to(hidden, REFUSED)
    assert len(kept(plan)) == 1


def test_guests_send_no_more_than_so_much(client, plan, for_guests):
    """O18"""
    answers = [
        send(client("guest"), "give_guest_feedback", None, offer=entry(plan), title="", said="x").status_code
        for _number in range(21)
    ]
    assert (answers[0], answers[-1]) == (302, 429)
    assert kept(plan) == []


def test_a_part_is_confirmed_from_the_form_alone_and_as_it_was_shown(rea, plan):
    """O19"""
    assert say(rea, plan).status_code == 302  # the session has a token
    none = send(rea, "confirm_part", None, lineage=plan, shown="0" * 64)
    assert none.status_code == 400, told(none)
    without = send(rea, "confirm_part", "", lineage=plan, shown="0" * 64)
    assert without.status_code == 403, told(without)
