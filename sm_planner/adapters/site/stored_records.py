"""Records as they stand in the database: read in bulk, one query for a DocType and one for each of its tables.

Nothing here checks permissions; :mod:`sm_planner.adapters.plan_reader` does, for the plan as a whole.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import frappe

from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.doctypes import DOCTYPES, SEAL, SETTINGS
from sm_planner.engine.model import COLLECTIONS, Agreement, Person, Settings
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.seals import Seal, from_dict
from sm_planner.engine.names import as_compared


def shared(collection: str, ids: Collection[str]) -> tuple[Any, ...]:
    """The records of a shared collection with these ids; those that do not exist are passed over."""
    return in_order(_documents(collection, {"name": ("in", sorted(ids))}).values()) if ids else ()


def parts(collection: str, plan: str) -> dict[str, Any]:
    """The records of a collection that belong to a plan, by the names of their documents."""
    return with_ids(_documents(collection, {"plan": plan}))


def every(collection: str) -> dict[str, Any]:
    """All records of a collection that the site has, by the names of their documents."""
    return with_ids(_documents(collection, {}))


def held(collection: str, holders: Collection[str]) -> dict[str, list[Any]]:
    """Plan, or lineage, → its records of a collection: of several holders at once."""
    held_by = "lineage" if COLLECTIONS[collection].is_of_lineage else "plan"
    wanted = {held_by: ("in", sorted(holders))}
    records, found = with_ids(_documents(collection, wanted)), defaultdict(list)
    for row in frappe.get_all(DOCTYPES[collection], wanted, ["name", held_by], order_by="name asc"):
        found[row[held_by]].append(records[row.name])
    return found


def living(
    collection: str, lineage: str, scope: Mapping[str, Collection[str]] = MappingProxyType({})
) -> dict[str, Any]:
    """The records of a register, or the facts, of a lineage, by the names of their documents.

    scope: collection → ids of the shared records of which facts are wanted that belong to no lineage.
    """
    hanging = _hanging(collection, scope)
    found = _documents(collection, {"lineage": lineage}, {"lineage": lineage, **hanging} if hanging else None)
    return with_ids(found)


def living_about(collection: str, names: Collection[str]) -> dict[str, Any]:
    """The facts of a collection that belong to no lineage and are about shared records, by the names of their documents."""
    hangs_on = COLLECTIONS[collection].hangs_on
    if not (hangs_on and names):
        return {}
    return with_ids(_documents(collection, {hangs_on: ("in", sorted(names))}))


def _hanging(collection: str, scope: Mapping[str, Collection[str]]) -> dict[str, Any]:
    hangs_on = COLLECTIONS[collection].hangs_on
    wanted = scope.get(specs(COLLECTIONS[collection].record)[hangs_on].target) if hangs_on else ()
    return {hangs_on: ("in", sorted(wanted))} if wanted else {}


def with_ids(found: dict[str, Any]) -> dict[str, Any]:
    """The records with the ids of what they link to, whichever version of the plan a linked document belongs to."""
    named = defaultdict(set)
    for record in found.values():
        for collection, name in doctypes.links_by_name(record):
            named[collection].add(name)
    ids = {
        (collection, row.name): row.id
        for collection, names in named.items()
        for row in frappe.get_all(
            DOCTYPES[collection], {"name": ("in", sorted(names))}, ["name", "id"], order_by="name asc"
        )
    }
    return {name: doctypes.with_ids(record, ids) for name, record in found.items()}


def titles(named: Mapping[str, Collection[str]]) -> dict[tuple[str, str], str]:
    """Collection and id of shared records, and of parts by their names → title, as far as there is one."""
    found: dict[tuple[str, str], str] = {}
    for collection, ids in named.items():
        found.update({(collection, id): id for id in ids})
        for row in frappe.get_all(
            DOCTYPES[collection], {"name": ("in", sorted(ids))}, ["name", "title"], order_by="name asc"
        ):
            found[collection, row.name] = row.title or row.name
    return found


def in_order(records: Iterable[Any]) -> tuple[Any, ...]:
    """The records in the order of their ids."""
    return tuple(sorted(records, key=lambda record: record.id))


def _documents(
    collection: str, filters: dict[str, Any], any_of: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The records of the documents that fit the filters; where any_of is given, those that fit one of these instead."""
    doctype, record_class = DOCTYPES[collection], COLLECTIONS[collection].record
    declared = specs(record_class)
    keys = ["name"] if COLLECTIONS[collection].shared or "id" not in declared else ["name", "id"]
    columns = [*keys, *doctypes.columns(record_class)]
    found = frappe.get_all(
        doctype,
        filters=None if any_of else filters,
        or_filters=any_of,
        fields=columns,
        order_by="name asc",
        as_list=True,
    )
    given: dict[str, dict[str, Any]] = {
        row[0]: {"id": row[len(keys) - 1]} if "id" in declared else {} for row in found
    }
    for field, spec in doctypes.tables(record_class).items():
        for name, rows in _rows(doctype, field, spec, list(given)).items():
            given[name][field] = tuple(rows)
    make = doctypes.by_place(record_class, columns)
    return {row[0]: make(row, **given[row[0]]) for row in found}


