"""The log of the sign-off: every act on the way to a signature and every refused one, and what follows from it.

The log is only added to. Which signatures count, and whether somebody must slow down, is read from it: nothing has
to be cleared when a plan is returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sm_planner.engine.sign_off import (
    RETURN_FROM_SPONSOR,
    SEND_FOR_REVIEW,
    SEND_TO_SPONSOR,
    SIGN,
)
from sm_planner.engine.signers import Signature, read_signature
from sm_planner.engine.texts import N_, Text, say

START_REVISION = N_("Start Revision")
THRESHOLDS = N_("Thresholds Changed")
"""What plans are measured by became something else while this one waited to be signed."""
FOUND = N_("Watch")
"""Something that the daily watch found: drift, a seal that does not hold, a sponsor who has left."""

ACTS = (
    SEND_FOR_REVIEW.action,
    SEND_TO_SPONSOR.action,
    RETURN_FROM_SPONSOR.action,
    SIGN.action,
    START_REVISION,
    FOUND,
    THRESHOLDS,
)

DONE, REFUSED, NOTED = N_("Done"), N_("Refused"), N_("Noted")
OUTCOMES = (DONE, REFUSED, NOTED)

MOST_ATTEMPTS, WINDOW = 5, timedelta(minutes=15)
"""Refused signatures of one user for one plan, and the time in which they count."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of the log. acted_at: UTC, ISO 8601 with microseconds.

    signature: that of a signer before the last, as :meth:`Signature.as_text` writes it. seal_hash: that of the seal
    which the act made. channel: through which door the act came.
    """

    act: str
    outcome: str
    user: str
    acted_at: str
    reason: str = ""
    channel: str = ""
    content_hash: str = ""
    seal_hash: str = ""
    signature: str = ""


def moment(at: datetime) -> str:
    """A time with its zone as the log writes it."""
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def standing_signatures(events: Iterable[Event], content_hash: str) -> tuple[Signature, ...]:
    """The signatures given since the plan was last put before its signers, for this content and these thresholds.

    events: of one version of a plan, the oldest first.
    """
    given: dict[str, Signature] = {}
    for event in events:
        if event.outcome != DONE:
            continue
        if event.act in (SEND_TO_SPONSOR.action, RETURN_FROM_SPONSOR.action, THRESHOLDS):
            given = {}
        elif event.act == SIGN.action and event.signature:
            signature = read_signature(event.signature)
            if signature.content_hash == content_hash:
                given.setdefault(signature.stands_for, signature)
    return tuple(given.values())


def refuse_hurry(events: Sequence[Event], user: str, now: datetime) -> Text | None:
    """Why this user must wait before the next attempt to sign; None if not. events: of one version of a plan."""
    since = moment(now - WINDOW)
    refused = sum(
        event.act == SIGN.action
        and event.outcome == REFUSED
        and event.user.casefold() == user.casefold()
        and event.acted_at > since
        for event in events
    )
    if refused < MOST_ATTEMPTS:
        return None
    return say(
        N_("{0} signatures of yours were refused. Wait {1} minutes before you try again."),
        refused,
        WINDOW // timedelta(minutes=1),
    )


def lost_seals(events: Iterable[Event], seal_hashes: Iterable[str]) -> tuple[str, ...]:
    """The hashes of seals that were made by the log and are there no more."""
    there = set(seal_hashes)
    made = [event.seal_hash for event in events if event.outcome == DONE and event.seal_hash]
    return tuple(hash for hash in made if hash not in there)


def already_found(events: Sequence[Event], reason: str) -> bool:
    """Whether the last thing that the watch found is this: it is told once, not every day."""
    found = [event.reason for event in events if event.act == FOUND]
    return bool(found) and found[-1] == reason
