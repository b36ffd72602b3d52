"""The log of the sign-off: every act on the way to a signature and every refused one, and what follows from it.

The log is only added to. Which signatures count, and whether somebody must slow down, is read from it: nothing has
to be cleared when a plan is returned.

The events of a lineage form a chain: each holds the hash of the one before it. Each seal holds the hash of the event
that was the last when it was made, so that the key of the seal vouches for all that came before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone

from sm_planner.engine import canonical_json
from sm_planner.engine.model.events import (
    CHANGE_ACCOUNT,
    DONE,
    FOUND,
    RENAME_ACCOUNT,
    THRESHOLDS,
    WRITE,
    Event,
)
from sm_planner.engine.model.signatures import Signature, read_signature
from sm_planner.engine.model.states import RETURN_FROM_SPONSOR, SEND_TO_SPONSOR, SIGN
from sm_planner.engine.texts import N_, Text, say


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
    if canonical_json.hash_of(event.statement()) != event.event_hash:
        yield say(N_("the entry {0} was changed"), event.told)
    broken_before = before is not None and not before.event_hash  # which is told already
    if not broken_before and event.previous_hash != (before.event_hash if before else ""):
        yield say(
            N_("the entry {0} does not follow the one before it: entries were taken out, put in or moved"),
            event.told,
        )
    if event.signature and signature_of(event) is None:
        yield say(N_("the signature in the entry {0} cannot be read"), event.told)


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
