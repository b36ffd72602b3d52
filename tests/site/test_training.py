"""A new service owner is trained before he starts, or the plan says he is not; and who sees what people can."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import frappe
import pytest
from frappe.utils import getdate
from seeds import account_with, acting

from sm_planner import api
from sm_planner.adapters import permissions, plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine.checks import check
from sm_planner.engine.model.parties import RoleHolder

OWN, LEAD, PLANNER, OTHER = (f"{name}@example.org" for name in ("nadia", "paula", "planner", "other"))
RATING, ATTENDANCE, TRAINING = "SM Skill Rating", "SM Training Attendance", "SM Training"


def later(days: int):
    return getdate() + timedelta(days)


@pytest.fixture
def plan(minimal) -> str:
    """A draft in which nadia, led by paula, owns the service and starts in thirty days; nobody was trained."""
    account_with("SM Planner User", name=PLANNER)
    for name in (OWN, LEAD, OTHER):
        account_with("SM Service Owner", name=name)
    accounts = {"nadia": OWN, "paula": LEAD, "omar": OTHER}
    people = tuple(dataclasses.replace(one, user=accounts.get(one.id, "")) for one in minimal.people)
    roles = tuple(
        dataclasses.replace(role, holders=(RoleHolder(person="nadia", from_date=later(30)),))
        if role.id == "service-owner"
        else dataclasses.replace(role, skills=())
        for role in minimal.roles
    )
    services = tuple(dataclasses.replace(one, service_owner="nadia") for one in minimal.services)
    return plan_writer.save(
        dataclasses.replace(
            minimal,
            people=people,
            roles=roles,
            services=services,
            period_start=getdate(),
            trainings=(),
            attendances=(),
        )
    )


def told(plan: str) -> list[str]:
    found = check(plan_reader.load(plan), getdate()).findings
    return [f"{one.code} {one.text}" for one in found if one.code in ("SVC-11", "TRN-02")]


def train(plan: str, ends) -> str:
    with acting(PLANNER):
        doc = frappe.get_doc(
            {
                "doctype": TRAINING,
                "plan": plan,
                "title": "Owning the desk",
                "start_date": ends,
                "no_cost": 1,
                "skills": [
                    {"skill": "this-plan", "level": "Aware"},
                    {"skill": "readers-who-wait", "level": "Aware"},
                ],
                "audience": [{"role": "service-owner"}],
            }
        )
        return doc.insert().name


def been(training: str, user: str, **values: str) -> str:
    with acting(user):
        doc = frappe.get_doc(
            {"doctype": ATTENDANCE, "training": training, "person": "nadia", "day": getdate(), **values}
        )
        return doc.insert().name


def test_a_new_service_owner_is_trained_before_he_starts_or_the_plan_says_he_is_not(plan):
    assert any(text.startswith("SVC-11") and "Skills missing: 2" in text for text in told(plan))
    assert sum(text.startswith("TRN-02") for text in told(plan)) == 2

    training = train(plan, later(31))
    assert any("ends after they start" in text for text in told(plan))
    with acting(PLANNER):
        doc = frappe.get_doc(TRAINING, training)
        doc.start_date = later(30)
        doc.save()
    assert told(plan) == []

    been(training, OWN, result="Attended")
    with acting(PLANNER):
        doc = frappe.get_doc(TRAINING, training)
        doc.start_date = later(-1)
        doc.save()
    assert told(plan) == []
    loaded = plan_reader.load(plan)
    assert [(one.person, one.result) for one in loaded.attendances] == [("nadia", "Attended")]


def test_the_lead_says_what_came_of_it_and_later_what_was_seen(plan):
    training = train(plan, later(-200))
    name = been(training, LEAD, result="Passed")
    frappe.db.set_value(ATTENDANCE, name, "creation", later(-190))
    with acting(LEAD):
        doc = frappe.get_doc(ATTENDANCE, name)
        doc.update({"effect": "Reached", "effect_on": getdate()})
        doc.save()
        doc.result = "Not Passed"
        with pytest.raises(frappe.PermissionError, match="within a day"):
            doc.save()
    with acting(OWN):
        doc = frappe.get_doc(ATTENDANCE, name)
        doc.effect = "Missed"
        with pytest.raises(frappe.PermissionError, match="whether you were there"):
            doc.save()
    kept = frappe.db.get_value(ATTENDANCE, name, ["result", "effect", "entered_by"])
    assert kept == ("Passed", "Reached", frappe.utils.get_fullname(LEAD))


def test_who_entered_it_for_others_stays_when_the_effect_is_looked_at(plan):
    training = train(plan, getdate())
    name = been(training, PLANNER, result="Attended")
    entered = frappe.db.get_value(ATTENDANCE, name, "entered_by")
    assert entered
    with acting(LEAD):
        doc = frappe.get_doc(ATTENDANCE, name)
        doc.update({"effect": "Reached", "effect_on": getdate()})
        doc.save()
    assert frappe.db.get_value(ATTENDANCE, name, "entered_by") == entered


def rate(user: str, **values: str) -> str:
    with acting(user):
        doc = frappe.get_doc(
            {
                "doctype": RATING,
                "person": "nadia",
                "skill": "this-plan",
                "level": "Aware",
                "day": getdate(),
                **values,
            }
        )
        return doc.insert().name


def test_only_oneself_the_lead_and_planners_read_what_somebody_can(plan):
    name = rate(LEAD, source="Judgement of a Lead")
    assert not frappe.db.get_value(RATING, name, "lineage")
    for user, may in ((OWN, True), (LEAD, True), (PLANNER, True), (OTHER, False)):
        with acting(user):
            assert bool(frappe.get_list(RATING, {"name": name})) is may, user
            assert bool(frappe.has_permission(RATING, "read", name)) is may, user
    with acting(OTHER):
        assert permissions.people_led_by() == {"omar"}
    with acting(OTHER), pytest.raises(frappe.PermissionError):
        rate(OTHER, source="Own Word")


def report(user: str, plan: str) -> tuple[set[str], str]:
    with acting(user):
        found = frappe.get_doc("Report", "Skill Gaps").execute_module({"plan": plan})
    return {row["person_id"] for row in found[1]}, found[2]


def test_the_report_shows_everybody_himself_and_whom_he_leads(plan):
    assert report(PLANNER, plan)[0] == {"nadia"}
    assert report(LEAD, plan)[0] == {"nadia"}
    assert report(OWN, plan)[0] == {"nadia"}
    people, message = report(OTHER, plan)
    assert people == set()
    assert "not shown: 2" in message


def test_own_needs_and_trainings_stand_on_my_part(plan):
    train(plan, later(10))
    lineage = frappe.db.get_value("SM Plan", plan, "lineage")
    frappe.db.set_value("SM Plan", plan, "state", "Active")
    frappe.db.set_value("SM Plan", plan, "docstatus", 1)
    frappe.db.set_value("SM Lineage", lineage, "active", plan)
    with acting(OWN):
        html = api.my_part(lineage)["html"]
    for words in ("What you learn", "Owning the desk", "lies ahead", "Talking with readers who wait"):
        assert words in html, words
