"""What was taken from a template and nobody has looked at yet.

Each record that is taken bears the title of its template, and the plan the names of its own fields that a template filled. The
mark goes when a person changes anything of the record, or that field of the plan, or says that it fits as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.templates.library import TAKEN

PLAN_MARKS = ("templates", "taken_fields")
"""Fields of a plan that say which templates it has pieces of, and which of its own fields stand as one filled them."""


def mark_after(old: Any | None, new: Any) -> str:
    """The mark of a record that a person saves. old: as it stood before; None for one that the person makes.

    Nobody but a template sets a mark; whoever empties it has looked at the record.
    """
    if old is None or not old.taken_from or not new.taken_from:
        return ""
    return old.taken_from if replace(new, taken_from=old.taken_from) == old else ""


def marks_after(old: Plan | None, new: Plan) -> Plan:
    """A plan that a person saves, with those of its fields noted that still stand as they were taken; old as for
    :func:`mark_after`. Nobody but a template notes any, or says which templates there are."""
    if old is None:
        return replace(new, templates=(), taken_fields=())
    same = (name for name in old.taken_fields if getattr(new, name, None) == getattr(old, name, None))
    return replace(
        new, templates=old.templates, taken_fields=tuple(filter(new.taken_fields.__contains__, same))
    )


def unseen_fields(plan: Plan) -> tuple[str, ...]:
    """The fields of the plan itself that a template filled and nobody has looked at."""
    return tuple(name for name in plan.taken_fields if name in specs(Plan) and getattr(plan, name))


def unseen(plan: Plan) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Template and collection → the records taken from it that nobody has looked at, in the order of the plan."""
    found: dict[tuple[str, str], list[Any]] = {}
    for collection in TAKEN:
        for record in getattr(plan, collection):
            if record.taken_from:
                found.setdefault((record.taken_from, collection), []).append(record)
    return {about: tuple(records) for about, records in found.items()}
