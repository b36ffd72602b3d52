"""Plans on a site: the documents of a plan → :class:`Plan`.

In the scope of a plan is what its table names, and what that brings with it: the services that its services
depend on, the components that carry them, the agreements about them, what customers require of them, their catalogue
entries, the busy times of all of these and of the teams, and whatever these records link to, with the managers of all people.
Records stand in the order of their ids, rows in their own order.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, get_system_timezone

from sm_planner.adapters.evidence import seal_keys, sign_off_records
from sm_planner.adapters.site import doctypes, kept_plans, lineages, stored_records
from sm_planner.adapters.site.doctypes import COLLECTION_OF, LIVING, PARTS, PLAN, SHARED
from sm_planner.adapters.site.plan_view import View
from sm_planner.engine.collecting import uncollected
from sm_planner.engine.model import Agreement, Beside, Plan
from sm_planner.engine.sign_off.signers import order

ABOUT_SERVICE = ("requirements", "catalogue")
"""Collections whose records are about one service, and are in the scope of a plan that has it."""

BUSY = "busy_times"
"""The collection whose records are about a team, a service or a component, and are in the scope of a plan that has it."""

REACHING = {"people": stored_records.with_managers, "calendars": stored_records.with_other_hours}
"""Collection → its records with all that they lead to within it."""


def load(plan: str | Document) -> Plan:
    """The plan of that name, or of a document just read, with all of its records, for who may read the plan.

    The number of queries does not grow with the plan.
    """
    document = plan if isinstance(plan, Document) else frappe.get_doc(PLAN, plan)
    document.check_permission("read")
    return _loaded(document)


def load_for_parts(plan_name: str) -> Plan:
    """The plan of that name, by the right of the app: to show somebody his own part in it, and nothing else.

    Asks for no permission. Whoever calls it gives a reader only what is made from his own part.
    """
    return _loaded(frappe.get_doc(PLAN, plan_name))


@uncollected()
def _loaded(document: Document) -> Plan:
    header = _header(document)
    own = {
        part: stored_records.in_order(stored_records.parts(part, document.name).values()) for part in PARTS
    }
    scope = [(_collection(document.name, row), row.record) for row in document.scope]
    plan = _Reader(scope).plan(dataclasses.replace(header, **own))
    return kept_plans.as_kept(
        dataclasses.replace(
            _with_living(plan),
            seals=stored_records.seals(header.lineage),
            record=sign_off_records.of(header.id, header.lineage),
            key_ring=seal_keys.ring(),
            zone=get_system_timezone(),
        )
    )


def outline(plan_name: str) -> Plan:
    """What mails say of a plan and whom they go to: its own fields, the people who sign or own it, its seals.

    Asks for no permission: whoever acts sees nothing of it.
    """
    document = frappe.get_doc(PLAN, plan_name)
    header = _header(document)
    people = {*order(header), header.plan_owner} - {""}
    return dataclasses.replace(
        header, people=stored_records.shared("people", people), seals=stored_records.seals(header.lineage)
    )


def _header(document: Document) -> Plan:
    """The plan's own fields, with what its lineage holds."""
    header = doctypes.read(Plan, document, id=document.name)
    return dataclasses.replace(header, frozen=document.frozen or "", **lineages.fields(header.lineage))


def _with_living(plan: Plan) -> Plan:
    """The plan with the registers and facts of its lineage, and the names of what these link to beside the plan."""
    scope = {collection: plan.index[collection].keys() for collection in SHARED}
    living = {
        collection: stored_records.in_order(stored_records.living(collection, plan.lineage, scope).values())
        for collection in LIVING
    }
    plan = dataclasses.replace(plan, **living)
    beside = defaultdict(set)
    for collection in LIVING:
        for record in living[collection]:
            for _field, target, id in doctypes.links(record):
                if id not in plan.index[target]:
                    beside[target].add(id)
    titles = stored_records.titles(beside).items()
    named = [Beside(collection=collection, id=id, title=title) for (collection, id), title in titles]
    return dataclasses.replace(plan, beside=tuple(sorted(named, key=lambda one: (one.collection, one.id))))


