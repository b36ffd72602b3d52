"""The log of the sign-off: every act on the way to a signature and every refused one, and what follows from it.

The log is only added to. Which signatures count, and whether somebody must slow down, is read from it: nothing has
to be cleared when a plan is returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sm_planner.engine.proof import BROWSER, IN_PERSON, PASSWORD, Proof, read
from sm_planner.engine.sign_off import (
    RETURN_FROM_SPONSOR,
    SEND_FOR_REVIEW,
    SEND_TO_SPONSOR,
    SIGN,
)
from sm_planner.engine.signers import Signature, read_signature
from sm_planner.engine.texts import N_, Text, say

START_REVISION = N_("Start Revision")
FOUND = N_("Watch")
"""Something that the daily watch found: drift, a seal that does not hold, a sponsor who has left."""
PASSWORD_CHANGED = N_("Password Changed")
"""That of an account which signs the plan."""
PROOF_CHANGED = N_("Proof of the Signer Changed")
"""What the site wants of a signer became something else while the plan waited for its signatures."""

ACTS = (
    SEND_FOR_REVIEW.action,
    SEND_TO_SPONSOR.action,
    RETURN_FROM_SPONSOR.action,
    SIGN.action,
    START_REVISION,
    FOUND,
    PASSWORD_CHANGED,
    PROOF_CHANGED,
)

DONE, REFUSED, NOTED = N_("Done"), N_("Refused"), N_("Noted")
OUTCOMES = (DONE, REFUSED, NOTED)

MOST_ATTEMPTS, WINDOW = 5, timedelta(minutes=15)
"""Refused signatures of one user for one plan, or wrong passwords for any, and the time in which they count."""

MOST_OF_LOG_IN = 10
"""Refused signatures after one log-in, whenever they were. Else a session left open could keep its user from signing
for ever."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of the log. acted_at: UTC, ISO 8601 with microseconds.

    signature: that of a signer before the last, as :meth:`Signature.as_text` writes it. seal_hash: that of the seal
    which the act made. channel: through which door the act came. proof: how, and what proved that it was the user, as
    :meth:`sm_planner.engine.proof.Proof.as_text` writes it.
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
    proof: str = ""


def moment(at: datetime) -> str:
    """A time with its zone as the log writes it."""
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def standing_signatures(events: Iterable[Event], content_hash: str) -> tuple[Signature, ...]:
    """The signatures given since the plan was last put before its signers, for this content.

    events: of one version of a plan, the oldest first.
    """
    given: dict[str, Signature] = {}
    for event in events:
        if event.outcome != DONE:
            continue
        if event.act in (SEND_TO_SPONSOR.action, RETURN_FROM_SPONSOR.action):
            given = {}
        elif event.act == SIGN.action and event.signature:
            signature = read_signature(event.signature)
            if signature.content_hash == content_hash:
                given.setdefault(signature.stands_for, signature)
    return tuple(given.values())


def refuse_hurry(
    of_plan: Iterable[Event], of_user: Iterable[Event], user: str, now: datetime, proof: Proof
) -> Text | None:
    """Why this user must wait before the next attempt to sign; None if not.

    of_plan: the events of one version of a plan. of_user: those of the user, whatever the plan; of these wrong passwords
    count. proof: how the attempt comes. What comes in other ways than after a log-in is counted apart: a token, or
    whoever acts in the user's place, does not make the user wait.
    """
    since = moment(now - WINDOW)
    all_of_user = list(_refused(of_user, user, proof))
    lately = max(
        sum(at > since for at, _kept in _refused(of_plan, user, proof)),
        sum(at > since for at, kept in all_of_user if kept.kind == PASSWORD),
    )
    if lately >= MOST_ATTEMPTS:
        return say(
            N_("{0} signatures of yours were refused. Wait {1} minutes before you try again."),
            lately,
            WINDOW // timedelta(minutes=1),
        )
    of_log_in = sum(bool(kept.session) and kept.session == proof.session for _at, kept in all_of_user)
    if of_log_in >= MOST_OF_LOG_IN:
        return say(
            N_("{0} signatures were refused since this log-in. Log out and in again before you sign."),
            of_log_in,
        )
    return None


def _refused(events: Iterable[Event], user: str, proof: Proof) -> Iterator[tuple[str, Proof]]:
    """When signatures of the user were refused that count together with this attempt, and how they came."""
    for event in events:
        if event.act == SIGN.action and event.outcome == REFUSED and event.user.casefold() == user.casefold():
            kept = read(event.proof) or Proof(way=BROWSER)
            if _together(kept) == _together(proof):
                yield event.acted_at, kept


def _together(proof: Proof) -> str:
    """Attempts for which this is the same are counted together."""
    return BROWSER if proof.way in IN_PERSON else proof.way


def tried_before(events: Iterable[Event], proof: Proof, now: datetime) -> bool:
    """Whether the same one, in the same user's place, was refused a signature of this plan within a day before.

    events: of one version of a plan, the attempt of now the last of them.
    """
    since = moment(now - timedelta(days=1))
    tried = [
        event
        for event in events
        if event.act == SIGN.action and event.outcome == REFUSED and event.acted_at > since
    ]
    before = [(event.user, read(event.proof)) for event in tried[:-1] if event.user == tried[-1].user]
    return any(one and (one.way, one.by) == (proof.way, proof.by) for _user, one in before)


def lost_seals(events: Iterable[Event], seal_hashes: Iterable[str]) -> tuple[str, ...]:
    """The hashes of seals that were made by the log and are there no more."""
    there = set(seal_hashes)
    made = [event.seal_hash for event in events if event.outcome == DONE and event.seal_hash]
    return tuple(hash for hash in made if hash not in there)


def already_found(events: Sequence[Event], reason: str) -> bool:
    """Whether the last thing that the watch found is this: it is told once, not every day."""
    found = [event.reason for event in events if event.act == FOUND]
    return bool(found) and found[-1] == reason
