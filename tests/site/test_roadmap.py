"""The roadmap on a site: its page, moving dates after a preview, phases that are accepted, busy times that come along."""

from __future__ import annotations

import json

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader

PLANNER = "planner@example.org"
IMPROVEMENT, ACCEPTANCE, BUSY = "SM Improvement", "SM Phase Acceptance", "SM Business Calendar Entry"


@pytest.fixture
def planner(in_force, make_user) -> str:
    make_user("SM Planner User", name=PLANNER)
    frappe.set_user(PLANNER)
    return PLANNER


def move(plan: str, id: str, start: str, due: str, **seen: str) -> dict[str, str]:
    one = plan_reader.load(plan).get("improvements", id)
    stood = {"seen_start": str(one.start_date or ""), "seen_due": str(one.due or "")}
    return {"improvement": id, "start": start, "due": due, **stood, **seen}


def dates(minimal, id: str) -> tuple[str, str]:
    found = frappe.db.get_value(IMPROVEMENT, f"{minimal.lineage}-{id}", ["start_date", "due"])
    return tuple(map(str, found))


def test_the_page_shows_the_improvements_with_their_dates_and_nothing_moves(minimal, in_force, planner):
    before = dates(minimal, "practice")

    told = api.roadmap(in_force)

    assert told["plan"] == in_force
    assert "Practise lending by hand" in told["html"]
    assert "At the lending desk" in told["html"]
    assert 'name="start"' in told["html"]
    assert dates(minimal, "practice") == before


def test_who_only_reads_has_nothing_to_move(in_force, make_user):
    make_user("SM Auditor", name="auditor@example.org")
    frappe.set_user("auditor@example.org")

    assert 'name="start"' not in api.roadmap(in_force)["html"]


def test_a_preview_writes_nothing_and_tells_what_will_be_assessed_again(minimal, in_force, planner):
    frappe.db.set_value(IMPROVEMENT, f"{minimal.lineage}-practice", "status", "Approved")
    before = dates(minimal, "practice")

    told = api.preview_reschedule(
        in_force, json.dumps([move(in_force, "practice", "2027-02-09", "2027-05-07")])
    )

    assert [row["again"] for row in told["rows"]] == [True]
    assert "Approvals to be asked for again: 1." in told["says"]
    assert dates(minimal, "practice") == before


def test_dates_are_moved_and_what_was_approved_is_assessed_again(minimal, in_force, planner):
    frappe.db.set_value(IMPROVEMENT, f"{minimal.lineage}-practice", "status", "Approved")

    moved = api.reschedule(
        in_force,
        [
            move(in_force, "practice", "2027-02-09", "2027-05-07"),
            move(in_force, "emergency-card", "2027-02-01", "2027-03-05"),
        ],
    )

    assert moved == 2
    assert dates(minimal, "practice") == ("2027-02-09", "2027-05-07")
    assert dates(minimal, "emergency-card") == ("2027-02-01", "2027-03-05")
    assert frappe.db.get_value(IMPROVEMENT, f"{minimal.lineage}-practice", "status") == "Assess"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"seen_due": "2020-01-01"}, "have changed since you looked"),
        ({"due": "2020-01-01"}, "not before it"),
        ({"due": "tomorrow"}, "A date is written like"),
        ({"improvement": "nothing"}, "no such improvement"),
        ({"improvement": "returns-box", "seen_start": "2026-09-07", "seen_due": "2026-10-30"}, "is over"),
    ],
)
def test_all_are_moved_or_none(minimal, in_force, planner, values, says):
    before = dates(minimal, "practice")
    wrong = move(in_force, "emergency-card", "2027-02-01", "2027-03-05") | values

    with pytest.raises(frappe.ValidationError, match=says):
        api.reschedule(in_force, [move(in_force, "practice", "2027-02-09", "2027-05-07"), wrong])

    assert dates(minimal, "practice") == before


def test_where_the_second_may_not_be_written_the_first_is_not_moved_either(minimal, in_force, make_user):
    own, other = (one for one in minimal.improvements if one.id in ("practice", "second-computer"))
    assert own.improvement_owner != other.improvement_owner
    owner = make_user("SM Service Owner", name="carrier@example.org")
    frappe.db.set_value("SM Person", own.improvement_owner, "user", owner)
    before = dates(minimal, own.id), dates(minimal, other.id)
    moves = [move(in_force, one.id, "2027-02-09", "2027-05-07") for one in (own, other)]
    frappe.set_user(owner)

    with pytest.raises(frappe.PermissionError):
        api.reschedule(in_force, moves)

    frappe.set_user("Administrator")
    assert (dates(minimal, own.id), dates(minimal, other.id)) == before


