"""What a site keeps of the sign-off of a lineage, as the engine compares it: versions, seals, and the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import frappe

from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.doctypes import COLLECTION_OF, DOCTYPES, EVENT, PLAN, SCOPE, SEAL, SIGNER
from sm_planner.engine.model.lineage import Record, Version


def of(plan: str, lineage: str) -> Record:
    """The record of a lineage, as one plan names it. A plan whose lineage was changed is looked for by its name too.

    Asks for no permission: whoever may read a version may read what its sign-off rests on.
    """
    return of_lineage(lineage, *_named(SEAL, plan), *_named(EVENT, plan))


def of_lineage(*lineages: str) -> Record:
    """The record of these lineages."""
    named = {*lineages} - {""}
    return Record(
        versions=_read({"lineage": ("in", sorted(named))}) if named else (),
        seals=stored_records.seals(*named) if named else (),
        events=sign_off_events.of_lineages(named),
    )


def envelope_of(plan: str) -> str:
    """What the log keeps of a plan that is put before its sponsor."""
    (version,) = _read({"name": plan})
    return version.envelope


def _named(doctype: str, plan: str) -> list[str]:
    """The lineages that evidence about a plan has."""
    found = frappe.get_all(doctype, {"plan": plan}, pluck="lineage", distinct=True, order_by="lineage asc")
    return [lineage or "" for lineage in found]


def _read(filters: dict[str, object]) -> tuple[Version, ...]:
    plans = frappe.get_all(
        PLAN,
        filters,
        ["name", "lineage", "version", "state", "docstatus", "plan_owner", "executive_sponsor"],
        order_by="version asc, name asc",
    )
    names = [plan.name for plan in plans]
    scope = _rows(SCOPE, names, "record_type", "record")
    signers = _rows(SIGNER, names, "person")
    people = {
        plan.name: {plan.plan_owner, plan.executive_sponsor, *(person for (person,) in signers[plan.name])}
        for plan in plans
    }
    accounts = _accounts({person for named in people.values() for person in named if person})
    return tuple(
        Version(
            plan=plan.name,
            lineage=plan.lineage or "",
            version=plan.version or 0,
            state=plan.state or "",
            docstatus=plan.docstatus,
            scope=frozenset((COLLECTION_OF.get(kind, kind or ""), id or "") for kind, id in scope[plan.name]),
            accounts={person: accounts[person] for person in people[plan.name] if person in accounts},
        )
        for plan in plans
    )


def _rows(doctype: str, plans: list[str], *columns: str) -> dict[str, list[tuple[str, ...]]]:
    """Plan → what its rows of a table have in these columns."""
    found = defaultdict(list)
    if plans:
        for row in frappe.get_all(
            doctype,
            {"parenttype": PLAN, "parent": ("in", plans)},
            ["parent", *columns],
            order_by="parent asc, idx asc",
        ):
            found[row.parent].append(tuple(row[column] for column in columns))
    return found


def _accounts(people: Collection[str]) -> dict[str, str]:
    """Person → user account, empty for who has none."""
    found = frappe.get_all(
        DOCTYPES["people"], {"name": ("in", sorted(people))}, ["name", "user"], order_by="name asc"
    )
    return {person.name: person.user or "" for person in found}
