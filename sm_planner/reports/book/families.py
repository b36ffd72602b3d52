"""Families of agreements in the book: what a general agreement says is told once, with it.

An agreement beneath it is told as it was written, with a line that the rest holds as there. What is measured and compared
is what holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from sm_planner.engine.agreements import families
from sm_planner.engine.model import Agreement, Plan


@dataclass(frozen=True)
class Member:
    """An agreement in its family.

    record: as it was written; what it does not say is not told again. held: as it holds. general: the one from which it
    takes the rest, if there is any. beneath: those that take theirs from it.
    """

    record: Agreement
    held: Agreement
    general: Agreement | None
    beneath: tuple[Agreement, ...]


def members(plan: Plan) -> tuple[Member, ...]:
    """The agreements in the order of the plan, those beneath a general agreement after it."""
    placed: dict[str, Agreement] = {}
    for agreement in plan.agreements:
        if not families.above(plan, agreement):
            placed |= {one.id: one for one in (agreement, *families.all_beneath(plan, agreement))}
    return tuple(member(plan, agreement) for agreement in placed.values())


def member(plan: Plan, agreement: Agreement) -> Member:
    """An agreement of the plan, as it was written, in its family."""
    return Member(
        agreement,
        families.in_effect(plan, agreement),
        next(iter(families.above(plan, agreement)), None),
        families.beneath(plan, agreement),
    )
