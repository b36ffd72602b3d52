"""The pages of the portal, as whoever is logged in sees them."""

from __future__ import annotations

import time
from html import unescape
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import get_system_timezone

from sm_planner.adapters.desk import own_plans
from sm_planner.adapters.portal import readers
from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.adapters.site.presentation import user_day
from sm_planner.engine.model import CatalogueEntry
from sm_planner.engine.model.states import ACTIVE
from sm_planner.engine.model.vocabulary import PORTAL, SUGGESTION
from sm_planner.engine.service_time.local_time import load_zone
from sm_planner.reports import portal

SHOWN = 50
"""Things that the reader said and that are shown at once, the latest."""


def services() -> str:
    """What plans in force offer to the user."""
    user, zone, now = frappe.session.user, _zone(), int(time.time())
    cards = [
        portal.Card(reading.plan, offer, now, zone)
        for reading in readers.readings(user)
        for offer in reading.offers
    ]
    has_part = own_plans.has_any(user)
    return portal.services_html(cards, _books(), zone, has_part=has_part, translate=_, day=user_day)


def feedback(token: str, note: str, about: str) -> str:
    """What the user said and was answered, and the forms to say more."""
    user = frappe.session.user
    offers = [offer for reading in readers.readings(user) for offer in reading.offers]
    return portal.feedback_html(
        offers,
        _said(user),
        _suggested(user),
        token=token,
        note=note,
        chosen=about,
        translate=_,
        day=user_day,
    )


def guests(note: str) -> str:
    """The form for guests; refuses as where there is no such page while the site takes nothing of them."""
    chosen = readers.guests_choose()
    if not chosen:
        raise frappe.DoesNotExistError
    return portal.guest_html([CatalogueEntry(id=id, title=title) for id, title in chosen], note, _)


def note(name: str) -> str:
    """What became of what the user sent."""
    return portal.note_html(name, _)


def _zone() -> str:
    """The time zone of the user, or of the site."""
    own = frappe.db.get_value("User", frappe.session.user, "time_zone")
    for zone in filter(None, (own, get_system_timezone())):
        try:
            load_zone(zone)
        except ValueError:
            continue
        return zone
    return "UTC"


def _books() -> list[portal.Book]:
    """The plans in force that the user may read as a whole."""
    if not frappe.has_permission(PLAN, "read"):
        return []
    plans = frappe.get_list(PLAN, {"state": ACTIVE}, ["name", "title", "version"], order_by="title asc")
    return [
        portal.Book(
            plan.title or plan.name,
            plan.version,
            f"/api/method/sm_planner.api.plan_book?plan={quote(plan.name, safe='')}",
        )
        for plan in plans
    ]


def _said(user: str) -> list[portal.Said]:
    """What the user said, the latest first: his own words and the answers, which are for him."""
    fields = ["name", "title", "said", "kind", "service", "reported_on", "answer", "answered_on"]
    own = _latest("feedback", fields, {"owner": user, "came_from": PORTAL}, "reported_by", "reported_on")
    return [
        portal.Said(
            _plain(row.title),
            _plain(row.said),
            row.kind or "",
            title,
            row.reported_on,
            _plain(row.answer),
            row.answered_on,
        )
        for row, title in _with_services(own)
    ]


def _suggested(user: str) -> list[portal.Said]:
    """What the user suggested, the latest first, with how it stands."""
    fields = ["name", "title", "description", "status", "service", "suggested_on", "answer"]
    anonymous = {"owner": user, "kind": SUGGESTION, "suggested_by": ("is", "not set")}
    own = _latest("improvements", fields, anonymous, "suggested_by", "suggested_on")
    return [
        portal.Said(
            _plain(row.title),
            _plain(row.description),
            row.status or "",
            title,
            row.suggested_on,
            _plain(row.answer),
            None,
        )
        for row, title in _with_services(own)
    ]


def _latest(
    collection: str, fields: list[str], without_person: dict[str, Any], person: str, day: str
) -> list[frappe._dict]:
    """What an account entered for whom no person stands, and what names a person of the account: the latest first."""
    people = people_of(frappe.session.user)
    # No person is no filter: Frappe would find what names nobody.
    own = [without_person, *([{person: ("in", people)}] if people else [])]
    each = {
        row.name: row
        for filters in own
        for row in frappe.get_all(
            DOCTYPES[collection], filters, fields, order_by=f"{day} desc, name desc", limit=SHOWN
        )
    }
    return sorted(each.values(), key=lambda row: (str(row[day] or ""), row.name), reverse=True)[:SHOWN]


def _plain(text: str | None) -> str:
    """A text as it was written: Frappe keeps it with its signs in HTML, and the page writes them so once more."""
    return unescape(text or "")


def _with_services(rows: list[frappe._dict]) -> list[tuple[frappe._dict, str]]:
    """Each with the title of the service that it is about; empty where it is about none."""
    titles = stored_records.titles({"services": {row.service for row in rows if row.service}})
    return [(row, titles.get(("services", row.service), "")) for row in rows]
