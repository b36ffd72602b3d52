"""Several records of a kind added to a plan at once, as rows of a table: all of them, or none.

What the rows mean is read by :mod:`sm_planner.engine.typed`; every record is then made as a document of its own, by the rights of the
user, so that the controllers refuse what they always refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, get_system_timezone

from sm_planner.adapters import plan_reader
from sm_planner.adapters.guards import part_guards
from sm_planner.adapters.guards.request_parts import parsed
from sm_planner.adapters.site import doctypes, locks, site_numbers
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN, SHARED
from sm_planner.adapters.site.presentation import reasons, told, told_html
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.values import clean
from sm_planner.engine.texts import N_, say
from sm_planner.engine.typed import several
from sm_planner.engine.typed.names import Names
from sm_planner.engine.typed.several import MOST, CellProblem, Several
from sm_planner.engine.typed.sheets import SHEETS, Sheet
from sm_planner.engine.typed.written import Writing, order_of

Cells = dict[str, str]
HOLDER = "agreement"
"""What is given beside the rows where these are rows of one record: its name."""


def add(plan_name: str, collection: str, rows: Any, values: Any) -> dict[str, Any]:
    """Make a record of each row, bring it into the scope of the plan, and answer with the ``names`` of the documents.

    rows: a list, or JSON, of column → text. values: field → text for all rows. ``made``: what cells named and was not there, as
    ``doctype``, ``name`` and ``title``. Where anything is wrong, nothing is made; the answer then has the ``problems``, each with
    ``row``, ``column`` and ``message``.
    """
    sheet = sheet_of(collection)
    if not sheet.table:
        frappe.has_permission(DOCTYPES[sheet.collection], "create", throw=True)
    written, beside = rows_of_cells(rows), _cells(values)
    if sheet.collection == "calendars":
        beside.setdefault("timezone", get_system_timezone())
    if COLLECTIONS[sheet.collection].is_of_lineage:
        locks.plan(plan_name, "state")
    else:
        part_guards.guard_plan_is_draft(plan_name)  # which locks it, before anything else is read
    plan = plan_reader.load(plan_name)
    holder = _holder(plan, sheet, beside)
    named = {sheet.collection: set(), **several.mentioned(sheet, written, beside)}
    read = several.read_rows(sheet, written, beside, names_of(plan, named), writing())
    problems = [*read.problems, *_without_account(sheet, read)]
    if problems:
        _refuse(sheet, problems)
    if not read.records:
        frappe.throw(_("Nothing is written in the table yet."))
    with locks.all_or_nothing():
        return _made(plan, sheet, read, holder)


def sheet_of(collection: str) -> Sheet:
    """The table in which records of a collection are added."""
    if collection not in SHEETS:
        frappe.throw(_("“{0}” cannot be added several at a time.").format(escape_html(collection)))
    return SHEETS[collection]


def writing() -> Writing:
    """How the user of the session writes."""
    return Writing(_, order_of(frappe.utils.get_user_date_format()), site_numbers.signs()[1] == ",")


def names_of(plan: Plan, wanted: Mapping[str, set[str]]) -> Names:
    """What can be named: the records of the plan, and those that several plans share and that the user may read.

    wanted: collection → what is written; only what is called so is looked for outside of the plan.
    """
    inside = {target: {one.id: one.title for one in getattr(plan, target)} for target in wanted}
    outside = {
        target: found
        for target, texts in wanted.items()
        if target in SHARED and (found := _elsewhere(target, texts, inside[target]))
    }
    return Names(inside, outside)


def _elsewhere(target: str, texts: set[str], inside: Mapping[str, str]) -> dict[str, str]:
    return {name: title for name, title in called_so(target, texts, {}).items() if name not in inside}


def called_so(target: str, texts: set[str], held: Mapping[str, str]) -> dict[str, str]:
    """Name → title of the documents of a collection that the user may read and that are called so, by title or name.

    held: to what they have to belong.
    """
    doctype = DOCTYPES[target]
    if not texts or not frappe.has_permission(doctype, "read"):
        return {}
    by_id = "name" if target in SHARED else "id"
    found = frappe.get_list(
        doctype,
        filters=dict(held),
        or_filters={by_id: ("in", sorted(texts)), "title": ("in", sorted(texts))},
        fields=["name", "title"],
        order_by="name asc",
        limit_page_length=0,
    )
    return {row.name: row.title or "" for row in found}


def rows_of_cells(rows: Any, most: int = MOST) -> list[Cells]:
    """Rows of column → text as a request brings them: a list, or JSON of one."""
    given = parsed(rows)
    if not isinstance(given, list):
        frappe.throw(_("The rows are not in a form that can be read."))
    if len(given) > most:
        frappe.throw(_("Add at most {0} at once.").format(most))
    return [_cells(row) for row in given]


def _cells(cells: Any) -> Cells:
    given = parsed(cells) or {}
    if not isinstance(given, dict):
        frappe.throw(_("The rows are not in a form that can be read."))
    return {str(name): "" if text is None else str(text) for name, text in given.items()}


def _holder(plan: Plan, sheet: Sheet, beside: Cells) -> str:
    """The record whose rows are added, by its name; empty where records are."""
    if not sheet.table:
        return ""
    name = beside.pop(HOLDER, "")
    if plan.get(sheet.collection, name) is None:
        frappe.throw(_("Choose the agreement whose targets these are."))
    return name


def _without_account(sheet: Sheet, read: Several) -> Iterator[CellProblem]:
    """People whose account is not on the site. Their document would be refused, without saying where."""
    if sheet.collection != "people":
        return
    accounts = {number: clean(one.user) for number, one in read.records.items() if one.user}
    known = frappe.get_all(
        "User", {"name": ("in", list(accounts.values()))}, pluck="name", order_by="name asc"
    )
    known = {name.casefold() for name in known}
    for number, account in accounts.items():
        if account.casefold() not in known:
            yield CellProblem(
                number,
                "user",
                say(N_("There is no account “{0}” on this site."), account),
                say(N_("Leave the cell empty: a person needs an account only to confirm, approve or sign.")),
            )


def _made(plan: Plan, sheet: Sheet, read: Several, holder: str) -> dict[str, Any]:
    problems: list[CellProblem] = []
    ids, made = {}, []
    for wanted in read.wanted:
        document = _new(
            plan, wanted.collection, COLLECTIONS[wanted.collection].record(id="", title=str(wanted))
        )
        document.insert()
        ids[several.key_of(wanted)] = document.name
        made.append({"doctype": document.doctype, "name": document.name, "title": document.title})
    records = {number: several.with_made(record, ids) for number, record in read.records.items()}
    if holder:
        return {"names": [_with_rows(sheet, holder, records)], "made": made}
    names = []
    for number, record in records.items():
        with _told_of(number, problems):
            names.append(_new(plan, sheet.collection, record).insert().name)
    if problems:
        _refuse(sheet, problems)
    if sheet.collection in SHARED:
        _bring_into_scope(plan.id, sheet.collection, names)
    return {"names": names, "made": made}


def _new(plan: Plan, collection: str, record: Any) -> Document:
    """The document of a record, not stored yet."""
    values = doctypes.write(doctypes.with_names(record, plan.id, plan.lineage))
    held = {} if collection in SHARED else {"plan": plan.id}
    if COLLECTIONS[collection].is_of_lineage:
        held = {"lineage": plan.lineage}
    return frappe.get_doc({"doctype": DOCTYPES[collection], **held, **values})


def _with_rows(sheet: Sheet, holder: str, records: Mapping[int, Any]) -> str:
    """Add rows to a document that is there; its name."""
    document = frappe.get_doc(DOCTYPES[sheet.collection], holder, for_update=True)
    for record in records.values():
        document.append(sheet.table, doctypes.write(record))
    document.save()
    return document.name


def _bring_into_scope(plan_name: str, collection: str, names: list[str]) -> None:
    """Name new records in the scope of a plan, as the user."""
    document = frappe.get_doc(PLAN, plan_name, for_update=True)
    for name in names:
        document.append("scope", {"record_type": DOCTYPES[collection], "record": name})
    document.save()


@contextmanager
def _told_of(number: int, problems: list[CellProblem]) -> Iterator[None]:
    """Keep what a document refuses as a problem of its row, so that all rows are told of together."""
    said = len(frappe.local.message_log)
    try:
        with locks.all_or_nothing():
            yield
    except (frappe.PermissionError, *locks.LOST):
        raise
    except frappe.ValidationError as error:
        why = " ".join(reasons(error))
        del frappe.local.message_log[said:]
        problems.append(CellProblem(number, "", say("{0}", why), say("")))


def _refuse(sheet: Sheet, problems: list[CellProblem]) -> NoReturn:
    """Say what is wrong, and hand it to the table in which it is shown."""
    frappe.local.response["problems"] = [
        {
            "row": one.row,
            "column": one.column,
            "message": f"{told(one.message)} {told(one.fix)}".strip(),
        }
        for one in problems
    ]
    frappe.throw([_line(sheet, one) for one in problems], title=_("This was not saved"), as_list=True)


def _line(sheet: Sheet, problem: CellProblem) -> str:
    where = _("Row {0}").format(problem.row)
    if problem.column:
        where = f"{where}, {escape_html(_(several.label_of(sheet, problem.column)))}"
    return f"{where}: {told_html(problem.message)} {told_html(problem.fix)}".strip()
