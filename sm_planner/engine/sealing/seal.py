"""Seals: what was signed, by whom and when, so that a later change is found.

A seal holds the canonical content of a signed plan and its hash, a statement (signer, time, meaning, number,
the hash of the seal before it), the hash of that statement, and an Ed25519 signature of that hash by a key
that is kept outside the database. Seals of one lineage form a chain with numbers from 1. A changed content, a
changed statement, a missing or exchanged seal breaks a hash; whoever recomputes all hashes lacks the key, and a site
that has a key takes no seal without it (:class:`sm_planner.engine.model.seal_key.KeyRing`).

A seal is a simple electronic signature with evidence of tampering (eIDAS art. 3 (10), 21 CFR 11.50 and 11.70);
it is not a qualified one: whoever runs the site holds the key.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sm_planner.engine import canonical_json
from sm_planner.engine.model import Plan
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.seal_key import CONFIRMED, KeyRing, SealKey
from sm_planner.engine.model.seals import SCHEMA, SIGNED_AT, Seal
from sm_planner.engine.model.signatures import Signature, as_one_text, read_all
from sm_planner.engine.sealing import canonical, thresholds
from sm_planner.engine.sealing.diff import Change, diff, moved
from sm_planner.engine.texts import N_, Text, listed, say


def make(
    plan: Plan,
    *,
    signer: str,
    signed_at: datetime,
    meaning: str,
    channel: str,
    key: SealKey | None = None,
    delegation: Delegation | None = None,
    given: Sequence[Signature] = (),
    log_head: str = "",
    proof: str = "",
) -> Seal:
    """The next seal of the plan's lineage; ``plan.seals`` are those before it.

    signer is the id of a person of the plan, signed_at a time with its zone, given the signatures before this one,
    log_head the hash of the last event in the log of the lineage.
    With a delegation, its deputy signs for that person. Whether somebody may sign is for
    :mod:`sm_planner.engine.sign_off.refusals` to say.
    """
    text = canonical_json.canonical_text(canonical.content(plan))
    last = plan.seals[-1] if plan.seals else None
    seal = Seal(
        lineage=plan.lineage,
        number=last.number + 1 if last else 1,
        plan=plan.id,
        version=plan.version,
        content=text,
        content_hash=canonical_json.hash_of(text),
        previous_hash=last.seal_hash if last else "",
        **who_signs(plan, signer, delegation),
        signed_at=as_signed_at(signed_at),
        meaning=meaning,
        channel=channel,
        key_id=key.id if key else "",
        signed_before=as_one_text(given),
        log_head=log_head,
        thresholds=thresholds.as_text(plan.settings),
        proof=proof,
    )
    seal_hash = canonical_json.hash_of(seal.statement())
    return dataclasses.replace(seal, seal_hash=seal_hash, signature=key.sign(seal_hash) if key else "")


def countersign(
    plan: Plan,
    *,
    signer: str,
    signed_at: datetime,
    meaning: str,
    key: SealKey | None = None,
    delegation: Delegation | None = None,
    proof: str = "",
) -> Signature:
    """The signature of a signer before the last; see :func:`make`."""
    signature = Signature(
        content_hash=canonical.content_hash(plan),
        **who_signs(plan, signer, delegation),
        signed_at=as_signed_at(signed_at),
        meaning=meaning,
        proof=proof,
    )
    return signature.signed_with(key)


def who_signs(plan: Plan, signer: str, delegation: Delegation | None) -> dict[str, str]:
    """What a signature says of the signer: a person of the plan, or a deputy in that person's place."""
    person = plan.get("people", signer)
    if delegation is None:
        return {"signer": signer, "signer_name": person.title, "signer_user": person.user}
    return {
        "signer": delegation.deputy,
        "signer_name": delegation.deputy_name,
        "signer_user": delegation.deputy_user,
        "on_behalf_of": signer,
        "on_behalf_of_name": person.title,
        "delegation": delegation.told,
    }


def as_signed_at(at: datetime) -> str:
    """A time with its zone as seals write it."""
    return at.astimezone(timezone.utc).strftime(SIGNED_AT)


