"""How a request came: in a session after a log-in, in one that somebody took over, with a token, or not over HTTP.

What the server wrote into a session at the log-in stands there, and nowhere else.
"""

import hashlib
from datetime import datetime

import frappe

from sm_planner.engine.model.proof import BROWSER, CONSOLE, IMPERSONATED, TOKEN, Proof
from sm_planner.engine.sign_off.requests import Request, proof_of

LOGGED_IN_AT = "sm_planner_logged_in_at"
"""Where the session keeps the time of the log-in: ISO 8601, with its zone."""

LOGGED_IN_WITH = "sm_planner_logged_in_with"
"""Where the session keeps the fingerprint of the password that the account had at the log-in."""

MARK_LENGTH = 16
"""Characters of the mark that tells sessions apart."""


class NotProved(frappe.ValidationError):
    """What the signer gave beside the session was wrong."""


def request() -> Request:
    """How the request came, without a look at the account."""
    session = frappe.session.data or {}
    other = session.get("impersonated_by") or session.get("audit_user")
    if other:
        return Request(way=IMPERSONATED, by=other, session=_mark())
    if session.get("user") == frappe.session.user:
        at = session.get(LOGGED_IN_AT)
        return Request(way=BROWSER, session=_mark(), logged_in_at=datetime.fromisoformat(at) if at else None)
    return Request(way=TOKEN if getattr(frappe.local, "request", None) else CONSOLE)


def is_own() -> bool:
    """Whether the user acts in a session of their own: not with a key, and not through somebody who took it over."""
    return request().way not in (IMPERSONATED, TOKEN)


def proof(now: datetime, kind: str = "") -> Proof:
    """How the request came, for seal and log. kind: what was given with it."""
    return proof_of(request(), now, kind)


def _mark() -> str:
    """Tells the session from others. Nobody finds the session's own key by it."""
    return hashlib.sha256(str(frappe.session.sid).encode()).hexdigest()[:MARK_LENGTH]
