"""Who writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Writer:
    """Who writes. people: the ids of the persons for whom the account stands. plans: whether a role lets him plan."""

    user: str
    people: frozenset[str] = frozenset()
    plans: bool = False