def _rows(doctype: str, field: str, spec: Spec, names: list[str]) -> dict[str, list[Any]]:
    """Document → what stands in a child table of it, in its order: rows, or the ids of a list of links."""
    found: dict[str, list[Any]] = defaultdict(list)
    if not names:
        return found
    columns = ["parent", *doctypes.table_columns(spec)]
    rows = frappe.get_all(
        doctypes.child_doctype(spec),
        filters={"parenttype": doctype, "parentfield": field, "parent": ("in", names)},
        fields=columns,
        order_by="parent asc, idx asc",
        as_list=True,
    )
    if spec.kind == "links":
        for parent, record in rows:
            found[parent].append(record)
        return found
    make = doctypes.by_place(spec.row, columns)
    for row in rows:
        found[row[0]].append(make(row))
    return found


def holders(collection: str, field: str, column: str, ids: Collection[str]) -> set[str]:
    """The records of a collection that have one of these ids in a column of a child table."""
    if not ids:
        return set()
    doctype, spec = DOCTYPES[collection], specs(COLLECTIONS[collection].record)[field]
    filters = {"parenttype": doctype, "parentfield": field, column: ("in", sorted(ids))}
    return set(
        frappe.get_all(doctypes.child_doctype(spec), filters=filters, pluck="parent", order_by="parent asc")
    )


def linking(collection: str, field: str, ids: Collection[str]) -> set[str]:
    """The records of a collection that link to one of these ids."""
    if not ids:
        return set()
    filters = {field: ("in", sorted(ids))}
    return set(frappe.get_all(DOCTYPES[collection], filters=filters, pluck="name", order_by="name asc"))


def within(collection: str, ids: Mapping[str, Collection[str]]) -> set[str]:
    """The records of a collection that link to something by these fields, and to nothing else by them. ids: field → those that
    it may lead to."""
    filters = {field: ("in", ["", *sorted(known)]) for field, known in ids.items()}
    some = dict.fromkeys(ids, ("is", "set"))
    return set(
        frappe.get_all(
            DOCTYPES[collection], filters=filters, or_filters=some, pluck="name", order_by="name asc"
        )
    )


def agreements_for_everything(teams: Collection[str], suppliers: Collection[str]) -> set[str]:
    """The agreements with these parties whose scope names no service and no component: they hold wherever
    their party works."""
    found = linking("agreements", "team", teams) | linking("agreements", "supplier", suppliers)
    if not found:
        return found
    filters = {"parenttype": DOCTYPES["agreements"], "parent": ("in", sorted(found))}
    places = {"service": ("is", "set"), "component": ("is", "set")}
    return found.difference(
        frappe.get_all(
            "SM Agreement Scope", filters=filters, or_filters=places, pluck="parent", order_by="parent asc"
        )
    )


