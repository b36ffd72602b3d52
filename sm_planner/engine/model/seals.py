"""The seal of a signed version: what it says, and how that is written down."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from sm_planner.engine import canonical_json
from sm_planner.engine.model.signatures import Signature, Signed, read_all

SCHEMA = 1
"""Version of the statement: which fields it has and how they are hashed."""


LATER_FIELDS = (
    "on_behalf_of",
    "on_behalf_of_name",
    "delegation",
    "signed_before",
    "log_head",
    "thresholds",
    "proof",
)
"""Fields that seals gained later. Empty ones are no part of the statement, so that older seals keep their hash."""


SIGNED_AT = "%Y-%m-%dT%H:%M:%SZ"
"""How seals write a time, in UTC."""


@dataclass(frozen=True, kw_only=True)
class Seal(Signed):
    """One link of a lineage's chain. Hashes are 64 hexadecimal digits; signed_at is UTC, ISO 8601.

    A deputy's seal says on_behalf_of whom (the id of a person) and under which delegation it was made.
    signed_before: the signatures before the last, see :func:`sm_planner.engine.model.signatures.as_one_text`.
    log_head: the hash of the last event of the lineage when the seal was made, see
    :mod:`sm_planner.engine.sealing.log`; empty where there is no log.
    thresholds: those that differed from the standard, see :func:`sm_planner.engine.sealing.thresholds.as_text`.
    proof: what the signer gave beside the session, see :class:`sm_planner.engine.model.proof.Proof`.
    """

    schema_version: int = SCHEMA
    lineage: str
    number: int
    plan: str
    version: int
    content: str
    content_hash: str
    previous_hash: str
    signer: str
    signer_name: str
    signer_user: str
    signed_at: str
    meaning: str
    channel: str
    key_id: str = ""
    seal_hash: str = ""
    signature: str = ""
    on_behalf_of: str = ""
    on_behalf_of_name: str = ""
    delegation: str = ""
    signed_before: str = ""
    log_head: str = ""
    thresholds: str = ""
    proof: str = ""

    @property
    def earlier(self) -> tuple[Signature, ...]:
        """The signatures that were given before this one, in their order; none of a seal where they cannot be read,
        which :func:`sm_planner.engine.sealing.seal.changed` tells."""
        try:
            return read_all(self.signed_before)
        except (ValueError, TypeError):
            return ()

    def signed_on(self, zone: str = "UTC") -> date | None:
        """The day of the signature in a time zone; None where its time cannot be read, which
        :func:`sm_planner.engine.sealing.seal.changed` tells. :meth:`sm_planner.engine.model.plan.Plan.signed_on` knows the zone."""
        try:
            signed = datetime.strptime(self.signed_at, SIGNED_AT).replace(tzinfo=timezone.utc)
        except ValueError:
            return None
        return signed.astimezone(ZoneInfo(zone)).date()

    def statement(self) -> str:
        """The canonical text of all that the seal says, the content represented by its hash."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for name in ("content", "seal_hash", "signature"):
            del fields[name]
        for name in LATER_FIELDS:
            if not fields[name]:
                del fields[name]
        return canonical_json.canonical_text(fields)

    def as_dict(self) -> dict[str, Any]:
        """The seal as JSON values; :func:`from_dict` reads them."""
        return dataclasses.asdict(self)


def from_dict(values: Mapping[str, Any]) -> Seal:
    """A seal from the values of its fields; others are passed over. Raises ValueError if one is missing."""
    fields = Seal.__dataclass_fields__
    try:
        return Seal(**{name: type_(values[name]) for name, type_ in _TYPES.items() if name in values})
    except TypeError:
        missing = [name for name, field in fields.items() if name not in values]
        raise ValueError(f"This is not a seal: {', '.join(missing)} missing.") from None


_TYPES = {
    name: int if name in ("schema_version", "number", "version") else str
    for name in Seal.__dataclass_fields__
}
