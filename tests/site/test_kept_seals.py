"""A site of an earlier version, brought over by two migrates: its seals verify as they did,
and who wrote its plans is known as it was. See tests/kept_seals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from kept_site import HANGING, KEPT, LIVING, kept_json, restore, told
from site_kit import drop_site, frappe_command, needs_root, new_site, site_for

from sm_planner.engine.model.vocabulary import METRICS, UNITS

SITE = site_for("kept-seals")

pytestmark = [pytest.mark.commits, needs_root]

VERIFIED = """
import json, sys, frappe
from sm_planner.adapters.evidence import authorship
from sm_planner.adapters.signing import sign_off
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
told = {}
for plan in frappe.get_all("SM Plan", pluck="name", order_by="name asc"):
    found = sign_off.verify(plan)
    told[plan] = {
        "state": frappe.db.get_value("SM Plan", plan, "state"),
        "intact": found.intact,
        "problems": [str(problem) for problem in (*found.problems, *found.outside)],
        "drift": [str(change.text) for change in found.drift],
        "origin": sorted({verdict.origin for verdict in found.seals}),
        "keys": [found.ring.standing(verdict.seal.key_id).split()[0] for verdict in found.seals],
        "authors": sorted(authorship.of(plan)),
    }
print(json.dumps(told))
frappe.destroy()
"""


def well(state: str, keys: list[str], *authors: str) -> dict[str, Any]:
    """What VERIFIED tells of a plan of which nothing is amiss. keys: what the key of each seal is to the site now."""
    return {
        "state": state,
        "intact": True,
        "problems": [],
        "drift": [],
        "origin": ["confirmed"],
        "keys": keys,
        "authors": [f"{author}@example.org" for author in authors],
    }


def unsigned(state: str, *authors: str) -> dict[str, Any]:
    """What VERIFIED tells of a plan whose lineage has no seal yet."""
    return {**well(state, [], *authors), "intact": False, "origin": []}


SIGNED = {
    "0.1": {
        "ardlough-service-plan-1": well("Superseded", ["retired", "retired"], "author"),
        "ardlough-service-plan-v2": well("Active", ["retired", "retired"], "author"),
        "filled": well("Active", ["retired"], "author"),
    },
    "0.3": {
        "filled": well("Active", ["signs"], "manager"),
        "millbrook-library-1": well("Superseded", ["retired", "signs"], "author", "editor", "manager"),
        "millbrook-library-v2": well("Active", ["retired", "signs"], "author", "editor", "manager"),
    },
    "0.4": {
        "branch-1": unsigned("To Sign", "author"),
        "filled": unsigned("Draft", "manager"),
        "millbrook-library-1": well("Superseded", ["retired", "signs"], "author"),
        "millbrook-library-v2": well("Active", ["retired", "signs"], "author"),
        "millbrook-library-v3": well("Draft", ["retired", "signs"], "author"),
    },
}
"""Version → what it signed on its site, by plan."""


@pytest.fixture(scope="module")
def new() -> Iterator[None]:
    new_site(SITE)
    frappe_command("--site", SITE, "install-app", "sm_planner")
    yield
    drop_site(SITE)


def test_a_site_of_every_version_is_kept_that_signed():
    assert {path.name for path in KEPT.iterdir() if path.is_dir()} == SIGNED.keys()


@pytest.mark.parametrize("version", SIGNED)
def test_what_a_site_of_an_earlier_version_signed_verifies_after_every_migrate(new, version):
    restore(SITE, version)

    for _ in range(2):
        frappe_command("--site", SITE, "migrate")
        assert told(VERIFIED, SITE) == SIGNED[version]

    frappe_command("--site", SITE, "sm-planner", "verify")
    for head in (kept_json(version, "site.heads.json") or {"heads": []})["heads"]:
        frappe_command("--site", SITE, "sm-planner", "verify", head["plan"], "--head", head["event_hash"])


@pytest.fixture(scope="module")
def moved(new) -> dict[str, Any]:
    """The site of 0.4, brought over: before, what it held; after, what lineages hold now; hanging, by Frappe, both times."""
    restore(SITE, "0.4")
    hanging = told(HANGING, SITE)
    frappe_command("--site", SITE, "migrate")
    once = told(LIVING, SITE)
    frappe_command("--site", SITE, "execute", "sm_planner.patches.v0_5.plans_live.execute")
    return {
        "before": kept_json("0.4", "site.content.json"),
        "after": once,
        "again": told(LIVING, SITE),
        "hanging": (hanging, told(HANGING, SITE)),
    }


def versions_of(moved: dict[str, Any], lineage: str) -> list[dict[str, Any]]:
    """What the versions of a lineage held, the newest first."""
    held = moved["before"][lineage]
    return [held[number] for number in sorted(held, key=int, reverse=True)]


LINEAGES = ("branch", "filled", "millbrook-library")


CHOICES = """
import json, sys, frappe
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
meta = frappe.get_meta("SM Agreement Target")
fields = ["parent", "metric", "priority", "value", "unit"]
print(json.dumps({
    "choices": {name: meta.get_field(name).options.split("\\n") for name in ("metric", "unit")},
    "targets": frappe.get_all("SM Agreement Target", fields=fields, order_by="parent, idx"),
}))
frappe.destroy()
"""


def test_targets_of_an_earlier_version_are_what_they_were_and_can_be_more(moved):
    found = told(CHOICES, SITE)

    assert found["choices"] == {"metric": ["", *METRICS], "unit": ["", *UNITS]}
    assert found["targets"]
    assert {target["unit"] for target in found["targets"]} <= {"", "Minutes", "Hours", "Percent"}


def test_bringing_a_site_over_twice_changes_nothing_the_second_time(moved):
    assert moved["again"] == moved["after"]


@pytest.mark.parametrize("register", ["improvements", "waivers"])
@pytest.mark.parametrize("lineage", LINEAGES)
def test_every_entry_of_any_version_is_in_the_register_and_what_differs_is_in_a_comment(
    moved, lineage, register
):
    after = moved["after"][lineage][register]
    for number, version in moved["before"][lineage].items():
        for id, held in version[register].items():
            now, said = after[id], "\n".join(after[id]["said"])
            for field, value in held.items():
                if value not in (None, "", now[field]):
                    assert f"Version {number} had:" in said, (id, field)
                    assert str(value) in said, (id, field)


def test_an_entry_is_as_the_newest_version_has_it_and_as_far_as_any_that_counts(moved):
    after = moved["after"]["millbrook-library"]["improvements"]
    newest, in_force, _first = versions_of(moved, "millbrook-library")

    assert (
        after["emergency-card"]["status"] == in_force["improvements"]["emergency-card"]["status"] == "Verify"
    )
    assert after["emergency-card"]["benefit_actual"] == 7.0
    assert after["second-computer"]["status"] == newest["improvements"]["second-computer"]["status"]
    assert after["second-computer"]["due"] == newest["improvements"]["second-computer"]["due"]
    assert {"reading-lamps", "evening-shift", "practice"} <= after.keys()


def test_what_was_open_and_only_superseded_versions_have_is_rejected(moved):
    after = moved["after"]["millbrook-library"]["improvements"]
    _newest, _in_force, first = versions_of(moved, "millbrook-library")

    assert first["improvements"]["reading-lamps"]["status"] == "In Progress"
    assert after["reading-lamps"]["status"] == "Rejected"
    said = "\n".join(after["reading-lamps"]["said"])
    assert "Version 1 had this, and version 3 no more." in said
    assert "In Progress" in said
    assert after["practice"]["status"] == "In Progress", "the version in force has it"
    assert after["spare-scanner"]["status"] == "Closed"


@pytest.mark.parametrize("lineage", LINEAGES)
def test_every_measurement_is_a_fact_and_of_two_for_a_day_the_other_is_in_a_comment(moved, lineage):
    facts = {(one["objective"], one["day"]): one for one in moved["after"][lineage]["measurements"]}
    for number, version in moved["before"][lineage].items():
        for objective, rows in version["measurements"]["objectives"].items():
            for row in rows:
                fact = facts[objective, row["day"]]
                if (fact["value"], fact["evidence"]) != (row["value"], row["evidence"]):
                    assert any(f"Version {number} had: {row['value']}" in one for one in fact["said"])


def test_the_version_in_force_has_the_last_word_on_a_day(moved):
    (fact,) = [
        one
        for one in moved["after"]["millbrook-library"]["measurements"]
        if (one["objective"], one["day"]) == ("readers-served", "2026-11-28")
    ]
    assert fact["value"] == 20.0


@pytest.mark.parametrize("lineage", LINEAGES)
def test_all_evidence_is_there_once(moved, lineage):
    facts = moved["after"][lineage]["evidence"]
    known = [(one["commitment"], one["day"], one["kind"], one["reference"]) for one in facts]
    held = {
        (commitment, row["day"], row["kind"], row["reference"])
        for version in moved["before"][lineage].values()
        for commitment, rows in version["evidence"].items()
        for row in rows
    }
    assert sorted(known) == sorted(held)


def test_what_hangs_on_shared_records_is_there_and_belongs_to_no_lineage(moved):
    held = [version for versions in moved["before"].values() for version in versions.values()]
    measured = {
        (agreement, row["day"], row["metric"], row["priority"], row["value"])
        for version in held
        for agreement, rows in version["measurements"]["agreements"].items()
        for row in rows
    }
    acknowledged = {
        (person, role, day)
        for version in held
        for role, people in version["acknowledged"].items()
        for person, day in people.items()
    }
    shared = moved["after"]["shared"]
    assert {
        (one["agreement"], one["day"], one["metric"], one["priority"], one["value"])
        for one in shared["measurements"]
    } == measured
    assert {(one["person"], one["role"], one["day"]) for one in shared["acknowledgements"]} == acknowledged


def test_a_lineage_knows_its_versions_and_the_next_review(moved):
    after = moved["after"]["millbrook-library"]
    _newest, in_force, _first = versions_of(moved, "millbrook-library")
    assert (after["active"], after["draft"]) == ("millbrook-library-v2", "millbrook-library-v3")
    assert after["next_review"] == in_force["next_review"]


def test_comments_files_assignments_tags_and_shares_go_with_their_entry(moved):
    before, after = moved["hanging"]
    there = [row for row, is_there in before.items() if is_there]
    assert {row.rpartition(" ")[0] for row in there} == {"Comment", "File", "ToDo", "Tag Link", "DocShare"}
    assert [row for row in there if not after.get(row)] == []


def test_a_waiver_that_was_signed_as_it_is_counts_as_approved_and_others_wait(moved):
    waivers = moved["after"]["millbrook-library"]["waivers"]
    assert waivers["quiet-winter"]["status"] == waivers["supplier-talks"]["status"] == "Approved"
    assert waivers["machine-abroad"]["status"] == waivers["one-customer-view"]["status"] == "Requested"
