"""Doors to what somebody can: read by others, in lists, files and reports; and judged by himself."""

from __future__ import annotations

import json
from collections.abc import Iterator

import frappe
import pytest
from http_kit import API, PASSWORD, fresh, told
from test_doors_hidden import keep

pytestmark = pytest.mark.commits

RATING, ATTENDANCE = "SM Skill Rating", "SM Training Attendance"
OWN, PLANNER, SPONSOR, AUDITOR = "service-owner", "planner", "sponsor", "auditor"
SECRET = "Number 4711"
OTHERS = (SPONSOR, AUDITOR)
MAY_EXPORT = (AUDITOR,)
"""Who downloads plan files, though he leads nobody."""


@pytest.fixture(scope="module")
def plan(make_plan, people) -> Iterator[str]:
    """A plan of which a service owner is omar, who reports to nobody; edith is the sponsor."""
    name = make_plan()
    frappe.db.set_value("SM Person", f"{name}-omar", "user", people[OWN])
    frappe.db.commit()
    yield name
    fresh()
    for doctype in (RATING, ATTENDANCE):
        for one in frappe.get_all(doctype, {"person": ("like", f"{name}-%")}, pluck="name"):
            frappe.db.delete("Version", {"ref_doctype": doctype, "docname": one})
            frappe.db.delete(doctype, {"name": one})
    frappe.db.commit()


@pytest.fixture(scope="module")
def made(plan, client) -> dict[str, str]:
    """What a planner entered about nadia, whom neither omar nor the sponsor leads."""
    nadia = f"{plan}-nadia"
    rating = client(PLANNER).create(
        RATING,
        person=nadia,
        skill=f"{plan}-leading-change",
        level="Aware",
        day="2020-01-02",
        source="Test",
        reference=SECRET,
    )
    assert rating.status_code == 200, told(rating)
    fresh()
    training = frappe.get_all("SM Training", {"plan": plan}, pluck="name")[0]
    there = client(PLANNER).create(
        ATTENDANCE, training=training, person=nadia, day="2020-01-02", result="Not Passed", evidence=SECRET
    )
    assert there.status_code == 200, told(there)
    return {RATING: rating.json()["data"]["name"], ATTENDANCE: there.json()["data"]["name"]}


@pytest.mark.parametrize("who", [OWN, *OTHERS])
@pytest.mark.parametrize("doctype", [RATING, ATTENDANCE])
def test_nobody_reads_what_somebody_else_can(client, made, doctype, who):
    name, session = made[doctype], client(who)
    assert session.get(f"/api/resource/{doctype}/{name}").status_code in (403, 404)
    listed = session.get(
        f"/api/resource/{doctype}", fields='["name", "person"]', limit_page_length="0"
    ).json()["data"]
    assert name not in {row["name"] for row in listed}
    counted = session.call("frappe.client.get_count", doctype=doctype, filters={"name": name})
    assert counted.status_code == 403 or counted.json()["message"] == 0
    for function, values in (
        ("frappe.client.get_value", {"fieldname": "person", "filters": {"name": name}}),
        ("frappe.client.get", {"name": name}),
        ("frappe.desk.search.search_link", {"txt": name}),
    ):
        answer = session.call(function, doctype=doctype, **values)
        assert SECRET not in answer.text
        assert "-nadia" not in answer.text, (function, answer.text[:300])
    page = session.get("/api/method/frappe.www.printview.get_html_and_style", doc=doctype, name=name)
    assert page.status_code in (403, 404), told(page)


def test_who_plans_reads_it(client, made):
    for doctype, name in made.items():
        assert client(PLANNER).get(f"/api/resource/{doctype}/{name}").status_code == 200


@pytest.mark.parametrize("who", [OWN, *OTHERS])
def test_the_plan_file_and_the_report_leave_it_out(client, plan, made, who):
    file = client(who).get(f"{API}.export_plan", plan=plan)
    assert file.status_code == (200 if who in MAY_EXPORT else 403)
    assert SECRET not in file.text
    assert "source: Test" not in file.text
    for filters in ({"plan": plan}, {"plan": plan, "person": f"{plan}-nadia"}):
        answer = client(who).call(
            "frappe.desk.query_report.run", report_name="Skill Gaps", filters=json.dumps(filters)
        )
        assert answer.status_code == 200, told(answer)
        rows = answer.json()["message"]["result"]
        assert {row["person_id"] for row in rows if isinstance(row, dict)} <= {
            f"{plan}-omar" if who == OWN else f"{plan}-edith"
        }


def test_the_file_of_a_planner_has_it(client, plan, made):
    file = client(PLANNER).get(f"{API}.export_plan", plan=plan)
    assert file.status_code == 200, told(file)
    assert SECRET in file.text


