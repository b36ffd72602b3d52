"""Where something of a plan is written, as the Desk opens it. Knows no Frappe."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from sm_planner.adapters.site.doctypes import (
    DOCTYPES,
    LINEAGE,
    LIVING,
    PARTS,
    PLAN,
    SETTINGS,
    fieldname,
    part_name,
    stored,
)
from sm_planner.engine.checks import mending
from sm_planner.engine.checks.mending import SCOPE
from sm_planner.engine.model import COLLECTIONS, Plan, Settings
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_

RACI_SHEET = "raci-sheet"
"""The page of the Desk on which the letters of a plan are written."""

SIGN_OFF = "sign_off_html"
"""The field of the plan form in which its signatures and seals are told."""

MARK, MARKED_FIELDS = "taken_from", "taken_fields"
"""The fields by which a record says from which template it came, and a plan which of its fields one filled, until somebody has
looked at them."""

NAMED = 50
"""Records that a list is filtered to by their names: an address has no room for more."""


@dataclass(frozen=True)
class Target:
    """What the Desk opens.

    name: of a document; empty for the list of the DocType. field: the one to go to. filters: of the list; a record
    that is made from there takes them over. label: how the field or the list is called; empty for a document, which
    has a title. page: of the Desk, by the parts of its route, on which it is better done, for who may open that page.
    """

    doctype: str
    name: str = ""
    field: str = ""
    filters: dict[str, str | list] = dataclasses.field(default_factory=dict)
    label: str = ""
    page: tuple[str, ...] = ()


def target(plan: Plan, place: mending.Place, raci: dict[str, str]) -> Target:
    """What opens a place. raci: RACI entry id → name of its document."""
    if place.collection == mending.SETTINGS:
        return Target(SETTINGS, SETTINGS, place.field, label=specs(Settings)[place.field].label)
    if place.collection == mending.SIGN_OFF:
        return Target(PLAN, plan.id, SIGN_OFF, label=N_("Sign-off"))
    if place.collection == mending.PLAN and place.field and place.field not in (SCOPE, *stored(Plan)):
        return Target(LINEAGE, plan.lineage, place.field, label=_label(place.field))
    if place.collection == mending.PLAN and place.marked:  # where it is said that they fit, as of records
        return Target(PLAN, filters={"name": plan.id}, label=_label(place.field))
    if place.collection == mending.PLAN:
        return Target(PLAN, plan.id, place.field, label=_label(place.field))
    doctype = DOCTYPES[place.collection]
    if place.id:
        return Target(doctype, document_name(plan, place.collection, place.id, raci), place.field)
    return Target(doctype, filters=_filters(plan, place), label=COLLECTIONS[place.collection].several)


def sheet_cell(plan_id: str, spot: Sequence[str]) -> tuple[str, ...]:
    """The parts of the route to a cell of the RACI sheet. spot: ids of process, service, component and role, as far as it goes."""
    return (RACI_SHEET, plan_id, *(id or "-" for id in spot))


def document_name(plan: Plan, collection: str, id: str, raci: dict[str, str]) -> str:
    """The name of the document that holds a record."""
    if collection == mending.PLAN:
        return plan.id
    if collection == "raci":
        return raci.get(id, "")
    return prefix(plan, collection) + id


def prefix(plan: Plan, collection: str) -> str:
    """What the names of documents of a collection begin with before their ids."""
    one = COLLECTIONS[collection]
    return "" if one.shared else part_name(plan.lineage if one.is_of_lineage else plan.id, "")


def _label(field: str) -> str:
    if field == SCOPE:
        return N_("Records in Scope")
    return specs(Plan)[field].label if field else N_("Plan")


def _filters(plan: Plan, place: mending.Place) -> dict[str, str | list]:
    """Those of the plan, about the record that lacks something, where they say what they are about."""
    own = {"plan": plan.id} if place.collection in PARTS else {}
    if place.collection in LIVING:
        own = {"lineage": plan.lineage}
    about: dict[str, str | list] = {**_about(plan, place)} if place.about else {}
    if place.marked:
        about[MARK] = ["is", "set"]
    if own or place.about or not place.held or len(place.held) > NAMED:
        return own | about
    return {"name": ["in", list(place.held)], **about}


def _about(plan: Plan, place: mending.Place) -> dict[str, str]:
    about: Ref = place.about
    for name, spec in specs(COLLECTIONS[place.collection].record).items():
        if spec.kind == "link" and spec.target == about.collection:
            return {fieldname(name): prefix(plan, about.collection) + about.id}
    return {}