@pytest.mark.parametrize("moves", ["", "[]", "{}", '["practice"]', "null"])
def test_who_chooses_nothing_is_told(in_force, planner, moves):
    with pytest.raises(frappe.ValidationError, match="Choose the improvements"):
        api.reschedule(in_force, moves)


def test_a_pinned_one_stays(minimal, in_force, planner):
    frappe.db.set_value(IMPROVEMENT, f"{minimal.lineage}-practice", "pinned", 1)

    with pytest.raises(frappe.ValidationError, match="is pinned"):
        api.reschedule(in_force, [move(in_force, "practice", "2027-02-09", "2027-05-07")])


def test_who_may_not_write_the_improvements_moves_none(minimal, in_force, make_user):
    before = dates(minimal, "practice")
    make_user("SM Executive Sponsor", name="other@example.org")
    frappe.set_user("other@example.org")
    moves = [move(in_force, "practice", "2027-02-09", "2027-05-07")]

    with pytest.raises(frappe.PermissionError, match="Only whom it is about, or a planner"):
        api.reschedule(in_force, moves)

    assert dates(minimal, "practice") == before


def accept(minimal, in_force, **values):
    phase = f"{in_force}-at-the-desk"
    made = {"doctype": ACCEPTANCE, "phase": phase, "day": "2026-11-01", "result": "Accepted", **values}
    return frappe.get_doc(made).insert()


def test_whoever_accepts_a_phase_says_so_and_a_planner_in_his_place(minimal, in_force, make_user):
    account = frappe.db.get_value("SM Person", minimal.executive_sponsor, "user")
    frappe.set_user(account)
    own = accept(minimal, in_force)
    make_user("SM Planner User", name=PLANNER)
    frappe.set_user(PLANNER)
    in_place = accept(minimal, in_force, day="2026-11-02", result="Refused")

    assert (own.lineage, own.entered_by) == (minimal.lineage, "")
    assert in_place.entered_by
    found = plan_reader.load(in_force).acceptances
    assert [(one.phase, one.result) for one in found] == [
        ("at-the-desk", "Accepted"),
        ("at-the-desk", "Refused"),
    ]


def test_nobody_else_accepts_a_phase(minimal, in_force, make_user):
    make_user("SM Service Owner", name="other@example.org")
    frappe.set_user("other@example.org")

    with pytest.raises(frappe.PermissionError, match="Only whom it is about, or a planner"):
        accept(minimal, in_force)


def entry(**about: str):
    made = {
        "doctype": BUSY,
        "title": "Fair",
        "kind": "Peak",
        "from_date": "2027-03-01",
        "to_date": "2027-03-05",
    }
    return frappe.get_doc({**made, **about}).insert()


def test_a_busy_time_comes_into_a_plan_with_what_it_is_about(minimal, in_force):
    team, service = minimal.teams[0].id, minimal.services[0].id
    mine = {entry(team=team).name, entry(service=service).name}
    other = frappe.get_doc({"doctype": "SM Team", "title": "Elsewhere"}).insert()
    entry(team=other.name)
    entry(unit="Elsewhere")

    own = {one.id for one in minimal.busy_times}
    assert {one.id for one in plan_reader.load(in_force).busy_times} - own == mine


def test_one_that_names_nothing_comes_by_the_scope(minimal, minimal_on_site):
    name, everybody = minimal_on_site, entry().name
    plan = frappe.get_doc("SM Plan", name)
    plan.append("scope", {"record_type": BUSY, "record": everybody})
    plan.save()

    own = {one.id for one in minimal.busy_times}
    assert {one.id for one in plan_reader.load(name).busy_times} - own == {everybody}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"to_date": "2027-02-01"}, "ends before it begins"),
        ({"unit": "Lending", "team": "x"}, "about one thing"),
    ],
)
def test_what_is_refused_of_a_busy_time(minimal, in_force, values, says):
    if values.get("team"):
        values = {**values, "team": minimal.teams[0].id}

    with pytest.raises(frappe.ValidationError, match=says):
        entry(**values)


@pytest.mark.parametrize(("report", "column"), [("Roadmap", "reason"), ("Team Load", "quarter")])
def test_the_reports_are_shown_in_the_desk(in_force, planner, report, column):
    from frappe.desk.query_report import run

    shown = run(report, filters={"plan": in_force})

    assert column in {one["fieldname"] for one in shown["columns"]}
    assert shown["result"]