def judge(seal: Seal, ring: KeyRing) -> SealVerdict:
    """What is known of a seal by itself: the one judgement, which all that speak of seals repeat."""
    origin = ring.origin(seal.key_id, seal.seal_hash, seal.signature)
    return SealVerdict(seal, changed(seal) or ring.fault(origin, seal.key_id, seal.seal_hash), origin)


def holds(seal: Seal, ring: KeyRing) -> bool:
    """Whether what the seal says is what was signed here."""
    return judge(seal, ring).problem is None


def changed(seal: Seal) -> Text | None:
    """Why the seal's hashes do not fit what it holds, or None if they do."""
    if seal.schema_version > SCHEMA:
        return say(N_("a later release of SM Planner made it; update to check it"))
    if canonical_json.hash_of(seal.content) != seal.content_hash:
        return say(N_("the sealed content was changed"))
    if canonical_json.hash_of(seal.statement()) != seal.seal_hash:
        return say(N_("who signed, when, or what was said was changed"))
    return _unreadable(seal)


def _unreadable(seal: Seal) -> Text | None:
    """What of a seal cannot be read although its hashes fit: whoever wrote that recomputed them."""
    try:
        canonical.read(seal.content)
    except canonical.LaterSchema:
        return say(N_("a later release of SM Planner made it; update to check it"))
    except ValueError:
        return say(N_("the sealed content cannot be read"))
    try:
        read_all(seal.signed_before)
    except (ValueError, TypeError):
        return say(N_("the signatures before it cannot be read"))
    try:
        datetime.strptime(seal.signed_at, SIGNED_AT).replace(tzinfo=timezone.utc)
    except ValueError:
        return say(N_("the time of the signature cannot be read"))
    return None


def own_seal(plan: Plan) -> Seal | None:
    """The seal of the plan's own version, or None while nobody has signed it."""
    return next((seal for seal in reversed(plan.seals) if seal.version == plan.version), None)


def chain_faults(seals: Sequence[Seal]) -> tuple[Text, ...]:
    """Where the chain of a lineage's seals is broken. seals: in the order of their numbers."""
    faults = [
        fault
        for before, seal in zip((None, *seals), seals, strict=False)
        for fault in link_faults(before, seal)
    ]
    if len({seal.lineage for seal in seals}) > 1:
        faults.append(say(N_("seals of several plans are mixed")))
    return tuple(dict.fromkeys(faults))


def link_faults(before: Seal | None, seal: Seal) -> Iterator[Text]:
    """Why a seal cannot come right after the one before it; before is None for the first of a lineage."""
    expected = before.number + 1 if before else 1
    if seal.number != expected:
        yield say(N_("seal {0} stands where seal {1} belongs"), seal.number, expected)
    if seal.previous_hash != (before.seal_hash if before else ""):
        yield say(N_("seal {0} does not follow the seal before it"), seal.number)
    if before and seal.version <= before.version:
        yield say(N_("a version is sealed twice, or versions stand in the wrong order"))


def drift(seal: Seal, plan: Plan) -> tuple[Change, ...]:
    """How what the plan promises today differs from what was sealed, by the schema of the seal."""
    return diff(canonical.read(seal.content), canonical.content(plan))


def progress(seal: Seal, plan: Plan) -> tuple[Change, ...]:
    """How the registers went on since the plan was sealed."""
    return moved(canonical.read(seal.content).get("registers", {}), canonical.registers(plan))


@dataclass(frozen=True)
class SealVerdict:
    """What is known of one seal: problem is None if its hashes fit and nothing speaks against its origin.

    origin: see :mod:`sm_planner.engine.model.seal_key`.
    """

    seal: Seal
    problem: Text | None
    origin: str

    @property
    def asked(self) -> tuple[Text, ...]:
        """The thresholds of the moment that differed from the standard, in words."""
        return thresholds.told_of_seal(self.seal.thresholds)


def _told(verdict: SealVerdict) -> Iterator[str]:
    """A seal in English: who signed when, and by which thresholds the plan was measured."""
    seal = verdict.seal
    yield (
        f"Seal {seal.number}, version {seal.version}: {seal.signed_by}, "
        f"{seal.signed_at}, {seal.seal_hash} (origin {verdict.origin})"
    )
    if seal.thresholds:
        yield f"Seal {seal.number} was signed by other thresholds than the standard: {listed(verdict.asked, '; ')}"


