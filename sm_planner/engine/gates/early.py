"""What comes too early: ordered, rolled out or begun before its gates are reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sm_planner.engine.gates.gates import Gate, before
from sm_planner.engine.gates.things import Thing, brought, of_action, of_tool, technology
from sm_planner.engine.lacks import Lack
from sm_planner.engine.model import Improvement, Plan, Tool
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.vocabulary import IN_USE, ORDERED, TECHNOLOGY, UNDER_WAY
from sm_planner.engine.texts import N_, Text, listed, say


@dataclass(frozen=True)
class Early:
    """A tool or an action that comes before gates. field: that of the day."""

    record: Tool | Improvement
    field: str
    day: date
    gates: tuple[Gate, ...]


def too_early(plan: Plan, today: date) -> tuple[Early, ...]:
    """What comes before its gates, each told once, by its first day that is too early; see :func:`_too_early`."""
    return plan.derived(_too_early, today)


def _too_early(plan: Plan, today: date) -> tuple[Early, ...]:
    """The tools and the actions that come before their gates, each told once, by its first day that is too early.

    A tool that is in use stays told while a gate is open. Predecessors of an action are for its own dates (IMP-07): here
    they count for the tool that it brings. An action whose tool is told is not told again.
    """
    tools = [one for tool in brought(plan, today) for one in _tool(plan, tool, today)]
    told = {one.record.id for one in tools}
    actions = [
        one for action in technology(plan) if action.tool not in told for one in _action(plan, action, today)
    ]
    return (*tools, *actions)


def unknown(plan: Plan, today: date) -> Iterator[Lack]:
    """What is not known of gates that something waits for."""
    things = [
        *(of_tool(plan, tool) for tool in brought(plan, today) if tool.order_date or tool.roll_out_date),
        *(_without_predecessors(of_action(plan, one)) for one in technology(plan) if one.start_date),
    ]
    found = (one for thing in things for gate in before(plan, thing, today) for one in gate.unknown)
    yield from dict.fromkeys(found)


def refuse_start(plan: Plan, action: Improvement, old: Improvement | None, today: date) -> Text | None:
    """Why an action may not begin; None if it may: it brings no technology, its gates are reached, or it says why it cannot wait.

    plan: as it is with the action as it is now. old: as it is stored, or None.
    """
    open_ones = open_gates(plan, action, today) if asks(action, old) else ()
    if not open_ones:
        return None
    return say(
        N_(
            "“{0}” brings technology, but these gates are not reached: {1}. Begin here: {2} "
            "If it cannot wait, say why under “{3}”."
        ),
        Ref.to(action),
        listed(Text(gate.name) for gate in open_ones),
        open_ones[0].lacks[0].text,
        Text(specs(Improvement)["before_gates"].label),
    )


def asks(action: Improvement, old: Improvement | None) -> bool:
    """Whether the gates are asked: technology begins, and does not say why it cannot wait."""
    begins = _is_begun(action) and not (old and _is_begun(old))
    return begins and not action.before_gates.strip()


def _is_begun(action: Improvement) -> bool:
    return action.dimension == TECHNOLOGY and action.status in UNDER_WAY


def open_gates(plan: Plan, action: Improvement, today: date) -> tuple[Gate, ...]:
    """The gates that keep an action that brings technology from beginning today, its predecessors among them."""
    return tuple(gate for gate in before(plan, of_action(plan, action), today) if gate.lacks)


def _tool(plan: Plan, tool: Tool, today: date) -> Iterator[Early]:
    gates = before(plan, of_tool(plan, tool), today)
    if tool.status == IN_USE and not any(gate.lacks for gate in gates):
        return  # what was too early cannot be mended any more
    begun = {"order_date": tool.status in (ORDERED, IN_USE), "roll_out_date": tool.status == IN_USE}
    for field, has_begun in begun.items():
        day = getattr(tool, field)
        late = tuple(gate for gate in gates if day and gate.comes_after(day, today, has_begun=has_begun))
        if late:
            yield Early(tool, field, day, late)
            return


def _action(plan: Plan, action: Improvement, today: date) -> Iterator[Early]:
    day = action.start_date
    if day is None:
        return
    gates = before(plan, _without_predecessors(of_action(plan, action)), today)
    has_begun = action.status in UNDER_WAY
    late = tuple(gate for gate in gates if gate.comes_after(day, today, has_begun=has_begun))
    if late:
        yield Early(action, "start_date", day, late)


def _without_predecessors(thing: Thing) -> Thing:
    return replace(thing, actions=frozenset())
