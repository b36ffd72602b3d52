"""What is promised drifts, what is worked on moves on, what happens does neither; and seals of schema 1 know it too."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime, timezone

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import canonical_json
from sm_planner.engine.checks import check
from sm_planner.engine.model import COLLECTIONS, Component, Evidence, Improvement, Person, Plan, Waiver
from sm_planner.engine.model.plan import FACTS, REGISTERS
from sm_planner.engine.model.seal_key import KeyRing, SealKey
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.services import MaintenanceNeed
from sm_planner.engine.sealing import canonical, seal
from sm_planner.engine.sealing.diff import diff_plans, moved
from sm_planner.engine.sealing.revision import next_version

KEY = SealKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
AT = datetime(2027, 1, 4, 10, 0, tzinfo=timezone.utc)
TODAY = date(2027, 1, 5)


def sealed(plan: Plan) -> Plan:
    made = seal.make(
        plan, signer=plan.executive_sponsor, signed_at=AT, meaning="I approve it.", channel="test", key=KEY
    )
    return dataclasses.replace(plan, seals=(made,), key_ring=KeyRing(added=(KEY.public,)))


def with_content(one: Seal, form: dict) -> Seal:
    """The seal as if it had been made of another content."""
    text = canonical_json.canonical_text(form)
    again = dataclasses.replace(one, content=text, content_hash=canonical_json.hash_of(text))
    seal_hash = canonical_json.hash_of(again.statement())
    return dataclasses.replace(again, seal_hash=seal_hash, signature=KEY.sign(seal_hash))


def of_schema_1(plan: Plan) -> Plan:
    """The sealed plan as version 0.4 would have sealed it, which knew two registers."""
    form = canonical.content(plan)
    held = form.pop("registers", {})
    form |= {"schema": 1, **{name: held[name] for name in ("improvements", "waivers") if name in held}}
    form["plan"] = {**form["plan"], "next_review": "2027-03-01"}
    return dataclasses.replace(plan, seals=(with_content(plan.seals[0], form),))


def moved_on(plan: Plan) -> Plan:
    """An action more, one postponed, one dropped, a waiver, the next review put off, a commitment kept."""
    kept, postponed, *_dropped = plan.improvements
    return dataclasses.replace(
        plan,
        next_review=date(2029, 1, 1),
        improvements=(
            kept,
            dataclasses.replace(postponed, due=date(2030, 1, 1)),
            Improvement(id="more", title="More"),
        ),
        waivers=(Waiver(id="w", title="For now", rule="SVC-05"),),
        evidence=(*plan.evidence, Evidence(commitment=plan.commitments[0].id, day=TODAY, kind="Message")),
    )


@pytest.mark.parametrize("as_sealed", [sealed, lambda plan: of_schema_1(sealed(plan))], ids=["2", "1"])
def test_registers_that_moved_on_are_progress_and_no_drift(as_sealed, minimal):
    plan = moved_on(as_sealed(minimal))

    verified = seal.verify(plan)

    assert verified.clean
    told = [str(change.text) for change in verified.progress]
    assert "Improvement More was added." in told
    assert "Waiver For now was added." in told
    assert any("Due was" in one for one in told) and any("was removed" in one for one in told)
    assert "INT-03" not in {finding.code for finding in check(plan, TODAY).findings}


@pytest.mark.parametrize("as_sealed", [sealed, lambda plan: of_schema_1(sealed(plan))], ids=["2", "1"])
def test_what_is_promised_drifts_whatever_the_schema(as_sealed, minimal):
    plan = dataclasses.replace(as_sealed(minimal), vision="Another")

    assert [change.field for change in seal.verify(plan).drift] == ["vision"]


def test_a_content_of_a_later_schema_asks_for_an_update(minimal):
    plan = sealed(minimal)
    later = with_content(plan.seals[0], {**canonical.content(minimal), "schema": canonical.SCHEMA + 1})

    assert str(seal.judge(later, plan.key_ring).problem) == (
        "a later release of SM Planner made it; update to check it"
    )


def test_what_moves_on_after_it_was_sent_is_not_what_is_signed(minimal):
    sent = dataclasses.replace(minimal, frozen=canonical.frozen(minimal))

    assert canonical.content_hash(moved_on(sent)) == canonical.content_hash(sent)
    assert canonical.content_hash(moved_on(minimal)) != canonical.content_hash(minimal)


@pytest.mark.parametrize("broken", ["{", "[]", "text"])
def test_a_snapshot_that_cannot_be_read_is_another_content_and_is_told(broken, minimal):
    sent = dataclasses.replace(minimal, frozen=canonical.frozen(minimal))
    spoiled = dataclasses.replace(minimal, frozen=broken)

    assert canonical.content_hash(spoiled) != canonical.content_hash(sent)
    told = [str(change.text) for change in moved(canonical.snapshot(spoiled), canonical.registers(spoiled))]
    assert f"unreadable {broken} was removed." in told


def test_a_snapshot_holds_what_is_signed_of_a_register_and_nothing_that_moves(full_plan):
    snapshot = json.loads(canonical.frozen(full_plan))

    assert snapshot.keys() == set(REGISTERS)
    (action,) = snapshot["improvements"]
    assert {"id", "title", "improvement_owner", "due"} <= action.keys()
    assert not {"status", "benefit_actual"} & action.keys()


def test_a_revision_begins_without_the_snapshot_of_the_version_before(minimal):
    assert next_version(dataclasses.replace(minimal, frozen="{}")).frozen == ""


def test_versions_differ_in_what_they_promise_and_in_what_is_worked_on(minimal):
    changed = dataclasses.replace(moved_on(minimal), vision="Another")

    assert {change.collection for change in diff_plans(minimal, changed)} == {
        "plan",
        "improvements",
        "waivers",
    }


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_plan_drifts_by_its_registers_or_facts(plan_strategy, minimal, data):
    plan, other = data.draw(plan_strategy), data.draw(plan_strategy)
    own = with_content(sealed(minimal).seals[0], canonical.content(plan))
    living = {name: getattr(other, name) for name in (*REGISTERS, *FACTS)}

    again = dataclasses.replace(plan, **living, next_review=other.next_review)

    assert seal.drift(own, again) == ()
    assert {change.collection for change in seal.progress(own, again)} <= set(REGISTERS)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_collection_has_a_nature_and_stands_where_that_says(name, full_plan):
    form, one = canonical.content(full_plan), COLLECTIONS[name]

    assert (name in form) == (one.nature == "promise")
    assert (name in form["registers"]) == (one.nature == "register")


def test_a_seal_of_before_upkeep_stood_in_rows_shows_no_drift():
    components = (
        Component(id="db", title="Database", maintenance=(MaintenanceNeed(minutes=120, every_days=40),)),
        Component(id="queue", title="Queue"),
    )
    people = (Person(id="ann", title="Ann"),)
    plan = Plan(id="p", title="Plan", executive_sponsor="ann", people=people, components=components)
    plan = sealed(plan)
    form = canonical.content(plan)
    form["components"] = [
        {"id": "db", "title": "Database", "maintenance_minutes": 120, "maintenance_days": 40},
        {"id": "queue", "title": "Queue", "maintenance_days": 40},
    ]

    kept = with_content(plan.seals[0], form)

    assert seal.drift(kept, plan) == ()
    assert seal.drift(kept, dataclasses.replace(plan, components=()))
