"""What the controllers of the DocTypes are made of: records, parts of one plan, and rows."""

from collections.abc import Iterator
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import set_name_from_naming_options
from frappe.utils import escape_html

from sm_planner.adapters import doctypes, guards, locks
from sm_planner.adapters.doctypes import Problem
from sm_planner.adapters.presentation import told_html
from sm_planner.engine.fields import Spec, specs
from sm_planner.engine.texts import N_, say
from sm_planner.engine.values import ValueProblem, parse

NAME_LENGTH = 140
"""Characters in the name of a document."""


class ModelDocument(Document):
    """A document whose fields are those of a class of the model."""

    def before_validate(self) -> None:
        guards.refuse_link()
        guards.refuse_hidden(self)
        guards.refuse_foreign_rows(self)

    def on_trash(self) -> None:
        guards.refuse_link()

    def load_from_db(self) -> "ModelDocument":
        """Frappe locks here what it is about to change."""
        with locks.in_words(self.name or ""):
            return super().load_from_db()

    def before_discard(self) -> NoReturn:
        """Frappe 16 has drafts cancelled by whoever may write them."""
        frappe.throw(_("What is not wanted is deleted, not discarded."))

    def validate(self) -> None:
        problems = list(self.problems())
        if problems:
            told = [self._told(problem) for problem in problems]
            frappe.throw(told, title=_("This cannot be saved"), as_list=True)

    def problems(self) -> Iterator[Problem]:
        """What the engine could not read of this document. Puts every value into its one form."""
        yield from doctypes.normalise(doctypes.RECORDS[self.doctype], self)

    def _told(self, problem: Problem) -> str:
        place = [_(self.doctype), escape_html(self.name)]
        if problem.table:
            place.append(_("{0}, row {1}").format(_(problem.table), problem.row))
        place.append(_(problem.label))
        return f"{' · '.join(place)}: {told_html(problem.message)} {told_html(problem.fix)}"


class Record(ModelDocument):
    """A record that several plans can share, or a plan. Its name is its id."""

    def autoname(self) -> None:
        """The next name of the series that no import has taken."""
        while not self.name or frappe.db.exists(self.doctype, self.name):
            set_name_from_naming_options(self.meta.autoname, self)

    def problems(self) -> Iterator[Problem]:
        yield from _key_problems(self.name)
        yield from super().problems()

    def before_rename(self, *args: Any) -> NoReturn:
        frappe.throw(_("{0} keeps its ID: plans and seals know it by that.").format(escape_html(self.name)))

    after_rename = before_rename


class Part(ModelDocument):
    """A record that belongs to one plan, and is changed while that is a draft."""

    def before_validate(self) -> None:
        super().before_validate()
        guards.guard_part(self)

    def on_trash(self) -> None:
        super().on_trash()
        guards.guard_plan_is_draft(self.plan)
        guards.note_contributor(self.plan)

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        for name, spec in specs(doctypes.RECORDS[self.doctype]).items():
            if doctypes.is_part(spec) and self.get(name):
                yield from self._foreign(spec, self.get(name))

    def _foreign(self, spec: Spec, linked: str) -> Iterator[Problem]:
        if frappe.db.get_value(doctypes.DOCTYPES[spec.target], linked, "plan") != self.plan:
            yield Problem(
                spec.label,
                say(N_("“{0}” is not in the plan {1}."), linked, self.plan),
                say(N_("Choose one of this plan.")),
            )

    before_rename = after_rename = Record.before_rename


class NamedPart(Part):
    """A record that belongs to one plan and has an id there."""

    series: str
    """What the ids begin with that are given to records without one."""

    def autoname(self) -> None:
        if not self.id:
            self.id = self._next_id()
        self.name = doctypes.part_name(self.plan, self.id)

    def _next_id(self) -> str:
        taken = {id.upper() for id in frappe.get_all(self.doctype, filters={"plan": self.plan}, pluck="id")}
        number = len(taken) + 1
        while f"{self.series}-{number:02}" in taken:
            number += 1
        return f"{self.series}-{number:02}"

    def problems(self) -> Iterator[Problem]:
        yield from _key_problems(self.id)
        if len(self.name) > NAME_LENGTH:
            yield Problem(
                "ID",
                say(N_("Plan and ID together have {0} characters."), len(self.name)),
                say(N_("Use at most {0}."), NAME_LENGTH),
            )
        yield from super().problems()


class Row(Document):
    """A row of a document. It is read and changed with its document, never by itself.

    Frappe writes the rows of a document without these hooks, so that they run for direct access only.
    """

    def refuse(self, *args: Any) -> NoReturn:
        frappe.throw(
            _("Rows of {0} are changed in the document that holds them.").format(_(self.doctype)),
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


def _key_problems(id: str | None) -> Iterator[Problem]:
    key = Spec("key", N_("ID"))
    try:
        parse(key, id or "")
    except ValueProblem as problem:
        yield Problem(key.label, problem.message, problem.fix)
