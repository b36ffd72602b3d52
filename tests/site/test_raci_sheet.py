"""The RACI sheet on a site: what it shows, what it would come to, and that all letters are written or none."""

from __future__ import annotations

import json
from collections.abc import Callable

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import raci_sheet
from sm_planner.engine.raci import sheet
from sm_planner.engine.raci.sheet import Said, Spot

PLANNER, READER = "planner@example.org", "auditor@example.org"
ENTRY = "SM RACI Entry"


@pytest.fixture
def plan(minimal_on_site, make_user: Callable[..., str]) -> str:
    make_user("SM Planner User", name=PLANNER)
    frappe.set_user(PLANNER)
    return minimal_on_site


def change(spot: Spot, letter: str, task: str = "", seen: tuple[str, str] = ("", "")) -> dict[str, str]:
    seen_letter, seen_task = seen
    return {
        **spot._asdict(),
        "letter": letter,
        "task": task,
        "seen_letter": seen_letter,
        "seen_task": seen_task,
    }


def stands(plan: str) -> dict[Spot, Said]:
    return {spot: sheet.said(entry) for spot, entry in sheet.own(plan_reader.load(plan)).items()}


DESK = Spot("incident", role="desk-lead")
OWNER_OF_LENDING = Spot("change", "lending", "", "service-owner")
ON_SYSTEM = Spot("change", "lending", "lending-system", "desk-lead")


def test_the_sheet_shows_processes_services_roles_with_people_and_letters(plan, minimal):
    told = api.raci_sheet(plan)

    assert {id for id, _title in told["processes"]} == {one.id for one in minimal.processes}
    assert told["services"] == [["lending", minimal.title_of("services", "lending"), ("lending-system",)]]
    owner = next(role for role in told["roles"] if role["role"] == "service-owner")
    assert owner["people"]
    assert set(owner["people"]) <= {id for id, _title in told["people"]}
    assert len(told["entries"]) == 15
    assert told["refused"] == ""
    settled, reason, level, *letters = told["effect"]["duties"][told["effect"]["defaults"]["incident"]]
    assert (settled, reason, level) == (True, None, None)
    assert letters[:3] == ["desk-lead", "I", 0]


def test_unsaved_letters_are_judged_and_not_written(plan):
    before = stands(plan)

    told = api.preview_raci_sheet(
        plan,
        json.dumps(
            [
                change(Spot("incident", role="service-owner"), "C", seen=("A", "")),
                change(ON_SYSTEM, "R"),
            ]
        ),
    )

    assert told["gaps"] == (("incident", "", ""),)
    lacking = next(one for one in told["findings"] if one["code"] == "RAC-01")
    assert lacking["spot"] == ["incident", "", "", ""]
    (place,) = told["places"]["change"]
    assert place[:2] == ["lending", "lending-system"]
    assert told["duties"][place[2]][3:6] == ["desk-lead", "R", 3]
    assert stands(plan) == before


def test_letters_are_added_changed_and_taken_away_in_one_request(plan):
    before = stands(plan)
    gone = Spot("release", role="desk-lead")

    told = api.save_raci_sheet(
        plan,
        [
            change(DESK, "C", "Knows the readers", seen=("I", before[DESK].task)),
            change(OWNER_OF_LENDING, "A", "Decides"),
            change(ON_SYSTEM, "N/A", "Nothing to do here"),
            change(gone, "", seen=("I", before[gone].task)),
        ],
    )

    assert (told["saved"], told["conflicts"]) == (4, [])
    after = stands(plan)
    assert after == {
        **{spot: said for spot, said in before.items() if spot != gone},
        DESK: Said("C", "Knows the readers"),
        OWNER_OF_LENDING: Said("A", "Decides"),
        ON_SYSTEM: Said("N/A", "Nothing to do here"),
    }
    assert {(Spot(*row[:4]), Said(*row[4:6])) for row in told["sheet"]["entries"]} == set(after.items())
    assert (
        frappe.db.get_value(ENTRY, {"plan": plan, "sm_process": "change", "service": "lending"}, "owner")
        == PLANNER
    )


def test_only_what_changed_is_written(plan):
    stored = frappe.db.get_value(
        ENTRY, {"plan": plan, "sm_process": "incident", "role": "desk-lead"}, ["name", "modified"]
    )
    said = stands(plan)[DESK]

    told = api.save_raci_sheet(plan, [change(DESK, *said, seen=tuple(said))])

    assert told["saved"] == 0
    assert frappe.db.get_value(ENTRY, stored[0], "modified") == stored[1]


