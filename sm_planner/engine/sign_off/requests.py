"""What a signer gives beside the session, and which requests sign at all.

A signature needs proof that does not come from the session it is given in. Whoever sits at somebody's open session can
set another password there, and log in with it: so the password, or its absence, must be the one with which the session
began, and an account whose password was changed waits for a while. Requests with an API key or token, and sessions in
which an administrator acts in somebody's place, sign nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sm_planner.engine.model.proof import (
    BROWSER,
    CONSOLE,
    FRESH_LOG_IN,
    IMPERSONATED,
    KINDS,
    PASSWORD,
    TOKEN,
    Proof,
)
from sm_planner.engine.texts import N_, Text, say

IN_PERSON = (BROWSER, CONSOLE)
"""Ways in which a signature can be given."""


@dataclass(frozen=True)
class Bounds:
    """What a number of minutes may be, and what it is where nobody has set it."""

    least: int
    most: int
    standard: int

    def hold(self, minutes: object) -> bool:
        """Whether these minutes are within the bounds; empty and 0 stand for the standard."""
        return not minutes or self.least <= int(minutes) <= self.most

    def nearest(self, minutes: int | None) -> int:
        """The minutes that count: within the bounds, whatever is stored."""
        return min(max(minutes, self.least), self.most) if minutes else self.standard


LOG_IN_MINUTES = Bounds(1, 60, 10)
"""How old a log-in may be that stands for the password."""

WAIT_MINUTES = Bounds(10, 10_080, 60)
"""How long an account signs nothing after a change of its password: long enough for somebody who is told to object."""

FIRST_PASSWORD = timedelta(days=1)
"""After an account was made: the time in which its first password belongs to its making, and is no change."""


SETTINGS = {"proof_of_signer": None, "log_in_minutes": LOG_IN_MINUTES, "wait_minutes": WAIT_MINUTES}
"""Settings of a site that say how signers prove themselves → bounds of those that are minutes."""

_LABELS = {
    "proof_of_signer": N_("Proof of the Signer"),
    "log_in_minutes": N_("Log-in Not Older Than (Minutes)"),
    "wait_minutes": N_("Wait after a Change of Password (Minutes)"),
}


def changes_of_settings(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Text, ...]:
    """What of these settings becomes something else, in words; empty and 0 are the standard of minutes."""

    def meant(values: Mapping[str, object], name: str) -> object:
        bounds = SETTINGS[name]
        value = values.get(name) or (bounds.standard if bounds else PASSWORD)
        return Text(value) if value in KINDS else value

    return tuple(
        say(N_("{0}: {1} → {2}."), Text(label), meant(before, name), meant(after, name))
        for name, label in _LABELS.items()
        if meant(before, name) != meant(after, name)
    )


def refuse_settings(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Text, ...]:
    """Why these settings cannot be stored: minutes that are changed are within their bounds."""
    return tuple(
        say(N_("{0}: between {1} and {2}."), Text(_LABELS[name]), bounds.least, bounds.most)
        for name, bounds in SETTINGS.items()
        if bounds and after.get(name) != before.get(name) and not bounds.hold(after.get(name))
    )


def changed_by(user: str) -> Text:
    """Who changed how signers prove themselves."""
    return say(N_("{0} changed how signers prove themselves:"), user)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the site wants of a signer. kind: one of :data:`KINDS`."""

    kind: str = PASSWORD
    log_in_minutes: int = LOG_IN_MINUTES.standard
    wait_minutes: int = WAIT_MINUTES.standard


@dataclass(frozen=True, kw_only=True)
class Request:
    """How a request came, and what is known of its session and account. Times have their zone.

    by: who acts in the user's place. session: a mark that tells the session from others, and does not open it.
    logged_in_at: None where no log-in is known. same_password: whether the account has the password, or none, with
    which the session began. password_changed_at: None where it was not changed since the account is known.
    """

    way: str
    by: str = ""
    session: str = ""
    logged_in_at: datetime | None = None
    same_password: bool = True
    password_changed_at: datetime | None = None

    def log_in_age(self, now: datetime) -> int | None:
        """Seconds since the log-in; None where it is not known, or lies in the future."""
        age = int((now - self.logged_in_at).total_seconds()) if self.logged_in_at else -1
        return age if age >= 0 else None


@dataclass(frozen=True)
class Refusal:
    """Why a request signs nothing. new_log_in: whether logging in again helps."""

    text: Text
    new_log_in: bool = False


def refuse_request(asked: Asked, request: Request, now: datetime) -> Refusal | None:
    """Why this request signs nothing, whatever password comes with it; None if nothing stands in the way."""
    if request.way == TOKEN:
        return Refusal(say(N_("You can sign only after a log-in, not with an API key or token.")))
    if request.way == IMPERSONATED:
        return Refusal(
            say(
                N_("{0} is acting in place of this user. Only users who have logged in themselves can sign."),
                request.by,
            )
        )
    return (
        _refuse_log_in(asked, request, now)
        or _refuse_change(asked, request, now)
        or _refuse_age(asked, request, now)
    )


def _refuse_log_in(asked: Asked, request: Request, now: datetime) -> Refusal | None:
    known = request.log_in_age(now) is not None
    if known or (request.way == CONSOLE and asked.kind == PASSWORD):
        return None
    return Refusal(
        say(N_("It is not known when this session began, or with which password. Log out and log in again.")),
        True,
    )


def _refuse_change(asked: Asked, request: Request, now: datetime) -> Refusal | None:
    changed, wait = request.password_changed_at, timedelta(minutes=asked.wait_minutes)
    if not request.same_password or (changed and request.logged_in_at and request.logged_in_at < changed):
        return Refusal(
            say(
                N_(
                    "The password of this account was changed after this log-in. Log out, and log in again with "
                    "the new password. You can sign {0} minutes after the change."
                ),
                asked.wait_minutes,
            ),
            True,
        )
    if changed and now < changed + wait:
        return Refusal(
            say(
                N_(
                    "The password of this account was changed at {0} UTC. The account can sign again from {1} "
                    "UTC."
                ),
                _minute(changed),
                _minute(changed + wait + timedelta(minutes=1)),
            )
        )
    return None


def _refuse_age(asked: Asked, request: Request, now: datetime) -> Refusal | None:
    age = request.log_in_age(now)
    if asked.kind != FRESH_LOG_IN or (age is not None and age <= asked.log_in_minutes * 60):
        return None
    return Refusal(
        say(
            N_("Log in again, and sign within {0} minutes. Your current log-in is older than that."),
            asked.log_in_minutes,
        ),
        True,
    )


def _minute(at: datetime) -> str:
    return at.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M")


def proof_of(request: Request, now: datetime, kind: str = "") -> Proof:
    """What is kept of a request."""
    age = request.log_in_age(now)
    return Proof(
        kind=kind,
        way=request.way,
        by=request.by,
        session=request.session,
        log_in_age=-1 if age is None else age,
    )
