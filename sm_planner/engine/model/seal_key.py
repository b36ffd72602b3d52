"""The key that signs seals, Ed25519 (RFC 8032) written as base64, and the ring of all keys that a site has had.

A ring says who can have made a seal. It is kept where the plans are not; what it holds is public but for the secret of
the key that signs, which is no part of it.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sm_planner.engine.texts import N_, Text, say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, repr=False)
class SealKey:
    """A signing key. secret: its 32 bytes in base64; keep it where the plans are not."""

    secret: str

    @classmethod
    def new(cls) -> SealKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode())

    @property
    def public(self) -> str:
        """The public key in base64: whoever has it can check signatures."""
        return base64.b64encode(self._private().public_key().public_bytes_raw()).decode()

    @property
    def id(self) -> str:
        """A short name for the public key."""
        return key_id(self.public)

    def sign(self, seal_hash: str) -> str:
        """The signature of a hash (hexadecimal digits), in base64."""
        return base64.b64encode(self._private().sign(bytes.fromhex(seal_hash))).decode()

    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        try:
            return Ed25519PrivateKey.from_private_bytes(base64.b64decode(self.secret, validate=True))
        except ValueError:
            raise ValueError("This is not a seal key: 32 bytes in base64 are expected.") from None


CONFIRMED, NOT_CHECKABLE, FORGED, UNSIGNED = "confirmed", "not checkable", "forged", "unsigned"
RETIRED = "retired key"
"""What is known of the origin of a seal or a signature. Retired key: made with a key after it had been retired."""


@dataclass(frozen=True, kw_only=True)
class RetiredKey:
    """A key that signed once. retired_at: UTC, ISO 8601. made: the hashes of all that it had signed until then.

    follower: the id of the key that came after it. signature: of that change, by the retired key itself; empty where
    the key was retired before changes were recorded, and taken over from what the site said of it.
    """

    public: str
    retired_at: str
    follower: str = ""
    signature: str = ""
    made: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        return key_id(self.public)

    @property
    def change_hash(self) -> str:
        """The hash that the retired key signs: which key followed it, and when."""
        change = {"follower": self.follower, "retired": self.id, "retired_at": self.retired_at}
        return hashlib.sha256(json.dumps(change, sort_keys=True).encode()).hexdigest()

    @property
    def recorded(self) -> bool:
        """Whether the key itself says that it was retired."""
        return signature_fits(self.public, self.change_hash, self.signature)


@dataclass(frozen=True, kw_only=True)
class KeyRing:
    """The public keys by which seals are judged, in base64.

    signing: the key that signs on a site; with one, every seal must be signed by a key of the ring, but for those that
    were there before (``earlier``: their hashes). retired: the keys before it, the oldest first. added: keys for which
    no change is recorded; with a plan file, the one that was given. trouble: why the keys of a site cannot be read.
    of_site: whether this is the ring of a site, and not what was given with a plan file.
    """

    signing: str = ""
    retired: tuple[RetiredKey, ...] = ()
    earlier: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    trouble: Text | None = None
    of_site: bool = False

    @property
    def public_keys(self) -> dict[str, str]:
        """Key id → public key, the one that signs last."""
        known = (
            *self.added,
            *(key.public for key in self.retired),
            *([self.signing] if self.signing else ()),
        )
        return {key_id(public): public for public in known}

    def standing(self, key: str) -> str:
        """What a key is to the site, in English. key: its id."""
        retired = self._retired.get(key)
        if retired is None:
            return "signs" if key_id(self.signing) == key else "added by hand"
        return (
            f"retired {retired.retired_at}" if retired.signature else f"retired before {retired.retired_at}"
        )

    @cached_property
    def _by_id(self) -> dict[str, str]:
        return self.public_keys

    @cached_property
    def _retired(self) -> dict[str, RetiredKey]:
        return {key.id: key for key in self.retired}

    def origin(self, key: str, digest: str, signature: str) -> str:
        """Who made a signature of that hash. key: the id of the key with which it says that it was made."""
        if not signature:
            return UNSIGNED
        public = self._by_id.get(key)
        if public is None:
            return NOT_CHECKABLE
        if not signature_fits(public, digest, signature):
            return FORGED
        if public == self.signing:
            return CONFIRMED
        if retired := self._retired.get(key):
            return CONFIRMED if digest in retired.made else RETIRED
        return NOT_CHECKABLE if self.signing else CONFIRMED

    def fault(self, origin: str, key: str, digest: str) -> Text | None:
        """Why what has this origin was not made here, or None if nothing speaks against it."""
        if origin == CONFIRMED:
            return None
        if origin == FORGED:
            return say(N_("the signature was not made with key {0}"), key)
        if origin == RETIRED:
            return say(N_("it was made with key {0} after that key had been retired"), key)
        if not self.signing or digest in self.earlier:
            return None
        if origin == UNSIGNED:
            return say(N_("it bears no signature of a key, and this site signs every seal"))
        if key not in self._by_id:
            return say(N_("it was signed with key {0}, which is none of this site"), key)
        return None

    @property
    def notes(self) -> tuple[Text, ...]:
        """What whoever reads a verification must know of the keys."""
        if not self.of_site or self.trouble:
            return ()
        if not self.signing:
            return (
                say(N_("This site has no seal key: who made its seals cannot be checked, and nobody signs.")),
            )
        return tuple(
            say(
                N_("Key {0} was added by hand: no change from it to another key is recorded."), key_id(public)
            )
            for public in self.added
        )

    def made_by_key(self, key: str, digest: str, signature: str) -> bool:
        """Whether the signature was made with that key of the ring, retired or not."""
        return self.origin(key, digest, signature) in (CONFIRMED, RETIRED)

    def with_added(self, public_keys: Iterable[str]) -> KeyRing:
        """The ring with keys for which no change is recorded."""
        return dataclasses.replace(self, added=(*self.added, *public_keys))

    def retire(self, key: SealKey, *, follower: str, at: str, made: Iterable[str]) -> KeyRing:
        """The ring after a change of the key. key: the one that signed so far; follower: the public key of the next;
        at: UTC, ISO 8601; made: the hashes of all that the key has signed."""
        old = RetiredKey(public=key.public, retired_at=at, follower=key_id(follower), made=frozenset(made))
        old = dataclasses.replace(old, signature=key.sign(old.change_hash))
        return dataclasses.replace(self, signing=follower, retired=(*self.retired, old))

    def as_dict(self) -> dict[str, Any]:
        """The ring of a site as JSON values; :func:`read_ring` reads them."""
        return {
            "public": self.signing,
            "retired": [{**dataclasses.asdict(key), "made": sorted(key.made)} for key in self.retired],
            "earlier": sorted(self.earlier),
            "added": list(self.added),
        }


def read_ring(values: Mapping[str, Any]) -> KeyRing:
    """The ring of a site. Raises ValueError, in words, where something is no key or not as it should be.

    A retired key that does not itself say so, by its signature, counts as added by hand; one that was taken over from
    a time without records has none.
    """
    try:
        ring = KeyRing(
            signing=str(values["public"]),
            retired=tuple(
                RetiredKey(**{**key, "made": frozenset(key["made"])}) for key in values.get("retired", ())
            ),
            earlier=frozenset(values.get("earlier", ())),
            added=tuple(map(str, values.get("added", ()))),
            of_site=True,
        )
        for public in (ring.signing, *ring.added, *(key.public for key in ring.retired)):
            check_public(public)
        stray = tuple(key for key in ring.retired if key.signature and not key.recorded)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"the ring of keys is not as it was written: {error}") from None
    return dataclasses.replace(
        ring,
        retired=tuple(key for key in ring.retired if key not in stray),
        added=(*ring.added, *(key.public for key in stray)),
    )


def check_public(public_key: str) -> None:
    """Raises ValueError, in words, for what is no public key."""
    try:
        whole = len(base64.b64decode(public_key, validate=True)) == 32
    except (ValueError, TypeError):
        whole = False
    if not whole:
        raise ValueError("this is not a public key: 32 bytes in base64 are expected")


def key_id(public_key: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a public key."""
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]


def signature_fits(public_key: str, seal_hash: str, signature: str) -> bool:
    """Whether a signature of that hash was made with the key; a malformed one was not."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key)).verify(
            base64.b64decode(signature), bytes.fromhex(seal_hash)
        )
    except (InvalidSignature, ValueError):
        return False
    return True