def test_nobody_judges_himself_or_a_colleague(client, plan):
    mine = {"person": f"{plan}-omar", "skill": f"{plan}-leading-change", "level": "Expert"}
    for source in ("Test", "Certificate", "Judgement of a Lead"):
        answer = client(OWN).create(RATING, **mine, day="2020-02-01", source=source)
        assert (answer.status_code, "own word" in told(answer)) == (403, True)
    theirs = {**mine, "person": f"{plan}-nadia"}
    for who in (OWN, *OTHERS):
        answer = client(who).create(RATING, **theirs, day="2020-02-01", source="Own Word")
        assert answer.status_code == 403, told(answer)
    answer = client(OWN).create(RATING, **mine, day="2020-02-01", source="Own Word")
    assert answer.status_code == 200, told(answer)
    name = answer.json()["data"]["name"]
    assert client(OWN).put(RATING, name, source="Test").status_code == 403
    assert client(OWN).put(RATING, name, person=f"{plan}-nadia").status_code == 403


def test_an_own_attendance_does_not_become_passed(client, plan):
    fresh()
    training = frappe.get_all("SM Training", {"plan": plan}, pluck="name")[0]
    values = {"training": training, "person": f"{plan}-omar", "day": "2020-03-01"}
    assert client(OWN).create(ATTENDANCE, **values, result="Passed").status_code == 403
    answer = client(OWN).create(ATTENDANCE, **values, result="Attended")
    assert answer.status_code == 200, told(answer)
    name = answer.json()["data"]["name"]
    for changes in ({"result": "Passed"}, {"effect": "Reached", "effect_on": "2020-09-01"}):
        assert client(OWN).put(ATTENDANCE, name, **changes).status_code == 403
    fresh()
    assert frappe.db.get_value(ATTENDANCE, name, ["result", "effect"]) in (
        ("Attended", None),
        ("Attended", ""),
    )


def test_what_a_planner_said_of_somebody_he_does_not_change_or_delete(client, plan):
    values = {
        "person": f"{plan}-omar",
        "skill": f"{plan}-lending-system",
        "day": "2020-04-01",
        "source": "Test",
        "level": "Aware",
    }
    answer = client(PLANNER).create(RATING, **values)
    assert answer.status_code == 200, told(answer)
    name = answer.json()["data"]["name"]
    assert client(OWN).get(f"/api/resource/{RATING}/{name}").status_code == 200
    assert client(OWN).put(RATING, name, level="Expert").status_code == 403
    assert client(OWN).delete(RATING, name).status_code == 403
    fresh()
    assert frappe.db.get_value(RATING, name, ["level", "entered_by"]) != ("Aware", "")


@pytest.mark.parametrize("doctype", [RATING, ATTENDANCE])
def test_a_guest_reads_nothing(client, made, doctype):
    assert client("guest").get(f"/api/resource/{doctype}/{made[doctype]}").status_code == 403


KEPT = "skills-kept@example.org"


@pytest.fixture(scope="module")
def kept(plan, make_plan, people, made) -> Iterator[str]:
    """A planner whom a User Permission keeps to another plan; its name."""
    own = make_plan()
    frappe.get_doc(
        {
            "doctype": "User",
            "email": KEPT,
            "first_name": "Kept",
            "send_welcome_email": 0,
            "new_password": PASSWORD,
            "roles": [{"role": "SM Planner User"}],
        }
    ).insert()
    keep(KEPT, "SM Plan", own)
    people["kept"] = KEPT
    frappe.db.commit()
    frappe.clear_cache()
    yield own
    fresh()
    frappe.db.delete("User Permission", {"user": KEPT})
    frappe.delete_doc("User", KEPT, force=True)
    frappe.db.commit()


@pytest.mark.parametrize("doctype", [RATING, ATTENDANCE])
def test_a_planner_of_one_plan_reads_nothing_of_people_whom_another_names(client, kept, made, doctype):
    """TR6"""
    name, session = made[doctype], client("kept")
    assert session.get(f"/api/resource/{doctype}/{name}").status_code == 403
    listed = session.get(f"/api/resource/{doctype}", fields='["name"]', limit_page_length="0").json()["data"]
    assert name not in {row["name"] for row in listed}
    counted = session.call("frappe.client.get_count", doctype=doctype, filters={"name": name})
    assert counted.status_code == 403 or counted.json()["message"] == 0
    answer = session.call(
        "frappe.client.get_value", doctype=doctype, fieldname="person", filters={"name": name}
    )
    assert "-nadia" not in answer.text


def test_a_planner_of_one_plan_rates_the_people_whom_it_names_and_nobody_else(client, kept, plan):
    """TR6"""
    values = {"level": "Aware", "day": "2021-01-02", "source": "Test"}
    skill = f"{kept}-leading-change"
    mine = client("kept").create(RATING, person=f"{kept}-nadia", skill=skill, **values)
    assert mine.status_code == 200, told(mine)
    name = mine.json()["data"]["name"]
    assert client("kept").get(f"/api/resource/{RATING}/{name}").status_code == 200
    theirs = client("kept").create(RATING, person=f"{plan}-nadia", skill=skill, **values)
    assert theirs.status_code == 403, told(theirs)
    fresh()
    frappe.db.delete(RATING, {"name": name})
    frappe.db.commit()
