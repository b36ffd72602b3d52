"""Change impacts, engagements, charters and the cascade on a site: written, read again, shown, and by whom."""

from __future__ import annotations

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader

IMPACT, ENGAGEMENT = "SM Change Impact", "SM Engagement"
PLANNER = "planner@example.org"


def engage(minimal, **values):
    stakeholder = minimal.stakeholders[1].id
    made = {
        "doctype": ENGAGEMENT,
        "person": minimal.plan_owner,
        "stakeholder": stakeholder,
        "day": "2026-11-20",
    }
    return frappe.get_doc({**made, "lineage": minimal.lineage, **values}).insert()


def test_what_a_file_says_is_read_again(minimal, minimal_on_site):
    plan = plan_reader.load(minimal_on_site)

    assert [one.title for one in plan.change_impacts] == [one.title for one in minimal.change_impacts]
    staff = plan.get("change_impacts", "staff")
    assert [row.answer for row in staff.resistance] == [
        row.answer for row in minimal.change_impacts[1].resistance
    ]
    assert [row.person for row in staff.champions] == [minimal.change_impacts[1].champions[0].person]
    assert [(one.day, one.about, one.score) for one in plan.engagements] == [
        (one.day, one.about, one.score) for one in minimal.engagements
    ]
    assert plan.value_statements[0].early_because


def test_an_impact_of_nobody_or_of_two_is_refused(minimal, minimal_on_site):
    for values in ({}, {"stakeholder": minimal.stakeholders[0].id, "unit": "Lending"}):
        with pytest.raises(frappe.ValidationError, match="change impact is about"):
            frappe.get_doc(
                {"doctype": IMPACT, "plan": minimal_on_site, "title": "Nobody", "impact": "Low", **values}
            ).insert()


def test_a_charter_is_kept_with_its_team(minimal, minimal_on_site):
    team = frappe.get_doc("SM Team", minimal.teams[0].id)
    team.purpose, team.ways_of_working = "Repairs within the hour.", "Who disagrees says so at once."
    team.members[0].promise = "I call back."
    team.save()

    read = plan_reader.load(minimal_on_site).get("teams", team.name)
    assert (read.purpose, read.ways_of_working) == (
        "Repairs within the hour.",
        "Who disagrees says so at once.",
    )
    assert read.members[0].promise == "I call back."


def test_who_spoke_says_so_and_a_planner_in_his_place(minimal, in_force, make_user):
    frappe.set_user(frappe.db.get_value("SM Person", minimal.executive_sponsor, "user"))
    own = engage(minimal, person=minimal.executive_sponsor, score=5)
    make_user("SM Planner User", name=PLANNER)
    frappe.set_user(PLANNER)
    in_place = engage(minimal, day="2026-11-21", score=2, score_note="They waited.")

    assert (own.entered_by, bool(in_place.entered_by)) == ("", True)
    said = {str(one.day): one.score for one in plan_reader.load(in_force).engagements}
    assert (said["2026-11-20"], said["2026-11-21"]) == (5, 2)


def test_nobody_else_says_that_somebody_spoke(minimal, in_force, make_user):
    make_user("SM Service Owner", name="other@example.org")
    frappe.set_user("other@example.org")

    with pytest.raises(frappe.PermissionError, match="Only whom it is about, or a planner"):
        engage(minimal)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"stakeholder": ""}, "Nobody is named"),
        ({"score": 6}, "5"),
        ({"stakeholder": "", "score": 3, "spoke": True}, "score is of the relationship"),
    ],
)
def test_what_is_refused_of_an_engagement(minimal, in_force, values, says):
    if values.pop("spoke", False):
        values = {**values, "spoke_with": minimal.executive_sponsor}

    with pytest.raises(frappe.ValidationError, match=says):
        engage(minimal, **values)


def test_no_score_is_no_score(minimal, in_force):
    engage(minimal, day="2026-11-22")

    (one,) = (one for one in plan_reader.load(in_force).engagements if str(one.day) == "2026-11-22")
    assert one.score is None


def test_the_home_of_the_plan_shows_the_cascade(minimal, in_force):
    told = api.lineage_home(minimal.lineage)["cascade"]

    assert told["svg"].startswith("<svg")
    assert "leaders of every level have committed" in told["reading"]


@pytest.mark.parametrize(
    ("report", "column"),
    [("Change Impact", "what_changes"), ("Sponsorship Cascade", "standing"), ("Relationships", "trend")],
)
def test_the_reports_are_shown_in_the_desk(in_force, report, column):
    from frappe.desk.query_report import run

    shown = run(report, filters={"plan": in_force})

    assert column in {one["fieldname"] for one in shown["columns"]}
    assert shown["result"]
