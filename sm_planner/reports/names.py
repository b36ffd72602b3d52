"""How records are called in reports."""

from __future__ import annotations

from sm_planner.engine.model import Plan


def title(plan: Plan, collection: str, id: str) -> str:
    """The title of a record; its id where it has none or is not in the plan."""
    record = plan.get(collection, id)
    return (record.title or id) if record else id
