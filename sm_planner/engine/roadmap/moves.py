"""New dates for improvements, as capacity allows them: proposed, and made only where somebody says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sm_planner.engine.approval import what
from sm_planner.engine.approval.improvements import UNDER_APPROVAL
from sm_planner.engine.model import Plan
from sm_planner.engine.model.improvements import Improvement
from sm_planner.engine.model.vocabulary import VERIFY
from sm_planner.engine.roadmap.schedule import Step, is_pinned, roadmap
from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True)
class Move:
    """New dates of an improvement. assessed_again: whether it is approved, and will have to be once more."""

    improvement: Improvement
    start_date: date | None
    due: date | None

    @property
    def moved(self) -> Improvement:
        return replace(self.improvement, start_date=self.start_date, due=self.due)

    @property
    def assessed_again(self) -> bool:
        return self.improvement.status in UNDER_APPROVAL and what(self.moved) != what(self.improvement)


def proposed(step: Step, today: date) -> Move | None:
    """The levelled dates of an improvement, where they differ from those that are planned; None where it stays.

    What is pinned stays, and what is only to be verified. What was begun keeps its start.
    """
    one = step.improvement
    if is_pinned(one, today) or one.status == VERIFY or not (step.start and step.end):
        return None
    move = Move(one, step.start, step.end)
    return None if (move.start_date, move.due) == (one.start_date, one.due) else move


def proposals(plan: Plan, today: date) -> tuple[Move, ...]:
    """The improvements to which other dates are proposed."""
    found = (proposed(step, today) for step in roadmap(plan, today).steps)
    return tuple(move for move in found if move)


def refuse_move(move: Move, seen: tuple[date | None, date | None], today: date) -> Text | None:
    """Why an improvement cannot be given these dates. seen: the dates that it had when somebody chose new ones."""
    one = move.improvement
    name = one.title or one.id
    if not one.is_open:
        return say(N_("“{0}” is over: its dates stay as they are."), name)
    if is_pinned(one, today):
        return say(N_("“{0}” is pinned. Take the pin away first, if its dates may move."), name)
    if seen != (one.start_date, one.due):
        return say(N_("The dates of “{0}” have changed since you looked. Open the roadmap again."), name)
    if move.start_date is None or move.due is None or move.start_date > move.due:
        return say(N_("“{0}” needs a start, and a due date that is not before it."), name)
    return None


def applied(plan: Plan, moves: Sequence[Move]) -> Plan:
    """The plan as it would be, to be looked at before anything is written."""
    new = {move.improvement.id: move.moved for move in moves}
    return replace(plan, improvements=tuple(new.get(one.id, one) for one in plan.improvements))


def too_early(plan: Plan, today: date) -> Iterator[Step]:
    """The improvements that are planned to be over sooner than is possible, those left out that are overdue anyway."""
    for step in roadmap(plan, today).steps:
        due = step.improvement.due
        if due and due >= today and step.earliest_end and due < step.earliest_end:
            yield step
