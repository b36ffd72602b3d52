"""What a plan that goes deeper could take in addition from a template that it was started from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import CONTEXT_TYPES
from sm_planner.engine.templates.library import Template
from sm_planner.engine.templates.taking import Piece, pieces, with_needed

Key = tuple[str, str]


@dataclass(frozen=True)
class More:
    """What a template brings in addition at another depth, and the plan does not have.

    content: what the template holds there. pieces: in the order of the plan, with those of the present depth that they cannot do
    without. before: the keys of the latter: somebody left them out, or calls them otherwise today.
    """

    content: Plan
    pieces: tuple[Piece, ...]
    before: frozenset[Key]

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(one.key for one in self.pieces)

    @property
    def proposed(self) -> tuple[Key, ...]:
        """The keys of those that bring along nothing which was left out before."""
        return tuple(key for key in self.keys if self.before.isdisjoint(with_needed(self.pieces, [key])))


def more_at(
    plan: Plan, template: Template, depth: str, told: Callable[[Plan], Plan] = lambda content: content
) -> More:
    """What the template brings at that depth beside what it brings at the depth of the plan.

    told: what it holds in the language of the plan. Where the plan names no situation, what all of them bring.
    """
    content = told(template.content(plan.context_type, depth))
    offered = tuple(one for one in pieces(content, plan) if not one.there)
    new = set.intersection(
        *(
            _keys(template.content(situation, depth)) - _keys(template.content(situation, plan.depth))
            for situation in ([plan.context_type] if plan.context_type else CONTEXT_TYPES)
        )
    )
    wanted = with_needed(offered, [one.key for one in offered if one.key in new])
    found = tuple(one for one in offered if one.key in wanted)
    return More(content, found, frozenset(wanted - new))


def _keys(content: Plan) -> set[Key]:
    return {one.key for one in pieces(content, Plan(id=content.id))}
