"""The log of the sign-off: every act on the way to a signature and every refused one, and what follows from it.

The log is only added to. Which signatures count, and whether somebody must slow down, is read from it: nothing has
to be cleared when a plan is returned.

The events of a lineage form a chain: each holds the hash of the one before it. Each seal holds the hash of the event
that was the last when it was made, so that the key of the seal vouches for all that came before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sm_planner.engine import canonical
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
THRESHOLDS = N_("Thresholds Changed")
"""What plans are measured by became something else while this one waited to be signed."""
FOUND = N_("Watch")
"""Something that the daily watch found: drift, a seal that does not hold, a sponsor who has left."""
WRITE = N_("Write")
"""That an account wrote or changed the content of a plan, for the first time; noted where it is known from elsewhere."""
CHANGE_ACCOUNT = N_("Change Account")
"""That another account stands for a person who signs, has signed or owns the plan."""
RENAME_ACCOUNT = N_("Rename Account")
"""That a user account has another name, or was merged into another one."""
DELEGATE = N_("Delegate")
"""That whoever signs the plan gave a delegation, or ended one."""
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
    WRITE,
    CHANGE_ACCOUNT,
    RENAME_ACCOUNT,
    DELEGATE,
    THRESHOLDS,
    PASSWORD_CHANGED,
    PROOF_CHANGED,
)

STEPS = ACTS[:4]
"""Acts that move a plan on."""

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
    which the act made. channel: through which door the act came. account: the user account that the act is about;
    account_before: the one in whose place it came. person: the id of whom it stands for.
    envelope: what stood around the plan when it was put before its sponsor, see :mod:`sm_planner.engine.envelope`.
    proof: how it came, and what proved that it was the user, as :meth:`sm_planner.engine.proof.Proof.as_text` writes it.

    Hashes are 64 hexadecimal digits. number says what came first on the site; it has gaps.
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
    person: str = ""
    account_before: str = ""
    account: str = ""
    envelope: str = ""
    lineage: str = ""
    plan: str = ""
    version: int = 0
    number: int = 0
    previous_hash: str = ""
    event_hash: str = ""
    proof: str = ""

    def statement(self) -> str:
        """The canonical text of all that the event says. What is empty is left out, so that fields may be added."""
        fields = dataclasses.asdict(self)
        return canonical.canonical_text(
            {name: value for name, value in fields.items() if value and name != "event_hash"}
        )

    def chained(self, before: Event | None) -> Event:
        """The event as it follows the one before it; before is None for the first of a lineage."""
        linked = dataclasses.replace(self, previous_hash=before.event_hash if before else "", event_hash="")
        return dataclasses.replace(linked, event_hash=canonical.hash_of(linked.statement()))

    @property
    def told(self) -> Text:
        """How a fault names it: what, by whom and when."""
        return say(
            N_("“{0}” by {1}, {2}"),
            Text(self.act) if self.act in ACTS else self.act,
            self.user,
            self.acted_at,
        )


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
            signature = signature_of(event)
            if signature and signature.content_hash == content_hash:
                given.setdefault(signature.stands_for, signature)
    return tuple(given.values())


def signature_of(event: Event) -> Signature | None:
    """The signature that the event keeps; None where it cannot be read, which :func:`log_faults` tells."""
    try:
        return read_signature(event.signature)
    except (ValueError, TypeError):
        return None


def chain(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events as one chain, in the order in which they are given."""
    chained: list[Event] = []
    for event in events:
        chained.append(event.chained(chained[-1] if chained else None))
    return tuple(chained)


def log_faults(events: Iterable[Event]) -> tuple[Text, ...]:
    """Where the log of a lineage is not as it was written. events: all of it, the oldest first."""
    chained = tuple(events)
    pairs = zip((None, *chained), chained, strict=False)
    return tuple(fault for before, event in pairs for fault in _event_faults(before, event))


def _event_faults(before: Event | None, event: Event) -> Iterator[Text]:
    if not event.event_hash:
        yield say(N_("the entry {0} has no hash: it was put in, or its hash taken out"), event.told)
        return
    if canonical.hash_of(event.statement()) != event.event_hash:
        yield say(N_("the entry {0} was changed"), event.told)
    broken_before = before is not None and not before.event_hash  # which is told already
    if not broken_before and event.previous_hash != (before.event_hash if before else ""):
        yield say(
            N_("the entry {0} does not follow the one before it: entries were taken out, put in or moved"),
            event.told,
        )
    if event.signature and signature_of(event) is None:
        yield say(N_("the signature in the entry {0} cannot be read"), event.told)


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


def authors(events: Iterable[Event]) -> tuple[str, ...]:
    """The accounts that wrote or changed the content, as they are called now and as they were called then.

    events: of a version and of those before it, the oldest first. An account goes on under its new name; the old one
    stays an author's too, whoever has it now.
    """
    found: dict[str, None] = {}
    for event in events:
        if event.act == WRITE or event.act == RENAME_ACCOUNT and event.account_before.casefold() in found:
            found.setdefault(event.account.casefold())
    return tuple(found)


def former_names(events: Sequence[Event], user: str) -> tuple[str, ...]:
    """What a user account was called before."""
    names = {user.casefold()}
    for event in reversed(events):
        if event.act == RENAME_ACCOUNT and event.account.casefold() in names:
            names.add(event.account_before.casefold())
    return tuple(sorted(names - {user.casefold()}))


def accounts_of(events: Iterable[Event], person: str) -> tuple[str, ...]:
    """The accounts that have stood for a person, as far as the log knows; the oldest first."""
    found: dict[str, None] = {}
    for event in events:
        if event.act == CHANGE_ACCOUNT and event.person == person:
            found.update(dict.fromkeys(filter(None, (event.account_before, event.account))))
    return tuple(found)
