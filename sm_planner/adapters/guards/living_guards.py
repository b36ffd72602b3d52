"""What records of registers and facts refuse: they belong to a lineage, and are written by whom they are about."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from sm_planner.adapters.site import bulk, doctypes, lineages, stored_records
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import COLLECTION_OF, DOCTYPES, LIVING, PARTS, PLAN
from sm_planner.adapters.site.presentation import full_name, told_html
from sm_planner.engine import rights
from sm_planner.engine.agreements.measurements import words_of_value
from sm_planner.engine.model import COLLECTIONS, Plan, ValueStatement
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.plan import FACTS, REGISTERS
from sm_planner.engine.rights import Writer
from sm_planner.engine.texts import Text

VALUE = doctypes.child_doctype(specs(Plan)[rights.VALUES])
"""The rows in which a plan promises values."""


def writer() -> Writer:
    """The user of the session, as rights know him."""
    user = frappe.session.user
    return Writer(user, frozenset(people_of(user)), plans=bool(frappe.has_permission(PLAN, "write")))


def settle_lineage(doc: Document) -> None:
    """Say to which lineage a document belongs, where its links tell; and to none where it is about a shared record.

    Frappe asked before whether the user may write it, and then it belonged to none.
    """
    if not _needs_lineage(doc):
        doc.lineage = None
    elif not doc.lineage:
        doc.lineage = next(filter(None, (lineage for *_link, lineage in _linked_lineages(doc))), None)
        doc.check_permission("create" if doc.is_new() else "write")


def lacks_lineage(doc: Document) -> bool:
    """Whether a document does not say to which lineage it belongs."""
    return _needs_lineage(doc) and not doc.lineage


def _needs_lineage(doc: Document) -> bool:
    one = COLLECTIONS[COLLECTION_OF[doc.doctype]]
    return not (one.hangs_on and doc.get(doctypes.fieldname(one.hangs_on)))


def foreign_links(doc: Document) -> list[tuple[str, str, str]]:
    """What a document links to and belongs to another lineage: the field, and DocType and name of what is linked."""
    return [found for *found, lineage in _linked_lineages(doc) if lineage != doc.lineage]


def _linked_lineages(doc: Document) -> list[tuple[str, str, str, str]]:
    """The fields that link to what belongs to a plan or a lineage, each with what is linked, and that lineage."""
    found = []
    for name, spec in specs(doctypes.RECORDS[doc.doctype]).items():
        if not doctypes.is_part(spec) or not doc.get(name):
            continue
        linked = [row.record for row in doc.get(name)] if spec.kind == "links" else [doc.get(name)]
        doctype = DOCTYPES[spec.target]
        held_by = "lineage" if COLLECTIONS[spec.target].is_of_lineage else "plan"
        for row in frappe.get_all(doctype, {"name": ("in", linked)}, ["name", held_by], order_by="name asc"):
            holder = row[held_by]
            lineage = holder if held_by == "lineage" else frappe.db.get_value(PLAN, holder, "lineage")
            found.append((name, doctype, row.name, lineage))
    return found


def guard(doc: Document, *, as_stored: bool = False) -> None:
    """Refuse what the user may not write. The document can be read. as_stored: a new one counts as if it were stored as it is."""
    record, old = doctypes.record_of(doc), doc.get_doc_before_save()
    stored = doctypes.record_of(old) if old else record if as_stored else None
    refuse(rights.refuse_write(record, stored, writer(), find_in(doc.lineage)))


def mark_entered(doc: Document) -> None:
    """Say who enters a fact in another's place."""
    in_place = rights.in_place_of_others(doctypes.record_of(doc), writer(), find_in(doc.lineage))
    doc.entered_by = full_name(frappe.session.user) if in_place else ""


def guard_correction(doc: Document) -> None:
    """Refuse to change or delete a fact that is not fresh any more, or that another entered."""
    stored = frappe.db.get_value(doc.doctype, doc.name, ["owner", "creation"], as_dict=True)
    if not stored:
        return
    own = stored.owner == frappe.session.user
    refuse(rights.refuse_correction(own, stored.creation, now_datetime()))


def guard_attachment(doc: Document) -> None:
    """Refuse to add a file to a document, or take one from it, to who may not change it as it is stored."""
    record = doctypes.record_of(doc)
    refuse(rights.refuse_write(record, record, writer(), find_in(doc.lineage)))
    refuse(rights.refuse_files(record))
    if COLLECTION_OF[doc.doctype] in FACTS:
        doc.guard_correction()


