"""The seal register in the Desk: all seals of the plans that one may read, in a constant number of queries."""

from __future__ import annotations

import dataclasses

import frappe
import pytest
from frappe.desk.query_report import run

from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.evidence import seal_keys
from sm_planner.engine.model import Plan
from sm_planner.engine.sealing import seal


def signed(plan: Plan, name: str) -> str:
    """A plan on the site with a seal, past the sign-off; its name."""
    plan = dataclasses.replace(plan, id=name, lineage=name)
    plan_writer.save(plan)
    made = seal.make(
        plan,
        signer=plan.executive_sponsor,
        signed_at=frappe.utils.get_datetime_in_timezone("UTC"),
        meaning="I approve.",
        channel="site",
        key=seal_keys.signing_key(),
    )
    frappe.get_doc({"doctype": "SM Plan Seal", "name": f"{name}-SEAL-1", **made.as_dict()}).db_insert()
    return name


def register(**filters: object) -> dict:
    return run("Seal Register", filters, ignore_prepared_report=True)


def lineages(found: dict) -> set[str]:
    return {row["lineage"] for row in found["result"]}


def test_the_register_shows_every_seal_with_its_verdict(minimal):
    names = {signed(minimal, "first"), signed(minimal, "second")}
    found = register()
    assert names <= lineages(found)
    row = next(row for row in found["result"] if row["lineage"] == "first")
    assert (row["number"], row["plan"], row["verdict"], row["verdict_key"]) == (1, "first", "Holds", "Holds")


def test_a_seal_that_was_changed_or_taken_away_is_found(minimal):
    for name in ("whole", "changed", "taken"):
        signed(minimal, name)
    frappe.db.set_value("SM Plan Seal", "changed-SEAL-1", "signer_name", "Mallory", update_modified=False)
    frappe.db.set_value("SM Plan Seal", "taken-SEAL-1", "number", 2, update_modified=False)
    found = register(broken_only=1)
    assert {(row["lineage"], row["number"], row["verdict"]) for row in found["result"]} >= {
        ("changed", 1, "Broken"),
        ("taken", 1, "Missing"),
        ("taken", 2, "Broken"),
    }
    assert "whole" not in lineages(found)


def test_a_register_shows_the_seals_of_plans_that_one_may_read_and_no_others(minimal, make_user, acting_as):
    mine, other = signed(minimal, "mine"), signed(minimal, "other")
    user = make_user("SM Auditor")
    allowed = {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": mine}
    frappe.get_doc(allowed).insert()
    with acting_as(user):
        assert lineages(register()) == {mine}
        assert register(plan=other)["result"] == []


def test_who_may_not_report_on_seals_is_refused(make_user, acting_as):
    with acting_as(make_user("SM Service Owner")), pytest.raises(frappe.PermissionError):
        register()


def test_the_number_of_queries_does_not_grow_with_the_seals(minimal, count_queries):
    counts = []
    for names in (("q-1",), [f"q-{number}" for number in range(2, 12)]):
        for name in names:
            signed(minimal, name)
        register()
        with count_queries() as made:
            register()
        counts.append(len(made))
    assert counts[0] == counts[1]
