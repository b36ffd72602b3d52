"""JSON in canonical form (RFC 8785), and its hash."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical_text(form: Any) -> str:
    """JSON values in canonical form (RFC 8785)."""
    return rfc8785.dumps(form).decode("utf-8")


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