def refuse(why: Text | None) -> None:
    """Say why somebody may not do what he is about to do, if he may not."""
    if why:
        frappe.throw(told_html(why), frappe.PermissionError)


def refuse_twice(doc: Document) -> None:
    """Refuse a fact that is there already, about whichever version of the plan it was entered."""
    collection, record = COLLECTION_OF[doc.doctype], doctypes.record_of(doc)
    hangs_on = COLLECTIONS[collection].hangs_on
    if doc.lineage:
        known = stored_records.living(collection, doc.lineage)
    else:
        known = stored_records.living_about(collection, [getattr(record, hangs_on)])
    wanted = stored_records.with_ids({doc.name or "": record})[doc.name or ""].id
    for name, other in known.items():
        if other.id == wanted and name != doc.name:
            frappe.throw(
                _("This is there already: {0}. Correct that one, or enter another day.").format(
                    frappe.utils.get_link_to_form(doc.doctype, name)
                ),
                frappe.DuplicateEntryError,
            )


def find_in(lineage: str | None) -> rights.Find:
    """Finds the record of a document, and the values that the plan of a lineage promises, by their words."""
    return lambda collection, name: (
        _value(lineage, name) if collection == rights.VALUES else find(collection, name)
    )


def _value(lineage: str | None, words: str) -> ValueStatement | None:
    """A value that the version in force, or the newest while none is, promises in these words."""
    plan = lineages.in_force_or_newest(lineage) if lineage and words else ""
    rows = {"parent": plan, "parenttype": PLAN}
    wanted = words_of_value(words)
    for row in frappe.get_all(VALUE, rows, ["statement", "person"], order_by="idx asc") if plan else ():
        if words_of_value(row.statement or "") == wanted:
            return ValueStatement(statement=row.statement, person=row.person or "")
    return None


def find(collection: str, name: str) -> Any:
    """The record that a document holds; None where there is none."""
    doctype = DOCTYPES[collection]
    return (
        doctypes.record_of(frappe.get_doc(doctype, name))
        if name and frappe.db.exists(doctype, name)
        else None
    )


def let_go(doctype: str, names: list[str], whole_plan: bool = False) -> None:
    """Part what lives on from parts of a draft that are about to go: it turns to the same part of another version.

    Where no other version has it, nothing ever was in force that a fact could be about: the fact goes too. An entry of a
    register keeps its link, which keeps the part, but where the whole plan goes.
    """
    collection = COLLECTION_OF[doctype]
    for living in LIVING:
        for field, spec in specs(COLLECTIONS[living].record).items():
            if spec.kind == "link" and spec.target == collection:
                _turn(living, doctypes.fieldname(field), doctype, names, whole_plan)


def _turn(living: str, field: str, doctype: str, names: list[str], whole_plan: bool) -> None:
    linking = frappe.get_all(DOCTYPES[living], {field: ("in", names)}, ["name", field], order_by="name asc")
    elsewhere = _elsewhere(doctype, {row[field] for row in linking}, names)
    lost = []
    for row in linking:
        other = elsewhere.get(row[field])
        if other or (whole_plan and living in REGISTERS):
            frappe.db.set_value(DOCTYPES[living], row.name, field, other, update_modified=False)
        elif living in FACTS:
            lost.append(row.name)
    bulk.delete(DOCTYPES[living], lost)


def _elsewhere(doctype: str, linked: set[str], going: list[str]) -> dict[str, str]:
    """Name of a part → name of the same part in another version, the newest that has it. All are of one draft."""
    if not linked:
        return {}
    parts = frappe.get_all(
        doctype, {"name": ("in", sorted(linked))}, ["name", "id", "plan"], order_by="name asc"
    )
    lineage = frappe.db.get_value(PLAN, parts[0].plan, "lineage")
    versions = frappe.get_all(PLAN, {"lineage": lineage}, pluck="name", order_by="version asc")
    others = frappe.get_all(
        doctype,
        {"id": ("in", [part.id for part in parts]), "plan": ("in", versions), "name": ("not in", going)},
        ["name", "id", "plan"],
    )
    newest = {row.id: row.name for row in sorted(others, key=lambda row: versions.index(row.plan))}
    return {part.name: newest[part.id] for part in parts if part.id in newest}


def let_go_of_plan(plan: str) -> None:
    """The same for all parts of a draft that goes as a whole."""
    for part in PARTS:
        names = frappe.get_all(DOCTYPES[part], {"plan": plan}, pluck="name", order_by="name asc")
        if names:
            let_go(DOCTYPES[part], names, whole_plan=True)
