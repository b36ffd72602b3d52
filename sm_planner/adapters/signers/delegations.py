"""Delegations on a site: who may sign in whose place. What is allowed is decided in the engine."""

from collections.abc import Collection
from datetime import date
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES
from sm_planner.adapters.site.presentation import refuse, told
from sm_planner.engine.model import states
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.sign_off.signers import refuse_delegation, refuse_revocation
from sm_planner.engine.texts import N_, Text, say

FIXED = ("principal", "deputy", "plan", "valid_from", "valid_to", "reason", "given_by", "given_to")
"""Fields of a delegation that never change."""


def of(people: Collection[str]) -> tuple[Delegation, ...]:
    """The delegations that these people gave."""
    return _stored({"principal": ("in", sorted(people)), "revoked": 0})


def open_for(person: str, today: date) -> tuple[Delegation, ...]:
    """The delegations that a person gave or got, and that have not ended."""
    return _stored(_not_ended(today), {"principal": person, "deputy": person})


def open_for_anybody(today: date) -> tuple[Delegation, ...]:
    """All delegations that have not ended."""
    return _stored(_not_ended(today))


def _not_ended(today: date) -> dict[str, Any]:
    return {"revoked": 0, "valid_to": (">=", today)}


def _stored(filters: dict[str, Any], or_filters: dict[str, Any] | None = None) -> tuple[Delegation, ...]:
    return _read(
        frappe.get_all(
            DELEGATION,
            filters=filters,
            or_filters=or_filters,
            fields=["name", "revoked", *FIXED],
            order_by="name asc",
        )
    )


def _read(rows: list) -> tuple[Delegation, ...]:
    named = {person for row in rows for person in (row.principal, row.deputy)}
    people = {
        person.id: person for person in stored_records.with_accounts(stored_records.shared("people", named))
    }
    return tuple(_delegation(row, people) for row in rows if {row.principal, row.deputy} <= people.keys())


def _delegation(row, people) -> Delegation:
    principal, deputy = people[row.principal], people[row.deputy]
    return Delegation(
        id=row.name or _("New"),
        principal=principal.id,
        principal_user=principal.user,
        deputy=deputy.id,
        deputy_name=deputy.title,
        deputy_user=deputy.user,
        deputy_enabled=deputy.enabled,
        valid_from=getdate(row.valid_from) if row.valid_from else None,
        valid_to=getdate(row.valid_to) if row.valid_to else None,
        given_by=row.given_by or "",
        given_to=row.given_to or "",
        plan=row.plan or "",
        reason=row.reason or "",
        revoked=bool(row.revoked),
    )


def deputies(text: str, principal: str, start: int, count: int) -> list[tuple[str, str, str]]:
    """People who may sign in a person's place: name, title and account of each; those that a text is part of."""
    signing = frappe.get_all("Has Role", {"role": states.SPONSOR, "parenttype": "User"}, pluck="parent")
    enabled = frappe.get_all("User", {"name": ("in", signing), "enabled": 1}, pluck="name")
    own = frappe.db.get_value(DOCTYPES["people"], principal, "user") if principal else ""
    others = [user for user in enabled if user != own]
    if not others:
        return []
    found = frappe.get_list(
        DOCTYPES["people"],
        filters={"user": ("in", others), "name": ("!=", principal)},
        or_filters=dict.fromkeys(("name", "title", "user"), ("like", f"%{text}%")),
        fields=["name", "title", "user"],
        order_by="title asc",
        limit_start=start,
        limit_page_length=count,
    )
    return [(person.name, person.title, person.user) for person in found]


def guard(doc: Document) -> None:
    """Refuse a delegation that whoever is represented did not give, and every change but its end."""
    old = doc.get_doc_before_save()
    if old:
        for field in FIXED:
            doc.set(field, old.get(field))
        doc.revoked = 1 if old.revoked else doc.revoked
    found = _read([doc])
    if not found:
        frappe.throw(_("Name people who are entered on this site."))
    (delegation,) = found
    user = frappe.session.user
    if old:
        refusals = refuse_revocation(delegation, user)
    else:
        doc.revoked = 0
        doc.given_by, doc.given_to = user, delegation.deputy_user
        refusals = (*refuse_delegation(delegation, user, getdate()), *_refuse_roles(delegation))
    if refusals:
        refuse(
            refusals, _("The delegation was not saved") if not old else _("The delegation was not changed")
        )


def lapsed(doc: Document) -> str:
    """Why a delegation that was not revoked holds no more, in the user's language; empty while it does."""
    found = () if doc.revoked else _read([doc])
    return told(found[0].lapsed) if found and found[0].lapsed else ""


def as_told(doc: Document) -> tuple[Delegation, str]:
    """The delegation of a document, and the name of whoever is represented."""
    (delegation,) = _read([doc])
    return delegation, frappe.db.get_value(DOCTYPES["people"], delegation.principal, "title")


def _refuse_roles(delegation: Delegation):
    if delegation.deputy_user and states.SPONSOR not in frappe.get_roles(delegation.deputy_user):
        yield say(N_("The deputy {0} needs the role {1}."), delegation.deputy_name, Text(states.SPONSOR))


def refuse_to_forget() -> NoReturn:
    frappe.throw(
        _("A delegation cannot be deleted or renamed, because seals name it. Revoke it instead."),
        frappe.PermissionError,
    )
