"""What the controllers of the DocTypes are made of: records, parts of one plan, and rows."""

from collections.abc import Collection, Iterator
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import set_name_from_naming_options
from frappe.utils import escape_html

from sm_planner.adapters.evidence import authorship
from sm_planner.adapters.guards import document_guards, living_guards, part_guards
from sm_planner.adapters.site import doctypes, form_facts, locks, site_numbers
from sm_planner.adapters.site.places import MARK
from sm_planner.adapters.site.presentation import called, told_html
from sm_planner.engine.checks import entry
from sm_planner.engine.checks.entry import TITLE
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.fields import KEY_LENGTH, Spec, specs
from sm_planner.engine.model.values import Refusal, ValueProblem, id_from, parse
from sm_planner.engine.templates.looking import PLAN_MARKS, mark_after, marks_after
from sm_planner.engine.texts import N_, say

NAME_LENGTH = 140
"""Characters in the name of a document."""


class WithNumbers(Document):
    """A document, or a row, whose empty numbers stay empty: Frappe would write, and show, 0 for them."""

    def get_valid_dict(
        self,
        sanitize: bool = True,
        convert_dates_to_str: bool = False,
        ignore_nulls: bool = False,
        ignore_virtual: bool = False,
    ) -> frappe._dict:
        values = super().get_valid_dict(sanitize, convert_dates_to_str, ignore_nulls, ignore_virtual)
        for field in doctypes.NUMBER_FIELDS.get(self.doctype, ()):
            if self.get(field) in (None, ""):
                values[field] = None
                if ignore_nulls:
                    del values[field]
        return values

    def get_formatted(self, fieldname: str, *args: Any, **kwargs: Any) -> str:
        """For prints, mails and the timeline."""
        if fieldname in doctypes.NUMBER_FIELDS.get(self.doctype, ()):
            return site_numbers.shown(self.get(fieldname))
        return super().get_formatted(fieldname, *args, **kwargs)


class ModelDocument(WithNumbers):
    """A document whose fields are those of a class of the model."""

    def before_validate(self) -> None:
        document_guards.refuse_link()
        document_guards.refuse_submitted(self)
        document_guards.refuse_hidden(self)
        document_guards.refuse_foreign_rows(self)
        old = self.get_doc_before_save()
        untitled = old and self.meta.has_field(TITLE) and not old.get(TITLE)
        if self.flags.written_with_plan or untitled:  # what is required by the model is asked for in validate
            self.flags.ignore_mandatory = True

    def onload(self) -> None:
        """Tell the form what it shows beside the values."""
        self.set_onload("sm_planner", form_facts.facts(self))

    def on_trash(self) -> None:
        document_guards.refuse_link()

    def load_from_db(self) -> "ModelDocument":
        """Frappe locks here what it is about to change."""
        with locks.in_words(self.name or ""):
            return super().load_from_db()

    def before_discard(self) -> NoReturn:
        """Frappe 16 has drafts cancelled by whoever may write them."""
        frappe.throw(_("Documents of this kind cannot be discarded. Delete what you do not need."))

    def validate(self) -> None:
        self.refuse_problems()
        self.settle_mark()

    def settle_mark(self) -> None:
        """What came from a template loses its mark when a person changes it."""
        marked = self.meta.has_field(MARK)
        if self.flags.written_with_plan or not (marked or self.doctype == doctypes.PLAN):
            return
        before = self.get_doc_before_save()
        old, new = before and doctypes.record_of(before), doctypes.record_of(self)
        if marked:
            self.set(MARK, mark_after(old, new))
        else:
            self.update(doctypes.write(marks_after(old, new), PLAN_MARKS))

    def refuse_problems(self) -> None:
        """Put every value into its one form, and refuse what cannot be read. Afterwards the document can be read."""
        doctypes.normalise(doctypes.RECORDS[self.doctype], self, _)
        told = [self._told(problem) for problem in self.problems()]
        if told:
            frappe.throw(told, title=_("This was not saved"), as_list=True)

    def problems(self) -> Iterator[Refusal]:
        """What the engine could not read of this document, or refuses where it is entered."""
        unreadable = list(doctypes.unreadable(doctypes.RECORDS[self.doctype], self))
        yield from unreadable
        if not unreadable and not self.flags.written_with_plan:
            yield from self._refused_now()

    def refusals(self, record: Any) -> Iterator[Refusal]:
        """What is refused where the record is entered."""
        return entry.refusals(record)

    def _refused_now(self) -> Iterator[Refusal]:
        """What is refused of what this save changes: what came with a plan file may stay as it is."""
        record, old = doctypes.record_of(self), self.get_doc_before_save()
        refusals = list(self.refusals(record))
        stored = doctypes.record_of(old) if refusals and old else None
        known = {refusal.field for refusal in self.refusals(stored)} if stored else set()
        for refusal in refusals:
            place = refusal.table or refusal.field
            unchanged = stored and getattr(stored, place) == getattr(record, place)
            if not (unchanged and refusal.field in known):
                yield refusal

    def _told(self, problem: Refusal) -> str:
        place = [_(self.doctype), escape_html(self.name)]
        fields = specs(doctypes.RECORDS[self.doctype])
        if problem.table:
            table = fields[problem.table]
            place.append(_("{0}, row {1}").format(_(table.label), problem.row))
            fields = specs(table.row)
        is_of_model = problem.field in fields  # not so the plan of a part
        place.append(_(fields[problem.field].label if is_of_model else self.meta.get_label(problem.field)))
        fix = site_numbers.with_example(problem.fix)
        return f"{' · '.join(place)}: {told_html(problem.message)} {told_html(fix)}"


