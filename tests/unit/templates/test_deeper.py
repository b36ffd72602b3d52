"""A plan that goes deeper: what the template that it was started from brings in addition, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import CONTEXT_TYPES, DEPTHS
from sm_planner.engine.templates.deeper import more_at
from sm_planner.engine.templates.library import shipped
from sm_planner.engine.templates.taking import take

FIRST, GROWN, COMPLETE = DEPTHS


def begun(name: str, situation: str = "Improve", depth: str = FIRST) -> Plan:
    template = shipped()[name]
    plan = Plan(id="p", lineage="p", context_type=situation, depth=depth)
    return take(plan, template.content(situation, depth), template.title).plan


def deeper(plan: Plan, depth: str, chosen: tuple | None = None) -> Plan:
    template = shipped()[plan.templates[0]]
    more = more_at(plan, template, depth)
    chosen = more.proposed if chosen is None else chosen
    return replace(take(plan, more.content, template.title, chosen).plan, depth=depth)


def titles(plan: Plan, collection: str) -> list[str]:
    return sorted(one.title for one in getattr(plan, collection))


@pytest.mark.parametrize("situation", CONTEXT_TYPES)
@pytest.mark.parametrize("name", shipped())
def test_a_plan_that_grows_has_what_one_has_that_began_grown(name, situation):
    grown = deeper(begun(name, situation), GROWN)
    whole = begun(name, situation, GROWN)
    assert grown.templates == (name,)
    for collection in ("roles", "processes", "stakeholders", "communications", "improvements", "components"):
        assert titles(grown, collection) == titles(whole, collection)
    assert len(grown.raci) == len(whole.raci)
    assert not more_at(replace(grown, depth=FIRST), shipped()[name], GROWN).pieces


def test_what_was_left_out_at_the_present_depth_is_not_offered_again():
    plan = begun("library")
    plan = replace(plan, objectives=plan.objectives[:1], services=plan.services[:1])
    found = more_at(plan, shipped()["library"], GROWN)
    assert {collection for collection, _id in found.keys}.isdisjoint({"objectives", "services", "agreements"})
    assert found.proposed == found.keys


def test_what_would_bring_along_something_that_was_renamed_is_shown_and_not_proposed():
    plan = begun("library")
    roles = tuple(
        replace(one, title="Clerk") if one.title == "Librarian at the Desk" else one for one in plan.roles
    )
    plan = replace(plan, roles=roles)
    found = more_at(plan, shipped()["library"], GROWN)
    assert found.before == {("roles", "agent")}
    assert ("raci", "relationship") in found.keys
    assert ("raci", "relationship") not in found.proposed
    assert ("processes", "relationship") in found.proposed
    assert titles(deeper(plan, GROWN), "roles") == titles(plan, "roles")
    assert "Librarian at the Desk" in titles(deeper(plan, GROWN, found.keys), "roles")


def test_what_somebody_wrote_by_a_title_of_the_template_is_not_offered():
    plan = begun("library")
    mine = replace(plan.processes[0], id="own", title="customer relationship  management", taken_from="")
    plan = replace(plan, processes=(*plan.processes, mine))
    found = more_at(plan, shipped()["library"], GROWN)
    assert ("processes", "relationship") not in found.keys
    grown = deeper(plan, GROWN)
    assert grown.index["processes"]["own"] == mine
    assert len([one for one in grown.raci if one.process == "own"]) == 3


def test_no_shallower_depth_and_not_the_same_brings_anything():
    plan = begun("facilities", depth=GROWN)
    for depth in (FIRST, GROWN, COMPLETE, ""):
        assert not more_at(plan, shipped()["facilities"], depth).pieces
    assert not more_at(replace(begun("facilities"), depth=""), shipped()["facilities"], GROWN).pieces


def test_without_a_situation_comes_what_all_of_them_bring():
    plan = replace(begun("facilities"), context_type="")
    found = more_at(plan, shipped()["facilities"], GROWN)
    kinds = {collection for collection, _id in found.keys}
    assert {"roles", "processes", "communications"} <= kinds
    assert "improvements" not in kinds
    assert ("communications", "supervisors") not in found.keys
