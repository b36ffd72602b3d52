"""What a record lacks: on which record, in which words, at which field. Checks make faults of it, gates tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True)
class Lack:
    """Something that is missing. field: the one to open. by: the day by which it is to be there, by the dates of records;
    None where none says."""

    record: Ref
    text: Text
    field: str = ""
    by: date | None = None


def lack(record: Any, template: str, *args: object, field: str = "", by: date | None = None) -> Lack:
    return Lack(Ref.to(record), say(template, *args), field, by)


def empty(value: Any) -> bool:
    """Whether a field holds nothing; 0 is something."""
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def unfilled(record: Any, *fields: str) -> Iterator[Lack]:
    """Those of the fields that hold nothing."""
    for field in fields:
        if empty(getattr(record, field)):
            label = Text(specs(type(record))[field].label)
            yield lack(record, N_("“{0}”: {1} is not filled in."), Ref.to(record), label, field=field)