class Record(ModelDocument):
    """A record that several plans can share, or a plan. Its name is its id."""

    def autoname(self) -> None:
        """A name made from the title where the site wants that; else the next of the series that nobody has taken."""
        if not self.name and self.doctype != doctypes.PLAN and _names_from_titles():
            self.name = id_from(self.title or "", lambda name: bool(frappe.db.exists(self.doctype, name)))
        while not self.name or frappe.db.exists(self.doctype, self.name):
            set_name_from_naming_options(self.meta.autoname, self)

    def problems(self) -> Iterator[Refusal]:
        yield from _key_problems(self.name)
        yield from super().problems()

    def before_rename(self, *args: Any) -> NoReturn:
        frappe.throw(
            _("{0} keeps its ID, because plans and seals refer to it.").format(escape_html(self.name))
        )

    after_rename = before_rename


class Part(ModelDocument):
    """A record that belongs to one plan, and is changed while that is a draft."""

    def before_validate(self) -> None:
        super().before_validate()
        part_guards.guard_part(self)

    def on_trash(self) -> None:
        super().on_trash()
        part_guards.guard_plan_is_draft(self.plan)
        authorship.note(self.plan)
        living_guards.let_go(self.doctype, [self.name])

    def problems(self) -> Iterator[Refusal]:
        yield from super().problems()
        if not self.plan:
            yield Refusal("plan", say(N_("This is missing.")), say(N_("Fill it in.")))
        for name, spec in specs(doctypes.RECORDS[self.doctype]).items():
            for linked in _linked(self, name, spec) if doctypes.is_part(spec) else ():
                yield from self._foreign(name, spec, linked)

    def _foreign(self, field: str, spec: Spec, linked: str) -> Iterator[Refusal]:
        doctype = doctypes.DOCTYPES[spec.target]
        if COLLECTIONS[spec.target].is_of_lineage:
            if self.flags.written_with_plan:
                return  # its links were checked, and registers are written after the parts
            holder = frappe.db.get_value(doctype, linked, "lineage")
            own = frappe.db.get_value(doctypes.PLAN, self.plan, "lineage")
        else:
            holder, own = frappe.db.get_value(doctype, linked, "plan"), self.plan
        if holder != own:
            yield _foreign(field, doctype, linked, called(doctypes.PLAN, self.plan))

    before_rename = after_rename = Record.before_rename


class _Named(ModelDocument):
    """A record with an id in what holds it: a plan or a lineage."""

    held_by = "plan"
    """The field that names what holds it."""

    def autoname(self) -> None:
        if not self.id:
            self.id = self._next_id()
        self.name = doctypes.part_name(self.get(self.held_by), self.id)

    def _next_id(self) -> str:
        holder = self.get(self.held_by) or ""
        taken = frappe.get_all(self.doctype, {self.held_by: holder}, pluck="id")
        return next_id(doctypes.COLLECTION_OF[self.doctype], self.title or "", holder, taken)

    def problems(self) -> Iterator[Refusal]:
        yield from _key_problems(self.id)
        if len(self.name) > NAME_LENGTH:
            yield Refusal(
                "id",
                say(N_("Plan and ID together are {0} characters long."), len(self.name)),
                say(N_("Use at most {0} characters."), NAME_LENGTH),
            )
        yield from super().problems()


class NamedPart(_Named, Part):
    """A record that belongs to one plan and has an id there."""