def with_dependencies(services: Iterable[str]) -> set[str]:
    """The services, and all that they depend on."""
    return reached(services, _dependencies())


def with_dependents(services: Iterable[str]) -> set[str]:
    """The services, and all that depend on them."""
    return reached(services, ((beneath, above) for above, beneath in _dependencies()))


def _dependencies() -> list[tuple[str, str]]:
    """Each service with one that it depends on."""
    edges = frappe.get_all(
        "SM Service Dependency", fields=["parent", "service"], order_by="parent asc, idx asc"
    )
    return [(edge.parent, edge.service) for edge in edges]


def family(agreement: str) -> tuple[Agreement, ...]:
    """An agreement by its id, with the general ones above it, and those that these follow."""
    return shared("agreements", with_general([agreement]))


def with_general(agreements: Iterable[str]) -> set[str]:
    """The agreements, the general ones above them, and those that they follow."""
    return reached(agreements, followed())


def followed() -> list[tuple[str, str]]:
    """Each agreement with the general one above it, and with the one that it follows."""
    fields = ("general_agreement", "replaces")
    edges = frappe.get_all(
        DOCTYPES["agreements"],
        or_filters=dict.fromkeys(fields, ("is", "set")),
        fields=["name", *fields],
        order_by="name asc",
    )
    return [(edge.name, edge[field]) for edge in edges for field in fields if edge[field]]


def with_other_hours(calendars: Iterable[str]) -> set[str]:
    """The service calendars, and all whose hours count on some of their days."""
    return reached(calendars, _other_hours())


def with_hours_of(calendars: Iterable[str]) -> set[str]:
    """The service calendars, and all on some of whose days their hours count."""
    return reached(calendars, ((other, calendar) for calendar, other in _other_hours()))


def _other_hours() -> list[tuple[str, str]]:
    """Each service calendar with one whose hours count on some of its days."""
    edges = frappe.get_all(
        "SM Calendar Change", fields=["parent", "calendar"], order_by="parent asc, idx asc"
    )
    return [(edge.parent, edge.calendar) for edge in edges]


def with_managers(people: Iterable[str]) -> set[str]:
    """The people, and all to whom they report."""
    edges = frappe.get_all(
        DOCTYPES["people"],
        filters={"reports_to": ("is", "set")},
        fields=["name", "reports_to"],
        order_by="name asc",
    )
    return reached(people, ((edge.name, edge.reports_to) for edge in edges))


def reached(start: Iterable[str], edges: Iterable[tuple[str, str]]) -> set[str]:
    """Where one comes to along the edges, the start included."""
    onward = defaultdict(list)
    for here, there in edges:
        onward[here].append(there)
    found, open_ = set(), list(start)
    while open_:
        id = open_.pop()
        if id not in found:
            found.add(id)
            open_ += onward[id]
    return found


def with_accounts(people: Iterable[Person]) -> tuple[Person, ...]:
    """The people as their user accounts are now; who has no account on this site is not enabled."""
    people = tuple(people)
    users = sorted({person.user for person in people if person.user})
    enabled = {
        user.name.casefold(): bool(user.enabled)
        for user in frappe.get_all(
            "User", filters={"name": ("in", users)}, fields=["name", "enabled"], order_by="name asc"
        )
    }
    return tuple(
        dataclasses.replace(person, enabled=enabled.get(person.user.casefold(), False))
        if person.user
        else person
        for person in people
    )


def settings() -> Settings:
    """The thresholds of the site."""
    return doctypes.read(Settings, frappe.get_single(SETTINGS))


def seals(*lineages: str) -> tuple[Seal, ...]:
    """The seals of these lineages, by lineage, the oldest first. Lineages are the same where the database says so."""
    found = frappe.get_all(
        SEAL,
        filters={"lineage": ("in", sorted(set(lineages)))},
        fields=list(Seal.__dataclass_fields__),
        order_by="number asc",
    )
    read = (from_dict({name: value or "" for name, value in seal.items()}) for seal in found)
    return tuple(sorted(read, key=lambda seal: (as_compared(seal.lineage), seal.number)))
