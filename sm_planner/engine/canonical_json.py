"""JSON in canonical form (RFC 8785), and its hash."""

from __future__ import annotations

import hashlib
from typing import Any


def canonical_text(form: Any) -> str:
    """JSON values in canonical form (RFC 8785)."""
    import rfc8785  # not above: the model, and with it this module, is loaded by whoever reads the hooks of the app

    return rfc8785.dumps(form).decode("utf-8")


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