class Living(ModelDocument):
    """A record that belongs to a lineage, and is written by whom it is about while the plan lives."""

    def before_validate(self) -> None:
        living_guards.settle_lineage(self)
        super().before_validate()
        self.refuse_problems()
        if not self.flags.kept_by_server:  # out of the reach of any request
            self.guard()

    def on_trash(self) -> None:
        super().on_trash()
        self.guard_deletion()

    def guard(self) -> None:
        living_guards.guard(self)

    def guard_deletion(self) -> None:
        living_guards.guard(self)

    def problems(self) -> Iterator[Refusal]:
        yield from super().problems()
        if living_guards.lacks_lineage(self):
            yield Refusal("lineage", say(N_("This is missing.")), say(N_("Fill it in.")))
        for field, doctype, linked in living_guards.foreign_links(self):
            yield _foreign(field, doctype, linked, called(doctypes.LINEAGE, self.lineage))

    def before_rename(self, *args: Any) -> None:
        if not frappe.flags.sm_planner_migrating:  # out of the reach of any request
            Record.before_rename(self)

    after_rename = before_rename


class Register(_Named, Living):
    """A record of a register: what is being worked on."""

    held_by = "lineage"

    def autoname(self) -> None:
        living_guards.settle_lineage(self)
        super().autoname()

    def problems(self) -> Iterator[Refusal]:
        """It cannot name itself: by name, as what belongs to a lineage is linked."""
        yield from super().problems()
        for field, spec in specs(doctypes.RECORDS[self.doctype]).items():
            if spec.unlike == "id" and doctypes.is_part(spec) and self.name in _linked(self, field, spec):
                yield Refusal(
                    field, say(N_("This is the record itself.")), say(N_("Choose another one, or none."))
                )


class Fact(Living):
    """Something that happened: added, and corrected only by who entered it, while it is fresh."""

    def before_validate(self) -> None:
        super().before_validate()
        if self.flags.kept_by_server:
            return
        if not self.is_new():
            self.guard_correction()
        self.mark_entered()
        if not self.flags.written_with_plan:  # which brings only what is not there yet
            living_guards.refuse_twice(self)

    def guard_deletion(self) -> None:
        super().guard_deletion()
        self.guard_correction()

    def guard_correction(self) -> None:
        living_guards.guard_correction(self)

    def mark_entered(self) -> None:
        living_guards.mark_entered(self)


class Row(WithNumbers):
    """A row of a document. It is read and changed with its document, never by itself.

    Frappe writes the rows of a document without these hooks, so that they run for direct access only.
    """

    def refuse(self, *args: Any) -> NoReturn:
        frappe.throw(
            _("Rows of {0} can only be changed in the document that holds them.").format(_(self.doctype)),
            frappe.PermissionError,
        )

    before_insert = before_validate = validate = before_save = refuse
    before_submit = before_cancel = before_discard = before_update_after_submit = refuse
    before_rename = after_rename = on_trash = refuse

    def has_permission(self, permtype: str = "read", *, debug: bool = False, user: str | None = None) -> bool:
        """Who may read the document may read its rows."""
        if self.flags.ignore_permissions:
            return True
        return frappe.get_doc(self.parenttype, self.parent).has_permission(permtype, debug=debug, user=user)


def _linked(doc: Document, field: str, spec: Spec) -> list[str]:
    """The names of what a document links to by a field of one link or of several."""
    value = doc.get(field)
    named = [row.record for row in value or ()] if spec.kind == "links" else [value]
    return list(filter(None, named))


def _foreign(field: str, doctype: str, linked: str, plan: str) -> Refusal:
    """linked: the name of a document; what it is called is for who may read it."""
    shown = called(doctype, linked) if frappe.has_permission(doctype, "read", linked) else linked
    return Refusal(
        field,
        say(N_("“{0}” does not belong to the plan “{1}”."), shown, plan),
        say(N_("Choose one that belongs to this plan.")),
    )


def next_id(collection: str, title: str, holder: str, taken: Collection[str]) -> str:
    """The id that a record gets in its plan, or lineage: made from its title where the site wants that, else the next of the
    series. taken: those that are there."""
    known = {id.upper() for id in taken}
    room = min(NAME_LENGTH - len(doctypes.part_name(holder, "")), KEY_LENGTH)
    if _names_from_titles() and (made := id_from(title, lambda id: id.upper() in known, room)):
        return made
    series, number = COLLECTIONS[collection].series, len(known) + 1
    while f"{series}-{number:02}" in known:
        number += 1
    return f"{series}-{number:02}"


def _names_from_titles() -> bool:
    """Whether the site wants names that say what a record is."""
    return frappe.db.get_single_value(doctypes.SETTINGS, "record_names") == "Title"


def _key_problems(id: str | None) -> Iterator[Refusal]:
    key = Spec("key", N_("ID"))
    try:
        parse(key, id or "")
    except ValueProblem as problem:
        yield Refusal("id", problem.message, problem.fix)
