"""The dates of one person as a calendar that other programs follow, by an address of the person's own.

Whoever has the address reads the dates, without a log-in: that is how calendar programs ask. So it holds titles and days and
nothing else, its token is random, kept as a hash alone and shown once, and it can be renewed and revoked at any time. A
disabled account has no calendar.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

import frappe
from frappe import _
from frappe.utils import get_url, getdate
from werkzeug.wrappers import Response

from sm_planner.adapters.desk import own_plans
from sm_planner.adapters.evidence.keeping import keep
from sm_planner.adapters.guards import own_session
from sm_planner.adapters.site import bulk
from sm_planner.adapters.site.doctypes import CALENDAR_FEED, DOCTYPES, PLAN
from sm_planner.adapters.site.presentation import in_language
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.part.calendar import Entry, stored, told
from sm_planner.engine.part.dues import Due, dues
from sm_planner.reports.my_part import Feed

ADDRESS = "/api/method/sm_planner.api.my_calendar?token="
MINUTES = 60
"""For how long a program may keep what it was told."""


def state(user: str) -> Feed:
    """Whether the user has an address, and since when."""
    return Feed(frappe.db.get_value(CALENDAR_FEED, user, "made_on"))


def make(user: str) -> str:
    """Make the address of a user, or another in its place; the address, which is told this once."""
    own_session.refuse_others(
        _("Make the address after a log-in of your own: whoever has it reads your dates from then on.")
    )
    if not own_plans.has_any(user):
        frappe.throw(
            _("You have no part in a plan, and so no dates. Ask your service planner."),
            frappe.PermissionError,
        )
    token = secrets.token_urlsafe(32)
    known = frappe.db.get_value(CALENDAR_FEED, user, "events")
    revoke(user)
    keep(
        CALENDAR_FEED,
        {"account": user, "made_on": getdate(), "token_hash": _hash(token), "events": known or "[]"},
    )
    return get_url(ADDRESS + token)


def revoke(user: str) -> None:
    """Take the address away: nobody reads the dates by it from now on."""
    bulk.delete(
        CALENDAR_FEED, frappe.get_all(CALENDAR_FEED, {"account": user}, pluck="name", order_by="name asc")
    )


def user_of(token: str) -> str:
    """Whose calendar a token opens. Refuses one that is unknown or revoked, and that of a disabled account, in the same
    words."""
    user = frappe.db.get_value(CALENDAR_FEED, {"token_hash": _hash(token)}, "account") if token else None
    if not user or not frappe.db.get_value("User", user, "enabled"):
        frappe.throw(
            _("There is no calendar at this address. Make a new one on your page."), frappe.PermissionError
        )
    return user


def answer(user: str) -> Response:
    """The calendar of a user; nothing but that it is the same where the program has it already."""
    content = calendar_of(user)
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.set_etag(hashlib.sha256(content.encode()).hexdigest())
    response.headers["Cache-Control"] = f"private, max-age={MINUTES * 60}"
    response.headers["Content-Disposition"] = "inline; filename=sm-planner.ics"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response.make_conditional(frappe.request)


def calendar_of(user: str) -> str:
    """The dates of a user, and what was dropped of those that were told before, as a calendar (RFC 5545)."""
    known = frappe.db.get_value(CALENDAR_FEED, user, "events")
    with in_language(frappe.db.get_value("User", user, "language")):  # whoever asks
        entries = told(json.loads(known or "[]"), _dates(user), datetime.now(timezone.utc))
        content = _written(entries)
    kept = json.dumps(stored(entries))
    if kept != known:
        frappe.db.set_value(CALENDAR_FEED, user, "events", kept, update_modified=False)
        frappe.db.commit()  # Frappe undoes what a GET wrote; the next answer has to know what this one told
    return content


def _dates(user: str) -> Iterator[tuple[str, str, date]]:
    """What the user has to do on a day: the name of the record, what to do, the day."""
    for own in own_plans.all_of(user):
        for due in dues(own.plan, own.person, getdate()):
            if due.day:
                yield _uid(own, due), f"{_(due.what.value)}: {due.record}", due.day


def _uid(own: own_plans.Own, due: Due) -> str:
    """The name of the document, and what is to be done with it: one can be to review and to renew."""
    collection = due.record.collection
    if collection not in COLLECTIONS:
        mark = hashlib.sha256(due.record.title.encode()).hexdigest()[:12]
        return f"{PLAN}/{own.plan.lineage}/{due.what.name}/{mark}"
    holder = "" if COLLECTIONS[collection].shared else f"{own.plan.lineage}/"  # the same in every version
    return f"{DOCTYPES[collection]}/{holder}{due.record.id}/{due.what.name}"


def _written(entries: tuple[Entry, ...]) -> str:
    import vobject  # not above: it is for calendars alone

    calendar = vobject.iCalendar()
    for name, value in (
        ("prodid", "-//SM Planner//My Part in the Plan//EN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", _("My Part in the Plan")),
        ("x-published-ttl", f"PT{MINUTES}M"),
    ):
        calendar.add(name).value = value
    for entry in entries:
        day = date.fromisoformat(entry.day)
        event = calendar.add("vevent")
        event.add("uid").value = f"{entry.uid}@{frappe.local.site}"
        changed = datetime.fromisoformat(entry.changed).astimezone(vobject.icalendar.utc)
        event.add("dtstamp").value = event.add("last-modified").value = changed
        event.add("dtstart").value = day
        event.add("dtend").value = day + timedelta(days=1)
        event.add("summary").value = entry.title
        event.add("sequence").value = str(entry.sequence)
        event.add("status").value = "CANCELLED" if entry.dropped else "CONFIRMED"
        event.add("transp").value = "TRANSPARENT"
    return calendar.serialize()


def _hash(token: str) -> str:
    """What is kept of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
