"""The communication plan as the book tells it."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.communication.audience import senders
from sm_planner.engine.communication.confirming import confirmed_by
from sm_planner.engine.communication.runs import held, next_due
from sm_planner.engine.model.communication import Communication
from sm_planner.reports import communication_plan
from sm_planner.reports.book.material import Material


def communication(material: Material) -> dict[str, Any]:
    """What is said to whom, with what was held of it; what stakeholders said; and the words that not everybody knows."""
    return {"items": [_item(material, one) for one in material.plan.communications]}


def _item(material: Material, one: Communication) -> dict[str, Any]:
    plan, today = material.plan, material.today
    said_by = [plan.title_of("people", id) for id in senders(plan, one, today)]
    return {
        "record": one,
        "audience": communication_plan.audience(plan, one),
        "sender": ", ".join(said_by) or plan.title_of("roles", one.sender_role),
        "next": next_due(plan, one, today),
        "runs": [
            {
                "record": run,
                "reached": communication_plan.reached(run),
                "confirmed": [plan.title_of("people", id) for id in confirmed_by(plan, one, run, today)],
            }
            for run in held(plan, one, today)
        ],
    }
