"""Gates, tools and workarounds as the book tells them."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.gates.choice import failed, result
from sm_planner.engine.gates.early import too_early
from sm_planner.engine.gates.gates import gates
from sm_planner.engine.model import Tool
from sm_planner.reports.book.material import Material
from sm_planner.reports.quantities import quantity


def tools(material: Material) -> dict[str, Any]:
    """The gates in their order, each tool with what brings it and what it came to, and what people work around."""
    plan, today = material.plan, material.today
    early = {one.record.id: one for one in too_early(plan, today)}
    return {
        "gates": gates(plan, today),
        "tools": [_tool(material, tool, early.get(tool.id)) for tool in plan.tools],
        "early_actions": [one for one in early.values() if not isinstance(one.record, Tool)],
    }


def _tool(material: Material, tool: Tool, early: Any) -> dict[str, Any]:
    reached = result(tool)
    return {
        "record": tool,
        "actions": [one for one in material.plan.improvements if one.tool == tool.id],
        "result": "" if reached is None else quantity(round(reached), "Percent"),
        "failed": [row.criterion for row in failed(tool)],
        "early": early,
    }
