"""What lives between two signatures: lineages, registers, facts; who writes them, and that no signature is weakened."""

from __future__ import annotations

import dataclasses
from datetime import date

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.evidence import authorship
from sm_planner.adapters.signing import sign_off
from sm_planner.engine.model import Measurement, Plan
from sm_planner.engine.sealing import canonical, seal

OWNER_OF_OBJECTIVE = "measures@example.org"
SPONSOR = "sponsor@example.org"


def new(doctype: str, **values: object):
    return frappe.get_doc({"doctype": doctype, **values})


@pytest.fixture
def objective(minimal):
    return minimal.objectives[0]


@pytest.fixture
def measuring(objective, in_force, make_user, acting_as):
    """A context in which the owner of the objective acts, in a role that plans nothing."""
    make_user("SM Service Owner", name=OWNER_OF_OBJECTIVE)
    frappe.db.set_value("SM Person", objective.objective_owner, "user", OWNER_OF_OBJECTIVE)
    return lambda: acting_as(OWNER_OF_OBJECTIVE)


def measurement(plan: str, objective, day: str = "2026-11-01", value: float = 12.0):
    return new("SM Measurement", objective=f"{plan}-{objective.id}", day=day, value=value)


def test_a_lineage_says_which_version_is_in_force_and_which_is_being_prepared(in_force, minimal):
    revision = sign_off.start_revision(in_force)

    lineage = frappe.get_doc("SM Lineage", minimal.lineage)
    assert (lineage.active, lineage.draft, lineage.title) == (in_force, revision, minimal.title)


def test_nobody_makes_deletes_or_renames_a_lineage_or_sets_what_its_versions_say(minimal, minimal_on_site):
    lineage = frappe.get_doc("SM Lineage", minimal.lineage)
    with pytest.raises(frappe.PermissionError, match="made with the first version"):
        new("SM Lineage", lineage="mine", title="Mine").insert()
    with pytest.raises(frappe.PermissionError, match="goes with its last version"):
        lineage.delete()
    with pytest.raises(frappe.ValidationError, match="keeps its ID"):
        frappe.rename_doc("SM Lineage", minimal.lineage, "another", force=True)
    lineage.reload()
    lineage.update({"active": minimal_on_site, "company": "Mine", "next_review": "2028-01-01"})
    lineage.save()
    lineage.reload()
    assert (lineage.active, lineage.company) == (None, minimal.company)
    assert plan_reader.load(minimal_on_site).next_review == date(2028, 1, 1)


def test_what_a_draft_that_was_never_signed_held_goes_with_it(minimal, minimal_on_site):
    frappe.delete_doc("SM Plan", minimal_on_site)

    for doctype in ("SM Lineage", "SM Improvement", "SM Evidence"):
        assert not frappe.get_all(doctype, {"name": ("like", f"{minimal.lineage}%")}), doctype
    assert not frappe.db.count("SM Evidence", {"lineage": minimal.lineage})


def test_an_owner_measures_a_plan_in_force_and_the_seal_holds(in_force, objective, measuring):
    with measuring():
        made = measurement(in_force, objective).insert()

    plan = plan_reader.load(in_force)
    assert plan.measured(objective)[-1].value == 12.0
    assert made.entered_by == ""
    assert made.lineage == plan.lineage
    assert seal.verify(plan).clean


def test_another_measures_only_for_the_owner_and_it_says_so(in_force, objective, make_user, acting_as):
    other, refused = (
        make_user("SM Service Owner", name="other@example.org"),
        "Only whom it is about, or a planner",
    )
    with acting_as(other), pytest.raises(frappe.PermissionError, match=refused):
        measurement(in_force, objective).insert()
    with acting_as(make_user("SM Planner User", name="planner@example.org")):
        made = measurement(in_force, objective).insert()
    assert made.entered_by == "planner@example.org"


def test_who_entered_it_is_not_for_the_client_to_say(in_force, objective, measuring):
    with measuring():
        made = measurement(in_force, objective)
        made.entered_by = "Somebody Else"
        made.insert()
    assert made.entered_by == ""


