"""My Part in the Plan on a site: people see, confirm and enter what is their own, whether or not they have the Desk."""

from __future__ import annotations

import dataclasses
import hashlib

import frappe
import pytest
from frappe.utils import getdate
from seeds import NURSE, account_with, acting, plan_before_sponsor, sign_as_sponsor

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import calendar_feed, script_reports
from sm_planner.engine.model.proof import IMPERSONATED
from sm_planner.engine.model.services import EscalationStep
from sm_planner.engine.part.confirmation import State, confirmed
from sm_planner.engine.part.duties import hash_of_part
from sm_planner.engine.sealing import seal
from sm_planner.engine.sign_off.requests import Request

PORTAL = "SM Portal Stakeholder"


@pytest.fixture
def owner(minimal) -> str:
    """Who owns the objective of the plan: the person's id."""
    return minimal.objectives[0].objective_owner


@pytest.fixture
def nursing(owner, in_force, make_user, acting_as):
    """A context in which the owner of the objective acts, without the Desk."""
    make_user(PORTAL, name=NURSE)
    frappe.db.set_value("SM Person", owner, "user", NURSE)
    return lambda: acting_as(NURSE)


def state_of(plan: str, person: str) -> State:
    return confirmed(plan_reader.load(plan), person, getdate()).state


def test_somebody_without_the_desk_sees_his_part_and_may_read_no_document(in_force, minimal, nursing):
    with nursing():
        shown = api.my_part(minimal.lineage)
        assert not frappe.has_permission("SM Plan", "read", in_force)
    assert shown["lineage"] == minimal.lineage
    assert minimal.objectives[0].title in shown["html"]
    other = next(
        one for one in minimal.improvements if one.improvement_owner != minimal.objectives[0].objective_owner
    )
    assert other.title not in shown["html"]


def test_an_owner_without_the_desk_sees_the_own_scorecard_and_that_of_nobody_else(
    in_force, owner, minimal, nursing
):
    with nursing():
        html = api.my_part(minimal.lineage)["html"]
    assert "How it stands" in html
    assert f"{minimal.objectives[0].title}: not measured yet" in html
    assert "Lending system kept running: 2 targets not measured yet" not in html  # Omar's


def test_a_part_is_confirmed_by_the_person_once_and_the_seal_holds(in_force, owner, minimal, nursing):
    frappe.db.delete("SM Acknowledgement")
    assert state_of(in_force, owner) is State.NEVER
    with nursing():
        shown = api.my_part(minimal.lineage)
        assert shown["asks"]
        for _again in range(2):
            api.confirm_my_part(minimal.lineage, shown["hash"])
        assert not api.my_part(minimal.lineage)["asks"]
    (fact,) = frappe.get_all("SM Acknowledgement", {"person": owner}, ["shown", "entered_by", "owner"])
    assert (fact.shown, fact.entered_by or "", fact.owner) == (shown["hash"], "", NURSE)
    assert state_of(in_force, owner) is State.CONFIRMED
    assert seal.verify(plan_reader.load(in_force)).clean


def test_what_was_not_shown_is_not_confirmed(in_force, owner, minimal, nursing):
    frappe.db.delete("SM Acknowledgement")
    with nursing():
        for shown in ("", "0" * 64):
            with pytest.raises(frappe.ValidationError, match="not the one any more that you were shown"):
                api.confirm_my_part(minimal.lineage, shown)
    assert state_of(in_force, owner) is State.NEVER


def test_nobody_says_of_himself_by_a_form_what_only_the_page_knows(in_force, owner, minimal, nursing):
    with nursing():
        fact = frappe.get_doc(
            {"doctype": "SM Acknowledgement", "person": owner, "day": getdate(), "shown": "0" * 64}
        )
        fact.lineage = minimal.lineage
        with pytest.raises(frappe.PermissionError, match="noted where it is shown"):
            fact.insert(ignore_permissions=True)


def test_nobody_confirms_in_a_session_that_he_took_over(in_force, owner, minimal, nursing, monkeypatch):
    frappe.db.delete("SM Acknowledgement")
    taken_over = Request(way=IMPERSONATED, by="boss@example.org", session="x")
    with nursing():
        shown = api.my_part(minimal.lineage)["hash"]
        monkeypatch.setattr("sm_planner.adapters.site.sessions.request", lambda: taken_over)
        with pytest.raises(frappe.PermissionError, match="confirmed by the person alone"):
            api.confirm_my_part(minimal.lineage, shown)


