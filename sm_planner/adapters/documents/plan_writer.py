"""The one way in which a plan gets onto a site; see :func:`save`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document, bulk_insert
from frappe.utils import escape_html

from sm_planner.adapters import plan_reader
from sm_planner.adapters.evidence import authorship
from sm_planner.adapters.guards import document_guards
from sm_planner.adapters.site import bulk, doctypes, lineages, locks, stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES, LINEAGE, LIVING, PARTS, PLAN, SHARED
from sm_planner.adapters.site.plan_view import View
from sm_planner.adapters.site.presentation import told_html
from sm_planner.engine.approval.improvements import undecided
from sm_planner.engine.model import COLLECTIONS, Improvement, Person, Plan, Waiver
from sm_planner.engine.model.assessments import GapDecision
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.plan import FACTS, REGISTERS
from sm_planner.engine.model.reviews import Review
from sm_planner.engine.model.states import DRAFT
from sm_planner.engine.model.values import show
from sm_planner.engine.rights.reviews import unproved
from sm_planner.engine.texts import N_, Text, say

MANY = ("raci",)
"""Collections with thousands of small records, which are inserted and deleted together.

1,500 of them: 0.7 s and 0.3 s in this way, 2.5 s and 24 s one by one (Frappe 15.101).
"""
FLAGS = {"ignore_links": True, "written_with_plan": True}
"""Marks on a document that the plan writes: its links were checked; its states come with the plan, which is locked.

