"""What comes last: the tools that a plan brings, and the actions that bring technology."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.gates.signed import first_period
from sm_planner.engine.model import Improvement, Plan, Tool
from sm_planner.engine.model.vocabulary import DROPPED, REJECTED, TECHNOLOGY


@dataclass(frozen=True)
class Thing:
    """A tool or an action: the ids of the processes that it serves, none where it names none, and of the actions that bring it."""

    processes: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()


def brought(plan: Plan, today: date) -> tuple[Tool, ...]:
    """The tools that the plan brings: not those that were in use before it began, nor those that were dropped."""
    start = first_period(plan, today)
    return tuple(
        tool
        for tool in plan.tools
        if tool.status != DROPPED and not (start and tool.roll_out_date and tool.roll_out_date < start)
    )


def technology(plan: Plan) -> tuple[Improvement, ...]:
    """The actions that bring technology and are still to be done."""
    return tuple(
        one for one in plan.improvements if one.is_taken_up and one.is_open and one.dimension == TECHNOLOGY
    )


def of_tool(plan: Plan, tool: Tool) -> Thing:
    processes = {*tool.processes, *_of_objectives(plan, tool.objectives)}
    return Thing(frozenset(processes), frozenset(one.id for one in plan.improvements if one.tool == tool.id))


def of_action(plan: Plan, action: Improvement) -> Thing:
    """An action serves what the tool serves that it brings, or the objective that it is for."""
    tool = plan.get("tools", action.tool)
    served = of_tool(plan, tool).processes if tool else frozenset()
    return Thing(served or frozenset(_of_objectives(plan, (action.objective,))), frozenset((action.id,)))


def all_things(plan: Plan, today: date) -> Thing:
    """All tools that the plan brings, and all actions that bring technology."""
    each = [
        *(of_tool(plan, tool) for tool in brought(plan, today)),
        *(of_action(plan, action) for action in technology(plan)),
    ]
    every = any(not one.processes for one in each)  # one that names no process waits for all
    return Thing(
        frozenset() if every else frozenset(id for one in each for id in one.processes),
        frozenset(id for one in each for id in one.actions),
    )


def predecessors(plan: Plan, thing: Thing) -> tuple[Improvement, ...]:
    """What works on people and process and has to be over before the actions of a thing begin."""
    actions = (plan.get("improvements", id) for id in sorted(thing.actions))
    ids = dict.fromkeys(id for action in actions if action for id in action.predecessors)
    found = (plan.get("improvements", id) for id in ids)
    return tuple(one for one in found if one and one.dimension != TECHNOLOGY and one.status != REJECTED)


def _of_objectives(plan: Plan, ids: Iterable[str]) -> set[str]:
    objectives = (plan.get("objectives", id) for id in ids)
    return {id for objective in objectives if objective for id in objective.processes}
