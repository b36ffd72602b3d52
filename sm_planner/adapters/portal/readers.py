"""Who reads on the portal, and what is offered to him there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe.utils import getdate

from sm_planner.adapters.desk import own_plans
from sm_planner.adapters.integrations import optional_apps
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.portal.offers import Offer, for_guests, offers
from sm_planner.engine.portal.readers import belongs

GUESTS_READ_FOR = 600
"""Seconds for which what guests may choose is remembered: nobody makes the site read plans by asking often."""

_FOR_GUESTS = "sm_planner_for_guests"


@dataclass(frozen=True)
class Reading:
    """A plan in force that offers something to a reader."""

    plan: Plan
    offers: tuple[Offer, ...]


def readings(user: str) -> Iterator[Reading]:
    """What plans in force offer to an account; nothing for who belongs to no group that they publish something for.

    A plan is read when it is asked for: who has found what he looked for makes the site read no other.
    """
    groups = _groups(user)
    if not groups or not _is_audience(groups):
        return
    for plan in own_plans.in_force():
        if offered := offers(plan, groups, getdate()):
            yield Reading(plan, offered)


def find(user: str, entry: str) -> tuple[Plan, Offer] | None:
    """The offer of a catalogue entry to an account, in the first plan that has it; None also where there is no such entry."""
    for reading in readings(user):
        for offer in reading.offers:
            if offer.entry.id == entry:
                return reading.plan, offer
    return None


def guests_choose() -> tuple[tuple[str, str], ...]:
    """The entries about which guests say something, by id and title; none where the site takes nothing of guests."""
    if not frappe.db.get_single_value("SM Settings", "guest_feedback"):
        return ()
    known = frappe.cache.get_value(_FOR_GUESTS)
    if known is None:
        chosen = _chosen_for_guests() if _has_any_for_guests() else {}
        known = sorted(
            ((id, title) for id, (title, _lineage, _service) in chosen.items()), key=lambda one: one[1]
        )
        frappe.cache.set_value(_FOR_GUESTS, known, expires_in_sec=GUESTS_READ_FOR)
    return tuple((id, title) for id, title in known)


def find_for_guests(entry: str) -> tuple[str, str] | None:
    """Lineage and service of an entry about which guests say something, as it is now; None where it is none of these."""
    found = _chosen_for_guests().get(entry)
    return found[1:] if found else None


def forget_for_guests() -> None:
    """What guests may choose is read anew."""
    frappe.cache.delete_value(_FOR_GUESTS)


def _chosen_for_guests() -> dict[str, tuple[str, str, str]]:
    """Entry → its title, and lineage and service that it is about."""
    return {
        entry.id: (entry.title or entry.id, plan.lineage, entry.service)
        for plan in own_plans.in_force()
        for entry in for_guests(plan)
    }


def _has_any_for_guests() -> bool:
    return bool(frappe.db.exists(DOCTYPES["catalogue"], {"published": 1, "for_guests": 1}))


def _groups(user: str) -> frozenset[str]:
    """The groups of stakeholders to which an enabled account belongs."""
    if user in ("Guest", "Administrator") or not frappe.db.get_value("User", user, "enabled"):
        return frozenset()
    units = frappe.get_all(DOCTYPES["people"], {"user": user, "unit": ("is", "set")}, pluck="unit")
    rows = frappe.get_all(
        DOCTYPES["stakeholders"], fields=["name", "unit", "portal_accounts"], order_by="name asc"
    )
    named = (
        Stakeholder(
            id=row.name, unit=row.unit or "", portal_accounts=tuple((row.portal_accounts or "").splitlines())
        )
        for row in rows
    )
    return frozenset(
        (
            *(group.id for group in named if belongs(group, user, units)),
            *optional_apps.stakeholders_of_customer(user),
        )
    )


def _is_audience(groups: frozenset[str]) -> bool:
    """Whether a published entry is for one of the groups: else no plan is read."""
    rows = {"parenttype": DOCTYPES["catalogue"], "parentfield": "audience", "record": ("in", sorted(groups))}
    entries = frappe.get_all("SM Stakeholder Link", rows, pluck="parent", order_by="parent asc")
    published = {"name": ("in", entries), "published": 1}
    return bool(entries) and bool(frappe.db.exists(DOCTYPES["catalogue"], published))