def _collection(plan: str, row: Document) -> str:
    if row.record_type not in COLLECTION_OF:
        frappe.throw(
            _("{0}: row {1} of the scope has the unknown kind “{2}”. Restore the row from a backup.").format(
                escape_html(plan), row.idx, escape_html(row.record_type or "")
            )
        )
    return COLLECTION_OF[row.record_type]


def plan_of_scope(header: Plan, scope: Iterable[tuple[str, str]]) -> Plan:
    """A plan that is stored nowhere: what a scope of these records (collection, id) brings with it.

    So that a record can be judged by itself. Asks for no permission: whoever calls this does.
    """
    return _Reader(scope).plan(header)


class _Reader:
    """Collects the records of a plan. A collection is read as soon as all that links into it is known."""

    def __init__(self, scope: Iterable[tuple[str, str]]):
        """scope: collection and id of the records that are named."""
        self.wanted: dict[str, set[str]] = defaultdict(set)
        """Collection → ids that were named so far."""
        for collection, id in scope:
            self.wanted[collection].add(id)

    def plan(self, header: Plan) -> Plan:
        """The plan with all shared records in its scope. header: the plan with the records of its own."""
        self._follow([header])
        for part in PARTS:
            self._follow(getattr(header, part))
        found = {}
        for collection in (*ABOUT_SERVICE, BUSY):  # those of the table, which bring their services
            self._shared(collection)
        found["services"] = self._shared(
            "services", stored_records.with_dependencies(self.wanted["services"])
        )
        view = View({service.id for service in found["services"]})
        found["components"] = self._shared(
            "components", stored_records.holders("components", "services", "record", view.services), view
        )
        view = View(view.services, {component.id for component in found["components"]})
        found["agreements"] = self._agreements(view)
        for collection in ABOUT_SERVICE:
            found[collection] = self._shared(
                collection, stored_records.linking(collection, "service", view.services)
            )
        for collection in reversed(SHARED):
            if collection not in found and collection != BUSY:
                reaches = REACHING.get(collection)
                more = reaches(self.wanted[collection]) if reaches else ()
                found[collection] = self._shared(collection, more)
        known = {
            target: [one.id for one in found[f"{target}s"]] for target in ("team", "service", "component")
        }
        found[BUSY] = self._shared(BUSY, stored_records.within(BUSY, known))
        found["people"] = stored_records.with_accounts(found["people"])
        return dataclasses.replace(
            header,
            **found,
            settings=stored_records.settings(),
        )

    def _agreements(self, view: View) -> tuple[Agreement, ...]:
        """The agreements about anything in the plan, with the general ones above them, whatever these are about."""
        about = stored_records.holders("agreements", "scope", "service", view.services)
        about |= stored_records.holders("agreements", "scope", "component", view.components)
        about |= self.wanted["agreements"]
        edges = stored_records.followed()
        read = stored_records.shared("agreements", stored_records.reached(about, edges))
        concerned = (one.id for one in read if one.id in about and view.concerns(one))
        found = stored_records.reached(concerned, edges)
        return self._follow(view.seen(one) for one in read if one.id in found)

    def _shared(self, collection: str, more: Iterable[str] = (), view: View | None = None) -> tuple[Any, ...]:
        """The records that were named so far, and more, as the plan sees them."""
        found = stored_records.shared(collection, self.wanted[collection].union(more))
        if view:
            found = [view.seen(record) for record in found if view.concerns(record)]
        return self._follow(found)

    def _follow(self, records: Iterable[Any]) -> tuple[Any, ...]:
        """The records; what they link to is wanted from now on."""
        records = tuple(records)
        for record in records:
            for _field, collection, id in doctypes.links(record):
                self.wanted[collection].add(id)
        return records
