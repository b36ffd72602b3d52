"""When the passwords of accounts were changed: by whom and in whatever way, also past Frappe.

Frappe keeps no time of it, and has many ways: the account saved, a reset by mail or with the old password, a command of
the bench, SQL. So the site remembers a fingerprint of what Frappe stores of each account's password, and looks whether it
is still that: whenever an account is saved, at each log-in, and once a day. An account that is deleted stays remembered.

Where Frappe itself stores the same password anew at a log-in, because its way of hashing became too weak, that counts as
a change too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime_in_timezone
from frappe.utils.password import Auth

from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.evidence.keeping import keep
from sm_planner.adapters.signers import sign_off_mails, signing_accounts
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import ACCOUNT_PASSWORD
from sm_planner.engine.model.events import NOTED, PASSWORD_CHANGED
from sm_planner.engine.model.states import ACTIVE, TO_SIGN
from sm_planner.engine.sign_off.requests import FIRST_PASSWORD
from sm_planner.engine.texts import N_, Text, say

NOBODY = ("", "Guest")
"""Users of a session in which nobody is logged in."""


@dataclass(frozen=True)
class Account:
    """What is known of an account's password. fingerprint: empty where it has none; changed_at: None if it never was."""

    fingerprint: str
    changed_at: datetime | None


def of(user: str) -> Account:
    """What is known of an account's password now, without remembering it."""
    stored = frappe.db.get_value(ACCOUNT_PASSWORD, user, "changed_at")
    return Account(_fingerprints([user]).get(_key(user), ""), _moment(stored))


def see(user: str) -> Account:
    """Look whether the password of an account is another one than it was, and tell of it."""
    look([user])
    return of(user)


def changed_in_this_request(user: str) -> bool:
    """Whether the account that was saved in this request came to have another password."""
    return user in (frappe.flags.sm_planner_changed_passwords or ())


def lock(user: str) -> None:
    """Let nobody else sign as this user until the transaction ends."""
    frappe.db.get_value(ACCOUNT_PASSWORD, user, "name", for_update=True)


def follow(user: Document, method: str) -> None:
    """An account was made or saved."""
    if not (frappe.flags.in_install or frappe.flags.in_migrate):  # then all of them are looked at, once
        look([user.name], by=frappe.session.user, is_new=bool(user.flags.in_insert))


def carry(user: Document, method: str, old: str, new: str, merge: bool = False) -> None:
    """An account has another name: it is known by that, and whoever takes the old name is no new account."""
    known = frappe.db.get_value(ACCOUNT_PASSWORD, old, ["fingerprint", "made_at", "changed_at"], as_dict=True)
    if known and not frappe.db.exists(ACCOUNT_PASSWORD, new):
        keep(ACCOUNT_PASSWORD, {"account": new, **known})


def remember_all() -> None:
    """Remember the accounts that are not known yet, as they are."""
    known = {_key(name) for name in frappe.get_all(ACCOUNT_PASSWORD, pluck="name", order_by="name asc")}
    users = frappe.get_all("User", pluck="name", order_by="name asc")
    _remember([user for user in users if _key(user) not in known])


def look(users: Sequence[str], by: str | None = None, is_new: bool = False) -> None:
    """Compare the passwords of accounts with what is remembered; remember, and tell of, what changed.

    by: who saved them, if that is known. is_new: they were made by that.
    """
    known = {
        _key(row.name): row
        for row in frappe.get_all(
            ACCOUNT_PASSWORD,
            {"name": ("in", list(users))},
            ["name", "fingerprint", "made_at"],
            order_by="name asc",
        )
    }
    prints = _fingerprints(users)
    now = get_datetime_in_timezone("UTC")
    for user in users:
        found, there = prints.get(_key(user), ""), known.get(_key(user))
        if there is None:
            _remember([user], now.isoformat() if is_new else "")
        elif (there.fingerprint or "") != found:
            _remember_change(there, found, now, by)


def _remember(users: Sequence[str], made_at: str = "") -> None:
    """Remember accounts as they are. Past the guard of evidence: they are many, and two may do so at once."""
    prints = _fingerprints(users)
    now = frappe.utils.now()
    frappe.db.bulk_insert(
        ACCOUNT_PASSWORD,
        ["name", "account", "fingerprint", "made_at", "owner", "modified_by", "creation", "modified"],
        [
            (user, user, prints.get(_key(user), ""), made_at, "Administrator", "Administrator", now, now)
            for user in users
        ],
        ignore_duplicates=True,
    )


def _remember_change(known: Any, fingerprint: str, now: datetime, by: str | None) -> None:
    made_at = _moment(known.made_at)
    if not known.fingerprint and made_at and now < made_at + FIRST_PASSWORD:
        frappe.db.set_value(ACCOUNT_PASSWORD, known.name, "fingerprint", fingerprint, update_modified=False)
        return
    # Past the guard of evidence, which nobody else comes by.
    frappe.db.set_value(
        ACCOUNT_PASSWORD,
        known.name,
        {"fingerprint": fingerprint, "changed_at": now.isoformat(), "changed_by": by or ""},
        update_modified=False,
    )
    frappe.flags.sm_planner_changed_passwords = {
        known.name,
        *(frappe.flags.sm_planner_changed_passwords or ()),
    }
    _tell(known.name, _told(known.name, by))


def _told(account: str, by: str | None) -> Text:
    if by is None:
        return say(N_("The password of {0} was changed; the site did not see by whom."), account)
    if by in NOBODY:
        return say(N_("The password of {0} was changed by a link to reset it."), account)
    impersonator = (frappe.session.data or {}).get("impersonated_by")
    if impersonator:
        return say(
            N_("The password of {0} was changed by {1}, in the place of {2}."), account, impersonator, by
        )
    return say(N_("The password of {0} was changed by {1}."), account, by)


def _tell(account: str, text: Text) -> None:
    """Keep it in the logs of the plans that the account signs, and tell who guards these."""
    plans: list[str] = []
    with locks.failure_logged(f"SM Planner: that the password of {account} was changed could not be noted"):
        plans = signing_accounts.plans_of(account, (TO_SIGN, ACTIVE))
        for plan in plans:
            sign_off_events.note(plan, PASSWORD_CHANGED, NOTED, str(text))
    with locks.failure_logged(f"SM Planner: that the password of {account} was changed could not be told"):
        sign_off_mails.tell_guardians_of(plans, [text], also=[account])


def _fingerprints(users: Iterable[str]) -> dict[str, str]:
    """Account → fingerprint of what Frappe stores of its password; no entry for an account without one."""
    names = list(users)
    if not names:
        return {}
    stored = (
        frappe.qb.from_(Auth)
        .select(Auth.name, Auth.password)
        .where((Auth.doctype == "User") & (Auth.fieldname == "password") & (Auth.encrypted == 0))
        .where(Auth.name.isin(names))
        .run()
    )
    return {_key(name): hashlib.sha256(hashed.encode()).hexdigest() for name, hashed in stored if hashed}


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _key(user: str) -> str:
    return user.casefold()
