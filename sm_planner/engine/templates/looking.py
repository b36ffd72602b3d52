"""What was taken from a template and nobody has looked at yet.

Each record that is taken bears the title of its template. The mark goes when a person changes anything of the record, or says
that it fits as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.templates.library import TAKEN


def mark_after(old: Any | None, new: Any) -> str:
    """The mark of a record that a person saves. old: as it stood before; None for one that the person makes.

    Nobody but a template sets a mark; whoever empties it has looked at the record.
    """
    if old is None or not old.taken_from or not new.taken_from:
        return ""
    return old.taken_from if replace(new, taken_from=old.taken_from) == old else ""


def unseen(plan: Plan) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Template and collection → the records taken from it that nobody has looked at, in the order of the plan."""
    found: dict[tuple[str, str], list[Any]] = {}
    for collection in TAKEN:
        for record in getattr(plan, collection):
            if record.taken_from:
                found.setdefault((record.taken_from, collection), []).append(record)
    return {about: tuple(records) for about, records in found.items()}
