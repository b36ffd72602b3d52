"""What people say on the portal: taken down in their own session, about what is offered to them, and not too often.

Whatever is wrong with it is answered by a note on the page that they came from, in the same words whether something is not
there or not for them.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.utils import add_to_date, now_datetime

from sm_planner.adapters.desk import my_part
from sm_planner.adapters.guards import own_session
from sm_planner.adapters.portal import readers
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.adapters.site.presentation import full_name
from sm_planner.engine.model import Plan
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.vocabulary import FEEDBACK_KINDS, GUEST, PORTAL, SUGGESTION
from sm_planner.reports.portal import LONGEST_TEXT

OF_ONE = 10
"""What one account may send within an hour."""

OF_GUESTS = 100
"""What all guests together may send within a day: who hides behind many addresses is stopped too."""


def give_feedback(entry: str, kind: str, title: str, said: str) -> str:
    """Take down feedback of the user; the name of the note that he is shown."""
    own_form()
    if not _is_written(title, said) or kind not in FEEDBACK_KINDS:
        return "refused"
    user = frappe.session.user
    if _sent_by(user) >= OF_ONE:
        return "busy"
    found = readers.find(user, entry)
    if not found:
        return "refused"
    plan, offer = found
    person = _person(plan, user)
    values = {
        "lineage": plan.lineage,
        "service": offer.service.id,
        "stakeholder": offer.groups[0].id,
        "kind": kind,
        "title": title.strip(),
        "said": said.strip(),
        "reported_by": person,
        "said_by": "" if person else full_name(user)[:LINE_LENGTH],
    }
    _keep("feedback", values, came_from=PORTAL)
    return "said"


def suggest(entry: str, title: str, description: str) -> str:
    """Take down an improvement that the user suggests; the name of the note that he is shown."""
    own_form()
    user = frappe.session.user
    if not _is_written(title, description):
        return "refused"
    if _sent_by(user) >= OF_ONE:
        return "busy"
    found = readers.find(user, entry)
    if not found:
        return "refused"
    plan, offer = found
    values = {
        "lineage": plan.lineage,
        "service": offer.service.id,
        "title": title.strip(),
        "description": description.strip(),
        "kind": SUGGESTION,
        "status": "New",
        "source_kind": SUGGESTION,
        "suggested_by": _person(plan, user),
    }
    _keep("improvements", values)
    return "suggested"


def say_as_guest(entry: str, title: str, said: str, said_by: str, website: str) -> str:
    """Take down feedback of somebody whom nobody knows; the name of the note that is shown. website: what only machines
    fill in; they are thanked, and nothing is kept. Where the site takes nothing of guests, there is no such page."""
    chosen = dict(readers.guests_choose())
    if not chosen:
        raise frappe.DoesNotExistError
    if website:
        return "thanks"
    if entry not in chosen or not _is_written(title, said) or len(said_by) > LINE_LENGTH:
        return "refused"
    since = add_to_date(now_datetime(), days=-1)
    if frappe.db.count(DOCTYPES["feedback"], {"came_from": GUEST, "creation": (">", since)}) >= OF_GUESTS:
        return "busy"
    found = readers.find_for_guests(entry)
    if not found:
        return "refused"
    lineage, service = found
    values = {
        "lineage": lineage,
        "service": service,
        "kind": "Comment",
        "title": title.strip(),
        "said": said.strip(),
    }
    _keep("feedback", {**values, "said_by": said_by.strip()}, came_from=GUEST)
    return "thanks"


def confirm(lineage: str, shown: str) -> str:
    """Note that the user knows and accepts his part as it was shown; the name of the note that he is shown."""
    own_form()
    try:
        with locks.all_or_nothing():
            my_part.confirm(lineage, shown)
    except frappe.ValidationError:
        frappe.clear_messages()
        return "changed"
    return "confirmed"


def own_form() -> None:
    """Refuse what did not come from a form of ours, in a session of the user's own: another site knows no token of it.

    Frappe compares the token where the session has one. A session that was shown no form has none.
    """
    own_session.refuse_others(_("This is said by the person alone, after a log-in of their own."))
    if not frappe.session.data.csrf_token:
        frappe.throw(_("Open the page of the form, and send it from there."), frappe.CSRFTokenError)


def go(page: str, note: str, **more: str) -> None:
    """Answer the request with the way back to a page, and what it says there."""
    frappe.local.response.update(
        {"type": "redirect", "location": f"{page}?{urlencode({**more, 'note': note})}"}
    )


def _is_written(title: str, *texts: str) -> bool:
    """Whether there is a title that fits a line, and texts that are not too long."""
    return (
        bool(title.strip())
        and len(title.strip()) <= LINE_LENGTH
        and all(text.strip() and len(text.strip()) <= LONGEST_TEXT for text in texts)
    )


def _sent_by(user: str) -> int:
    """How much an account sent within the last hour."""
    own = {"owner": user, "creation": (">", add_to_date(now_datetime(), hours=-1))}
    return sum(frappe.db.count(DOCTYPES[collection], own) for collection in ("feedback", "improvements"))


def _person(plan: Plan, user: str) -> str:
    """The person for whom the account stands: one of the plan, or else one of the site; empty where there is none."""
    people = people_of(user)
    return next((one for one in people if one in plan.index["people"]), people[0] if people else "")


def _keep(collection: str, values: dict[str, Any], came_from: str = "") -> None:
    document = frappe.get_doc({"doctype": DOCTYPES[collection], **values})
    # Out of the reach of any request: what is kept was named above, and whether it is the user's to say was asked.
    document.flags.kept_by_server, document.flags.came_from = True, came_from
    document.insert(ignore_permissions=True)