def test_what_somebody_else_changed_meanwhile_is_told_and_nothing_is_saved(plan, acting_as, make_user):
    other = make_user("SM Planner User", name="colleague@example.org")
    task = stands(plan)[DESK].task
    with acting_as(other):
        api.save_raci_sheet(plan, [change(DESK, "R", task, seen=("I", task))])
    before = stands(plan)

    told = api.save_raci_sheet(
        plan, [change(DESK, "C", task, seen=("I", task)), change(OWNER_OF_LENDING, "A")]
    )

    assert (told["saved"], told["sheet"]) == (0, None)
    (conflict,) = told["conflicts"]
    assert (conflict["spot"], conflict["letter"]) == (list(DESK), "R")
    assert conflict["by"] and conflict["at"]
    assert stands(plan) == before

    decided = api.save_raci_sheet(
        plan, [change(DESK, "C", task, seen=("R", task)), change(OWNER_OF_LENDING, "A")]
    )
    assert decided["saved"] == 2


def test_a_letter_that_others_took_away_is_a_conflict_too(plan):
    task = stands(plan)[DESK].task
    api.save_raci_sheet(plan, [change(DESK, "", seen=("I", task))])

    (conflict,) = api.save_raci_sheet(plan, [change(DESK, "C", task, seen=("I", task))])["conflicts"]

    assert (conflict["letter"], conflict["by"]) == ("", "")


@pytest.mark.parametrize(
    ("spot", "letter", "says"),
    [
        (Spot("incident", "lending", "elsewhere", "desk-lead"), "A", "not in the plan any more"),
        (Spot("incident", role="nobody"), "A", "no such role"),
        (Spot("incident", role="desk-lead"), "X", "is no letter"),
        (Spot("incident"), "A", "only N/A can be entered without a role"),
    ],
)
def test_where_one_letter_cannot_be_written_none_is(plan, spot, letter, says):
    before = stands(plan)

    with pytest.raises(frappe.ValidationError, match=says):
        api.save_raci_sheet(plan, [change(OWNER_OF_LENDING, "A"), change(spot, letter)])

    assert stands(plan) == before


@pytest.mark.parametrize("given", ["", "{}", "x", '["A"]', "null"])
def test_what_is_no_list_of_letters_is_refused(plan, given):
    with pytest.raises(frappe.ValidationError, match="cannot be read"):
        api.save_raci_sheet(plan, given)


def test_too_many_letters_at_once_are_refused(plan, monkeypatch):
    monkeypatch.setattr(raci_sheet, "MOST", 1)
    with pytest.raises(frappe.ValidationError, match="at most 1"):
        api.save_raci_sheet(plan, [change(OWNER_OF_LENDING, "A"), change(ON_SYSTEM, "R")])


def test_a_signed_plan_is_read_only_with_the_reason(in_force, make_user):
    make_user("SM Planner User", name=PLANNER)
    frappe.set_user(PLANNER)

    assert "Only a Draft can be changed." in api.raci_sheet(in_force)["refused"]
    with pytest.raises(frappe.ValidationError, match="Only a Draft can be changed"):
        api.save_raci_sheet(in_force, [change(OWNER_OF_LENDING, "A")])


def test_who_may_not_write_entries_reads_the_sheet_with_the_reason(minimal_on_site, make_user):
    make_user("SM Auditor", name=READER)
    frappe.set_user(READER)
    before = stands(minimal_on_site)

    assert "not write them" in api.raci_sheet(minimal_on_site)["refused"]
    with pytest.raises(frappe.PermissionError):
        api.save_raci_sheet(minimal_on_site, [change(OWNER_OF_LENDING, "A")])
    assert stands(minimal_on_site) == before


def test_who_may_not_read_the_plan_sees_nothing(minimal_on_site, make_user):
    make_user(name="nobody@example.org")
    frappe.set_user("nobody@example.org")

    for function, values in (
        (api.raci_sheet, ()),
        (api.preview_raci_sheet, ([],)),
        (api.save_raci_sheet, ([],)),
    ):
        with pytest.raises(frappe.PermissionError):
            function(minimal_on_site, *values)


def test_a_letter_from_a_template_is_marked_until_somebody_has_looked_at_it(plan):
    name = frappe.db.get_value(ENTRY, {"plan": plan, "sm_process": "incident", "role": "desk-lead"}, "name")
    frappe.db.set_value(ENTRY, name, "taken_from", "IT service desk")
    marked = {Spot(*row[:4]): row[6] for row in api.raci_sheet(plan)["entries"] if row[6]}
    assert marked == {DESK: "IT service desk"}
    said = stands(plan)[DESK]

    told = api.save_raci_sheet(plan, [change(DESK, *said, seen=tuple(said))])

    assert told["saved"] == 1
    assert not any(row[6] for row in told["sheet"]["entries"])
    assert stands(plan)[DESK] == said


def test_the_queries_do_not_grow_with_the_letters(plan, count_queries):
    api.raci_sheet(plan)
    with count_queries() as few:
        api.raci_sheet(plan)
    roles = ("service-owner", "technician", "desk-lead")
    api.save_raci_sheet(plan, [change(Spot("incident", "lending", "", role), "C") for role in roles])
    with count_queries() as more:
        api.raci_sheet(plan)
    assert len(more) <= len(few)
