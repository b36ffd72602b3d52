"""Training in the Desk: who comes to own a service lacks a skill, and is trained before the service is his."""

from __future__ import annotations

import pytest
from desk_kit import PLANNER, ahead, begin, fill, open_form, rules_broken, save, see_report

ROLE, SERVICE, OWNER, NAME = "business-service-owner", "appointments", "maeve-tierney", "Maeve Tierney"
SKILL, TRAINING = "Reading a contract", "Evening with the buyers"


@pytest.fixture
def page(log_in, example):
    """The planner, after a skill was asked of service owners and the service got a new owner."""
    page = log_in(PLANNER)
    begin(page, "sm-skill")
    fill(page, title=SKILL, kind="Technical")
    skill = save(page)
    open_form(page, "sm-role", ROLE)
    fill(
        page,
        {
            "holders": [{"person": OWNER, "from_date": ahead(page, 60)}],
            "skills": [{"skill": skill, "level": "Aware"}],
        },
    )
    save(page)
    open_form(page, "sm-service", SERVICE)
    fill(page, service_owner=OWNER)
    save(page)
    return page


def stand(page, plan: str) -> str:
    """How the report says that it stands with the skill and the new owner."""
    see_report(page, "Skill Gaps", plan=plan, role=ROLE, person=OWNER)
    page.locator(".dt-cell", has_text=SKILL).first.wait_for()
    (row,) = page.evaluate("(skill) => frappe.query_report.data.filter((row) => row.skill === skill)", SKILL)
    page.locator(".dt-cell .indicator-pill", has_text=row["state"]).first.wait_for()
    return row["state"]


def test_a_new_owner_of_a_service_is_trained_before_starting(page, example, shoot):
    assert stand(page, example) == "Nothing Closes It"
    shoot(page, "training-gap")
    assert "SVC-11" in rules_broken(page, example, SERVICE)

    skill = page.evaluate("() => frappe.query_report.data[0].skill_id")
    begin(page, "sm-training")
    fill(
        page,
        {"skills": [{"skill": skill, "level": "Aware"}], "audience": [{"role": ROLE}]},
        title=TRAINING,
        plan=example,
        way="Session",
        start_date=ahead(page, 0),
        no_cost=1,
        effect_check="Does the owner ask for what is missing in the next contract?",
    )
    shoot(page, "training-new")
    training = save(page)
    assert stand(page, example) == "Trained in Time"
    assert "SVC-11" not in rules_broken(page, example, SERVICE)

    begin(page, "sm-training-attendance")
    fill(page, training=training, person=OWNER, day=ahead(page, 0), result="Attended")
    save(page)
    title = page.locator(".page-head .title-text")
    assert NAME in title.inner_text()
    shoot(page, "training-attendance")
    assert stand(page, example) == "Can Do It"
    shoot(page, "training-closed")
