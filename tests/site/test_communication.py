"""The communication plan on a site: a supervisor is briefed before his team and both confirm; who says what; what is answered."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import frappe
import pytest
from frappe.utils import getdate
from seeds import account_with, acting, plan_before_sponsor, sign_as_sponsor

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import calendar_feed, script_reports
from sm_planner.engine.checks import RULES, check
from sm_planner.engine.communication.confirming import Heard, heard
from sm_planner.engine.communication.runs import held
from sm_planner.engine.model.communication import Communication
from sm_planner.engine.part.confirmation import State, confirmed
from sm_planner.engine.part.dues import Todo, dues

LEAD, DESK, PLANNER = (f"{name}@example.org" for name in ("lead", "desk", "owner"))
RUN, FEEDBACK, CONFIRMATION = "SM Communication Run", "SM Feedback", "SM Briefing Confirmation"
FINDINGS = tuple(rule for rule in RULES if rule.code in ("COM-05", "COM-06", "SPN-09"))


@pytest.fixture
def plan(minimal) -> str:
    """A plan in force in which omar, of the first line, is briefed the day before his team, which nadia is in too."""
    for name in (LEAD, DESK):
        account_with("SM Service Owner", name=name)
    (team,) = minimal.teams
    member = dataclasses.replace(team.members[0], person="nadia")
    team = dataclasses.replace(team, lead="omar", members=(*team.members, member))
    shared = {"message": "Stay with the caller.", "channel": "Talk", "frequency": "Once"}
    today = getdate()
    new = (
        Communication(
            id="leads",
            title="For those who lead",
            kind="Supervisor Briefing",
            roles=tuple(one.id for one in minimal.roles if any(h.person == "omar" for h in one.holders)),
            sender="nadia",
            first_date=today - timedelta(days=2),
            **shared,
        ),
        Communication(
            id="teams",
            title="For the team",
            kind="Team Briefing",
            teams=(team.id,),
            sender="omar",
            first_date=today - timedelta(days=1),
            **shared,
        ),
    )
    written = dataclasses.replace(minimal, teams=(team,), communications=(*minimal.communications, *new))
    name = plan_before_sponsor(written, omar=LEAD, nadia=DESK)
    sign_as_sponsor(name)
    return name


@pytest.fixture
def lineage(plan) -> str:
    return frappe.db.get_value("SM Plan", plan, "lineage")


def say(plan: str, id: str, user: str, days_ago: int, **values: object) -> str:
    """Enter that something was said, as a user; the name of the run."""
    with acting(user):
        document = frappe.get_doc(
            {
                "doctype": RUN,
                "communication": f"{plan}-{id}",
                "day": getdate() - timedelta(days=days_ago),
                **values,
            }
        )
        return document.insert().name


def found(plan: str, code: str) -> list[str]:
    rules = [rule for rule in FINDINGS if rule.code == code]
    return [one.record.id for one in check(plan_reader.load(plan), getdate(), rules).failed]


def test_a_supervisor_is_briefed_before_his_team_and_both_confirm(plan, lineage):
    assert {"leads", "teams"} <= {*found(plan, "COM-05")}
    say(plan, "teams", LEAD, 1)
    assert found(plan, "COM-06") == ["teams"]  # the supervisor has heard nothing yet
    say(plan, "leads", DESK, 2, reached=[{"record": "omar"}], questions=1)
    assert found(plan, "COM-06") == []
    assert not {"leads", "teams"} & {*found(plan, "COM-05")}

    for person, user in (("omar", LEAD), ("nadia", DESK)):
        with acting(user):
            shown = api.my_part(lineage)
            api.confirm_my_part(lineage, shown["hash"])
        assert confirmed(plan_reader.load(plan), person, getdate()).state is State.CONFIRMED


def told_of(plan: str, id: str, person: str) -> Heard:
    """The last run of a communication as somebody is shown it."""
    loaded = plan_reader.load(plan)
    one = loaded.get("communications", id)
    return heard(loaded, one, held(loaded, one, getdate())[-1], person, getdate())


def confirm(lineage: str, user: str, one: Heard, shown: str = "") -> None:
    with acting(user):
        api.confirm_briefing(lineage, one.communication.id, str(one.run.day), shown or one.shown)


def test_a_supervisor_and_his_team_confirm_their_briefings_each_alone(plan, lineage):
    leads, teams = "leads", "teams"
    say(plan, leads, DESK, 20, reached=[{"record": "omar"}])
    say(plan, teams, LEAD, 19)
    assert leads in found(plan, "COM-05") and found(plan, "COM-06") == [teams]
    with acting(LEAD):
        assert "Stay with the caller." in api.my_part(lineage)["html"]
    confirm(lineage, LEAD, told_of(plan, leads, "omar"))
    assert found(plan, "COM-06") == []
    confirm(lineage, DESK, told_of(plan, teams, "nadia"))
    confirm(lineage, DESK, told_of(plan, teams, "nadia"))  # once is enough
    assert not {leads, teams} & {*found(plan, "COM-05")}

    kept = frappe.get_all(CONFIRMATION, {"lineage": lineage}, ["person", "owner", "entered_by", "shown"])
    assert {(one.person, one.owner, one.entered_by or "") for one in kept} == {
        ("omar", LEAD, ""),
        ("nadia", DESK, ""),
    }
    assert all(len(one.shown) == 64 for one in kept) and len(kept) == 2
    with acting(PLANNER):
        _columns, rows, *_more = script_reports.run("communication-plan", {"plan": plan})
    assert {row["title"]: row["confirmed"] for row in rows if row["confirmed"]} == {
        "For those who lead": "1 of 1",
        "For the team": "1 of 1",
    }


def test_nobody_confirms_what_he_did_not_hear_or_was_not_shown(plan, lineage):
    say(plan, "leads", DESK, 2, reached=[{"record": "omar"}])
    one = told_of(plan, "leads", "omar")
    with pytest.raises(frappe.PermissionError, match="Nobody has entered that you heard this"):
        confirm(lineage, DESK, one)
    with pytest.raises(frappe.ValidationError, match="told otherwise now"):
        confirm(lineage, LEAD, one, "0" * 64)
    assert not frappe.db.exists(CONFIRMATION, {"lineage": lineage})


def test_a_run_that_is_corrected_is_confirmed_again(plan, lineage):
    name = say(plan, "leads", DESK, 2, reached=[{"record": "omar"}])
    confirm(lineage, LEAD, told_of(plan, "leads", "omar"))
    assert told_of(plan, "leads", "omar").is_own
    with acting(DESK):
        run = frappe.get_doc(RUN, name)
        run.answers = "Extension 12."
        run.save()
    assert told_of(plan, "leads", "omar").confirmation is None


def test_what_a_planner_enters_for_a_hearer_says_so_and_the_hearer_confirms_it_himself(plan, lineage):
    say(plan, "leads", DESK, 2, reached=[{"record": "omar"}])
    day = getdate() - timedelta(days=2)
    with acting(PLANNER):
        values = {"communication": f"{plan}-leads", "held_on": day, "person": "omar", "day": getdate()}
        frappe.get_doc({"doctype": CONFIRMATION, **values}).insert()
    assert told_of(plan, "leads", "omar").confirmation.entered_by
    confirm(lineage, LEAD, told_of(plan, "leads", "omar"))
    assert told_of(plan, "leads", "omar").is_own


def test_the_site_keeps_for_whom_it_was_meant_on_that_day(plan):
    name = say(plan, "teams", LEAD, 1, audience="Everybody in town")
    kept = frappe.get_doc(RUN, name)
    assert "Omar Said" in kept.audience
    assert "Nadia" in kept.audience
    assert kept.entered_by in (None, "")
    with acting(LEAD):
        kept.audience, kept.questions = "Everybody in town", 2
        kept.save()
    kept.reload()
    assert (kept.questions, "town" in kept.audience) == (2, False)


def test_a_run_is_entered_by_its_sender_or_by_a_planner_which_it_says(plan):
    for values in ({}, {"sender": "omar"}):
        with pytest.raises(frappe.PermissionError):
            say(plan, "teams", DESK, 1, **values)
    with pytest.raises(frappe.PermissionError):
        say(plan, "teams", LEAD, 1, sender="edith")  # what another said in his place
    name = say(plan, "teams", PLANNER, 1, sender="edith")
    assert frappe.db.get_value(RUN, name, "entered_by")


def test_what_is_due_stands_in_the_part_of_the_sender_and_in_the_report(plan):
    loaded = plan_reader.load(plan)
    assert [one.record.id for one in dues(loaded, "omar", getdate()) if one.what is Todo.COMMUNICATE] == [
        "teams"
    ]
    with acting(PLANNER):
        columns, rows, *_more = script_reports.run("communication-plan", {"plan": plan})
    assert any(column["fieldname"] == "next_run" for column in columns)
    (row,) = [row for row in rows if row["title"] == "For the team"]
    assert row["gap"] == 1


def test_feedback_is_reported_in_the_own_name_and_answered_by_whom_it_is_about(plan, lineage):
    with acting(DESK):
        doc = frappe.get_doc(
            {
                "doctype": FEEDBACK,
                "lineage": lineage,
                "title": "Whom do I call?",
                "kind": "Question",
                "communication": f"{plan}-teams",
            }
        ).insert()
    assert (doc.reported_by, doc.reported_on) == ("nadia", getdate())
    loaded = plan_reader.load(plan)
    (due,) = [one for one in dues(loaded, "omar", getdate()) if one.what is Todo.ANSWER]
    assert due.day == getdate() + timedelta(days=14)
    frappe.db.set_value(FEEDBACK, doc.name, "reported_on", getdate() - timedelta(days=15))
    assert found(plan, "SPN-09") == [doc.id]

    with acting(DESK), pytest.raises(frappe.PermissionError, match="Feedback is answered by"):
        mine = frappe.get_doc(FEEDBACK, doc.name)
        mine.answer = "Nobody."
        mine.save()
    with acting(LEAD):
        asked = frappe.get_doc(FEEDBACK, doc.name)
        asked.answer = "Extension 12."
        asked.save()
    asked.reload()
    assert (asked.answered_by, asked.answered_on) == ("omar", getdate())
    assert found(plan, "SPN-09") == []
    with acting(DESK), pytest.raises(frappe.PermissionError):
        mine = frappe.get_doc(FEEDBACK, doc.name)
        mine.title = "Something else"
        mine.save()


def test_the_form_of_feedback_is_open_as_far_as_a_save_would_be(plan, lineage):
    values = {"doctype": FEEDBACK, "lineage": lineage, "title": "When?", "communication": f"{plan}-teams"}
    with acting(DESK):
        name = frappe.get_doc(values).insert().name
        fields = told_to_the_form(name)["fields"]
    assert "title" in fields
    assert "answer" not in fields
    with acting(LEAD):
        assert told_to_the_form(name)["fields"] == ["answer"]
        asked = frappe.get_doc(FEEDBACK, name)
        asked.answer = "At noon."
        asked.save()
    with acting(DESK):
        closed = told_to_the_form(name)
    assert closed["fields"] == []
    assert "until it is answered" in closed["note"]
    with acting(PLANNER):
        assert told_to_the_form(name)["fields"] is None


def told_to_the_form(name):
    doc = frappe.get_doc(FEEDBACK, name)
    doc.run_method("onload")
    return doc.get_onload("sm_planner")


def test_what_is_to_be_said_stands_in_the_calendar_of_the_sender(plan):
    assert "For the team" in calendar_feed.calendar_of(LEAD)
    assert "For the team" not in calendar_feed.calendar_of(DESK)
    say(plan, "teams", LEAD, 0)
    assert "For the team" not in calendar_feed.calendar_of(LEAD)
