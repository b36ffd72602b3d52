"""Ways to confirm, or to enter, what is not one's own, and to read more of a plan than one's own part."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import getdate
from http_kit import API, Client, first, fresh, says, taken_over, told, with_key

pytestmark = pytest.mark.commits

NOT_SHOWN = "not the one any more that you were shown"
NO_PART = "no part in a plan in force"
NO_CALENDAR = "no calendar at this address"
ACK = "SM Acknowledgement"


@pytest.fixture(scope="module")
def plan(make_plan, minimal, people) -> str:
    """A plan in force: its sponsor is a person of it, and a stakeholder without the Desk owns its objective."""
    name = make_plan("Active")
    frappe.db.set_value(
        "SM Person", f"{name}-{minimal.objectives[0].objective_owner}", "user", people["stakeholder"]
    )
    frappe.db.delete(ACK, {"lineage": name})
    frappe.db.delete(ACK, {"person": ("like", f"{name}-%")})
    frappe.db.commit()
    fresh()
    return name


@pytest.fixture
def own(client, plan) -> dict:
    """The part of the stakeholder, as he is shown it."""
    answer = client("stakeholder").get(f"{API}.my_part", lineage=plan)
    assert answer.status_code == 200, told(answer)
    return answer.json()["message"]


def acknowledgements(plan: str) -> list:
    fresh()
    return frappe.get_all(ACK, {"person": ("like", f"{plan}-%")}, ["name", "person", "entered_by", "owner"])


def confirm(client: Client, plan: str, shown: str):
    return client.call("sm_planner.api.confirm_my_part", lineage=plan, shown=shown)


def test_somebody_confirms_with_the_hash_of_anothers_part(client, plan, own):
    """P21"""
    before = acknowledgements(plan)
    answer = confirm(client("sponsor"), plan, own["hash"])
    assert answer.status_code == 417
    assert says(answer, NOT_SHOWN)
    assert acknowledgements(plan) == before


def test_somebody_enters_anothers_confirmation_by_the_rest_api(client, plan, minimal):
    """P22"""
    before = acknowledgements(plan)
    person = f"{plan}-{minimal.objectives[0].objective_owner}"
    values = {"person": person, "day": str(getdate()), "lineage": plan}
    for name in ("sponsor", "service-owner", "auditor", "stakeholder"):
        for shown in ("", "0" * 64):
            assert client(name).create(ACK, **values, shown=shown).status_code == 403, name
    for name in ("planner", "author"):
        answer = client(name).create(ACK, **values, shown="0" * 64)
        assert (answer.status_code, says(answer, "noted where it is shown")) == (403, True), told(answer)
    assert acknowledgements(plan) == before


def test_what_a_planner_enters_for_another_says_so(client, plan, minimal):
    """P22: without what was shown"""
    person = f"{plan}-{minimal.objectives[0].objective_owner}"
    values = {"person": person, "day": str(getdate()), "lineage": plan, "entered_by": ""}
    made = client("planner").create(ACK, **values)
    assert made.status_code == 200, told(made)
    try:
        (entered,) = acknowledgements(plan)
        assert (entered.person, entered.entered_by) == (person, "planner")
    finally:
        frappe.db.delete(ACK, {"name": made.json()["data"]["name"]})
        frappe.db.commit()


def test_a_link_confirms_nothing(client, plan, own):
    """P23"""
    before = acknowledgements(plan)
    answer = client("stakeholder").get(f"{API}.confirm_my_part", lineage=plan, shown=own["hash"])
    assert answer.status_code == 403
    assert acknowledgements(plan) == before


@pytest.mark.parametrize("shown", ["", "0" * 64])
def test_what_was_not_shown_is_confirmed(client, plan, shown):
    """P24"""
    before = acknowledgements(plan)
    answer = confirm(client("stakeholder"), plan, shown)
    assert says(answer, NOT_SHOWN)
    assert acknowledgements(plan) == before


def test_tokens_of_others_and_of_before_open_nothing(client, plan, people):
    """P25, P26, P27"""
    holder = client("stakeholder")
    token = holder.call("sm_planner.api.make_my_calendar").json()["message"].rpartition("=")[2]
    guest = client("guest")
    good = guest.get(f"{API}.my_calendar", token=token)
    assert good.status_code == 200, good.text
    assert good.headers["Content-Type"].startswith("text/calendar")
    assert "BEGIN:VCALENDAR" in good.text
    assert people["stakeholder"] not in good.text
    again = guest.session.get(
        f"{guest.address}{API}.my_calendar",
        params={"token": token},
        headers={"If-None-Match": good.headers["ETag"]},
    )
    assert again.status_code == 304
    stored = frappe.db.get_value("SM Calendar Feed", people["stakeholder"], "token_hash")
    for wrong in ("", token[:-1], stored, "%"):
        answer = guest.get(f"{API}.my_calendar", token=wrong)
        assert (answer.status_code, says(answer, NO_CALENDAR)) == (403, True)
    newer = holder.call("sm_planner.api.make_my_calendar").json()["message"].rpartition("=")[2]
    assert guest.get(f"{API}.my_calendar", token=token).status_code == 403
    fresh()
    frappe.db.set_value("User", people["stakeholder"], "enabled", 0)
    frappe.db.commit()
    try:
        assert guest.get(f"{API}.my_calendar", token=newer).status_code == 403
    finally:
        frappe.db.set_value("User", people["stakeholder"], "enabled", 1)
        frappe.db.commit()
    holder.call("sm_planner.api.revoke_my_calendar")
    assert guest.get(f"{API}.my_calendar", token=newer).status_code == 403


@pytest.mark.parametrize("name", ["auditor", "nobody", "system-manager", "guest"])
def test_somebody_whom_the_plan_does_not_name(client, plan, name):
    """P28"""
    answer = client(name).get(f"{API}.my_part", lineage=plan)
    assert answer.status_code == 403
    assert name == "guest" or says(answer, NO_PART)
    assert confirm(client(name), plan, "0" * 64).status_code == 403


def test_a_portal_user_reads_no_more_than_his_part(client, plan, own, minimal, people):
    """P29"""
    holder = client("stakeholder")
    assert minimal.objectives[0].title in own["html"]
    theirs = [
        one.title
        for one in minimal.agreements
        if one.agreement_owner != minimal.objectives[0].objective_owner
    ]
    assert [title for title in theirs if title in own["html"]] == []
    for path in (
        f"/api/resource/SM Plan/{plan}",
        "/api/resource/SM Objective",
        f"{API}.check",
        f"{API}.export_plan",
    ):
        assert holder.get(path, plan=plan).status_code == 403, path
    page = Client(holder.address, people["stakeholder"]).get("/my-part")  # which gives its session a token
    assert page.status_code == 200
    assert "sm-part" in page.text
    assert "sm-part-card" not in client("guest").get("/my-part").text


def test_facts_of_others(client, plan, minimal):
    """P30, P31"""
    today = str(getdate())
    objective = minimal.objectives[0].id
    commitment = next(
        one for one in minimal.commitments if one.person != minimal.objectives[0].objective_owner
    ).id
    measured = client("sponsor").call(
        "sm_planner.api.add_measurement", lineage=plan, objective=f"{plan}-{objective}", day=today, value="1"
    )
    assert (measured.status_code, says(measured, "objective is not yours")) == (403, True)
    shown = client("stakeholder").call(
        "sm_planner.api.add_evidence",
        lineage=plan,
        commitment=f"{plan}-{commitment}",
        day=today,
        kind="Decision",
    )
    assert (shown.status_code, says(shown, "commitment is not yours")) == (403, True)
    fresh()
    assert not first_or_none("SM Measurement", lineage=plan, day=today)
    assert not first_or_none("SM Evidence", lineage=plan, day=today)


def test_a_key_of_the_account_confirms_nothing(server, plan, own, people):
    """P32"""
    before = acknowledgements(plan)
    answer = confirm(with_key(server, people["stakeholder"]), plan, own["hash"])
    assert (answer.status_code, says(answer, "confirmed by the person alone")) == (403, True), told(answer)
    assert acknowledgements(plan) == before


def test_who_takes_the_place_of_somebody_confirms_nothing_for_him(server, plan, own, people):
    """P33"""
    before = acknowledgements(plan)
    answer = confirm(taken_over(server, people["stakeholder"]), plan, own["hash"])
    assert (answer.status_code, says(answer, "confirmed by the person alone")) == (403, True), told(answer)
    assert acknowledgements(plan) == before


IN_ANOTHERS_PLACE = {"a key": with_key, "a session that was taken over": taken_over}


@pytest.mark.parametrize("way", IN_ANOTHERS_PLACE)
def test_nobody_else_gets_the_address_of_a_calendar(server, client, plan, people, way):
    """P34"""
    told_before = client("stakeholder").call("sm_planner.api.make_my_calendar")
    assert told_before.status_code == 200, told(told_before)
    token = told_before.json()["message"].rpartition("=")[2]

    answer = IN_ANOTHERS_PLACE[way](server, people["stakeholder"]).call("sm_planner.api.make_my_calendar")

    assert (answer.status_code, says(answer, "after a log-in of your own")) == (403, True), told(answer)
    assert client("guest").get(f"{API}.my_calendar", token=token).status_code == 200
    client("stakeholder").call("sm_planner.api.revoke_my_calendar")


def first_or_none(doctype: str, **filters: str) -> str | None:
    return frappe.db.exists(doctype, filters) and first(doctype, **filters)


def test_who_is_shown_his_part_confirms_it(client, plan, own, people):
    answer = confirm(client("stakeholder"), plan, own["hash"])
    assert answer.status_code == 200, told(answer)
    (fact,) = [one for one in acknowledgements(plan) if one.owner == people["stakeholder"]]
    assert not fact.entered_by