def test_what_a_planner_enters_for_somebody_is_told_as_that(in_force, owner, minimal, make_user, acting_as):
    frappe.db.delete("SM Acknowledgement")
    make_user("SM Planner User", name="plans@example.org")
    with acting_as("plans@example.org"):
        frappe.get_doc(
            {"doctype": "SM Acknowledgement", "person": owner, "day": getdate(), "lineage": minimal.lineage}
        ).insert()
    assert state_of(in_force, owner) is State.ENTERED_FOR


def test_who_takes_what_is_stuck_sees_that_and_who_is_in_no_path_confirms_what_he_did(minimal):
    account_with(PORTAL, name=NURSE)
    service = minimal.services[0]
    step = EscalationStep(kind="Hierarchical", minutes=30, person="nadia")
    path = dataclasses.replace(service, escalation=(*service.escalation, step))
    with_path = dataclasses.replace(minimal, services=(path, *minimal.services[1:]))
    for one in minimal.people:
        same = hash_of_part(with_path, one.id, getdate()) == hash_of_part(minimal, one.id, getdate())
        assert same == (one.id != "nadia"), one.id
    name = plan_before_sponsor(with_path, nadia=NURSE)
    sign_as_sponsor(name)
    with acting(NURSE):
        shown = api.my_part(minimal.lineage)
        assert f"<dt>Step of an Escalation Path</dt>\n<dd>{service.title}</dd>" in shown["html"]
        api.confirm_my_part(minimal.lineage, shown["hash"])
    assert state_of(name, "nadia") is State.CONFIRMED


def test_people_enter_measurements_and_evidence_of_their_own_and_of_nobody_else(
    in_force, owner, minimal, nursing
):
    objective, today = minimal.objectives[0], str(getdate())
    theirs = next(one for one in minimal.commitments if one.person != owner)
    with nursing():
        name = api.add_measurement(minimal.lineage, objective.id, today, "12,5", "Ticket book")
        with pytest.raises(frappe.PermissionError, match="commitment is not yours"):
            api.add_evidence(minimal.lineage, theirs.id, today, "Decision")
        with pytest.raises(frappe.PermissionError, match="objective is not yours"):
            api.add_measurement(minimal.lineage, "another", today, "1")
    fact = frappe.get_doc("SM Measurement", name)
    assert (fact.value, fact.entered_by or "", fact.owner) == (12.5, "", NURSE)
    assert plan_reader.load(in_force).measured(objective)[-1].value == 12.5


def test_who_made_a_commitment_shows_what_he_did(in_force, minimal, make_user, acting_as):
    commitment = minimal.commitments[0]
    account = frappe.db.get_value("SM Person", commitment.person, "user") or make_user(PORTAL, name=NURSE)
    frappe.db.set_value("SM Person", commitment.person, "user", account)
    with acting_as(account):
        api.add_evidence(minimal.lineage, commitment.id, str(getdate()), "Attendance", "Minutes of Monday")
    assert plan_reader.load(in_force).shown_by(commitment)[-1].reference == "Minutes of Monday"


@pytest.mark.parametrize("lineage", ["", "there-is-none"])
def test_who_is_not_in_the_plan_is_told_the_same_as_where_there_is_none(
    in_force, lineage, make_user, acting_as
):
    make_user("SM Planner Manager", name="elsewhere@example.org")
    with acting_as("elsewhere@example.org"), pytest.raises(frappe.PermissionError, match="no part in a plan"):
        api.my_part(lineage)


def test_a_draft_has_parts_for_nobody(minimal, minimal_on_site, make_user, acting_as):
    make_user(PORTAL, name=NURSE)
    frappe.db.set_value("SM Person", minimal.plan_owner, "user", NURSE)
    with acting_as(NURSE), pytest.raises(frappe.PermissionError, match="no part in a plan in force"):
        api.my_part(minimal.lineage)


def test_texts_of_the_plan_are_no_html(in_force, owner, minimal, nursing):
    frappe.db.set_value("SM Objective", {"plan": in_force}, "title", "<b onclick=x()>Bold</b>")
    with nursing():
        page = api.my_part(minimal.lineage)["html"]
    assert "<b onclick" not in page
    assert "&lt;b onclick=x()&gt;" in page