They are out of the reach of any request: Frappe takes no flags from documents that it is sent.
"""
TOLD = 20
"""Problems that are told at once."""


class PlanWriter:
    """Writes those documents of a plan that differ from it, in an order in which every link finds its record.

    Links are checked once, within the plan, and not again for each document.
    """

    def __init__(self, plan: Plan, progress: Callable[[int, int], None] | None = None):
        self.plan = dataclasses.replace(
            plan,
            lineage=plan.lineage or plan.id,
            version=plan.version or 1,
            state=DRAFT,
            seals=(),
            reviews=tuple(map(unproved, plan.reviews)),
        )
        self.view = View.of(self.plan)
        self.problems: list[str] = []
        self._progress, self._done = progress, 0
        self._of = sum(map(len, self.plan.index.values()))
        self._check_links()

    def write(self) -> None:
        document = self._open()
        self._is_new_lineage = not frappe.db.exists(LINEAGE, self.plan.lineage)
        for collection in SHARED:
            self._write_shared(collection)
        self._write_plan(document)
        authorship.note(self.plan.id)
        stored = {collection: stored_records.parts(collection, self.plan.id) for collection in PARTS}
        for collection, documents in stored.items():
            self._write_parts(collection, documents)
        self._write_lineage()
        for collection in LIVING:  # before anything goes to which an entry still links
            if not COLLECTIONS[collection].by_server:
                self._write_living(collection)
        for collection, documents in reversed(stored.items()):
            self._delete_vanished(collection, documents)
        if document is None:
            authorship.carry_by_texts(self.plan)

    def compare(self, stored: Plan) -> None:
        """Refuse what the site did not keep as it was written, such as text that it took for HTML."""
        for record, kept in self._pairs(stored):
            for field in doctypes.changed(kept, record):
                altered = say(N_("The site cannot keep this text unchanged."))
                self._report(record, altered, say(N_("Remove HTML, and anything that looks like it.")), field)
        self._refuse_problems()

    def _pairs(self, stored: Plan) -> Iterator[tuple[Any, Any]]:
        """Everything that was written, with what is stored of it."""
        yield self.plan, stored
        for collection, record in self.plan.records():
            if COLLECTIONS[collection].by_server:
                continue
            kept = self.view.seen(stored.get(collection, record.id))
            if isinstance(record, Person):  # a fact of the user account
                kept = dataclasses.replace(kept, enabled=record.enabled)
            if isinstance(
                record, Waiver | Improvement | GapDecision
            ):  # what was decided about it is known to the site alone
                kept = dataclasses.replace(kept, status=record.status)
            if collection in FACTS:
                kept = dataclasses.replace(_as_in_file(kept), entered_by=record.entered_by)
            yield record, kept

    def _check_links(self) -> None:
        """Every id is there once, and every link leads to a record of the plan."""
        ids = set()
        for collection, record in self.plan.records():
            key = (collection, record.id.casefold())
            if key in ids:
                self._report(
                    record, say(N_("This ID is used twice.")), say(N_("Give each record its own ID."))
                )
            ids.add(key)
        there = {
            (one.collection, one.id)
            for one in self.plan.beside
            if frappe.db.exists(DOCTYPES[one.collection], one.id)
        }
        for record in (self.plan, *(record for _collection, record in self.plan.records())):
            for field, collection, id in doctypes.links(record):
                if id not in self.plan.index[collection] and (collection, id) not in there:
                    missing = say(N_("“{0}” is not in {1}."), id, collection)
                    self._report(record, missing, say(N_("Add it, or correct the ID.")), field)
        self._refuse_problems()

    def _open(self) -> Document | None:
        """The document of the plan, locked; None if there is none yet."""
        stored = locks.plan(self.plan.id, "state")
        if stored is None:
            return None
        document = frappe.get_doc(PLAN, self.plan.id)
        document.check_permission("write")
        self._refuse_other_case(self.plan, document.name)
        if stored.state != DRAFT:
            closed = say(N_("The plan is {0} and can no longer be changed."), stored.state)
            self._report(self.plan, closed, say(N_("Start a revision, or save the plan under another ID.")))
        self._refuse_problems()
        return document

    def _write_shared(self, collection: str) -> None:
        records = getattr(self.plan, collection)
        found = stored_records.shared(collection, [record.id for record in records])
        stored = {record.id.casefold(): record for record in found}
        for record in records:
            self._tick()
            old = stored.get(record.id.casefold())
            if old is None:
                self._new(record).insert(set_name=record.id)
            else:
                self._refuse_other_case(record, old.id)
                wanted = self.view.merged(record, old)
                if isinstance(record, Person) and record.user:  # enabled is a fact of the account then
                    wanted = dataclasses.replace(wanted, enabled=old.enabled)
                self._change(DOCTYPES[collection], old.id, old, wanted)
        self._refuse_problems()

    def _tick(self) -> None:
        """One more record is about to be written."""
        self._done += 1
        if self._progress:
            self._progress(self._done, self._of)

    def _write_plan(self, document: Document | None) -> None:
        scope = [
            (DOCTYPES[collection], record.id)
            for collection in SHARED
            for record in stored_records.in_order(getattr(self.plan, collection))
        ]
        rows = [{"record_type": doctype, "record": id} for doctype, id in scope]
        if document is None:
            self._new(self.plan, scope=rows).insert(set_name=self.plan.id)
            return
        old = doctypes.read(Plan, document, id=document.name)
        own = doctypes.stored(Plan)
        changes = doctypes.write(self.plan, filter(own.__contains__, doctypes.changed(old, self.plan)))
        if [(row.record_type, row.record) for row in document.scope] != scope:
            changes["scope"] = rows
        _save_changes(document, changes)

    def _write_parts(self, collection: str, stored: dict[str, Any]) -> None:
        by_id = {record.id.casefold(): (name, record) for name, record in stored.items()}
        new = []
        for record in getattr(self.plan, collection):
            self._tick()
            name, old = by_id.get(record.id.casefold(), ("", None))
            if old is None:
                named = doctypes.with_names(record, self.plan.id, self.plan.lineage)
                new.append(self._new(named, plan=self.plan.id, id=record.id))
            else:
                self._refuse_other_case(record, old.id)
                self._change(DOCTYPES[collection], name, old, record)
        self._refuse_problems()
        if collection in MANY:
            _insert_all(DOCTYPES[collection], new)
        else:
            for document in new:
                document.insert()

    def _write_lineage(self) -> None:
        """What the lineage says of all versions."""
        document = frappe.get_doc(LINEAGE, self.plan.lineage)
        wanted = doctypes.write(self.plan, lineages.FIELDS)
        _save_changes(
            document, {name: value for name, value in wanted.items() if document.get(name) != value}
        )

    def _write_living(self, collection: str) -> None:
        """Registers go on as the plan says; facts are added. Nothing of them is deleted: all versions have it."""
        scope = {shared: self.plan.index[shared].keys() for shared in SHARED}
        stored = stored_records.living(collection, self.plan.lineage, scope)
        by_id = {record.id.casefold(): (name, record) for name, record in stored.items()}
        for record in getattr(self.plan, collection):
            self._tick()
            name, old = by_id.get(record.id.casefold(), ("", None))
            if old is None:
                self._new_living(collection, record).insert()
            elif collection in REGISTERS:
                self._refuse_other_case(record, old.id)
                if isinstance(record, Waiver | Improvement | GapDecision):
                    record = dataclasses.replace(record, status=old.status)
                self._change(DOCTYPES[collection], name, old, record)
            else:
                self._refuse_other_fact(record, old)
        self._refuse_problems()

    def _new_living(self, collection: str, record: Any) -> Document:
        if isinstance(record, Improvement) and not self._is_new_lineage:
            record = dataclasses.replace(record, status=undecided(record.status))
        named = doctypes.with_names(record, self.plan.id, self.plan.lineage)
        lineage = self.plan.lineage if COLLECTIONS[collection].needs_lineage(record) else None
        given = {"id": record.id} if collection in REGISTERS else {}
        return self._new(named, lineage=lineage, **given)

    def _refuse_other_fact(self, fact: Any, stored: Any) -> None:
        """What happened is not changed by a file; who entered it is known here alone."""
        stored = _as_in_file(stored)
        for field in doctypes.changed(stored, dataclasses.replace(fact, entered_by=stored.entered_by)):
            self._report(
                fact,
                say(N_("On this site, this is “{0}”."), show(getattr(stored, field))),
                say(N_("What happened is not changed by a file. Leave it out, or correct it on the site.")),
                field,
            )

    def _delete_vanished(self, collection: str, stored: dict[str, Any]) -> None:
        kept = self.plan.index[collection]
        vanished = [name for name, record in stored.items() if record.id not in kept]
        if collection in MANY:
            _delete_all(DOCTYPES[collection], vanished)
        else:
            for name in vanished:
                frappe.delete_doc(DOCTYPES[collection], name)

    def _new(self, record: Any, **more: Any) -> Document:
        document = frappe.get_doc({"doctype": doctypes.doctype_of(record), **doctypes.write(record), **more})
        document.flags.update(FLAGS)
        return document

    def _change(self, doctype: str, name: str, old: Any, new: Any) -> None:
        """Write the fields in which a record differs from its document, if there are any."""
        names = doctypes.changed(old, new)
        if names:
            named = doctypes.with_names(new, self.plan.id, self.plan.lineage)
            _save_changes(frappe.get_doc(doctype, name), doctypes.write(named, names))

    def _refuse_other_case(self, record: Any, stored_id: str) -> None:
        """The database takes upper and lower case for the same, so that an id stands for both."""
        if record.id != stored_id:
            known = say(N_("On this site, this is “{0}”."), stored_id)
            self._report(record, known, say(N_("Write the ID with the same upper and lower case letters.")))

    def _report(self, record: Any, message: Text, fix: Text, field: str = "") -> None:
        place = [_(doctypes.doctype_of(record)), escape_html(getattr(record, "id", ""))]
        if field:
            place.append(_(specs(type(record))[field].label))
        told = f"{told_html(message)} {told_html(fix)}"
        self.problems.append(f"{' · '.join(filter(None, place))}: {told}")

    def _refuse_problems(self) -> None:
        if self.problems:
            frappe.throw(self.problems[:TOLD], title=_("The plan was not saved"), as_list=True)


def _as_in_file(fact: Any) -> Any:
    """A fact as far as a file can bring it."""
    return unproved(fact) if isinstance(fact, Review) else fact


def _save_changes(document: Document, changes: dict[str, Any]) -> None:
    if changes:
        document.update(changes)
        document.flags.update(FLAGS)
        document.save()


def _insert_all(doctype: str, documents: list[Document]) -> None:
    """Insert documents with all that is validated, but after one permission check and in one statement."""
    if documents:
        frappe.has_permission(doctype, "create", throw=True)
    for document in documents:
        document.set("__islocal", True)
        document.set_new_name()
        document.run_method("before_validate")
        document.run_method("validate")
        document._validate()
    bulk_insert(doctype, documents)


def _delete_all(doctype: str, names: list[str]) -> None:
    """Delete documents that nothing links to, after one permission check, with all that hangs on them."""
    if names:
        document_guards.refuse_link()
        frappe.has_permission(doctype, "delete", throw=True)
        bulk.delete(doctype, names)


def save(plan: Plan, progress: Callable[[int, int], None] | None = None) -> str:
    """Write a plan, all of it or nothing; returns its name. Writing it again changes nothing.

    The plan is a draft, whatever its state says: states and seals come from the sign-off alone. Records of
    its own that it no longer has are deleted. Records that plans share are created or changed, never deleted.
    The settings are the site's, and stay as they are.

    progress: told, after each record, how many of how many are written.

    The user needs the right to write whatever the plan changes. Raises frappe.ValidationError with the records
    and what to do.
    """
    writer = PlanWriter(plan, progress)
    with locks.all_or_nothing():
        writer.write()
        writer.compare(plan_reader.load(plan.id))
    return plan.id
