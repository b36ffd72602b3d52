"""What stands around the text of a plan: its state, version and lineage, its scope, the accounts of its signers.
None of it is in the sealed content; seals and log say what it must be. Who wrote the plan is known from the log alone.

A plan takes its envelope along when it is put before its sponsor: the event of that step holds it, and the seal that
follows holds the hash of the log, so that the key vouches for the envelope too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.events import CHANGE_ACCOUNT, DONE, RENAME_ACCOUNT, Event
from sm_planner.engine.model.lineage import Record, Version
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.states import (
    ACTIVE,
    DOCSTATUS,
    DRAFT,
    RETURN_FROM_SPONSOR,
    SEND_FOR_REVIEW,
    SEND_TO_SPONSOR,
    SIGN,
    SUPERSEDED,
    TO_SIGN,
)
from sm_planner.engine.names import as_compared
from sm_planner.engine.sealing import canonical, seal
from sm_planner.engine.sealing.log import log_faults, lost_seals
from sm_planner.engine.sealing.seal import Verification, changed
from sm_planner.engine.texts import N_, Text, listed, say

_LEADS_TO = {step.action: step.target for step in (SEND_FOR_REVIEW, SEND_TO_SPONSOR, RETURN_FROM_SPONSOR)}
"""Act → the state in which it leaves a plan; signing does so with the last signature."""


def verify(plan: Plan, outside: Sequence[Text] = ()) -> Verification:
    """Verify the seals of the plan's lineage and, where the plan comes from a site, all that stands beside them.

    outside: what was kept outside the database and is missed in it.
    """
    record = plan.record or Record()
    there = [one.seal_hash for one in record.seals]
    verified = seal.verify(plan, lost_seals(record.events, there))
    return replace(verified, beside=faults(record), outside=tuple(outside))


def faults(record: Record) -> tuple[Text, ...]:
    """All that is wrong beside the seals, in sentences."""
    return (
        *(say(N_("Log: {0}."), one) for one in record_faults(record)),
        *(say(N_("Around the plan: {0}."), one) for one in envelope_faults(record)),
    )


def record_faults(record: Record) -> tuple[Text, ...]:
    """Where the log is not as it was written, or does not fit the seals."""
    chains: dict[str, list[Event]] = {}
    for event in record.events:
        chains.setdefault(as_compared(event.lineage), []).append(event)
    return (
        *(one for chain in chains.values() for one in log_faults(chain)),
        *_seal_faults(record.events, record.seals),
    )


def envelope_faults(record: Record) -> tuple[Text, ...]:
    """What of the envelopes is not what seals and log say."""
    return tuple(one for story in _stories(record) for one in _story_faults(story))


def _seal_faults(events: Sequence[Event], seals: Sequence[Seal]) -> Iterator[Text]:
    """Seals that the log does not know, or knows otherwise."""
    places = {event.event_hash: place for place, event in enumerate(events) if event.event_hash}
    made = {
        event.seal_hash: place
        for place, event in enumerate(events)
        if event.act == SIGN.action and event.outcome == DONE and event.seal_hash
    }
    for one in seals:
        place = made.get(one.seal_hash)
        if place is None:
            yield say(N_("seal {0} of version {1} is not in the log"), one.number, one.version)
        else:
            yield from _told_otherwise(one, events[place])
        last = len(events) if place is None else place
        if one.log_head and places.get(one.log_head, last) >= last:
            yield say(
                N_("the last entry before seal {0} was made, {1}, is there no more, or was changed"),
                one.number,
                one.signed_at,
            )


def _told_otherwise(one: Seal, event: Event) -> Iterator[Text]:
    for words, in_seal, in_log in (
        (
            N_("seal {0} has the account “{1}” for its signer, and the log has “{2}”"),
            one.signer_user.casefold(),
            event.user.casefold(),
        ),
        (
            N_("seal {0} has the content {1}, and the log has {2}"),
            one.content_hash,
            event.content_hash,
        ),
        (N_("seal {0} is for the plan “{1}”, and the log has “{2}”"), one.plan, event.plan),
    ):
        if in_seal != in_log:
            yield say(words, one.number, in_seal, in_log)


@dataclass(frozen=True, kw_only=True)
class _Story:
    """What is told of one version. stored: None where it is not there. seal: the last of it, if it has one."""

    plan: str
    version: int
    stored: Version | None
    state: str
    seal: Seal | None
    sent: Event | None
    """The step that put it before its sponsor, while that counts."""
    after: tuple[Event, ...]
    """What followed that step."""

    @property
    def told(self) -> Text:
        return say(N_("{0}, version {1}"), self.plan, self.version)


def _stories(record: Record) -> tuple[_Story, ...]:
    """Every version of which a row, a seal or the log tells, in the order of the versions."""
    stored = {version.plan: version for version in record.versions}
    sealed = {one.plan: one for one in record.seals}
    by_plan: dict[str, list[Event]] = {plan: [] for plan in (*stored, *sealed)}
    for event in record.events:
        by_plan.setdefault(event.plan, []).append(event)
    states = {plan: _state(events, plan in sealed) for plan, events in by_plan.items()}
    numbers = {
        plan: sealed[plan].version if plan in sealed else _number(events, stored.get(plan))
        for plan, events in by_plan.items()
    }
    newest = max((numbers[plan] for plan, state in states.items() if state == ACTIVE), default=0)
    found = []
    for plan in sorted(by_plan, key=lambda plan: (numbers[plan], plan)):
        state = states[plan]
        sent = _last(by_plan[plan], SEND_TO_SPONSOR.action) if state in (TO_SIGN, ACTIVE) else None
        found.append(
            _Story(
                plan=plan,
                version=numbers[plan],
                stored=stored.get(plan),
                state=SUPERSEDED if state == ACTIVE and numbers[plan] < newest else state,
                seal=sealed.get(plan),
                sent=sent,
                after=_after(sent, record.events),
            )
        )
    return tuple(found)


def _state(events: Iterable[Event], sealed: bool) -> str:
    """The state in which the log leaves a version; whoever has signed it may have been superseded since."""
    state = ACTIVE if sealed else DRAFT
    for event in events:
        if event.outcome != DONE or state == ACTIVE:
            continue
        state = _LEADS_TO.get(event.act, state)
        if event.act == SIGN.action and event.seal_hash:
            state = ACTIVE
    return state


def _number(events: Sequence[Event], stored: Version | None) -> int:
    """The number of a version without a seal: that of the log once it was sent on, as a draft may be made anew."""
    told = [event.version for event in events if event.outcome == DONE]
    if stored and (not told or _state(events, sealed=False) == DRAFT):
        return stored.version
    return told[-1] if told else 0


def _last(events: Iterable[Event], act: str) -> Event | None:
    done = [event for event in events if event.outcome == DONE and event.act == act]
    return done[-1] if done else None


def _after(sent: Event | None, events: Sequence[Event]) -> tuple[Event, ...]:
    """What followed; all of it where the step is not told of."""
    return tuple(events[events.index(sent) + 1 :] if sent else events)


def _story_faults(story: _Story) -> Iterator[Text]:
    if story.stored is None:
        if story.state != DRAFT:
            yield say(N_("{0}: it was {1}, and is there no more"), story.told, Text(story.state))
        return
    yield from _header_faults(story, story.stored)
    if story.sent and story.sent.envelope:
        yield from _changed(story, story.stored)
    elif story.seal and not changed(story.seal):
        yield from _beyond_the_seal(story, story.stored, story.seal)


def _header_faults(story: _Story, stored: Version) -> Iterator[Text]:
    if stored.state != story.state:
        yield say(
            N_("{0}: the state is {1}; by seals and log it is {2}"),
            story.told,
            Text(stored.state) if stored.state in DOCSTATUS else stored.state,
            Text(story.state),
        )
    if stored.docstatus != DOCSTATUS[story.state]:
        yield say(
            N_("{0}: the document status is {1}; by seals and log it is {2}"),
            story.told,
            stored.docstatus,
            DOCSTATUS[story.state],
        )
    if stored.version != story.version:
        yield say(
            N_("{0}: the plan has the version {1}; seals and log have {2}"),
            story.told,
            stored.version,
            story.version,
        )
    lineage = story.seal.lineage if story.seal else story.sent.lineage if story.sent else stored.lineage
    if lineage and stored.lineage != lineage:
        yield say(
            N_("{0}: the lineage is “{1}”; seals and log have “{2}”"), story.told, stored.lineage, lineage
        )


def _changed(story: _Story, stored: Version) -> Iterator[Text]:
    """What is not as it was when the plan was put before its sponsor: from then on nothing of it changes."""
    try:
        kept = _read(story.sent.envelope)
    except ValueError:
        yield say(N_("{0}: what the log keeps of its scope and accounts cannot be read"), story.told)
        return
    yield from _rows(
        story, stored.scope - kept.scope, N_("{0}: the scope has {1}, which was not there at signing")
    )
    yield from _rows(
        story, kept.scope - stored.scope, N_("{0}: the scope lacks {1}, which was there at signing")
    )
    if story.state != SUPERSEDED:
        yield from _account_faults(story, stored.accounts, kept.accounts)


def _beyond_the_seal(story: _Story, stored: Version, own: Seal) -> Iterator[Text]:
    """The same for what was signed before the log kept the envelope: by the seal, as far as it tells."""
    content = canonical.read(own.content)
    sealed = {
        (name, one["id"]) for name in COLLECTIONS if COLLECTIONS[name].shared for one in content.get(name, ())
    }
    yield from _rows(
        story, stored.scope - sealed, N_("{0}: the scope has {1}, which was not there at signing")
    )
    if story.state != SUPERSEDED:
        signed = {one.signer: one.signer_user for one in (*own.earlier, own)}
        yield from _account_faults(story, stored.accounts, signed)


def _account_faults(story: _Story, now: Mapping[str, str], then: Mapping[str, str]) -> Iterator[Text]:
    for person in sorted(now.keys() & then.keys()):
        expected = _followed(person, then[person], story.after)
        if now[person].casefold() != expected.casefold():
            yield say(
                N_("{0}: the account of {1} is “{2}”; by seals and log it is “{3}”"),
                story.told,
                person,
                now[person],
                expected,
            )


def _followed(person: str, account: str, events: Iterable[Event]) -> str:
    """The account that stands for a person after these events; account is that of before."""
    for event in events:
        changed = event.act == CHANGE_ACCOUNT and event.person == person
        renamed = event.act == RENAME_ACCOUNT and event.account_before.casefold() == account.casefold()
        if changed or renamed:
            account = event.account
    return account


def _rows(story: _Story, rows: Iterable[tuple[str, str]], words: str) -> Iterator[Text]:
    for collection, id in sorted(rows):
        yield say(words, story.told, listed((collection, id), " "))


@dataclass(frozen=True)
class _Kept:
    scope: frozenset[tuple[str, str]]
    accounts: Mapping[str, str]


def _read(text: str) -> _Kept:
    """The envelope that :attr:`Version.envelope` wrote. Raises ValueError where it is none."""
    try:
        values: dict[str, Any] = json.loads(text)
        return _Kept(
            frozenset((collection, id) for collection, id in values["scope"]),
            {str(person): str(account) for person, account in values["accounts"].items()},
        )
    except (AttributeError, KeyError, TypeError, RecursionError):
        raise ValueError("This is not the envelope of a plan.") from None
