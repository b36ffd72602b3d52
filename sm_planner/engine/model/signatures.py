"""The signatures before the last: what they say, and how a seal holds them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sm_planner.engine import canonical_json
from sm_planner.engine.model.proof import told as proof_told
from sm_planner.engine.model.seal_key import CONFIRMED, KeyRing, SealKey
from sm_planner.engine.texts import N_, Text, say

LATER_FIELDS = ("proof",)
"""Fields that signatures gained later. Empty ones are no part of what is signed, so that older signatures fit."""


class Signed:
    """What a seal and a signature before the last say of their signer."""

    signer: str
    signer_name: str
    on_behalf_of: str
    on_behalf_of_name: str
    proof: str

    @property
    def stands_for(self) -> str:
        """The id of the person whose signature this is: the signer, or whom a deputy represents."""
        return self.on_behalf_of or self.signer

    @property
    def signed_by(self) -> Text:
        """Who signed, and in whose place."""
        return signed_by(self.signer_name, self.on_behalf_of_name)

    @property
    def proved_by(self) -> Text:
        """What the signer gave beside the session, and how the request came."""
        return proof_told(self.proof)


@dataclass(frozen=True, kw_only=True)
class Signature(Signed):
    """A signature before the last: who signed which content when, and what that means.

    signer and on_behalf_of are ids of people. The site's key vouches for it until the seal holds it. proof: see
    :class:`sm_planner.engine.model.proof.Proof`.
    """

    content_hash: str
    signer: str
    signer_name: str
    signer_user: str
    signed_at: str
    meaning: str
    on_behalf_of: str = ""
    on_behalf_of_name: str = ""
    delegation: str = ""
    key_id: str = ""
    signature: str = ""
    proof: str = ""

    @property
    def statement_hash(self) -> str:
        return canonical_json.hash_of(canonical_json.canonical_text({**self.as_dict(), "signature": ""}))

    def signed_with(self, key: SealKey | None) -> Signature:
        if key is None:
            return self
        keyed = dataclasses.replace(self, key_id=key.id)
        return dataclasses.replace(keyed, signature=key.sign(keyed.statement_hash))

    def fits(self, ring: KeyRing) -> bool:
        """Whether the site made it, and nobody changed it since."""
        return ring.origin(self.key_id, self.statement_hash, self.signature) == CONFIRMED

    def as_dict(self) -> dict[str, str]:
        values = dataclasses.asdict(self)
        return {name: value for name, value in values.items() if value or name not in LATER_FIELDS}

    def as_text(self) -> str:
        return canonical_json.canonical_text(self.as_dict())


def signed_by(signer: str, on_behalf_of: str) -> Text:
    """Who signed, and in whose place, by their names."""
    return say(N_("{0} on behalf of {1}"), signer, on_behalf_of) if on_behalf_of else say(N_("{0}"), signer)


def read_signature(text: str) -> Signature:
    """The signature that :meth:`Signature.as_text` wrote."""
    return Signature(**json.loads(text))


def as_one_text(signatures: Iterable[Signature]) -> str:
    """How a seal holds the signatures before it; empty if there are none."""
    given = [signature.as_dict() for signature in signatures]
    return canonical_json.canonical_text(given) if given else ""


def read_all(text: str) -> tuple[Signature, ...]:
    """The signatures of :func:`as_one_text`."""
    values: list[dict[str, Any]] = json.loads(text) if text else []
    return tuple(Signature(**value) for value in values)