def test_a_fact_is_corrected_by_who_entered_it_within_a_day_and_by_nobody_else(
    in_force, objective, measuring, acting_as
):
    with measuring():
        made = measurement(in_force, objective).insert()
        made.value = 13.0
        made.save()
    made.reload()
    made.value = 14.0
    with pytest.raises(frappe.PermissionError, match="corrected only by who entered it, within a day"):
        made.save()
    with pytest.raises(frappe.PermissionError, match="corrected only by who entered it, within a day"):
        frappe.get_doc("SM Measurement", made.name).delete()
    frappe.db.set_value("SM Measurement", made.name, "creation", "2020-01-01", update_modified=False)
    with measuring():
        old = frappe.get_doc("SM Measurement", made.name)
        old.value = 15.0
        with pytest.raises(frappe.PermissionError, match="corrected only by who entered it, within a day"):
            old.save()
    assert frappe.db.get_value("SM Measurement", made.name, "value") == 13.0


def test_a_fact_is_there_once_whatever_version_it_is_entered_at(in_force, objective):
    measurement(in_force, objective).insert()
    revision = sign_off.start_revision(in_force)

    with pytest.raises(frappe.DuplicateEntryError, match="there already"):
        measurement(revision, objective, value=99.0).insert()


def test_facts_and_registers_are_there_on_both_sides_of_a_revision(in_force, minimal, objective):
    revision = sign_off.start_revision(in_force)
    measurement(revision, objective).insert()
    action = frappe.get_doc("SM Improvement", f"{minimal.lineage}-{minimal.improvements[0].id}")
    action.due = "2029-01-01"
    action.save()

    old, now = plan_reader.load(in_force), plan_reader.load(revision)

    assert old.improvements == now.improvements
    assert old.measurements == now.measurements != ()
    assert seal.drift(old.seals[-1], old) == ()
    assert [change.field for change in seal.progress(old.seals[-1], old)] == ["due"]


def test_who_moves_a_register_or_adds_a_fact_has_not_written_the_plan(
    minimal, minimal_on_site, make_user, acting_as
):
    before = authorship.of(minimal_on_site)
    with acting_as(make_user("SM Planner User", name="mover@example.org")):
        measurement(minimal_on_site, minimal.objectives[0]).insert()
        new("SM Improvement", lineage=minimal.lineage, title="Another").insert()

    assert authorship.of(minimal_on_site) == before


def test_an_action_that_moves_on_between_showing_and_signing_leaves_what_is_signed(to_sign, minimal):
    shown = canonical.content_hash(plan_reader.load(to_sign))
    action = frappe.get_doc("SM Improvement", f"{minimal.lineage}-{minimal.improvements[0].id}")
    action.due = "2029-01-01"
    action.save()

    plan = plan_reader.load(to_sign)
    assert plan.get("improvements", minimal.improvements[0].id).due == date(2029, 1, 1)
    assert canonical.content_hash(plan) == shown


def test_a_plan_that_comes_back_is_frozen_anew(to_sign):
    assert frappe.db.get_value("SM Plan", to_sign, "frozen")
    sign_off.return_plan(to_sign, "Once more.")
    assert not frappe.db.get_value("SM Plan", to_sign, "frozen")


def test_no_client_sets_the_snapshot(minimal_on_site):
    document = frappe.get_doc("SM Plan", minimal_on_site)
    document.frozen = "{}"
    document.save()
    assert not frappe.db.get_value("SM Plan", minimal_on_site, "frozen")


def test_what_somebody_outside_the_plan_does_makes_him_no_part_of_what_is_signed(in_force, minimal):
    nurse = new("SM Person", title="Ann Nurse").insert().name
    new("SM Waiver", lineage=minimal.lineage, title="W", rule="SVC-05", requester=nurse).insert()

    plan = plan_reader.load(in_force)

    assert plan.get("people", nurse) is None
    assert plan.title_of("people", nurse) == "Ann Nurse"
    assert seal.drift(plan.seals[-1], plan) == ()
    assert plan_reader.load(in_force) == plan


