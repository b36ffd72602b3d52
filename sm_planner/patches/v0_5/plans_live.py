"""Each version of a plan had registers and facts of its own until 0.4; now they belong to its lineage.

- Lineages become documents; the next review moves to them from the newest version that has one, the one in force first.
- Improvements and waivers that bear one id in several versions become one entry of the register: as the newest version has
  it, with the state and the result of the one in force where that is further. What another version said stands in a
  comment; comments, files, assignments and tags of all of them go with it. An improvement that was open and that only
  superseded versions have is rejected: the plan has dropped it.
- Measurements, evidence and acknowledgements become facts. Of two for one day, that of the version in force stands, with
  the other in a comment.
- A plan that waits for its sponsor gets the snapshot of its registers; signatures given so far count no more, because
  they were given for another form of the content.

The columns that held this are emptied, the tables of rows that are no more are dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.rename_doc import rename_doc
from frappe.utils import get_system_timezone

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import approvals
from sm_planner.adapters.evidence.keeping import flag
from sm_planner.adapters.site import doctypes, lineages, stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES, LINEAGE, PLAN
from sm_planner.adapters.site.presentation import full_name
from sm_planner.engine.approval import what
from sm_planner.engine.approval.waivers import APPROVED, REQUESTED
from sm_planner.engine.model import COLLECTIONS, vocabulary
from sm_planner.engine.model.approvals import APPROVE
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.states import ACTIVE, TO_SIGN
from sm_planner.engine.sealing import canonical

WAIVER = DOCTYPES["waivers"]

REGISTERS = ("improvements", "waivers")
"""What was a register when this was written."""

GONE = ("SM Agreement Measurement", "SM Commitment Evidence")
"""DocTypes of rows that are no more."""


def execute() -> None:
    versions = _versions()
    for lineage in dict.fromkeys(versions[plan].lineage for plan in versions):
        lineages.keep(lineage)
    _move_reviews(versions)
    with flag("sm_planner_migrating", True):
        for collection in REGISTERS:
            _move_register(collection, versions)
    _move_measurements(versions)
    _move_evidence(versions)
    _move_acknowledgements()
    _approve_what_was_signed(versions)
    for plan in versions:
        if versions[plan].state == TO_SIGN and not versions[plan].frozen:
            frozen = canonical.frozen(plan_reader.load(plan))
            frappe.db.set_value(PLAN, plan, "frozen", frozen, update_modified=False)
    for doctype in GONE:
        frappe.db.sql_ddl(frappe.qb.drop_table(f"tab{doctype}").if_exists().get_sql())


def _versions() -> dict[str, Any]:
    """Name of a plan → the plan, the newest first, those in force before the others."""
    found = frappe.get_all(
        PLAN,
        fields=["name", "lineage", "version", "state", "frozen"],
        order_by="lineage asc, version desc",
    )
    return {plan.name: plan for plan in sorted(found, key=lambda plan: plan.state != ACTIVE)}


def _stored(doctype: str, where: str) -> list[Any]:
    """The rows of a table as they are, whatever the model says of them; none where it has no such column."""
    if not frappe.db.table_exists(doctype) or not frappe.db.has_column(doctype, where):
        return []
    table = frappe.qb.DocType(doctype)
    return (
        frappe.qb.from_(table).select("*").where(table[where].isnotnull()).orderby("name").run(as_dict=True)
    )


def _empty(doctype: str, column: str) -> None:
    if frappe.db.has_column(doctype, column):
        table = frappe.qb.DocType(doctype)
        frappe.qb.update(table).set(table[column], None).where(table[column].isnotnull()).run()


def _move_reviews(versions: dict[str, Any]) -> None:
    planned = {plan.name: plan.next_review for plan in _stored(PLAN, "next_review")}
    for plan in reversed(versions.values()):  # the one in force, and the newest, have the last word
        if plan.name in planned:
            frappe.db.set_value(
                LINEAGE, plan.lineage, "next_review", planned[plan.name], update_modified=False
            )
    _empty(PLAN, "next_review")


def _move_register(collection: str, versions: dict[str, Any]) -> None:
    doctype = DOCTYPES[collection]
    entries: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in _stored(doctype, "plan"):
        if row.plan in versions:
            entries[versions[row.plan].lineage, row.id.casefold()].append(row)
    for (lineage, _id), rows in entries.items():
        rows.sort(key=lambda row: -versions[row.plan].version)
        _join(collection, lineage, rows, versions)
    _empty(doctype, "plan")


def _join(collection: str, lineage: str, rows: list[Any], versions: dict[str, Any]) -> None:
    """Make one entry of those that bear one id. rows: the newest version first."""
    doctype, columns = DOCTYPES[collection], doctypes.columns(COLLECTIONS[collection].record)
    newest = rows[0]
    name = doctypes.part_name(lineage, newest.id)
    kept = {"plan": newest.plan, **{column: newest.get(column) for column in columns}}
    in_force = next((row for row in rows if versions[row.plan].state == ACTIVE), None)
    if collection == "improvements" and in_force:
        kept |= _further(newest, in_force)
    last = max(plan.version for plan in versions.values() if plan.lineage == lineage)
    is_dropped = versions[newest.plan].version < last
    if collection == "improvements" and is_dropped and not in_force and kept["status"] != vocabulary.CLOSED:
        kept["status"] = vocabulary.REJECTED
    base = next((row for row in rows if row.name == name), newest)
    if base.name != name:
        rename_doc(doctype, base.name, name, **_SILENT)
    for row in rows:
        if row is not base:
            rename_doc(doctype, row.name, name, merge=True, **_SILENT)
    frappe.db.set_value(
        doctype,
        name,
        {**{column: kept[column] for column in columns}, "id": newest.id, "lineage": lineage},
        update_modified=False,
    )
    if is_dropped:
        _comment(
            doctype,
            name,
            _("Version {0} had this, and version {1} no more.").format(versions[newest.plan].version, last),
        )
    for row in rows:
        said = [*_differences(COLLECTIONS[collection].record, row, kept)]
        if said:
            _comment(
                doctype, name, _("Version {0} had: {1}").format(versions[row.plan].version, "; ".join(said))
            )


_SILENT: dict[str, Any] = {
    "force": True,
    "ignore_permissions": True,  # a migration acts for nobody
    "show_alert": False,
    "rebuild_search": False,
}


def _further(newest: Any, in_force: Any) -> dict[str, Any]:
    """State and result of an improvement: those of the version in force where it has come further."""
    order = vocabulary.IMPROVEMENT_STATES
    states = max((newest.status or order[0], in_force.status or order[0]), key=order.index)
    results = [in_force.benefit_actual, newest.benefit_actual]
    return {"status": states, "benefit_actual": next((one for one in results if one is not None), None)}


def _differences(record_class: type, row: Any, kept: dict[str, Any]) -> Iterator[str]:
    for field, spec in specs(record_class).items():
        column = doctypes.fieldname(field)
        same_part = doctypes.is_part(spec) and _id(row, row.get(column)) == _id(kept, kept.get(column))
        if column in kept and row.get(column) not in (None, "", kept[column]) and not same_part:
            yield f"{_(spec.label)}: {row[column]}"


def _id(row: Any, name: str | None) -> str:
    """The id in its plan of a part that a row links to."""
    return (name or "").removeprefix(doctypes.part_name(row.get("plan") or "", ""))


def _comment(doctype: str, name: str, text: str) -> None:
    frappe.get_doc(doctype, name).add_comment("Comment", frappe.utils.escape_html(text))


def _move_measurements(versions: dict[str, Any]) -> None:
    known: dict[tuple[str, str, Any], tuple[str, Any]] = {}
    objectives = _parts("objectives", versions)
    for row in _in_order(_rows("SM Measurement", DOCTYPES["objectives"]), objectives, versions):
        objective = objectives[row.parent]
        key = (versions[objective.plan].lineage, objective.id, row.day)
        if key in known:
            _tell_other(*known[key], row, versions[objective.plan].version)
            continue
        values = {"objective": row.parent, "day": row.day, "value": row.value, "evidence": row.evidence}
        made = _fact("measurements", row, key[0], values, objective.objective_owner)
        known[key] = (made, row)
    _delete_rows("SM Measurement")
    agreements = _owners("agreements", "agreement_owner")
    for row in _rows("SM Agreement Measurement", DOCTYPES["agreements"]):
        about = {"agreement": row.parent, "metric": row.metric, "priority": row.priority}
        values = {**about, "day": row.day, "value": row.value}
        _fact("measurements", row, None, values, agreements.get(row.parent))


def _move_evidence(versions: dict[str, Any]) -> None:
    commitments, known = _parts("commitments", versions), set()
    rows = _rows("SM Commitment Evidence", DOCTYPES["commitments"])
    for row in _in_order(rows, commitments, versions):
        commitment = commitments[row.parent]
        lineage = versions[commitment.plan].lineage
        key = (lineage, commitment.id, row.day, row.kind, row.reference or "")
        if key not in known:
            known.add(key)
            values = {"commitment": row.parent, "day": row.day, "kind": row.kind, "reference": row.reference}
            _fact("evidence", row, lineage, values, commitment.person)


def _move_acknowledgements() -> None:
    known = set()
    for row in _stored("SM Role Holder", "acknowledged"):
        key = (row.parent, row.person, row.acknowledged)
        if key not in known:
            known.add(key)
            values = {"person": row.person, "role": row.parent, "day": row.acknowledged}
            _fact("acknowledgements", row, None, values, row.person)
    _empty("SM Role Holder", "acknowledged")


def _approve_what_was_signed(versions: dict[str, Any]) -> None:
    """A waiver with an approver that stands in a signed version as it is now was approved with it, on that day."""
    for waiver in frappe.get_all(WAIVER, {"status": ("in", ("", REQUESTED))}, ["name", "id", "lineage"]):
        plans = [plan for plan in versions.values() if plan.lineage == waiver.lineage]
        seals = stored_records.seals(waiver.lineage)
        document = frappe.get_doc(WAIVER, waiver.name)
        record = doctypes.record_of(document)
        signed = seals[-1] if plans and seals else None
        if not signed or not record.approver or not record.expires:
            continue
        held = canonical.read(signed.content).get("registers", {}).get("waivers", [])
        if canonical.record_content(record) in held and not frappe.db.exists(
            DOCTYPES["approvals"], {"lineage": waiver.lineage, "entry": waiver.id}
        ):
            approvals.keep(
                waiver.lineage,
                "waivers",
                waiver.id,
                act=APPROVE,
                person=record.approver,
                day=signed.signed_on(get_system_timezone()),
                until=record.expires,
                what=what(record),
                reason=_("Signed with version {0}.").format(signed.version),
            )
            frappe.db.set_value(WAIVER, waiver.name, "status", APPROVED, update_modified=False)
    for waiver in frappe.get_all(WAIVER, {"status": ("is", "not set")}, pluck="name", order_by="name asc"):
        frappe.db.set_value(WAIVER, waiver, "status", REQUESTED, update_modified=False)


def _rows(doctype: str, parenttype: str) -> list[Any]:
    return [row for row in _stored(doctype, "parent") if row.parenttype == parenttype]


def _delete_rows(doctype: str) -> None:
    if frappe.db.has_column(doctype, "parenttype"):
        table = frappe.qb.DocType(doctype)
        frappe.qb.from_(table).delete().where(table.parenttype.isnotnull() & (table.parenttype != "")).run()


def _parts(collection: str, versions: dict[str, Any]) -> dict[str, Any]:
    """The parts of plans, by the names of their documents."""
    fields = ["name", "id", "plan", *(("objective_owner",) if collection == "objectives" else ("person",))]
    found = frappe.get_all(DOCTYPES[collection], fields=fields)
    return {part.name: part for part in found if part.plan in versions}


def _in_order(rows: list[Any], parts: dict[str, Any], versions: dict[str, Any]) -> list[Any]:
    """The rows of parts that there are: those of the version in force first, then of the newest."""
    order = {plan: place for place, plan in enumerate(versions)}
    there = [row for row in rows if row.parent in parts]
    return sorted(there, key=lambda row: (order[parts[row.parent].plan], row.idx))


def _owners(collection: str, field: str) -> dict[str, str]:
    found = frappe.get_all(DOCTYPES[collection], fields=["name", field], order_by="name asc")
    return {row.name: row[field] for row in found}


def _fact(collection: str, row: Any, lineage: str | None, values: dict[str, Any], person: str | None) -> str:
    """Make a fact of a row, by whom and when that was entered; the name of its document."""
    account = frappe.db.get_value(DOCTYPES["people"], person, "user") if person else ""
    by = row.modified_by or row.owner
    fact = frappe.get_doc({"doctype": DOCTYPES[collection], "lineage": lineage, **values})
    fact.entered_by = "" if account and account.casefold() == by.casefold() else full_name(by)
    fact.set_new_name()
    fact.update({"owner": by, "modified_by": by, "creation": row.creation, "modified": row.modified})
    fact.db_insert()
    return fact.name


def _tell_other(fact: str, kept: Any, row: Any, version: int) -> None:
    """Keep in a comment what another version had for the same day."""
    if (row.value, row.evidence or "") != (kept.value, kept.evidence or ""):
        said = " ".join(filter(None, (str(row.value), row.evidence)))
        _comment(DOCTYPES["measurements"], fact, _("Version {0} had: {1}").format(version, said))
