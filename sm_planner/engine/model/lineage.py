"""What a site keeps of the sign-off of a lineage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sm_planner.engine import canonical_json
from sm_planner.engine.model.events import Event
from sm_planner.engine.model.seals import Seal


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a lineage as it is stored.

    scope: collection and id of the records that the plan names. accounts: id of a person → account, of those who sign
    the plan and of its owner.
    """

    plan: str
    lineage: str
    version: int
    state: str
    docstatus: int
    scope: frozenset[tuple[str, str]] = frozenset()
    accounts: Mapping[str, str] = field(default_factory=dict)

    @property
    def envelope(self) -> str:
        """The canonical text of what the log keeps of it."""
        return canonical_json.canonical_text(
            {"accounts": dict(self.accounts), "scope": sorted(map(list, self.scope))}
        )


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a site keeps of the sign-off of a lineage.

    versions: those that there are. seals and events: the oldest first. Where one of them names another lineage than
    the plan does, all of that lineage is here too.
    """

    versions: tuple[Version, ...] = ()
    seals: tuple[Seal, ...] = ()
    events: tuple[Event, ...] = ()
