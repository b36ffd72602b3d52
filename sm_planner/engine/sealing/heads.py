"""Heads: what was the last of a lineage's seals and log, kept where whoever changes the database does not reach.

A site keeps heads in a file; mails, prints and receipts carry them away. Nothing in a database can tell that its end
was cut off, or that all of it is gone: a head can.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.events import FOUND
from sm_planner.engine.model.lineage import Record
from sm_planner.engine.model.states import ACTIVE, SUPERSEDED
from sm_planner.engine.sealing import canonical
from sm_planner.engine.texts import N_, Text, say

HASH_LENGTH = 64
"""Hexadecimal digits of a hash."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last seal and the last event of a lineage, as they were once.

    plan, version and state: of the version that was signed last. event_at: when the event was, as the log writes it.
    restored: the head was missed in the way in which an older backup misses it.
    """

    lineage: str
    plan: str
    title: str
    version: int
    state: str
    number: int
    seal_hash: str
    signer_user: str
    event_hash: str
    event_at: str
    restored: bool = False

    def as_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


def from_dict(values: Mapping[str, Any]) -> Head:
    """The head that :meth:`Head.as_dict` wrote. Raises ValueError where it is none."""
    kinds = {"version": int, "number": int, "restored": bool}
    try:
        head = Head(**values)
    except TypeError as error:
        raise ValueError(f"This is not a head: {error}") from None
    for name, value in values.items():
        if not isinstance(value, kinds.get(name, str)):
            raise ValueError(f"This is not a head: {name} is {value!r}")
    return head


def head_of(record: Record, title: str) -> Head | None:
    """The head of a lineage; None before anything was signed."""
    if not record.seals:
        return None
    seal = record.seals[-1]
    chained = [event for event in record.events if event.event_hash]
    state = next((version.state for version in record.versions if version.plan == seal.plan), "")
    return Head(
        lineage=seal.lineage,
        plan=seal.plan,
        title=title,
        version=seal.version,
        state=state,
        number=seal.number,
        seal_hash=seal.seal_hash,
        signer_user=seal.signer_user,
        event_hash=chained[-1].event_hash if chained else "",
        event_at=chained[-1].acted_at if chained else "",
    )


def is_there(head: Head, seal_hashes: Set[str], event_hashes: Set[str]) -> bool:
    """Whether what the head names is still to be found."""
    return head.seal_hash in seal_hashes and (not head.event_hash or head.event_hash in event_hashes)


def like_a_backup(missing: Sequence[Head], there: Sequence[Head]) -> bool:
    """Whether heads are missed as an older backup misses them: all that is younger than some moment, nothing else."""
    return bool(missing) and min(head.event_at for head in missing) > max(
        (head.event_at for head in there), default=""
    )


def missed(head: Head, record: Record) -> tuple[Text, ...]:
    """What is not to be found any more of what a head names; empty if all of it is."""
    seals = {seal.seal_hash: seal for seal in record.seals}
    found = []
    if not (record.versions or record.seals or any(event.act != FOUND for event in record.events)):
        found.append(
            say(
                N_("The plan “{0}”, {1}, is there no more, with all versions, seals and entries of its log."),
                head.title,
                head.lineage,
            )
        )
    if head.seal_hash not in seals:
        found.append(
            say(
                N_("Seal {0} of version {1}, {2}, is there no more. The plan was {3} then."),
                head.number,
                head.version,
                head.seal_hash,
                Text(head.state) if head.state in (ACTIVE, SUPERSEDED) else head.state,
            )
        )
    if head.event_hash and all(event.event_hash != head.event_hash for event in record.events):
        found.append(
            say(
                N_("The entry that the log had at {0}, {1}, is there no more."),
                head.event_at,
                head.event_hash,
            )
        )
    return tuple(found)


def judged(head: Head) -> Text:
    """What to think of a head that is missed."""
    if head.restored:
        return say(
            N_(
                "Everything younger is missing too: it looks as if the site was restored from a backup of before "
                "{0}. If nobody restored it, somebody took this out."
            ),
            head.event_at,
        )
    return say(N_("Younger seals and entries of other plans are there: no older backup explains this."))


@dataclass(frozen=True)
class Compared:
    """What a hash from outside is to a plan. known: whether the plan has it."""

    known: bool
    text: Text


def compare(given: str, plan: Plan) -> Compared:
    """Compare a hash from a mail, a print or a receipt with what there is of the plan's lineage."""
    wanted = "".join(given.split()).casefold()
    for seal in plan.seals:
        if wanted == seal.seal_hash:
            words = N_("This is seal {0}: version {1}, signed by {2}, {3}.")
            return Compared(True, say(words, seal.number, seal.version, seal.signed_by, seal.signed_at))
        if wanted == seal.content_hash:
            words = N_(
                "This is the hash of the content that was signed with seal {0}: version {1}, {2}, {3}."
            )
            return Compared(True, say(words, seal.number, seal.version, seal.signed_by, seal.signed_at))
    for event in plan.record.events if plan.record else ():
        if wanted == event.event_hash:
            return Compared(True, say(N_("This is entry {0} in the log."), event.told))
    if wanted == canonical.content_hash(plan):
        return Compared(True, say(N_("This is the hash of the plan as it is now. No seal has it.")))
    if len(wanted) != HASH_LENGTH or set(wanted) - set("0123456789abcdef"):
        return Compared(False, say(N_("This is not a hash. A hash has {0} digits from 0 to f."), HASH_LENGTH))
    return Compared(
        False,
        say(
            N_(
                "No seal of this plan has this hash. If it comes from a mail or a print about this plan, a "
                "seal has since been changed, replaced or deleted. Show both to your auditor."
            )
        ),
    )
