"""The pieces that a plan is put together from: what must be there before it can be good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sm_planner.engine.model import Plan
from sm_planner.engine.questions import QUESTIONS, unanswered
from sm_planner.engine.texts import N_


def _nothing_open(plan: Plan) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Piece:
    """A piece of the plan.

    field: the field or collection of the plan where it is written. rules: the codes of the checks that say
    whether it is good. begun: whether anything of it is there. open_points: codes of what is still to be said.
    """

    name: str
    field: str
    rules: tuple[str, ...]
    begun: Callable[[Plan], bool]
    open_points: Callable[[Plan], tuple[str, ...]] = _nothing_open


def _filled(name: str, field: str, *rules: str) -> Piece:
    """A piece that is begun as soon as its field or collection holds something."""
    return Piece(name, field, rules, lambda plan: bool(getattr(plan, field)))


def _scope_begun(plan: Plan) -> bool:
    return bool(plan.scope_units or plan.scope_locations or plan.exclusions)


def _targets_begun(plan: Plan) -> bool:
    return any(agreement.targets for agreement in plan.agreements)


def _questions_begun(plan: Plan) -> bool:
    return len(unanswered(plan)) < len(QUESTIONS)


PIECES: tuple[Piece, ...] = (
    _filled(N_("Executive sponsor"), "executive_sponsor", "SPN-01", "SPN-02", "SPN-11"),
    _filled(N_("Plan owner and period"), "plan_owner", "PLN-01"),
    _filled(N_("Why"), "why", "PLN-03"),
    _filled(N_("Value"), "value_statements", "PLN-04"),
    Piece(N_("Scope"), "scope_units", ("PLN-02",), _scope_begun),
    _filled(N_("Objectives"), "objectives", "OBJ-01", "OBJ-03", "OBJ-06", "OBJ-08", "OBJ-10"),
    _filled(N_("Services"), "services", "SVC-01", "SVC-02", "SVC-03", "SVC-04", "SVC-05", "SVC-08", "SVC-09"),
    _filled(N_("Components"), "components", "SVC-06"),
    _filled(N_("Stakeholders"), "stakeholders", "STK-01"),
    Piece(
        N_("Service level targets"), "agreements", ("AGR-02", "AGR-03", "AGR-04", "AGR-05"), _targets_begun
    ),
    _filled(N_("Service hours"), "calendars", "AGR-07"),
    _filled(N_("Processes"), "processes", "RAC-21"),
    _filled(N_("Roles"), "roles", "RAC-04", "RAC-17"),
    _filled(N_("RACI"), "raci", "RAC-01", "RAC-02", "RAC-03", "RAC-08"),
    _filled(N_("Improvement actions"), "improvements", "IMP-01", "IMP-06"),
    Piece(N_("Key questions"), "answers", (), _questions_begun, unanswered),
    _filled(N_("Next review"), "next_review", "PLN-12"),
)