def test_a_register_keeps_its_part_when_the_version_that_it_was_entered_at_goes(in_force, minimal, objective):
    revision = sign_off.start_revision(in_force)
    entered = measurement(revision, objective).insert().name
    action = new(
        "SM Improvement", lineage=minimal.lineage, title="New", objective=f"{revision}-{objective.id}"
    ).insert()

    frappe.delete_doc("SM Plan", revision)

    assert frappe.db.get_value("SM Improvement", action.name, "objective") == f"{in_force}-{objective.id}"
    assert frappe.db.get_value("SM Measurement", entered, "objective") == f"{in_force}-{objective.id}"


def test_a_file_adds_facts_moves_registers_and_changes_nothing_that_happened(
    minimal, minimal_on_site, objective
):
    first = Measurement(objective=objective.id, day=date(2026, 11, 1), value=1.0)
    action = dataclasses.replace(minimal.improvements[0], due=date(2029, 1, 1))
    others = minimal.improvements[1:-1]
    plan = dataclasses.replace(
        minimal, measurements=(*minimal.measurements, first), improvements=(action, *others)
    )

    plan_writer.save(plan)

    stored = plan_reader.load(minimal_on_site)
    assert stored.get("improvements", action.id).due == date(2029, 1, 1)
    assert len(stored.improvements) == len(minimal.improvements), "what a file leaves out stays"
    assert [fact.value for fact in stored.measured(objective) if fact.day == first.day] == [1.0]
    other = dataclasses.replace(plan, measurements=(dataclasses.replace(first, value=2.0),))
    with pytest.raises(frappe.ValidationError, match="What happened is not changed by a file"):
        plan_writer.save(other)


@pytest.mark.parametrize("link", ["", "readers-served"])
def test_a_file_drops_an_objective_and_the_link_of_an_action_to_it_in_one_step(minimal, objective, link):
    dropped = dataclasses.replace(objective, id="short-queues", title="Short queues")
    action, *others = minimal.improvements

    def saved(of_action: str, *objectives) -> Plan:
        actions = (dataclasses.replace(action, objective=of_action), *others)
        plan_writer.save(dataclasses.replace(minimal, objectives=objectives, improvements=actions))
        return plan_reader.load(minimal.id)

    before = saved(dropped.id, objective, dropped)
    after = saved(link, objective)

    assert before.get("improvements", action.id).objective == dropped.id
    assert after.get("improvements", action.id).objective == link
    assert after.get("objectives", dropped.id) is None
    assert {id: one.objective for id, one in after.index["improvements"].items() if id != action.id} == {
        one.id: one.objective for one in others
    }


def test_an_objective_that_an_action_still_names_is_not_dropped_by_a_file(minimal, objective):
    minimal = dataclasses.replace(minimal, risks=(), lessons=())  # which name other actions
    dropped = dataclasses.replace(objective, id="short-queues", title="Short queues")
    action = dataclasses.replace(minimal.improvements[0], objective=dropped.id)
    plan = dataclasses.replace(minimal, budget_lines=())
    plan_writer.save(dataclasses.replace(plan, objectives=(objective, dropped), improvements=(action,)))
    left_out = dataclasses.replace(plan, improvements=())

    with pytest.raises(frappe.LinkExistsError, match=f"{minimal.id}-{dropped.id}.*{action.id}"):
        plan_writer.save(left_out)

    assert plan_reader.load(minimal.id).get("objectives", dropped.id)


def test_objectives_and_commitments_are_offered_once_whatever_version_has_them(in_force, minimal):
    sign_off.start_revision(in_force)

    offered = api.parts_of_lineage("SM Objective", asked={"lineage": minimal.lineage})

    assert sorted(id for _name, _title, id in offered) == sorted(one.id for one in minimal.objectives)
    assert {name.removesuffix(f"-{id}") for name, _title, id in offered} == {in_force}
    with pytest.raises(frappe.ValidationError, match="not offered"):
        api.parts_of_lineage("SM Person")