@dataclass(frozen=True)
class Verification:
    """What is known of a lineage's seals, and how the plan of today differs from its own.

    beside: what is wrong with all that stands beside the seals: the log, and state, scope and accounts of the plan.
    progress: how the registers went on since it was signed, which is nothing wrong.
    outside: what was kept outside the database and is not in it any more, which an older backup may explain.
    """

    seals: tuple[SealVerdict, ...]
    chain_faults: tuple[Text, ...]
    drift: tuple[Change, ...]
    ring: KeyRing = KeyRing()
    progress: tuple[Change, ...] = ()
    beside: tuple[Text, ...] = ()
    outside: tuple[Text, ...] = ()

    @property
    def intact(self) -> bool:
        """Nothing that was sealed has been changed, and all of it was made here; drift is no tampering."""
        return bool(self.seals) and not self.problems

    @property
    def clean(self) -> bool:
        """There is nothing to tell."""
        return self.intact and not self.drift and not self.outside

    @property
    def confirmed(self) -> bool:
        """Whether the keys by which this was judged made every seal."""
        return bool(self.seals) and all(verdict.origin == CONFIRMED for verdict in self.seals)

    @property
    def problems(self) -> tuple[Text, ...]:
        """Everything that is wrong, in plain words."""
        return (*self.seal_problems, *self.beside)

    @property
    def seal_problems(self) -> tuple[Text, ...]:
        """What is wrong with the seals, their keys and their chain."""
        return (
            *((self.ring.trouble,) if self.ring.trouble else ()),
            *(
                say(N_("Seal {0}: {1}."), verdict.seal.number, verdict.problem)
                for verdict in self.seals
                if verdict.problem
            ),
            *(say(N_("Chain: {0}."), fault) for fault in self.chain_faults),
        )

    @property
    def notes(self) -> tuple[Text, ...]:
        """What must be known of the keys to judge the verification."""
        return self.ring.notes

    def told(self) -> list[str]:
        """The verification in English, a line each: the seals, what is wrong, what changed since."""
        lines = [line for verdict in self.seals for line in _told(verdict)] or ["There is no seal."]
        lines += [str(problem) for problem in (*self.problems, *self.outside)]
        lines += [str(note) for note in self.notes]
        lines += [f"Changed since signing: {change.text}" for change in self.drift]
        lines += [f"Since signing: {change.text}" for change in self.progress]
        if self.intact:
            lines.append("All seals are intact." + self._unchanged)
        return lines

    @property
    def _unchanged(self) -> str:
        if self.drift:
            return ""
        return " What is promised is unchanged." if self.progress else " Nothing changed since signing."

    def as_dict(self) -> dict[str, Any]:
        return {
            "intact": self.intact,
            "problems": [str(problem) for problem in self.problems],
            "outside": [str(missed) for missed in self.outside],
            "notes": [str(note) for note in self.notes],
            "seals": [
                {
                    "number": verdict.seal.number,
                    "version": verdict.seal.version,
                    "signer_name": verdict.seal.signer_name,
                    "signed_at": verdict.seal.signed_at,
                    "seal_hash": verdict.seal.seal_hash,
                    "origin": verdict.origin,
                    "thresholds": verdict.seal.thresholds,
                    "problem": str(verdict.problem or ""),
                }
                for verdict in self.seals
            ],
            "drift": [change.as_dict() for change in self.drift],
            "progress": [change.as_dict() for change in self.progress],
        }


def verify(plan: Plan, lost: Sequence[str] = ()) -> Verification:
    """Judge every seal of the plan's lineage by its ring of keys, and compare the plan with the seal of its version.

    lost: hashes of seals that are known to have been made and are there no more.
    """
    own = own_seal(plan)
    compared = own if own and holds(own, plan.key_ring) else None
    gone = tuple(say(N_("the seal {0} was made and is there no more"), seal_hash) for seal_hash in lost)
    return Verification(
        seals=tuple(judge(seal, plan.key_ring) for seal in plan.seals),
        chain_faults=(*chain_faults(plan.seals), *gone),
        drift=drift(compared, plan) if compared else (),
        ring=plan.key_ring,
        progress=progress(compared, plan) if compared else (),
    )