def test_a_calendar_tells_dates_with_whole_days_and_cancels_what_was_dropped(
    in_force, owner, minimal, nursing
):
    action = minimal.improvements[0]
    name = f"{minimal.lineage}-{action.id}"
    frappe.db.set_value(
        "SM Improvement", name, {"improvement_owner": owner, "due": "2027-03-01", "status": "New"}
    )
    with nursing():
        address = api.make_my_calendar()
    token = address.rpartition("=")[2]
    assert calendar_feed.user_of(token) == NURSE
    stored = frappe.db.get_value("SM Calendar Feed", NURSE, "token_hash")
    assert stored == hashlib.sha256(token.encode()).hexdigest()

    def event() -> str:
        found = [
            one
            for one in calendar_feed.calendar_of(NURSE).split("BEGIN:VEVENT")
            if f"/{action.id}/" in one.replace("\r\n ", "")
        ]
        assert len(found) == 1
        return found[0].replace("\r\n ", "")

    first = event()
    assert "DTSTART;VALUE=DATE:20270301" in first
    assert "SEQUENCE:0" in first
    assert "STATUS:CONFIRMED" in first
    frappe.db.set_value("SM Improvement", name, "due", "2027-04-01")
    moved = event()
    assert "DTSTART;VALUE=DATE:20270401" in moved
    assert "SEQUENCE:1" in moved
    frappe.db.set_value("SM Improvement", name, "status", "Closed")
    dropped = event()
    assert "STATUS:CANCELLED" in dropped
    assert "SEQUENCE:2" in dropped
    assert NURSE not in calendar_feed.calendar_of(NURSE)


def test_a_token_that_was_renewed_or_revoked_or_of_a_disabled_account_opens_nothing(in_force, nursing):
    with nursing():
        first = api.make_my_calendar().rpartition("=")[2]
        second = api.make_my_calendar().rpartition("=")[2]
    with pytest.raises(frappe.PermissionError, match="no calendar at this address"):
        calendar_feed.user_of(first)
    assert calendar_feed.user_of(second) == NURSE
    frappe.db.set_value("User", NURSE, "enabled", 0)
    with pytest.raises(frappe.PermissionError, match="no calendar at this address"):
        calendar_feed.user_of(second)
    frappe.db.set_value("User", NURSE, "enabled", 1)
    with nursing():
        api.revoke_my_calendar()
    with pytest.raises(frappe.PermissionError, match="no calendar at this address"):
        calendar_feed.user_of(second)


def test_the_report_names_who_has_not_confirmed(in_force, owner, minimal):
    frappe.db.delete("SM Acknowledgement")
    _columns, rows, _message, _chart, summary = script_reports.run("confirmed-parts", {"plan": in_force})
    titles = {row["title"] for row in rows}
    assert minimal.get("people", owner).title in titles
    assert summary[1]["value"] in (0, "0")


def test_who_answers_for_a_value_enters_what_it_came_to(in_force, minimal, owner, nursing, acting_as):
    words = "Fewer queues at the desk, " + "counted " * 20
    row = {"doctype": "SM Value Statement", "parent": in_force, "parenttype": "SM Plan", "idx": 99}
    own = {**row, "parentfield": "value_statements", "statement": words, "person": owner, "due": "2027-12-31"}
    frappe.get_doc(own).db_insert()
    other = {**own, "name": None, "statement": "Another", "person": minimal.executive_sponsor}
    frappe.get_doc(other).db_insert()
    today = str(getdate())
    with nursing():
        assert "data-value=" in api.my_part(minimal.lineage)["html"]
        name = api.add_measurement(minimal.lineage, "", today, "12,5", "", words)
        with pytest.raises(frappe.PermissionError, match="This value is not yours"):
            api.add_measurement(minimal.lineage, "", today, "1", "", "Another")
    made = frappe.get_doc("SM Measurement", name)
    assert (made.value, made.entered_by or "") == (12.5, "")


def test_a_person_says_that_he_was_at_a_training_of_his_and_nothing_more(in_force, owner, minimal, nursing):
    frappe.db.delete("SM Training Attendance")
    training = minimal.trainings[0]
    frappe.db.set_value("SM Training", f"{in_force}-{training.id}", "start_date", getdate())
    today = str(getdate())
    with nursing():
        assert "I Was There" in api.my_part(minimal.lineage)["html"]
        for day in ("2020-01-01", "soon", str(frappe.utils.add_days(getdate(), 1))):
            with pytest.raises(frappe.ValidationError, match="not a day|did not take place"):
                api.confirm_training(minimal.lineage, training.id, day)
        with pytest.raises(frappe.PermissionError, match="not meant for you"):
            api.confirm_training(minimal.lineage, "none", today)
        api.confirm_training(minimal.lineage, training.id, today)
        with pytest.raises(frappe.ValidationError, match="entered already"):
            api.confirm_training(minimal.lineage, training.id, today)
        html = api.my_part(minimal.lineage)["html"]
    assert "by your own word" in html and "I Was There" not in html
    (fact,) = frappe.get_all("SM Training Attendance", {"person": owner}, ["result", "entered_by", "owner"])
    assert (fact.result, fact.entered_by or "", fact.owner) == ("Attended", "", NURSE)
