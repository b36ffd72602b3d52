"""How a record is named where it is not at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sm_planner.engine.model.plan import NAMES, Plan

_KEPT = "_ref"


@dataclass(frozen=True)
class Ref:
    """Names a record: its collection (``plan`` for the plan itself), id and title."""

    collection: str
    id: str
    title: str = ""

    @classmethod
    def to(cls, record: Any) -> Ref:
        """The reference to a record of the model. It is kept with the record, which never changes, as many findings name
        the same one."""
        kept = vars(record)
        if _KEPT not in kept:
            kept[_KEPT] = cls(_collection_of(type(record)), record.id, record.title)
        return kept[_KEPT]

    def __str__(self) -> str:
        return self.title or self.id


def _collection_of(record_class: type) -> str:
    return "plan" if record_class is Plan else NAMES[record_class]
