"""The key that signs seals: Ed25519 (RFC 8032), written as base64."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
