"""What a signer gives beside the session: the password again, or, where users have none, a fresh log-in.

Which of the two is a setting of the site. When somebody logged in is written into the session by the server, and
nowhere else; sessions that were borrowed by an administrator and requests with an API key have no such time.
"""

import time
from typing import Any

import frappe
from frappe import _
from frappe.auth import get_login_attempt_tracker
from frappe.utils.password import check_password

from sm_planner.adapters.doctypes import SETTINGS

PASSWORD, FRESH_LOG_IN = "Password", "Fresh Log-in"  # noqa: S105
STAMP = "sm_planner_logged_in_at"
"""Where the session keeps the time of the log-in, in seconds since 1970."""

DEFAULT_MINUTES = 10


def wanted() -> dict[str, Any]:
    """What a signer must give: the kind of proof, and for a log-in whether it is fresh enough."""
    kind = frappe.db.get_single_value(SETTINGS, "proof_of_signer") or PASSWORD
    if kind != FRESH_LOG_IN:
        return {"kind": PASSWORD}
    return {"kind": FRESH_LOG_IN, "minutes": _minutes(), "fresh": _is_fresh()}


def demand(password: str) -> None:
    """Whoever signs proves to be the user, not only to hold the session."""
    proof = wanted()
    if proof["kind"] == PASSWORD:
        _confirm_password(frappe.session.user, password)
    elif not proof["fresh"]:
        frappe.throw(
            _("Log in again, and sign within {0} minutes. Your log-in is older than that.").format(_minutes())
        )


def _confirm_password(user: str, password: str) -> None:
    """Guessing is limited as at log-in."""
    try:
        tracker = get_login_attempt_tracker(user)
        check_password(user, password)
    except frappe.SecurityException as locked:  # which would be answered as an error of the server
        frappe.clear_last_message()
        frappe.throw(str(locked))
    except frappe.AuthenticationError:
        tracker.add_failure_attempt()
        frappe.throw(_("This is not your password."))
    tracker.add_success_attempt()


def _minutes() -> int:
    return frappe.db.get_single_value(SETTINGS, "log_in_minutes") or DEFAULT_MINUTES


def _is_fresh() -> bool:
    session = frappe.session.data or {}
    logged_in_at = session.get(STAMP)
    if not logged_in_at or session.get("impersonated_by"):
        return False
    return 0 <= time.time() - float(logged_in_at) <= _minutes() * 60


def note_log_in(*args: Any) -> None:
    """Remember, for this request, that somebody logs in: the session does not exist yet."""
    frappe.flags.sm_planner_log_in = True


def stamp_session(*args: Any, **kwargs: Any) -> None:
    """Write the time of a log-in into the session that it made."""
    session = getattr(frappe.local, "session_obj", None)
    if not frappe.flags.sm_planner_log_in or session is None or frappe.session.user == "Guest":
        return
    session.data.data[STAMP] = time.time()
    session.update(force=True)
