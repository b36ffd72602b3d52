"""How the registers of a plan went on since it was signed, counted: what is no alarm, and worth knowing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.sealing.change import ADDED, REMOVED, Change
from sm_planner.engine.sealing.seal import holds, own_seal, progress
from sm_planner.engine.texts import N_, Text, listed, say

_TOLD = (
    ("new", N_("1 new"), N_("{0} new")),
    ("gone", N_("1 dropped"), N_("{0} dropped")),
    ("moved", N_("1 date moved"), N_("{0} dates moved")),
    ("changed", N_("1 changed otherwise"), N_("{0} changed otherwise")),
)


@dataclass(frozen=True)
class Progress:
    """Entries that are new, that are there no more, whose dates moved, and that changed otherwise, each counted once."""

    changes: tuple[Change, ...]
    new: int
    gone: int
    moved: int
    changed: int

    @property
    def told(self) -> Text:
        """In words, such as “3 new, 2 dates moved”."""
        counts = ((getattr(self, name), one, many) for name, one, many in _TOLD)
        found = [say(one) if count == 1 else say(many, count) for count, one, many in counts if count]
        return listed(found) if found else say(N_("Nothing moved."))


def since_signing(plan: Plan) -> Progress | None:
    """How the registers went on since the plan was signed; None where nobody has signed it, or its seal does not hold."""
    own = own_seal(plan)
    return counted(progress(own, plan)) if own and holds(own, plan.key_ring) else None


def counted(changes: Sequence[Change]) -> Progress:
    """Changes of registers, counted by their entries."""
    entries: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        entries.setdefault((change.collection, change.id), []).append(change)
    kinds = [_kind(found) for found in entries.values()]
    return Progress(tuple(changes), *(kinds.count(name) for name, _one, _many in _TOLD))


def _kind(changes: Sequence[Change]) -> str:
    """How an entry changed, by what weighs most."""
    if any(not change.field for change in changes):
        return {ADDED: "new", REMOVED: "gone"}[changes[0].kind]
    return "moved" if any(map(_is_of_a_date, changes)) else "changed"


def _is_of_a_date(change: Change) -> bool:
    spec = specs(COLLECTIONS[change.collection].record).get(change.field)
    return spec is not None and spec.kind == "date"
