"""What link fields offer: derived from the model, so that no link is forgotten."""

from __future__ import annotations

import pytest

from sm_planner.adapters.desk import link_choices
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES, PARTS, RECORDS
from sm_planner.engine.model.fields import Spec, specs

CHOICES = link_choices.choices()

FIELDS = [
    (doctypes.child_doctype(table) if table else doctype, name, spec)
    for doctype, record_class in RECORDS.items()
    for table, holder in [(None, record_class), *((t, t.row) for t in doctypes.tables(record_class).values())]
    if holder
    for name, spec in specs(holder).items()
]
"""DocType, field and spec of every field of a record and of its rows."""


def filters(doctype: str, name: str) -> dict:
    return CHOICES[doctype][doctypes.fieldname(name)]["filters"]


@pytest.mark.parametrize(("doctype", "name"), [f[:2] for f in FIELDS if doctypes.is_part(f[2])])
def test_links_to_parts_of_plans_offer_those_of_the_same_plan(doctype: str, name: str):
    held_by = "lineage" if doctype in doctypes.OF_LINEAGE else "plan"
    assert filters(doctype, name)[held_by] == ["=", {"of": held_by}]


def test_registers_and_facts_offer_each_part_once_whatever_version_has_it():
    for doctype, name in ((DOCTYPES["improvements"], "objective"), (DOCTYPES["evidence"], "commitment")):
        assert CHOICES[doctype][name]["query"] == "sm_planner.api.parts_of_lineage"


@pytest.mark.parametrize(("doctype", "name", "spec"), [f for f in FIELDS if f[2].unlike])
def test_links_offer_neither_the_record_nor_what_another_field_holds(doctype: str, name: str, spec: Spec):
    other = "name" if spec.unlike == "id" else spec.unlike
    assert filters(doctype, name)["name"] == ["!=", {"of": other}]


def test_a_record_is_never_offered_to_itself():
    """Links from the records of a collection, or from their rows, into the same collection."""
    own = [
        (doctype, name)
        for doctype, record_class in RECORDS.items()
        for holder in (record_class, *(t.row for t in doctypes.tables(record_class).values() if t.row))
        for name, spec in specs(holder).items()
        if spec.kind == "link" and DOCTYPES[spec.target] == doctype and spec.unlike != "id"
    ]
    assert own == []


@pytest.mark.parametrize("part", PARTS)
def test_what_belongs_to_a_plan_is_made_in_a_draft(part: str):
    assert filters(DOCTYPES[part], "plan") == {"state": ["=", "Draft"]}


def test_a_delegation_offers_who_may_sign_and_what_can_still_be_signed():
    assert CHOICES[DELEGATION]["deputy"]["query"] == "sm_planner.api.deputies"
    assert filters(DELEGATION, "principal") == {"user": ["=", {"user": True}]}
    assert filters(DELEGATION, "plan") == {"state": ["in", ["Draft", "In Review", "To Sign"]]}


@pytest.mark.parametrize(
    "choice", [choice for fields in CHOICES.values() for choice in fields.values()], ids=str
)
def test_each_choice_says_in_words_what_it_offers(choice: dict):
    assert choice["note"].endswith(".")
