"""What a signer gives beside the session: the password again, or, where users have none, a fresh log-in.

Which of the two is a setting of the site. When somebody logged in, and what the account's password was then, is written
into the session by the server, and nowhere else: sessions that were made on a console, and requests with an API key or
token, have none of it. What follows from this is decided in :mod:`sm_planner.engine.sign_off.requests`.
"""

import dataclasses
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime_in_timezone
from frappe.utils.password import check_password

from sm_planner.adapters.signers import account_passwords
from sm_planner.adapters.site import sessions
from sm_planner.adapters.site.doctypes import SETTINGS
from sm_planner.adapters.site.presentation import told, told_html
from sm_planner.engine.model.proof import CONSOLE, KINDS, PASSWORD, Proof
from sm_planner.engine.sign_off import requests
from sm_planner.engine.sign_off.requests import Asked, Request


def asked() -> Asked:
    """What the site wants of a signer; within bounds, whatever was put into the database."""
    stored = frappe.db.get_singles_dict(SETTINGS)
    kind = stored.get("proof_of_signer")
    return Asked(
        kind=kind if kind in KINDS else PASSWORD,
        log_in_minutes=requests.LOG_IN_MINUTES.nearest(frappe.utils.cint(stored.get("log_in_minutes"))),
        wait_minutes=requests.WAIT_MINUTES.nearest(frappe.utils.cint(stored.get("wait_minutes"))),
    )


def wanted() -> dict[str, Any]:
    """What the form asks the user of the session for, or why that user cannot sign now."""
    site = asked()
    refusal = requests.refuse_request(site, request(), get_datetime_in_timezone("UTC"))
    return {
        "kind": site.kind,
        "refusal": told(refusal.text) if refusal else "",
        "new_log_in": bool(refusal and refusal.new_log_in),
    }


def refuse_request(now: datetime) -> None:
    """Refuse a request that signs nothing, whatever password comes with it."""
    refusal = requests.refuse_request(asked(), request(), now)
    if refusal:
        frappe.throw(told_html(refusal.text))


def confirm(password: str, now: datetime) -> Proof:
    """Whoever signs proves to be the user, not only to hold the session; what is kept of that.

    How often one may try is counted in the log of the sign-off (:func:`sm_planner.engine.sign_off.attempts.refuse_after_refusals`),
    not by the log-in: there a stranger could keep the user from signing, and a right password here would forgive wrong
    ones there.
    """
    kind = asked().kind
    if kind == PASSWORD:
        try:
            check_password(frappe.session.user, password, delete_tracker_cache=False)
        except frappe.AuthenticationError:
            frappe.throw(_("This is not your password."), sessions.NotProved)
    return sessions.proof(now, kind)


def request() -> Request:
    """How the request came, and what is known of its session and its account."""
    itself = sessions.request()
    account = account_passwords.of(frappe.session.user)
    began_with = (frappe.session.data or {}).get(sessions.LOGGED_IN_WITH)
    return dataclasses.replace(
        itself,
        same_password=itself.way == CONSOLE or began_with == account.fingerprint,
        password_changed_at=account.changed_at,
    )


def note_log_in(*args: Any) -> None:
    """Remember, for this request, that somebody logs in: the session does not exist yet."""
    frappe.flags.sm_planner_log_in = True


def stamp_session(*args: Any, **kwargs: Any) -> None:
    """Write the time of a log-in, and with which password it was, into the session that it made.

    A session that Frappe makes for whoever has just set a password is no log-in with it.
    """
    session = getattr(frappe.local, "session_obj", None)
    if not frappe.flags.sm_planner_log_in or session is None or frappe.session.user == "Guest":
        return
    if account_passwords.changed_in_this_request(frappe.session.user):
        return
    account = account_passwords.see(frappe.session.user)
    session.data.data[sessions.LOGGED_IN_AT] = get_datetime_in_timezone("UTC").isoformat()
    session.data.data[sessions.LOGGED_IN_WITH] = account.fingerprint
    session.update(force=True)
